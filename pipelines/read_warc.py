"""One sealed WARC file, read: the half of a commit that knows no other file.

Pure but for opening the file, and its result is plain values: so it can run in any process.
What needs the whole archive (identity, duplicates, versions) is a fold over the results.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.archive import file_digest
from pipelines.decode import decode_content
from pipelines.dispositions import Disposition, read_dispositions, read_head
from pipelines.extract import extract
from pipelines.importing.origins import Taken, read_import
from pipelines.kept import KeptReadings
from pipelines.layouts import layout as layout_named
from pipelines.model import Article, Capture, ReadingContext, RecordRef, Rejection
from pipelines.sources.answer import SourceAnswer, SourceKind, may_be_source, read_answer
from pipelines.sources.entry import SourceEntry
from pipelines.urls import in_scope
from pipelines.warc.framing import parse_name
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import Damage, capture_of_record, read_records
from pipelines.warc.tombstone import NO_REASON, RETRACTED, TYPE, read_tombstone

NOTHING_KEPT = KeptReadings(limit=0)
Tell = Callable[[int, int], None]
"""Is told how many bytes are done, and how many there are."""
_DISPOSITIONS = re.compile(r"urn:citynews:run:(.+):dispositions$")
_HEAD = 512
"""Bytes of a payload by which most pages are known to be no source."""
_WORTH_A_PROCESS = 4 << 20
"""Bytes of WARC below which starting processes costs more than it saves."""


def in_silence(done: int, total: int) -> None:
    """A :data:`Tell` that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A capture without its payload, and what was read out of it."""

    capture: Capture
    kind: str
    """page, source or robots, by its bytes and address."""
    result: Article | Rejection | None
    """``None`` for what is no page to be read: sources, robots.txt, redirects, other hosts."""
    source: SourceKind | None = None
    """With a source: sitemap, feed or rest."""
    listed: tuple[SourceEntry, ...] = ()
    """With a source: the pages that it lists, and what it says of them."""
    repeats: RecordRef | None = None
    """The record whose payload was read, where the capture's own holds none."""
    article_id: str | None = None
    """With a capture that was retracted: the article that it was of, as its tombstone says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLines:
    """The dispositions of one run."""

    run_id: str
    started: datetime
    lines: tuple[Disposition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """Everything that one file says."""

    path: str
    """Relative to the archive folder."""
    bytes: int
    sha256: str
    """Of the file; empty where it is missing."""
    records: int
    readings: tuple[Reading, ...]
    runs: tuple[RunLines, ...]
    damage: tuple[Damage, ...]
    imports: tuple[Taken, ...] = ()
    """The files that its run took in, where it is an import's own."""

    @property
    def damaged_places(self) -> tuple[str, ...]:
        """The damage in words: file, byte, what."""
        return tuple(f"{self.path} at byte {d.offset}: {d.what}" for d in self.damage)


def read_warc(
    path: str,
    *,
    archive_root: Path,
    context: ReadingContext,
    layout: str | None = None,
    kept: KeptReadings = NOTHING_KEPT,
) -> FileReading:
    """Read every sound record of one file; damage is reported, not raised.

    Args:
        path: relative to the archive folder, as ``warc_filename`` has it.
        archive_root: the archive folder.
        context: what is known of the portal.
        layout: name of the portal's layout.
        kept: what this process read of it before.
    """
    if not (archive_root / path).exists():
        return _missing(path)
    damage: list[Damage] = []
    readings: list[Reading] = []
    runs: list[RunLines] = []
    imports: list[Taken] = []
    name = parse_name(Path(path).name)
    count, crawl_id = 0, name.run_id if name else ""
    for stored in read_records(archive_root / path, warc_filename=path, damage=damage):
        count += 1
        if stored.type == "warcinfo" and name is None:
            crawl_id = stored.fields.get("crawl_id", "")
        elif stored.is_answer or ((gone := stored.tombstone) and gone.was_answer):
            readings.append(read_capture(capture_of_record(stored, crawl_id=crawl_id), context, layout, kept))
        elif stored.type == "resource":
            runs.extend(_run_lines(stored, readings, crawl_id))
            imports.extend(read_import(stored, crawl_id))
    return FileReading(
        path=path, bytes=(archive_root / path).stat().st_size, sha256=file_digest(archive_root / path),
        records=count, readings=tuple(readings), runs=tuple(runs), damage=tuple(damage),
        imports=tuple(imports),
    )  # fmt: skip


def _missing(path: str) -> FileReading:
    gone = Damage(offset=0, what="the file is missing")
    return FileReading(path=path, bytes=0, sha256="", records=0, readings=(), runs=(), damage=(gone,))


def read_all(
    paths: Sequence[str],
    *,
    archive_root: Path,
    context: ReadingContext,
    layout: str | None = None,
    kept: KeptReadings = NOTHING_KEPT,
    tell: Tell = in_silence,
) -> list[FileReading]:
    """:func:`read_warc` over several files, results in their order; on all cores where it pays.
    Files of which something is ``kept`` are read here: most of their work is done. ``tell`` is told the
    bytes that were read, and how many there are."""
    read = partial(read_warc, archive_root=archive_root, context=context, layout=layout)
    here = {p: read(p, kept=kept) for p in paths if kept.has_of(p)}
    others = [p for p in paths if p not in here]
    cores = len(os.sched_getaffinity(0))
    size = sum((archive_root / p).stat().st_size for p in others if (archive_root / p).exists())
    if len(others) < 2 or cores < 2 or size < _WORTH_A_PROCESS:
        here |= _counted(others, map(read, others), size, tell)
    else:
        # A fresh interpreter per worker: a fork of a process with threads (a crawl) can hang.
        with ProcessPoolExecutor(min(cores, len(others)), mp_context=get_context("spawn")) as pool:
            here |= _counted(others, pool.map(read, others), size, tell)
    return [here[p] for p in paths]


def _counted(
    paths: Sequence[str], read: Iterable[FileReading], size: int, tell: Tell
) -> Iterator[tuple[str, FileReading]]:
    done = 0
    for path, file in zip(paths, read, strict=True):
        if file.bytes:  # one that is missing moves nothing on
            done += file.bytes
            tell(done, size)
        yield path, file


def read_capture(
    capture: Capture, context: ReadingContext, layout: str | None = None, kept: KeptReadings = NOTHING_KEPT
) -> Reading:
    """Read one answer as what it is: robots.txt, a source of addresses, or a page.

    Args:
        capture: the answer.
        context: what is known of the portal.
        layout: name of the portal's layout.
        kept: what this process read of it before.
    """
    bare = replace(capture, payload=b"")
    if urlsplit(capture.url).path == "/robots.txt":
        return Reading(capture=bare, kind="robots", result=None)
    if capture.record_type == TYPE:
        return _retracted(capture, bare)
    if capture.record_type == "revisit" or (context.scope and not in_scope(capture.url, context.scope)):
        return Reading(capture=bare, kind="page", result=None)
    source = _source(capture, kept)
    if source is not None:
        listed = source.entries if source.lists == "pages" else ()
        return Reading(capture=bare, kind="source", result=None, source=source.kind, listed=listed)
    return Reading(capture=bare, kind="page", result=_page(capture, context, layout, kept))


def _retracted(capture: Capture, bare: Capture) -> Reading:
    """What is left of a capture in whose place a tombstone stands."""
    fields = (line.partition(": ") for line in capture.payload.decode("utf-8", "replace").splitlines())
    told = read_tombstone(TYPE, {name: value for name, _, value in fields})
    why = Rejection(url=capture.url, reason=RETRACTED, detail=(told.reason if told else None) or NO_REASON)
    return Reading(capture=bare, kind="page", result=why, article_id=told.article_id if told else None)


def _page(
    capture: Capture, context: ReadingContext, layout: str | None, kept: KeptReadings
) -> Article | Rejection | None:
    if capture.status is None:
        return Rejection(url=capture.url, reason="status", detail="the answer has no readable status line")
    if 300 <= capture.status < 400:
        return None
    return kept.of(capture, context, layout) or extract(capture, context, layout_named(layout))


def _source(capture: Capture, kept: KeptReadings) -> SourceAnswer | None:
    """A complete answer as a source of addresses; ``None`` where it is none."""
    if capture.status != 200 or capture.truncated:
        return None
    head = decode_content(capture.payload[:_HEAD], capture.content_encoding).body
    if not may_be_source(head, capture.content_type):
        return None
    if read := kept.source_of(capture):
        return read
    content = decode_content(capture.payload, capture.content_encoding)
    return read_answer(content.body, capture.url, capture.content_type)


def _run_lines(stored: StoredRecord, readings: Sequence[Reading], run_id: str) -> Iterator[RunLines]:
    """The dispositions of the file's own run. Those of another archive speak of another's addresses."""
    match = _DISPOSITIONS.match(stored.target_uri or "")
    if match and match[1] == run_id:
        started = datetime.fromisoformat(read_head(stored.block)["started"])
        lines = tuple(read_dispositions(stored.block, _strings(readings)))
        yield RunLines(run_id=match[1], started=started, lines=lines)


def _strings(readings: Sequence[Reading]) -> dict[str, str]:
    """The addresses and record ids of captures: most of what dispositions name, in memory once."""
    captures = [r.capture for r in readings]
    known = {c.url: c.url for c in captures}
    return known | {c.record.warc_record_id: c.record.warc_record_id for c in captures if c.record}
