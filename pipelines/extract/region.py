"""Where on the page the article's text stands.

The region is the element whose prose most outweighs everything else in it: links, menus,
the lines that only footers have. What a published platform says of itself is believed
first, where the element it names holds most of the page's prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.blocks import Block, Element, Outline, Span
from pipelines.extract.evidence import Rules, in_order
from pipelines.extract.headings import undated
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import TEXT
from pipelines.extract.one_of import one_of
from pipelines.extract.teasers import teasers
from pipelines.extract.words import BOILERPLATE
from pipelines.text import fold, remembered

_SENTENCE = re.compile(r"[.!?…:;。！？：”\"'’»)）]\s*$")
_SENTENCES = re.compile(r"[^\W\d_]{2}[.!?…][”\"»’]?\s+[\"“«‘]?[^\W\d_]|[。！？].")
"""Where one sentence ends and another begins."""
_LETTERS = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")
_NO_STOPS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer: their sentences end in no stop, or in a space."""
_CONTACT = re.compile(r"@|©|\bfax\b", re.I)
_CALL = re.compile(r"\+?\d[\d .\-]{8,}\d")
_DIGITS = re.compile(r"\d[\d .\-]{8,}\d")
_NO_CALL = re.compile(
    r"[1-9]\d{0,2}(?:[. ]\d{3})+|"
    r"(?:\d{1,2}[ .\-]+\d{1,2}[ .\-]+)?(?:19|20)\d\d(?:[ .\-]+(?:\d{1,2}|(?:19|20)\d\d))*"
)
"""Amounts of money, dates, and years with a dash between them."""
_SPOKEN = 140
"""Characters of the shortest sentence that may give one telephone number and be running text."""
_TOLD = 100
"""Characters of the shortest line of several sentences that may use a footer's word."""
_BOILERPLATE = re.compile(one_of(BOILERPLATE))
_LINE = 140
"""Characters from which on a text is running text, whatever ends it."""
_INNER = frozenset(("p", "blockquote", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "tr", "center"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An element and its span of blocks."""

    element: Element
    span: Span
    rule: str
    mass: int
    """Characters of prose in it."""


@remembered(1024)
def weight(text: str) -> int:
    """Length of a text in characters of an alphabet; one CJK character says as much as two and a half.
    Remembered, since many rules ask it of the same lines of a page."""
    dense = len(_LETTERS.findall(text)) if not text.isascii() else 0
    return len(text) + dense * 3 // 2


def prose(block: Block) -> int:
    """How much running text a block holds: its weight, or 0 where it is none."""
    if block.measured is None:
        block.measured = _prose(block)
    return block.measured


def _prose(block: Block) -> int:
    if block.image or block.chrome or block.caption or block.link_share > 0.4:
        return 0
    size = weight(block.text)
    if size < 50 or (size < _LINE and not (_SENTENCE.search(block.text) or _stopless(block))):
        return 0
    if size < _LINE and undated(block.text) != block.text:
        return 0  # headlines have their date behind them, sentences a full stop
    if size < 400 and (_contact(block.text, size) or boilerplate(block)):
        return 0
    return size


def _stopless(block: Block) -> bool:
    """Whether a line is written in a script whose sentences end without a mark, and is no heading."""
    return not (block.heading or block.text.isascii()) and _NO_STOPS.match(block.text) is not None


def gives_contact(text: str) -> bool:
    """Whether a line gives an address or a number to call, and is hardly there for more."""
    size = weight(text)
    return size < 400 and _contact(text, size)


def _contact(text: str, size: int) -> bool:
    """Whether a line gives an address or a number to call. Amounts and years are none, and a long
    sentence may give a number in passing, without a label's colon."""
    # Few lines have one of these letters and signs, or a row of digits: the patterns cost more.
    if ("@" in text or "©" in text or "fax" in fold(text)) and _CONTACT.search(text):
        return True
    if not _DIGITS.search(text):
        return False
    calls = [m for m in _CALL.finditer(text) if not _NO_CALL.fullmatch(m[0].strip(" .-"))]
    told = len(calls) == 1 and size >= _SPOKEN and _SENTENCE.search(text)
    return bool(calls) and not (told and not text[: calls[0].start()].rstrip(" (").endswith((":", ".")))


def boilerplate(block: Block) -> bool:
    """Whether a line says what only footers and forms say."""
    if block.said is None:
        block.said = _says_boilerplate(block.text)
    return block.said


@remembered(8192)
def _says_boilerplate(text: str) -> bool:
    # Remembered: the pages of a site have their menus and footers in common.
    folded = fold(text)
    if not _BOILERPLATE.search(folded):
        return False
    # News are about licences and QR codes, too: in several sentences one such word says little.
    told = weight(text) >= _TOLD and _SENTENCES.search(text) and _SENTENCE.search(text)
    return not (told and sum(part in folded for part in BOILERPLATE) == 1)


def region(outline: Outline, after: int | None) -> Region | None:
    """The region of the article. The arguments are those of :func:`regions`."""
    return next(regions(outline, after), None)


def regions(outline: Outline, after: int | None) -> Iterator[Region]:
    """Where each rule finds the text, in the order in which they are believed.

    Args:
        outline: the page.
        after: index of the block that prints the title; what stands before it is no body.
    """
    first = 0 if after is None else after + 1
    masses = [prose(b) if n >= first else 0 for n, b in enumerate(outline.blocks)]
    for n in teasers(outline, masses):
        masses[n] = 0
    sums, costs = _running(masses), _running([_cost(b) for b in outline.blocks])
    total = sums[-1]
    if total == 0:
        return
    rules: Rules[tuple[Element, str]] = {
        "platform": lambda: _platform(outline, sums, total),
        "heaviest_prose": lambda: _heaviest(outline, sums, costs),
    }
    for element, rule in in_order("paragraphs", rules):
        parent = element.getparent()
        while element.tag in _INNER and parent is not None and parent in outline.spans:
            element, parent = parent, parent.getparent()
        span = outline.spans[element]
        yield Region(element=element, span=span, rule=rule, mass=sums[span[1]] - sums[span[0]])


def region_of(outline: Outline, element: Element, rule: str) -> Region | None:
    """An element that is known to hold the text; ``None`` where no prose stands in it."""
    span = outline.spans.get(element, (0, 0))
    mass = sum(map(prose, outline.blocks[slice(*span)]))
    return Region(element=element, span=span, rule=rule, mass=mass) if mass else None


def text_start(outline: Outline) -> int | None:
    """The block with which the heaviest text of a page begins, as far as can be told without
    its headline."""
    found = region(outline, None)
    if found is None:
        return None
    told = (n for n in range(*found.span) if prose(outline.blocks[n]))
    first, second = next(told), next(told, None)
    headed = second is not None and _stands_over(outline.blocks[first], outline.blocks[second])
    return second if headed else first


def _stands_over(block: Block, below: Block) -> bool:
    """Whether a bold line without a stop is the headline of the paragraph below it. Where sentences end in
    no stop its face and its own element tell it from one."""
    line = block.all_bold and weight(block.text) < _LINE and not _SENTENCE.search(block.text)
    return line and not below.all_bold and block.element is not below.element


def _cost(block: Block) -> int:
    if block.image:
        return 0
    size = weight(block.text)
    if block.chrome or boilerplate(block):
        return size
    return int(size * block.link_share) if block.link_share > 0.4 else 0


def _running(values: list[int]) -> list[int]:
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _platform(outline: Outline, sums: list[int], total: int) -> Iterator[tuple[Element, str]]:
    best: tuple[int, Element, str] | None = None
    for element, (first, end) in outline.spans.items():
        mass = sums[end] - sums[first]
        if mass * 2 < total or (best and mass <= best[0]):
            continue
        for mark in marked(element, TEXT)[-1:]:
            best = (mass, element, f"platform:{mark}")
    if best:
        yield best[1], best[2]


def _heaviest(outline: Outline, sums: list[int], costs: list[int]) -> Iterator[tuple[Element, str]]:
    """Of equal elements the innermost."""
    best, found = 0, None
    for element, (first, end) in outline.spans.items():
        # A span is entered when its element ends, so inner elements come before outer ones.
        score = (sums[end] - sums[first]) - (costs[end] - costs[first])
        if score > best:
            best, found = score, element
    if found is not None:
        yield found, "heaviest_prose"
