"""Layouts: what is known of one way in which pages are marked up.

A layout only says where headline and text stand; every field is read by the same rules as on
any page, so a layout can make reading surer and faster and never changes what a field means.
Its marks are strict: a view in which a mark fits no element, or several, is not this page's,
and a page that no view fits is read without a layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cssselect import HTMLTranslator
from lxml import etree

from pipelines.extract.blocks import Element
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import MAIN
from pipelines.extract.page import Page

_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?\.([a-z][\w-]*)", re.A)
"""``tag.class`` or ``.class``."""
_PARTS = ("div", "main", "section", "article", "td", "body", "figure")
"""What holds a part of a page (HTML, 4.3 and 4.4); lines, links and list items hold none."""
_SPACE = re.compile(r"[ \t\r\n]+")
"""White space as XPath's ``normalize-space`` knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where one kind of page has its headline and its text, as CSS selectors. A class without a tag is
    looked for on the elements that hold parts of a page, such as ``div`` and ``section``."""

    title: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one city's, or one platform's, article pages are marked up."""

    views: tuple[View, ...]
    """The first that fits a page is used."""
    name: str = ""
    """``name@digest`` of the file that says so; filled in by ``pipelines.layouts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a view found the parts of a page."""

    layout: str
    title: Element
    content: Element
    main: Element
    """What is read: the page's main part where it holds both, else its body."""


def place(layout: Layout | None, page: Page) -> Place | None:
    """The parts of a page; ``None`` where there is no layout, or none of its views fits."""
    for view in layout.views if layout else ():
        title = _only(view.title, page.root)
        content = _only(view.content, page.root) if title is not None else None
        if title is None or content is None or title in content.iterancestors():
            continue
        main = next((e for e in _mains(title) if e in content.iterancestors()), page.root)
        return Place(layout=layout.name if layout else "", title=title, content=content, main=main)
    return None


def _only(selector: str, root: Element) -> Element | None:
    """The element that a selector fits, if it fits exactly one."""
    simple = _SIMPLE.fullmatch(selector)
    found = _marked(root, simple[1], simple[2]) if simple else _selector(selector)(root)
    only = found[0] if isinstance(found, list) and len(found) == 1 else None
    return only if isinstance(only, etree._Element) else None


def _marked(root: Element, tag: str | None, name: str) -> list[Element]:
    """The elements of a tag and a class: what most selectors ask, and faster than the path they become.
    Without a tag, those that hold parts of pages."""
    elements = root.iter(*((tag,) if tag else _PARTS))
    return [e for e in elements if name in (said := e.get("class") or "") and name in _SPACE.split(said)]


@cache
def _selector(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def _mains(element: Element) -> Iterator[Element]:
    """HTML's main part around an element (HTML, 4.4.14; ARIA landmark ``main``)."""
    return (e for e in element.iterancestors() if e.tag == "main" or marked(e, MAIN))
