"""The language of the text, as BCP 47 writes it."""

from __future__ import annotations

_ONE_COUNTRY = frozenset(
    (
        "vi-vn", "ja-jp", "ko-kr", "pl-pl", "id-id", "th-th", "lo-la", "km-kh", "my-mm", "cs-cz", "sk-sk",
        "hu-hu", "fi-fi", "da-dk", "nb-no", "is-is", "bg-bg", "lt-lt", "lv-lv", "et-ee", "uk-ua", "ka-ge",
        "hy-am", "mn-mn", "he-il", "fil-ph",
    )
)  # fmt: skip


def language_tag(stated: str | None) -> str | None:
    """A language tag without a region that adds nothing to it: ``vi-VN`` is ``vi``, while
    ``pt-BR`` and ``zh-Hant-TW`` stay (RFC 5646, 4.1: use a subtag where it distinguishes)."""
    if stated is None:
        return None
    return stated.partition("-")[0] if stated.lower() in _ONE_COUNTRY else stated
