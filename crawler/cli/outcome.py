"""What a verb hands back: a summary for programs, lines for people, an exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of a command that was carried out, well or badly."""

    summary: Mapping[str, object]
    """With ``--json`` the one object on standard output."""
    lines: tuple[str, ...] = ()
    """Without ``--json`` what is printed on standard output."""
    exit_code: int = 0
    reason: str | None = None
    """One sentence for standard error where the exit code is not 0."""
