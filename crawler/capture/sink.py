"""Where exchanges become evidence: written, synced, entered in the ledger, acknowledged.

The order is the promise (DESIGN, "Crash safety"): records are appended, the file is
synced, the ledger gets its row, and only then does :meth:`Sink.store` return and the
answer go on. One sync serves all exchanges that wait for it (group commit): while a
worker thread writes and syncs one batch, the next gathers.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from crawler.latencies import Latencies
from pipelines import urls
from pipelines.dispositions import answer_digest, speaks_of_nothing
from pipelines.errors import CitynewsError, DiskFull, WriteFailed
from pipelines.model import Capture, RecordRef
from pipelines.revisits import Held, Revisits
from pipelines.warc.framing import parse_name
from pipelines.warc.record import Exchange, Record, capture_of, exchange_records
from pipelines.warc.revisit import Referent, revisit_records


class Writer(Protocol):
    """The part of :class:`pipelines.warc.writer.WarcWriter` that a sink uses."""

    def append(self, records: Sequence[Record]) -> tuple[RecordRef, ...]:
        """Write a group, whole or not at all."""

    def sync(self) -> None:
        """fdatasync: what was appended survives a power cut."""


class Rows(Protocol):
    """The part of :class:`pipelines.ledger.Ledger` that a sink uses."""

    def exchanged(
        self,
        url: str,
        *,
        asked_at: datetime,
        ref: RecordRef,
        status: int | None,
        answer_digest: str,
        complete: bool,
        error: str | None,
        robots_record: str | None = None,
    ) -> None:
        """Enter the outcome of an exchange."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is durable of an exchange."""

    refs: tuple[RecordRef, ...]
    """Where its records lie, in the order of the wire."""
    ref: RecordRef
    """The response or revisit record; where nothing was answered, the one that says why."""
    capture: Capture | None
    """The answer as a rebuild will read it, but whole also where its payload is stored elsewhere;
    ``None`` where nothing was answered."""
    referent: Referent | None = None
    """The record that has the payload, if this is a revisit."""


@dataclass(slots=True)
class _Waiting:
    exchange: Exchange
    robots_record: str | None
    done: asyncio.Future[Kept]
    held: Held | None = None
    """The record that the answer seems to repeat."""


class Sink:
    """Stores exchanges durably, for all download handlers of a crawl.

    Args:
        writer: takes the records. Only the sink's own thread calls it while stores run.
        ledger: gets a row per exchange, on the event loop's thread; ``None`` for none.
        revisits: says which answers repeat what is stored; ``None``: every answer is stored whole.
    """

    def __init__(self, writer: Writer, ledger: Rows | None = None, revisits: Revisits | None = None) -> None:
        self.failed: CitynewsError | None = None
        self.latencies = Latencies()
        """Why nothing can be stored any more."""
        self.stored = 0
        """Bytes of evidence that are durable, as they lie on the disk."""
        self._writer = writer
        self._ledger = ledger
        self._revisits = revisits
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="citynews-sink")

    def __deepcopy__(self, memo: dict[int, Any]) -> Sink:
        """Scrapy deep-copies settings, in which a sink travels; there is only one file."""
        return self

    async def store(self, exchange: Exchange, *, robots_record: str | None = None) -> tuple[RecordRef, ...]:
        """:meth:`keep` an exchange, and return only where its records lie."""
        return (await self.keep(exchange, robots_record=robots_record)).refs

    async def keep(self, exchange: Exchange, *, robots_record: str | None = None) -> Kept:
        """Make an exchange durable and enter it in the ledger; only then return.

        Args:
            robots_record: id of the record by whose rules the address was asked, for the ledger.

        Raises:
            WriteFailed, DiskFull: it could not be written, or an earlier one could not.
        """
        if self.failed is not None:
            raise self.failed
        waiting = _Waiting(exchange, robots_record, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        kept = await waiting.done
        if exchange.response:
            self.latencies.add(urls.host(exchange.url), exchange.duration_ms)
        return kept

    async def close(self) -> None:
        """Wait for what is being stored, and end the thread. The writer stays open."""
        if self._task is not None:
            await self._task
        self._thread.shutdown()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            outcomes: list[Kept | CitynewsError]
            try:
                self._look_up(batch)
                outcomes = await loop.run_in_executor(self._thread, self._commit, batch)
            except Exception as error:  # the sink was closed, or a fault of ours: nobody may wait for ever
                outcomes = [_as_write_error(error) for _ in batch]
            for waiting, outcome in zip(batch, outcomes, strict=True):
                self._acknowledge(waiting, outcome)

    def _look_up(self, batch: list[_Waiting]) -> None:
        """Find what the answers of a batch may repeat. All earlier batches are entered by now; of an
        address that is twice in this one, the second answer has no latest capture yet."""
        if self._revisits is None:
            return
        seen: set[str] = set()
        for waiting in batch:
            if waiting.exchange.url not in seen:
                waiting.held = self._revisits.look_up(waiting.exchange)
            seen.add(waiting.exchange.url)

    def _commit(self, batch: list[_Waiting]) -> list[Kept | CitynewsError]:
        """Append all of a batch, then sync once. Runs in the sink's thread.

        Where an append fails, those before it are still synced and so acknowledged.
        Where the sync fails, none is, and it is never tried again: after a failed sync
        the kernel may have dropped the pages, and the next one would seem to succeed.
        """
        outcomes: list[Kept | CitynewsError] = []
        failure = self.failed
        for waiting in batch:
            if failure is None:
                try:
                    outcomes.append(self._append(waiting.exchange, waiting.held))
                    continue
                except Exception as error:
                    failure = _as_write_error(error)
            outcomes.append(failure)
        if not isinstance(outcomes[0], Kept):
            return outcomes
        try:
            self._writer.sync()
        except Exception as error:
            lost = _as_write_error(error)
            return [lost for _ in batch]
        return outcomes

    def _append(self, exchange: Exchange, held: Held | None = None) -> Kept:
        referent = self._revisits.referent(exchange, held) if self._revisits and held else None
        records = revisit_records(exchange, referent) if referent else exchange_records(exchange)
        refs = self._writer.append(records)
        for record, ref in zip(records, refs, strict=True):
            if record.type in ("response", "revisit"):
                return Kept(refs=refs, ref=ref, capture=_capture(exchange, ref), referent=referent)
        return Kept(refs=refs, ref=refs[-1], capture=None)

    def _acknowledge(self, waiting: _Waiting, outcome: Kept | CitynewsError) -> None:
        if isinstance(outcome, Kept):
            try:
                self._enter(waiting, outcome)
            except Exception as error:
                outcome = _as_write_error(error)
        if isinstance(outcome, CitynewsError):
            self.failed = self.failed or outcome
        if waiting.done.done():
            return
        if isinstance(outcome, Kept):
            waiting.done.set_result(outcome)
        else:
            waiting.done.set_exception(outcome)

    def _enter(self, waiting: _Waiting, kept: Kept) -> None:
        """Give the ledger its rows. Called only for what is durable. What later answers may repeat comes
        first: a kill in between leaves an exchange that recovery enters again."""
        exchange, capture = waiting.exchange, kept.capture
        self.stored += sum(ref.warc_record_length for ref in kept.refs)
        if self._revisits is not None and capture is not None:
            self._revisits.kept(exchange, kept.ref, capture.payload_digest, kept.referent)
        if self._ledger is None:
            return
        digest = ""
        if capture is not None:
            digest = answer_digest(capture.status, capture.location, capture.payload_digest)
        self._ledger.exchanged(
            exchange.url,
            asked_at=exchange.started_at,
            ref=kept.ref,
            status=capture.status if capture else None,
            answer_digest=digest,
            complete=capture is not None
            and exchange.error is None
            and exchange.truncated is None
            and not speaks_of_nothing(capture.status, repeats=kept.referent is not None),
            error=exchange.error,
            robots_record=waiting.robots_record,
        )


def _capture(exchange: Exchange, ref: RecordRef) -> Capture:
    name = parse_name(ref.warc_filename.rpartition("/")[2])
    return capture_of(
        url=exchange.url,
        captured_at=exchange.started_at,
        block=exchange.response,
        truncated=exchange.truncated,
        record=ref,
        crawl_id=name.run_id if name else "",
    )


def _as_write_error(error: Exception) -> CitynewsError:
    if isinstance(error, CitynewsError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("the disk is full; make room and start the crawl again", place=error.filename)
    return WriteFailed(f"evidence could not be written ({error}); mend the disk and start the crawl again")
