"""What an ordinary run asks of the portal's sources and listings, and where it has read enough.

Sources are asked in every run: REST for its newest posts (:mod:`crawler.discovery.newest`), feeds and
sitemaps as they are, those that a sitemap index names only where it does not say that they are as they
were. Feeds and listings are read on for as long as a page of them brings anything that was not known
before the run: the page that brings nothing is the overlap, by which nothing is lost that moved
meanwhile.

Listings are asked where neither REST nor a sitemap tells of news, or none any more. There can be
thousands of them, of tags most often, so each run has room for a few: half of it is for those on which
most was found last, the other half goes round among the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from crawler.discovery.asking import Asking
from crawler.discovery.claims import Claims
from crawler.discovery.newest import Posts
from crawler.discovery.renewal import Renewal
from crawler.discovery.shape import is_paging, listing_page
from crawler.discovery.stalled import WHOLE, is_behind, is_emptied
from crawler.order import Ask, Kind
from pipelines.ledger.addresses import Address
from pipelines.sources.answer import SourceAnswer
from pipelines.sources.wordpress import posts_page

LEAST = 6
"""Listings for which every run has room, in each of the two halves."""
SHARE = 400
"""Of so many known pages, one more."""


class Recent:
    """The sources and listings of one run.

    Args:
        session: the crawl.
    """

    def __init__(self, session: Asking) -> None:
        self._session = session
        self._posts: dict[str, Posts] = {}
        self._listings = False
        self.claims = Claims(session)
        self.renewal = Renewal(session)

    def begin(self) -> None:
        """Ask the portal's sources, in an ordinary run for what is new. A run that goes on at once from
        another has those questions already that are still to be asked."""
        portal, sweep = self._session.portal, self._session.sweep
        if self._session.resume:
            return
        for source in portal.sources:
            if source.kind == "rest" and not sweep:
                self.posts(source.url).begin()
                continue
            kind: Kind = "page" if source.kind == "listing" else "source"
            self._session.frontier.found(source.url, found_by=source.kind, kind=kind, wanted=True)
        self.renewal.begin()
        if all(source.kind not in WHOLE for source in portal.sources) or is_behind(self._session):
            self.listings()

    def posts(self, index: str) -> Posts:
        """The posts of one REST."""
        return self._posts.setdefault(index, Posts(self._session, index))

    def meet(self, ask: Ask, answer: SourceAnswer) -> None:
        """A source's entries are about to be found."""
        page = posts_page(ask.url)
        if page is not None and answer.kind == "rest":
            self.posts(page.index).meet(answer.entries)
        self.renewal.take(ask, answer)
        if is_emptied(self._session, ask, answer):
            self.listings()

    def missed(self, ask: Ask, status: int | None) -> None:
        """A source gave nothing. Where it would have told of everything, listings are asked instead."""
        self.renewal.missed(ask)
        page = posts_page(ask.url)
        if page is not None:
            self.posts(page.index).missing(ask, page, status)
        own = any(source.kind in WHOLE and source.url == ask.url for source in self._session.portal.sources)
        silent = status not in (304, 400)  # a refused order is asked for otherwise
        if silent and (own or (page and page.page == 1)):
            self.listings()

    def listings(self) -> None:
        """Ask for the first pages of some listings; a sweep asks all of them anyway."""
        if self._listings or self._session.sweep:
            return
        self._listings = True
        for address in chosen(self._session.ledger.addresses()):
            found_by = address.found_by[0] if address.found_by else "listing"
            self._session.frontier.found(
                address.url, found_by=found_by, found_on=address.found_on, wanted=True
            )

    def turn(self, ask: Ask, links: Sequence[str], found_by: str) -> None:
        """A page was read and its links were found: where it is a listing that brings something which no
        source that lists everything told of, ask for its next page."""
        if self._session.sweep:
            return
        frontier = self._session.frontier
        name, number = listing_page(ask.url)
        further = {
            n: link
            for link in links
            if is_paging(link)
            for of, n in [listing_page(link)]
            if of == name and n > number
        }
        if further and any(self._is_news(link) for link in links):
            frontier.found(
                further[min(further)], found_by=found_by, found_on=ask.url, depth=ask.depth, wanted=True
            )

    def _is_news(self, link: str) -> bool:
        frontier = self._session.frontier
        return (
            frontier.is_fresh(link)
            and not is_paging(link)
            and not any(frontier.has_found(link, kind) for kind in WHOLE)
        )

    def close(self) -> None:
        """The run is over."""
        self.claims.close()
        self.renewal.close()


def chosen(known: Iterable[Address]) -> list[Address]:
    """The first pages of the listings that an ordinary run asks, those that bring most first.

    Args:
        known: all addresses.
    """
    pages = [address for address in known if address.kind == "page"]
    paged = {listing_page(a.url)[0] for a in pages if is_paging(a.url)}
    brought: Counter[str] = Counter()
    last: dict[str, str] = {}
    for address in pages:
        if address.found_on and address.found_by[:1] == ("listing",):
            name = listing_page(address.found_on)[0]
            brought[name] += 1
            last[name] = max(last.get(name, ""), address.first_seen.date().isoformat())
    first = {listing_page(a.url)[0]: a for a in pages if not is_paging(a.url) and a.status == 200}
    names = [name for name, a in first.items() if a.is_listing or name in paged or name in brought]
    names.sort(key=lambda name: (last.get(name, ""), brought[name], name), reverse=True)
    room = max(LEAST, len(pages) // SHARE)
    others = sorted(
        names[room:], key=lambda name: (first[name].asked_at is not None, first[name].asked_at, name)
    )
    return [first[name] for name in (*names[:room], *others[:room])]
