"""In which order addresses are asked: seeds, sources, listings, pages.

Pages of listings go by their number, so that what is published meanwhile moves their entries to
pages that are still to be read.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from crawler.discovery.shape import amp_of, is_paging, listing_page

Kind = Literal["page", "source"]
Rank = tuple[int, int]

BEFORE_PAGES: Rank = (2, 0)
"""The rank of what comes before all pages."""
AFTER_LISTINGS: Rank = (3, 0)
"""The rank of what comes when no page of a listing waits any more, and before other pages."""
_SOURCES = ("sitemap", "feed", "rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One address to ask."""

    url: str
    """As it goes over the wire: no fragment, everything else escaped, nothing normalised."""
    kind: Kind = "page"
    found_by: str = "seed"
    """seed, sitemap, listing, related."""
    found_on: str | None = None
    depth: int = 0
    hops: int = 0
    """Redirects that led here."""


class Order:
    """The addresses that wait to be asked.

    Args:
        known: addresses of earlier runs, which tell first pages of listings from other pages.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._paged = {listing_page(url)[0] for url in known if is_paging(url)}
        self._heap: list[tuple[Rank, int, Ask]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def sources_wait(self) -> bool:
        """Whether a source is still to be asked, so that the number of pages is not yet known."""
        return bool(self._heap) and self._heap[0][0][0] <= 1

    def push(self, ask: Ask, rank: Rank | None = None) -> None:
        """Let an address wait, at its own rank unless another is given."""
        self._count += 1
        heapq.heappush(self._heap, (rank or self._rank(ask), self._count, ask))

    def pop(self) -> Ask:
        """The next one; those of one rank in the order in which they came."""
        return heapq.heappop(self._heap)[2]

    def bring_forward(self, most: int) -> int:
        """Let some of the waiting pages that sources list be asked next, spread over all of them:
        a sample, at most a tenth. Returns how many."""
        waiting = sorted(e for e in self._heap if e[0] > BEFORE_PAGES and e[2].found_by in _SOURCES)
        count = min(most, len(waiting) // 10)
        if count:
            chosen = {entry[1] for entry in waiting[:: len(waiting) // count][:count]}
            self._heap = [(BEFORE_PAGES if e[1] in chosen else e[0], *e[1:]) for e in self._heap]
            heapq.heapify(self._heap)
        return count

    def _rank(self, ask: Ask) -> Rank:
        """AMP forms come last: they are not asked where the page is."""
        listing, number = listing_page(ask.url)
        if ask.kind == "source":
            return 1, number
        if ask.found_by == "seed":
            return 0, 0
        if is_paging(ask.url) or listing in self._paged:
            return 2, number
        return (4, 0) if amp_of(ask.url) is None else (5, 0)
