"""The ledger: opened, checked, and made again from the evidence where it is lost.

It is the fold of all runs (:mod:`pipelines.ledger.fold`), in the order in which they came.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipelines.archive import Archive, file_digest, sync_folder
from pipelines.ledger.addresses import SCHEMA, Address
from pipelines.ledger.entries import Ledger
from pipelines.ledger.evidence import sealed_runs, started_of
from pipelines.ledger.fold import fold_run
from pipelines.ledger.table import seal_path
from pipelines.warc.reader import Damage

__all__ = ["Address", "Ledger", "fold_run", "open_ledger", "rebuild_ledger", "sealed_runs", "started_of"]


def open_ledger(archive: Archive, path: Path | None = None) -> Ledger:
    """The archive's ledger (at ``path``, its own place by default). One that is missing,
    damaged, of another version, or that does not know a run whose WARCs are sealed, is
    made again first."""
    path = path or archive.ledger
    if not _is_sound(archive, path):
        rebuild_ledger(archive, path)
    return Ledger(path)


def rebuild_ledger(archive: Archive, path: Path | None = None) -> tuple[Damage, ...]:
    """Make the ledger again from the sealed WARCs. Killed at any point, it leaves none
    or a whole one. Returns damage in the WARCs; what is sound is used."""
    damage: list[Damage] = []
    path = path or archive.ledger
    part = path.with_name(path.name + ".part")
    _remove(part)
    ledger = Ledger(part)
    try:
        with ledger.batch():
            for run_id, paths in sealed_runs(archive).items():
                ledger.begin(run_id, started_of(run_id), rebuilt=True)
                if fold_run(ledger, paths, damage).told:
                    ledger.end()
    except BaseException:
        ledger.release()
        raise
    ledger.close()
    _remove(path)
    part.rename(path)
    seal_path(part).rename(seal_path(path))
    sync_folder(path.parent)
    return tuple(damage)


def remove_ledger(archive: Archive) -> None:
    """Remove the ledger; the next start makes it again."""
    _remove(archive.ledger)


def _is_sound(archive: Archive, path: Path) -> bool:
    if not path.is_file():
        return False
    sealed = seal_path(path).is_file()
    if sealed and seal_path(path).read_bytes() != file_digest(path).encode():
        return False
    try:
        database = sqlite3.connect(path)
        try:
            if database.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                return False
            # one that was closed in order has the bytes it had then, which SQLite vouched for
            if not sealed and database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return False
            known = {row[0] for row in database.execute("SELECT run_id FROM runs")}
        finally:
            database.close()
    except sqlite3.DatabaseError:
        return False
    return known >= sealed_runs(archive).keys()


def _remove(path: Path) -> None:
    """Remove a SQLite file and what belongs to it; the file first, so that it is never
    left without the digest that would show its damage."""
    for ending in ("", "-wal", "-shm", ".sha256"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
