"""Text as it is stored, and text as it is searched.

Stored text is Unicode NFC (UAX #15) with white space collapsed; what a page
prints is otherwise kept, tone placement included. Only :func:`fold` forgets
differences, and nothing folded is ever stored.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar

_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
"""Control and invisible characters. A pattern: ``str.translate`` looks up every character."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"&#[0-9]{8,}+;?")
"""References to characters by numbers that none has; thousands of digits are no number for Python."""
_LINE = 240
"""Characters up to which a text is a line that is likely to come again, on one page or the next."""
T = TypeVar("T")


def remembered(size: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """A cache of so many results of a function of one text. What is longer than a line is worked out
    each time, so that no page leaves its megabytes behind."""

    def decorate(function: Callable[[str], T]) -> Callable[[str], T]:
        known = lru_cache(maxsize=size)(function)

        @wraps(function)
        def answer(text: str) -> T:
            return known(text) if len(text) <= _LINE else function(text)

        return answer

    return decorate


_LONG = 400
"""Characters from which on a text is looked through for runs of marks."""
_MOST_MARKS = 30
"""Combining marks that are kept on one letter: the Stream-Safe Text Format (UAX #15, 13). Putting
them in order takes the square of their number."""

_NO_WORD = re.compile(rf"\W{{{_MOST_MARKS + 1},}}")
"""What each run of so many marks is, too, and is found much faster."""


@cache
def _marks() -> re.Pattern[str]:
    """Runs of more combining marks than any language writes."""
    marks = "".join(chr(c) for c in range(0x300, 0x1E950) if unicodedata.combining(chr(c)))
    return re.compile(f"[{marks}]{{{_MOST_MARKS + 1},}}")


class _Folded(dict[int, str]):
    """For ``str.translate``: each character as it is folded, whatever stands beside it. Filled as
    characters are met, since a lookup is much faster than folding each character of a page."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFD", chr(code).casefold().replace("đ", "d"))
        value = "".join(c for c in apart if not unicodedata.combining(c))
        if code < 0x10000:  # of the others a page can hold a million, and texts hold few
            self[code] = value
        return value


_FOLDED = _Folded()
_USUAL = "".join(map(chr, range(128))) + (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđäöüñçëïîûåæøœ“”‘’–—…«»•·°§©×²³½\u00a0"
)
"""ASCII, the letters of Vietnamese and some of western Europe in lower case, and the signs that texts are set
with: few enough (256) that folding them is reading a charset of one byte, in a third of the time."""
_CODES = codecs.charmap_build(_USUAL.ljust(256, "\ufffe"))
_READ = "".join(_FOLDED[ord(c)] for c in _USUAL)


def clean(text: str | None) -> str | None:
    """NFC, white space (no-break spaces too) collapsed to one space, invisible
    and control characters dropped, lone surrogates replaced. Empty is ``None``."""
    if not text:
        return None
    if not text.isprintable():  # most text is, with no space but the ordinary one; asking costs little
        text = text.replace("\xa0", " ").replace("\n", " ")
        if not text.isprintable():
            text = " ".join(_UNSEEN.sub("", _SURROGATE.sub("\ufffd", text)).split())
    text = " ".join(text.split()) if "  " in text else text.strip()
    return (text if text.isascii() else nfc(text)) or None


def nfc(text: str) -> str:
    """A text in NFC, with at most 30 combining marks on one letter."""
    if len(text) > _LONG and not text.isascii() and _NO_WORD.search(text):
        text = _marks().sub(lambda run: run[0][:_MOST_MARKS], text)
    return unicodedata.normalize("NFC", text)


def unescaped(text: str) -> str:
    """A text with its character references read, as in HTML. Never raises."""
    return html.unescape(_NUMBER.sub("\ufffd", text))


def fold(text: str) -> str:
    """The form used to search and compare: no case, no diacritics, ``đ`` as ``d``.

    Tone placement folds away with the marks: ``hoà`` and ``hòa`` are both ``hoa``.
    """
    if text.isascii():
        return text.casefold()
    return _fold_line(text) if len(text) <= _LINE else _fold(text)


def _fold(text: str) -> str:
    try:
        return codecs.charmap_decode(
            codecs.charmap_encode(text.casefold(), "strict", _CODES)[0], "strict", _READ
        )[0]
    except UnicodeEncodeError:  # another character
        return text.translate(_FOLDED)


_fold_line = lru_cache(maxsize=8192)(_fold)


def words(text: str) -> list[str]:
    """The words of a text, as runs of letters and digits."""
    return _WORD.findall(text)


def normal_body(paragraphs: Iterable[str]) -> str:
    """The normalised body that ``text_sha256`` covers: NFC paragraphs, white
    space collapsed, joined by one line break. Case and punctuation count."""
    return "\n".join(p for p in map(clean, paragraphs) if p)


def canonical_json(value: Any) -> bytes:
    """One byte form per value: sorted keys, no white space, UTF-8.

    Floats are refused, so that no two machines print one value in two ways.
    """
    _refuse_floats((value,))
    return _CANONICAL.encode(value).encode()


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refuse_floats(values: Iterable[Any]) -> None:
    for value in values:
        if type(value) is str or value is None:  # most are
            continue
        if isinstance(value, float):
            raise TypeError(f"canonical JSON holds no floats: {value!r}")
        if isinstance(value, dict):
            _refuse_floats(value.values())
        elif isinstance(value, (list, tuple)):
            _refuse_floats(value)


def sha256_hex(data: bytes | str) -> str:
    """Lower-case hexadecimal SHA-256 of bytes, or of a text's UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
