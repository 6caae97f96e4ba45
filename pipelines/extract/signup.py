"""Boxes that ask the reader for an address of mail, between the paragraphs or below them.

They are known by what they are made of, not by a class: a few short lines around a button or a
field, and a word such as *newsletter*. What stands in one is neither text nor the end of it.
"""

from __future__ import annotations

from itertools import islice

from pipelines.extract.blocks import Element, Outline
from pipelines.extract.marks import asking
from pipelines.extract.marks.table import OWN_BOX
from pipelines.extract.words import SIGN_UP
from pipelines.text import fold

_own = asking(OWN_BOX)
_CONTROLS = ("button", "input")
_MOST = 400
"""Buttons and fields of a page that are looked at."""
_LINES = 4
"""Blocks of the largest box."""
_LONGEST = 400
"""Characters of the longest text of one."""


def set_apart(outline: Outline, root: Element) -> frozenset[int]:
    """Indices of the blocks that stand in such boxes; they are marked as the page's own.

    Args:
        outline: the page.
        root: its tree, since fields and buttons are no blocks.
    """
    found: set[int] = set()
    for element in islice(root.iter(*_CONTROLS), _MOST):
        if element.get("type") != "hidden" and (box := _box(outline, element)) is not None:
            found.update(range(*outline.spans[box]))
    for element, span in outline.spans.items():
        if _own(element):
            found.update(range(*span))
    for n in found:
        outline.blocks[n].chrome = True
    return frozenset(found)


def _box(outline: Outline, control: Element) -> Element | None:
    """The largest element of a few short lines around a button or field, where it asks to sign up."""
    best = None
    for element in control.iterancestors():
        first, end = outline.spans.get(element, (0, 0))
        if end - first > _LINES:
            break
        blocks = outline.blocks[first:end]
        if any(b.image for b in blocks) or sum(len(b.text) for b in blocks) > _LONGEST:
            break
        best = element if blocks else best
    if best is None:
        return None
    button = "".join(control.itertext()) or control.get("value") or ""
    said = fold(" ".join((*(b.text for b in outline.inside(best)), button)))
    return best if any(word in said for word in SIGN_UP) else None
