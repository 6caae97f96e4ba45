"""The lead: which lines above the paragraphs sum them up.

No page needs one. It is told by its face, its place, a standard's mark, or by metadata that gives just
this text as the page's description; being the first paragraph is no sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from pipelines.extract.above_text import DASHES
from pipelines.extract.blocks import Block
from pipelines.extract.draft import Draft, Role
from pipelines.extract.labels import labels
from pipelines.extract.line_labels import key
from pipelines.extract.marks import marked, style
from pipelines.extract.marks.table import LEAD
from pipelines.extract.region import gives_contact, prose, weight
from pipelines.extract.roles import sentence, stops
from pipelines.text import words

LEAST = 60
"""Characters of the shortest lead that is no whole sentence."""
LONGEST = 500
"""Characters of the longest lead that only its style or metadata tells."""
_SUB_HEADLINE = 25
"""Characters of the shortest line above the paragraphs that is one of a release's sub-headlines."""
_NAME = 3
"""Words of the longest heading that may be no more than a name."""
_LINES = 4
_OPEN = re.compile(r"[.!?…:;,|]\s*$")
_FACE = re.compile(r"(?:font|color)[^:;]*:(?!\s*(?:normal|inherit))[^;]*", re.I)
_QUOTES = "\"'“„«„‘‹「『"
_BOXES = ("div", "section", "header", "blockquote")


def lead(draft: Draft) -> None:
    """Find the lead: what is set apart from the paragraphs, is printed above them and again among them, or
    is what metadata says of the page; else the sub-headlines above them."""
    start = draft.body_from
    texts = [n for n in draft.of(Role.TEXT) if n >= start]
    above = range(start, texts[0]) if texts else ()
    if described := [n for n in above if marked(draft.blocks[n].element, LEAD)]:
        draft.roles.update(dict.fromkeys(described, Role.LEAD))
        return
    if headed := _under_title(draft, texts):
        draft.roles.update(dict.fromkeys(headed, Role.LEAD))
        return
    if _under_picture(draft, texts):
        caption = texts.pop(0)
        draft.roles[caption], draft.captions[caption - 1] = Role.CAPTION, (caption,)
    if len(texts) < 2:
        return
    first, rest = texts[0], texts[1:]
    block = draft.blocks[first]
    again = [n for n in rest if _same(block.text, draft.blocks[n].text)]
    apart = again or _faced(draft, first, rest) or _outside(draft, first, rest) or _told(draft, first)
    apart = apart or _above_date(draft, first, rest[0])
    if not apart or (weight(block.text) < LEAST and not sentence(block)) or gives_contact(block.text):
        draft.roles.update(dict.fromkeys(_sub_headlines(draft, texts), Role.LEAD))
        return
    draft.roles.update(dict.fromkeys(again, Role.FURNITURE))
    draft.roles.update(dict.fromkeys(_like(draft, texts), Role.LEAD))


def _under_picture(draft: Draft, texts: list[int]) -> bool:
    """Whether the first line stands right under a picture and outside the element of the text, whose own
    first paragraph is in another face than the rest, as leads are: it is the picture's caption."""
    at = texts[0] if len(texts) > 2 else 0
    if not at or draft.roles.get(at - 1) is not Role.IMAGE:
        return False
    block = draft.blocks[texts[1]]
    apart = (block.all_bold or block.all_italic) and not block.heading and _whole(block)
    return apart and _faced(draft, texts[1], texts[2:]) and _outside(draft, at, texts[1:])


def _under_title(draft: Draft, texts: list[int]) -> list[int]:
    """Headings right below the headline and beside it, as an ``hgroup`` (HTML, 4.3.7) has them, where no
    heading of their rank stands among the paragraphs."""
    found: list[int] = []
    title = draft.blocks[draft.at] if draft.at is not None else None
    for n in range(draft.body_from, draft.body_from + _LINES) if title is not None and title.heading else ():
        block = draft.blocks[n] if n < len(draft.blocks) else None
        if block is None or not _second(block, title) or draft.roles.get(n) in (Role.DATE, Role.BYLINE):
            break
        found.append(n)
    if not found:
        return []
    ranks = {draft.blocks[n].tag for n in found}
    return [] if any(draft.blocks[n].tag in ranks for n in texts if n not in found) else found


def _second(block: Block, title: Block | None) -> bool:
    """Whether a block is a heading beside the headline that says more than a section's name."""
    if title is None or not block.heading or block.anchors or block.chrome:
        return False
    told = weight(block.text) >= _SUB_HEADLINE and len(words(block.text)) > _NAME
    return told and block.element.getparent() is title.element.getparent()


def _same(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) < 9 and key(one) == key(other)


def _faced(draft: Draft, first: int, rest: list[int]) -> bool:
    """Whether a text is of another face than what follows: in bold or italics, a heading that is not the
    first of several, or of a style of its own where the paragraphs share one."""
    block = draft.blocks[first]
    if block.heading:
        others = (draft.blocks[n] for n in rest if draft.blocks[n].element is not block.element)
        return stops(block.text) or all(b.tag != block.tag for b in others)
    told = [draft.blocks[n] for n in rest if prose(draft.blocks[n])]
    if block.all_bold or block.all_italic:
        # A text may be bold or italic throughout.
        return not told or any((b.all_bold, b.all_italic) != (block.all_bold, block.all_italic) for b in told)
    if block.tag != "p" or not _whole(block):
        return False
    own = _style(block)
    styles = {_style(b) for b in told} if own[1] and len(told) > 1 else ()
    return len(styles) == 1 and own not in styles


def _style(block: Block) -> tuple[str, frozenset[str]]:
    """How a block's element looks: its tag, its classes, and what it says of its letters."""
    return block.tag, frozenset((*style(block.element), *_FACE.findall(block.element.get("style") or "")))


def _outside(draft: Draft, first: int, rest: list[int]) -> bool:
    """Whether a block stands outside the smallest element that holds all the others, or is no
    paragraph where all the others are. A quotation is no lead."""
    if len(rest) < 2:
        return False
    block = draft.blocks[first]
    quotation = block.tag == "blockquote" and block.text[0] in _QUOTES
    if block.tag in _BOXES and not quotation and all(draft.blocks[n].tag == "p" for n in rest):
        return True
    if _alone(draft, first, rest):
        return True
    for element in draft.blocks[rest[0]].element.iterancestors():
        low, high = draft.outline.spans.get(element, (0, 0))
        if low <= rest[0] and rest[-1] < high:
            return not low <= first < high
    return False


def _above_date(draft: Draft, first: int, second: int) -> bool:
    """Whether the first text stands right below the headline, and the line of its date or of its writer
    between it and all others: what is printed above that line belongs to the headline."""
    if draft.at is None or draft.blocks[first].heading:
        return False
    between = (draft.roles.get(n) for n in range(draft.body_from, first) if draft.blocks[n].text)
    if any(role is not Role.CAPTION for role in between):
        return False
    return any(draft.roles.get(n) in (Role.DATE, Role.BYLINE) for n in range(first + 1, second))


def _alone(draft: Draft, first: int, rest: list[int]) -> bool:
    """Whether a paragraph has an element of its own where most of the others are brothers, or stand in
    elements of one style that its own is not of: among them may be lists and quotations."""
    around = draft.blocks[first].element.getparent()
    if around is None or draft.outline.spans.get(around) != (first, first + 1):
        return False
    if draft.blocks[first].tag != "p":
        return False
    parents = [b.element.getparent() for b in map(draft.blocks.__getitem__, rest) if prose(b)]
    styles = [style(parent) for parent in parents if parent is not None]
    own = style(around)
    return _most(parents) or (bool(own) and own not in styles and _most([s for s in styles if s]))


def _most(things: Sequence[object]) -> bool:
    """Whether more than half of some things are the same one."""
    most = max(Counter(things).values(), default=0)
    return most > 1 and 2 * most > len(things)


def _told(draft: Draft, first: int) -> bool:
    """Whether a text is marked as the description of what follows, or metadata gives just this text as one.
    A description that is cut short was made from the text's beginning, whatever that is."""
    block = draft.blocks[first]
    for element in chain((block.element,), block.element.iterancestors()):
        low, high = draft.outline.spans.get(element, (first, first + 1))
        if high - low > _LINES:
            break
        if marked(element, LEAD):
            return True
    whole = (told for told in draft.summaries if told[-1] == block.text[-1])
    return _whole(block) and any(_same(block.text, told) for told in whole)


def _whole(block: Block) -> bool:
    """Whether a text is a sentence or a few, as leads are."""
    return weight(block.text) <= LONGEST and stops(block.text)


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


def _names_writer(text: str) -> bool:
    """Whether a line begins with a label of who wrote it or took its pictures."""
    return any(start == 0 for _, start, _ in labels(text))


def _sub_headlines(draft: Draft, texts: list[int]) -> list[int]:
    """Lines right above the first paragraph that are no sentences, as press releases have them; a bold one
    may be a heading of the text, but where it begins with a dash."""
    found: list[int] = []
    for n in texts[:_LINES]:
        block = draft.blocks[n]
        if prose(block):
            return found
        plain = not block.all_bold or block.text.startswith(DASHES)
        line = block.tag not in ("li", "tr", "td", "th") and not block.heading and plain
        told = weight(block.text) >= _SUB_HEADLINE and not (block.anchors or gives_contact(block.text))
        if not (line and told) or _OPEN.search(block.text) or _names_writer(block.text):
            return []
        found.append(n)
    return []
