"""The versions of an article: what it said, from when on, and when it was last seen so.

Folded in order of ``captured_at`` over the captures that stand at their own canonical
address. A text that comes back is a version of its own: A, B, A is three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    texts: list[str] = []
    for i in sorted(positions, key=lambda i: (readings[i].capture.captured_at, i)):
        capture, result = readings[i].capture, readings[i].result
        if not isinstance(result, Article):
            raise TypeError(f"no article at position {i}")
        at = _seen_again(texts, result.content_sha256, revisit=capture.record_type == "revisit")
        if at is not None:
            found[at] = replace(found[at], last_captured_at=capture.captured_at)
            continue
        texts.append(result.content_sha256)
        number = len(texts) if numbered else None
        found.append(Span(number=number, first=i, last_captured_at=capture.captured_at))
    return found


def _seen_again(texts: Sequence[str], text: str, *, revisit: bool) -> int | None:
    """Which of the versions so far a capture shows: the newest, or none of them. A revisit begins no
    version, although another address of the article may have shown another text since."""
    if revisit and text in texts:
        return len(texts) - 1 - texts[::-1].index(text)
    return len(texts) - 1 if texts and texts[-1] == text else None
