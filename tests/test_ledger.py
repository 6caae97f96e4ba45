"""The ledger: the equation over random runs, and its making again from the evidence."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.archive import Archive
from pipelines.dispositions import answer_digest, count, dispositions_record, read_dispositions, sums
from pipelines.ledger import Ledger, open_ledger, rebuild_ledger, sealed_runs
from pipelines.model import RecordRef
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange, capture_of, exchange_records
from pipelines.warc.writer import WarcWriter
from tests.small_archive import answer, page, small_archive
from tests.test_warc_writer import NOW, exchange, make_archive

RUNS = [f"202611{day:02d}T073001Z-abc123" for day in range(5, 10)]


def ref(number: int) -> RecordRef:
    return RecordRef(
        warc_filename="warc/2026/x.warc.gz", warc_record_offset=number, warc_record_length=1,
        warc_record_id=f"urn:uuid:{number}",
    )  # fmt: skip


urls = st.sampled_from([f"http://a/{n}" for n in range(6)] + ["http://a/robots.txt"])
events = st.one_of(
    st.tuples(st.just("observe"), urls, st.sampled_from(["page", "source", "robots", "requisite"])),
    st.tuples(st.just("queue"), urls, st.none()),
    st.tuples(st.just("exclude"), urls, st.sampled_from(["robots", "out_of_scope"])),
    st.tuples(st.just("defer"), urls, st.sampled_from(["robots_unreachable"])),
    st.tuples(st.just("walked"), urls, st.none()),
    st.tuples(
        st.just("exchanged"),
        urls,
        st.tuples(st.sampled_from([None, 200, 301, 304, 404, 503]), st.integers(0, 2), st.booleans()),
    ),
    st.tuples(st.just("next run"), st.none(), st.none()),
)


def happen(ledger: Ledger, number: int, event: tuple[str, Any, Any]) -> None:
    name, url, detail = event
    if name == "observe":
        ledger.observe(url, kind=detail, found_by="seed")
    elif name in ("queue", "walked"):
        getattr(ledger, name)(url)
    elif name in ("exclude", "defer"):
        getattr(ledger, name)(url, detail)
    elif name == "exchanged":
        status, body, complete = detail
        ledger.exchanged(
            url, asked_at=NOW + timedelta(seconds=number), ref=ref(number), status=status,
            answer_digest=answer_digest(status, None, str(body)), complete=complete,
            error=None if complete else "disconnect",
        )  # fmt: skip


@settings(max_examples=60)
@given(st.lists(events, max_size=40))
def test_the_equation_holds_after_every_event(tmp_path_factory: Any, happened: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    ledger = Ledger(folder / "ledger.sqlite3")
    run = 0
    ledger.begin("run-0", NOW)
    try:
        for number, event in enumerate(happened):
            if event[0] == "next run":
                ledger.end()
                run += 1
                ledger.begin(f"run-{run}", NOW)
            happen(ledger, number, event)
            known = list(ledger.addresses())
            total = 0
            for name, counted in ledger.sums().items():
                rest = sum(value for key, value in counted.items() if key != "known")
                assert counted["known"] == rest, (name, counted)
                assert min(counted.values()) >= 0
                total += counted["known"]
            assert total == len(known) == len({a.url for a in known})
            kinds = Counter(a.kind for a in known)
            assert ledger.sums() == sums(kinds, count(ledger.dispositions())), "a fold of the lines"
    finally:
        ledger.release()


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    ledger = Ledger(tmp_path / "ledger.sqlite3")
    ledger.begin(RUNS[0], NOW)
    yield ledger
    ledger.release()


def ask(ledger: Ledger, url: str, number: int, *, status: int = 200, body: str = "a", **facts: Any) -> None:
    digest = answer_digest(status, None, body)
    facts = {"complete": True, "error": None, **facts}
    asked_at = NOW + timedelta(seconds=number)
    ledger.exchanged(url, asked_at=asked_at, ref=ref(number), status=status, answer_digest=digest, **facts)


def test_a_new_address_is_pending_and_new_once(ledger: Ledger) -> None:
    assert ledger.observe("http://a/", kind="source", found_by="seed", found_on="http://b/")
    assert not ledger.observe("http://a/", found_by="listing", found_on="http://c/")
    assert not ledger.observe("http://a/", found_by="listing")
    (line,) = ledger.dispositions()
    assert (line.verdict, line.kind, line.found_on) == ("pending", "source", "http://b/")
    assert line.found_by == ("seed", "listing")
    assert line.first_seen is not None and line.asked_at is None


def test_the_last_exchange_of_a_run_wins(ledger: Ledger) -> None:
    ask(ledger, "http://a/", 1, status=503)
    assert ledger.sums()["pages"]["failed.http_503"] == 1
    ask(ledger, "http://a/", 2)
    (line,) = ledger.dispositions()
    assert (line.verdict, line.reason, line.record) == ("captured", None, "urn:uuid:2")


def test_confirmed_is_the_same_addresss_last_captured_answer(ledger: Ledger) -> None:
    verdicts = []
    answers = ["a", "a", "b", "a", "a"]
    for run, body in zip(RUNS, answers, strict=True):
        ledger.begin(run, NOW)
        ask(ledger, "http://a/", 1, body=body)
        ask(ledger, "http://b/", 1, body="never mind")
        verdicts.append(ledger.get("http://a/").verdict)  # type: ignore[union-attr]
        ledger.end()
    assert verdicts == ["captured", "confirmed", "captured", "captured", "confirmed"]


def test_a_failure_in_between_does_not_forget_the_last_answer(ledger: Ledger) -> None:
    ask(ledger, "http://a/", 1)
    ask(ledger, "http://a/", 2, complete=False, error="timeout")
    assert ledger.sums()["pages"]["failed.timeout"] == 1
    ask(ledger, "http://a/", 3)
    assert ledger.sums()["pages"]["confirmed"] == 1


def test_what_was_not_touched_in_a_run_is_not_due(ledger: Ledger) -> None:
    ask(ledger, "http://a/", 1)
    ledger.exclude("http://b/", "out_of_scope")
    ledger.observe("http://c/")
    ledger.end()
    ledger.begin(RUNS[1], NOW)
    ledger.exclude("http://b/", "out_of_scope")
    assert [line.url for line in ledger.dispositions()] == ["http://c/"]
    counted = ledger.sums()["pages"]
    assert (counted["known"], counted["not_due"], counted["pending"]) == (3, 2, 1)
    ledger.exclude("http://b/", "robots", robots_record="urn:uuid:9")
    assert ledger.sums()["pages"]["excluded.robots"] == 1


def test_unfinished_is_what_an_earlier_run_left(ledger: Ledger) -> None:
    for number, url in enumerate(["http://a/walked", "http://a/unwalked", "http://a/gone"]):
        ask(ledger, url, number, status=404 if url.endswith("gone") else 200)
    ledger.walked("http://a/walked")
    ledger.observe("http://a/pending")
    ledger.exclude("http://a/excluded", "robots")
    assert ledger.unfinished() == ()
    ledger.begin(RUNS[1], NOW)
    assert [a.url for a in ledger.unfinished()] == ["http://a/pending", "http://a/unwalked"]
    ask(ledger, "http://a/unwalked", 9)
    ledger.walked("http://a/unwalked")
    ledger.queue("http://a/pending")
    ledger.begin(RUNS[2], NOW)
    assert [a.url for a in ledger.unfinished()] == ["http://a/pending"]


# ---- made again from the evidence ----------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path)


def store(writer: WarcWriter, ledger: Ledger, one: Exchange) -> None:
    """What a sink does: records, sync, row."""
    records = exchange_records(one)
    refs = writer.append(records)
    writer.sync()
    number = next((i for i, r in enumerate(records) if r.type == "response"), len(refs) - 1)
    capture = capture_of(url=one.url, captured_at=one.started_at, block=one.response)
    ledger.exchanged(
        one.url, asked_at=one.started_at, ref=refs[number], status=capture.status,
        answer_digest=answer_digest(capture.status, capture.location, capture.payload_digest)
        if one.response else "",
        complete=bool(one.response) and one.error is None and one.truncated is None, error=one.error,
    )  # fmt: skip


def crawl(archive: Archive, run_id: str, day: int, *, close: bool = True) -> None:
    """A run of five addresses, two of them changed on every day."""
    ledger = open_ledger(archive)
    ledger.begin(run_id, NOW)
    writer = WarcWriter(archive, run_id, max_bytes=2500)
    ledger.exclude("http://elsewhere/", "out_of_scope")
    for number in range(5):
        url = f"http://127.0.0.1/bai-{number}.html"
        ledger.observe(url, found_by="seed", found_on="http://127.0.0.1/")
        body = b"HTTP/1.1 200 OK\r\n\r\n%d" % (day if number < 2 else 0)
        moment = NOW + timedelta(days=day, seconds=number)
        one = exchange(number, b"" if number == 4 else body, error="dns" if number == 4 else None)
        store(writer, ledger, replace_start(one, moment))
        if number != 3:
            ledger.walked(url)
    writer.seal([dispositions_record(run_id, *ledger.span()[:2], ledger.dispositions(), NOW)])
    ledger.end()
    if close:
        ledger.close()
    else:
        ledger.release()


def replace_start(one: Exchange, moment: datetime) -> Exchange:
    from dataclasses import replace

    return replace(one, started_at=moment)


def contents(archive: Archive) -> list[Any]:
    ledger = Ledger(archive.ledger)
    try:
        return list(ledger.addresses())
    finally:
        ledger.close()


def zeroed(archive: Archive) -> None:
    archive.ledger.write_bytes(bytes(archive.ledger.stat().st_size))


def emptied(archive: Archive) -> None:
    archive.ledger.write_bytes(b"")


def removed(archive: Archive) -> None:
    for path in archive.root.glob("ledger.sqlite3*"):
        path.unlink()


def row_changed(archive: Archive) -> None:
    """A flip that SQLite's own integrity check does not see."""
    data = archive.ledger.read_bytes()
    assert data.count(b"captured") > 1
    archive.ledger.write_bytes(data.replace(b"captured", b"cbptured"))
    database = sqlite3.connect(archive.ledger)
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    database.close()


def of_another_version(archive: Archive) -> None:
    database = sqlite3.connect(archive.ledger)
    database.execute("PRAGMA user_version=99")
    database.close()


@pytest.mark.parametrize("harm", [zeroed, emptied, removed, row_changed, of_another_version])
def test_a_lost_or_damaged_ledger_is_made_again(archive: Archive, harm: Any) -> None:
    for day, run_id in enumerate(RUNS[:3]):
        crawl(archive, run_id, day)
    before = contents(archive)
    assert {a.verdict for a in before} == {"captured", "confirmed", "failed", "excluded"}
    harm(archive)
    ledger = open_ledger(archive)
    assert list(ledger.addresses()) == before
    ledger.begin(RUNS[3], NOW)
    assert [a.url for a in ledger.unfinished()] == ["http://127.0.0.1/bai-3.html"]
    assert ledger.unended() == (RUNS[3],)
    ledger.close()


def test_a_ledger_that_lost_its_wal_is_made_again(archive: Archive) -> None:
    crawl(archive, RUNS[0], 0)
    crawl(archive, RUNS[1], 1, close=False)
    before = contents(archive)
    rebuild_ledger(archive)
    assert contents(archive) == before
    # The run's changes lived in the WAL alone: an older ledger does not know the sealed run.
    removed(archive)
    ledger = Ledger(archive.ledger)
    ledger.close()
    ledger = open_ledger(archive)
    assert list(ledger.addresses()) == before
    ledger.close()


def test_the_files_of_a_killed_run_come_before_those_of_the_run_that_took_them_up(tmp_path: Path) -> None:
    """One manifest names both, under the name of the later run."""
    a = small_archive(tmp_path)
    article = ("/mot.html", answer(page("Tin mot")))
    killed = a.write(article)
    assert list(sealed_runs(a.archive)) == [killed]
    a.crawl(article)
    assert list(sealed_runs(a.archive)) == sorted(sealed_runs(a.archive)) == [killed, ANY]


def test_the_sealed_lines_are_the_ledgers(archive: Archive) -> None:
    crawl(archive, RUNS[0], 0)
    crawl(archive, RUNS[1], 1)
    (path,) = [p for p in sorted(archive.warc.rglob("*.gz")) if RUNS[1] in p.name][-1:]
    *_, last = read_records(path)
    told = read_dispositions(last.block)
    assert [(line.url[-6:], line.verdict) for line in told] == [
        ("0.html", "captured"), ("1.html", "captured"), ("2.html", "confirmed"),
        ("3.html", "confirmed"), ("4.html", "failed"),
    ]  # fmt: skip


def test_damage_in_a_warc_loses_no_other_record(archive: Archive) -> None:
    crawl(archive, RUNS[0], 0)
    before = {a.url for a in contents(archive)}
    path = min(archive.warc.rglob("*.gz"))
    data = bytearray(path.read_bytes())
    first = list(read_records(path))[2]
    data[first.ref.warc_record_offset + 40] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    (damage,) = rebuild_ledger(archive)
    assert damage.offset == first.ref.warc_record_offset
    assert {a.url for a in contents(archive)} == before


def test_the_clock_of_the_ledger_is_utc(ledger: Ledger) -> None:
    ledger.observe("http://a/")
    (row,) = ledger.addresses()
    assert row.first_seen.tzinfo == UTC
