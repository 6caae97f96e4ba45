"""Text that anybody may have written, made fit for a page of HTML, alone and in tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

SHOWN = 200
"""Most rows of a list; the rest is counted."""

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that command whoever shows them, or that no file can hold."""


def safe(text: Any) -> str:
    """Text for any place in a page, in a quoted attribute too; odd characters as their numbers."""
    return html.escape(_ODD.sub(lambda c: f"‹U+{ord(c[0]):04X}›", str(text)))


def table(
    rows: Sequence[Sequence[str]],
    *,
    head: Sequence[str] = (),
    caption: str = "",
    numbers: Iterable[int] = (),
    raw: Iterable[int] = (),
) -> str:
    """A table.

    Args:
        rows: cells as text.
        head: names of the columns.
        caption: what stands above it.
        numbers: columns of numbers, from 0.
        raw: columns that are markup of ours already.
    """
    right, ready = set(numbers), set(raw)

    def line(cells: Sequence[str], tag: str) -> str:
        kinds = (' class="n"' if n in right else "" for n in range(len(cells)))
        told = (cell if n in ready and tag == "td" else safe(cell) for n, cell in enumerate(cells))
        return "<tr>" + "".join(f"<{tag}{k}>{t}</{tag}>" for k, t in zip(kinds, told, strict=True)) + "</tr>"

    # A row in a line of its own: a retraction takes out lines.
    above = (f"<caption>{safe(caption)}</caption>" if caption else "") + (line(head, "th") if head else "")
    more = f'<p class="soft">and {len(rows) - SHOWN:,} more</p>' if len(rows) > SHOWN else ""
    body = "".join(f"\n{line(row, 'td')}" for row in rows[:SHOWN])
    return f'<div class="wide"><table>{above}{body}</table></div>{more}'
