"""The versions of an article: what it said, from when on, and when it was last seen so.

Folded in order of ``captured_at`` over the captures that stand at their own canonical
address. A text that comes back is a version of its own: A, B, A is three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.identity import Belief, Group
from pipelines.model import Article
from pipelines.read_warc import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One version, by the captures that show it."""

    number: int | None
    """1, 2, 3 …; ``None`` for the reading of a variant, which makes no version."""
    first: int
    """Position of the first capture that shows it: the one whose reading the row is."""
    last_captured_at: datetime


def spans(group: Group, readings: Sequence[Reading], beliefs: Mapping[int, Belief]) -> tuple[Span, ...]:
    """The versions of one article, oldest first; for an article of which only variants were
    captured, what the first of these addresses shows, without a number."""
    counting = [i for i in group.positions if beliefs[i].own]
    if counting:
        return tuple(_fold(counting, readings, numbered=True))
    address = beliefs[group.first].key
    alone = [i for i in group.positions if beliefs[i].key == address]
    return tuple(_fold(alone, readings, numbered=False))


def _fold(positions: Sequence[int], readings: Sequence[Reading], *, numbered: bool) -> list[Span]:
    found: list[Span] = []
    shown: str | None = None
    for i in sorted(positions, key=lambda i: (readings[i].capture.captured_at, i)):
        reading = readings[i]
        if not isinstance(reading.result, Article):
            raise TypeError(f"no article at position {i}")
        if (content := reading.result.content_sha256) != shown:
            shown = content
            found.append(
                Span(
                    number=len(found) + 1 if numbered else None,
                    first=i,
                    last_captured_at=reading.capture.captured_at,
                )
            )
        else:
            found[-1] = Span(
                number=found[-1].number, first=found[-1].first, last_captured_at=reading.capture.captured_at
            )
    return found
