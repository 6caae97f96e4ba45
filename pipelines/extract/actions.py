"""What a byline says that its writer did: ``(thực hiện)``, ``tổng hợp``."""

from __future__ import annotations

import re

from pipelines.text import fold

_ACTION = re.compile(
    r"\s*\(?\b(thuc hien|tong hop|luoc ghi|bien soan|ghi|dich|bien dich|suu tam)\b\)?\.?$"
    r"|\s*\((?:t[./]?h|st)\.?\)\.?$"
)
_ENDS = ("hien", "hop", "ghi", "soan", "dich", "tam", "h", "st")
"""How what is found ends, but for brackets and stops: few lines do."""
_LONGEST = 24
"""Characters of the longest action with its brackets."""


def without_action(text: str) -> tuple[str, bool]:
    """A line without ``(thực hiện)`` and its like, and whether it had one."""
    folded = fold(text)
    if not folded.rstrip().rstrip(".)").endswith(_ENDS):
        return text, False
    match = _ACTION.search(folded, max(0, len(folded) - _LONGEST)) if len(folded) == len(text) else None
    return (text[: match.start()].strip(" ("), True) if match else (text, False)
