"""How long addresses rest, what kind of run the next one is, and lists of addresses that are asked now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from crawler.plan import plan
from crawler.run import RunOptions, RunSummary, run
from crawler.wanted import read_wanted
from pipelines.archive import Archive, open_archive
from pipelines.errors import UsageError
from pipelines.ledger import Ledger, due, open_ledger, rebuild_ledger
from pipelines.ledger.addresses import RunKind
from pipelines.model import RecordRef
from tests.site import Answer, Site, serve
from tests.test_run import SITE, holds, news, page

NOW = datetime(2026, 3, 2, 3, 17, tzinfo=UTC)
URL = "https://city.example/a.html"
HOME = "https://city.example/"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("published", "pause"),
    [
        (NOW - timedelta(minutes=5), HOUR),
        (NOW + DAY, HOUR),
        (NOW - 5 * HOUR, 5 * HOUR),
        ((NOW - 3 * DAY).date(), 3 * DAY + timedelta(hours=3, minutes=17)),
        (NOW - 4000 * DAY, due.SWEEP),
    ],
)
def test_the_first_pause_is_the_age(published: Any, pause: timedelta) -> None:
    assert due.after_first_reading(NOW, published) == pause


def test_pauses_double_end_at_the_sweep_and_halve_after_a_change() -> None:
    pauses = [HOUR]
    while pauses[-1] < due.SWEEP:
        pauses.append(due.after_answer(pauses[-1], gone=False, was_gone=False))
    assert pauses[:4] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR] and len(pauses) == 11
    assert due.after_answer(due.SWEEP, gone=False, was_gone=False) == due.SWEEP
    assert due.after_answer(None, gone=False, was_gone=False) == due.UNDATED
    assert due.after_change(due.after_answer(8 * HOUR, gone=False, was_gone=False)) == 4 * HOUR
    assert due.after_change(HOUR) == HOUR


def test_what_is_gone_is_confirmed_within_a_day_and_what_comes_back_is_young() -> None:
    assert due.after_answer(due.SWEEP, gone=True, was_gone=False) == due.GONE < DAY
    assert due.after_answer(due.GONE, gone=True, was_gone=True) == 2 * due.GONE
    assert due.after_answer(2 * due.GONE, gone=False, was_gone=True) == HOUR


def test_failures_back_off() -> None:
    assert [due.after_failure(n) for n in (1, 2, 3, 1000)] == [HOUR, 2 * HOUR, 4 * HOUR, due.SWEEP]


def test_a_sweep_is_due_a_little_early() -> None:
    assert due.sweep_is_due(NOW, None) and not due.sweep_is_due(NOW, NOW - 29 * DAY)
    assert due.sweep_is_due(NOW, NOW - 30 * DAY + HOUR)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite3")
    yield opened
    opened.close()


def told(ledger: Ledger, at: datetime, status: int | None = 200, digest: str = "a") -> timedelta:
    """An answer is entered. Returns how long its address rests."""
    ref = RecordRef(
        warc_filename="f", warc_record_offset=0, warc_record_length=1, warc_record_id=f"urn:uuid:{at}"
    )
    error = "timeout" if status is None else None
    ledger.exchanged(
        URL,
        asked_at=at,
        ref=ref,
        status=status,
        answer_digest=f"{status}{digest}",
        complete=True,
        error=error,
    )
    row = ledger.get(URL)
    assert row is not None and row.next_due is not None
    return row.next_due - at


def rests(ledger: Ledger) -> timedelta:
    row = ledger.get(URL)
    assert row is not None and row.next_due is not None and row.asked_at is not None
    return row.next_due - row.asked_at


def begin(ledger: Ledger, day: int, kind: RunKind = "ordinary") -> datetime:
    at = NOW + day * DAY
    ledger.begin(f"{at:%Y%m%dT%H%M%SZ}-000000", at, kind=kind)
    return at


def test_attempts_of_one_run_are_one_failure_and_the_pause_goes_on_behind_it(ledger: Ledger) -> None:
    assert told(ledger, begin(ledger, 0)) == due.UNDATED
    at = begin(ledger, 7)
    assert [told(ledger, at + timedelta(seconds=n), None) for n in range(3)] == [HOUR] * 3
    assert told(ledger, begin(ledger, 8), 500) == 2 * HOUR
    assert told(ledger, begin(ledger, 9)) == 2 * due.UNDATED
    assert told(ledger, begin(ledger, 25), None) == HOUR


def test_only_what_reads_otherwise_has_changed(ledger: Ledger) -> None:
    """A page whose bytes change with every answer reads as it did; so does one that another reader read."""
    told(ledger, begin(ledger, 0))
    ledger.read_as(URL, "reader:one", (NOW - 2 * DAY))
    assert rests(ledger) == 2 * DAY
    told(ledger, begin(ledger, 2), digest="counter 2")
    ledger.read_as(URL, "reader:one", NOW - 2 * DAY)
    assert rests(ledger) == 4 * DAY
    told(ledger, begin(ledger, 6), digest="edited")
    ledger.read_as(URL, "reader:two", NOW - 2 * DAY)
    assert rests(ledger) == 2 * DAY
    told(ledger, begin(ledger, 8), digest="counter 3")
    ledger.read_as(URL, "better:three", NOW - 2 * DAY)
    assert rests(ledger) == 4 * DAY


def test_a_stopped_run_is_gone_on_with_in_its_kind(ledger: Ledger) -> None:
    start = begin(ledger, 0, "sweep")
    assert plan(ledger, start, seed=HOME, full=False).sweep, "no sweep was complete"
    told(ledger, start)
    ledger.walked(URL)
    ledger.end(complete=True)
    later = begin(ledger, 1)
    ledger.observe(URL + "?2")
    before = plan(ledger, later + HOUR, seed=HOME, full=False)
    assert not before.sweep and not before.goes_on, "nothing of it is left by another run"
    ledger.queued()
    ledger.end(complete=False)
    ledger.run = ""
    again = plan(ledger, later + HOUR, seed=HOME, full=False)
    assert (again.sweep, again.goes_on, again.resume) == (False, True, True)
    assert not plan(ledger, later + DAY, seed=HOME, full=False).resume, "news are looked for first"
    whole = plan(ledger, later + HOUR, seed=HOME, full=True)
    assert (whole.sweep, whole.goes_on) == (True, False)


def crawl(site: Site, output: Path, day: float = 0, **changes: Any) -> RunSummary:
    with time_machine.travel(NOW + day * DAY, tick=True):
        result = run(
            RunOptions(word=site.url, output=output, allow_loopback=True, requisites=False, **changes)
        )
    assert holds(result) and result.exit_code == 0, result.reason
    return result


def schedule(archive: Archive) -> list[tuple[str, datetime | None, int | None]]:
    ledger = open_ledger(archive)
    try:
        return [(address.url, address.next_due, address.pause) for address in ledger.addresses()]
    finally:
        ledger.close()


def test_runs_ask_what_is_due_and_a_lost_ledger_knows_it_still(tmp_path: Path) -> None:
    with serve({**SITE, "/ba.html": news("Thông cầu Rạch Sung", 3)}) as site:
        site.answers["/"] = page("/mot.html", "/hai.html", "/ba.html")
        assert crawl(site, tmp_path).kind == "sweep"

        def asked(day: float, **changes: Any) -> set[str]:
            site.asked.clear()
            crawl(site, tmp_path, day, **changes)
            return {path for path in site.asked if path.endswith(".html")}

        del site.answers["/hai.html"]
        assert asked(1) == set(), "they are years old"
        wanted = tmp_path / "list.txt"
        wanted.write_text(f"# gone?\n\n{site.url}hai.html\n")
        assert asked(2, urls=wanted) == {"/hai.html"}
        archive = open_archive(tmp_path / site.slug)
        before = schedule(archive)
        rebuild_ledger(archive)
        assert schedule(archive) == before
        assert asked(3) == {"/hai.html"}, "20 hours later it is confirmed"
        assert asked(4) == set()
        assert asked(30) == {"/mot.html", "/hai.html", "/ba.html"}, "a sweep"


def test_an_edit_that_nothing_tells_of_is_seen_when_the_page_is_due(tmp_path: Path) -> None:
    young = news("Tin mới", 7)
    young = Answer(body=young.body.replace(b"13/10/2021 17:46", b"28/02/2026 03:17"))
    with serve({**SITE, "/": page("/mot.html", "/moi.html"), "/moi.html": young}) as site:
        crawl(site, tmp_path)
        at = []
        for day in range(1, 9):
            site.asked.clear()
            crawl(site, tmp_path, day)
            at += [day] if "/moi.html" in site.asked else []
            assert "/mot.html" not in site.asked
    assert at == [3, 8], "two days and three hours old at first, counted from midnight; then twice that"


@pytest.mark.parametrize(
    ("text", "told"),
    [("https://city.example/a\nmailto:x\n", "line 2;"), ("#\nhttps://other.example/\n", "line 2;"),
     ("1\n2\n", "lines 1 and 2;"), ("1\n2\n3\n4\n5\n6\n", "lines 1, 2, 3, 4, 5 and others;")],
)
def test_bad_lines_are_told_by_number(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(text)
    with pytest.raises(UsageError, match=told):
        read_wanted(path, ("city.example",))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"addresses \(it is no text in UTF-8\); write one in each line"):
        read_wanted(path, ("city.example",))
    path.write_text("# nothing yet\n\n")
    with pytest.raises(UsageError, match="no address in this list"):
        read_wanted(path, ("city.example",))
    path.write_text(f"\ufeff{URL}\n{URL}#x\n")
    assert read_wanted(path, ("city.example",)) == (URL,)
