"""What a run says while it works. The command line shows it; nothing depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Where a run stands. Addresses, but for ``articles`` and ``elapsed_s``."""

    asked: int = 0
    """Answers (or failures) so far in this run."""
    files: int = 0
    """The same for what pages need to be shown: pictures, style sheets, scripts."""
    new: int = 0
    """Captured: new to the archive, or changed since."""
    confirmed: int = 0
    """The same bytes as last time."""
    failed: int = 0
    pending: int = 0
    """Known and still to be asked in this run."""
    articles: int = 0
    """Pages read as articles so far."""
    elapsed_s: float = 0.0


class Progress(Protocol):
    """Where a run reports to."""

    def event(self, name: str, **facts: str | int | None) -> None:
        """Something worth a line of the log happened, e.g. ``detected``, ``sealed``."""

    def tick(self, counts: Counts) -> None:
        """The counts moved."""


class Silent:
    """A Progress that says nothing."""

    def event(self, name: str, **facts: str | int | None) -> None:
        pass

    def tick(self, counts: Counts) -> None:
        pass
