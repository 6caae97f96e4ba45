"""Names in the scripts of East Asia, which write no capitals and often no space.

What tells a person there is the surname, of which few make up most (the tables of words have them), and
the length. An office shows itself by its end or by a part of its name.
"""

from __future__ import annotations

import re

from pipelines.extract.words import NO_NAME, OFFICE_ENDS, OFFICE_PARTS, TABLES
from pipelines.text import fold

EASTERN = re.compile(r"[\u3005\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3]")
"""A letter of one of these scripts."""
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}")
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_MIXED = re.compile(
    r"[\u3005\u3400-\u9fff]{1,4}[\u3005\u30ce\u30b1\u30f6\u3400-\u9fff]?[\u3041-\u3096]{2,4}|[\u3005\u3400-\u9fff]{3,5}"
)
"""Japanese: the given name may be in kana, and 々 is no Han character."""
_SPACED = re.compile(r"[\u3005\u30f6\u3400-\u9fff]{1,4} [\u3005\u3041-\u30fe\u3400-\u9fff]{1,4}")
_FOREIGN = re.compile(
    r"[\u30a1-\u30fc]{2,10}(?:・[\u30a1-\u30fc]{2,12}){1,3}|[\u3400-\u9fff]{2,8}(?:[·•‧][\u3400-\u9fff]{2,8}){1,2}"
)
"""A name from elsewhere, its parts divided by a dot in the middle."""
_SPLIT = re.compile(r"\s*[,，、;；/／&＆]\s*")
_DOT = re.compile(r"\s*[·•‧・ㆍ]\s*")
_ENDS = tuple(OFFICE_ENDS)
_LONGEST = 20
"""Characters of the longest name of an office."""


def _surnames(language: str) -> tuple[str, ...]:
    """A language's surnames, the longest first."""
    return tuple(sorted(TABLES[language].surnames, key=len, reverse=True))


_KOREAN, _JAPANESE, _CHINESE = map(_surnames, ("ko", "ja", "zh"))


def eastern_names(text: str, *, strict: bool = False) -> tuple[str, ...] | None:
    """The names in a list of names; ``None`` where a part of it is none.

    Args:
        text: for example ``张三 李四`` or ``홍길동·김철수``.
        strict: only names that begin with one of the table's surnames.
    """
    found: list[str] = []
    for part in _SPLIT.split(text.strip(" .。")):
        for name in _apart(part):
            if not is_eastern_name(name, strict=strict):
                return None
            found.append(name)
    return tuple(dict.fromkeys(found)) or None


def is_eastern_name(text: str, *, strict: bool = False) -> bool:
    """Whether a text has the shape of a person's name and of no office."""
    if fold(text) in NO_NAME or any(map(text.__contains__, OFFICE_PARTS)):
        return False
    if _HANGUL.fullmatch(text):
        family = _family(text, _KOREAN)
        return family > 0 and len(text) - family in ((2,) if strict else (1, 2)) and not text.endswith(_ENDS)
    if _FOREIGN.fullmatch(text):
        return True
    if text.endswith(_ENDS):
        return False
    if _SPACED.fullmatch(text):
        return not strict or _family(text, _JAPANESE) > 0 or _is_chinese(text.replace(" ", ""))
    if strict:
        return _is_chinese(text) or _is_japanese(text)
    return bool(_HAN.fullmatch(text) or _MIXED.fullmatch(text))


def is_eastern_office(text: str) -> bool:
    """Whether a text is short and named as offices are."""
    named = any(map(text.__contains__, OFFICE_PARTS)) or text.endswith(_ENDS)
    return named and 2 <= len(text) <= _LONGEST


def ends_as_office(text: str) -> bool:
    """Whether a text is one word that ends as the names of offices do: what a picture shows may have
    such a word in it."""
    return is_eastern_office(text) and " " not in text and text.endswith((*_ENDS, *OFFICE_PARTS))


def _is_chinese(text: str) -> bool:
    given = len(text) - _family(text, _CHINESE)
    return bool(_HAN.fullmatch(text)) and given < len(text) and given <= 2


def _is_japanese(text: str) -> bool:
    family = _family(text, _JAPANESE)
    return family > 0 and len(text) - family in (2, 3) and bool(_MIXED.fullmatch(text))


def _family(text: str, surnames: tuple[str, ...]) -> int:
    """The length of the surname with which a text begins and does not end, 0 without one."""
    found = next((s for s in surnames if text.startswith(s) and len(text) > len(s)), "")
    return len(found)


def _apart(part: str) -> list[str]:
    """The names between which there is only a space or a dot in the middle, where each is a whole one."""
    for pieces in (_DOT.split(part), part.split()):
        if len(pieces) > 1 and pieces[0] not in _JAPANESE and all(_whole(piece) for piece in pieces):
            return pieces
    return [part]


def _whole(text: str) -> bool:
    if _HANGUL.fullmatch(text):
        return is_eastern_name(text)
    return _is_chinese(text) or _is_japanese(text)
