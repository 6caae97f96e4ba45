"""Which addresses are not asked at all, and why: scope, budgets, traps, what was taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from crawler.discovery.shape import is_file, is_trap
from crawler.order import Ask
from crawler.traps import REASON as SUSPECTED
from crawler.traps import Traps
from pipelines import urls
from pipelines.ledger import Address, Ledger
from pipelines.warc.tombstone import RETRACTED

MAX_PAGES = 100_000
"""Most pages of one portal that are asked in a run."""
MAX_DEPTH = 50
"""Most links from the seed to a page; pages of a listing count as one while they list anything new."""
MAX_SOURCES = 10_000
"""Most sources that are asked in a run: more than one for each day of twenty years."""
MAX_SOURCE_DEPTH = 3
"""Deepest nesting of sitemap indexes."""
MAX_HOPS = 10
"""Most redirects one after another."""
_FIXED = ("out_of_scope", "not_a_page", "trap", SUSPECTED, "redirects", "alias", "variant")
"""Reasons that hold for as long as scope and rules stay. A budget is one run's."""
_BY_PAGES = ("listing", "related")
"""How addresses are found that no source lists."""


class Rules:
    """What is not asked in one run.

    Args:
        ledger: where every address and its fate are kept.
        scope: hosts whose pages belong to the portal.
        max_pages: budget of pages.
        retracted: URL keys of addresses whose captures were taken out, which are not asked again.
    """

    def __init__(
        self, ledger: Ledger, scope: Iterable[str], *, max_pages: int, retracted: Collection[str]
    ) -> None:
        self.scope = tuple(scope)
        self.traps = Traps()
        """What the pages that were read say of addresses without end."""
        self._ledger = ledger
        self._max_pages = max_pages
        self._retracted = retracted
        self._pages = self._sources = 0

    def count(self, ask: Ask) -> None:
        """An address will be asked: it counts in the budgets."""
        self._pages += ask.kind == "page"
        self._sources += ask.kind == "source"

    def refusal(self, ask: Ask, *, alias: bool) -> str | None:
        """Why an address is not asked, or ``None``.

        Args:
            ask: the address, and how it was found.
            alias: whether another spelling of it is asked.
        """
        if not self.in_scope(ask.url):
            return "out_of_scope"
        if self.is_retracted(ask.url):
            return RETRACTED
        if ask.hops > MAX_HOPS:
            return "redirects"
        if is_trap(ask.url):
            return "trap"
        if self.is_suspected(ask):
            return SUSPECTED
        if ask.kind == "page" and is_file(ask.url):
            return "not_a_page"
        if alias:
            return "alias"
        return "budget" if self.is_over_budget(ask.kind, ask.depth) else None

    def in_scope(self, url: str) -> bool:
        """Whether an address is on a host of the portal."""
        return urls.in_scope(url, self.scope)

    def is_retracted(self, url: str) -> bool:
        """Whether what an address gave was taken out of the archive."""
        return bool(self._retracted) and urls.url_key(url) in self._retracted

    def is_over_budget(self, kind: str, depth: int) -> bool:
        """Whether an address lies too deep, or the run has enough of its kind."""
        if kind == "source":
            return depth > MAX_SOURCE_DEPTH or self._sources >= MAX_SOURCES
        return depth > MAX_DEPTH or self._pages >= self._max_pages

    def is_suspected(self, ask: Ask) -> bool:
        """Whether an address seems to lead into a trap; then it is counted there. What a source lists,
        or was asked before, is asked."""
        if ask.found_by not in _BY_PAGES or not self.traps.suspects(ask.url):
            return False
        known = self._ledger.get(ask.url)
        if known is not None and known.asked_at is not None:
            return False
        self.traps.leave_out(ask.url)
        return True

    def stays_excluded(self, address: Address, *, anew: bool) -> bool:
        """Whether an address that an earlier run did not ask is not asked in this one either.

        Args:
            address: as the ledger knows it.
            anew: whether what was suspected to be a trap is looked at again.
        """
        if address.verdict != "excluded" or address.reason not in _FIXED:
            return False
        if address.kind == "source" and address.reason == "not_a_page":
            return False  # it is none, and was taken for one
        if address.reason == SUSPECTED:
            return not anew
        return address.reason != "out_of_scope" or not self.in_scope(address.url)
