"""Sitemaps: the bytes of one answer as entries (https://www.sitemaps.org/protocol.html).

Nothing in a sitemap is trusted: no DTD is loaded and no entity expanded, a gzip
bomb ends at the protocol's own size limit, and broken XML gives what stands before
and around the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from pipelines.decode import decode_content
from pipelines.text import clean
from pipelines.urls import absolute

MAX_BYTES = 50 * 1024 * 1024
"""Longest sitemap, uncompressed: the protocol's limit."""
MAX_ENTRIES = 50_000
"""Most entries of one sitemap: the protocol's limit."""

_NEWS_ADDRESS = re.compile(r"/wp-sitemap-posts-post-\d+\.xml$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One address that a source lists."""

    url: str
    """Absolute address."""
    title: str | None = None
    published: str | None = None
    """Date of publication, as printed."""
    modified: str | None = None
    """Date of the last change, as printed."""
    news: bool = False
    """Whether the source calls it news (a ``news:news`` element)."""


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
    data, problem = _plain(body)
    root, broken = _root(data)
    if problem == "undecodable" or root is None:
        return Sitemap(problem=problem or "not_a_sitemap")
    if root.getroottree().docinfo.internalDTD is not None:
        return Sitemap(problem="doctype")
    name = _name(root)
    if name not in ("sitemapindex", "urlset"):
        return Sitemap(problem=problem or "not_a_sitemap")
    entries = tuple(_entries(root, url))
    if len(entries) > MAX_ENTRIES:
        entries, problem = entries[:MAX_ENTRIES], problem or "capped"
    return Sitemap(
        kind="index" if name == "sitemapindex" else "urlset",
        entries=entries,
        news=bool(_NEWS_ADDRESS.search(urlsplit(url).path)),
        problem=problem or ("malformed" if broken else None),
    )


def _plain(body: bytes) -> tuple[bytes, str | None]:
    if body.startswith(b"\x1f\x8b"):
        content = decode_content(body, "gzip", limit=MAX_BYTES)
        return content.body, "capped" if content.problem == "bounded" else content.problem
    return (body[:MAX_BYTES], "capped") if len(body) > MAX_BYTES else (body, None)


def _root(data: bytes) -> tuple[etree._Element | None, bool]:
    """The root element, if there is any, and whether the XML was broken."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    return root, len(parser.error_log) > 0


def _entries(root: etree._Element, url: str) -> Iterator[SourceEntry]:
    for element in root:
        fields = {_name(child): child for child in element}
        loc = _text(fields.get("loc"))
        address = absolute(url, loc) if loc else None
        if address is None:
            continue
        news = fields.get("news")
        inside = {} if news is None else {_name(child): child for child in news}
        yield SourceEntry(
            url=address,
            title=_text(inside.get("title")),
            published=_text(inside.get("publication_date")),
            modified=_text(fields.get("lastmod")),
            news=news is not None,
        )


def _name(element: etree._Element) -> str:
    """Local name: real sitemaps get their namespaces wrong. Entities have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element | None) -> str | None:
    return None if element is None else clean(element.text)
