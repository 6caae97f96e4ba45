"""The sink's promise: appended, synced, entered in the ledger, and only then acknowledged."""

from __future__ import annotations

import asyncio
import copy
import errno
import os
import resource
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from crawler.capture.sink import Kept, Sink
from pipelines.archive import new_run_id
from pipelines.dispositions import answer_digest
from pipelines.errors import CitynewsError, DiskFull, WriteFailed
from pipelines.model import RecordRef
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange, Record
from pipelines.warc.writer import WarcWriter
from tests.crawling import Crawl, ask, new_archive
from tests.rawserver import plain, serving


class Watched(WarcWriter):
    """A real writer that notes when a step is done; it can be slow, or fail to sync."""

    def __init__(self, folder: Path, *, pause: float = 0.0, low_water: int = 0) -> None:
        self.events: list[tuple[str, str]] = []
        self.pause, self.fail_sync_at = pause, 0
        self.syncs = 0
        super().__init__(new_archive(folder), new_run_id(datetime.now(UTC)), low_water=low_water)

    def append(self, records: Iterable[Record]) -> tuple[RecordRef, ...]:
        group = tuple(records)
        refs = super().append(group)
        self.events.append(("append", dict(group[0].headers)["WARC-Target-URI"]))
        return refs

    def sync(self) -> None:
        self.syncs += 1
        time.sleep(self.pause)
        if self.syncs == self.fail_sync_at:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        appended = Counter(url for step, url in self.events if step == "append")
        super().sync()
        synced = Counter(url for step, url in self.events if step == "sync")
        self.events += [("sync", url) for url in (appended - synced).elements()]


class Noted:
    """A ledger's place: notes each row, on which thread, and can fail."""

    def __init__(self, events: list[tuple[str, str]], fail: bool = False) -> None:
        self.events, self.fail = events, fail
        self.rows: list[dict[str, Any]] = []
        self.threads: set[int] = set()

    def exchanged(self, url: str, **row: Any) -> None:
        if self.fail:
            raise OSError(errno.EIO, "no ledger")
        self.threads.add(threading.get_ident())
        self.events.append(("row", url))
        self.rows.append({"url": url, **row})


def exchange(url: str, response: bytes = plain(b"abc"), **more: Any) -> Exchange:
    return Exchange(
        url=url, started_at=datetime.now(UTC), request=b"GET / HTTP/1.1\r\n\r\n", response=response, **more
    )


async def store_all(sink: Sink, urls: Iterable[str]) -> list[Kept | BaseException]:
    return await asyncio.gather(*(sink.keep(exchange(url)) for url in urls), return_exceptions=True)


URLS = [f"http://city.example/{n}" for n in range(40)]
STORED = ["append", "sync", "row"]
"""What happens to each exchange, in order; a retried page has several."""


def crawl_noting_the_order(folder: Path, sink_class: type[Sink] = Sink) -> list[tuple[str, str]]:
    """A crawl of 30 pages; what happened to each, in order."""
    writer = Watched(folder, pause=0.01)

    async def run() -> None:
        with serving() as server:
            urls = [server.on(f"/{n}", [plain(b"x" * n)]) for n in range(30)]
            await ask(
                writer, [[Request(url) for url in urls]], Noted(writer.events), sink_class=sink_class,
                on_response=lambda response: writer.events.append(("response", response.url)),
            )  # fmt: skip

    asyncio.run(run())
    writer.seal()
    return writer.events


def assert_in_order(events: list[tuple[str, str]]) -> None:
    urls = {url for step, url in events if step == "response"}
    assert len(urls) == 30
    for url in urls:
        steps = [step for step, at in events if at == url]
        assert steps == STORED * (len(steps) // 3) + ["response"], url


def test_append_then_sync_then_row_then_response(tmp_path: Path) -> None:
    assert_in_order(crawl_noting_the_order(tmp_path))


class AcknowledgesEarly(Sink):
    """A wrong sink: it syncs after it has acknowledged."""

    def _commit(self, batch: list[Any]) -> list[Any]:
        outcomes = [self._append(waiting.exchange) for waiting in batch]
        threading.Timer(0.05, self._writer.sync).start()
        return list(outcomes)


class SkipsSync(Sink):
    """A wrong sink: it never syncs."""

    def _commit(self, batch: list[Any]) -> list[Any]:
        return [self._append(waiting.exchange) for waiting in batch]


class LedgerFirst(Sink):
    """A wrong sink: the ledger has its row before the record is durable."""

    def _commit(self, batch: list[Any]) -> list[Any]:
        for waiting in batch:
            self._ledger.exchanged(waiting.exchange.url)  # type: ignore[union-attr, call-arg]
        return super()._commit(batch)

    def _enter(self, waiting: Any, kept: Kept) -> None:
        pass


@pytest.mark.parametrize("mutant", [AcknowledgesEarly, SkipsSync, LedgerFirst])
def test_the_order_test_finds_wrong_sinks(tmp_path: Path, mutant: type[Sink]) -> None:
    events = crawl_noting_the_order(tmp_path, mutant)
    with pytest.raises(AssertionError):
        assert_in_order(events)


def test_one_sync_serves_all_that_wait(tmp_path: Path) -> None:
    writer = Watched(tmp_path, pause=0.05)
    sink = Sink(writer)

    async def run() -> list[Kept | BaseException]:
        kept = await store_all(sink, URLS)
        await sink.close()
        return kept

    kept = asyncio.run(run())
    assert writer.syncs <= 3
    (path,) = writer.seal()
    stored = {r.ref: r for r in read_records(path, warc_filename=writer.warc_filename)}
    for url, one in zip(URLS, kept, strict=True):
        assert isinstance(one, Kept)
        assert [stored[ref].target_uri for ref in one.refs] == [url] * 3
        assert stored[one.ref].type == "response" and one.capture is not None
        assert one.capture.payload == b"abc" and one.capture.record == one.ref


def test_the_ledger_is_told_what_was_stored(tmp_path: Path) -> None:
    writer = Watched(tmp_path)
    rows = Noted(writer.events)
    sink = Sink(writer, rows)
    answered = exchange("http://a/", plain(b"abc", b"Location: /b", status=b"301 Moved"))
    cut = exchange("http://b/", plain(b"abc")[:-1], truncated="disconnect", error="disconnect")
    nothing = Exchange(url="http://c/", started_at=datetime.now(UTC), error="dns")

    async def run() -> list[tuple[RecordRef, ...]]:
        refs = [await sink.store(e, robots_record="urn:uuid:r") for e in (answered, cut, nothing)]
        await sink.close()
        return refs

    refs = asyncio.run(run())
    told = [(r["url"], r["status"], r["complete"], r["error"], r["ref"]) for r in rows.rows]
    assert told == [
        ("http://a/", 301, True, None, refs[0][1]),
        ("http://b/", 200, False, "disconnect", refs[1][1]),
        ("http://c/", None, False, "dns", refs[2][0]),
    ]
    payload = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert rows.rows[0]["answer_digest"] == answer_digest(301, "/b", payload)
    assert {r["robots_record"] for r in rows.rows} == {"urn:uuid:r"}
    assert rows.threads == {threading.get_ident()}, "SQLite belongs to one thread"
    writer.seal()


def outcome(writer: Watched, sink: Sink, urls: list[str]) -> list[Kept | BaseException]:
    async def run() -> list[Kept | BaseException]:
        first = await store_all(sink, urls)
        later = await store_all(sink, ["http://city.example/later"])
        await sink.close()
        return first + later

    return asyncio.run(run())


def test_after_a_failed_sync_nothing_is_acknowledged_again(tmp_path: Path) -> None:
    writer = Watched(tmp_path)
    rows = Noted(writer.events)
    sink = Sink(writer, rows)
    writer.fail_sync_at = 1
    results = outcome(writer, sink, URLS[:5])
    assert all(isinstance(result, WriteFailed) for result in results)
    assert isinstance(sink.failed, WriteFailed) and not rows.rows
    assert writer.syncs == 1, "a sync that failed proves nothing when it is tried again"
    writer.close()


def test_what_was_written_before_a_failure_is_acknowledged(tmp_path: Path) -> None:
    """The file may not grow beyond a limit: the kernel refuses the write (EFBIG)."""
    writer = Watched(tmp_path)
    sink = Sink(writer)
    with file_limit(writer.size + 3 * 1500):
        results = outcome(writer, sink, URLS[:20])
    kept = [r for r in results if isinstance(r, Kept)]
    assert 1 <= len(kept) < 20 and results[: len(kept)] == kept
    assert all(isinstance(result, WriteFailed) for result in results[len(kept) :])
    assert isinstance(sink.failed, WriteFailed)
    stored = list(read_records(writer._path, warc_filename=writer.warc_filename))
    assert [r.ref for r in stored[1:]] == [ref for one in kept for ref in one.refs]
    writer.close()


@contextmanager
def file_limit(size: int) -> Iterator[None]:
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_full_disk_has_its_own_error(tmp_path: Path) -> None:
    writer = Watched(tmp_path)
    writer._low_water = 1 << 60
    results = outcome(writer, Sink(writer), URLS[:3])
    assert all(isinstance(result, DiskFull) for result in results)
    writer.close()


def test_a_ledger_that_fails_ends_it_too(tmp_path: Path) -> None:
    writer = Watched(tmp_path)
    sink = Sink(writer, Noted(writer.events, fail=True))
    assert all(isinstance(result, WriteFailed) for result in outcome(writer, sink, URLS[:3]))
    writer.seal()


@pytest.mark.parametrize("how", ["sync", "write"])
def test_a_write_error_ends_the_crawl(tmp_path: Path, how: str) -> None:
    """Downloads fail, no answer reaches the spider, and nothing more is asked."""
    writer = Watched(tmp_path)
    if how == "sync":
        writer.fail_sync_at = 2
    else:
        writer.close()

    async def run() -> tuple[Crawl, int]:
        with serving() as server:
            urls = [server.on(f"/{n}", [plain(b"abc")]) for n in range(50)]
            rounds = [[Request(url)] for url in urls]
            done = await asyncio.wait_for(ask(writer, rounds), 20)
            return done, len(server.log)

    done, asked = asyncio.run(run())
    synced = 1 if how == "sync" else 0
    assert len(done.responses) == synced and asked == synced + 1
    assert done.sink is not None and isinstance(done.sink.failed, CitynewsError)
    writer.close()


def test_a_cancelled_store_is_still_stored(tmp_path: Path) -> None:
    writer = Watched(tmp_path, pause=0.05)
    rows = Noted(writer.events)
    sink = Sink(writer, rows)

    async def run() -> None:
        task = asyncio.create_task(sink.keep(exchange("http://a/")))
        while not writer.events:  # it is written, and not yet synced
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await sink.close()

    asyncio.run(run())
    assert writer.events == [("append", "http://a/"), ("sync", "http://a/"), ("row", "http://a/")]
    writer.seal()


def test_settings_carry_the_sink_itself(tmp_path: Path) -> None:
    writer = Watched(tmp_path)
    sink = Sink(writer)
    assert copy.deepcopy({"CITYNEWS_SINK": sink})["CITYNEWS_SINK"] is sink
    writer.seal()


def test_a_fault_of_the_sink_itself_fails_what_waits_instead_of_hanging_it(tmp_path: Path) -> None:
    class Faulty(Sink):
        def _commit(self, batch: list[Any]) -> list[Any]:
            raise TypeError("a fault of ours")

    async def run() -> tuple[list[Any], CitynewsError | None]:
        sink = Faulty(Watched(tmp_path))
        async with asyncio.timeout(10):
            outcomes = await store_all(sink, URLS[:3])
            await sink.close()
        return outcomes, sink.failed

    outcomes, failed = asyncio.run(run())
    assert [type(outcome) for outcome in outcomes] == [WriteFailed] * 3
    assert failed is not None and "a fault of ours" in str(failed)
