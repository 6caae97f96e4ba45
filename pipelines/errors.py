"""The errors of citynews, each with the exit code it ends a command with.

::

    CitynewsError                 1   unexpected
    ├── UsageError                2   bad option, no contact, a word that is neither portal nor address
    ├── DiskFull                  3   no room to write safely
    ├── ConfigurationError        4   archive missing or another portal's, output not writable
    ├── PortalUnavailable         5   the portal cannot be crawled now
    ├── Unhealthy                 9   finished, but a health check failed
    ├── Interrupted              11   stopped by a signal, resumable
    ├── Forced                   13   stopped by a second signal
    ├── WriteFailed              17   evidence could not be written
    ├── IntegrityError           20   stored bytes are not what they should be
    │   └── ChainError           21   the manifests do not form a chain
    └── Locked                   75   another run holds the archive's lock

An error says what happened, where, and what to do, in one sentence each; the
command line prints it as it is and exits with ``exit_code``. Errors are caught
in one place, ``crawler/cli/main.py``.
"""

from __future__ import annotations


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


class IntegrityError(CitynewsError):
    exit_code = 20


class ChainError(IntegrityError):
    exit_code = 21


class Locked(CitynewsError):
    exit_code = 75
