"""A run whose exchanges were recorded: all of a crawl but the network.

:class:`Replay` is ``crawler.run``'s own run (lock, recovery, ledger, writer, sink, dispositions,
seal, commit, report); only where Scrapy would ask, recorded exchanges go into the sink. Each
acknowledgement is written to a pipe at once, as the sink gives it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import crawler.run
from crawler.capture.sink import Kept
from crawler.interruption import Interruption
from crawler.progress import Silent
from crawler.report import RunSummary
from crawler.run import RunOptions
from crawler.session import Session
from pipelines.archive import Archive, locked
from pipelines.ledger import Ledger, open_ledger, rebuild_ledger, sealed_runs
from pipelines.ledger.addresses import line_of
from pipelines.manifest import read_chain
from pipelines.model import RecordRef
from pipelines.verify import verify
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records, strict_scan
from pipelines.warc.record import Exchange
from pipelines.warc.writer import WarcWriter
from tests.small_archive import BODY, SITE, START, SmallArchive, answer, page, small_archive

FILE_BYTES = 7_000
"""A WARC file is sealed before it grows beyond: a run has several."""


def _article(name: str, *more: str) -> bytes:
    return answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY, *more)))


def _chunked(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def _exchange(number: int, path: str, response: bytes, error: str | None = None) -> Exchange:
    url = SITE + path
    return Exchange(
        url=url,
        started_at=START + timedelta(days=1, minutes=number),
        request=f"GET {path} HTTP/1.1\r\nHost: tin.example.vn\r\n\r\n".encode(),
        response=response,
        error=error,
    )


RECORDED = tuple(
    _exchange(number, *facts)
    for number, facts in enumerate(
        (
            ("/robots.txt", answer(b"User-agent: *\nDisallow:\n", kind="text/plain")),
            ("/mot.html", _article("mot")),  # as in the run before: a revisit
            ("/hai.html", _article("hai", "Hai câu này mới.")),  # a new version
            ("/ba.html", _chunked(page("Tin ba", ("Tin ba của hôm nay.", *BODY)))),
            ("/mat.html", answer(b"<p>404</p>", status="404 Not Found")),
            ("/khong.html", b"", "dns"),
            ("/ba.html", _chunked(page("Tin ba", ("Tin ba của hôm nay.", *BODY)))),  # again, in one run
            ("/tu.html", _article("tu")),
        )
    )
)
"""Robots, a revisit, a new version, chunks, a 404, a failure, an address asked twice, an article."""
ROUNDS = (RECORDED[:1], RECORDED[1:4], RECORDED[4:6], RECORDED[6:])
"""The exchanges of a round are stored at the same time."""


def base_archive(folder: Path) -> SmallArchive:
    """An archive with one committed run, which a replayed run goes on from."""
    a = small_archive(folder)
    a.crawl(("/mot.html", _article("mot")), ("/hai.html", _article("hai")))
    open_ledger(a.archive).close()
    return a


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What the sink promised."""

    number: int
    """Index in RECORDED."""
    ref: RecordRef

    def line(self) -> bytes:
        ref = self.ref
        where = f"{ref.warc_filename} {ref.warc_record_offset} {ref.warc_record_length} {ref.warc_record_id}"
        return f"{self.number} {where}\n".encode()

    @classmethod
    def of_line(cls, line: str) -> Acknowledged:
        number, name, offset, length, record_id = line.split()
        ref = RecordRef(
            warc_filename=name, warc_record_offset=int(offset),
            warc_record_length=int(length), warc_record_id=record_id,
        )  # fmt: skip
        return cls(number=int(number), ref=ref)


class Replay(crawler.run._Run):
    """A run over recorded exchanges.

    Args:
        acknowledge: told of each exchange that the sink has stored.
        barrier: told when the sink's thread has started, from within that thread.
    """

    def __init__(
        self,
        archive: Archive,
        rounds: Sequence[Sequence[Exchange]],
        acknowledge: Callable[[Acknowledged], object] = lambda told: None,
        barrier: Callable[[], object] = lambda: None,
    ) -> None:
        options = RunOptions(word=archive.portal.slug, output=archive.root.parent)
        super().__init__(archive, options, Silent(), Interruption())
        self.rounds, self.acknowledge, self.barrier = rounds, acknowledge, barrier

    async def _crawl(self, session: Session) -> None:
        session.sink._thread.submit(self.barrier).result()
        try:
            for batch in self.rounds:
                done = [self._keep(session, one) for one in batch]
                for outcome in await asyncio.gather(*done, return_exceptions=True):
                    if isinstance(outcome, BaseException):
                        raise outcome
        finally:
            await session.sink.close()

    async def _keep(self, session: Session, one: Exchange) -> None:
        session.ledger.observe(one.url, found_by="listing", found_on=f"{SITE}/")
        kept: Kept = await session.sink.keep(one)
        self.acknowledge(Acknowledged(number=RECORDED.index(one), ref=kept.ref))
        session.ledger.walked(one.url)


def replay(run: Replay) -> RunSummary:
    """Carry a run out, with small WARC files and without a low-water mark."""
    writer = partial(WarcWriter, max_bytes=FILE_BYTES, low_water=0)
    with patch.object(crawler.run, "WarcWriter", writer), locked(run.archive):
        return run.carry_out()


def stored(archive: Archive) -> list[StoredRecord]:
    """All records of the sealed files."""
    return [
        record
        for paths in sealed_runs(archive).values()
        for path in paths
        for record in read_records(path, warc_filename=path.relative_to(archive.root).as_posix())
    ]


def _answered(records: Iterable[StoredRecord]) -> Iterator[int]:
    """The recorded exchanges whose outcome is among records: the answer, or why there was none."""
    numbers = {(one.url, one.started_at): n for n, one in enumerate(RECORDED)}
    for record in records:
        number = numbers.get((record.target_uri or "", record.date))
        if number is None:
            continue
        if record.type in (("response", "revisit") if RECORDED[number].response else ("metadata",)):
            yield number


def answers(archive: Archive) -> Counter[int]:
    """How often the outcome of each recorded exchange lies in the sealed files."""
    return Counter(_answered(stored(archive)))


def left(archive: Archive) -> list[Exchange]:
    """Recorded exchanges of whose outcome neither a sealed nor an open file holds a sound record."""
    there = {
        number
        for path in (*archive.spool.glob("*.open"), *archive.warc.rglob("*.gz"))
        for number in _answered(_sound(path))
    }
    return [one for number, one in enumerate(RECORDED) if number not in there]


def _sound(path: Path) -> Iterator[StoredRecord]:
    """The records that recovery will leave."""
    valid = strict_scan(path).valid_bytes
    return (r for r in read_records(path, damage=[]) if r.ref.warc_record_offset < valid)


def contents(path: Path) -> list[object]:
    """All addresses of a ledger, as its runs would tell of them and the next run would use them. (Whether
    the links of an answer were taken means something only where it can have some, ``line_of``; every run
    tells of what is pending; that an address was found in one more way is no change that a run tells of.)"""
    ledger = Ledger(path)
    try:
        return [
            (
                replace(line_of(row), found_by=()), row.status, row.answer_digest,
                row.verdict != "pending" and row.run,
            )
            for row in ledger.addresses()
        ]
    finally:
        ledger.close()


def resume(archive: Archive) -> RunSummary:
    """The next run: recovery, and what the run before did not come to."""
    return replay(Replay(archive, [left(archive)]))


def check_whole(archive: Archive, acknowledged: Sequence[Acknowledged]) -> None:
    """After the next run: all is there once, as it was promised, and it verifies."""
    assert answers(archive) == Counter(range(len(RECORDED))), "each exchange is there once"
    records = stored(archive)
    ids = Counter(record.ref.warc_record_id for record in records)
    assert set(ids.values()) == {1}
    refs = {record.ref for record in records}
    assert not [told for told in acknowledged if told.ref not in refs], "acknowledged, and not there"
    assert list(archive.spool.iterdir()) == []
    assert not archive.staging.exists()
    check_ledger(archive)
    sequences = [one.manifest.sequence for one in read_chain(archive)]
    assert sequences == list(range(1, len(sequences) + 1))
    report = verify(archive)
    assert (report.verdict, report.findings) == ("VERIFIED", ())


def check_ledger(archive: Archive) -> None:
    """The ledger is what the sealed files say."""
    again = archive.root.parent / "again.sqlite3"
    rebuild_ledger(archive, again)
    assert contents(archive.ledger) == contents(again)
