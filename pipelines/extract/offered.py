"""Boxes that offer a subscription among or below the paragraphs, without a field or button that tells so.

A few lines in an element of their own, one of which says what only such offers say (*cancel anytime*,
*already a subscriber?*). A heading that asks to sign up does not tell: a city's news asks so for its courses.
"""

from __future__ import annotations

import re

from pipelines.extract.blocks import Element, Span
from pipelines.extract.draft import Draft, Role
from pipelines.extract.one_of import one_of
from pipelines.extract.pulled import FEW
from pipelines.extract.region import prose
from pipelines.extract.words import OFFERS
from pipelines.text import fold

_OFFERS = re.compile(one_of(OFFERS))
_BOXES = ("div", "section", "aside")
_LONGEST = 400
"""Characters of the longest text of one."""


def offered(draft: Draft, lines: list[int]) -> None:
    """Take such boxes out of the text.

    Args:
        draft: the article.
        lines: its lines that stand :func:`pipelines.extract.pulled.in_boxes`.
    """
    told = [n for n in draft.of(Role.TEXT) if prose(draft.blocks[n])] if lines else []
    each = 2 * sum(1 for n in told if _alone(draft, n)) > len(told)
    for n in lines if told else ():
        box = _box(draft, n) if draft.roles[n] is Role.TEXT else None
        if box is None or all(box[0] <= m < box[1] for m in told):
            continue
        said = [b for b in draft.blocks[slice(*box)] if b.text]
        if each and len(said) == 1:
            continue  # one of the paragraphs, which have an element each
        if any(_OFFERS.search(fold(b.text)) for b in said):
            draft.roles.update({m: Role.FURNITURE for m in range(*box) if draft.roles.get(m) is Role.TEXT})


def _alone(draft: Draft, n: int) -> bool:
    """Whether a line is such an element itself, or all that the one around it holds."""
    around = draft.blocks[n].element.getparent()
    whole = around is not None and draft.outline.spans.get(around) == (n, n + 1)
    return whole or draft.blocks[n].tag in _BOXES


def _box(draft: Draft, n: int) -> Span | None:
    """The blocks of the largest element of a few lines around a line."""
    found: Span | None = None
    element: Element | None = draft.blocks[n].element
    while element is not None:
        first, end = draft.outline.spans.get(element, (n, n + 1))
        if end - first > FEW:
            return found
        if element.tag in _BOXES and sum(len(b.text) for b in draft.blocks[first:end]) <= _LONGEST:
            found = (first, end)
        element = element.getparent()
    return found
