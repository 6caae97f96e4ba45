"""The page as a row of blocks: one block per printed line of its own.

Blocks stand in document order, so every element's blocks are one contiguous span; what
"inside", "before" and "right after" mean for the rules of reading is arithmetic on spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipelines.text import clean

Element = etree._Element

SKIPPED = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "select", "option", "datalist",
        "textarea", "button", "input", "iframe", "object", "embed", "audio", "video", "canvas", "map",
        "progress", "meter", "head", "title", "dialog", "legend",
        "amp-ad", "amp-analytics", "amp-embed", "amp-iframe", "amp-social-share", "amp-video", "amp-audio",
    )
)  # fmt: skip
PICTURES = frozenset(("img", "amp-img", "amp-anim"))
"""HTML's element for pictures, and those of AMP (amp.dev, components)."""
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "rp", "rt", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p",
        "picture", "source",
    )
)  # fmt: skip
BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
ITALIC = frozenset(("i", "em", "cite"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EMPTY = PICTURES | {"br"}
"""What is no line and holds none. An AMP picture may hold another one for browsers without scripts."""
_CHROME = frozenset(("nav", "footer", "aside", "menu", "amp-sidebar"))
_CHROME_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search", "dialog", "menu", "alert"))
_ROW_LENGTH = 400
_LABEL = re.compile(r"\s*(?:[^\W\d]{2,14}(?: [^\W\d]{1,14}){0,2}\s*[:：]|©)")
"""How a labelled value begins."""
_NO_DATA = ("table", "img", "amp-img", "ul", "h1", "h2")
"""What no row of a data table holds."""


@dataclass(slots=True, eq=False)
class Block:
    """One printed line, or one picture."""

    element: Element
    """The nearest element that makes a line of its own; for a picture its own (one of PICTURES)."""
    text: str = ""
    linked: int = 0
    """Characters inside links."""
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
    def image(self) -> bool:
        return self.element.tag in PICTURES

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    @property
    def heading(self) -> bool:
        return self.element.tag in HEADINGS

    @property
    def link_share(self) -> float:
        """How much of the text is links, 0 to 1."""
        return min(1.0, self.linked / len(self.text)) if self.text else 0.0

    @property
    def all_bold(self) -> bool:
        return self.bold >= 0.9 * len(self.text) > 0

    @property
    def all_italic(self) -> bool:
        return self.italic >= 0.9 * len(self.text) > 0


Span = tuple[int, int]
"""First block, and the one after the last."""


@dataclass(slots=True, eq=False)
class Outline:
    """The blocks of a page, and which of them each element holds."""

    blocks: list[Block] = field(default_factory=list)
    spans: dict[Element, Span] = field(default_factory=dict)
    """For every element that is no inline one."""

    def at(self, element: Element) -> int | None:
        """The first block with text of an element; ``None`` where it has none."""
        first, end = self.spans.get(element, (0, 0))
        return next((n for n in range(first, end) if self.blocks[n].text), None)

    def inside(self, element: Element) -> list[Block]:
        first, end = self.spans.get(element, (0, 0))
        return self.blocks[first:end]


def outline(root: Element) -> Outline:
    """The blocks of a page's body, hidden parts, scripts and form fields left out."""
    walk = _Walk()
    body = root.find("body")
    walk.over(body if body is not None else root)
    for element, (first, end) in walk.out.spans.items():
        # A form that holds most of the page only wraps it (ASP.NET does); others are not text.
        if element.tag == "form" and 2 * (end - first) < len(walk.out.blocks):
            for block in walk.out.blocks[first:end]:
                block.chrome = True
    return walk.out


def text_of(element: Element) -> str | None:
    """All text of an element on one line, lines divided by spaces."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag in SKIPPED:
            continue
        if node is not element and node.tag not in INLINE:
            parts.append(" ")
        parts.append(node.text or "")
        if node is not element:
            parts.append(("" if node.tag in INLINE else " ") + (node.tail or ""))
    return clean("".join(parts))


def hidden(element: Element) -> bool:
    """Whether the page itself says that the element is not shown (HTML, 6.1; CSS display)."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


class _Walk:
    """One walk over the tree, in document order, without recursion."""

    def __init__(self) -> None:
        self.out = Outline()
        self._parts: list[str] = []
        self._linked = self._bold = self._italic = 0
        self._in_link = self._in_bold = self._in_italic = self._chrome = self._caption = 0
        self._lines: list[tuple[Element, int]] = []
        self._open: list[Element] = []
        self._anchors: list[Element] = []
        self._times: list[Element] = []
        self._broke = False

    def over(self, top: Element) -> None:
        """Walk an element and all that is in it."""
        walker = etree.iterwalk(top, events=("start", "end"))
        left_out: Element | None = None
        for event, node in walker:
            if event == "start":
                if node.tag in SKIPPED or hidden(node):
                    left_out = node
                    walker.skip_subtree()
                elif self._enter(node):
                    self._text(node.text)
                else:
                    walker.skip_subtree()
                continue
            if node is not left_out:
                self._leave(node)
            if node is not top:
                self._text(node.tail)

    def _enter(self, node: Element) -> bool:
        """Begin an element; whether its content is to be walked."""
        tag = node.tag
        if tag == "br":
            self._flush()
            self._broke = True
        elif tag in PICTURES:
            self._picture(node)
        elif tag in INLINE:
            self._count(node, 1)
            if tag == "time":
                self._times.append(node)
            if tag == "span" and self._parts and _labels(node):
                self._parts.append(" ")
            if _is_link(node):
                self._open.append(node)
                self._anchors.append(node)
        else:
            return self._begin_line(node)
        return tag not in _EMPTY

    def _leave(self, node: Element) -> None:
        tag = node.tag
        if tag in _EMPTY:
            return
        if tag not in INLINE:
            self._flush()
            _, first = self._lines.pop()
            self.out.spans[node] = (first, len(self.out.blocks))
        elif _is_link(node):
            self._open.pop()
        self._count(node, -1)

    def _count(self, node: Element, step: int) -> None:
        """How many elements of each kind the walk is inside of."""
        tag = node.tag
        self._in_link += step * _is_link(node)
        self._in_bold += step * (tag in BOLD)
        self._in_italic += step * (tag in ITALIC)
        self._chrome += step * (tag in _CHROME or node.get("role") in _CHROME_ROLES)
        self._caption += step * (tag in ("figcaption", "caption"))

    def _begin_line(self, node: Element) -> bool:
        self._flush()
        self._count(node, 1)
        self._lines.append((node, len(self.out.blocks)))
        row = _row(node) if node.tag == "tr" else None
        if row is None:
            return True
        self._text(row)
        self._anchors.extend(a for a in node.iter("a") if _is_link(a))
        self._times.extend(node.iter("time"))
        self._linked = sum(len(text_of(a) or "") for a in self._anchors)
        return False

    def _flush(self) -> None:
        """End the line: what was gathered becomes a block."""
        text = clean("".join(self._parts)) if self._parts else None
        if text and self._lines:
            self.out.blocks.append(
                Block(
                    element=self._lines[-1][0],
                    text=text,
                    linked=self._linked,
                    bold=self._bold,
                    italic=self._italic,
                    chrome=self._chrome > 0,
                    caption=self._caption > 0,
                    anchors=tuple(self._anchors),
                    times=tuple(self._times),
                    breaks=self._broke,
                )
            )
        self._parts.clear()
        self._times.clear()
        self._anchors = list(self._open)
        self._linked = self._bold = self._italic = 0
        self._broke = False

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self._parts.append(text)
        size = len(text.strip())
        self._linked += size if self._in_link else 0
        self._bold += size if self._in_bold else 0
        self._italic += size if self._in_italic else 0

    def _picture(self, node: Element) -> None:
        self._flush()
        self.out.blocks.append(
            Block(element=node, chrome=self._chrome > 0, linked=self._in_link, anchors=tuple(self._open))
        )


def _is_link(node: Element) -> bool:
    return node.tag == "a" and node.get("href") is not None


def _labels(span: Element) -> bool:
    """Whether a span begins with a label or a copyright sign and stands right behind another one: pages
    set such values apart by style alone."""
    before = span.getprevious()
    if before is None or before.tag != "span" or before.tail:
        return False
    return bool(_LABEL.match(span.text or "")) or (before.text or "").rstrip().endswith((":", "："))


def _row(row: Element) -> str | None:
    """A data table's row as one line; ``None`` where the row only lays out the page."""
    cells = [c for c in row if c.tag in ("td", "th")]
    if len(cells) < 2 or any(row.find(f".//{t}") is not None for t in _NO_DATA):
        return None
    texts = [t for c in cells if (t := text_of(c))]
    return " | ".join(texts) if len(texts) > 1 and sum(map(len, texts)) <= _ROW_LENGTH else None
