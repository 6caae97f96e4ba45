"""The walk over a page that makes its blocks: what is a line of its own, what is left out, and what
each line stands in (links, bold, menus, captions)."""

from __future__ import annotations

import re

from pipelines.extract.blocks import PICTURES, Block, Element, Outline
from pipelines.extract.disclosed import is_panel, names_panel
from pipelines.extract.elements import BOLD, HEADINGS, INLINE, ITALIC, SKIPPED
from pipelines.extract.marks import asking, attributes, names
from pipelines.extract.marks.table import AROUND, BESIDE, DRAWER, HIDDEN
from pipelines.extract.moments import has_year
from pipelines.extract.rows import data_row, text_of
from pipelines.text import clean

_CHROME = frozenset(("nav", "footer", "aside", "menu", *names(DRAWER)))
_CAPTIONS = frozenset(("figcaption", "caption"))
_COUNTED = BOLD | ITALIC | _CHROME | _CAPTIONS
_OUT, _INLINE, _LINE, _BREAK, _PICTURE = range(5)
_KINDS = {
    **dict.fromkeys(INLINE, _INLINE),
    **dict.fromkeys(PICTURES, _PICTURE),
    "br": _BREAK,
    **dict.fromkeys(SKIPPED, _OUT),
}
"""What an element is to the walk; any other makes a line of its own. Nothing is looked for in a picture:
one of AMP may hold another for browsers without scripts."""
_TELLING = frozenset(("hidden", "style", *attributes(HIDDEN, BESIDE, AROUND)))
"""Attributes that the walk asks for, but for the address of a link."""
_hides, _aside = asking(HIDDEN), asking(BESIDE, AROUND)
_BOLD = re.compile(r"font-weight\s*:\s*(?:(bold|[6-9]00)|)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(?:(italic|oblique)|)", re.I)
"""What an element says of its letters itself (CSS Fonts, 2.2 and 2.3): the first group, where it does."""
_LINKS = 300
"""Most links, and times, of one line that are kept."""
_AROUND = 2
"""Most links that one line stands in: HTML has none in another."""
_LINK_LINES = 24
"""Lines and pictures that a link is kept for: a card of a list has fewer, and a link around a whole page
would be asked for its name by each of its lines."""
_LABEL = re.compile(r"\s*(?:[^\W\d]{2,14}(?: [^\W\d]{1,14}){0,2}\s*[:：]|©)")
"""How a labelled value begins."""
_DAY = re.compile(r"\s*(?:\d{1,4}[./:\-]\d|\d{1,2}\.?\s[^\W\d]{3})")
"""How a date or a time of day begins, but for its weekday."""
_DATE = 40
"""Characters of the longest date in a span of its own."""


def outline(root: Element) -> Outline:
    """The blocks of a page's body, hidden parts, scripts and form fields left out."""
    walk = _Walk()
    body = next(root.iterchildren("body"), None)
    walk.over(body if body is not None else root)
    for form in root.iter("form"):
        first, end = walk.out.spans.get(form, (0, 0))
        # A form that holds most of the page only wraps it (ASP.NET does); others are not text.
        if 2 * (end - first) < len(walk.out.blocks):
            for block in walk.out.blocks[first:end]:
                block.chrome = True
    return walk.out


def hidden(element: Element) -> bool:
    """Whether the page itself says that the element is not shown (HTML, 6.1; CSS display)."""
    if element.get("hidden") is not None or _hides(element):
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


_Kinds = tuple[bool, bool, bool, bool]
"""Whether what stands in an element is bold, is italic, is the page's own, is a caption."""


def _kinds(node: Element, tag: str) -> _Kinds:
    style = node.get("style")
    bold, italic = (_BOLD.search(style), _ITALIC.search(style)) if style else (None, None)
    return (
        tag in BOLD if bold is None else bold[1] is not None,
        tag in ITALIC if italic is None else italic[1] is not None,
        tag in _CHROME or _aside(node),
        tag in _CAPTIONS,
    )


class _Walk:
    """One walk over the tree, in document order. It recurses, since a parsed page nests no deeper than
    the parser lets it (see ``page``); a stack of its own takes twice the time."""

    def __init__(self) -> None:
        self.out = Outline()
        self._blocks, self._spans = self.out.blocks, self.out.spans
        self._parts: list[str] = []
        self._linked = self._bold = self._italic = 0
        self._in_link = self._in_bold = self._in_italic = self._chrome = self._caption = 0
        self._line_of: Element | None = None
        self._open: list[tuple[Element, int]] = []
        self._anchors: list[Element] = []
        self._times: list[Element] = []
        self._broke = False

    def over(self, node: Element) -> None:
        """Walk an element and all that is in it."""
        tag = str(node.tag)
        kind = _KINDS.get(tag, _LINE)
        if kind == _OUT:
            if tag == "button" and names_panel(node):
                headed = self._line_of is not None and self._line_of.tag in HEADINGS
                (self._inline if headed else self._line)(node, tag)
            return
        # Most elements have no attribute that matters here, and one question tells so.
        if not _TELLING.isdisjoint(node.keys()):
            if not hidden(node) or is_panel(node):
                self._counted(node, tag, kind)
        elif tag in _COUNTED:
            self._counted(node, tag, kind)
        elif kind == _LINE:
            self._line(node, tag)
        elif kind == _INLINE:
            self._inline(node, tag)
        else:
            self._alone(node, tag, kind)

    def _counted(self, node: Element, tag: str, kind: int) -> None:
        """Walk an element that may make what stands in it bold, italic, the page's own or a caption."""
        if kind in (_BREAK, _PICTURE):
            self._alone(node, tag, kind)
            return
        if kind == _LINE:
            self._flush()
        kinds = _kinds(node, tag) if tag in _COUNTED or _aside(node) or _lettered(node) else None
        if kinds:
            self._count(kinds, 1)
        if kind == _LINE:
            self._line(node, tag)
        else:
            self._inline(node, tag)
        if kinds:
            self._count(kinds, -1)

    def _inside(self, node: Element) -> None:
        parts = self._parts
        # No line begins with white space, and between elements hardly anything else stands.
        text = node.text
        if text and (parts or not text.isspace()):
            self._text(text)
        for child in node:
            self.over(child)
            text = child.tail
            if text and (parts or not text.isspace()):
                self._text(text)

    def _inline(self, node: Element, tag: str) -> None:
        link = tag == "a" and node.get("href") is not None
        if tag == "time":
            self._times.append(node)
        elif tag == "span" and self._parts and _labels(node):
            self._parts.append(" ")
        if link:
            self._in_link += 1
            self._open.append((node, len(self._blocks)))
            self._anchors.append(node)
        self._inside(node)
        if link:
            self._in_link -= 1
            self._open.pop()

    def _line(self, node: Element, tag: str) -> None:
        if self._parts or self._anchors or self._times or self._broke:
            self._flush()
        first = len(self._blocks)
        if not len(node) and not self._open:
            # Nothing but text, as most lines are.
            text = clean(node.text)
            if text:
                self._blocks.append(self._plain(text, node, tag))
            self._spans[node] = (first, len(self._blocks))
            return
        around, self._line_of = self._line_of, node
        row = data_row(node) if tag == "tr" else None
        if row is None:
            self._inside(node)
        else:
            self._text(row)
            self._anchors.extend(a for a in node.iter("a") if a.get("href") is not None)
            self._times.extend(node.iter("time"))
            self._linked = sum(len(text_of(a) or "") for a in self._anchors)
        if self._parts or self._anchors or self._times or self._broke:
            self._flush()
        self._line_of = around
        self._spans[node] = (first, len(self._blocks))

    def _alone(self, node: Element, tag: str, kind: int) -> None:
        """A line break, or a picture."""
        self._flush()
        if kind == _BREAK:
            self._broke = True
            return
        self._blocks.append(
            Block(
                node,
                tag,
                image=True,
                chrome=self._chrome > 0,
                linked=self._in_link,
                anchors=tuple(self._around()) if self._open else (),
            )
        )

    def _count(self, kinds: _Kinds, step: int) -> None:
        """How many elements of each kind the walk is inside of."""
        bold, italic, chrome, caption = kinds
        self._in_bold += step * bold
        self._in_italic += step * italic
        self._chrome += step * chrome
        self._caption += step * caption

    def _flush(self) -> None:
        """End the line: what was gathered becomes a block."""
        if parts := self._parts:
            text = clean(parts[0] if len(parts) == 1 else "".join(parts))
            if text and self._line_of is not None:
                self._blocks.append(self._block(text, self._line_of))
            parts.clear()
            self._linked = self._bold = self._italic = 0
        if self._times:
            self.out.timed = True
            self._times.clear()
        if self._anchors or self._open:
            self._anchors = self._around()
        self._broke = False

    def _around(self) -> list[Element]:
        """The links that what comes next stands in."""
        blocks = len(self._blocks)
        return [link for link, first in self._open[-_AROUND:] if blocks - first < _LINK_LINES]

    def _plain(self, text: str, element: Element, tag: str) -> Block:
        """A line that stands in no link and has none."""
        block = Block(element, tag, text)
        block.heading = tag in HEADINGS
        block.chrome, block.caption = self._chrome > 0, self._caption > 0
        if self._in_bold:
            block.bold = len(text)
        if self._in_italic:
            block.italic = len(text)
        return block

    def _block(self, text: str, element: Element) -> Block:
        tag = str(element.tag)
        block = Block(element, tag, text)
        block.heading, block.breaks = tag in HEADINGS, self._broke
        block.bold, block.italic = self._bold, self._italic
        block.chrome, block.caption = self._chrome > 0, self._caption > 0
        if self._anchors or self._times or self._linked:
            block.linked, block.link_share = self._linked, min(1.0, self._linked / len(text))
            block.anchors, block.times = tuple(self._anchors[:_LINKS]), tuple(self._times[:_LINKS])
        return block

    def _text(self, text: str) -> None:
        self._parts.append(text)
        if self._in_link or self._in_bold or self._in_italic:
            size = len(text.strip())
            self._linked += size if self._in_link else 0
            self._bold += size if self._in_bold else 0
            self._italic += size if self._in_italic else 0


def _lettered(node: Element) -> bool:
    """Whether an element says how its letters look."""
    return "font-" in (node.get("style") or "")


def _labels(span: Element) -> bool:
    """Whether a span begins with a label, a copyright sign, or after letters with a date, and stands right
    behind another one: pages set such values apart by style alone."""
    before = span.getprevious()
    if before is None or before.tag != "span" or before.tail:
        return False
    first, then = (before.text or "").rstrip(), span.text or ""
    dated = first[-1:].isalpha() and (_DAY.match(then) is not None or (len(then) <= _DATE and has_year(then)))
    return dated or bool(_LABEL.match(then)) or first.endswith((":", "："))
