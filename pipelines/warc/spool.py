"""The steps by which a file gets into ``spool/``, grows there, and leaves it sealed."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from pipelines.archive import Archive, make_folder, sync_folder
from pipelines.errors import CitynewsError, DiskFull, IntegrityError, WriteFailed
from pipelines.warc.framing import WarcName
from pipelines.warc.reader import strict_scan

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def open_spool_file(path: Path) -> int:
    """Make a new spool file and lock it; returns the descriptor. Raises OSError."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o644)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Write everything, in one system call where the kernel takes it. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def seal_file(archive: Archive, path: Path, name: WarcName, descriptor: int) -> Path:
    """Give a synced spool file its place; closes the descriptor, whose lock ends with it.

    Raises:
        IntegrityError: the file does not read back whole, or its place is taken.
        DiskFull, WriteFailed: a step failed; the file stays in the spool.
    """
    target = archive.root / name.filename
    try:
        scan = strict_scan(path)
        if scan.damage is not None:
            raise IntegrityError(
                f"what was written does not read back: {scan.damage.what}; check the disk",
                place=f"{path} at byte {scan.damage.offset}",
            )
        if target.exists():
            raise IntegrityError("a sealed file of this name exists already", place=str(target))
        os.fchmod(descriptor, 0o444)
        os.fsync(descriptor)
        make_folder(target.parent)
        path.rename(target)
        sync_folder(target.parent)
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(error, path) from error
    finally:
        os.close(descriptor)
    return target


def write_error(error: OSError, path: Path) -> CitynewsError:
    """The error a user is told about when evidence cannot be written."""
    if error.errno in _NO_SPACE:
        return DiskFull(
            "the disk is full; free some room and start again, the run goes on", place=str(path)
        )
    return WriteFailed(
        f"evidence could not be written ({error.strerror}); check the disk and start again",
        place=str(path),
    )
