"""The box that a heading stands over: what belongs to ``Tin khác``, and where it ends."""

from __future__ import annotations

from pipelines.extract.blocks import Element, Outline, Span
from pipelines.extract.moments import moments
from pipelines.extract.region import prose

_ITEM = 6
"""Blocks of the largest item of a list of other news."""
LONGEST = 60
"""Blocks of the largest box."""
_CARD = 5
"""Lines of the longest card."""


def box(outline: Outline, heading: int, mass: int) -> Span:
    """The blocks under a heading, as a span that may be empty.

    The box is the smallest element around the heading that also holds a link after it.
    Where that element holds much of the article too, heading and links are brothers of the
    paragraphs, and the box is the run of links that follows.

    Args:
        outline: the page.
        heading: index of the heading's block.
        mass: prose of the whole article; a box holds at most a third of it.
    """
    element: Element | None = outline.blocks[heading].element
    if _empty(outline, outline.blocks[heading].element.getnext()):
        return heading + 1, heading + 1
    within = range(heading + 1, min(len(outline.blocks), heading + 1 + LONGEST))
    link = next((n for n in within if outline.blocks[n].linked), None)
    while element is not None and link is not None:
        first, end = outline.spans.get(element, (heading, heading + 1))
        if link < end:
            if _is_box(outline, heading, (first, end), mass):
                return heading + 1, end
            last = _run(outline, heading + 1)
            if last < end:
                last = max(last, _brothers(outline, heading, mass), cards(outline, link, heading)[1])
            return heading + 1, min(end, last)
        element = element.getparent()
    return heading + 1, heading + 1


def cards(outline: Outline, link: int, after: int, *, fewest: int = 2) -> Span:
    """The row of cards that a link stands in, as a span that may be empty: elements of one name side by
    side, each with one headline that is a link, whatever stands under it.

    Args:
        outline: the page.
        link: the link's block.
        after: the block that the row stands below.
        fewest: how many cards are a row.
    """
    element = outline.blocks[link].element
    for row in element.iterancestors():
        first, end = outline.spans.get(row, (link, link))
        if first <= after or end - first > LONGEST:
            break
        found = [outline.spans.get(child, (0, 0)) for child in row.iterchildren(str(element.tag))]
        if len(found) >= fewest and all(_is_card(outline, span) for span in found):
            return first, end
        element = row
    return link, link


def _is_card(outline: Outline, span: Span) -> bool:
    """Whether an element holds one headline that is a link, and few lines more."""
    lines = [b for b in outline.blocks[slice(*span)] if b.text]
    linked = [b for b in lines if b.heading and b.link_share > 0.9]
    return len(linked) == 1 and len(lines) <= _CARD


def _is_box(outline: Outline, heading: int, span: Span, mass: int) -> bool:
    """Whether an element holds little but the heading and what it stands over."""
    first, end = span
    if end - heading > LONGEST or heading - first > LONGEST:
        return False
    if sum(1 for block in outline.blocks[first:heading] if block.text) > 2:
        return False
    return 3 * sum(map(prose, outline.blocks[first:end])) <= mass


def _empty(outline: Outline, element: Element | None) -> bool:
    """Whether an element is a list of nothing: the heading above it has no links."""
    if element is None or element.tag not in ("ul", "ol", "dl", "table"):
        return False
    first, end = outline.spans.get(element, (0, 0))
    return first == end


def _brothers(outline: Outline, heading: int, mass: int) -> int:
    """The end of the elements right behind a heading that hold a linked headline each and little more, as
    items of a list do."""
    last = heading + 1
    element = outline.blocks[heading].element.getnext()
    while element is not None and last - heading <= LONGEST:
        first, end = outline.spans.get(element, (0, 0))
        blocks = outline.blocks[first:end]
        leads = any(b.link_share > 0.6 and b.text for b in blocks)
        if first != last or not leads or end - first > _ITEM or 4 * sum(map(prose, blocks)) > mass:
            break
        last, element = end, element.getnext()
    return last


def _run(outline: Outline, first: int) -> int:
    """The end of the run of links, pictures and dates that starts here."""
    n = first
    while n < min(len(outline.blocks), first + LONGEST):
        block = outline.blocks[n]
        if not (block.image or block.link_share > 0.6 or (len(block.text) < 60 and any(moments(block.text)))):
            break
        n += 1
    return n
