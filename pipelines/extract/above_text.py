"""The lines between the top of a page and its text: which of them may be the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.blocks import Element, Outline
from pipelines.extract.byline import parse_labelled
from pipelines.extract.dated import date_line
from pipelines.extract.line_labels import key
from pipelines.extract.lines import crumbs, tools
from pipelines.extract.words import PAGES
from pipelines.text import words

_SECTION = 3
"""Words of the longest name of a section."""
_WORDS = 4
"""Words of the shortest headline that only its place tells."""
_COUNTER = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")
_STOPS = (".", "!", "?", "…", "。")
LONGEST = 320
"""Characters of the longest headline."""
_PAGES = frozenset(map(key, PAGES))
DASHES = ("- ", "– ", "— ", "― ")
"""How sub-headlines begin that stand between a headline and the text."""
_FACTS = ("li", "dt", "dd")
BETWEEN = 4
"""Lines that may stand between headline and text: date, byline, share bar."""


def line_above(outline: Outline, sites: set[str], text_at: int | None) -> int | None:
    """The line right above the text that is long enough for a headline, rather beside the date than
    not. A sentence with its full stop is a standfirst, and a line that begins with a dash a sub-headline,
    where another line stands above it."""
    lines = list(_candidates(outline, sites, text_at))
    headlines = [at for at in lines if not _below_headline(outline.blocks[at].text)] or lines
    return next((at for at in headlines if _by_date(outline, at)), next(iter(headlines), None))


def _below_headline(text: str) -> bool:
    return text.endswith(".") or text.startswith(DASHES)


def _candidates(outline: Outline, sites: set[str], text_at: int | None) -> Iterator[int]:
    """Lines above the text that are long enough for a headline, the nearest first."""
    passed = 0
    facts: Element | None = None
    for at in range((text_at or 0) - 1, -1, -1):
        block = outline.blocks[at]
        if block.image or date_line(block.text):
            continue
        # The items of one list of facts are passed as one line, and sub-headlines are the headline's own.
        around = block.element.getparent() if block.tag in _FACTS else None
        passed += (around is None or around is not facts) and not block.text.startswith(DASHES)
        facts = around
        if block.chrome or crumbs(block) or passed > BETWEEN or len(block.text) > LONGEST:
            return
        lone = block.link_share < 0.5 and block.tag != "tr" and not tools(block)
        if _long(block.text) and lone and not _is_other(block.text, sites):
            yield at


def _is_other(text: str, sites: set[str]) -> bool:
    """Whether a line is the name of the site or of what shows news, or says who wrote the text."""
    return (name := key(text)) in sites or name in _PAGES or bool(parse_labelled(text))


def _long(text: str) -> bool:
    """Whether a line has four words beside the number of thousands that counters end in."""
    return len(words(_COUNTER.sub("", text))) >= _WORDS


def _by_date(outline: Outline, at: int) -> bool:
    """Whether the line before or after is there for its date."""
    beside = outline.blocks[max(0, at - 1) : at] + outline.blocks[at + 1 : at + 2]
    return any(not b.chrome and date_line(b.text) for b in beside)


def dated_below(outline: Outline, at: int) -> bool:
    """Whether the line after a block is there for its date."""
    return any(not b.chrome and date_line(b.text) for b in outline.blocks[at + 1 : at + 2])


def right_above(outline: Outline, at: int, text_at: int | None) -> bool:
    """Whether nothing but a few short lines or lists of facts stands between a block and the text; under
    an ``h1`` that is longer than the names of sections also a standfirst in a heading of its own."""
    if text_at is None or not text_at - 4 * BETWEEN <= at < text_at:
        return False
    between = [b for b in outline.blocks[at + 1 : text_at] if b.text]
    lines = {b.element.getparent() if b.tag in _FACTS else b.element for b in between}
    block, headings = outline.blocks[at], [b.text for b in between if b.heading]
    if headings and (block.tag != "h1" or len(words(block.text)) <= _SECTION):
        return False
    return len(lines) <= BETWEEN and all(text.endswith(_STOPS) for text in headings)
