"""Where two texts differ: the first passage that only one of them has, and the words that differ in it.

For people, who judge by it which of the two is right; nothing is decided by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipelines.answer_key.likeness import share_of

WHOLE = 900
"""Thousandths of a block's runs from which on a text is said to have the block."""
_AROUND = 4
"""Words in common that are shown on either side of a difference."""
_WORDS = 60
"""Words of a passage that are shown, and looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The first passages of two texts that the other one does not have."""

    only_listed: str | None
    """The source's first block that was not read, or not whole; cut after sixty words."""
    only_read: str | None
    """The first block that was read and that the source does not have, or not whole."""
    words: str | None
    """One block as both have it: ``[-words of the source alone-]``, ``{+words of the page alone+}``, words in
    common between them; ``None`` where no block of the page resembles ``only_listed``."""


def passages(listed: str, written: Sequence[str], printed: Sequence[str]) -> Passages:
    """Compare two texts; the arguments are those of :func:`pipelines.answer_key.likeness.likeness`."""
    blocks = listed.split("\n")
    missing = _first_not_in(blocks, printed)
    surplus = _first_not_in(written, blocks)
    near = _nearest(missing, printed) if missing else None
    return Passages(
        only_listed=_short(missing),
        only_read=_short(surplus),
        words=word_diff(missing, near) if missing and near else None,
    )


def word_diff(old: str, new: str) -> str:
    """The words of two lines as ``git diff --word-diff`` marks them, long stretches in common cut."""
    a, b = old.split()[: 2 * _WORDS], new.split()[: 2 * _WORDS]
    pieces = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    told = (
        piece
        for place, (kind, i, j, k, n) in enumerate(pieces)
        for piece in _marked(kind, a[i:j], b[k:n], first=place == 0, last=place == len(pieces) - 1)
    )
    return " ".join(told)


def _marked(kind: str, old: list[str], new: list[str], *, first: bool, last: bool) -> Iterator[str]:
    if kind != "equal":
        if old:
            yield f"[-{' '.join(old)}-]"
        if new:
            yield f"{{+{' '.join(new)}+}}"
        return
    head = [] if first else old[:_AROUND]
    tail = [] if last else old[-_AROUND:]
    if len(old) <= len(head) + len(tail):
        yield " ".join(old)
    else:
        yield " ".join([*head, "…", *tail])


def _first_not_in(blocks: Iterable[str], others: Sequence[str]) -> str | None:
    return next((block for block in blocks if block.strip() and share_of(block, others) < WHOLE), None)


def _nearest(block: str, others: Iterable[str]) -> str | None:
    """The block that has most words in common with another, and at least half of them."""
    own = set(block.split()[:_WORDS])
    best = max(others, key=lambda other: len(own & set(other.split())), default="")
    return best if 2 * len(own & set(best.split())) >= len(own) else None


def _short(block: str | None) -> str | None:
    shown = block.split() if block else []
    return " ".join(shown[:_WORDS]) + (" …" if len(shown) > _WORDS else "") if shown else None
