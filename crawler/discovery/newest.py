"""The posts of one REST in a run: all of them in a sweep, what is new in an ordinary run.

In an ordinary run two short lists are read from the newest on, until a page of them brings nothing:
by last change, and by day of publication (a post that was written to appear later states the change
of the day on which it was written). Each answer states how many posts there are. Where that is not
what there were and what came, something vanished, or came in with an old date. Then all posts are
listed, number and address alone, and what is no longer among them is asked.

``modified_after`` is not used: it needs the server's clock and zone, and WordPress 5.7; it does not
find what was written to appear later; it hides how many there are in all; and it would be another
address in every run.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from crawler.discovery.asking import Asking
from crawler.discovery.posts import PostPages
from crawler.discovery.shape import listing_page, wire_form
from crawler.order import Ask
from pipelines.sources.entry import SourceEntry
from pipelines.sources.wordpress import (
    Order,
    PostsPage,
    Totals,
    further_posts,
    is_newest_first,
    posts_address,
)
from pipelines.urls import url_key

LISTS: tuple[Order, ...] = ("modified", "date")
MOST_PAGES = 25
"""Most pages of a list that is read newest first: five hundred posts changed since the last run."""


@dataclass(slots=True, kw_only=True)
class _Walk:
    """A list of all posts while it is read."""

    named: set[str] = field(default_factory=set)
    """Its pages that are known of."""
    read: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    """URL keys of the posts."""
    broken: bool = False
    """Whether a page of it could not be had."""


class Posts:
    """Watches one REST through a run.

    Args:
        session: the crawl.
        index: address of the REST index.
    """

    def __init__(self, session: Asking, index: str) -> None:
        self._session, self._index = session, index
        self._reading = set[Order]()
        self._added = set[str]()
        self._total: int | None = None
        self._walk = _Walk()
        self._pages: defaultdict[str, PostPages] = defaultdict(PostPages)

    def begin(self) -> None:
        """Ask for what is new."""
        self._reading.update(LISTS)
        for order in LISTS:
            self._ask(posts_address(self._index, order=order))

    def meet(self, entries: tuple[SourceEntry, ...]) -> None:
        """Entries are about to be found: count those that REST never listed before, or that were gone and
        are listed again. (Else one that comes back would hide one that vanished.)"""
        for entry in entries:
            row = self._session.ledger.get(wire_form(entry.url) or entry.url)
            if row is None or "rest" not in row.found_by or row.status in (404, 410):
                self._added.add(url_key(entry.url))

    def take(self, ask: Ask, page: PostsPage, entries: tuple[SourceEntry, ...], total: Totals) -> None:
        """A page was read, and its entries were found."""
        further = further_posts(ask.url, len(entries), total)
        if total.posts is not None:
            self._total = total.posts
            self._again(self._pages[listing_page(ask.url)[0]].take(ask, total.posts, further))
        if page.order == "id":
            self._collect(ask, entries, further)
        elif is_newest_first(entries, page.order):
            fresh = any(self._session.frontier.is_fresh(entry.url) for entry in entries)
            if further and fresh and (page.page < MOST_PAGES or self._session.frontier.since):
                self._ask(further[0])
            else:
                self._end(page.order)
        else:
            self._ask_all(ask, page.order)

    def missing(self, ask: Ask, page: PostsPage, status: int | None) -> None:
        """A page gave no posts; 400 and 404 are those behind the last one."""
        behind = status in (400, 404) and page.page > 1
        if behind:
            self._again(self._pages[listing_page(ask.url)[0]].gone(ask))
        if page.order == "id":
            self._walk.broken |= not behind
            self._walk.read.add(ask.url)
            self._conclude()
        elif behind or status == 304:
            self._end(page.order)
        elif status == 400:
            self._ask_all(ask, page.order)
        else:
            self._reading.clear()  # nobody can say how many there are

    def _ask(self, url: str) -> None:
        self._session.frontier.found(
            url, found_by="rest", found_on=self._index, kind="source", depth=1, wanted=True
        )

    def _again(self, page: Ask | None) -> None:
        """Ask for a page again, onto which a post was pulled."""
        if page is not None:
            self._session.event("posts_shifted", url=page.url)
            self._walk.read.discard(page.url)
            self._session.frontier.again(page)

    def _end(self, order: Order) -> None:
        """A list brings nothing more. After the last of them, is the number of posts what is known?"""
        if order not in self._reading:
            return
        self._reading.discard(order)
        if self._reading or self._total is None or self._session.frontier.since:
            return
        before = self._session.ledger.noted(self._name)
        if before is not None and self._total == int(before) + len(self._added):
            self._session.ledger.note(self._name, str(self._total))
        else:
            self._session.event("posts_counted", stated=self._total, known=_number(before, len(self._added)))
            self._ask(posts_address(self._index, light=True))

    def _ask_all(self, ask: Ask, order: Order) -> None:
        """The server refuses an order, or passes over it: list all posts, as a sweep does."""
        self._session.event("posts_unordered", url=ask.url, order=order)
        self._reading.clear()
        self._ask(posts_address(self._index))

    def _collect(self, ask: Ask, entries: tuple[SourceEntry, ...], further: tuple[str, ...]) -> None:
        walk = self._walk
        walk.listed.update(url_key(entry.url) for entry in entries)
        walk.named.update((ask.url, *(wire_form(url) or url for url in further)))
        walk.read.add(ask.url)
        for url in further:
            self._ask(url)
        self._conclude()

    def _conclude(self) -> None:
        """When all posts were listed: ask those that are no longer among them."""
        walk = self._walk
        if walk.broken or not walk.named <= walk.read:
            return
        if self._total is not None:
            self._session.ledger.note(self._name, str(self._total))
        only = sum(source.kind == "rest" for source in self._session.portal.sources) <= 1
        if self._session.sweep or not only:
            return
        for address in self._session.ledger.found_by("rest"):
            if address.status == 200 and url_key(address.url) not in walk.listed:
                self._session.frontier.found(address.url, found_by="rest", wanted=True)

    @property
    def _name(self) -> str:
        return f"posts: {self._index}"


def _number(before: str | None, added: int) -> int | None:
    return None if before is None else int(before) + added
