"""What a run asks that does not ask everything: what is due, and what another run left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from crawler.discovery.shape import is_paging, listing_page
from pipelines.dispositions import GONE
from pipelines.ledger.addresses import Address


def is_due(address: Address, now: datetime) -> bool:
    """Whether an address has rested long enough. One that was not to be asked is judged again in every run,
    which costs no request: scope and robots.txt can change. One that was asked in the future, by a clock
    that was wrong, would rest for years."""
    if address.verdict == "excluded" or address.next_due is None or address.asked_at is None:
        return True
    return address.next_due <= now or address.asked_at > now


def is_news(known: Address | None, found_by: str, changed: datetime | None) -> bool:
    """Whether an address that was to rest is said to be other than it was: it changed since it was asked, or
    what was gone is listed where it never was.

    Args:
        known: the address as the ledger knows it.
        found_by: where it is listed or linked now.
        changed: when it changed last, as the source says.
    """
    if known is None or known.asked_at is None:
        return True
    listed = found_by != "related" and found_by not in known.found_by
    return (changed is not None and changed > known.asked_at) or (known.status in GONE and listed)


def left(known: Sequence[Address], unfinished: Iterable[Address], *, whole: bool = True) -> set[str]:
    """The addresses to ask: what was not asked or not walked, and of each listing of which a page
    is left all pages, or (without ``whole``) the first.

    What the city takes back while nobody reads moves entries onto pages that were read before the
    stop, and nobody sees it who reads only those behind it. Pages of news are left alone where a
    sitemap or REST lists news: nothing is lost there.

    Args:
        known: all addresses.
        unfinished: what the stopped run left.
        whole: whether the run reads listings to their end.
    """
    unfinished = tuple(unfinished)
    wanted, cut = {address.url for address in unfinished}, _cut(known, unfinished)
    if not cut:
        return wanted
    paged = ((a.url, *listing_page(a.url)) for a in known if a.kind in _kinds(known))
    return wanted | {url for url, name, number in paged if name in cut and (whole or number == 1)}


def answered(known: Sequence[Address], unfinished: Iterable[Address], now: datetime) -> set[str]:
    """Of what a stopped run left, that of which only the links are still to be taken, from the answer
    that the archive holds. Listings that are read again from their first page are not among it.

    Args:
        known: all addresses.
        unfinished: what the stopped run left.
    """
    unfinished = tuple(unfinished)
    cut = _cut(known, unfinished)
    return {
        a.url
        for a in unfinished
        if a.verdict != "pending" and not is_due(a, now) and listing_page(a.url)[0] not in cut
    }


def _cut(known: Sequence[Address], unfinished: Sequence[Address]) -> set[str]:
    """The listings of which a page is left."""
    kinds = _kinds(known)
    return {listing_page(a.url)[0] for a in unfinished if a.kind in kinds and is_paging(a.url)}


def _kinds(known: Sequence[Address]) -> tuple[str, ...]:
    """Kinds of address of which lists can shift unseen."""
    listed = any(not {"sitemap", "rest"}.isdisjoint(a.found_by) for a in known if a.kind == "page")
    return ("source",) if listed else ("source", "page")
