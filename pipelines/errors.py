"""The errors of citynews, and every exit code with which a command can end.

::

    CitynewsError                 1
    ├── UsageError                2
    ├── DiskFull                  3
    ├── ConfigurationError        4
    ├── PortalUnavailable         5
    ├── Unhealthy                 9
    ├── Interrupted              11
    ├── Forced                   13
    ├── WriteFailed              17
    ├── Deferred                 18
    ├── IntegrityError           20
    │   └── ChainError           21
    └── Locked                   75

An error says what happened, where, and what to do, in one sentence each; the
command line prints it as it is and exits with ``exit_code``. Errors are caught
in one place, ``crawler/cli/main.py``. Some ends are no errors and have a code
all the same: 0, ``PAGE_LIMIT``, ``DEADLINE``, ``RATE_LIMIT`` and ``UNCHECKED``. What each code
means stands in ``EXIT_CODES``, from which the pages about them are made.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC

PAGE_LIMIT = 14
"""Exit code where ``--limit`` or ``--max-bytes`` ended the run."""
DEADLINE = 15
"""Exit code where ``--deadline`` ended the run."""
RATE_LIMIT = 18
"""Exit code where the portal turns us away, or no longer answers."""
UNCHECKED = 22
"""Exit code where ``verify`` found no fault but could not check everything."""


class CitynewsError(Exception):
    """Base of all errors that a user is told about.

    Args:
        message: what happened, where, and what to do; one line.
        place: the file (with offset), URL or field the error speaks of.
    """

    exit_code = 1

    def __init__(self, message: str, *, place: str | None = None) -> None:
        super().__init__(message)
        self.place = place

    def __str__(self) -> str:
        message = str(self.args[0])
        return f"{message} [{self.place}]" if self.place and self.place not in message else message


class UsageError(CitynewsError):
    exit_code = 2


class DiskFull(CitynewsError):
    exit_code = 3


class ConfigurationError(CitynewsError):
    exit_code = 4


class PortalUnavailable(CitynewsError):
    exit_code = 5


class Unhealthy(CitynewsError):
    exit_code = 9


class Interrupted(CitynewsError):
    exit_code = 11


class Forced(CitynewsError):
    exit_code = 13


class WriteFailed(CitynewsError):
    exit_code = 17


class Deferred(CitynewsError):
    exit_code = RATE_LIMIT


class IntegrityError(CitynewsError):
    exit_code = 20


class ChainError(IntegrityError):
    exit_code = 21


class Locked(CitynewsError):
    exit_code = 75


def storage_error(error: BaseException, place: str | None = None) -> CitynewsError | None:
    """The error that a user is told about where the disk refused to be written, by the system's own word
    or by SQLite's (which often does not say why), or where there is no memory or no file to be had;
    ``None`` where an error says nothing of these.

    Args:
        error: what was raised.
        place: the file, where the error does not name it.
    """
    if isinstance(error, CitynewsError):
        return error
    if short := shortage(error, place):
        return short
    if isinstance(error, OSError):
        full, failed = error.errno in (ENOSPC, EDQUOT), error.errno in (EIO, EFBIG)
        said, place = error.strerror, error.filename or place
    elif isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says which call it was
        full = code == sqlite3.SQLITE_FULL
        failed = code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        said = f"the ledger: {error}"
    else:
        return None
    if full:
        return DiskFull("the disk is full; free some room and start again, the run goes on", place=place)
    if failed:
        return WriteFailed(f"the disk cannot be written ({said}); check it and start again", place=place)
    return None


_NO_THREAD = (
    "can't start new thread",
    "Failed to launch worker thread: Resource temporarily unavailable",
)
"""How Python and Arrow say that there is no memory for a thread."""


def shortage(error: BaseException, place: str | None = None) -> CitynewsError | None:
    """The error that a user is told about where the system gives this process no more files or memory;
    ``None`` where an error says nothing of these."""
    number = error.errno if isinstance(error, OSError) else None
    no_thread = str(error).endswith(_NO_THREAD)
    if number in (EMFILE, ENFILE):
        scarce = "the system allows this process too few open files (ulimit -n)"
    elif isinstance(error, MemoryError) or number == ENOMEM or no_thread:
        scarce = "the system gives this process too little memory"
    else:
        return None
    return WriteFailed(f"{scarce}; allow it more, or stop what else runs, and start again", place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitCode:
    """What it means that a command ended with a code, and what to do then."""

    meaning: str
    """What happened, without a full stop."""
    to_do: str
    """What to do, as a sentence or two; empty where there is nothing to do."""


EXIT_CODES: dict[int, ExitCode] = {
    0: ExitCode(
        meaning="complete and healthy",
        to_do="",
    ),
    CitynewsError.exit_code: ExitCode(
        meaning="an unexpected error; the sentence says where the traceback is. For `test`: a check failed",
        to_do="Please report it with the traceback. What was captured is kept; the next run takes it up.",
    ),
    UsageError.exit_code: ExitCode(
        meaning="usage: a bad option, no contact, a word that is neither a portal nor an address, "
        "a file that cannot be imported",
        to_do="Mend the command line; nothing was asked and nothing written.",
    ),
    DiskFull.exit_code: ExitCode(
        meaning="the disk is full, be it the archive's or the one that standard output goes to",
        to_do="Make room and start it again. What was captured is kept.",
    ),
    ConfigurationError.exit_code: ExitCode(
        meaning="configuration: archive missing or another portal's, output not writable, clock behind "
        "the archive",
        to_do="The sentence names the folder or the field. From cron: is the disk mounted? A clock that was "
        "wrong: [cron.md](cron.md#when-the-clock-was-wrong).",
    ),
    PortalUnavailable.exit_code: ExitCode(
        meaning="the portal cannot be crawled now: network, robots.txt, home page, no news; "
        "the sentence says which",
        to_do="Nothing, if it happens once: the next run tries again. If it stays, look at the portal "
        "in a browser.",
    ),
    Unhealthy.exit_code: ExitCode(
        meaning="finished, but a health check failed",
        to_do="The evidence is kept and the tables stay as they were. The sentence names the check, examples "
        "and what to look at; [health.md](health.md) says more. It stays so until it is well, or until "
        "`citynews accept PORTAL CHECK --reason TEXT` says that it is no fault.",
    ),
    Interrupted.exit_code: ExitCode(
        meaning="interrupted; start it again to go on",
        to_do="Start it again.",
    ),
    Forced.exit_code: ExitCode(
        meaning="stopped by a second Ctrl-C; start it again to go on",
        to_do="Start it again; it first recovers what was captured.",
    ),
    PAGE_LIMIT: ExitCode(
        meaning="the `--limit` or `--max-bytes` is reached; start it again to go on",
        to_do="Start it again, with the limit or without.",
    ),
    DEADLINE: ExitCode(
        meaning="the time of `--deadline` is over; start it again to go on",
        to_do="Start it again; the next run goes on where this one ended.",
    ),
    WriteFailed.exit_code: ExitCode(
        meaning="evidence could not be written, or there was no memory or no file to be had",
        to_do="The sentence says which: look at the disk, or at the limits that the run has. "
        "Nothing was read that is not on disk; the next run recovers the file.",
    ),
    RATE_LIMIT: ExitCode(
        meaning="the portal turned five addresses in a row away (429, 503, or no answer) or asked to be "
        "left alone for some time (`Retry-After`); start it again later",
        to_do="Wait some hours, or until the moment that the sentence names: before it no run asks anything. "
        "If it comes back, raise `delay_ms` in the portal block of `archive.json`; where a sitemap, feed or "
        "REST address alone asks for it, take that out of `sources` there.",
    ),
    IntegrityError.exit_code: ExitCode(
        meaning="stored data is not what it should be",
        to_do="`citynews verify` names each fault. Restore the files from a copy; where only tables "
        "are damaged, `citynews rebuild` makes them again, and where evidence has no copy, `citynews retract "
        "PORTAL --lost FILE` says what is lost.",
    ),
    ChainError.exit_code: ExitCode(
        meaning="the manifests do not form a chain",
        to_do="Restore `manifests/` from a copy. Nothing is crawled into an archive whose chain is broken.",
    ),
    UNCHECKED: ExitCode(
        meaning="`verify` could not check everything: rows of another reader, signatures without the key",
        to_do="The sentence says what. Rows: crawl or `rebuild` with this version. Signatures: give the "
        "public key with `--pubkey`.",
    ),
    Locked.exit_code: ExitCode(
        meaning="another run holds the archive",
        to_do="Wait until it is done. From cron, leave more time between two runs.",
    ),
}
"""Every exit code, in rising order."""

SEVEREST_FIRST = (21, 20, 17, 3, 13, 11, 1, 4, 2, 9, 5, 18, 22, 15, 14, 75, 0)
"""Of several runs the one whose code stands first here gives the code of the whole, and so does of one run
what stands first, where it ended early and is unhealthy as well: evidence in danger; a whole that is not
at its end; what does not go away by itself; what the next run mends."""
