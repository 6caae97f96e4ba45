"""Text that anybody may have written, made fit for a page of HTML."""

from __future__ import annotations

import html
import re
from typing import Any

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that command whoever shows them, or that no file can hold."""


def safe(text: Any) -> str:
    """Text for any place in a page, in a quoted attribute too; odd characters as their numbers."""
    return html.escape(_ODD.sub(lambda c: f"‹U+{ord(c[0]):04X}›", str(text)))
