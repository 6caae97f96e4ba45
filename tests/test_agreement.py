"""Agreement with the answer key that falls between runs: what is caught, and what is left in peace."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import pipelines.commit
from crawler.cli.compared import both_sides, lines
from pipelines.archive import Source, open_archive
from pipelines.extract.title import Title
from pipelines.health.accept import accept
from pipelines.health.shares import chance, fell
from pipelines.manifest import Manifest, read_chain
from pipelines.manifest.judged import Share
from tests.mockcity import MockCity
from tests.mockcity.theme import theme
from tests.mockcity.truth import Facts
from tests.mockcity.view import View
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive
from tests.test_answer_key import post, rest
from tests.test_run import crawl


def share(agree: int, compared: int) -> Share:
    return Share(compared=compared, agree=agree)


@pytest.mark.parametrize(
    ("earlier", "now", "falls"),
    [
        (share(124, 124), share(14, 14), False),
        (share(124, 124), share(8, 10), False),  # two that the city edited meanwhile
        (share(124, 124), share(6, 10), True),
        (share(9911, 9940), share(7, 10), False),
        (share(9911, 9940), share(6, 10), True),
        (share(9911, 9940), share(0, 9), False),  # too few to say
        (share(9, 9), share(0, 40), False),
        (share(10, 10), share(4, 10), False),
        (share(10, 10), share(2, 10), True),
        (share(600, 1000), share(1, 10), False),  # once in six hundred such runs by chance alone
        (share(600, 1000), share(8, 40), True),
        (share(9900, 10000), share(6700, 10000), False),  # real, and less than a third
        (share(9900, 10000), share(6500, 10000), True),
        (share(6500, 10000), share(9900, 10000), False),
        (share(0, 50), share(0, 50), False),  # a page builder's texts, which never agreed
    ],
)
def test_what_is_a_fall(earlier: Share, now: Share, falls: bool) -> None:
    assert fell(earlier, now) is falls


def test_chance_is_fishers() -> None:
    tea = chance(share(3, 4), share(1, 4))  # his lady who tastes tea
    assert tea == pytest.approx(17 / 70) and chance(share(3, 4), share(4, 4)) == pytest.approx(1)


def text_of(number: int) -> list[str]:
    return [f"Bài {number}, đoạn {m}. {line}" for m, line in enumerate(BODY)]


def news(
    numbers: Iterable[int], *, wrong: Iterable[int] = (), old: Iterable[int] = ()
) -> Iterator[tuple[str, bytes]]:
    """Pages of articles and a REST answer that lists them; the titles of some are printed wrongly.
    Those of ``old`` are listed only."""
    numbers, wrong = tuple(numbers), frozenset(wrong)
    for n in numbers:
        yield f"/{n}", answer(page("Cổng thông tin" if n in wrong else f"Tin {n}", text_of(n)))
    yield rest(*(post(f"/{n}", f"Tin {n}", text_of(n)) for n in (*old, *numbers)))


def last(a: SmallArchive) -> Manifest:
    return read_chain(a.archive)[-1].manifest


def checks(a: SmallArchive) -> list[str]:
    return [check.check for check in last(a).health]


def test_what_was_captured_last_is_judged_by_itself(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(*news(range(40)))
    before = last(a)
    assert before.agreement == {
        "rest": {name: share(40, 40) for name in ("title", "day", "text", "dated", "article")},
    }
    titles = {row["title"] for row in a.rows("articles")}
    done = a.crawl(*news(range(40, 52), wrong=range(40, 52), old=range(40)))
    assert checks(a) == ["agreement_fell"] and done.status == "unhealthy" and done.rows["articles"] == 40
    (sentence,) = (check.sentence for check in done.health)
    assert "title agrees with REST for 0 of the 12 articles captured last" in sentence
    assert "40 of 40" in sentence and sentence.count("http://tin.example.vn/4") == 2
    assert "status" in sentence and "archive.json" in sentence
    assert {row["title"] for row in a.rows("articles")} == titles, "the tables stay as they were"
    assert last(a).agreement["rest"]["title"] == share(0, 12) and last(a).tables == before.tables
    a.crawl(*news(range(60, 63)))
    assert checks(a) == ["agreement_fell"], "what is not in the tables is judged until it may go there"
    assert last(a).agreement["rest"]["title"] == share(3, 15)


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("text", "an article was read where REST lists one for 4 of the 16 articles captured last"),
        ("date", "a date was read where REST has one for 4 of the 16 articles captured last"),
    ],
)
def test_what_is_not_read_at_all_is_a_fall_as_well(lost: str, said: str, tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(*news(range(40)))
    now = dict(news(range(40, 56)))
    for n in range(44, 56):
        bare = page(f"Tin {n}", ()) if lost == "text" else page(f"Tin {n}", text_of(n), date=None)
        now[f"/{n}"] = answer(bare)
    a.crawl(*now.items())
    (check,) = last(a).health
    assert check.check == "agreement_fell" and check.sentence.startswith(said), check.sentence
    assert "40 of 40 before (not for http://tin.example.vn/44 and http://tin.example.vn/45)" in check.sentence
    assert "inspect" in check.sentence


def test_few_at_a_time_are_judged_together(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(*news(range(40)))
    for start, failed in ((40, []), (44, []), (48, ["agreement_fell"])):
        a.crawl(*news(range(start, start + 4), wrong=range(start, start + 4)))
        assert checks(a) == failed
    assert "0 of the 12 articles" in last(a).health[0].sentence


def test_healthy_runs_are_left_in_peace(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(*news(range(20)))
    a.crawl(*news(range(20)))
    assert checks(a) == [] and last(a).status == "complete", "unchanged"
    edited = news(range(20, 32), wrong=(20, 27))
    a.crawl(*edited)
    assert checks(a) == [], "two were edited between source and page"
    a.crawl(*tuple(news(range(32, 50), wrong=range(32, 50)))[:-1])
    assert checks(a) == [] and last(a).agreement is None, "the source is off: nothing can be said"


def test_a_source_that_is_wrong_can_be_taken_out_and_begins_anew(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    both = tuple(Source(kind=kind, url=f"http://tin.example.vn/{kind}") for kind in ("rest", "feed"))

    def known(*sources: Source) -> None:
        found = {"sources": sources, "detected_at": "2026-03-05T00:00:00Z"}
        a.archive = a.archive.with_portal(a.archive.portal.model_copy(update=found))

    known(*both)
    a.crawl(*news(range(40)))
    wrong = tuple(news(range(40, 56), wrong=range(40, 56)))
    a.crawl(*wrong)
    assert checks(a) == ["agreement_fell"]
    known(both[1])
    a.crawl(*news(range(56, 58), wrong=(56, 57)))
    assert checks(a) == [] and len(a.rows("articles")) == 58, "the next run takes all records in"
    known(*both)
    a.crawl(*news(range(58, 70), wrong=range(58, 70)))
    assert checks(a) == ["unlike_answer_key"] or checks(a) == []
    assert "agreement_fell" not in checks(a)


def broken_title(patched: pytest.MonkeyPatch) -> None:
    """Every other title is the site's name: a rule that errs on some pages."""
    frame = sys.modules["pipelines.extract.frame"]
    reading = frame.title

    def broken(outline: Any, stated: Any, *rest: Any, **known: Any) -> Title | None:
        found = reading(outline, stated, *rest, **known)
        return replace(found, text="Cổng thông tin") if found and found.text[-1] in "13579" else found

    patched.setattr(frame, "title", broken)


def test_a_reader_that_reads_worse_is_caught_and_its_tables_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = small_archive(tmp_path)
    a.crawl(*news(range(40)))
    tables = last(a).tables
    with monkeypatch.context() as patched:
        broken_title(patched)
        patched.setattr(pipelines.commit, "reader_id", lambda: "f" * 64)
        a.crawl(*news(range(40, 42)))
        again, new = (stored.manifest for stored in read_chain(a.archive)[-2:])
        assert again.kind == "reread" and [c.check for c in again.health] == ["agreement_fell"]
        assert "read again" in again.health[0].sentence and "20 of the 40" in again.health[0].sentence
        assert new.kind == "crawl" and [c.check for c in new.health] == ["agreement_fell"]
        assert new.tables == tables
    a.crawl(*news(range(42, 44)))
    assert checks(a) == [] and last(a).kind == "crawl" and len(a.rows("articles")) == 44


def test_a_reader_that_reads_as_well_begins_a_new_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = small_archive(tmp_path)
    for start in (0, 10):
        a.crawl(*news(range(start, start + 10)))
    monkeypatch.setattr(pipelines.commit, "reader_id", lambda: "f" * 64)
    a.crawl(*news(range(20, 22)))
    again = read_chain(a.archive)[-2].manifest
    assert again.kind == "reread" and again.agreement["rest"]["title"] == share(20, 20)
    a.crawl(*news(range(22, 34), wrong=range(22, 34)))
    assert checks(a) == ["agreement_fell"] and "22 of 22 before" in last(a).health[0].sentence


def test_a_manifest_without_these_figures_is_read_as_before(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/a", answer(page("Tin"))))
    (stored,) = read_chain(a.archive)
    assert stored.manifest.agreement is None and "agreement" not in json.loads(stored.path.read_bytes())
    a.crawl(*news(range(12), wrong=range(3)))
    assert checks(a) == [] and len(read_chain(a.archive)) == 2


class Redesigned:
    """A theme that prints beside the headline the day of the last change, as if it were that of publication;
    only articles of after the change of design are in it, as where a city keeps old pages as they are."""

    def __init__(self, city: MockCity) -> None:
        self.before, self.old = city.look, frozenset(a["path"] for a in city.truth)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.before, name)

    def article_page(self, view: View, article: Facts) -> str:
        page: str = self.before.article_page(view, article)
        if article["path"] in self.old:
            return page
        return page.replace(article["published_raw"], "Chủ Nhật, 01/02/2026 08:00")


def test_a_city_that_changes_its_pages_is_noticed_in_the_next_run(tmp_path: Path) -> None:
    with MockCity(articles=40, unpublished=15) as city:
        first = crawl(city.url, tmp_path, requisites=False)
        unchanged = crawl(city.url, tmp_path, requisites=False)
        assert (first.exit_code, unchanged.exit_code) == (0, 0) and first.articles == 25
        assert unchanged.answer_key["captured"]["rest"]["day"]["compared"] == 0
        city.look = theme("classic")
        city.publish()
        redesigned = crawl(city.url, tmp_path, requisites=False, full=True)
        assert redesigned.exit_code == 9 and redesigned.reason is not None, "WordPress's layout fits no more"
        assert "the portal's layout no longer fits 27 of 27 pages" in redesigned.reason
        archive = open_archive(Path(redesigned.archive))
        accept(archive, ["layout_misses"], reason="another design, and read as well", now=datetime.now(UTC))
        assert both_sides(archive)["refused"] is None
        assert redesigned.answer_key["captured"]["rest"]["day"] == {"agree": 26, "compared": 26}
        city.look = Redesigned(city)
        while city.publish():
            pass
        changed = crawl(city.url, tmp_path, requisites=False, full=True)
    assert changed.exit_code == 9 and changed.articles == 26 and changed.warc_files == 1
    assert changed.reason is not None and "day agrees with REST for 26 of the 40" in changed.reason
    assert "51 of 51 before" in changed.reason and "status --answer-key" in changed.reason
    assert changed.answer_key["captured"]["rest"]["title"] == {"agree": 40, "compared": 40}
    found = both_sides(open_archive(Path(changed.archive)))
    assert found["refused"]["run"] == changed.run and found["tables"]["commit"] == 4
    told = list(lines(found, 80))
    assert "is not in the tables" in told[0] and "  what it captured, against REST:" in told
    before = told.index("  what it captured, against feeds:")
    assert sum(line.startswith("     day") for line in told[:before]) == 10
    assert any(line.split() == ["page", "2026-02-01"] for line in told[:before])
