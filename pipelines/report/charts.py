"""Charts as SVG, for a page that runs no script and asks for nothing.

Colours are classes (``c0`` … ``c3``), so that the page's style decides them, by day and by night. Every mark
has its figure as a ``title``, which browsers show and screen readers read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from pipelines.report.markup import safe

WIDTH, HEIGHT = 640, 150
"""Of a chart, in its own units; it is shown as wide as there is room."""
FEW = 12
"""Bars that a chart has room for at least, so that a single one is no wall."""
GAP = 0.2
"""Part of a bar's place that is left free."""


def bars(columns: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], *, about: str) -> str:
    """Standing bars, one for each column, each stacked of as many figures as there are names.

    Args:
        columns: what each bar stands for, and its figures; the last one is at the right end.
        names: what the figures are, from the bottom up.
        about: what the chart shows, for who does not see it.
    """
    highest = max((sum(figures) for _, figures in columns), default=0)
    if not highest:
        return '<p class="none">Nothing to show yet.</p>'
    free = max(FEW - len(columns), 0)
    place = WIDTH / (free + len(columns))
    width = place * (1 - GAP)
    marks = []
    for n, (label, figures) in enumerate(columns):
        left = (free + n) * place + place * GAP / 2
        for k, (count, top) in enumerate(zip(figures, accumulate(figures), strict=True)):
            y, tall = HEIGHT * (1 - top / highest), HEIGHT * count / highest
            told = safe(f"{label}: {count:,} {names[k]}".rstrip())
            if count:
                marks.append(
                    f'<rect class="c{k}" x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{tall:.1f}">'
                    f"<title>{told}</title></rect>"
                )
    first, last = columns[0][0], columns[-1][0]
    between = ("", f"{first} to {last}" if len(columns) > 1 else last) if free else (first, last)
    return (
        f'{_legend(names)}<figure><span class="top">{highest:,}</span>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{safe(about)}">'
        f"{''.join(marks)}</svg>"
        f"<figcaption><span>{safe(between[0])}</span><span>{safe(between[1])}</span></figcaption></figure>"
    )


def share(part: int, whole: int) -> str:
    """A lying bar for a share, and the share in per cent."""
    percent = 100 * part / whole if whole else 0.0
    told = f"{percent:.0f}\u00a0%" if part in (0, whole) or 1 <= percent <= 99 else f"{percent:.1f}\u00a0%"
    return (
        '<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" width="100" height="8"/>'
        f'<rect class="c0" width="{percent:.1f}" height="8"/></svg> {told}'
    )


def _legend(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    keys = (
        f'<span><svg class="key" viewBox="0 0 1 1" aria-hidden="true"><rect class="c{k}" width="1" '
        f'height="1"/></svg> {safe(name)}</span>'
        for k, name in enumerate(names)
    )
    return f'<p class="legend">{"".join(keys)}</p>'
