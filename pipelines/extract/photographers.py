"""Whom the value of a photo label credits."""

from __future__ import annotations

import re

from pipelines.extract.actions import without_action
from pipelines.extract.labels import LENT, is_nobody
from pipelines.extract.names import is_collective, is_office, names, titled
from pipelines.extract.words import ARTICLES

_GIVEN = re.compile(r"(?:do\s+)?(\w.+?)\s+cung cấp", re.I)
"""An office that gave a picture out is credited as it is printed; that somebody did is no credit."""
_MARKS = re.compile(r"^(?:©|ⓒ|\(c\))\s*|\s*\(\d{1,3}\)", re.I)
"""The sign of copyright before a name, and behind it how many of the pictures are its bearer's."""
_SIGNS, _DIVIDERS = frozenset("©ⓒⒸ("), frozenset("/,;|–—-")
"""What these two have one of."""
_SENTENCE = re.compile(r"(?:\w\w(?<!St)\.|[!?:])\s")
_SIDES = re.compile(r"\s*[/,;|]\s*|\s+[–—-]\s+")
"""What divides a photographer from an office, or one office from another."""


def photographers(value: str) -> tuple[str, ...] | None:
    """Whom the value of a photo label credits: persons, or an office or club as it is printed;
    nobody for an archive or a handout; ``None`` where the value is no credit."""
    value = value if _SIGNS.isdisjoint(value) else _MARKS.sub("", value)
    given = _GIVEN.fullmatch(value.strip(" .-–—,")) if "cung" in value.lower() else None
    if given and is_office(given[1]) and given[1][0].isupper():
        return (given[0],)
    lent = LENT.sub("", value).strip(" .-–—,")
    sides = [] if _DIVIDERS.isdisjoint(lent) else [side for side in _SIDES.split(lent) if side]
    if len(sides) > 1 and 0 < sum(map(is_nobody, sides)) < len(sides):
        return _of_sides(sides)
    if is_nobody(value) or (lent != value and is_nobody(lent)):
        return ()
    value = value.strip() if lent == value.strip(" .-–—,") else lent
    found = names(without_action(value)[0])
    if found:
        return found[0]
    if len(sides) > 1:
        return _of_sides(sides)
    return (lent,) if _is_credit(lent) else None


def persons(found: tuple[str, ...], value: str) -> tuple[str, ...]:
    """The names of a credit without the agency or paper that a photographer works for: capitals beside a
    full name, or the one word on the other side of its stroke (``Rosa Lake/AFP``, ``Gazette/Rosa Lake``)."""
    full = [name for name in found if " " in name and not name.isupper() and not is_office(name)]
    if not full or len(full) == len(found):
        return found
    stroke = len(found) == 2 and "/" in value
    return tuple(name for name in found if name in full or not _is_sign(name, stroke))


def _is_sign(name: str, stroke: bool) -> bool:
    """Whether one name of a credit is a paper's or agency's, beside a person's."""
    capitals = name.isupper() and name.isalpha() and len(name) > 2 and not is_collective(name)
    return capitals or is_office(name) or (stroke and " " not in name and name.isalpha())


def _of_sides(sides: list[str]) -> tuple[str, ...] | None:
    """The persons among several, or the offices where there are none: an office beside a person is
    where the person works. ``None`` where one of them is neither."""
    named = [side for side in sides if not is_nobody(side)]
    people = {side: found[0] for side in named if (found := names(side)) and not is_office(side)}
    if not all(side in people or (_of_office(side) and _is_credit(side)) for side in named):
        return None
    return tuple(n for found in people.values() for n in found) or tuple(named)


def _of_office(side: str) -> bool:
    """Whether a side names an office: by a word of such names, or by capitals and a number (``DDT 91``)."""
    return is_office(side) or (side[:3].isupper() and any(map(str.isdigit, side)))


def _is_credit(text: str) -> bool:
    """Whether a text is short and has the capitals of an office or club."""
    short = 2 <= len(text) <= 60 and len(text.split()) <= 8 and not _SENTENCE.search(text)
    described = text.partition(" ")[0].casefold() in ARTICLES and not is_office(text)
    return short and titled(text) and not described
