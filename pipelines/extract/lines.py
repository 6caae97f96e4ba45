"""What one printed line is by itself: a path, buttons, counts, a byline, a caption, and its language."""

from __future__ import annotations

import re
from itertools import islice

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.byline import LONGEST, NOBODY, Byline, parse_byline, parse_labelled
from pipelines.extract.line_labels import LONGEST_HEADING, LONGEST_LABEL, label_of
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import AT_RIGHT, CENTRED
from pipelines.extract.words import (
    COUNTED,
    FURNITURE,
    HERE,
    NEIGHBOURS,
    ORIGINAL,
    PAGES,
    SECTION_LABELS,
    TAG_LABELS,
)
from pipelines.text import clean, fold

_DIVIDER = re.compile(r"[|•·–—-]")
_VIETNAMESE = re.compile(r"[đĐăĂơƠưƯạ-ỹẠ-Ỹ]")
_CENTRED = re.compile(r"text-align:\s*center|margin:\s*+\S{0,60}?\s*+auto", re.I)
_RIGHT = re.compile(r"text-align:\s*(?:right|end)", re.I)
_BUTTONS_OF = 80
"""Elements of a line's own that are looked through for buttons: a thousand lines may share one element."""
_BUTTONS = FURNITURE | ORIGINAL | NEIGHBOURS
_TERMS = SECTION_LABELS | TAG_LABELS
_ARROW = re.compile(r"(?<=\S)\s*(?:[>›»→]|::|(?<=\s)/(?=\s))\s*(?=\S)")
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_NUMBER = re.compile(r"[\d.,]*\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_COUNTING = frozenset(first[0] for first in map(_LETTERS.search, COUNTED) if first)
"""The first words of the labels of counts."""


def labelled_terms(block: Block) -> bool:
    """Whether a line is a label of sections or keywords and their links."""
    first = " ".join(text_in(block.anchors[0]).split()) if block.anchors else ""
    at = block.text.find(first) if first else -1
    return 0 < at <= LONGEST_HEADING and label_of(block.text[:at]) in _TERMS


def crumbs(block: Block) -> bool:
    """Whether a line is the path from the front page to this one: links with arrows between them; one
    arrow will do behind *You are here* or the front page's name."""
    arrows = _ARROW.findall(block.text) if block.anchors else ()
    if len(arrows) != 1:
        return len(arrows) > 1
    first = block.text.partition(arrows[0])[0]
    return label_of(first) in PAGES or label_of(block.text[: _opening(block)]) in HERE


def _opening(block: Block) -> int:
    """Where the first link of a line begins."""
    return max(0, block.text.find(clean(text_in(block.anchors[0])) or ""))


def tools(block: Block) -> bool:
    """Whether a line is buttons and nothing else: print, listen, share, the link to the original."""
    if len(block.text) > LONGEST_LABEL:
        return False
    rest, named = block.text, set()
    # Buttons are often links that lead nowhere, or spans.
    spans = [e for e in islice(block.element, _BUTTONS_OF) if e.tag in ("a", "span")]
    for button in (*block.anchors, *spans):
        name = " ".join(text_in(button).split())
        if name and name in rest:
            label = label_of(name)
            if label and label not in _BUTTONS:
                return False
            rest = rest.replace(name, "|", 1)
            named.add(label)
    named.update(map(label_of, rest.split("|")))
    named.discard("")
    return bool(named) and named <= _BUTTONS


def teases(block: Block) -> bool:
    """Whether a line is a box for one other page: no paragraph, and it begins and ends with a link to it."""
    if block.tag == "p" or len(block.anchors) < 2 or len({a.get("href") for a in block.anchors}) > 1:
        return False
    first, last = (clean(text_in(a)) or "\n" for a in (block.anchors[0], block.anchors[-1]))
    whole = block.text.startswith(first) and block.text.endswith(last)
    return whole and not (block.anchors[0].get("href") or "#").startswith("#")


def counts(text: str) -> bool:
    """Whether a line, or one of its parts, tells how many have seen the page: ``Views: 152 | …``."""
    if len(text) > LONGEST_LABEL or not _NUMBER.search(text):
        return False
    if len(text) > LONGEST_HEADING and not _DIVIDER.search(text):
        return False
    if _COUNTING.isdisjoint(_LETTERS.findall(fold(text))):
        return False  # most lines with a number count something else
    parts = (_NUMBER.split(part) for part in _PARTS.split(text) if _NUMBER.search(part))
    return any(label_of(" ".join(words_beside)) in COUNTED for words_beside in parts)


def vietnamese(text: str) -> bool:
    """Whether a text is written in Vietnamese, by its letters: more than one in fifty are its own. In
    Vietnamese every sixth letter is one, so that the beginning of a text says so."""
    enough = len(text) // 50 + 1
    return not text.isascii() and len(_VIETNAMESE.split(text, enough)) > enough


def byline_of(block: Block, *, plain: bool) -> Byline:
    """What a block says as a byline.

    Args:
        block: one line at the end of an article, or beside its title.
        plain: whether a bare name is one (it is in Vietnamese papers, elsewhere hardly ever).
    """
    if block.image or block.heading or len(block.text) > LONGEST:
        return NOBODY
    return parse_byline(block.text) if plain else parse_labelled(block.text)


def centred(element: Element) -> bool:
    """Whether the page says of an element itself that its text is centred, as captions are."""
    if (element.get("align") or "").lower() == "center" or element.tag == "center":
        return True
    if (style := element.get("style")) and _CENTRED.search(style):
        return True
    return bool(marked(element, CENTRED))


def at_right(element: Element) -> bool:
    """Whether the page says of an element itself that its text stands at the right, as signatures do."""
    if (element.get("align") or "").lower() == "right":
        return True
    if (style := element.get("style")) and _RIGHT.search(style):
        return True
    return bool(marked(element, AT_RIGHT))
