"""Crawls over sites that list their news by sitemap, feed and REST, or by some of these, or none."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.tally import SourceTally, sources_lines
from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import Source, open_archive
from pipelines.tables import read_table
from tests.mockcity import MockCity
from tests.site import Answer, Site, serve
from tests.test_run import Heard, holds, news, page

COUNT = 5
DATED = "2021-10-13"


@dataclass
class Portal:
    """A small WordPress portal: its pages, and the sources that list them."""

    url: str
    links: str = "wp-json/"
    paths: list[str] = field(default_factory=lambda: [f"/tin-{n}.html" for n in range(COUNT)])

    def answers(self) -> dict[str, Answer]:
        pages = {path: news(self.title(path), n) for n, path in enumerate(self.paths)}
        return {**pages, "/": self.home(), **self.sitemap(), **self.feed(), **self.rest()}

    def title(self, path: str) -> str:
        return f"Đo lại cao độ đường {path[5:-5]} ở phường Bến Gỗ"

    def home(self) -> Answer:
        head = (
            f'<link rel="alternate" type="application/rss+xml" title="Tin" href="{self.url}feed/">'
            f'<link rel="alternate" type="application/rss+xml" title="Góp ý" href="{self.url}comments/feed/">'
            f'<link rel="https://api.w.org/" href="{self.url}{self.links}">'
            '<link rel="stylesheet" href="/wp-content/style.css">'
        )
        first = page(*self.paths[:1], "/chuyen-muc/").body.decode()
        return Answer(body=first.replace("<title>", head + "<title>").encode())

    def sitemap(self) -> dict[str, Answer]:
        locs = "".join(f"<url><loc>{self.url[:-1]}{path}</loc></url>" for path in self.paths)
        return {"/wp-sitemap.xml": Answer(body=f"<urlset>{locs}</urlset>".encode(), content_type="text/xml")}

    def feed(self) -> dict[str, Answer]:
        item = "<item><title>{}</title><link>{}</link><pubDate>{}</pubDate></item>"
        day = "Wed, 13 Oct 2021 10:46:00 +0000"
        items = [item.format(self.title(path), self.url[:-1] + path, day) for path in reversed(self.paths)]
        return {
            "/feed/": self.rss(items[:2]),
            "/feed/?paged=2": self.rss(items[2:4]),
            "/feed/?paged=3": self.rss(items[4:]),
        }

    def rss(self, items: list[str]) -> Answer:
        generator = "<generator>https://wordpress.org/?v=6.5</generator>"
        body = f'<rss version="2.0"><channel><title>T</title>{generator}{"".join(items)}</channel></rss>'
        return Answer(body=body.encode(), content_type="application/rss+xml; charset=UTF-8")

    def rest(self) -> dict[str, Answer]:
        site = {"name": "Cổng thành phố", "timezone_string": "Asia/Ho_Chi_Minh", "namespaces": ["wp/v2"]}
        index = Answer(body=json.dumps(site).encode(), content_type="application/json")
        query = "per_page=100&orderby=id&order=asc&page="
        found = {"/wp-json/": index, "/?rest_route=/": index}
        for number, paths in ((1, self.paths[:3]), (2, self.paths[3:])):
            answer = Answer(
                body=json.dumps([self.post(path) for path in paths]).encode(),
                content_type="application/json; charset=UTF-8",
                headers=(("X-WP-Total", str(COUNT)), ("X-WP-TotalPages", "2")),
            )
            found[f"/wp-json/wp/v2/posts?{query}{number}"] = answer
            found[f"/?rest_route=/wp/v2/posts&{query}{number}"] = answer
        newest = json.dumps([self.post(path) for path in reversed(self.paths)]).encode()
        for order in ("modified", "date"):
            query = f"per_page=20&orderby={order}&order=desc&page=1"
            answer = Answer(
                body=newest, content_type="application/json", headers=(("X-WP-Total", str(COUNT)),)
            )
            found[f"/wp-json/wp/v2/posts?{query}"] = found[f"/?rest_route=/wp/v2/posts&{query}"] = answer
        return found

    def post(self, path: str) -> dict[str, Any]:
        return {
            "link": self.url[:-1] + path, "type": "post", "status": "publish",
            "date": f"{DATED}T17:46:00", "date_gmt": f"{DATED}T10:46:00",
            "title": {"rendered": self.title(path)}, "content": {"rendered": "", "protected": False},
        }  # fmt: skip


def crawl(url: str, output: Path, progress: Heard | None = None, **changes: Any) -> RunSummary:
    return run(RunOptions(word=url, output=output, allow_loopback=True, **changes), progress)


def kinds(summary: RunSummary) -> set[str]:
    return {s.kind for s in open_archive(Path(summary.archive)).portal.sources}


def off(site: Site, *parts: str, status: int) -> None:
    for path in list(site.answers):
        if any(part in path for part in parts):
            site.answers[path] = Answer(status=status, body=b"{}", content_type="application/json")


PARTS = {"sitemap": ("sitemap",), "feed": ("feed",), "rest": ("wp-json", "rest_route")}


def gaps(summary: RunSummary) -> list[dict[str, str]]:
    """What was missing but for listings, which the portal of these tests has not."""
    return [gap for gap in summary.sources["missing"] if gap["kind"] != "listing"]


def test_all_sources_are_found_and_asked_and_tell_of_the_site(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        first = crawl(site.url, tmp_path)
        asked, before = list(site.asked), len(site.asked)
        second = crawl(site.url, tmp_path, full=True)
    assert first.exit_code == 0 and first.articles == COUNT and holds(first), first.reason
    assert kinds(first) == {"sitemap", "feed", "rest"} and gaps(first) == []
    assert first.sources["used"]["rest"] == {"answers": 3, "entries": COUNT, "stated": COUNT}
    assert len(asked) == len(set(asked)) and "/comments/feed/" not in asked
    assert [p.partition("page=")[2] for p in asked if "/wp/v2/posts" in p and "&page=" in p]
    assert "/feed/?paged=2" not in asked, "REST lists everything"
    portal = open_archive(Path(first.archive)).portal
    assert portal.zone == "Asia/Ho_Chi_Minh" and portal.site_name == "Cổng thành phố"
    rows = {row["url"]: row for _, row in read_table(Path(first.archive), "coverage")}
    assert set(rows[f"{site.url}tin-4.html"]["found_by"]) == {"sitemap", "feed", "rest"}
    assert rows[f"{site.url}feed/"]["found_by"] == ["feed"]
    assert second.exit_code == 0 and second.articles == COUNT and holds(second)
    assert set(site.asked[before:]) == set(asked)


@pytest.mark.parametrize("status", [401, 403, 404, 500])
@pytest.mark.parametrize("kind", ["sitemap", "feed", "rest"])
def test_a_source_that_is_off_is_noticed_and_gone_round(kind: str, status: int, tmp_path: Path) -> None:
    heard = Heard()
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        off(site, *PARTS[kind], status=status)
        summary = crawl(site.url, tmp_path, progress=heard)
    assert summary.exit_code == 0 and summary.articles == COUNT and holds(summary), summary.reason
    assert kinds(summary) == {"sitemap", "feed", "rest"} - {kind}
    missing = gaps(summary)
    assert {m["kind"] for m in missing} == {kind} and {m["why"] for m in missing} <= {
        f"answers {status}",
        "answers 404",
    }
    assert set(summary.sources["instead"]) == {"sitemap", "feed", "rest", "links"} - {kind}
    assert heard.events["source_missing"]["kind"] == kind


@pytest.mark.parametrize("kind", ["sitemap", "feed", "rest"])
def test_one_source_alone_gives_every_article(kind: str, tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        for other in PARTS.keys() - {kind}:
            off(site, *PARTS[other], status=404)
        summary = crawl(site.url, tmp_path)
        asked = list(site.asked)
    assert summary.exit_code == 0 and summary.articles == COUNT and kinds(summary) == {kind}
    if kind == "feed":
        assert asked.index("/feed/?paged=3") < asked.index("/feed/?paged=4"), "paged until it ends"
        assert not [m for m in summary.sources["missing"] if m["kind"] == "feed"], "its end is no gap"


def test_a_sitemap_that_is_cut_short_is_used_and_told(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        whole = site.answers["/wp-sitemap.xml"].body
        site.answers["/wp-sitemap.xml"] = Answer(
            body=whole[: whole.rindex(b"<url>")], content_type="text/xml"
        )
        summary = crawl(site.url, tmp_path)
    assert summary.exit_code == 0 and summary.articles == COUNT
    told = [gap["why"] for gap in summary.sources["missing"] if gap["kind"] == "sitemap"]
    assert told == ["is malformed, the readable part was used"]
    assert summary.sources["used"]["sitemap"]["entries"] == COUNT - 1


def test_none_at_all_leaves_the_links(tmp_path: Path) -> None:
    with serve({}) as site:
        portal = Portal(site.url)
        site.answers = portal.answers()
        site.answers["/"] = page("/chuyen-muc/")
        site.answers["/chuyen-muc/"] = page(*portal.paths)
        for parts in PARTS.values():
            off(site, *parts, status=404)
        summary = crawl(site.url, tmp_path)
    assert summary.articles == COUNT and summary.sources["instead"] == ["links"]
    assert {(m["kind"], m["why"]) for m in summary.sources["missing"]} >= {
        ("feed", "none is stated"),
        ("rest", "none is stated"),
    }


def test_a_source_that_fails_in_a_later_run_is_noticed(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        crawl(site.url, tmp_path)
        off(site, *PARTS["rest"], status=401)
        heard = Heard()
        summary = crawl(site.url, tmp_path, progress=heard)
    assert summary.exit_code == 0 and summary.articles == COUNT
    assert {m["kind"] for m in gaps(summary)} == {"rest"}
    assert heard.events["source_missing"]["why"] == "answers 401"


def test_every_source_answering_503_ends_no_run(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        site.answers["/chuyen-muc/"] = page(*Portal(site.url).paths)
        for parts in PARTS.values():
            off(site, *parts, status=503)
        for path in ("/sitemap.xml", "/sitemap_index.xml"):
            site.answers[path] = Answer(status=503)
        summary = crawl(site.url, tmp_path)
    assert summary.exit_code == 0 and summary.articles == COUNT, summary.reason


def test_rest_in_its_plain_form_is_found_by_the_header_alone(tmp_path: Path) -> None:
    with serve({}) as site:
        portal = Portal(site.url)
        off_links = portal.answers()
        home = page("/tin-0.html")
        link = f'<{site.url}?rest_route=/>; rel="https://api.w.org/"'
        site.answers = {**off_links, "/": Answer(body=home.body, headers=(("Link", link),))}
        off(site, "sitemap", "feed", "wp-json", status=404)
        summary = crawl(site.url, tmp_path)
    assert summary.articles == COUNT and kinds(summary) == {"rest"}


def test_a_server_that_gives_one_page_of_a_feed_for_all_ends(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        off(site, "wp-json", "rest_route", status=404)
        for number in range(2, 30):
            site.answers[f"/feed/?paged={number}"] = site.answers["/feed/"]
        crawl(site.url, tmp_path)
        assert "/feed/?paged=2" in site.asked and "/feed/?paged=3" not in site.asked


def test_what_is_published_while_a_feed_is_paged_hides_nothing(tmp_path: Path) -> None:
    """What comes above pushes entries to pages that are still to be read; it is there in the next run."""
    late: list[Any] = []
    with MockCity(articles=30, sources=("feed",), unpublished=3) as city:
        up = {article["path"] for article in city.truth}

        def publish(_: int, path: str) -> None:
            if path in ("/feed/", "/feed/?paged=2") and city.unpublished:
                late.append(city.publish())

        city.on_answer = publish
        first = crawl(city.url, tmp_path)
        city.on_answer = None
        asked = {path for _, path in city.requests}
        assert first.exit_code == 0 and up <= asked and len(late) == 2
        second = crawl(city.url, tmp_path)
    assert second.articles == 29 and {article["path"] for article in late} <= {p for _, p in city.requests}


def test_a_run_that_only_goes_on_asked_no_source_and_does_not_say_that_there_is_none() -> None:
    told = sources_lines({"used": {}, "missing": [], "instead": []})
    assert told == sources_lines({}) == ["sources: none was asked in this run"]


def test_many_addresses_with_one_fault_are_told_by_a_few() -> None:
    tally = SourceTally()
    for number in range(7):
        tally.missed("rest", f"https://city.example/posts?page={number}", "answers 500")
    known = (Source(kind="sitemap", url="x"), Source(kind="feed", url="x"))
    (_, missing, _) = sources_lines(tally.as_json(known))
    shown = ", ".join(f"/posts?page={n}" for n in range(1, 5))
    first = "https://city.example/posts?page=0"
    assert missing == f"  missing: REST ({first}, {shown}, 2 more: answers 500)"
    assert len(tally.as_json(())["missing"]) >= 7, "run.json has them all"
