"""What is asked next.

Every address that is found goes through :meth:`Frontier.found`, once: it enters the
ledger before it is asked, and it is queued or excluded with a reason there. One fetch
serves all spellings of an address (RULES, "URL key"); what is fetched is the first
spelling seen, verbatim, and where that gives no page, one other. A redirect's target is
an address of its own and is followed whatever its key, or ``/a`` → ``/a/`` would end nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime

from crawler.discovery.shape import amp_of, is_paging, wire_form
from crawler.order import AFTER_LISTINGS, BEFORE_PAGES, Ask, Kind, Order, Rank
from crawler.resumption import answered, is_due, is_news, left
from crawler.rules import MAX_PAGES, Rules
from crawler.spellings import Spellings
from crawler.traps import REASON as SUSPECTED
from crawler.traps import Traps
from pipelines.ledger import Address, Ledger
from pipelines.ledger.addresses import kind_of
from pipelines.warc.tombstone import RETRACTED


class Frontier:
    """The order of one run, backed by the ledger.

    Args:
        ledger: where every address and its fate are kept.
        scope: hosts whose pages belong to the portal.
        max_pages: budget of pages.
        page_limit: ``--limit``: after so many pages nothing more is handed out; ``None``: no limit.
        since: ``--since``: pages that were neither published nor changed since are not asked.
        retracted: URL keys of addresses whose captures were taken out, which are not asked again.
    """

    def __init__(
        self,
        ledger: Ledger,
        scope: Iterable[str],
        *,
        max_pages: int = MAX_PAGES,
        page_limit: int | None = None,
        retracted: Collection[str] = (),
        since: datetime | None = None,
    ) -> None:
        self.rules = Rules(ledger, scope, max_pages=max_pages, retracted=retracted)
        """Which addresses are not asked at all."""
        self.closed = False
        """Set when the run is stopped: nothing more is handed out."""
        self._ledger = ledger
        self._since = since
        self._old: set[str] = set()
        self._page_limit = page_limit
        self._asked_pages = 0
        self._settled: set[str] = set()
        self._resting: set[str] = set()
        self._answered: set[str] = set()
        """What was answered to a stopped run that did not come to take its links."""
        self._finders: set[tuple[str, str]] = set()
        self._fresh: set[str] = set()
        self._anew = True
        """Whether what was suspected to be a trap is looked at again: in each sweep."""
        self._spellings = Spellings()
        self._order = Order(address.url for address in ledger.addresses())

    def __len__(self) -> int:
        """Addresses that wait to be asked."""
        return len(self._order)

    @property
    def scope(self) -> tuple[str, ...]:
        """Hosts whose pages belong to the portal."""
        return self.rules.scope

    @property
    def traps(self) -> Traps:
        """What the pages that were read say of addresses without end."""
        return self.rules.traps

    @property
    def sources_wait(self) -> bool:
        """Whether a source is still to be asked, so that the number of pages is not yet known."""
        return self._order.sources_wait

    @property
    def since(self) -> datetime | None:
        """The moment before which nothing is asked, in such a run."""
        return self._since

    @property
    def limit_reached(self) -> bool:
        """Whether pages wait that the page limit holds back."""
        return bool(self._order) and self._page_limit is not None and self._asked_pages >= self._page_limit

    def clear(self) -> None:
        """Forget every address; the ledger knows them."""
        self._settled, self._finders, self._resting, self._fresh = set(), set(), set(), set()
        self._spellings, self._order = Spellings(), Order(())

    def rest(self, *, whole: bool, always: Collection[str] = ()) -> None:
        """Let every known page and source rest in this run that is not due, and that no stopped run
        left (:func:`crawler.resumption.left`). To be said before anything is found.

        Args:
            whole: whether the run reads listings to their end.
            always: addresses that are due in any case.
        """
        self._anew = False
        now, known = datetime.now(UTC), list(self._ledger.addresses())
        unfinished = self._ledger.unfinished()
        wanted = left(known, unfinished, whole=whole)
        if not self._since:
            self._answered = answered(known, unfinished, now).difference(always)
        self._resting = {
            a.url
            for a in known
            if a.url not in always and (self._since or not (a.url in wanted or is_due(a, now)))
        }

    def load(self, take: Callable[[Ask], bool] = lambda _: False) -> None:
        """Take over what the ledger knows from earlier runs: all known pages and sources that do not
        rest are asked, robots' exclusions among them, since robots.txt can change.

        Args:
            take: takes the links of an answer that the archive holds and a stopped run did not come to; false
                where it cannot, so that the address is asked again.
        """
        addresses = sorted(self._ledger.addresses(), key=_age)
        with self._ledger.batch():  # all or nothing: a run killed here is no run to resume
            held = self._load(addresses)
            self._ledger.queued()
            for address, depth in held:
                if not take(_ask_of(address, depth)):
                    self._again(address, depth)

    def _load(self, addresses: Iterable[Address]) -> list[tuple[Address, int]]:
        """All but what was answered, which is returned with its depth."""
        held: list[tuple[Address, int]] = []
        depths: dict[str, int] = {}
        for address in addresses:
            if address.kind not in ("page", "source") or address.url in self._settled:
                continue
            depth = depths[address.url] = _deeper(depths.get(address.found_on or "", 0), address.url)
            if self.rules.stays_excluded(address, anew=self._anew):
                self._settled.add(address.url)
                if address.reason == "alias":
                    self._spellings.leave_out(address.url)
                if address.reason == SUSPECTED:
                    self.traps.leave_out(address.url)
            elif address.url in self._resting:
                self._settle(address.url)
            elif address.url in self._answered:
                self._settle(address.url)
                held.append((address, depth))
            elif address.reason != "budget" or not self.rules.is_over_budget(address.kind, depth):
                self._again(address, depth)
        return held

    def found(
        self,
        url: str,
        *,
        found_by: str,
        found_on: str | None = None,
        kind: Kind = "page",
        depth: int = 0,
        hops: int = 0,
        early: bool = False,
        changed: datetime | None = None,
        wanted: bool = False,
        stated: datetime | None = None,
    ) -> bool:
        """Take an address that was found. Returns whether it will be asked.

        Args:
            url: as found; addresses that are not http(s) are passed over.
            depth: links from the seed to the place where it was found.
            hops: redirects that led to it; 0 for a link.
            early: whether it is asked before all other pages of listings.
            changed: when it changed last, as the source says; one that was asked before that is due.
            wanted: it is due, whatever the ledger says, as a further page of a list that is walked.
            stated: when it was published or changed, as a source says.
        """
        if not (hops or wanted or changed) and (url, found_by) in self._finders:
            return False  # most links of most pages
        asked = wire_form(url)
        if asked is None or self._is_asked_otherwise(asked, kind):
            return False
        ask = Ask(
            url=asked, kind=kind, found_by=found_by, found_on=found_on, hops=hops,
            depth=_deeper(depth, asked), stated=stated,
        )  # fmt: skip
        if self._is_too_old(ask):
            return self._leave(ask)
        self._wake(asked, found_by, changed, wanted=wanted)
        self._finders.update(((url, found_by), (asked, found_by)))
        return self._enter(ask, BEFORE_PAGES if early else None)

    def _enter(self, ask: Ask, rank: Rank | None) -> bool:
        """Let an address wait that is to be asked, or say why it is not. Returns whether it will be."""
        known = not self._ledger.observe(ask.url, kind=ask.kind, found_by=ask.found_by, found_on=ask.found_on)
        if not known:
            self._fresh.add(ask.url)
        if ask.url in self._resting:
            return False
        if ask.url in self._settled and not (ask.hops and self._spellings.is_left_out(ask.url)):
            return False
        reason = self.rules.refusal(ask, alias=not ask.hops and self._spellings.is_alias(ask.url))
        if reason is not None:
            self._refuse(ask.url, reason, known=known)
            return False
        if known:
            self._ledger.queue(ask.url, ask.kind if self._ledger.is_requisite(ask.url) else None)
        self._push(ask, rank)
        return True

    def again(self, ask: Ask, *, last: bool = False) -> None:
        """Ask an address once more in this run: in its order, or (``last``) when no page of a
        listing waits any more, and before other pages; then it is nothing that a stopped run would
        leave to do. Its last exchange is the one that counts."""
        self._rouse(ask.url)
        if not last:
            self._ledger.queue(ask.url)
        self._push(ask, AFTER_LISTINGS if last else None)

    def failed(self, ask: Ask) -> None:
        """An address gave no page. Another spelling of it is asked instead, once."""
        if ask.kind != "page" or ask.hops:
            return
        spare = self._ledger.get(self._spellings.instead_of(ask.url) or "")
        if spare is not None:
            self._again(spare, ask.depth)

    def take(self, ask: Ask) -> None:
        """Enter an address that the caller asks itself, now, whatever the rules say."""
        self._rouse(ask.url)
        if not self._ledger.observe(ask.url, kind=ask.kind, found_by=ask.found_by, found_on=ask.found_on):
            self._ledger.queue(ask.url)
        self._settle(ask.url)
        self._asked_pages += ask.kind == "page"

    def bring_forward(self, most: int) -> int:
        """Let some of the waiting pages that sources list be asked next, spread over all of them:
        a sample, at most a tenth. Returns how many."""
        return self._order.bring_forward(most)

    def has_found(self, url: str, found_by: str) -> bool:
        """Whether an address, spelled so, was found in this way before in this run."""
        return (url, found_by) in self._finders

    def is_fresh(self, url: str) -> bool:
        """Whether an address was not known before this run, or had not been asked, or is said to have
        changed since it was."""
        return (wire_form(url) or url) in self._fresh

    def has_settled(self, url: str) -> bool:
        """Whether this very spelling was decided about in this run."""
        return url in self._settled

    def next(self) -> Ask | None:
        """The next address to ask, or ``None`` where none may be asked now."""
        while self.has_next():
            ask = self._order.pop()
            page = None if ask.hops or ask.kind == "source" else amp_of(ask.url)
            if page is not None and self._spellings.is_alias(page):
                self._ledger.exclude(ask.url, "variant")
                continue
            if self.rules.is_suspected(ask):
                self._ledger.exclude(ask.url, SUSPECTED)
                continue
            self._asked_pages += ask.kind == "page"
            return ask
        return None

    def has_next(self) -> bool:
        """Whether :meth:`next` may give one."""
        return bool(self._order) and not self.closed and not self.limit_reached

    def _is_asked_otherwise(self, url: str, kind: Kind) -> bool:
        """Whether nothing is found by an address: robots.txt is asked by politeness alone, and has a row of
        its own; a feed or a sitemap that a page links is asked as what it is."""
        if kind_of(url) == "robots":
            return True
        return kind == "page" and self._ledger.known_kind(url) == "source"

    def _is_too_old(self, ask: Ask) -> bool:
        """Whether a page is left out of a run that asks only for what is younger: where a source states an
        earlier date, and where only an article, of whatever age, links it."""
        if self._since is None or ask.kind != "page" or ask.hops:
            return False
        if ask.url in self._settled and ask.url not in self._resting:
            return False
        if ask.stated is not None and ask.stated < self._since:
            self._old.add(ask.url)
        return ask.url in self._old or (ask.stated is None and ask.found_by == "related")

    def _leave(self, ask: Ask) -> bool:
        """Leave a page to a later run."""
        if self._ledger.observe(ask.url, found_by=ask.found_by, found_on=ask.found_on):
            self._ledger.leave(ask.url, "since")
        return False

    def _wake(self, url: str, found_by: str, changed: datetime | None, *, wanted: bool) -> None:
        """An address that was to rest in this run is asked after all, where there is a reason."""
        if url in self._resting and is_news(self._ledger.get(url), found_by, changed):
            self._rouse(url)
            self._fresh.add(url)
        elif wanted:
            self._rouse(url)

    def _rouse(self, url: str) -> None:
        if url in self._resting:
            self._resting.remove(url)
            self._settled.discard(url)
            self._spellings.withdraw(url)

    def _refuse(self, url: str, reason: str, *, known: bool) -> None:
        if not (known and self._ledger.is_requisite(url)):  # a picture that is linked, too
            self._ledger.exclude(url, reason)
        if reason != "budget":  # else it can be found again where it lies less deep
            self._settled.add(url)
        if reason == "alias":
            self._spellings.leave_out(url)

    def _again(self, address: Address, depth: int) -> None:
        if not self.rules.in_scope(address.url):
            self._ledger.exclude(address.url, "out_of_scope")
            self._settled.add(address.url)
            return
        if self.rules.is_retracted(address.url):
            self._refuse(address.url, RETRACTED, known=True)
            return
        self._ledger.queue(address.url)
        if address.asked_at is None:
            self._fresh.add(address.url)
        self._push(_ask_of(address, depth))

    def _push(self, ask: Ask, rank: Rank | None = None) -> None:
        self._settle(ask.url)
        self.rules.count(ask)
        self._order.push(ask, rank)

    def _settle(self, url: str) -> None:
        self._settled.add(url)
        self._spellings.ask(url)


def _ask_of(address: Address, depth: int) -> Ask:
    kind: Kind = "source" if address.kind == "source" else "page"
    found_by = address.found_by[0] if address.found_by else "listing"
    return Ask(url=address.url, kind=kind, found_by=found_by, found_on=address.found_on, depth=depth)


def _deeper(depth: int, url: str) -> int:
    return depth if is_paging(url) else depth + 1


def _age(address: Address) -> tuple[datetime, str]:
    return (address.first_seen, address.url)
