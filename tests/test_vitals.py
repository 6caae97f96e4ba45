"""What is judged across runs, over commits: small ones add up, and what is well stays quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.manifest.judged import Share
from pipelines.verify import verify
from tests.daily import (
    CHALLENGE,
    MISSING,
    article,
    checks,
    digests,
    forget,
    front,
    last,
    news,
    today,
)
from tests.small_archive import SmallArchive, redirect, small_archive


def archive(folder: Path, *, unsigned: int = 7) -> SmallArchive:
    """Sixty articles of sixty days, of which seven in ten are signed."""
    a = small_archive(folder)
    a.crawl(*news(range(60), today(a), unsigned=unsigned), front(*range(60)))
    assert checks(a) == [] and last(a).vitals is not None
    return a


def share(agree: int, compared: int) -> Share:
    return Share(compared=compared, agree=agree)


def test_bylines_that_vanish_day_by_day_add_up(tmp_path: Path) -> None:
    a = archive(tmp_path)
    assert last(a).vitals.shares["new"]["byline"] == share(42, 60)  # type: ignore[union-attr]
    failed = []
    for run in range(7):
        day = today(a, 1)
        before = digests(a)
        a.crawl(*(article(100 + 3 * run + n, day, byline=False) for n in range(3)))
        failed.append(checks(a))
    assert failed == [[]] * 6 + [["field_fell"]], "twenty articles of seven days"
    (check,) = last(a).health
    assert "byline was read in 0 of the 21 articles captured last, and in 42 of 60 before" in check.sentence
    assert check.sentence.count("http://tin.example.vn/1") == 2
    assert check.sentence.endswith("accept tin.example.vn field_fell --reason TEXT")
    assert digests(a) == before and verify(a.archive).errors == ()
    a.crawl(article(200, today(a, 1), byline=False))
    assert checks(a) == ["field_fell"], "what is held back is judged again"
    assert digests(a) == before
    a.crawl(*news(range(201, 221), today(a, 8)))
    assert checks(a) == [] and len(a.rows("articles")) == 60 + 21 + 21, "well again, and all is taken in"


def test_a_day_without_bylines_is_no_fall(tmp_path: Path) -> None:
    """Thirty notices at once, as on the day of an election: many, but of two days."""
    a = archive(tmp_path)
    day = today(a, 1)
    a.crawl(*(article(100 + n, day, byline=False) for n in range(30)))
    assert checks(a) == []


def test_old_articles_say_nothing_of_new_ones(tmp_path: Path) -> None:
    """A portal that gave its bylines up years ago is no worse in the first week that it is watched."""
    a = small_archive(tmp_path)
    day = today(a)
    old = (article(n, day.replace(year=2015, month=1 + n % 12, day=1 + n % 28)) for n in range(60))
    a.crawl(*old, *news(range(100, 125), day, unsigned=0))
    assert last(a).vitals.shares["new"]["byline"] == share(0, 25)  # type: ignore[union-attr]
    a.crawl(*news(range(200, 225), today(a, 30), unsigned=0))
    assert checks(a) == []


@pytest.mark.parametrize("lost", [9, 12])
def test_pages_that_lose_a_field_are_their_own_measure(lost: int, tmp_path: Path) -> None:
    """The same pages with other bytes: ten tell at once, fewer together with those of the runs before."""
    a = archive(tmp_path)
    day = today(a)
    again = [article(n, day, byline=False, edition=2) for n in (0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14)]
    today(a, 1)
    a.crawl(*again[:lost])
    assert checks(a) == ([] if lost < 10 else ["field_fell"])
    if lost < 10:
        a.crawl(*again[lost:])
        assert checks(a) == ["field_fell"]
        assert "byline is read no more in 12 of 12 pages that had it" in last(a).health[0].sentence


def test_a_surge_of_challenges(tmp_path: Path) -> None:
    a = archive(tmp_path)
    before = digests(a)
    today(a, 1)
    a.crawl(*((f"/{n}.html", CHALLENGE) for n in range(5)))
    assert checks(a) == [], "five are too few to say"
    a.crawl(*((f"/{n}.html", CHALLENGE) for n in range(10, 16)), article(100, today(a)))
    assert checks(a) == ["soft_errors"]
    assert "11 of the 12 pages answered last" in last(a).health[0].sentence, last(a).health[0].sentence
    assert "0 of 60 were before" in last(a).health[0].sentence
    assert digests(a)["articles"] == before["articles"]
    a.crawl(*(article(n, today(a), edition=3, byline=n % 10 < 7) for n in (*range(5), *range(10, 16))))
    assert checks(a) == [], "well again: the same pages answer"
    assert "http://tin.example.vn/100.html" in {row["url"] for row in a.rows("articles")}


def test_articles_that_are_there_no_more(tmp_path: Path) -> None:
    a = archive(tmp_path)
    today(a, 1)
    gone = [(f"/{n}.html", MISSING) for n in range(9)]
    a.crawl(*gone, article(100, today(a)))
    assert checks(a) == [], "nine withdrawn articles are news, no fault"
    a.crawl(*gone, article(101, today(a, 1)))
    assert checks(a) == [] and "article" not in last(a).vitals.shares.get("again", {})  # type: ignore[union-attr]
    a.crawl(*((f"/{n}.html", redirect("/")) for n in range(9, 12)), ("/", CHALLENGE))
    assert checks(a) == ["articles_gone"], "those that lead elsewhere are gone as well"
    assert "12 of the 12 articles asked again last are there no more" in last(a).health[0].sentence


def test_a_trickle_of_withdrawn_articles_is_no_fault(tmp_path: Path) -> None:
    """One a day, and hardly anything else asked: what is asked is what was taken off the list."""
    a = archive(tmp_path)
    for n in range(14):
        a.crawl((f"/{n}.html", MISSING), article(100 + n, today(a, 1)))
        assert checks(a) == [], n
    today(a, 1)
    a.crawl(*((f"/{n}.html", MISSING) for n in range(20, 24)))
    assert checks(a) == ["articles_gone"], "ten within a week are a surge"
    assert "10 of the 10 articles asked again last" in last(a).health[0].sentence
    a.crawl(("/30.html", MISSING), article(120, today(a, 9)))
    assert checks(a) == ["articles_gone"], "it does not pass by itself"


def test_articles_that_moved_are_there(tmp_path: Path) -> None:
    a = archive(tmp_path)
    day = today(a, 1)
    moves = [(f"/{n}.html", redirect(f"/tin/{n}")) for n in range(19)]
    places = [(f"/tin/{n}", article(n, day, byline=n % 10 < 7)[1]) for n in range(19)]
    a.crawl(*moves, *places)
    assert checks(a) == []
    assert last(a).vitals.shares["again"]["article"] == share(19, 19)  # type: ignore[union-attr]


def test_a_layout_that_no_longer_fits(tmp_path: Path) -> None:
    def styled(number: int, name: str) -> tuple[str, bytes]:
        path, whole = article(number, today(a), edition=ord(name[0]))
        return path, whole.replace(b"<h1>", b'<h1 class="%b-title">' % name.encode()).replace(
            b"<div><p>", b'<div class="%b-content"><p>' % name.encode()
        )

    a = small_archive(tmp_path)
    a.archive = a.archive.with_portal(a.archive.portal.model_copy(update={"layout": "wordpress"}))
    a.crawl(*(styled(n, "entry") for n in range(30)))
    assert last(a).vitals.shares["new"]["layout"] == share(30, 30), last(a).vitals  # type: ignore[union-attr]
    a.crawl(*(styled(n, "other") for n in range(12)))
    assert checks(a) == ["layout_misses"]
    assert "layout no longer fits 12 of 12 pages that it fitted before" in last(a).health[0].sentence
    a.archive = a.archive.with_portal(a.archive.portal.model_copy(update={"layout": None}))
    a.crawl(styled(40, "other"))
    assert checks(a) == [], "without the layout all is read again, and nothing is missed"


def test_a_portal_that_falls_silent(tmp_path: Path) -> None:
    a = archive(tmp_path)
    for days, failed in ((20, []), (12, ["stale"]), (1, ["stale"])):
        today(a, days)
        a.crawl(front(*range(60)))
        assert checks(a) == failed
    assert last(a).health[0].sentence.startswith("nothing was published for 33 days, where the longest gap")
    a.crawl(front(*range(61)), article(60, today(a, 1)))
    assert checks(a) == []


def test_a_run_that_did_not_look_for_news_says_nothing_of_silence(tmp_path: Path) -> None:
    a = archive(tmp_path)
    today(a, 60)
    a.crawl(article(5, today(a, -60), edition=2))
    assert checks(a) == []


def test_it_is_the_same_whether_everything_is_read_or_not(tmp_path: Path) -> None:
    """Vital signs of an increment are those of a fold over everything."""
    found = []
    for name in ("parts", "whole"):
        (tmp_path / name).mkdir()
        a = archive(tmp_path / name)
        day = today(a, 1)
        runs = [
            [*(article(n, day, byline=False, edition=2) for n in range(4)), ("/9.html", MISSING)],
            [article(100, day), ("/9.html", MISSING), ("/8.html", CHALLENGE), front(1, 2, 3)],
            [article(9, day), ("/8.html", redirect("/100.html")), ("/7.html", redirect("http://x.example/"))],
        ]
        told = []
        for run in runs:
            if name == "whole":
                forget(a)
            a.crawl(*run)
            told.append((last(a).vitals, last(a).health))
        found.append(told)
    assert found[0] == found[1]
    assert found[0][0][0].shares["again"]["article"] == share(4, 5)
