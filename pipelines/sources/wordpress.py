"""WordPress's REST answers: the index of a site, and pages of its posts
(https://developer.wordpress.org/rest-api/reference/posts/)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipelines.extract import zones
from pipelines.sources.entry import MAX_ENTRIES, SourceEntry, moment
from pipelines.sources.tree import Content, content_of, headline
from pipelines.text import clean
from pipelines.urls import absolute

MAX_BYTES = 50 * 1024 * 1024
"""Longest answer that is read."""
MAX_VALUES = 1_000_000
"""Most commas and opening brackets of an answer: each can be a value, of 30 times its length in memory."""
PER_PAGE = 100
"""Posts that one answer is asked for: the most that WordPress gives."""
NEWEST = 20
"""The same of lists that are read from the newest on: most often one such page holds all that is new."""

MAX_PAGES = 1000
"""Most pages of posts that are asked, whatever the headers say."""

Order = Literal["id", "modified", "date"]

_POSTS = "/wp/v2/posts"
_ORDERS: Mapping[str, Order] = {"id": "id", "modified": "modified", "date": "date"}
_ASKED = frozenset(("_fields", "per_page", "orderby", "order", "page"))
_LIGHT = frozenset(("id", "link"))
_LONGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIndex:
    """What the index says of the site."""

    name: str | None = None
    zone: str | None = None
    """IANA name of the zone that the site prints its times in; ``None`` where it is not stated,
    or as an offset that no zone of that kind has."""
    lists_posts: bool = False
    """Whether posts can be asked for."""
    problem: str | None = None
    """``not_an_index``, ``malformed``, ``capped``: nothing was read; or ``None``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """One page of posts."""

    entries: tuple[SourceEntry, ...] = ()
    problem: str | None = None
    """``not_posts``, ``malformed``, ``capped``: nothing was read; or ``None``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsPage:
    """Which page of which list of posts an address asks for."""

    index: str
    """Address of the REST index."""
    order: Order
    """``id``: all posts, oldest first; ``modified`` and ``date``: newest first."""
    light: bool
    """Whether only number and address of each post are asked for."""
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the headers of a page of posts say of all of them."""

    posts: int | None = None
    pages: int | None = None


def read_index(body: bytes) -> SiteIndex:
    """Read the answer of ``/wp-json/``. Never raises."""
    value = _json(body)
    if isinstance(value, str):
        return SiteIndex(problem=value)
    if not isinstance(value, dict) or not isinstance(value.get("namespaces"), list):
        return SiteIndex(problem="not_an_index")
    return SiteIndex(
        name=headline(_string(value, "name")),
        zone=_zone(value),
        lists_posts="wp/v2" in value["namespaces"],
    )


def read_posts(body: bytes, url: str) -> Posts:
    """Read a page of posts. Never raises.

    Args:
        body: the answer with its content coding removed.
        url: the address it came from.
    """
    value = _json(body)
    if isinstance(value, str):
        return Posts(problem=value)
    if not isinstance(value, list) or not all(_is_post(item) for item in value):
        return Posts(problem="not_posts")
    entries = (_entry(item, url) for item in value[:MAX_ENTRIES])
    return Posts(entries=tuple(e for e in entries if e is not None))


def totals(headers: Mapping[str, str] | Sequence[tuple[str, str]]) -> Totals:
    """``X-WP-Total`` and ``X-WP-TotalPages`` of an answer's headers."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    found = {name.lower(): value for name, value in pairs}
    return Totals(posts=_count(found.get("x-wp-total")), pages=_count(found.get("x-wp-totalpages")))


def posts_address(index: str, page: int = 1, *, order: Order = "id", light: bool = False) -> str:
    """The address of a page of posts, from that of the index, in either of its forms.

    Args:
        index: address of the REST index.
        page: from 1.
        order: ``id``: oldest first, so that a page stays as it is when a post is added, also while it
            is asked; ``modified`` and ``date``: newest first, so that what is new stands on the first page.
        light: ask for number and address of each post only.
    """
    wanted: dict[str, str | int] = {"_fields": "id,link"} if light else {}
    if order == "id":
        wanted |= {"per_page": PER_PAGE, "orderby": order, "order": "asc", "page": page}
    else:
        wanted |= {"per_page": NEWEST, "orderby": order, "order": "desc", "page": page}
    parts = urlsplit(index)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == "rest_route" for name, _ in query):
        query = [(n, _POSTS if n == "rest_route" else v) for n, v in query]
        return urlunsplit(parts._replace(query=_query([*query, *wanted.items()])))
    path = parts.path.rstrip("/") + _POSTS
    return urlunsplit(parts._replace(path=path, query=_query([*query, *wanted.items()])))


def posts_page(url: str) -> PostsPage | None:
    """What an address of :func:`posts_address` asks for; ``None`` for any other address."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = dict(pairs)
    order, page = _ORDERS.get(query.get("orderby", "")), _count(query.get("page"))
    if order is None or page is None:
        return None
    left = [("rest_route", "/") if pair == ("rest_route", _POSTS) else pair for pair in pairs]
    bare = parts._replace(query=_query([(name, value) for name, value in left if name not in _ASKED]))
    if left == pairs:
        if not parts.path.endswith(_POSTS):
            return None
        bare = bare._replace(path=parts.path.removesuffix(_POSTS) + "/")
    return PostsPage(index=urlunsplit(bare), order=order, light="_fields" in query, page=page)


def further_posts(url: str, count: int, total: Totals) -> tuple[str, ...]:
    """The addresses of all pages of posts after one that held so many, so that one that fails
    keeps nobody from the others. Where no header says how many pages there are, a full one has
    another behind it."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    page, full = _count(query.get("page")) or 1, _count(query.get("per_page")) or PER_PAGE
    last = page + (count >= full) if total.pages is None else min(total.pages, MAX_PAGES)
    queries = (_query([*(query | {"page": n}).items()]) for n in range(page + 1, last + 1))
    return tuple(urlunsplit(parts._replace(query=q)) for q in queries)


def is_newest_first(entries: Sequence[SourceEntry], order: Order) -> bool:
    """Whether a page of posts is ordered as it was asked for: some servers pass over the order."""
    stated = [moment(entry.modified if order == "modified" else entry.published) for entry in entries]
    known = [at.replace(tzinfo=None) - (at.utcoffset() or timedelta()) for at in stated if at]
    return known == sorted(known, reverse=True)


def _query(pairs: Sequence[tuple[str, str | int]]) -> str:
    return urlencode(pairs, safe="/,")


def _json(body: bytes) -> Any:
    """The value, or in one word why there is none."""
    if len(body) > MAX_BYTES or sum(map(body.count, (b",", b"[", b"{"))) > MAX_VALUES:
        return "capped"
    try:
        value = json.loads(body.lstrip(b"\xef\xbb\xbf \t\r\n").decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return "malformed"
    return None if isinstance(value, str) else value


def _is_post(item: Any) -> bool:
    """Whether an item is a post, or what a list of :func:`posts_address` that is ``light`` gives of one."""
    linked = isinstance(item, dict) and isinstance(item.get("link"), str)
    return linked and (isinstance(item.get("title"), dict) or item.keys() == _LIGHT)


def _entry(item: Mapping[str, Any], url: str) -> SourceEntry | None:
    address = absolute(url, item["link"])
    if address is None:
        return None
    content = _content(item, address)
    return SourceEntry(
        url=address,
        title=headline(_rendered(item, "title")),
        published=_date(item, "date"),
        modified=_date(item, "modified"),
        news=item.get("type", "post") == "post" and item.get("status", "publish") == "publish",
        text=content.text,
        images=content.images,
    )


def _content(item: Mapping[str, Any], address: str) -> Content:
    """What the post's text says; nothing of one that asks for a password."""
    return content_of(None if _protected(item) else _rendered(item, "content"), address)


def _date(item: Mapping[str, Any], name: str) -> str | None:
    """Local time and GMT as one moment with its offset: ``2021-10-13T17:46:00+07:00``. Imported
    posts can lack either, or have them days apart; then the local one alone, without offset."""
    local, gmt = moment(_string(item, name)), moment(_string(item, f"{name}_gmt"))
    if local is None or local.tzinfo is not None:
        return f"{gmt.isoformat()}Z" if gmt and gmt.tzinfo is None else _string(item, name)
    if gmt is None or gmt.tzinfo is not None or abs(local - gmt) > _LONGEST_OFFSET:
        return local.isoformat()
    minutes = round((local - gmt).total_seconds() / 60)
    return f"{local.isoformat()}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _zone(value: Mapping[str, Any]) -> str | None:
    named = _string(value, "timezone_string")
    if named and zones.zone(named):
        return named
    try:
        hours = float(value.get("gmt_offset"))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    if not hours.is_integer() or not -12 <= hours <= 14:
        return None
    # The names of these zones count westwards (tz database, file "etcetera").
    return f"Etc/GMT{-int(hours):+d}" if hours else "Etc/UTC"


def _protected(item: Mapping[str, Any]) -> bool:
    content = item.get("content")
    return isinstance(content, dict) and content.get("protected") is True


def _rendered(item: Mapping[str, Any], name: str) -> str | None:
    value = item.get(name)
    text = value.get("rendered") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def _string(value: Mapping[str, Any], name: str) -> str | None:
    text = value.get(name)
    return clean(text) if isinstance(text, str) else None


def _count(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
