"""What is known of an archive beyond the captures in hand.

All files are folded with nothing beyond them (:data:`ALONE`). A commit that reads only what is
new folds the captures that belong together with it, and asks for the rest
(:class:`pipelines.increment.recalled.Recalled`). Either way the rows are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pipelines.dedupe import Candidate
from pipelines.read_warc import Reading


class Hop(NamedTuple):
    """Where an address led at a moment, by URL keys."""

    captured_at: datetime
    source: str
    target: str | None
    """``None`` where it was a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An address of ``coverage``."""

    first_seen: datetime
    kind: str | None
    told: bool
    """Whether the dispositions of a run speak of it."""


class Beyond:
    """Nothing: all captures of the archive are in hand."""

    def has_folded(self, reading: Reading) -> bool:
        """Whether the rows in place were made with this capture."""
        return False

    def kinds(self, urls: Iterable[str]) -> Mapping[str, str]:
        """What runs asked addresses as; those that no run speaks of are left out."""
        return {}

    def known(self, url: str) -> Known | None:
        """The address in ``coverage``, where it is there."""
        return None

    def listed(self, keys: Iterable[str]) -> set[str]:
        """Of some URL keys, those that a feed or news sitemap lists."""
        return set()

    def hops(self, keys: Collection[str]) -> list[Hop]:
        """All redirects of some URL keys and of the keys that these lead to, with where each led last."""
        return []

    def own(self, key: str) -> str | None:
        """The article with captures at a URL key."""
        return None

    def leads(self, key: str) -> str | None:
        """The URL key that a URL key redirects to, by its latest capture."""
        return None

    def alike(self, texts: Collection[str]) -> list[Candidate]:
        """Articles whose newest version has one of some texts (``text_sha256``)."""
        return []

    def entered(self, reading: Reading, position: int) -> int:
        """The place of a capture in commit order, given its position among those in hand."""
        return position


ALONE = Beyond()
