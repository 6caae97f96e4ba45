"""Sitemaps: the bytes of one answer as entries (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from pipelines.sources.entry import MAX_ENTRIES, SourceEntry
from pipelines.sources.tree import headline, name_of, parse_xml, text_of
from pipelines.urls import absolute

_NEWS_ADDRESS = re.compile(r"/wp-sitemap-posts-post-\d+\.xml$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What one sitemap says."""

    kind: Literal["index", "urlset"] = "urlset"
    """``index``: its entries are sitemaps; ``urlset``: they are pages."""
    entries: tuple[SourceEntry, ...] = ()
    news: bool = False
    """Whether its address says that all its entries are news."""
    problem: str | None = None
    """``undecodable``, ``not_a_sitemap``, ``doctype`` (nothing was read), ``malformed``,
    ``truncated``, ``capped`` (what was readable was read); or ``None``."""


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Read a sitemap or a sitemap index. Never raises.

    Args:
        body: the answer with its content coding removed; a ``.gz`` file is taken as it is.
        url: the address it came from; relative addresses are resolved against it.
    """
    tree = parse_xml(body)
    if tree.root is None:
        known = tree.problem in ("undecodable", "doctype")
        return Sitemap(problem=tree.problem if known else "not_a_sitemap")
    name = name_of(tree.root)
    if name not in ("sitemapindex", "urlset"):
        return Sitemap(problem="not_a_sitemap")
    entries, problem = tuple(islice(_entries(tree.root, url), MAX_ENTRIES + 1)), tree.problem
    if len(entries) > MAX_ENTRIES:
        entries, problem = entries[:MAX_ENTRIES], problem or "capped"
    return Sitemap(
        kind="index" if name == "sitemapindex" else "urlset",
        entries=entries,
        news=bool(_NEWS_ADDRESS.search(urlsplit(url).path)),
        problem=problem,
    )


def _entries(root: etree._Element, url: str) -> Iterator[SourceEntry]:
    for element in root:
        fields = {name_of(child): child for child in element}
        loc = text_of(fields.get("loc"))
        address = absolute(url, loc) if loc else None
        if address is None:
            continue
        news = fields.get("news")
        inside = {} if news is None else {name_of(child): child for child in news}
        yield SourceEntry(
            url=address,
            title=headline(text_of(inside.get("title"))),
            published=text_of(inside.get("publication_date")),
            modified=text_of(fields.get("lastmod")),
            news=news is not None,
        )
