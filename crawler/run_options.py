"""What one run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.archive import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What one run is asked to do."""

    word: str
    """An archive's name, a built-in city's, or an address."""
    output: Path
    contact: str | None = None
    allow_loopback: bool = False
    new: bool = False
    full: bool = False
    """Whether everything that is known is asked, and not only what is due."""
    since: date | None = None
    """Only pages that were published or changed on that day, in the portal's zone, or later are asked."""
    limit: int | None = None
    """Most pages to ask in this run."""
    deadline_s: float | None = None
    """Seconds from its start after which the run asks nothing more."""
    max_bytes: int | None = None
    """Bytes of evidence after which the run asks nothing more."""
    urls: Path | None = None
    """A file of addresses that are asked in any case."""
    requisites: bool = True
    """Whether pictures, style sheets and scripts of the pages are asked for."""
    retracted: bool = False
    """Whether addresses are asked whose captures were retracted."""
    sign_key: Path | None = None
    """A key to sign the run's manifest with."""
    portal: Portal | None = None
    """A portal block given whole, instead of what the word says."""

    def as_json(self) -> dict[str, Any]:
        """What of it the run's report keeps."""
        return {
            "word": self.word,
            "allow_loopback": self.allow_loopback,
            "full": self.full,
            "since": self.since.isoformat() if self.since else None,
            "limit": self.limit,
            "deadline_s": self.deadline_s,
            "max_bytes": self.max_bytes,
            "requisites": self.requisites,
        }
