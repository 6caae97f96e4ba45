"""In which order addresses are asked: seeds, sources, listings, pages.

Pages of listings go by their number, so that what is published meanwhile moves their entries to
pages that are still to be read. Of other pages, those whose date a source states and those that wait
longest are asked in turn, the newest first: so a run that ends early has today's news, and old ones
do not wait for ever where such runs are the rule.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.discovery.shape import amp_of, is_paging, listing_page

Kind = Literal["page", "source"]
Rank = tuple[int, int]

BEFORE_PAGES: Rank = (2, 0)
"""The rank of what comes before all pages."""
AFTER_LISTINGS: Rank = (3, 0)
"""The rank of what comes when no page of a listing waits any more, and before other pages."""
PAGES: Rank = (4, 0)
"""The rank of pages that are none of a listing."""
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
    stated: datetime | None = None
    """When it was published or changed last, as a source says."""


class Order:
    """The addresses that wait to be asked.

    Args:
        known: addresses of earlier runs, which tell first pages of listings from other pages.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._paged = {listing_page(url)[0] for url in known if is_paging(url)}
        self._heap: list[tuple[Rank, int, Ask]] = []
        self._newest: list[tuple[float, int, Ask]] = []
        """Of the pages in the heap those whose date is stated, the newest first."""
        self._dated: set[int] = set()
        """Which of these still wait."""
        self._handed_out: set[int] = set()
        """Which of those in the heap do not."""
        self._newest_next = True
        self._count = self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    @property
    def sources_wait(self) -> bool:
        """Whether a source is still to be asked, so that the number of pages is not yet known."""
        return bool(self._heap) and self._heap[0][0][0] <= 1

    def push(self, ask: Ask, rank: Rank | None = None) -> None:
        """Let an address wait, at its own rank unless another is given."""
        self._count += 1
        self._waiting += 1
        rank = rank or self._rank(ask)
        heapq.heappush(self._heap, (rank, self._count, ask))
        if rank == PAGES and ask.stated is not None:
            heapq.heappush(self._newest, (-ask.stated.timestamp(), self._count, ask))
            self._dated.add(self._count)

    def pop(self) -> Ask:
        """The next one: of the first rank, in the order in which they came, and in turn with these the
        newest."""
        self._waiting -= 1
        while self._heap[0][1] in self._handed_out:
            self._handed_out.remove(heapq.heappop(self._heap)[1])
        if self._heap[0][0] == PAGES and self._dated:
            self._newest_next = not self._newest_next
            if not self._newest_next:
                return self._pop_newest()
        _, count, ask = heapq.heappop(self._heap)
        self._dated.discard(count)
        return ask

    def _pop_newest(self) -> Ask:
        while True:
            _, count, ask = heapq.heappop(self._newest)
            if count in self._dated:
                self._dated.remove(count)
                self._handed_out.add(count)
                return ask

    def bring_forward(self, most: int) -> int:
        """Let some of the waiting pages that sources list be asked next, spread over all of them:
        a sample, at most a tenth. Returns how many."""
        waiting = sorted(
            entry
            for entry in self._heap
            if entry[0] > BEFORE_PAGES and entry[2].found_by in _SOURCES and entry[1] not in self._handed_out
        )
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
        return PAGES if amp_of(ask.url) is None else (5, 0)
