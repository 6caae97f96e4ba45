"""Listings in pages, which shift while they are read.

Their pages are read from the newest on, so that what is published meanwhile only moves entries to
pages that are still to be read. What the city takes back meanwhile moves them the other way, to
a page that was read already, and they would be lost. Nobody can see that on the pages in between,
but at the two ends it shows for two more requests: the last page is asked early and again in its
turn, the first page again at the end. Entries of the last page must have moved by as many places
as there is new above those of the first one; where they moved by fewer, all pages of the listing
are read once more. Beside a sitemap or REST, which list everything, none of this is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.discovery.shape import further_pages, is_paging, listing_page
from crawler.order import Ask
from crawler.session import Session
from pipelines.urls import without_fragment

Links = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Listing:
    """One listing while it is read."""

    first: Ask
    start: Links
    """The links of its first page when that was read first."""
    end: Links = ()
    """The links of its last page when that was asked early."""
    last: int = 0
    """Number of that page; 0 where none was named in time."""
    tail: dict[int, Links] = field(default_factory=dict)
    """The links of that page and those behind it as they were read in their turn."""
    pages: dict[int, Ask] = field(default_factory=dict)
    """Its further pages that were read, by number."""
    ended: bool = False
    repeated: bool = False


class Listings:
    """Watches the listings of one crawl for entries that moved to a page already read."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._listings: dict[str, _Listing] = {}

    def take(self, ask: Ask, links: Links, found_by: str) -> None:
        """A page was read; its links are about to be followed.

        Args:
            ask: as it was asked.
            links: all that it links, in the order of the page.
            found_by: how what it links is found.
        """
        if self._is_listed() or not self._session.sweep:
            return
        links = tuple(dict.fromkeys(map(without_fragment, links)))
        name, number = listing_page(ask.url)
        further = further_pages(ask.url, links)
        listing = self._listings.get(name)
        if listing is None:
            if number == 1 and further:
                listing = self._listings[name] = _Listing(first=ask, start=links)
                self._ask_early(listing, further, found_by)
        elif number > 1:
            self._read(listing, number, ask, links)
            if not further:
                self._end(listing)
        elif ask.url == listing.first.url:
            self._judge(listing, links)

    def missing(self, ask: Ask) -> None:
        """A page was not there; if a listing named it, it ends before it by now."""
        name, number = listing_page(ask.url)
        if number > 1 and name in self._listings:
            self._end(self._listings[name])

    def _is_listed(self) -> bool:
        """Whether a source lists everything. A run that goes on at once does not ask them again."""
        if self._session.resume:
            return any(source.kind in ("sitemap", "rest") for source in self._session.portal.sources)
        return any(self._session.sources.has_answered(kind) for kind in ("sitemap", "rest"))

    def _ask_early(self, listing: _Listing, further: dict[int, str], found_by: str) -> None:
        """Ask the last page of a listing early, unless it is the next one."""
        last, first = max(further), listing.first
        if last > 2 and self._session.frontier.found(
            further[last], found_by=found_by, found_on=first.url, depth=first.depth, early=True
        ):
            listing.last = last

    def _read(self, listing: _Listing, number: int, ask: Ask, links: Links) -> None:
        early = number == listing.last and number not in listing.pages
        listing.pages[number] = ask
        if early:
            listing.end = links
            self._session.frontier.again(ask)
        elif listing.last and number >= listing.last:
            listing.tail[number] = links

    def _end(self, listing: _Listing) -> None:
        """A page that no other follows was read: ask the first one again, at the end."""
        if not listing.ended and list(listing.pages) != [listing.last]:
            listing.ended = True
            self._session.frontier.again(listing.first, last=True)

    def _judge(self, listing: _Listing, links: Links) -> None:
        tail = [link for number in sorted(listing.tail) for link in listing.tail[number]]
        if listing.repeated or not _pulled(listing.start, links, listing.end, tail):
            return
        listing.repeated = True
        self._session.event("listing_shifted", url=listing.first.url, pages=len(listing.pages) + 1)
        for number in sorted(listing.pages):
            self._session.frontier.again(listing.pages[number])


def _pulled(start: Links, start_now: Links, end: Links, end_now: Sequence[str]) -> bool:
    """Whether entries moved to earlier pages: those of the last page are not as far down as what
    is new above those of the first one has pushed them.

    Args:
        start: the links of the first page, and as they are now.
        end: those of the last page, and of all from it on as they are now.
    """
    around = {*start} & {*end}  # menus, and whatever else stands beside the entries
    above = {*start, *start_now} | around
    down = _moved(_entries(end, around), _entries(end_now, above))
    if down is None:
        return bool(_entries(end, around))
    first = _entries(start_now, around)
    pushed = _moved(_entries(start, around), first)
    return down < (len(first) if pushed is None else max(0, pushed))


def _entries(links: Sequence[str], around: set[str]) -> list[str]:
    return [link for link in links if link not in around and not is_paging(link)]


def _moved(was: Sequence[str], now: Sequence[str]) -> int | None:
    """By how many places the first link that is still there moved down. Links that change with
    every answer, as those of a widget, are none of those and keep their places."""
    places = {link: place for place, link in reversed(list(enumerate(now)))}
    return next((places[link] - place for place, link in enumerate(was) if link in places), None)
