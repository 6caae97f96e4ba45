"""Feeds: RSS 2.0 (https://www.rssboard.org/rss-specification), its relatives of one item per
``item`` element, and Atom (RFC 4287), the bytes of one answer as entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from pipelines.sources.entry import MAX_ENTRIES, SourceEntry
from pipelines.sources.tree import content_of, headline, name_of, parse_xml, text_of
from pipelines.text import clean
from pipelines.urls import absolute

_COMMENT = re.compile(r"#comment-?\d*$")
_MAIL = re.compile(r"\S+@\S+\s*\((.+)\)$|\S+@\S+$")
_NAME = 300
"""Characters of the longest name of a writer, mail address and all."""
_ATOM = "{http://www.w3.org/2005/Atom}link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one feed says."""

    title: str | None = None
    generator: str | None = None
    """The program that wrote it, as it calls itself."""
    next_page: str | None = None
    """Address of the next older page of the feed (RFC 5005, 3), where it states one."""
    entries: tuple[SourceEntry, ...] = ()
    problem: str | None = None
    """``undecodable``, ``not_a_feed``, ``doctype`` (nothing was read), ``malformed``,
    ``truncated``, ``capped`` (what was readable was read); or ``None``."""


def read_feed(body: bytes, url: str) -> Feed:
    """Read a feed. Never raises.

    Args:
        body: the answer with its content coding removed.
        url: the address it came from; relative addresses are resolved against it.
    """
    tree = parse_xml(body)
    if tree.root is None:
        known = tree.problem in ("undecodable", "doctype")
        return Feed(problem=tree.problem if known else "not_a_feed")
    if name_of(tree.root) not in ("rss", "feed", "RDF"):
        return Feed(problem="not_a_feed")
    channel = _child(tree.root, "channel")
    head = tree.root if channel is None else channel
    entries, problem = tuple(islice(_entries(tree.root, url), MAX_ENTRIES + 1)), tree.problem
    if len(entries) > MAX_ENTRIES:
        entries, problem = entries[:MAX_ENTRIES], problem or "capped"
    return Feed(
        title=headline(_raw(_child(head, "title"))),
        generator=text_of(_child(head, "generator")),
        next_page=_next_page(head, url),
        entries=entries,
        problem=problem,
    )


def _entries(root: etree._Element, url: str) -> Iterator[SourceEntry]:
    for element in root.iter("{*}item", "{*}entry"):
        entry = _atom(element, url) if name_of(element) == "entry" else _item(element, url)
        if entry is not None:
            yield entry


def _item(item: etree._Element, url: str) -> SourceEntry | None:
    """An item of RSS. ``guid`` is an address unless it says that it is none."""
    guid = _child(item, "guid")
    permanent = guid is not None and guid.get("isPermaLink", "true").strip().lower() != "false"
    stated = (text_of(_child(item, "origLink")), _link(item), text_of(guid) if permanent else None)
    address = _first_address(url, stated)
    if address is None:
        return None
    writers = (text_of(e) for e in item if name_of(e) in ("creator", "author"))
    content = content_of(_raw(_child(item, "encoded")), address)
    return SourceEntry(
        url=address,
        title=headline(_raw(_child(item, "title"))),
        published=text_of(_child(item, "pubDate")) or text_of(_child(item, "date")),
        modified=text_of(_child(item, "updated")) or text_of(_child(item, "modified")),
        news=not _COMMENT.search(address),
        text=content.text,
        images=content.images if content.text else tuple(_beside(item, address)),
        authors=tuple(dict.fromkeys(name for w in writers if w and (name := _name(w)))),
    )


def _atom(entry: etree._Element, url: str) -> SourceEntry | None:
    """An entry of Atom. Its page is the link ``alternate``, which is also that without ``rel``."""
    links = [e for e in entry if name_of(e) == "link" and e.get("rel", "alternate") == "alternate"]
    address = _first_address(url, [e.get("href") for e in links])
    if address is None:
        return None
    writers = (text_of(_child(e, "name")) for e in entry if name_of(e) == "author")
    content = content_of(_content(_child(entry, "content")), address)
    return SourceEntry(
        url=address,
        title=headline(_content(_child(entry, "title"))),
        published=text_of(_child(entry, "published")),
        modified=text_of(_child(entry, "updated")),
        news=not _COMMENT.search(address),
        text=content.text,
        images=content.images,
        authors=tuple(dict.fromkeys(w for w in writers if w)),
    )


def _beside(item: etree._Element, base: str) -> Iterator[str]:
    """The pictures that stand beside an item: its enclosures that say that they are pictures. Those of
    Media RSS are left out: platforms put the face of the writer's account there."""
    for element in item:
        if name_of(element) == "enclosure" and (element.get("type") or "").lower().startswith("image/"):
            address = absolute(base, element.get("url") or "")
            if address:
                yield address


def _content(element: etree._Element | None) -> str | None:
    """A text construct as HTML: escaped, as elements, or plain (RFC 4287, 3.1 and 4.1.3)."""
    if element is None:
        return None
    kind = element.get("type", "text").strip().lower()
    if "xhtml" in kind:
        return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    text = _raw(element)
    if text and kind in ("text", "text/plain"):
        return text.replace("&", "&amp;").replace("<", "&lt;")
    return text


def _next_page(head: etree._Element, url: str) -> str | None:
    links = (e for e in head if e.tag == _ATOM and e.get("rel") == "next")
    return _first_address(url, [e.get("href") for e in links])


def _link(item: etree._Element) -> str | None:
    """The item's ``link``; an ``atom:link`` beside it has no text."""
    texts = (text_of(e) for e in item if name_of(e) == "link")
    return next((t for t in texts if t), None)


def _first_address(base: str, stated: Iterable[str | None]) -> str | None:
    return next((a for s in stated if s and (a := absolute(base, s))), None)


def _name(writer: str) -> str | None:
    """A name; RSS means ``author`` to be a mail address with the name in brackets."""
    if len(writer) > _NAME:
        return None
    mail = _MAIL.match(writer)
    return clean(mail[1]) if mail else writer


def _raw(element: etree._Element | None) -> str | None:
    return None if element is None else "".join(element.itertext(with_tail=False))


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((e for e in element if name_of(e) == name), None)
