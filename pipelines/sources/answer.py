"""One answer as the source that it is, told by its bytes: the crawl and the commit ask here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipelines.sources.entry import SourceEntry
from pipelines.sources.feed import read_feed
from pipelines.sources.sitemap import read_sitemap
from pipelines.sources.wordpress import SiteIndex, read_index, read_posts

SourceKind = Literal["sitemap", "feed", "rest"]

_HEAD = 4096
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>/]")
_FEED = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>/]")
_GZIP = b"\x1f\x8b\x08"
_BEGINNINGS = (b"<?xml", b"<rss", b"<feed", b"<rdf:RDF", b"<urlset", b"<sitemapindex")
_UNREAD = ("undecodable", "not_a_sitemap", "not_a_feed", "not_an_index", "not_posts")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAnswer:
    """What one answer lists."""

    kind: SourceKind
    entries: tuple[SourceEntry, ...] = ()
    lists: Literal["pages", "sources"] = "pages"
    """What the entries are: pages, or (a sitemap index) further sources."""
    site: SiteIndex | None = None
    """With a REST index: what it says of the site."""
    next_page: str | None = None
    """Address of the next page, where the answer itself states one."""
    generator: str | None = None
    """With a feed: the program that wrote it."""
    problem: str | None = None
    """What kept entries from being read."""


def read_answer(body: bytes, url: str, content_type: str | None) -> SourceAnswer | None:
    """Read an answer as a source; ``None`` where it is none. Never raises.

    Args:
        body: the answer with its content coding removed.
        url: the address it came from.
        content_type: the header as sent.
    """
    head = body[:_HEAD]
    if not may_be_source(head, content_type):
        return None
    if _media_type(content_type).endswith("json"):
        return _rest(body, url)
    if body.startswith(_GZIP) or _SITEMAP.search(head):
        return _sitemap(body, url)
    return _feed(body, url) if _FEED.search(head) else None


def may_be_source(head: bytes, content_type: str | None) -> bool:
    """Whether it is worth to decode an answer whole to see if it is a source: one that is said to
    be HTML is where it begins like XML, as some servers say it of their feeds.

    Args:
        head: the beginning of the answer, its content coding removed.
        content_type: the header as sent.
    """
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGINNINGS)
    return begins or "html" not in _media_type(content_type)


def _media_type(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _sitemap(body: bytes, url: str) -> SourceAnswer | None:
    read = read_sitemap(body, url)
    if read.problem in _UNREAD:
        return None
    news = read.news and read.kind == "urlset"
    return SourceAnswer(
        kind="sitemap",
        entries=tuple(replace(e, news=True) for e in read.entries) if news else read.entries,
        lists="sources" if read.kind == "index" else "pages",
        problem=read.problem,
    )


def _feed(body: bytes, url: str) -> SourceAnswer | None:
    read = read_feed(body, url)
    if read.problem in _UNREAD:
        return None
    return SourceAnswer(
        kind="feed",
        entries=read.entries,
        next_page=read.next_page,
        generator=read.generator,
        problem=read.problem,
    )


def _rest(body: bytes, url: str) -> SourceAnswer | None:
    posts = read_posts(body, url)
    if posts.problem is None:
        return SourceAnswer(kind="rest", entries=posts.entries)
    site = read_index(body)
    return SourceAnswer(kind="rest", site=site) if site.problem is None else None
