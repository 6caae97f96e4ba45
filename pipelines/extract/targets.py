"""Where a link leads, by its address: a document, a writer's page, a network on which the page is shared."""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block, Element
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import WRITERS_PAGE

_AUTHOR_PAGE = re.compile(
    r"/(?:author|authorid|authors|tac-gia|autor|autore|auteur)s?[/\-]|[?&]author=", re.I
)
_SHARE = re.compile(
    r"/sharer|//[^/]+/(?:share|intent|send|submit)(?:[?/.]|$)|sharearticle|/pin/create|//wa\.me/\?|^mailto:\?",
    re.I,
)
"""Addresses by which networks document that a page is shared: Facebook, X, Zalo, LinkedIn, Telegram,
Pinterest, WhatsApp, Reddit; and a letter without an addressee (RFC 6068)."""
_NAME_OF_ROW = 32
"""Characters of the longest text beside the links of such a row: what it is called by."""
_SHARING = ("share", "intent", "send", "submit", "/pin/", "wa.me", "mailto:")
"""What such addresses hold, one of these at least: most addresses do not."""
_FORMATS = frozenset(
    (
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "csv", "zip", "rar", "7z",
        "hwp", "hwpx", "dwg",
    )
)  # fmt: skip
FORMATS = f"(?:{'|'.join(sorted(_FORMATS))})"
"""Ends of the names of documents, as a pattern."""
_GIVEN = re.compile(rf"[=/%\w]\.{FORMATS}(?:&|$)", re.I)
"""A file's name as a value in an address."""


def is_file(url: str) -> bool:
    """Whether an address leads to a document and not to a page, by the end of its path or a file's name
    among its values."""
    path, _, query = url.strip().partition("#")[0].partition("?")
    _, point, last = path.rpartition(".")
    return (bool(point) and last.lower() in _FORMATS) or (bool(query) and _GIVEN.search(query) is not None)


def leads_to_author(anchor: Element) -> bool:
    """Whether a link leads to a writer's page (HTML, 4.6.7.3), by its relation or its address."""
    if marked(anchor, WRITERS_PAGE):
        return True
    href = (anchor.get("href") or "").lower()
    return ("aut" in href or "tac-gia" in href) and _AUTHOR_PAGE.search(href) is not None


def shares(block: Block) -> bool:
    """Whether a line is a row of links that hand the page on: to a network's sharing, or to a letter
    without an address."""
    if not block.anchors:
        return False
    most = block.link_share > 0.5 or 0 < len(block.text) - block.linked <= _NAME_OF_ROW
    return most and all(map(_hands_on, block.anchors))


def _hands_on(anchor: Element) -> bool:
    href = anchor.get("href") or ""
    return any(map(href.lower().__contains__, _SHARING)) and _SHARE.search(href) is not None
