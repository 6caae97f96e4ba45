"""Writers that the page marks as such, or states and prints, in lines that do not say it in words."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.byline import LONGEST
from pipelines.extract.draft import HEAD, Role
from pipelines.extract.frame import Frame
from pipelines.extract.marks import asking, marked, wholly_marked
from pipelines.extract.marks.table import ITEM_NAME, ITEM_WRITER, WRITER, WRITERS_PAGE
from pipelines.extract.names import is_name
from pipelines.extract.region import prose
from pipelines.extract.targets import leads_to_author
from pipelines.text import clean, fold

_is_marked, _is_item, _is_name = asking(WRITER), asking(ITEM_WRITER), asking(ITEM_NAME)
_AFTER = 12
"""Blocks below the text in which a page presents its writer."""
_INSIDE = ("span", "a", "address", "div", "p")


def marked_writers(frame: Frame) -> Iterator[tuple[str, int]]:
    """Full names beside the headline that hAtom or schema.org mark, that are linked to their writer's page
    or that the metadata states, whatever stands before them; else the only name below the text that HTML's
    ``rel=author`` links to its page. Single words are mostly accounts there. With each its block."""
    if frame.title is None or frame.title.at is None:
        return
    stated = tuple(name for name in dict.fromkeys(frame.stated.authors) if _full(name))
    for n in _beside(frame, frame.title.at):
        block = frame.blocks[n]
        if not block.chrome and not block.image and len(block.text) <= LONGEST and not prose(block):
            name = next(_marked(block), None) or next((s for s in stated if _prints(block, s)), None)
            if name:
                yield name, n
                return
    yield from _below(frame)


def _beside(frame: Frame, at: int) -> Iterator[int]:
    """The lines below the headline, also those below its standfirst, up to the second paragraph; then the
    dates above it."""
    passed = 0
    for n in range(at + 1, min(len(frame.blocks), at + 2 * HEAD)):
        passed += prose(frame.blocks[n]) > 0 and frame.roles.get(n) is Role.TEXT
        if passed > 1:
            break
        yield n
    yield from (n for n in range(max(0, at - HEAD), at) if frame.roles.get(n) is Role.DATE)


def _marked(block: Block) -> Iterator[str]:
    for element in block.element.iter(*_INSIDE):
        if _is_writer(element):
            name = clean(text_in(_named(element))) or ""
            if _full(name) and name in block.text:
                yield name


def _named(element: Element) -> Element:
    """The element that holds a writer's name: of an item of schema.org the one that says so."""
    return next((e for e in element.iter(*_INSIDE) if e is not element and _is_name(e)), element)


def _is_writer(element: Element) -> bool:
    if _is_marked(element) and wholly_marked(element, WRITER):
        return True
    return _is_item(element) or (element.tag == "a" and leads_to_author(element))


def _full(name: str) -> bool:
    return len(name.split()) > 1 and is_name(name, strict=True)


def _prints(block: Block, name: str) -> bool:
    """Whether an element of a line is a stated name and nothing else, or the line begins with it."""
    if fold(name) not in fold(block.text):
        return False
    parts = (clean(text_in(e)) or "" for e in block.element.iter(*_INSIDE))
    return any(fold(part) == fold(name) for part in parts)


def _below(frame: Frame) -> Iterator[tuple[str, int]]:
    texts = frame.of(Role.TEXT, Role.LEAD)
    last = next((n for n in reversed(texts) if prose(frame.blocks[n])), None)
    if last is None:
        return
    found: dict[str, int] = {}
    for n in range(last + 1, min(len(frame.blocks), last + 1 + _AFTER)):
        links = (a for a in frame.blocks[n].anchors if marked(a, WRITERS_PAGE))
        for name in (clean(text_in(a)) or "" for a in links):
            found.setdefault(name, n)
    if len(found) == 1 and _full(name := next(iter(found))):
        yield name, found[name]
