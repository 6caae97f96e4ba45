"""What a portal's home page and robots.txt say of it. Pure: nothing here asks.

Scope is the host of the home page after redirects; the language is that of the page;
the zone is the one that REST states, else the country's, where the country has only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from urllib.parse import urljoin

from pipelines import urls
from pipelines.archive import Portal
from pipelines.extract import zones
from pipelines.extract.page import Page
from pipelines.sources.wordpress import SiteIndex

SITEMAP_PATHS = ("/sitemap.xml", "/wp-sitemap.xml", "/sitemap_index.xml")
"""Where a sitemap is looked for when robots.txt names none."""
REST_PLACES = ("/wp-json/", "/?rest_route=/")
"""Where WordPress's REST index lies, with and without rewriting."""
FEED_PLACE = "/feed/"
USUAL_PLACES = frozenset((*SITEMAP_PATHS, *REST_PLACES, FEED_PLACE))
MAX_FEEDS = 5
"""Most feeds of one portal that are asked: some state one for every section."""
REST_REL = "https://api.w.org/"
"""Relation by which WordPress states its REST index."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_COMMENTS = re.compile(r"/comments/feed/?(atom/?)?$|[?&](feed|withcomments)=(comments|1)")
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]*))*)")
_LEADS = frozenset(("canonical", "next", "prev"))
_PLATFORM = re.compile(r"/wp-(?:content|includes|json)/")


def describe(portal: Portal, page: Page) -> Portal:
    """The portal with what its home page says; values that it has already stay.

    Args:
        portal: as it was given.
        page: the home page, at its address after redirects.
    """
    here = urls.host(page.url)
    scope = portal.scope if here in portal.scope else (here,)
    return portal.model_copy(
        update={
            "scope": scope,
            "language": portal.language or page.language,
            "zone": portal.zone or zones.of_country(page.url),
            "site_name": portal.site_name or page.site_name,
        }
    )


def with_site(given: Portal, found: Portal, site: SiteIndex | None) -> Portal:
    """The portal with what its REST index says of it, unless it was given.

    Args:
        given: the portal as it was before anything was found.
        found: as its home page describes it.
        site: the index, where there is one.
    """
    if site is None:
        return found
    return found.model_copy(
        update={
            "zone": given.zone or _zone(site.zone, found.zone),
            "site_name": given.site_name or site.name or found.site_name,
        }
    )


def _zone(stated: str | None, country: str | None) -> str | None:
    """A zone stated by name; the country's where a mere offset is stated that it has."""
    if stated is None or country is None or not stated.startswith("Etc/"):
        return stated or country
    places = zones.zone(stated), zones.zone(country)
    midday = (datetime(2026, month, 15, 12) for month in (1, 7))
    same = all(len({place.utcoffset(at) for place in places if place}) == 1 for at in midday)
    return country if same else stated


def rest_addresses(page: Page, header: str, scope: Sequence[str]) -> tuple[str, ...]:
    """Where to look for WordPress's REST index: where page or answer state it; on a WordPress
    site also at both usual places, since rewriting can be off, or the statement.

    Args:
        page: the home page.
        header: its ``Link`` header (RFC 8288), empty where it has none.
        scope: hosts of the portal.
    """
    linked = [href for rel, _, href in _head_links(page) if REST_REL in rel.split()]
    told = [href for href, parameters in _LINK.findall(header) if REST_REL in parameters]
    usual = REST_PLACES if is_wordpress(page) or linked or told else ()
    return _in_scope([*linked, *told, *usual], page, scope)


def feed_addresses(page: Page, scope: Sequence[str]) -> tuple[str, ...]:
    """The feeds that a home page states, those of comments left out; of a WordPress site that
    states none, the usual one."""
    stated = [
        href
        for rel, kind, href in _head_links(page)
        if "alternate" in rel.split() and kind in _FEED_TYPES and not _COMMENTS.search(href)
    ]
    found = _in_scope(stated, page, scope)[:MAX_FEEDS]
    return found or (_in_scope([FEED_PLACE], page, scope) if is_wordpress(page) else ())


def is_wordpress(page: Page) -> bool:
    """Whether a page is one of WordPress's, by its generator or by where its files lie."""
    if (page.meta("generator") or "").lower().startswith("wordpress"):
        return True
    places = (e.get("src") or e.get("href") or "" for e in page.root.iter("script", "link", "img"))
    return any(_PLATFORM.search(place) for place in places)


def head_addresses(page: Page) -> tuple[str, ...]:
    """Pages that a page's head leads to: its canonical form, and its neighbours in a listing."""
    led = [href for rel, _, href in _head_links(page) if not _LEADS.isdisjoint(rel.split())]
    return tuple(dict.fromkeys(a for href in led if href and (a := urls.absolute(page.base, href))))


def _head_links(page: Page) -> Iterator[tuple[str, str, str]]:
    """Relation, media type and address of each ``link`` element."""
    for link in page.root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        yield (link.get("rel") or "").lower(), kind, (link.get("href") or "").strip()


def _in_scope(hrefs: Iterable[str], page: Page, scope: Sequence[str]) -> tuple[str, ...]:
    absolute = (urls.absolute(page.base, href) for href in hrefs if href)
    return tuple(dict.fromkeys(a for a in absolute if a and urls.in_scope(a, scope)))


def sitemap_addresses(stated: Sequence[str], home: str, scope: Sequence[str]) -> tuple[str, ...]:
    """Where to look for sitemaps: what robots.txt states, in scope; else the usual paths."""
    absolute = (urls.absolute(home, address) for address in stated)
    found = tuple(dict.fromkeys(a for a in absolute if a and urls.in_scope(a, scope)))
    return found or tuple(urljoin(home, path) for path in SITEMAP_PATHS)
