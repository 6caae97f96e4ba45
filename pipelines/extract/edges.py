"""Where the text begins and ends: the lead above it, the byline below it."""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block
from pipelines.extract.draft import Draft, Role
from pipelines.extract.labels import is_nobody
from pipelines.extract.lines import (
    at_right,
    byline_of,
    ends,
    heads_related,
    key,
    labelled_date,
    labelled_terms,
    leads_to_author,
    shares,
    stamped,
    vietnamese,
)
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import LEAD
from pipelines.extract.names import is_name, names
from pipelines.extract.region import boilerplate, prose, weight
from pipelines.extract.roles import sentence
from pipelines.text import fold

AFTER = 6
"""Blocks after the region in which the byline may stand."""
LEAST = 60
"""Characters of the shortest lead that is no whole sentence."""
_BESIDE = 8
_LINES = 4
_SAMPLE = 20
_NAMES = 120
"""Characters of the longest line of linked names."""


def byline(draft: Draft) -> None:
    """The byline is the article's own last line, else a line beside its title. What follows
    the last line of a text is no text."""
    texts = draft.of(Role.TEXT)
    last = max((n for n in texts if prose(draft.blocks[n])), default=None)
    if last is None:
        return
    plain = vietnamese(" ".join(draft.blocks[n].text for n in texts[:_SAMPLE]))
    lines = _below(draft, last, plain)
    if not any(byline_of(draft.blocks[n], plain=True).authors for n in lines):
        draft.roles.update(dict.fromkeys(_beside_title(draft, plain), Role.BYLINE))
    if not lines:
        return
    draft.roles.update(dict.fromkeys(lines, Role.BYLINE))
    for n in range(lines[-1] + 1, draft.region.span[1]):
        loose_link = draft.roles.get(n) is Role.RELATED and n not in draft.boxed
        if loose_link or draft.roles.get(n) is Role.TEXT:
            draft.roles[n] = Role.END


def lead(draft: Draft) -> None:
    """The lead: what is set apart from the paragraphs by its place, its tag or its face, or is
    printed above them and again among them; else the sub-headlines above them."""
    texts = [n for n in draft.of(Role.TEXT) if n >= draft.body_from]
    above = range(draft.body_from, texts[0]) if texts else ()
    if described := [n for n in above if marked(draft.blocks[n].element, LEAD)]:
        draft.roles.update(dict.fromkeys(described, Role.LEAD))
        return
    if len(texts) < 2:
        return
    first, rest = texts[0], texts[1:]
    block = draft.blocks[first]
    again = [n for n in rest if _same(block.text, draft.blocks[n].text)]
    apart = again or block.heading or block.all_bold or block.all_italic or _outside(draft, first, rest)
    if not apart or (weight(block.text) < LEAST and not sentence(block)):
        draft.roles.update(dict.fromkeys(_sub_headlines(draft, texts), Role.LEAD))
        return
    draft.roles.update(dict.fromkeys(again, Role.FURNITURE))
    draft.roles.update(dict.fromkeys(_like(draft, texts), Role.LEAD))


def _like(draft: Draft, texts: list[int]) -> list[int]:
    """The first text and those right after it that are of one kind with it, never all of them."""
    first = draft.blocks[texts[0]]
    found = [texts[0]]
    for n in texts[1:_LINES]:
        block = draft.blocks[n]
        same_heading = first.heading and block.element is first.element
        if not (same_heading or (first.all_italic and block.all_italic and not first.all_bold)):
            break
        found.append(n)
    return found if len(found) < len(texts) else found[:1]


def _sub_headlines(draft: Draft, texts: list[int]) -> list[int]:
    """Lines right above the first paragraph that are no sentences, as press releases have them."""
    found: list[int] = []
    for n in texts[:_LINES]:
        block = draft.blocks[n]
        if prose(block):
            return found
        line = block.tag not in ("li", "tr", "td", "th") and not block.heading and not block.all_bold
        if not line or weight(block.text) < 25 or re.search(r"[.!?…:;,|]\s*$", block.text):
            return []
        found.append(n)
    return []


def trim(draft: Draft) -> None:
    """Text ends with the last line that is more than a heading, a label or an end mark."""
    for n in reversed(draft.of(Role.TEXT)):
        block = draft.blocks[n]
        mark = not re.search(r"\w", block.text) or block.text.strip("- ") == "30"
        label = labelled_date(block.text) or labelled_terms(block) or stamped(block)
        if not (mark or label or boilerplate(block) or (block.heading and weight(block.text) < 40)):
            break
        draft.roles[n] = Role.END


def _below(draft: Draft, last: int, plain: bool) -> list[int]:
    lines: list[int] = []
    for n in range(last + 1, min(len(draft.blocks), draft.region.span[1] + AFTER)):
        block = draft.blocks[n]
        if block.image or draft.roles.get(n) is Role.CAPTION:
            continue
        if block.chrome or ends(block.text) or heads_related(block.text):
            break
        if _signed_in_office(draft, n) or shares(block):
            continue
        signed = _alone_at_right(draft, n)
        found = byline_of(block, plain=plain or signed)
        if not found and found.labelled and draft.roles.get(n) is Role.TEXT:
            draft.roles[n] = Role.END
        elif found and (not lines or all(draft.roles.get(m) is Role.END for m in range(lines[-1] + 1, n))):
            lines.append(n)
    return lines


def _alone_at_right(draft: Draft, n: int) -> bool:
    """Whether a line of several words stands at the right, as writers sign; two lines there are an
    office and its bearer."""
    block = draft.blocks[n]
    beside = [draft.blocks[m] for m in (n - 1, n + 1) if 0 <= m < len(draft.blocks)]
    alone = not any(b.text and not prose(b) and at_right(b.element) for b in beside)
    return alone and len(block.text.split()) > 1 and not block.anchors and at_right(block.element)


def _signed_in_office(draft: Draft, n: int) -> bool:
    """Whether a name stands under its bearer's office, as those who sign documents print it."""
    above = draft.blocks[n - 1].text if n else ""
    return 0 < len(above) <= LEAST and is_nobody(above)


def _beside_title(draft: Draft, plain: bool) -> list[int]:
    """Bylines between headline and text, also below a standfirst: labelled, or right above the
    text named in the metadata or linked to an author."""
    if draft.at is None:
        return []
    found: list[int] = []
    passed = 0
    for n in range(draft.at + 1, min(len(draft.blocks), draft.at + 1 + _BESIDE)):
        block = draft.blocks[n]
        if not block.text or block.chrome or draft.roles.get(n) in (Role.DATE, Role.CAPTION):
            continue
        if byline_of(block, plain=False) or (passed <= 1 and _linked_names(block)):
            found.append(n)
        elif draft.roles.get(n) is Role.TEXT:
            passed += 1
            if passed > 1 or found:
                break
        elif not passed and (fold(block.text) in draft.authors or _author(draft, n, plain)):
            found.append(n)
    return found[:2]


def _linked_names(block: Block) -> bool:
    """Whether a line is nothing but full names, all of them linked to their writers' pages."""
    known = names(block.text, strict=True) if block.anchors and len(block.text) <= _NAMES else None
    full = known is not None and all(len(name.split()) > 1 for name in known[0])
    return full and block.link_share > 0.8 and all(leads_to_author(a) for a in block.anchors)


def _author(draft: Draft, n: int, plain: bool) -> bool:
    """A name of two words or more that is linked to its writer's page; in Vietnamese pages also
    unlinked right under the headline. Elsewhere two capitalised words there may be anything."""
    block = draft.blocks[n]
    if not is_name(block.text, strict=True) or len(block.text.split()) < 2 or block.heading:
        return False
    links = list(block.anchors)
    if not links:
        return plain and n == (draft.at or 0) + 1
    return any(map(leads_to_author, links))


def _same(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) < 9 and key(one) == key(other)


def _outside(draft: Draft, first: int, rest: list[int]) -> bool:
    """Whether a block stands outside the smallest element that holds all the others, or is no
    paragraph where all the others are."""
    if len(rest) < 2:
        return False
    if draft.blocks[first].tag in ("div", "section", "header") and all(
        draft.blocks[n].tag == "p" for n in rest
    ):
        return True
    for element in draft.blocks[rest[0]].element.iterancestors():
        low, high = draft.outline.spans.get(element, (0, 0))
        if low <= rest[0] and rest[-1] < high:
            return not low <= first < high
    return False
