"""What an ordinary run asks of sources and listings: little where nothing happened, and all that did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.discovery import recent
from crawler.run import RunOptions, run
from pipelines.archive import open_archive
from pipelines.ledger.addresses import Address
from pipelines.tables import read_table
from tests.mockcity import Answer as CityAnswer
from tests.mockcity import MockCity
from tests.second_runs import ON, Changes, Crawled, change, crawl
from tests.site import Answer, Site, serve
from tests.test_run import Heard, holds, news, page

ARTICLES = 40
"""Of a small city; tests/torture has the large one."""
POSTS = "/wp-json/wp/v2/posts?"
MODIFIED = f"{POSTS}per_page=20&orderby=modified&order=desc&page="
BY_DATE = f"{POSTS}per_page=20&orderby=date&order=desc&page="
LIGHT = f"{POSTS}_fields=id,link&per_page=100&orderby=id&order=asc&page="
WHOLE = f"{POSTS}per_page=100&orderby=id&order=asc&page="
SITEMAPS = ("/wp-sitemap.xml", "/wp-sitemap-posts-post-1.xml", "/wp-sitemap-posts-page-1.xml")
TERMS = ("/wp-sitemap-taxonomies-category-1.xml", "/wp-sitemap-taxonomies-post_tag-1.xml")
REST = (f"{MODIFIED}1", f"{BY_DATE}1")
QUIET = {
    "everything": {"/", *SITEMAPS, *TERMS, "/feed/", *REST},
    "rest": {"/", *REST},
    "feed": {"/", "/feed/"},
    "sitemap": {"/", *SITEMAPS},
}
"""What is asked where nothing happened, by the sources that are switched on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Four runs over one city: the first, one where nothing happened, one after changes, a sweep."""

    on: str
    changes: Changes
    first: Crawled
    quiet: Crawled
    after: Crawled
    sweep: Crawled
    root: Path


@pytest.fixture(scope="module", params=list(ON))
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """One for each way to find the city's news."""
    output = tmp_path_factory.mktemp(request.param)
    with MockCity(articles=ARTICLES, sources=ON[request.param], unpublished=5) as city:
        first, quiet = crawl(city, output), crawl(city, output)
        changes = change(city)
        after, sweep = crawl(city, output), crawl(city, output, full=True)
    yield Story(
        on=request.param, changes=changes, first=first, quiet=quiet, after=after, sweep=sweep,
        root=Path(first.summary.archive),
    )  # fmt: skip


def test_where_nothing_happened_only_sources_are_asked(story: Story) -> None:
    assert story.quiet.summary.exit_code == 0 and holds(story.quiet.summary), story.quiet.summary.reason
    if story.on == "listings":
        listings = {path for path in story.first.asked if path.endswith("/") and "/page/" not in path}
        assert set(story.quiet.asked) == {path for path in listings if path.count("/") != 2}
    else:
        assert set(story.quiet.asked) == QUIET[story.on]
    assert len(story.quiet.asked) == len(set(story.quiet.asked))
    assert story.quiet.summary.sources["missing"] == []


def test_what_a_source_tells_of_is_asked_at_once_and_no_other_article(story: Story) -> None:
    changes, after = story.changes, story.after
    assert after.summary.exit_code == 0 and holds(after.summary), after.summary.reason
    told = {
        "everything": changes.all,
        "rest": changes.all,
        "sitemap": {*changes.seen_at_once, *changes.edited},
    }
    assert after.of(told.get(story.on, changes.new)) == told.get(story.on, set(changes.new))
    again = {path for path in after.of(story.first.asked) if path.endswith(".html")}
    assert again <= changes.all


def test_a_sweep_finds_the_rest(story: Story) -> None:
    assert story.sweep.of(story.changes.all) >= story.changes.all - {*story.changes.gone, story.changes.moved}
    rows = {row["url"]: row for _, row in read_table(story.root, "captures")}
    asked = {*story.after.asked, *story.sweep.asked}
    assert asked >= story.changes.all
    status = {url[url.index("/", 8) :]: row["status"] for url, row in rows.items()}
    assert [status[path] for path in story.changes.gone] == [404, 404]
    assert status[story.changes.moved] == 301 and status[story.changes.there] == 200


def test_the_answer_key_has_every_article_that_rest_lists(story: Story) -> None:
    if story.on != "rest":
        pytest.skip("of REST")
    key = story.after.summary.answer_key["title"]
    assert key["compared"] == key["agree"] == story.after.summary.articles


REFUSED = CityAnswer(status=400, body=b'{"code":"rest_invalid_param"}', content_type="application/json")
PASSED_OVER = CityAnswer(
    body=json.dumps(
        [{"id": n, "link": f"/{n}.html", "title": {"rendered": "Tin"}, "modified": f"2026-01-0{n}T08:00:00"}
         for n in (1, 3)]
    ).encode(),
    content_type="application/json",
)  # fmt: skip


@pytest.mark.parametrize("answer", [REFUSED, PASSED_OVER])
def test_a_server_that_knows_no_order_is_asked_for_all_posts(answer: CityAnswer, tmp_path: Path) -> None:
    with MockCity(articles=30, sources=("rest", "listings")) as city:
        crawl(city, tmp_path)
        gone, edited = city.truth[2]["path"], city.truth[4]["path"]
        city.override(f"{MODIFIED}1", answer)
        city.withdraw(gone)
        city.edit(edited, title="Đính chính: bản đồ ngập ở phường Bến Gỗ")
        after = crawl(city, tmp_path)
    assert after.events["posts_unordered"]["order"] == "modified"
    assert after.of((f"{WHOLE}1", gone, edited)) == {f"{WHOLE}1", gone, edited}
    assert "/chuyen-muc/xa-hoi/" not in after.asked
    assert after.summary.exit_code == 0 and holds(after.summary)


def test_a_rest_that_is_off_for_a_run_takes_nothing_for_vanished(tmp_path: Path) -> None:
    off = CityAnswer(status=503, body=b"{}", content_type="application/json")
    with MockCity(articles=30, sources=("rest", "listings")) as city:
        crawl(city, tmp_path)
        for path in REST:
            city.override(path, off)
        without = crawl(city, tmp_path)
        for path in REST:
            city.override(path, None)
        again = crawl(city, tmp_path)
    assert not [path for path in without.asked if path.endswith(".html")]
    assert "/chuyen-muc/xa-hoi/" in without.asked, "listings stand in for it"
    assert {m["why"] for m in without.summary.sources["missing"]} == {"answers 503"}
    assert set(again.asked) == {"/", *REST}


def test_a_post_that_came_with_an_old_date_is_found_by_the_number_of_posts(tmp_path: Path) -> None:
    with MockCity(articles=60, sources=("rest",)) as city:
        late = city.truth.pop(3)
        city.show()
        first = crawl(city, tmp_path)
        city.truth.insert(3, late)
        city.show()
        found, quiet = crawl(city, tmp_path), crawl(city, tmp_path)
    assert late["path"] not in first.asked or first.summary.articles == 59
    assert f"{LIGHT}1" in found.asked and found.summary.articles == 60
    assert set(quiet.asked) == {"/", *REST}


def test_a_ledger_that_was_lost_costs_one_light_list(tmp_path: Path) -> None:
    with MockCity(articles=30, sources=("rest",)) as city:
        first = crawl(city, tmp_path)
        open_archive(Path(first.summary.archive)).ledger.unlink()
        second, third = crawl(city, tmp_path), crawl(city, tmp_path)
    assert set(second.asked) == {"/", *REST, f"{LIGHT}1"}
    assert set(third.asked) == {"/", *REST}


class Stamped(dict[str, Answer]):
    """The answers of a site whose sitemap lists its articles, stamped as a test says."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.paths = [f"/tin-{n}.html" for n in range(count)]
        self.stamps = dict.fromkeys(self.paths, "2021-10-13")
        self.now = False
        """Whether every entry is stamped with the moment of the answer."""
        self.edits = dict.fromkeys(self.paths, 0)
        self.index: str | None = None
        """What an index before it says of it; ``None``: there is no index."""
        self.at: dict[str, Answer] = {}
        """Other answers."""
        self["/"] = page("/gioi-thieu/")

    def add(self, path: str) -> None:
        """Publish one more."""
        self.paths.append(path)
        self.stamps[path], self.edits[path] = "2021-10-13", 0

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        if path in self.at:
            return self.at[path]
        if path in self.edits:
            return news(f"Đo lại cao độ đường {path[5:-5]}, lần {self.edits[path]}", int(path[5:-5]))
        if path == "/sitemap.xml" and self.index is not None:
            stamp = f"<lastmod>{self.index}</lastmod>" if self.index else ""
            return _xml(f"<sitemapindex><sitemap><loc>/tin.xml</loc>{stamp}</sitemap></sitemapindex>")
        if path == ("/sitemap.xml" if self.index is None else "/tin.xml"):
            now = datetime.now(UTC).isoformat()
            stamps = dict.fromkeys(self.paths, now) if self.now else self.stamps
            entries = (f"<url><loc>{p}</loc><lastmod>{at}</lastmod></url>" for p, at in stamps.items())
            return _xml(f"<urlset>{''.join(entries)}</urlset>")
        return super().get(path, default)


def _xml(body: str) -> Answer:
    return Answer(body=body.encode(), content_type="application/xml")


def again(site: Site, output: Path) -> tuple[list[str], dict[str, object]]:
    """The articles that one more run asks for, and what it tells."""
    before, heard = len(site.asked), Heard()
    summary = run(RunOptions(word=site.url, output=output, allow_loopback=True), heard)
    assert summary.exit_code == 0 and holds(summary), summary.reason
    return [path for path in site.asked[before:] if path.startswith("/tin")], dict(heard.events)


def test_a_sitemap_that_says_now_of_every_page_is_not_believed(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = answers = Stamped(12)
        answers.now = True
        assert len(again(site, tmp_path)[0]) == 12
        asked, events = again(site, tmp_path)
        assert asked == [] and events["source_restamped"] == {"url": f"{site.url}sitemap.xml", "entries": 12}
        answers.now, answers.stamps["/tin-3.html"] = False, datetime.now(UTC).isoformat()
        assert again(site, tmp_path)[0] == ["/tin-3.html"]


def test_a_source_of_whose_claims_none_comes_true_loses_its_credit_and_wins_it_back(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = answers = Stamped(5)
        again(site, tmp_path)
        answers.now = True
        with time_machine.travel(datetime.now(UTC), tick=True) as clock:
            counts = []
            for _ in range(4):
                clock.shift(timedelta(minutes=7))
                counts.append(len(again(site, tmp_path)[0]))
            assert counts == [5, 5, 3, 3]
            answers.edits = dict.fromkeys(answers.paths, 1)
            for expected in (3, 5):
                clock.shift(timedelta(minutes=7))
                assert len(again(site, tmp_path)[0]) == expected


def test_a_sitemap_is_asked_only_where_its_index_says_that_it_changed(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = answers = Stamped(3)
        answers.index = "2026-01-07T08:00:00+07:00"
        assert again(site, tmp_path)[0][0] == "/tin.xml"
        assert again(site, tmp_path)[0] == []
        answers.index = answers.stamps["/tin-1.html"] = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
        assert again(site, tmp_path)[0] == ["/tin.xml", "/tin-1.html"]


def test_a_sitemap_that_moved_is_read_where_it_went(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = answers = Stamped(3)
        answers.index = ""  # so that the list stands at /tin.xml
        moved = Answer(status=301, headers=(("Location", "/tin.xml"),))
        answers.at = {"/sitemap.xml": moved}
        again(site, tmp_path)
        answers.add("/tin-3.html")
        assert again(site, tmp_path)[0] == ["/tin.xml", "/tin-3.html"]


@pytest.mark.parametrize("index", ["", "2026-01-07T08:00:00+07:00"])
def test_an_index_that_is_not_modified_hides_no_sitemap_that_is(index: str, tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = answers = Stamped(3)
        answers.index = index
        again(site, tmp_path)
        answers.add("/tin-3.html")
        answers.at = {"/sitemap.xml": Answer(status=304)}
        assert again(site, tmp_path)[0] == ([] if index else ["/tin.xml", "/tin-3.html"])


def address(url: str, *, on: str | None = None, asked: int = 1, seen: int = 1, status: int = 200) -> Address:
    told: dict[str, object] = dict.fromkeys(Address.__slots__)
    told |= {"url": f"https://c.example{url}", "kind": "page", "verdict": "captured", "status": status}
    told |= {"found_by": ("listing",) if on else ("seed",), "found_on": on and f"https://c.example{on}"}
    told |= {
        "first_seen": datetime(2026, 3, seen, tzinfo=UTC),
        "asked_at": datetime(2026, 3, asked, tzinfo=UTC),
    }
    return Address(**told)  # type: ignore[arg-type]


def test_of_thousands_of_listings_a_few_are_asked_and_all_have_their_turn() -> None:
    tags = [address(f"/the/{n}/", on="/", asked=1 + n % 28) for n in range(2000)]
    listed = [address(f"/tin-{n}.html", on=f"/the/{n}/") for n in range(2000)]
    best = [address(f"/moi-{n}.html", on="/the/7/", seen=9) for n in range(3)]
    dead = [address("/the/chet/", on="/", status=404), address("/cu.html", on="/the/chet/", seen=20)]
    found = [a.url for a in recent.chosen([*tags, *listed, *best, *dead])]
    assert len(found) <= 2 * max(recent.LEAST, 4005 // recent.SHARE) and len(found) == len(set(found))
    assert found[0] == "https://c.example/the/7/", "most was found there last"
    assert "https://c.example/the/chet/" not in found
    others = [a for a in tags if a.url in found[len(found) // 2 :]]
    assert all(a.asked_at == datetime(2026, 3, 1, tzinfo=UTC) for a in others), "those asked longest ago"
    assert not any("tin-" in url or "moi-" in url for url in found)


def test_since_asks_what_a_source_says_is_younger_and_the_next_run_the_rest(tmp_path: Path) -> None:
    with MockCity(articles=30, sources=("rest", "listings")) as city:
        days = sorted(article["published_date"] for article in city.truth)
        since = date.fromisoformat(days[20])
        young = {
            a["path"]
            for a in city.truth
            if max(a["published_date"], (a["modified_at"] or "")[:10]) >= days[20]
        }
        part, whole = crawl(city, tmp_path, since=since), crawl(city, tmp_path)
    assert part.summary.exit_code == 0 and holds(part.summary), part.summary.reason
    paths = {article["path"] for article in city.truth}
    assert part.of(paths) >= young and len(part.of(paths)) < 20
    assert not [path for path in part.asked if path.startswith((LIGHT, WHOLE))]
    assert part.summary.sums["pages"]["not_due"] > 0 and whole.summary.articles == 30
    rows = {row["url"]: row for _, row in read_table(Path(part.summary.archive), "coverage")}
    assert whole.of(paths) >= paths - part.of(paths)
    assert {row["verdict"] for row in rows.values()} <= {"captured", "confirmed", "excluded"}


def test_a_limited_run_has_the_newest_and_does_not_forget_the_oldest(tmp_path: Path) -> None:
    with MockCity(articles=40, sources=("rest",)) as city:
        order = [
            a["path"]
            for a in sorted(city.truth, key=lambda a: max(a["published_at"], a["modified_at"] or ""))
        ]
        first = crawl(city, tmp_path, limit=20)
        assert first.summary.exit_code == 14
        asked = [path for path in first.asked if path in order]
        assert {*order[-5:], order[0]} <= {*asked}, "the newest, and those that wait longest"
        rounds = 1
        while crawl(city, tmp_path, limit=20).summary.exit_code == 14:
            rounds += 1
    assert rounds < 8, "all have their turn"
