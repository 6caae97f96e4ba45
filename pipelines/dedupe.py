"""Which articles carry the text of another one. A duplicate is marked, never dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipelines.text import words

MIN_WORDS = 40
"""Shorter texts are alike by chance."""


class Candidate(NamedTuple):
    """An article as it is compared."""

    article_id: str
    text_sha256: str
    long: bool
    """:func:`is_long` of its body."""
    published_date: date | None
    position: int
    """Where it entered, in commit order."""


def originals(articles: Iterable[Candidate]) -> dict[str, str]:
    """``article_id`` of each duplicate to that of its original: the one published first
    (without a date last), then the one that entered first."""
    same: dict[str, list[Candidate]] = defaultdict(list)
    for article in articles:
        same[article.text_sha256].append(article)
    found: dict[str, str] = {}
    for candidates in same.values():
        if len(candidates) < 2 or not candidates[0].long:
            continue
        original, *others = sorted(candidates, key=_earliest)
        found |= {other.article_id: original.article_id for other in others}
    return found


def is_long(text: str) -> bool:
    """Whether a text is long enough to be a copy."""
    return len(words(text)) >= MIN_WORDS


def _earliest(article: Candidate) -> tuple[bool, date, int]:
    return article.published_date is None, article.published_date or date.max, article.position
