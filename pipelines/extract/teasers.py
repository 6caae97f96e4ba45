"""The sentences under headlines of other news: prose that is not the article's.

A wall of teasers below a short article may hold more running text than the article does. Its items are
alike: each is a headline that is a link, and one sentence or two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.extract.blocks import Element, Outline

_FEWEST = 4
"""Teasers in the shortest wall."""
_ITEM = 6
"""Blocks of the largest item of one."""
_PARAGRAPHS = 3
"""Paragraphs side by side that are an article's beside a wall; without them the page is a list."""


def teasers(outline: Outline, masses: Sequence[int]) -> Iterable[int]:
    """The blocks of a page's prose that are teasers, where an article stands beside them.

    Args:
        outline: the page.
        masses: the prose of each of its blocks.
    """
    blocks = outline.blocks
    # Few paragraphs have a link alone, or a picture, right above them.
    told = [n for n, mass in enumerate(masses) if mass]
    under = [n for n in told if blocks[n - 1].link_share > 0.9 or blocks[n - 1].image]
    if len(under) < _FEWEST:
        return ()
    walls: dict[Element, list[int]] = {}
    for n in under:
        above = n - 2 if blocks[n - 1].image else n - 1
        wall = _wall(outline, above, n) if above >= 0 and blocks[above].link_share > 0.9 else None
        if wall is not None:
            walls.setdefault(wall, []).append(n)
    found = {n for wall in walls.values() if len(wall) >= _FEWEST for n in wall}
    return found if found and _beside(outline, masses, found) else ()


def _wall(outline: Outline, above: int, n: int) -> Element | None:
    """What holds the item that a headline and a paragraph are of; ``None`` where it holds more than one."""
    for item in outline.blocks[n].element.iterancestors():
        first, end = outline.spans.get(item, (0, 0))
        if end - first > _ITEM:
            return None
        if first <= above and n < end:
            return item.getparent()
    return None


def _beside(outline: Outline, masses: Sequence[int], found: set[int]) -> bool:
    """Whether paragraphs stand side by side that are no teasers."""
    counts: dict[Element | None, int] = {}
    for n, mass in enumerate(masses):
        if mass and n not in found:
            around = outline.blocks[n].element.getparent()
            counts[around] = counts.get(around, 0) + 1
    return max(counts.values(), default=0) >= _PARAGRAPHS
