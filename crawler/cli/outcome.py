"""What a verb hands back: a summary for programs, lines for people, an exit code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.report.word_diff import Piece

    Line = str | tuple[Piece, ...]
    """Text, or text with marks: in colours on a terminal, elsewhere with signs."""

COMMANDING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that command a terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of a command that was carried out, well or badly."""

    summary: Mapping[str, object]
    """With ``--json`` the one object on standard output."""
    lines: tuple[Line, ...] = ()
    """Without ``--json`` what is printed on standard output."""
    exit_code: int = 0
    reason: str | None = None
    """One sentence for standard error where the exit code is not 0."""


def shown(text: str) -> str:
    """Text that may hold what a server sent, without the characters that command a terminal."""
    return COMMANDING.sub(lambda c: c[0].encode("unicode_escape").decode(), text)
