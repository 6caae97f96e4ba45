"""The line that names who wrote and who took the pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a printed byline says."""

    authors: tuple[str, ...] = ()
    photo_credits: tuple[str, ...] = ()
    source: str | None = None
    ambiguous: bool = False


def parse_byline(line: str) -> Byline:
    """Understand a printed byline; what is not understood is left out."""
    return Byline()
