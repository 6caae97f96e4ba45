"""Whether a machine, an output folder and an archive are fit for a crawl: what ``citynews doctor`` finds
without a network. Nothing in an archive is written; the disk is tried in a folder that goes again."""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive, sync_folder
from pipelines.counted import counted
from pipelines.errors import CitynewsError, ConfigurationError, DiskFull
from pipelines.layouts import layout
from pipelines.manifest import read_chain
from pipelines.report.standing import at_work, disk, last_run
from pipelines.starting import behind
from pipelines.warc.writer import LOW_WATER

FEW_FILES = 10_000
"""Fewer files than this that the filesystem can still take are worth a word."""
OVER_A_NETWORK = frozenset(("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"))
"""Filesystems that lie on another machine."""
MOUNTS = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    about: str
    """In a word or two."""
    says: str
    """What was found."""
    to_do: str = ""
    """What to do about it; empty where all is well, or where ``says`` ends with it."""
    exit_code: int = 0
    """That of a crawl which this would end, 0 where it would not."""

    @property
    def mark(self) -> str:
        """``ok``, ``note`` or ``bad``."""
        return "bad" if self.exit_code else "note" if self.to_do else "ok"


def machine(output: Path, now: datetime) -> Iterator[Finding]:
    """Software, output folder, filesystem and disk."""
    yield Finding(
        about="software",
        says=f"Python {platform.python_version()} on {platform.system()}, {now:%Y-%m-%d %H:%M} UTC",
    )
    there = next(folder for folder in (output, *output.parents) if folder.is_dir())
    if there != output:
        yield Finding(about="output folder", says=f"{output} is not there yet; a crawl by address makes it")
    if not os.access(there, os.W_OK | os.X_OK):
        yield _wrong(
            "output folder",
            f"{there} cannot be written",
            "mend its permissions, or give another with --output",
        )
        return
    yield from _filesystem(there)
    yield from _room(there)


def _filesystem(folder: Path) -> Iterator[Finding]:
    kind = filesystem(folder)
    if kind in OVER_A_NETWORK:
        yield Finding(
            about="filesystem",
            says=f"{folder} lies on another machine ({kind})",
            to_do="see that it keeps locks and does what fsync asks; a disk of this machine is safer",
        )
    for name, trial in TRIALS.items():
        with tempfile.TemporaryDirectory(prefix=".citynews-doctor-", dir=folder) as place:
            try:
                odd = trial(Path(place))
            except OSError as error:
                odd = f"{error.strerror}"
            if odd:
                yield _wrong(
                    "filesystem", f"{name} fails on {kind}: {odd}", "choose another disk with --output"
                )
                return
    yield Finding(about="filesystem", says=f"{kind}: {', '.join(TRIALS)} work")


def _lock(place: Path) -> str | None:
    with open(place / "lock", "wb") as one, open(place / "lock", "wb") as two:
        fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with suppress(BlockingIOError):
            fcntl.flock(two, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return "two runs could hold one lock"
    return None


def _sync(place: Path) -> str | None:
    with open(place / "file", "wb") as file:
        file.write(b"x")
        os.fsync(file.fileno())
    sync_folder(place)
    return None


def _rename(place: Path) -> str | None:
    (place / "new").write_bytes(b"new")
    (place / "old").write_bytes(b"old")
    (place / "new").replace(place / "old")
    return None if (place / "old").read_bytes() == b"new" else "the old file is still there"


def _modes(place: Path) -> str | None:
    (place / "sealed").write_bytes(b"")
    (place / "sealed").chmod(0o444)
    return (
        None if (place / "sealed").stat().st_mode & 0o777 == 0o444 else "sealed files would not be read-only"
    )


def _names(place: Path) -> str | None:
    (place / "a").write_bytes(b"")
    return "names that differ in case are one name" if (place / "A").exists() else None


TRIALS: dict[str, Callable[[Path], str | None]] = {
    "locks": _lock, "fsync": _sync, "renaming": _rename, "modes": _modes, "names": _names,
}  # fmt: skip
"""What an archive needs of a filesystem, each tried in a folder of its own; what is odd comes in words."""


def filesystem(folder: Path) -> str:
    """The kind of filesystem that a folder lies on, as the kernel names it (proc(5), mountinfo)."""
    found = (0, "unknown")
    with suppress(OSError):
        for line in MOUNTS.read_text("utf-8", "replace").splitlines():
            before, _, after = line.partition(" - ")
            where = before.split()[4].replace("\\040", " ")
            if folder.resolve().is_relative_to(where):
                found = max(found, (len(where), after.split()[0]))
    return found[1]


def _room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < LOW_WATER:
        yield Finding(
            about="disk", says=f"{free >> 20} MiB are free, and a crawl leaves {LOW_WATER >> 20} MiB alone",
            to_do="make room", exit_code=DiskFull.exit_code,
        )  # fmt: skip
        return
    yield Finding(about="disk", says=f"{free / 1e9:.1f} GB are free")
    left = os.statvfs(folder)
    if left.f_files and left.f_favail < FEW_FILES:
        yield Finding(
            about="disk",
            says=f"it can take {left.f_favail} more files only",
            to_do="remove files, or use another disk",
        )


def of_archive(archive: Archive, now: datetime) -> Iterator[Finding]:
    """What an archive's own files say: block, chain, clock, modes, how its last run ended."""
    try:
        found = layout(archive.portal.layout)
        chain = read_chain(archive)
    except CitynewsError as error:
        yield _wrong("archive", str(error), "do what the sentence says", error.exit_code)
        return
    read = f"read by the layout {found.name}" if found else "read without a layout"
    size = sum(disk(archive.root).values()) / 1e6
    commits = counted(len(chain), "commit")
    yield Finding(about="archive", says=f"{archive.root}: {commits}, {size:.1f} MB, {read}")
    if late := behind(chain, now):
        yield _wrong("clock", *late)
    elif chain:
        yield Finding(about="clock", says="it is after the archive's last run")
    if shut := [path for path in _folders(archive) if not os.access(path, os.W_OK | os.X_OK)]:
        yield _wrong("archive", f"this user cannot write {shut[0]}", "crawl as the user who owns the archive")
    yield from _last_run(archive)


def _folders(archive: Archive) -> Iterator[Path]:
    yield archive.root
    yield from (path for path in archive.root.iterdir() if path.is_dir())


def _last_run(archive: Archive) -> Iterator[Finding]:
    ran = last_run(archive)
    if at_work(archive):
        yield Finding(about="last run", says="a run is at work on the archive", to_do="wait until it is done")
    elif ran is not None and ran.exit_code:
        yield Finding(
            about="last run", says=f"it ended with {ran.exit_code}", to_do=ran.reason or "look at its report"
        )
    elif ran is not None:
        yield Finding(about="last run", says="it ended well")


def _wrong(about: str, says: str, to_do: str, code: int = ConfigurationError.exit_code) -> Finding:
    return Finding(about=about, says=says, to_do=to_do, exit_code=code)


def now_utc() -> datetime:
    """The moment by this machine's clock."""
    return datetime.now(UTC)
