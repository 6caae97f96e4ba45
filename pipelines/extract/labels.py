"""The labels of a line: the words that say who wrote, who took the pictures, where the text comes from.

What labels there are stands in the tables of words; a label is one or two nouns (``Story and
photos``), a word like ``by``, or both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelines.extract.folding import aligned
from pipelines.extract.words import ANDS, BY, NOBODY, PHOTO_NOUNS, PHOTOGRAPHER, SOURCE, TEXT_NOUNS, WRITER
from pipelines.text import fold


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(w.rstrip(":")) for w in words}, key=len, reverse=True))


_JOINT = rf"\s*(?:[,/&+-]|(?<=\s)(?:{_any(map(fold, ANDS))})(?=\s))?\s*"
_LABEL = re.compile(
    r"(?:^|(?<=[.;:|(/\[。])|(?<=[.;:|/,!?…] )|(?<=[–—-] )|(?<=, ))\s*"
    rf"(?P<label>(?P<photo>{_any(PHOTOGRAPHER)})|(?P<source>{_any(SOURCE)})|(?P<from>theo)|(?P<writer>{_any(WRITER)})"
    rf"|(?P<nouns>(?:{_any(TEXT_NOUNS | PHOTO_NOUNS)})(?:{_JOINT}(?:{_any(TEXT_NOUNS | PHOTO_NOUNS)}))*)"
    rf"(?P<by>\s+(?:{_any(BY)})(?=[\s:]))?)"
    r"(?P<mark>\s*[:：]\s*|\s*\.\s+|\s+|$)"
)
_NOUN = re.compile(rf"(?<!\w)(?:(?P<photo>{_any(PHOTO_NOUNS)})|(?P<text>{_any(TEXT_NOUNS)}))(?!\w)")
_COLON = frozenset(w.rstrip(":") for w in WRITER | PHOTOGRAPHER if w.endswith(":")) - (WRITER | PHOTOGRAPHER)
_NOBODY_FIRST = tuple(word + " " for word in NOBODY if len(word) > 4)
_NOBODY_LAST = tuple(" " + word for word in NOBODY if len(word) > 4)
DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.(?:vn|com|net|org|gov|info)\S*$"
)
"""An address that stands for a portal, in folded text."""
LENT = re.compile(r"^(?:courtesy(?: of)?|provided by|by|do|cua|của)\s+|\s+cung cấp$", re.I)
"""What may stand before or after who lent a picture."""


def labels(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each label in a line: both, text, photo, source, from."""
    folded, places = aligned(text)
    for match in _LABEL.finditer(folded):
        start, end, after = (places[n] for n in (*match.span("label"), match.end()))
        if (kind := _kind(match)) and _is_label(match, kind, text[start:end], text[after:], start):
            yield kind, start, after


def is_nobody(value: str) -> bool:
    """Whether a credit names no person: archive, illustration, handout."""
    folded = fold(value).strip("(). ")
    return folded in NOBODY or folded.startswith(_NOBODY_FIRST) or folded.endswith(_NOBODY_LAST)


def _kind(match: re.Match[str]) -> str | None:
    if match["nouns"] is None:
        kind = next((k for k in ("photo", "source", "from", "writer") if match[k] is not None), None)
        return "text" if kind == "writer" else kind
    nouns = [("photo" if n["photo"] else "text") for n in _NOUN.finditer(match["nouns"])]
    return "both" if len(set(nouns)) == 2 else nouns[0] if nouns else None


def _is_label(match: re.Match[str], kind: str, printed: str, rest: str, start: int) -> bool:
    """Whether what could be a label is one: nouns alone need their colon, as sentences begin
    with them too."""
    label = re.sub(r"\s+", " ", match["label"])
    # WordPress's themes print "by" in small letters, the Polish press "fot.".
    small = match["writer"] or match["photo"]
    if not (printed[0].isupper() or ord(printed[0]) > 0x2E80 or start > 0 or small):
        return False
    if "：" in match["mark"] or ":" in match["mark"]:
        return True
    rest = rest.lstrip("(“\"'")
    if "." in match["mark"]:
        return label in SOURCE
    if kind == "from" and DOMAIN.match(fold(rest.rstrip(" .)"))):
        return True
    if not match["mark"] or not rest or not (rest[0].isupper() or is_nobody(rest) or LENT.match(rest)):
        return False
    if match["nouns"] is not None:
        return bool(match["by"]) or kind == "both" or (label == "anh" and fold(printed) != printed.casefold())
    return label not in _COLON and label not in SOURCE
