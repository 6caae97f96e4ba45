"""The XML of an answer as a tree, and HTML inside it as lines of text.

Nothing in it is trusted: no DTD is loaded and no entity expanded, a gzip bomb ends at a
limit, and broken XML gives what stands before and around the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from pipelines.decode import decode_content, decode_text
from pipelines.extract.images import is_icon
from pipelines.extract.images import source as picture_address
from pipelines.extract.page import Page
from pipelines.text import clean, unescaped

MAX_BYTES = 50 * 1024 * 1024
"""Longest answer, uncompressed: the limit of the sitemap protocol, kept for all sources."""
MAX_TAGS = 1_000_000
"""Most tags of an answer, and most attributes. A full sitemap of 50,000 pages with four facts each has
500,000 tags; each takes 100 to 200 bytes of memory."""

_UNREAD = frozenset(("script", "style", "template", "noscript", "iframe", "head"))
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_NOWHERE = "http://fragment.invalid/"
_OPENING = re.compile(rb"<")
_VALUE = re.compile(rb"""=\s*+["']""")
_TAG = re.compile(r"</?[a-zA-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A parsed answer."""

    root: etree._Element | None
    problem: str | None
    """``undecodable``, ``doctype`` (neither has a root), ``capped``, ``truncated``, ``malformed``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a piece of HTML inside an answer says."""

    text: str | None
    """One block per line; ``None`` where it has none."""
    images: tuple[str, ...]
    """Absolute addresses of its pictures in order, icons left out as in reading pages."""


def parse_xml(body: bytes) -> Tree:
    """Parse XML, of at most :data:`MAX_BYTES`. Never raises.

    Args:
        body: the answer with its content coding removed; a gzip file is taken as it is.
    """
    data, problem = _plain(body)
    if problem == "undecodable":
        return Tree(root=None, problem=problem)
    if data.count(b"<") > MAX_TAGS or data.count(b"=") > MAX_TAGS:
        data, problem = _with_fewer(data), "capped"
    root, broken = _root(data)
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        return Tree(root=None, problem="doctype")
    return Tree(root=root, problem=problem or ("malformed" if broken else None))


def name_of(element: etree._Element) -> str:
    """Local name: real files get their namespaces wrong. Entities have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text_of(element: etree._Element | None) -> str | None:
    """The text an element begins with, clean."""
    return None if element is None else clean(element.text)


def headline(text: str | None) -> str | None:
    """A title that may be HTML, with references (``&#8220;``) and tags (``<em>``), as plain text."""
    if not text:
        return None
    if _TAG.search(text):
        return clean((lines_of(text) or "").replace("\n", " "))
    return clean(unescaped(text))


def lines_of(fragment: str | None) -> str | None:
    """The text of a piece of HTML, one block per line; ``None`` where it has none."""
    return content_of(fragment, _NOWHERE).text


def content_of(fragment: str | None, base: str) -> Content:
    """What a piece of HTML says.

    Args:
        fragment: the HTML.
        base: address against which those of pictures are resolved.
    """
    if not fragment or not fragment.strip():
        return Content(text=None, images=())
    page = Page.parse(fragment.encode("utf-8", "replace"), base, "text/html; charset=utf-8")
    blocks = "".join(_pieces(page.root)).split("\n")
    pictures = (picture_address(img, page.base) for img in page.root.iter("img") if not is_icon(img))
    return Content(
        text="\n".join(line for line in map(clean, blocks) if line) or None,
        images=tuple(dict.fromkeys(p for p in pictures if p)),
    )


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text in order, with a line break at each border of a block."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        unread = element.tag in _UNREAD
        if element.tag not in _INLINE:
            yield "\n"
        if event == "start" and unread:
            walk.skip_subtree()
        elif event == "start":
            yield _one_line(element.text)
        else:
            yield _one_line(element.tail)


def _one_line(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""


def _plain(body: bytes) -> tuple[bytes, str | None]:
    if body.startswith(b"\x1f\x8b"):
        content = decode_content(body, "gzip", limit=MAX_BYTES)
        return content.body, "capped" if content.problem == "bounded" else content.problem
    return (body[:MAX_BYTES], "capped") if len(body) > MAX_BYTES else (body, None)


def _with_fewer(data: bytes) -> bytes:
    """The beginning of an answer, with as many tags and attributes as are read."""
    for pattern in (_OPENING, _VALUE):
        further = next(islice(pattern.finditer(data), MAX_TAGS, None), None)
        data = data[: further.start()] if further else data
    return data


def _root(data: bytes) -> tuple[etree._Element | None, bool]:
    """The root element, if there is any, and whether the XML was broken."""
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    text = decode_text(data, None)
    plain = text.encoding == "utf-8" and not text.uncertain
    data = data if plain else text.text.encode("utf-8", "replace")
    try:
        root = etree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    return root, len(parser.error_log) > 0
