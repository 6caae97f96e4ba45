"""Where two texts differ, by words: for people, who see at once what was added and what was removed.

Only the passages that changed are given, with some words of what stands around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 6
"""Words in common that are given on either side of a change."""
LONGEST = 4_000
"""Words of a passage that are aligned; a longer one is given as removed and added whole."""
_TOKEN = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*|[^\w\s]|\s+")
"""A word with the marks that stand on it, a sign, or the space between."""

SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
"""What stands around a piece where there are no colours."""

How = Literal["same", "removed", "added", "left_out"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words."""

    how: How
    """Of both texts, of the old one, of the new one; or where something in common is left out."""
    text: str


def word_diff(old: Sequence[str], new: Sequence[str], *, around: int = AROUND) -> list[list[Piece]]:
    """The passages in which two texts differ, each as pieces in order.

    Args:
        old: its paragraphs.
        new: its paragraphs.
        around: how many words in common stand on either side of a change.
    """
    before, after = [_nfc(p) for p in old], [_nfc(p) for p in new]
    passages = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            passages += [_shortened(p, around) for p in _paired(before[i1:i2], after[j1:j2])]
    return passages


def plain(passage: Sequence[Piece]) -> str:
    """A passage with signs around what was removed and added."""
    signed = ((SIGNS.get(piece.how, ("", "")), piece.text) for piece in passage)
    return "".join(f"{before}{text}{after}" for (before, after), text in signed)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """Paragraphs that changed. As many after as before: each against its own; else all against all."""
    if len(old) == len(new):
        yield from (_aligned(a, b) for a, b in zip(old, new, strict=True))
    else:
        yield _aligned("\n".join(old), "\n".join(new))


def _aligned(old: str, new: str) -> list[Piece]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(a), len(b)) > 2 * LONGEST:
        return [piece for piece in (Piece("removed", old), Piece("added", new)) if piece.text]
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(a[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("removed", "".join(a[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("added", "".join(b[j1:j2])))
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Changes with nothing but a space between them are one: three words replaced, not three times a word."""
    found: list[Piece] = []
    removed = added = ""
    for number, piece in enumerate(pieces):
        last = number + 1 == len(pieces)
        if piece.how == "removed":
            removed += piece.text
        elif piece.how == "added":
            added += piece.text
        elif (removed or added) and not piece.text.strip() and not last:
            removed, added = removed + piece.text, added + piece.text
        else:
            found += _change(removed, added)
            removed = added = ""
            found.append(piece)
    return [*found, *_change(removed, added)]


def _change(removed: str, added: str) -> list[Piece]:
    pieces = (Piece("removed", removed), Piece("added", added))
    return [piece for piece in pieces if piece.text.strip()]


def _shortened(pieces: Sequence[Piece], around: int) -> list[Piece]:
    """What is in common, cut to the words beside a change."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        if piece.how != "same":
            found.append(piece)
            continue
        tokens = _TOKEN.findall(piece.text)
        ends = (number > 0, number + 1 < len(pieces))
        keep = 2 * around  # a word and a space each
        if len(tokens) <= keep * sum(ends) + keep:
            found.append(piece)
            continue
        head, tail = (tokens[:keep] if ends[0] else []), (tokens[-keep:] if ends[1] else [])
        parts = (Piece("same", "".join(head)), Piece("left_out", "…"), Piece("same", "".join(tail)))
        found += [part for part in parts if part.text]
    return found
