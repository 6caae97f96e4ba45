"""What differs between two versions of an article: which columns, and how many words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from pipelines.rows import ArticleRow
from pipelines.text import words

COMPARED: Mapping[str, Callable[[ArticleRow], Any]] = {
    "title": lambda row: row.title,
    "lead": lambda row: row.lead,
    "paragraphs": lambda row: row.paragraphs,
    "byline": lambda row: row.byline,
    "photo_credits": lambda row: row.photo_credits,
    "images": lambda row: [(image.caption, image.credit) for image in row.images],
    "attachments": lambda row: row.attachments,
}
"""By column, what of it begins a version (:attr:`pipelines.model.Article.content_sha256`)."""


def edit(old: ArticleRow, new: ArticleRow) -> dict[str, Any]:
    """The columns ``changed``, ``words_added`` and ``words_removed`` of an event.

    Words are counted, not aligned: the result hangs on no algorithm that could change, and costs no more
    for a text that was written anew.
    """
    before, after = _words(old), _words(new)
    return {
        "changed": tuple(name for name, of in COMPARED.items() if of(old) != of(new)),
        "words_added": (after - before).total(),
        "words_removed": (before - after).total(),
    }


def _words(row: ArticleRow) -> Counter[str]:
    captions = (image.caption for image in row.images)
    parts = (row.title, row.lead, *row.paragraphs, row.byline, *captions)
    return Counter(word for part in parts if part for word in words(part))
