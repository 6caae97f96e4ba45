"""The page as a row of blocks: one block per printed line of its own.

Blocks stand in document order, so every element's blocks are one contiguous span; what
"inside", "before" and "right after" mean for the rules of reading is arithmetic on spans.
``walk.py`` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from pipelines.extract.marks import names
from pipelines.extract.marks.table import PICTURE
from pipelines.text import clean

Element = etree._Element

NODES = 24
"""Elements of a link, button or time of whose text is read: one around half a page is none, and each of
its lines would read them all."""
NAME = 1000
"""Characters of it that are read, for the same reason."""

PICTURES = frozenset(("img", *names(PICTURE)))
"""HTML's element for pictures, and those of platforms."""


@dataclass(slots=True, eq=False)
class Block:
    """One printed line, or one picture. What many rules ask for is worked out when it is made."""

    element: Element
    """The nearest element that makes a line of its own; for a picture its own (one of PICTURES)."""
    tag: str
    """The element's."""
    text: str = ""
    image: bool = False
    heading: bool = False
    linked: int = 0
    """Characters inside links."""
    link_share: float = 0.0
    """How much of the text is links, 0 to 1."""
    bold: int = 0
    italic: int = 0
    chrome: bool = False
    """Whether it stands in navigation, footer or sidebar, as HTML's landmarks say."""
    caption: bool = False
    """Whether it stands in a ``figcaption``, or a table's ``caption``."""
    anchors: tuple[Element, ...] = ()
    """The links that its text stands in, or that stand in its text."""
    times: tuple[Element, ...] = ()
    """The ``time`` elements in its text."""
    breaks: bool = False
    """Whether a line break, not an element, ended the block before it."""
    measured: int | None = None
    """Its prose, once :func:`pipelines.extract.region.prose` was asked for it."""
    said: bool | None = None
    """Whether it is boilerplate, once :func:`pipelines.extract.region.boilerplate` was asked."""

    @property
    def all_bold(self) -> bool:
        return self.bold >= 0.9 * len(self.text) > 0

    @property
    def all_italic(self) -> bool:
        return self.italic >= 0.9 * len(self.text) > 0


def text_in(element: Element) -> str:
    """The text in a link, a button, a time, as it stands there: in its first :data:`NODES` elements, and no
    more than :data:`NAME` characters: a link around a whole page is asked for it by each of its lines."""
    if next(iter(element), None) is None:
        return (element.text or "")[:NAME]
    walk = etree.iterwalk(element, events=("start", "end"))
    parts: list[str] = []
    size = 0
    for event, node in islice(walk, 2 * NODES):
        part = (node.text if event == "start" else node.tail if node is not element else None) or ""
        parts.append(part)
        size += len(part)
        if size >= NAME:
            break
    return "".join(parts)[:NAME]


Span = tuple[int, int]
"""First block, and the one after the last."""


@dataclass(slots=True, eq=False)
class Outline:
    """The blocks of a page, and which of them each element holds."""

    blocks: list[Block] = field(default_factory=list)
    spans: dict[Element, Span] = field(default_factory=dict)
    """For every element that is no inline one."""
    timed: bool = False
    """Whether any line holds a ``time`` element."""
    names: dict[Element, str] = field(default_factory=dict)
    """The names of links that :meth:`name` was asked for."""

    def at(self, element: Element) -> int | None:
        """The first block with text of an element; ``None`` where it has none."""
        first, end = self.spans.get(element, (0, 0))
        return next((n for n in range(first, end) if self.blocks[n].text), None)

    def name(self, link: Element) -> str:
        """The text of a link, cleaned. Remembered, since sections, related news, files and the original are
        all looked for among the same links."""
        found = self.names.get(link)
        if found is None:
            found = self.names[link] = clean(text_in(link)) or ""
        return found

    def inside(self, element: Element) -> list[Block]:
        first, end = self.spans.get(element, (0, 0))
        return self.blocks[first:end]
