"""Words that were removed or added: in colours where a terminal shows them, between signs elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO

from crawler.cli.outcome import shown
from pipelines.report.word_diff import Piece, plain

_COLOURS = {"removed": "\x1b[9;31m", "added": "\x1b[32m"}
"""Struck through and red; green. Who cannot tell the colours sees the stroke."""
_END = "\x1b[0m"


def marked(line: Sequence[Piece], stream: TextIO) -> str:
    """A line as a stream should get it.

    Args:
        line: its pieces.
        stream: where it goes; colours only if that is a terminal and ``NO_COLOR`` (no-color.org) is not set.
    """
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return plain([Piece(piece.how, shown(piece.text)) for piece in line])
    return "".join(_painted(piece.how, shown(piece.text)) for piece in line)


def _painted(how: str, text: str) -> str:
    return f"{_COLOURS[how]}{text}{_END}" if how in _COLOURS else text
