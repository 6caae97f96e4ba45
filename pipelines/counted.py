"""Numbers with their noun, as people say them."""

from __future__ import annotations


def counted(count: int, noun: str, many: str | None = None) -> str:
    """``1 page``, ``2 pages``.

    Args:
        noun: in the singular.
        many: in the plural, where that is not one with an *s*.
    """
    return f"{count} {noun if count == 1 else many or noun + 's'}"
