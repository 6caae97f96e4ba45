"""Links that lead to the page itself, or up to what it lies in: no headline of other news is behind them."""

from __future__ import annotations

from urllib.parse import urlsplit

from pipelines.extract.blocks import Block, Outline, text_in
from pipelines.extract.line_labels import key as key_of
from pipelines.urls import absolute, url_key

_LINE = 320
"""Characters of the longest line whose links are looked at."""
_NAME = 60
"""Characters of the longest name of one."""
_TARGETS = 20
_VARIANTS = ("", "amp", "print")
"""Ends of the addresses of one page's variants."""


def section_links(outline: Outline) -> dict[str, list[str]]:
    """Where the links of a page lead whose texts could be names of sections."""
    found: dict[str, list[str]] = {}
    for block in outline.blocks:
        for anchor in block.anchors if len(block.text) <= _LINE else ():
            name = " ".join(text_in(anchor).split())
            if len(name) <= _NAME:
                found.setdefault(key_of(name), []).append(anchor.get("href") or "")
    return found


def is_section(links: dict[str, list[str]], key: str, url: str) -> bool:
    """Whether a menu or the path above the page has a line as the name of another page that this one
    lies in: a section's."""
    here = url_key(url)
    for href in links.get(key, ())[:_TARGETS]:
        target = absolute(url, href)
        if target and url_key(target) != here and here.startswith(url_key(target)):
            return True
    return False


def leads_up(block: Block, url: str) -> bool:
    """Whether a line is a link to a folder that the page's address lies in."""
    path = path_of(url)
    target = path_of((block.anchors[0].get("href") or "").strip()).rstrip("/") if block.anchors else ""
    rest = path[len(target) :].strip("/")
    return len(target) > 1 and path.startswith(target + "/") and rest not in _VARIANTS


def leads_here(block: Block, url: str) -> bool:
    """Whether a line is a link to the page itself, or to its front."""
    path = path_of(url).rstrip("/")
    for anchor in block.anchors:
        own = path_of((anchor.get("href") or "").strip()).removesuffix("index.html").rstrip("/")
        if not own or own == path or path.endswith("/" + own.lstrip("./")):
            return True
    return False


def path_of(url: str) -> str:
    """The path of an address or reference; of what is none, one that no page has."""
    try:
        return urlsplit(url).path
    except ValueError:
        return "\n"
