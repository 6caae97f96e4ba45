"""Which lines are the captions of which picture."""

from __future__ import annotations

import re

from pipelines.extract.blocks import PICTURES, Block, Element, Outline
from pipelines.extract.byline import parse_byline
from pipelines.extract.credits import credit
from pipelines.extract.line_labels import ends
from pipelines.extract.lines import at_right, centred
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import FLOATED
from pipelines.extract.region import Region, prose, weight
from pipelines.text import words

_NOUN = r"(?:ảnh|photo|foto|hình|bild|credit|фото|사진|写真)"
_CREDIT = re.compile(
    rf"(?:^|[^\w\s])[\s*]*{_NOUN}\s*(?:minh ho[ạaàá]\w*|)\s*[:.]?\s*\S|{_NOUN}\s*(?:minh ho[ạaàá]\w*|):"
)
"""A photographer's label: behind a sign or at the beginning, or before a colon. News speak of photos too."""
_OPENING = re.compile(
    r"[*※▲▶△\s\[(<]*(?:사진\s*설명|사진\s*제공|写真説明|Chú thích ảnh|Bildunterschrift)", re.I
)
_OPENS = frozenset("*※▲▶△[(<사写CcBb")
"""What such a line begins with."""
_LINES = ("p", "figure", "td", "center", "li", "div")
_BOXED = 400
"""Characters of the longest text that shares a box with a picture and still is its caption."""
_LONGEST = 60
"""Words of the longest caption."""
_ROW = 30
"""Blocks of the largest row of pictures, captions and all."""
_BELOW = 60
"""Blocks below a line that are looked through for more text."""


def says_caption(block: Block) -> bool:
    """Whether a line is a caption by its element, or calls itself one."""
    if block.caption:
        return not _told(block.element)
    opens = block.text[:1] in _OPENS and _OPENING.match(block.text) is not None
    return opens and weight(block.text) < 600


def _told(caption: Element) -> bool:
    """Whether a caption is one of a table, or says who said a quotation (HTML, 4.9.2 and 4.4.4): a part of
    the text, where no picture stands beside it."""
    around = next(caption.iterancestors("figure", "table"), None)
    # Of several captions the first one is the element's (HTML, 4.4.13), and it alone need be looked for.
    if around is None or next(around.iter(str(caption.tag)), None) is not caption:
        return False
    if next(around.iter(*PICTURES), None) is not None:
        return False
    return next(around.iter("blockquote", "tr"), None) is not None


def captions(outline: Outline, region: Region, first: int, end: int) -> dict[int, tuple[int, ...]]:
    """Caption blocks of each picture in a span, by the picture's index.

    A caption shares a box with its picture and nothing else, or follows it and looks like
    one: in italics, centred, with a credit; on older pages a short plain sentence.
    """
    found: dict[int, tuple[int, ...]] = {}
    taken: set[int] = set()
    for n in range(first, end):
        block = outline.blocks[n]
        if not block.image or block.chrome:
            continue
        lines = _boxed(outline, region, block.element, first, end) or _following(outline, n, end, taken)
        if lines:
            found[n] = lines
            taken.update(lines)
    return found


def _boxed(outline: Outline, region: Region, image: Element, first: int, end: int) -> tuple[int, ...]:
    element = image.getparent()
    while element is not None and element is not region.element:
        low, high = outline.spans.get(element, (0, 0))
        if high - low > _ROW:
            return ()
        texts = [m for m in range(low, high) if outline.blocks[m].text]
        if texts:
            if _floats(image) and outline.blocks[texts[0]].element is element and element.tag == "p":
                return ()
            # A caption stands under its picture, or under a row of pictures.
            under = first <= low and high <= end and not outline.blocks[low].text
            return tuple(texts) if under and _short([outline.blocks[m] for m in texts]) else ()
        if element.tag == "figure":
            return ()
        element = element.getparent()
    return ()


def _floats(image: Element) -> bool:
    """Whether a picture says of itself, or its link does, that text flows around it (HTML 4, 13.7.4; CSS 2,
    9.5.1)."""
    linked = image.getparent()
    around = (image, linked) if linked is not None and linked.tag == "a" else (image,)
    return any(
        (e.get("align") or "").lower() in ("left", "right")
        or "float" in (e.get("style") or "")
        or marked(e, FLOATED)
        for e in around
    )


def _short(blocks: list[Block]) -> bool:
    # Galleries print the name of a picture in a heading, and its photographer below it.
    named = len(blocks) == 2 and blocks[0].heading and credit(blocks[1].text) is not None
    plain = not any((b.heading and not named) or b.link_share > 0.5 for b in blocks)
    return plain and len(blocks) <= 2 and sum(len(b.text) for b in blocks) <= _BOXED


def _following(outline: Outline, n: int, end: int, taken: set[int]) -> tuple[int, ...]:
    m = n + 1
    while m < min(end, n + _ROW) and outline.blocks[m].image and _in_one_line(outline, n, m):
        m += 1
    if m >= end or outline.blocks[m].image:
        return ()
    if m in taken and not (outline.blocks[n - 1].image and _in_one_line(outline, n - 1, n)):
        return ()
    block = outline.blocks[m]
    if (
        block.heading
        or block.link_share > 0.1
        or block.text.endswith(":")
        or ends(block.text)
        or _signature(outline, m, end)
        or _in_figure(block.element)
        or len(words(block.text)) > _LONGEST
    ):
        return ()
    marked = block.caption or block.all_italic or centred(block.element)
    told = marked or _CREDIT.search(block.text[-60:].lower()) or _plain(outline, n, m, end)
    return (m,) if told or _credited(block.text) else ()


def _credited(text: str) -> bool:
    """Whether a line ends in the name of who took the picture above it, after a label, and in no writer's."""
    return ":" in text and credit(text) is not None and not parse_byline(text).authors


def _in_one_line(outline: Outline, n: int, m: int) -> bool:
    """Whether two pictures stand in one line of the page, as a row that shares its caption."""
    parent = outline.blocks[n].element.getparent()
    if parent is not None and parent.tag in _LINES and parent is outline.blocks[m].element.getparent():
        return True
    lines = [outline.blocks[k].element.iterancestors(*_LINES) for k in (n, m)]
    one, other = (next(line, None) for line in lines)
    return one is not None and one is other


def _signature(outline: Outline, m: int, end: int) -> bool:
    """Whether a line stands at the right and is the last one of its text, as writers sign."""
    block = outline.blocks[m]
    if block.caption or not at_right(block.element):
        return False
    return not any(prose(outline.blocks[k]) for k in range(m + 1, min(end, m + 1 + _BELOW)))


def _in_figure(element: Element) -> bool:
    """Whether a line is a figure's own, and so the caption of the picture in it (HTML, 4.4.12)."""
    return element.tag == "figcaption" or next(element.iterancestors("figure"), None) is not None


def _plain(outline: Outline, n: int, m: int, end: int) -> bool:
    """Older pages print captions as plain short sentences after a picture between paragraphs."""
    block = outline.blocks[m]
    size = len(words(block.text))
    if not (3 <= size <= 25 and block.text.rstrip().endswith((".", ")")) and not block.all_bold):
        return False
    before = any(prose(outline.blocks[k]) for k in range(max(0, n - 6), n))
    return before and any(
        len(words(outline.blocks[k].text)) > 2 * size for k in range(m + 1, min(end, m + 3))
    )
