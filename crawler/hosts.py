"""One host is never asked by two processes at once, nor sooner than it may be.

Portals that are crawled side by side may share a host: a server of pictures, or a city's own. So
every host has a file in ``.hosts/`` of the output folder, empty as a rule:

=================  ====================================================================
its lock           is held (``flock``) from before a question until its answer is there;
                   who holds it and is killed lets it go
its time           of modification is the moment before which nobody asks the host again
its contents       is the moment until which the host wants to be left alone, where it
                   said one that no run waits for (``Retry-After``)
=================  ====================================================================

All of it may be deleted while nobody crawls: a host that wanted to be left alone is then asked
once more, and says so again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.archive import instant, make_folder, moment_of
from pipelines.errors import ConfigurationError, Locked, storage_error

FOLDER = ".hosts"
"""Under the output folder."""
POLL_S = 0.1
"""Pause between two looks at a lock that another process holds."""
LONGEST_PAUSE_S = 150.0
"""A file's time that lies further ahead is no pause: the clock was set back."""
LONGEST_REST = timedelta(days=30)
"""A host that wants to be left alone for longer is asked again after so long."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9.\-]{0,120}")


class Rests(Exception):
    """A host wants to be left alone until a moment that no run waits for."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} wants to be left alone until {until:%Y-%m-%d %H:%M} UTC")
        self.until = until


class Hosts:
    """The files of the hosts under an output folder.

    Raises:
        ConfigurationError, DiskFull, WriteFailed: the folder cannot be written.
    """

    def __init__(self, output: Path) -> None:
        self.folder = output / FOLDER
        self._held: dict[str, int] = {}
        self._paused: dict[str, tuple[int, float]] = {}
        self._paths: dict[str, str] = {}
        try:
            make_folder(self.folder)
        except OSError as error:
            raise _told(error, self.folder) from error

    def take(self, host: str) -> float:
        """Take a host's turn: 0.0 where it is taken, and has to be given back; else the seconds after
        which it is worth another try. Raises Rests."""
        mine = self._paused.get(host, (0, 0.0))[1] - time.monotonic()
        if mine > 0:  # of our own; whether another process made it longer is seen when it is over
            return mine
        descriptor = self._open(host)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return POLL_S
        wait = self._pause_left(host, descriptor)
        until = self.rests_until(host) if os.fstat(descriptor).st_size else None
        if wait > 0 or until:
            os.close(descriptor)
            if until:
                raise Rests(host, until)
            return wait
        self._held[host] = descriptor
        return 0.0

    def give(self, host: str, pause_s: float) -> None:
        """Give a host's turn back. It is asked again after ``pause_s`` seconds at the earliest."""
        descriptor = self._held.pop(host)
        try:
            self._stamp(host, descriptor, pause_s)
        finally:
            os.close(descriptor)

    def pause(self, host: str, pause_s: float) -> None:
        """Make the pause of a host longer, where it ends sooner than in ``pause_s`` seconds and nobody
        asks it at the moment."""
        descriptor = self._open(host)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._pause_left(host, descriptor) < pause_s:
                self._stamp(host, descriptor, pause_s)
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)

    def leave_alone(self, host: str, until: datetime) -> datetime:
        """Let nobody ask a host before a moment, and return it: at most LONGEST_REST from now. Where that
        cannot be written, the next run asks once more."""
        until = min(until, datetime.now(UTC) + LONGEST_REST)
        with suppress(OSError):
            self._path(host).write_text(instant(until) + "\n", encoding="ascii")
        return until

    def rests_until(self, host: str) -> datetime | None:
        """The moment until which a host wants to be left alone; ``None`` where it may be asked."""
        try:
            until = moment_of(self._path(host).read_text(encoding="ascii").strip())
            left = until - datetime.now(UTC)
        except (OSError, ValueError, TypeError):
            return None
        return until if timedelta(0) < left <= LONGEST_REST else None

    def close(self) -> None:
        """Let go of what is held."""
        for host in list(self._held):
            os.close(self._held.pop(host))

    def _stamp(self, host: str, descriptor: int, pause_s: float) -> None:
        until = time.time_ns() + round(pause_s * 1e9)
        with suppress(PermissionError):  # another user's file: its lock is ours, its time is not
            os.utime(descriptor, ns=(until, until))
        self._paused[host] = (os.fstat(descriptor).st_mtime_ns, time.monotonic() + pause_s)

    def _pause_left(self, host: str, descriptor: int) -> float:
        """Seconds until a pause is over. Of our own ones the steady clock tells, of those of other
        processes the file."""
        stamp = os.fstat(descriptor).st_mtime_ns
        mine, until = self._paused.get(host, (0, 0.0))
        if stamp == mine:
            return until - time.monotonic()
        left = (stamp - time.time_ns()) / 1e9
        return left if left <= LONGEST_PAUSE_S else 0.0

    def _open(self, host: str) -> int:
        path = self._paths.get(host) or self._paths.setdefault(host, str(self._path(host)))
        try:
            try:
                return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
                os.utime(descriptor, ns=(0, 0))
                return descriptor
        except OSError as error:
            raise _told(error, path) from error

    def _path(self, host: str) -> Path:
        """The file of a host. Names come from pages: what is no plain one is named by its digest."""
        plain = host.replace(":", "-")
        if _PLAIN.fullmatch(plain) and ".." not in plain:
            return self.folder / plain
        return self.folder / hashlib.sha256(host.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the lock of the folder itself, which only ``crawl --all`` takes. Raises Locked at once
    where another one holds it."""
    hosts = Hosts(output)
    descriptor = os.open(hosts.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Locked(
            "another crawl --all is at work here; try again when it is done", place=str(output)
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)


def _told(error: OSError, path: Path | str) -> Exception:
    return storage_error(error, str(path)) or ConfigurationError(
        f"cannot keep the locks of hosts: {error.strerror}; mend the permissions of the output folder",
        place=str(path),
    )
