"""Lines beside a text that tell of the page and not of the news: facts above it, and what closes it."""

from __future__ import annotations

import re
from itertools import takewhile

from pipelines.extract.blocks import Block
from pipelines.extract.dated import date_line, labelled_date
from pipelines.extract.draft import HEAD, TAIL, Draft, Role
from pipelines.extract.labels import labels
from pipelines.extract.line_labels import LONGEST_LABEL, label_of
from pipelines.extract.moments import moments
from pipelines.extract.region import gives_contact, prose
from pipelines.extract.words import END, PUBLISHED, SECTION_LABELS, TAG_LABELS, UNITS, UPDATED, WRITER
from pipelines.text import fold

_TERMS = SECTION_LABELS | TAG_LABELS
COLONS = (":", "：")
_DATED = tuple(PUBLISHED | UPDATED)
_STATED = 120
"""Characters of the longest line that states who published a text, and when."""
_DURATION = 40
"""Characters of the longest line that is a duration."""
_MINUTES = re.compile(
    r"(?:(?:[^\W\d]+ ){0,3}[^\W\d]+[:：] ?)?\d{1,3} ?"
    rf"(?:{'|'.join(map(re.escape, UNITS))})(?: [^\W\d]+){{0,2}}"
)
_NAME = 60
"""Characters of the longest name of a writer."""
_END_MARK = re.compile(r"[*#_=~.\-–—• ]{3,40}")
"""The signs under the last line of a press release."""
_FIGURE = re.compile(r"\d")
_RATED = re.compile(r"[^\d/]*[0-5](?:[.,]\d+)?\s*/\s*5(?!\d)(?:\s*\([^()]*\))?")


def dates_last(text: str) -> bool:
    """Whether a line names who published it and ends in labelled dates: ``Published by X. Published …``."""
    if len(text.rstrip(" .")) > _STATED:
        return False
    found = [m for m in moments(text[:_STATED]) if not isinstance(m, str)]
    by = next(labels(text[:_STATED]), None) if found else None
    if by is None or by[0] not in ("by", "text") or by[1] > 0:
        return False
    between = (text[at : m.start] for at, m in zip((0, *(m.end for m in found)), found, strict=False))
    last = found[-1].end >= len(text.rstrip(" ."))
    return last and all(label_of(part).endswith(_DATED) for part in between)


def fact(draft: Draft, n: int) -> Role | None:
    """The role of a term or value that stands before the text in a list of facts (HTML, 4.4.9): of
    dates, those of publication and change count. ``None`` where a value is running text."""
    block, rest = draft.blocks[n], draft.blocks[n + 1 : n + 2]
    if block.tag == "dt":
        return Role.FURNITURE if rest and rest[0].tag == "dd" and not prose(rest[0]) else None
    if block.tag != "dd" or prose(block):
        return None
    label = label_of(draft.blocks[n - 1].text) if n else ""
    dated = date_line(block.text) and (label in PUBLISHED or label in UPDATED)
    return Role.DATE if dated else Role.FURNITURE


def beside_date(draft: Draft, n: int) -> Role | None:
    """The role of an item of the list that begins with the date: a time of day, a count, no text."""
    block = draft.blocks[n]
    if block.tag != "li" or prose(block):
        return None
    around = block.element.getparent()
    items = draft.outline.spans.get(around, (n, n)) if around is not None else (n, n)
    return (
        Role.FURNITURE
        if any(draft.roles.get(m) is Role.DATE for m in range(max(items[0], n - HEAD), n))
        else None
    )


def closes(draft: Draft, n: int) -> bool:
    """Whether a line below the text closes it: the heading over who made the page, the writer's name over
    a box on the writer, an end mark, a label of contact and where to reach it, or a label of publication or
    change and its date, the last three with no paragraph after them."""
    block = draft.blocks[n]
    if block.heading and label_of(block.text) in WRITER:
        return True
    if (block.heading or block.link_share > 0.9) and _writer_again(draft, n):
        return True
    if not block.text[0].isalnum() and _END_MARK.fullmatch(block.text):
        return not any(map(prose, _below(draft, n)))
    colon = block.text.find(":", 0, LONGEST_LABEL)
    if colon >= 0 and label_of(block.text[:colon]) in END and gives_contact(block.text):
        return True
    if not labelled_date(block.text):
        return False
    return not any(map(prose, _below(draft, n)))


def _below(draft: Draft, n: int) -> list[Block]:
    """The lines of the region below a line, as far as what closes a text is looked for."""
    return draft.blocks[n + 1 : min(draft.region.span[1], n + TAIL)]


def _writer_again(draft: Draft, n: int) -> bool:
    """Whether a line is a full name and nothing else, by which the page's metadata or a short line between
    headline and text names the writer."""
    name = fold(draft.blocks[n].text)
    if " " not in name or len(name) > _NAME or 3 * draft.seen < draft.region.mass or _among(draft, n):
        return False
    if name in draft.authors:
        return True
    above = takewhile(lambda b: not prose(b), draft.blocks[draft.body_from : draft.body_from + HEAD])
    return any(name in fold(b.text) for b in above if len(b.text) <= _STATED)


def _among(draft: Draft, n: int) -> bool:
    """Whether a line stands among paragraphs that are brothers: it is a heading of the text, as over each
    speaker of an interview or each part of a portrait."""
    above = next((b for b in reversed(draft.blocks[max(0, n - TAIL) : n]) if prose(b)), None)
    around = above.element.getparent() if above is not None else None
    return any(b.element.getparent() is around for b in _below(draft, n) if prose(b))


def labels_next(draft: Draft, n: int) -> bool:
    """Whether a line is the label of the next one: of how long reading takes, or of sections and keywords."""
    below = draft.blocks[n + 1] if n + 1 < len(draft.blocks) else None
    text = draft.blocks[n].text
    if below is None or len(text) > _DURATION:
        return False
    if text.endswith(COLONS) and lasts(below.text):
        return True
    return below.link_share > 0.8 and label_of(text) in _TERMS


def lasts(text: str) -> bool:
    """Whether a line says how long reading it takes or how it was rated: ``2 min``, ``4,5/5 (12 votes)``,
    with or without a label."""
    if len(text) > _DURATION or not _FIGURE.search(text):
        return False
    return bool(_MINUTES.fullmatch(fold(text).strip(" .")) or _RATED.fullmatch(text))
