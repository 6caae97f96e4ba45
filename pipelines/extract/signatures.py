"""How those sign who set their names, or the first letters of them, in brackets under a text.

``(Joy Lakewell/CIO)`` is a writer and the office, ``(JDL/PIA-Laguna)`` two sets of initials, of which the
last is an agency's, ``(bud/sri)`` those of an Indonesian newsroom, ``(PIA)`` the agency alone.
"""

from __future__ import annotations

import re

from pipelines.extract.names import is_name, is_office
from pipelines.extract.words import AGENCIES, ANDS

_SIGN = re.compile(r"[A-Z]{2,6}(?:-[A-Z][\w-]*(?: [A-Z]\w*)?)?")
"""An agency's letters, and after a hyphen which of its bureaus."""
_LETTERS = re.compile(r"[A-Z]{2,4}|(?:[A-Z]\.){2,4}")
_SMALL = re.compile(r"[a-z]{2,4}")


def signature(inner: str) -> tuple[tuple[str, ...], str | None] | None:
    """Who signs, and the agency; ``None`` where the words between brackets are no such thing.

    Args:
        inner: what stands between the brackets.
    """
    *who, last = (part.strip() for part in inner.split("/"))
    if not who:
        return ((), last) if last.casefold() in AGENCIES and last[0].isupper() else None
    if all(_SMALL.fullmatch(part) and part not in ANDS for part in (*who, last)):
        return (*who, last), None
    agency = last.partition("-")[0].casefold() in AGENCIES
    full = [part for part in who if len(part.split()) > 1 and is_name(part, strict=True)]
    bureau = agency or "-" in last
    if not all(part in full or (bureau and _LETTERS.fullmatch(part)) for part in who):
        return None
    office = bool(_SIGN.fullmatch(last)) or is_office(last)
    return (tuple(who), last if agency else None) if office and (full or bureau) else None


def are_letters(inner: str) -> bool:
    """Whether a text is nothing but capital letters with strokes between them, as ``AM/PM`` is."""
    return "/" in inner and all(_LETTERS.fullmatch(part.strip()) for part in inner.split("/"))
