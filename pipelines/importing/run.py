"""One import: files that others captured become evidence of an archive, in a run of its own.

::

    examine (nothing is written) ─ copy into spool/ ─ the import's own file names the copies, durably
            ─ copies into warc/ ─ ledger ─ dispositions, seal ─ commit

Each copy is the archivist's file byte for byte, or up to its first damage; what follows that lies in
``quarantine/``. Killed anywhere, the next start ends it as a run, and the same import can be asked for again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive, file_digest, new_run_id
from pipelines.commit import Commit, commit, must_reread
from pipelines.commit_point import RunFacts
from pipelines.dispositions import dispositions_record
from pipelines.errors import DiskFull, UsageError, WriteFailed
from pipelines.importing.examine import Examined
from pipelines.importing.held import Held
from pipelines.importing.origins import Origin, Taken, import_record
from pipelines.ledger import Ledger, fold_run, open_ledger
from pipelines.manifest import read_chain
from pipelines.sealed import pending_files
from pipelines.warc.framing import WarcName
from pipelines.warc.parts import copy_part, discard_parts, place_parts, quarantine_tail
from pipelines.warc.record import safe_value
from pipelines.warc.spool import write_error
from pipelines.warc.writer import LOW_WATER, WarcWriter

Sums = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One file that was brought, and what became of it."""

    examined: Examined
    path: str | None = None
    """Its place, relative to the archive folder; ``None``: it was passed over."""
    why: str | None = None
    """Why it was passed over."""
    known: int = 0
    """Answers whose records the archive has already, record by record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    run: RunFacts
    brought: tuple[Brought, ...]
    done: Commit | None
    """``None`` where there was nothing to commit."""


def import_files(archive: Archive, files: Sequence[Examined], *, now: datetime) -> Imported:
    """Take files in and commit them. The archive's lock must be held, and what an earlier run was cut
    off at be taken up (:func:`pipelines.starting.take_up`); that is committed as well. So is, with no file
    that is new, what the portal block of today makes of the old ones.

    Args:
        archive: the archive.
        files: the files, in the order in which they are taken.
        now: names the run.

    Raises:
        UsageError: a file changed since it was examined.
        DiskFull, WriteFailed: something could not be written; what is whole stays, start it again.
    """
    chain = read_chain(archive)
    run_id = new_run_id(now)
    brought = _sorted_out(Held(archive, chain), archive, run_id, files)
    sums: Sums = {}
    if wanted := [b for b in brought if b.path]:
        try:
            sums = _take(archive, run_id, now, wanted)
        except OSError as error:
            raise write_error(error, archive.spool) from error
        except sqlite3.Error as error:
            told = f"the ledger could not be written ({error}); check the disk and start again"
            raise WriteFailed(told, place=str(archive.ledger)) from error
    run = RunFacts(run_id=run_id, started=now, ended=datetime.now(UTC), status="complete", sums=sums)
    if not pending_files(archive, chain) and not must_reread(archive, chain):
        return Imported(run=run, brought=brought, done=None)
    return Imported(run=run, brought=brought, done=commit(archive, run, now=datetime.now(UTC), kind="import"))


def _sorted_out(
    held: Held, archive: Archive, run_id: str, files: Sequence[Examined]
) -> tuple[Brought, ...]:
    """Which files are taken in, and under which names."""
    found: list[Brought] = []
    number = 0
    for file in files:
        if why := held.why(file):
            found.append(Brought(examined=file, why=why))
            continue
        path = WarcName(archive.portal.slug, run_id, number).filename
        found.append(Brought(examined=file, path=path, known=held.known(file)))
        held.add(file, path)
        number += 1
    return tuple(found)


def _take(archive: Archive, run_id: str, now: datetime, wanted: Sequence[Brought]) -> Sums:
    """Bring files to their places and close the run. Returns its sums.

    Raises:
        OSError, sqlite3.Error: something could not be written.
    """
    _check_room(archive, sum(b.examined.bytes for b in wanted))
    discard_parts(archive)
    taken = [_copied(archive, b) for b in wanted]
    ledger = open_ledger(archive)
    try:
        writer = WarcWriter(archive, run_id, number=len(taken))
        try:
            ledger.begin(run_id, now, kind="import")
            writer.append((import_record(run_id, now, taken),))
            writer.sync()
            place_parts(archive, run_id)
            return _close(archive, run_id, now, taken, ledger, writer)
        finally:
            writer.close()
    finally:
        ledger.close()


def _close(
    archive: Archive,
    run_id: str,
    now: datetime,
    taken: Sequence[Taken],
    ledger: Ledger,
    writer: WarcWriter,
) -> Sums:
    """Enter what the files hold, and seal the run with what became of each address."""
    with ledger.batch():
        fold_run(ledger, [archive.root / t.path for t in taken], [])
    ledger.end(complete=True)
    ended, lines = datetime.now(UTC), ledger.dispositions()
    closing = dispositions_record(run_id, now, ended, lines, ended, facts=ledger.state().facts())
    writer.seal((closing,))
    return ledger.sums()


def _copied(archive: Archive, brought: Brought) -> Taken:
    """A durable copy of a file, up to its damage; what follows is kept in quarantine."""
    file, path = brought.examined, str(brought.path)
    name = Path(path).name
    digest = copy_part(archive, name, file.path, file.sound)
    if (digest if file.damage is None else file_digest(file.path)) != file.sha256:
        raise UsageError("the file changed while it was read; import it again", place=str(file.path))
    if file.damage is not None:
        quarantine_tail(archive, name, file.path, file.sound)
    origin = Origin(name=safe_value(file.path.name), bytes=file.bytes, sha256=file.sha256)
    return Taken(path=path, bytes=file.sound, sha256=digest, origin=origin)


def _check_room(archive: Archive, wanted: int) -> None:
    free = shutil.disk_usage(archive.root).free
    if free < wanted + LOW_WATER:
        raise DiskFull(
            f"only {free >> 20} MiB are free on the disk, and {wanted >> 20} are to be copied; "
            "free some and import again",
            place=str(archive.root),
        )
