"""Ending what a killed run left behind, before the next one begins.

For each file in ``spool/`` whose lock is free: the longest valid prefix stays,
what follows goes to ``quarantine/``; the run's exchanges that the ledger does
not know are entered; the run's dispositions become the last record of its last
file; the file is sealed. Files that an import copied are put in their places, or
removed. Every step is done again without harm, so recovery may itself be killed
anywhere. Files that a live process holds are left alone, and so is the ledger of
their run.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive, make_folder, write_durably
from pipelines.dispositions import dispositions_record
from pipelines.errors import WriteFailed
from pipelines.ledger import Ledger, fold_run, open_ledger, sealed_runs, started_of
from pipelines.text import sha256_hex
from pipelines.warc.framing import OPEN, WarcName, gzip_member, parse_name, warcinfo_record
from pipelines.warc.parts import discard_parts, place_parts
from pipelines.warc.reader import Damage, strict_scan
from pipelines.warc.record import Record
from pipelines.warc.spool import seal_file, write_all, write_error
from pipelines.warc.writer import SOFTWARE, WarcWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What a recovery did."""

    runs: tuple[str, ...] = ()
    """Killed runs that were ended."""
    files: tuple[Path, ...] = ()
    """Files that were sealed."""
    quarantined: tuple[Path, ...] = ()
    """Tails that were cut off."""
    live: tuple[Path, ...] = ()
    """Files that another process holds."""


@dataclass(slots=True)
class _Work:
    archive: Archive
    ledger: Ledger
    runs: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    quarantined: list[Path] = field(default_factory=list)
    live: list[Path] = field(default_factory=list)


def recover_spool(archive: Archive, ledger_path: Path | None = None) -> Recovered:
    """End all killed runs of an archive. The caller holds the archive's lock.

    Args:
        ledger_path: where the ledger lies; the archive's own place by default.

    Raises:
        DiskFull, WriteFailed: a step could not be written; nothing is lost, start again.
        IntegrityError: a file does not read back, or its place is taken.
    """
    opened: dict[str, list[WarcName]] = {}
    for path in archive.spool.glob(f"*.warc.gz{OPEN}"):
        name = parse_name(path.name)
        if name is not None:
            opened.setdefault(name.run_id, []).append(name)
    try:
        work = _Work(archive, open_ledger(archive, ledger_path))
        try:
            for run_id in sorted({*opened, *work.ledger.unended()}):
                _recover_run(work, run_id, sorted(opened.get(run_id, [])))
            discard_parts(archive)
            work.ledger.close()
        finally:
            work.ledger.release()
    except OSError as error:
        raise write_error(error, archive.spool) from error
    except sqlite3.Error as error:
        raise WriteFailed(
            f"the ledger could not be written ({error}); check the disk and start again",
            place=str(archive.ledger),
        ) from error
    return Recovered(
        runs=tuple(work.runs), files=tuple(work.files), quarantined=tuple(work.quarantined),
        live=tuple(work.live),
    )  # fmt: skip


def _recover_run(work: _Work, run_id: str, names: list[WarcName]) -> None:
    """End one run: its open files in order, the last with the dispositions."""
    paths = [work.archive.spool / (name.name + OPEN) for name in names]
    with _held(paths) as descriptors:
        if descriptors is None:
            work.live.extend(paths)
            return
        ids = [_mend(work, *item) for item in zip(names, paths, descriptors, strict=True)]
        closing = _closing_record(work, run_id, paths)
        if closing is not None and paths:
            _append(descriptors[-1], closing, ids[-1])
        for name, path, descriptor in zip(names, paths, descriptors, strict=True):
            os.fsync(descriptor)
            work.files.append(seal_file(work.archive, path, name, os.dup(descriptor)))
    if closing is not None and not paths:
        work.files.extend(_closing_file(work, run_id, closing))
    work.ledger.end()
    work.runs.append(run_id)


@contextmanager
def _held(paths: list[Path]) -> Iterator[list[int] | None]:
    """Descriptors for appending to the files, which are locked; ``None`` where a live
    process holds one. A file that was killed between its mode and its rename is
    read-only, so it is locked by another descriptor than the one that writes."""
    with ExitStack() as stack:

        def opened(path: Path, flags: int) -> int:
            descriptor = os.open(path, flags | os.O_CLOEXEC)
            stack.callback(os.close, descriptor)
            return descriptor

        try:
            for path in paths:
                fcntl.flock(opened(path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        for path in paths:
            path.chmod(0o644)
        yield [opened(path, os.O_WRONLY | os.O_APPEND) for path in paths]


def _mend(work: _Work, name: WarcName, path: Path, descriptor: int) -> str:
    """Cut a file to its longest valid prefix, the rest being kept in quarantine first.
    A file without a whole warcinfo gets one, so that it can hold the dispositions.
    Returns the warcinfo's id."""
    scan = strict_scan(path)
    if scan.damage is not None:
        work.quarantined.append(_quarantine(work.archive, path, scan.valid_bytes))
        os.ftruncate(descriptor, scan.valid_bytes)
        os.fsync(descriptor)
    if scan.first is not None:
        return scan.first.ref.warc_record_id
    portal = work.archive.portal.slug
    info = warcinfo_record(name, datetime.now(UTC), software=SOFTWARE, portal=portal)
    _append(descriptor, info, None)
    return info.id


def _quarantine(archive: Archive, path: Path, start: int) -> Path:
    """Keep the bytes from ``start`` on under a name that holds their digest."""
    with open(path, "rb") as file:
        file.seek(start)
        tail = file.read()
    make_folder(archive.quarantine)
    target = archive.quarantine / f"{path.name.removesuffix(OPEN)}-{start}-{sha256_hex(tail)}.tail"
    write_durably(target, tail, mode=0o444)
    return target


def _closing_record(work: _Work, run_id: str, paths: list[Path]) -> Record | None:
    """The run's dispositions, or ``None`` where its files hold them already or the run
    did nothing. Before, ledger and files are made to agree: what the files say and the
    ledger does not know is entered, and what they lost is pending again."""
    place_parts(work.archive, run_id)
    ledger = work.ledger
    ledger.begin(run_id, started_of(run_id), rebuilt=run_id not in ledger.runs())
    damage: list[Damage] = []
    sealed = sealed_runs(work.archive).get(run_id, [])
    with ledger.batch():
        folded = fold_run(ledger, [*sealed, *paths], damage)
        if not folded.told and not damage:
            ledger.lose(folded.records)
    lines = ledger.dispositions()
    if folded.told or not (lines or paths or sealed):
        return None
    started, ended, rebuilt = ledger.span()
    facts = ledger.state().facts()
    return dispositions_record(run_id, started, ended, lines, ended, rebuilt=rebuilt, facts=facts)


def _closing_file(work: _Work, run_id: str, closing: Record) -> tuple[Path, ...]:
    """A file of its own for the dispositions of a run that has no open one."""
    sealed = sealed_runs(work.archive).get(run_id, [])
    numbers = [name.number for path in sealed if (name := parse_name(path.name))]
    writer = WarcWriter(work.archive, run_id, number=max(numbers, default=-1) + 1)
    try:
        return writer.seal([closing])
    finally:
        writer.close()


def _append(descriptor: int, record: Record, warcinfo_id: str | None) -> None:
    write_all(descriptor, gzip_member(record, warcinfo_id))
    os.fsync(descriptor)
