"""Quotations pulled out of a text: a sentence of a paragraph printed once more in a box of its own.

They are no part of the text, which has the sentence already. Known by just that: a few lines in an
element beside the paragraphs, the first of which repeats words of a paragraph in another element.
"""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block, Element, Span
from pipelines.extract.draft import Draft, Role
from pipelines.extract.line_labels import key
from pipelines.extract.region import prose

_BOXED = ("div", "blockquote", "aside", "figure", "section", "q")
FEW = 4
"""Blocks of the largest element that is one of a few lines."""
_LINES = 3
"""Blocks of the largest box: the sentence, who said it, and what that person is."""
_MOST = 100
"""Boxes that may be such quotations in one page; a page of more is laid out in boxes."""
_SHORTEST = 20
"""Characters of the shortest sentence; a few words may come again anywhere."""
_LONGEST = 300
_QUOTED = re.compile(r"[\"“”„«»‘’‚‹›「『][^\"“”„«»‹›「『」』]+[\"“”«»’‹›」』]")
"""A quotation that begins a line."""


def in_boxes(draft: Draft) -> list[int]:
    """The lines of the text that stand in an element of a few lines, or are an element that is no paragraph:
    none on most pages, whose paragraphs are brothers. No text begins with one."""
    blocks, spans, large = draft.blocks, draft.outline.spans, None
    found = []
    for n in draft.of(Role.TEXT)[1:]:
        around = blocks[n].element.getparent()
        if around is not large:
            first, end = spans.get(around, (n, n + 1)) if around is not None else (n, n + 1)
            large = around if end - first > FEW else large
        if around is not large or blocks[n].tag in _BOXED:
            found.append(n)
    return found


def pulled(draft: Draft, lines: list[int]) -> None:
    """Take pulled quotations out of the text, with the name of the speaker under them.

    Args:
        draft: the article.
        lines: its :func:`in_boxes`.
    """
    boxes = {n: span for n in lines if (span := _box(draft, n)) is not None}
    texts = draft.of(Role.TEXT) if boxes else []
    if len(texts) <= _LINES or len(boxes) > _MOST:
        return
    told = [draft.blocks[n] for n in texts if n not in boxes]
    spoken = [f" {key(block.text)} " for block in told if prose(block)]
    for n, span in boxes.items():
        said = f" {key(_sentence(draft.blocks[n]))} "
        # A whole line that comes again is a lead that is printed twice.
        if len(said) > _SHORTEST and any(said in line != said for line in spoken):
            draft.roles.update({m: Role.FURNITURE for m in range(*span) if draft.roles.get(m) is Role.TEXT})


def _box(draft: Draft, n: int) -> Span | None:
    """The blocks of the largest element of a few lines that a line begins; ``None`` for a line among others,
    an item or a heading."""
    block, found = draft.blocks[n], None
    if block.heading or block.anchors or not _SHORTEST <= len(block.text) <= _LONGEST:
        return None
    element: Element | None = block.element
    while element is not None and (element.tag in _BOXED or element is block.element):
        first, end = draft.outline.spans.get(element, (n, n + 1))
        if first != n or end - first > _LINES or block.tag in ("li", "tr", "dd"):
            break
        found = (first, end) if element.tag in _BOXED else found
        element = element.getparent()
    return found


def _sentence(block: Block) -> str:
    """A line without the name behind its quotation."""
    quoted = _QUOTED.match(block.text)
    return quoted[0] if quoted else block.text
