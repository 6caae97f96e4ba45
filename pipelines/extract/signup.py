"""Boxes that ask the reader for something, or play something, between the paragraphs or below them.

They are known by what they are made of, not by a class: a few short lines around a button or a
field, and a word such as *newsletter* or a field for an address of mail; a question and buttons
to answer it; the few words beside a video. What stands in one is neither text nor the end of it.
"""

from __future__ import annotations

import re
from itertools import chain, islice

from lxml import etree

from pipelines.extract.blocks import Block, Element, Outline, text_in
from pipelines.extract.marks import asking, names
from pipelines.extract.marks.table import COMMENTS, OWN_BOX
from pipelines.extract.one_of import one_of
from pipelines.extract.page import Page
from pipelines.extract.words import SIGN_UP
from pipelines.text import fold

_own = asking(OWN_BOX)
_COMMENTS = etree.XPath(f"id('{' '.join(names(COMMENTS))}')")
"""Libxml2 keeps a table of ids, so that this costs no walk over the page."""
_SIGN_UP = re.compile(one_of(SIGN_UP))
_CONTROLS = ("button", "input")
_NAMES = ("type", "name", "placeholder", "aria-label")
"""Attributes that tell what a field is for."""
_SHORT = 120
"""Characters of the longest question, and of the longest line beside a video."""
_ASKS, _STOPS = ("?", "？", ";"), (".", "!", "?", "…", "。")
_MOST = 400
"""Buttons and fields of a page that are looked at."""
_LINES = 4
"""Blocks of the largest box."""
_LONGEST = 400
"""Characters of the longest text of one."""


def set_apart(outline: Outline, page: Page) -> frozenset[int]:
    """Indices of the blocks that stand in such boxes; they are marked as the page's own.

    Args:
        outline: the page, or the part of it that is read.
        page: the same, since fields and buttons are no blocks.
    """
    found: set[int] = set()
    for element in page.listed["control"][:_MOST]:
        around = None if element.get("type") == "hidden" else _around(outline, element)
        if around is None:
            continue
        box = _box(outline, element, around)
        box = _question(outline, around) if box is None else box
        if box is not None:
            found.update(range(*outline.spans[box]))
    for element in page.listed["player"][:_MOST]:
        around = _around(outline, element)
        if around is not None and (box := _player(outline, around)) is not None:
            found.update(range(*outline.spans[box]))
    for element, (first, end) in outline.spans.items():
        if first < end and _own(element):
            found.update(range(first, end))
    for element in _comments(page.root):
        first, end = outline.spans.get(element, (0, 0))
        if not any(block.tag == "h1" for block in outline.blocks[first:end]):
            found.update(range(first, end))
    for n in found:
        outline.blocks[n].chrome = True
    return frozenset(found)


def _comments(root: Element) -> list[Element]:
    """The elements that platforms mark as what readers say of the text, by their id."""
    found = _COMMENTS(root)
    return [e for e in found if isinstance(e, etree._Element)] if isinstance(found, list) else []


def _around(outline: Outline, control: Element) -> Element | None:
    """The smallest element around a button, field or player that holds a block; ``None`` for one beside
    the part of the page that is read."""
    for element in control.iterancestors():
        first, end = outline.spans.get(element, (0, 0))
        if first < end:
            return element
    return None


def _box(outline: Outline, control: Element, around: Element) -> Element | None:
    """The largest element of a few short lines around a button or field, where it asks to sign up."""
    best = None
    for element in chain((around,), around.iterancestors()):
        first, end = outline.spans.get(element, (0, 0))
        if end - first > _LINES:
            break
        blocks = outline.blocks[first:end]
        if any(b.image for b in blocks) or sum(len(b.text) for b in blocks) > _LONGEST:
            break
        best = element if blocks else best
    if best is None:
        return None
    button = text_in(control) or control.get("value") or ""
    said = fold(" ".join((*(b.text for b in outline.inside(best)), button[:_LONGEST])))
    asked = control.tag == "input" and any("mail" in (control.get(name) or "").lower() for name in _NAMES)
    headed = any(b.tag == "h1" for b in outline.inside(best))
    return best if _SIGN_UP.search(said) or (asked and not headed) else None


def _question(outline: Outline, around: Element) -> Element | None:
    """The element of a single question with two or more buttons or fields to answer it: *Was this useful?*"""
    blocks = outline.inside(around)
    asks = len(blocks) == 1 and len(blocks[0].text) <= _SHORT and blocks[0].text.endswith(_ASKS)
    return around if asks and len(list(islice(around.iter(*_CONTROLS), 2))) == 2 else None


def _player(outline: Outline, around: Element) -> Element | None:
    """The element of a video, or the like, and of a few words beside it that are no sentence."""
    best = None
    for element in chain((around,), around.iterancestors()):
        first, end = outline.spans.get(element, (0, 0))
        blocks = outline.blocks[first : min(end, first + _LINES)]
        if len(blocks) >= _LINES or not all(map(_beside_player, blocks)):
            break
        best = element if blocks else best
    return best


def _beside_player(block: Block) -> bool:
    headline = block.tag in ("h1", "h2")
    return not (block.image or headline or len(block.text) > _SHORT or block.text.endswith(_STOPS))
