"""What happened to an article, by the captures of its addresses: every kind, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines import events
from pipelines.events import KINDS
from pipelines.model import Capture
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, redirect, small_archive

OTHER = ("Chợ hoa xuân năm nay mở cửa đến hết đêm ba mươi, có hơn hai trăm gian hàng của nông dân.", BODY[2])
FIRST = ("/cau.html", answer(page("Cầu mới thông xe")))
NEWS = ("/cho.html", answer(page("Chợ hoa mở cửa", OTHER)))
SHORTER = (BODY[0], "Phần móng đã hoàn thành trước mùa mưa bão.", BODY[2])
EDITED = answer(page("Cầu mới thông xe sớm", SHORTER))
HOME = ("/", answer(b"<html><body><ul><li><a href='/cau.html'>Cau</a></ul></body></html>"))
GONE = answer("Không tìm thấy.".encode(), status="404 Not Found")
FOR_EVER = answer("Không còn nữa.".encode(), status="410 Gone")
BUSY = answer("Đang bận.".encode(), status="503 Service Unavailable")
SOFT = answer(page("Không tìm thấy trang", ("Trang này không tồn tại.",), date=None))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def lived(folder: Path, *steps: Any) -> SmallArchive:
    """An archive that saw FIRST and NEWS, and then what each step has: a time to wait, or what an address
    (``/cau.html`` where none is named) answers in a run of its own."""
    a = small_archive(folder)
    a.crawl(FIRST, NEWS)
    for step in steps:
        if isinstance(step, timedelta):
            a.now += step
        elif isinstance(step, bytes):
            a.crawl(("/cau.html", step), NEWS)
        else:
            a.crawl(*(step if isinstance(step[0], tuple) else (step,)), NEWS)
    return a


def told(a: SmallArchive) -> list[str]:
    """The kinds of all events but those of the first crawl."""
    rows = sorted(a.rows("events"), key=lambda row: (row["seen_at"], KINDS.index(row["kind"])))
    return [row["kind"] for row in rows if row["kind"] != "published"]


def only(a: SmallArchive, kind: str) -> dict[str, Any]:
    (row,) = (row for row in a.rows("events") if row["kind"] == kind)
    return row


MOVED = (("/cau.html", redirect("/cau-moi.html")), ("/cau-moi.html", FIRST[1]))
MERGED = redirect("/cho.html")
HAPPENED: dict[str, tuple[tuple[Any, ...], list[str]]] = {
    "nothing": ((FIRST[1], DAY, FIRST[1]), []),
    "edited": ((EDITED,), ["edited"]),
    "edited and back": ((EDITED, DAY, FIRST[1]), ["edited", "edited"]),
    "one 404": ((GONE,), ["removal_suspected"]),
    "two of one run": ((("/cau.html", GONE), ("/cau.html", GONE)), ["removal_suspected"]),
    "two, minutes apart": ((GONE, GONE), ["removal_suspected"]),
    "two, a day apart": ((GONE, DAY, GONE), ["removed"]),
    "a 410 confirms a 404": ((GONE, DAY, FOR_EVER), ["removed"]),
    "many": ((GONE, DAY, GONE, DAY, GONE, DAY, FOR_EVER), ["removed"]),
    "the page again": ((GONE, DAY, FIRST[1]), []),
    "the page between": ((GONE, DAY, FIRST[1], DAY, GONE), ["removal_suspected"]),
    "an edit after a suspicion": ((GONE, DAY, EDITED), ["edited"]),
    "an error that is none between": ((GONE, DAY, BUSY, SOFT, DAY, GONE), ["removed"]),
    "busy for days": ((BUSY, DAY, BUSY, DAY, BUSY), []),
    "soft errors": ((SOFT, DAY, SOFT, DAY, SOFT), []),
    "a temporary redirect": ((redirect("/", "302 Found"), DAY, redirect("/cho.html", "307 Temporary")), []),
    "a redirect to the home page": ((HOME, redirect("/"), DAY, redirect("/")), ["removal_suspected"]),
    "a redirect to a section, undone": ((redirect("/muc/"), DAY, FIRST[1]), []),
    "a redirect home, then errors": ((redirect("/"), DAY, GONE, DAY, GONE), ["removed"]),
    "a redirect out of scope": ((redirect("http://x.example/"), DAY, redirect("http://x.example/")), []),
    "a redirect to another spelling": ((redirect("http://www.tin.example.vn/cau.html/"),), []),
    "an error at another spelling": ((("/cau.html?utm_source=x", GONE), DAY, ("/cau.html/", GONE)), []),
    "moved": ((MOVED, DAY, MOVED), ["moved"]),
    "moved by a 308": (
        ((("/cau.html", redirect("/b.html", "308 Permanent Redirect")), ("/b.html", FIRST[1])),),
        ["moved"],
    ),
    "moved, by way of an address": (
        ((("/cau.html", redirect("/x")), ("/x", redirect("/cau-moi.html")), ("/cau-moi.html", FIRST[1])),),
        ["moved"],
    ),
    "moved and edited": ((MOVED, DAY, ("/cau-moi.html", EDITED)), ["moved", "edited"]),
    "moved, the redirect dropped": ((MOVED, DAY, GONE, DAY, GONE), ["moved"]),
    "moved, then removed": (
        (MOVED, DAY, ("/cau-moi.html", GONE), DAY, ("/cau-moi.html", GONE)),
        ["moved", "removed"],
    ),
    "moved there and back": (
        (MOVED, DAY, (("/cau-moi.html", redirect("/cau.html")), FIRST), DAY, FIRST[1]),
        ["moved", "moved"],
    ),
    "merged": ((MERGED, DAY, MERGED), ["merged"]),
    "merged, undone": ((MERGED, DAY, FIRST[1]), ["merged", "restored"]),
    "merged, then nothing there": ((MERGED, DAY, GONE, DAY, GONE), ["merged"]),
    "merged after a suspicion": ((GONE, DAY, MERGED), ["merged"]),
    "restored": ((GONE, DAY, GONE, DAY, FIRST[1]), ["removed", "restored"]),
    "restored otherwise": ((GONE, DAY, GONE, DAY, EDITED), ["removed", "edited", "restored"]),
    "removed again": (
        (GONE, DAY, GONE, DAY, FIRST[1], DAY, GONE, DAY, GONE),
        ["removed", "restored", "removed"],
    ),
    "its AMP form is gone": (
        (
            ("/cau.html/amp", answer(page("Cầu mới thông xe", canonical=f"{SITE}/cau.html"))),
            *(DAY, ("/cau.html/amp", GONE), DAY, ("/cau.html/amp", GONE)),
            *(DAY, ("/cau.html/amp", redirect("/cau.html"))),
        ),
        [],
    ),
    "an AMP form that does not say whose": (
        (("/cau.html/amp", answer(page("Cầu mới thông xe"))), DAY, ("/cau.html/amp", redirect("/cau.html"))),
        [],
    ),
    "a print form with another text": (
        (("/cau.html?print=1", answer(page("Cầu mới thông xe", BODY[:2], canonical=f"{SITE}/cau.html"))),),
        [],
    ),
    "a redirect to its AMP form": (
        ((("/cau.html", redirect("/cau.html/amp")), ("/cau.html/amp", FIRST[1])), DAY, FIRST[1]),
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), HAPPENED.values(), ids=HAPPENED.keys())
def test_what_happened_is_told_and_nothing_else(
    tmp_path: Path, steps: tuple[Any, ...], expected: list[str]
) -> None:
    a = lived(tmp_path, *steps)
    assert told(a) == expected
    assert [row["kind"] for row in a.rows("events")].count("published") == 2
    assert len({row["event_id"] for row in a.rows("events")}) == len(a.rows("events"))


def test_an_edit_says_what_changed_and_between_which_moments(tmp_path: Path) -> None:
    a = lived(tmp_path, DAY, FIRST[1], DAY, EDITED)
    row = only(a, "edited")
    captures = [r for r in sorted(a.rows("captures"), key=lambda r: r["captured_at"]) if "cau" in r["url"]]
    assert (row["before_at"], row["seen_at"]) == (captures[1]["captured_at"], captures[2]["captured_at"])
    assert (row["version_before"], row["version_after"]) == (1, 2)
    assert row["changed"] == ["title", "paragraphs"]
    # "sớm" in the title, and of the second paragraph "Phần" for "phần" and "đã" came; the rest of it went.
    assert (row["words_added"], row["words_removed"]) == (3, 13)
    assert row["warc_record_id"] == captures[2]["warc_record_id"] and row["status"] == 200
    assert row["crawl_id"] == captures[2]["crawl_id"] and row["confirmed_at"] is None


def test_what_was_published_has_no_moment_before(tmp_path: Path) -> None:
    a = lived(tmp_path)
    rows = a.rows("events")
    assert {(r["before_at"], r["version_before"], r["version_after"]) for r in rows} == {(None, None, 1)}


def test_an_address_that_had_nothing_before_gives_the_window(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/cau.html", GONE), NEWS)
    a.now += DAY
    a.crawl(FIRST)
    (row,) = (r for r in a.rows("events") if r["url"].endswith("/cau.html"))
    assert row["kind"] == "published" and row["seen_at"] - row["before_at"] > DAY


def test_a_suspicion_keeps_its_id_and_month_when_it_is_confirmed(tmp_path: Path) -> None:
    a = lived(tmp_path, timedelta(days=1, hours=15), GONE)  # 31 March, 23 h
    before = only(a, "removal_suspected")
    assert (before["confirmed_at"], before["confirmed_by"], before["status"]) == (None, None, 404)
    a.now += DAY
    a.crawl(("/cau.html", GONE), NEWS)
    after = only(a, "removed")
    same = ("event_id", "seen_at", "before_at", "warc_record_id", "crawl_id", "archived_month")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert after["archived_month"] == "2026-03"
    confirming = max(
        (r for r in a.rows("captures") if r["url"].endswith("/cau.html")), key=lambda r: r["captured_at"]
    )
    assert after["confirmed_at"] == confirming["captured_at"]
    assert after["confirmed_by"] == confirming["warc_record_id"]
    assert after["confirmed_crawl_id"] == confirming["crawl_id"] != after["crawl_id"]
    assert (after["version_before"], after["version_after"]) == (1, None)


def test_where_it_moved_and_onto_which_article_it_was_merged(tmp_path: Path) -> None:
    a = lived(tmp_path, MOVED, DAY, ("/cau-moi.html", redirect("/cho.html")))
    moved, merged = only(a, "moved"), only(a, "merged")
    ids = {r["url"]: r["article_id"] for r in a.rows("articles")}
    assert moved["url"] == f"{SITE}/cau.html" and moved["target_url"] == f"{SITE}/cau-moi.html"
    assert moved["target_article_id"] is None and moved["article_id"] == merged["article_id"]
    assert merged["url"] == f"{SITE}/cau-moi.html" and merged["target_url"] == f"{SITE}/cho.html"
    assert merged["target_article_id"] == ids[f"{SITE}/cho.html"]


def test_a_redirect_to_a_page_that_is_captured_later_is_a_suspicion_until_then(tmp_path: Path) -> None:
    a = lived(tmp_path, redirect("/sau.html"))
    assert told(a) == ["removal_suspected"]
    a.crawl(("/sau.html", answer(page("Tin sau này", OTHER[:1] + BODY))), NEWS)
    assert told(a) == ["merged"]
    b = lived(tmp_path / "b", redirect("/sau.html"))
    b.crawl(("/sau.html", FIRST[1]), NEWS)
    assert told(b) == ["moved"]


def test_older_captures_that_come_later_stand_where_they_belong(tmp_path: Path) -> None:
    a = lived(tmp_path, DAY, EDITED)
    a.now -= timedelta(days=300)
    older = answer(page("Cầu mới", (BODY[1], BODY[2])))
    for response in (older, GONE, GONE):
        a.crawl(("/cau.html", response), NEWS)
        a.now += DAY
    assert told(a) == ["removed", "edited", "restored", "edited"]


def test_another_reader_makes_no_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = lived(tmp_path, EDITED, DAY, GONE)
    before = a.rows("events")
    monkeypatch.setattr("pipelines.commit.reader_id", lambda: "f" * 64)
    monkeypatch.setattr("pipelines.increment.reader_id", lambda: "f" * 64)
    monkeypatch.setattr("pipelines.manifest.contents.SCHEMA_VERSION", 99)
    done = a.crawl(NEWS)
    assert done.reread and a.rows("events") == before and done.events == {}


def test_a_rebuild_gives_the_same_and_verify_agrees(tmp_path: Path) -> None:
    a = lived(tmp_path, MOVED, DAY, ("/cau-moi.html", EDITED), DAY, ("/cau-moi.html", GONE))
    before = {p: p.read_bytes() for p in (a.root / "events").rglob("*.parquet")}
    rebuild(a.archive, now=a.now)
    assert {p: p.read_bytes() for p in (a.root / "events").rglob("*.parquet")} == before
    assert not verify(a.archive).findings


def test_a_commit_counts_the_events_of_its_run(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    assert a.crawl(FIRST, NEWS).events == {"published": 2}
    assert a.crawl(FIRST, NEWS).events == {}
    assert a.crawl(("/cau.html", EDITED), ("/cho.html", GONE)).events == {"edited": 1, "removal_suspected": 1}
    a.now += DAY
    assert a.crawl(("/cau.html", EDITED), ("/cho.html", GONE)).events == {"removed": 1}
    a.now += DAY
    assert a.crawl(NEWS).events == {"restored": 1}


def test_an_answer_that_was_cut_says_nothing() -> None:
    whole = Capture(url=f"{SITE}/a", captured_at=datetime(2026, 3, 1, tzinfo=UTC), payload=b"", status=404)
    assert events.says_away(whole)
    assert not events.says_away(replace(whole, truncated="disconnect"))


def test_the_limit_of_a_confirmation_is_hours(tmp_path: Path) -> None:
    assert HOUR <= events.CONFIRMED_AFTER < timedelta(hours=20)
    a = lived(tmp_path, GONE, events.CONFIRMED_AFTER - timedelta(minutes=3), GONE)
    assert told(a) == ["removal_suspected"]
    a.crawl(("/cau.html", GONE), NEWS)
    assert told(a) == ["removed"]
