"""What a run asks that takes up what another left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.discovery.shape import is_paging, listing_page
from pipelines.addresses import Address


def left(known: Sequence[Address], unfinished: Iterable[Address]) -> set[str]:
    """The addresses to ask: what was not asked or not walked, and of each listing of which a page
    is left all pages.

    What the city takes back while nobody reads moves entries onto pages that were read before the
    stop, and nobody sees it who reads only those behind it. Pages of news are left alone where a
    sitemap or REST lists news: nothing is lost there.

    Args:
        known: all addresses.
        unfinished: what the stopped run left.
    """
    wanted = {address.url for address in unfinished}
    listed = any(not {"sitemap", "rest"}.isdisjoint(a.found_by) for a in known if a.kind == "page")
    kinds = ("source",) if listed else ("source", "page")
    cut = {listing_page(a.url)[0] for a in known if a.url in wanted and a.kind in kinds and is_paging(a.url)}
    if not cut:
        return wanted
    return wanted | {a.url for a in known if a.kind in kinds and listing_page(a.url)[0] in cut}
