"""The labels of a line: the words that say who wrote, who took the pictures, where the text comes from.

What labels there are stands in the tables of words; a label is one or two nouns (``Story and
photos``), a word like ``by``, or both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipelines.extract.folding import aligned
from pipelines.extract.one_of import one_of
from pipelines.extract.words import (
    ANDS,
    BY,
    EDITOR,
    NOBODY,
    PHOTO_NOUNS,
    PHOTOGRAPHER,
    SOURCE,
    TEXT_NOUNS,
    WRITER,
)
from pipelines.text import fold


def _any(words: Iterable[str]) -> str:
    return one_of(word.rstrip(":") for word in words)


_JOINT = rf"\s*(?:[,/&+–-]|(?<=\s)(?:{_any(map(fold, ANDS))})(?=\s))?\s*"
_MADE = _any(TEXT_NOUNS | PHOTO_NOUNS)
_NO_INITIAL = r"(?<![^\w'’][^\W\d]\.)(?<!^[^\W\d]\.)"
_NO_INITIAL_BEFORE_SPACE = r"(?<![^\w'’][^\W\d]\. )(?<!^[^\W\d]\. )"
_WORDS = PHOTOGRAPHER | SOURCE | EDITOR | WRITER | TEXT_NOUNS | PHOTO_NOUNS | {"theo"}
_LABEL = re.compile(
    # Before a label stands nothing, a sign or a space, and at most places of a text this alone says no.
    # Then three letters do so of most words, before it is asked which sign it was and which label it is.
    rf"(?<![^\s.;:|(/\[。])(?=\s*(?:{_any(word[:3] for word in _WORDS)}))"
    rf"(?:^|(?<=[.;:|(/\[。]){_NO_INITIAL}|(?<=[.;:|/,!?…] ){_NO_INITIAL_BEFORE_SPACE}|(?<=[–—-] )|(?<=, )"
    r"|(?P<amid>(?<=\s)))\s*"
    rf"(?P<label>(?P<photo>{_any(PHOTOGRAPHER)})|(?P<source>{_any(SOURCE)})|(?P<from>theo)"
    rf"|(?P<editor>{_any(EDITOR)})|(?P<writer>{_any(WRITER)})"
    rf"|(?P<nouns>(?:{_MADE})(?(amid)|(?:{_JOINT}(?:{_MADE}))*))"
    rf"(?P<by>\s+(?:{_any(BY)})(?=[\s:]))?)"
    r"(?P<mark>\s*[:：]\s*|\s+[–—]\s+|\s*\.\s+|\s+|$)"
)
"""A label at the beginning of the line or of a part of it, which no initial ends (``A. von Probe``); amid
other words, one with a colon."""
_FIRST = re.compile(rf"\s*(?:{_any(_WORDS)})(?:(?!\w)|{_MADE})")
_BEHIND = re.compile(rf"[.;:|(/\[。,!?…–—-]{_FIRST.pattern}")
"""What may be a label behind a sign. Only those with a colon stand amid other words."""
_NOUN = re.compile(rf"(?<!\w)(?:(?P<photo>{_any(PHOTO_NOUNS)})|(?P<text>{_any(TEXT_NOUNS)}))(?!\w)")
_PICTURE = re.compile(r"anh(?<!\wanh)(?!\w)")
_NOUNS = re.compile(rf"(?:{_MADE})(?:{_JOINT}(?:{_MADE}))*")
_COLONS = (":", "：")
_BARE = PHOTOGRAPHER | EDITOR | WRITER
_COLON = frozenset(w.rstrip(":") for w in _BARE if w.endswith(":")) - _BARE
_NOBODY_FIRST = tuple(word + " " for word in NOBODY if len(word) > 4)
_NOBODY_LAST = tuple(" " + word for word in NOBODY if len(word) > 4)
DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.(?:vn|com|net|org|gov|info)\S*$"
)
"""An address that stands for a portal, in folded text."""
LENT = re.compile(r"^(?:courtesy(?: of)?|provided by|by|do|cua|của)\s+|\s+(?:cung cấp|phát)$", re.I)
"""What may stand before or after who lent a picture, or gave it out, as agencies do."""


def labels(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each label in a line: both, text, photo, by, editor, source, from. After
    ``by``, which has no colon, only names of several words count."""
    folded, places = aligned(text)
    if not (":" in folded or "：" in folded or _FIRST.match(folded) or _BEHIND.search(folded)):
        return  # as most sentences
    for match in _LABEL.finditer(_names_kept(text, folded, places)):
        start, end, after = places[match.start("label")], places[match.end("label")], places[match.end()]
        if (kind := _kind(match)) and _is_label(match, kind, text[start:end], text[after:], start):
            yield kind, start, after


def _names_kept(text: str, folded: str, places: Sequence[int]) -> str:
    """A folded line in which ``Anh`` is no label, since the line also prints ``Ảnh``: it is a name, as in
    ``Anh Thư – Ảnh: …``."""
    if "ảnh" not in text.casefold():
        return folded
    return _PICTURE.sub(lambda m: m[0] if "ả" in text[places[m.start()]].casefold() else "\0" * 3, folded)


def made(nouns: str) -> str | None:
    """The kind of a text that is nothing but nouns of what writers and photographers make."""
    folded = fold(nouns).strip()
    return _made(folded) if _NOUNS.fullmatch(folded) else None


def is_nobody(value: str) -> bool:
    """Whether a credit names no person: archive, illustration, handout."""
    folded = fold(value).strip("(). ")
    if " " not in folded:
        return folded in NOBODY
    return folded in NOBODY or folded.startswith(_NOBODY_FIRST) or folded.endswith(_NOBODY_LAST)


def _kind(match: re.Match[str]) -> str | None:
    if match["nouns"] is not None:
        return _made(match["nouns"])
    kind = next((k for k in ("photo", "source", "from", "editor", "writer") if match[k] is not None), None)
    if kind != "writer":
        return kind
    if not _colon(match):
        return "by"
    return "both" if any(noun["photo"] for noun in _NOUN.finditer(match["writer"])) else "text"


def _made(nouns: str) -> str | None:
    kinds = {("photo" if n["photo"] else "text") for n in _NOUN.finditer(nouns)}
    return "both" if len(kinds) == 2 else next(iter(kinds), None)


def _colon(match: re.Match[str]) -> bool:
    """Whether a label has its colon, or is the line's first and has a dash in its place."""
    mark = match["mark"].strip()
    return mark in _COLONS or (mark in ("–", "—") and match.start("label") == 0)


def _is_label(match: re.Match[str], kind: str, printed: str, rest: str, start: int) -> bool:
    """Whether what could be a label is one: nouns alone need their colon, as sentences begin
    with them too."""
    label = " ".join(match["label"].split())
    if match["amid"] is not None and not _colon(match):
        return False
    # WordPress's themes print "by" in small letters, the Polish press "fot." and "tekst:".
    small = match["writer"] or match["photo"] or kind == "both" or _colon(match)
    if not (printed[0].isupper() or ord(printed[0]) > 0x2E80 or start > 0 or small):
        return False
    if _colon(match):
        # A dash behind ``Anh`` without its mark divides two names.
        colon = match["mark"].strip() in _COLONS
        return colon or not (label.startswith("anh") and printed.casefold().startswith("anh"))
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
