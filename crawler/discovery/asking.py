"""What those who decide what is asked have to know of a crawl, a part of :class:`crawler.session.Session`."""

from __future__ import annotations

from typing import Protocol

from crawler.discovery.tally import SourceTally
from crawler.frontier import Frontier
from pipelines.archive import Archive, Portal
from pipelines.ledger import Ledger


class Asking(Protocol):
    """A crawl while it runs."""

    archive: Archive
    frontier: Frontier
    ledger: Ledger
    sources: SourceTally
    sweep: bool
    resume: bool

    @property
    def portal(self) -> Portal:
        """The portal that is crawled."""

    def note(self, sentence: str) -> None:
        """Have the report say something, once, and say it now."""

    def event(self, name: str, **facts: str | int | None) -> None:
        """Report an event."""
