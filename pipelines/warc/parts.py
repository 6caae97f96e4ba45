"""Copies of files that are imported: in ``spool/``, and in place once the import's own file names them.

A copy is whole and on disk, with its last mode, before anything names it; its place is a rename away.
So a kill leaves copies that nothing names, which the next start removes (the archivist has the file), or
copies that an open file of their run names, which it puts in place.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pipelines.archive import Archive, file_digest, make_folder, sync_folder
from pipelines.importing.origins import Taken, declared

PART = ".part"
_CHUNK = 1 << 20


def part_path(archive: Archive, name: str) -> Path:
    """Where the copy of a file of that name lies until it is in its place."""
    return archive.spool / (name + PART)


def copy_part(archive: Archive, name: str, source: Path, length: int) -> str:
    """Copy the first ``length`` bytes of a file, durably, for a place of that name. Returns their
    SHA-256. Raises OSError."""
    make_folder(archive.spool)
    digest = hashlib.sha256()
    with open(source, "rb") as file, open(part_path(archive, name), "wb") as part:
        while length and (chunk := file.read(min(length, _CHUNK))):
            digest.update(chunk)
            part.write(chunk)
            length -= len(chunk)
        part.flush()
        os.fchmod(part.fileno(), 0o444)
        os.fsync(part.fileno())
    sync_folder(archive.spool)
    return digest.hexdigest()


def quarantine_tail(archive: Archive, name: str, source: Path, start: int) -> Path:
    """Keep the bytes of a file from ``start`` on under a name that holds their digest. Raises OSError."""
    make_folder(archive.quarantine)
    digest = hashlib.sha256()
    temporary = archive.quarantine / f".{name}-{start}{PART}"
    with open(source, "rb") as file, open(temporary, "wb") as tail:
        file.seek(start)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            tail.write(chunk)
        tail.flush()
        os.fchmod(tail.fileno(), 0o444)
        os.fsync(tail.fileno())
    target = archive.quarantine / f"{name}-{start}-{digest.hexdigest()}.tail"
    temporary.replace(target)
    sync_folder(archive.quarantine)
    return target


def place_parts(archive: Archive, run_id: str) -> tuple[Path, ...]:
    """Put the files that a run says it took in into their places; what is there already stays.
    A copy that is not what the run says is left. Raises OSError."""
    placed = []
    for taken in declared(archive, run_id).values():
        target = archive.root / taken.path
        part = part_path(archive, target.name)
        if not target.exists() and part.is_file() and _is(part, taken):
            make_folder(target.parent)
            part.rename(target)
            sync_folder(target.parent)
            placed.append(target)
    if placed:
        sync_folder(archive.spool)
    return tuple(placed)


def discard_parts(archive: Archive) -> None:
    """Remove copies that nothing names, and pieces of which the whole is still where they were copied
    from. The archive's lock must be held. Raises OSError."""
    for part in (*archive.spool.glob(f"*{PART}"), *archive.quarantine.glob(f".*{PART}")):
        part.unlink()


def _is(part: Path, taken: Taken) -> bool:
    return part.stat().st_size == taken.bytes and file_digest(part) == taken.sha256
