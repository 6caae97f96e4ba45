"""A pattern of many words, as fast as such patterns get."""

from __future__ import annotations

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    """A pattern that fits any of some words, at each place the longest that stands there. They are sorted
    by their first letter: at most places of a text it takes one step to see that none begins there."""
    rests: dict[str, set[str]] = {}
    for word in words:
        rests.setdefault(word[0], set()).add(word[1:])
    return "|".join(f"{re.escape(first)}(?:{_longest_first(rest)})" for first, rest in sorted(rests.items()))


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
