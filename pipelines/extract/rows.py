"""Rows of tables that hold data: one line each."""

from __future__ import annotations

from itertools import islice

from pipelines.extract.blocks import PICTURES, Element
from pipelines.extract.elements import INLINE, SKIPPED
from pipelines.text import clean

_LENGTH = 400
"""Characters of the longest row of data."""
_NODES = 400
"""Elements of the largest one."""
_NO_DATA = ("table", "ul", "h1", "h2", *PICTURES)
"""What no row of a data table holds."""


def data_row(row: Element) -> str | None:
    """A data table's row as one line; ``None`` where the row only lays out the page."""
    cells = [c for c in row if c.tag in ("td", "th")]
    inside = list(islice(row.iter(), _NODES + 1)) if len(cells) > 1 else ()
    if not 0 < len(inside) <= _NODES or any(e.tag in _NO_DATA for e in inside):
        return None
    texts = [t for c in cells if (t := text_of(c))]
    return " | ".join(texts) if len(texts) > 1 and sum(map(len, texts)) <= _LENGTH else None


def text_of(element: Element) -> str | None:
    """All text of an element of a row on one line, lines divided by spaces."""
    parts: list[str] = []
    for node in islice(element.iter(), _NODES):
        if node.tag in SKIPPED:
            continue
        if node is not element and node.tag not in INLINE:
            parts.append(" ")
        parts.append(node.text or "")
        if node is not element:
            parts.append(("" if node.tag in INLINE else " ") + (node.tail or ""))
    return clean("".join(parts))
