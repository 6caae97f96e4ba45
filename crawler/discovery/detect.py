"""What a portal's home page and robots.txt say of it. Pure: nothing here asks.

Scope is the host of the home page after redirects; the language is that of the page;
the zone is the country's, where the country has only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from urllib.parse import urljoin, urlsplit

from pipelines import urls
from pipelines.archive import Portal
from pipelines.extract.page import Page

SITEMAP_PATHS = ("/sitemap.xml", "/wp-sitemap.xml", "/sitemap_index.xml")
"""Where a sitemap is looked for when robots.txt names none."""
PAGE_BYTES = 60_000
"""Size of a page that estimates are made with."""

_COUNTRIES = {"uk": "GB"}
"""Domains that are not the country's code of ISO 3166."""


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
            "zone": portal.zone or zone_of(page.url),
            "site_name": portal.site_name or page.site_name,
        }
    )


def zone_of(url: str) -> str | None:
    """Time zone of the country whose domain an address is under, where it has one zone only."""
    name = (urlsplit(url).hostname or "").rstrip(".")
    suffix = name.rpartition(".")[2]
    zones = _zones().get(_COUNTRIES.get(suffix, suffix.upper()), ())
    return zones[0] if len(zones) == 1 else None


def sitemap_addresses(stated: Sequence[str], home: str, scope: Sequence[str]) -> tuple[str, ...]:
    """Where to look for sitemaps: what robots.txt states, in scope; else the usual paths."""
    absolute = (urls.absolute(home, address) for address in stated)
    found = tuple(dict.fromkeys(a for a in absolute if a and urls.in_scope(a, scope)))
    return found or tuple(urljoin(home, path) for path in SITEMAP_PATHS)


def estimate(pages: int, delay_ms: int) -> dict[str, int]:
    """Requests, minutes and megabytes of a crawl of so many pages."""
    return {
        "requests": pages,
        "minutes": round(pages * max(delay_ms, 50) / 60_000),
        "megabytes": round(pages * PAGE_BYTES / 1_000_000),
    }


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Zones of each country, from the ``tzdata`` package's zone.tab."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), zone)
    return found
