"""Parts of a text that a page shows when a reader asks for them: a button, and a panel behind it.

WAI-ARIA calls the pair a disclosure, and several below each other an accordion (ARIA Authoring Practices
Guide): the button, alone or in a heading, says whether the panel is open, and the panel follows it. What
stands in one is printed in the page and belongs to its text; menus are made in the same way, but hold
no paragraphs.
"""

from __future__ import annotations

from pipelines.extract.blocks import Element
from pipelines.extract.marks import names
from pipelines.extract.marks.table import DISCLOSES

_HEADS = ("h2", "h3", "h4", "h5", "h6")
(_STATE,) = names(DISCLOSES)


def is_panel(element: Element) -> bool:
    """Whether an element that is not shown is the panel of a button right before it."""
    before = element.getprevious()
    if before is None:
        return False
    button = next(iter(before), None) if before.tag in _HEADS else before
    opens = button is not None and button.tag == "button" and button.get(_STATE) is not None
    return opens and next(element.iter("p"), None) is not None


def names_panel(button: Element) -> bool:
    """Whether a button is the heading over such a panel."""
    if button.get(_STATE) is None:
        return False
    around = button.getparent()
    head = around if around is not None and around.tag in _HEADS else button
    panel = head.getnext()
    return panel is not None and is_panel(panel)
