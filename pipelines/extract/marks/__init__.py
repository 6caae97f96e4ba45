"""Marks by which published platforms and standards say what an element is.

They stand in one table, ``table.py``. What reads a page asks here by what a mark says and never
compares classes itself, so that no class of a theme or site can slip into a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from lxml import etree

from pipelines.extract.marks.table import CHANGE, EITHER, PLAIN, PUBLICATION, TABLE

_EITHER_CASE = frozenset(("itemprop", "property", "rel", "role"))
"""Attributes that are compared without regard to case: HTML does so with some, and pages with all."""
_NUMBER = re.compile(r"\d")
_KINDS = (PUBLICATION, CHANGE, EITHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows of one meaning that stand in one attribute."""

    attribute: str
    either_case: bool
    exact: dict[str, str]
    """The marks as the table spells them, by what is compared."""
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    """Marks with a number or letters left open."""

    def among(self, said: str) -> list[str]:
        """The marks of these rows in the value of an attribute."""
        known = self.exact
        words = said.lower().split() if self.either_case else said.split()
        # Nearly every element bears none.
        found = [] if known.keys().isdisjoint(words) else [known[word] for word in words if word in known]
        for mark, pattern in self.patterns:
            found += [mark for word in words if pattern.fullmatch(word.rstrip("/"))]
        return found


def _rows(meaning: str, attribute: str) -> _Rows:
    either = attribute in _EITHER_CASE
    marks = [mark for where, mark, says, _ in TABLE if (where, says) == (attribute, meaning)]
    return _Rows(
        attribute=attribute,
        either_case=either,
        exact={mark.lower() if either else mark: mark for mark in marks if not {"#", "*"} & set(mark)},
        patterns=tuple((mark, _pattern(mark)) for mark in marks if {"#", "*"} & set(mark)),
    )


def _pattern(mark: str) -> re.Pattern[str]:
    return re.compile(re.escape(mark).replace(r"\#", r"\d+").replace(r"\*", r"\w*"))


_BY_MEANING = {
    meaning: tuple(
        _rows(meaning, where) for where in dict.fromkeys(row[0] for row in TABLE if row[2] == meaning)
    )
    for meaning in dict.fromkeys(row[2] for row in TABLE)
}
_TIMES = tuple((_rows(says, where), mark, says) for where, mark, says, _ in TABLE if says in _KINDS)
_PROPERTIES = {mark.lower(): mark for where, mark, _, _ in TABLE if where == "itemprop"}


@cache
def names(*meanings: str) -> tuple[str, ...]:
    """The marks that say one of these things, in the order of the table."""
    return tuple(mark for _, mark, says, _ in TABLE if says in meanings)


@cache
def attributes(*meanings: str) -> tuple[str, ...]:
    """The attributes in which the marks that say one of these things stand."""
    return tuple(dict.fromkeys(where for where, _, says, _ in TABLE if says in meanings))


def marked(element: etree._Element, *meanings: str) -> list[str]:
    """The marks by which an element says one of these things, as the table spells them and in its
    order; none where it says none of them."""
    found: list[str] = []
    for meaning in meanings:
        for rows in _BY_MEANING[meaning]:
            if said := element.get(rows.attribute):
                found += rows.among(said)
    return sorted(found, key=names(*meanings).index) if len(found) > 1 else found


def asking(*meanings: str) -> Callable[[etree._Element], bool]:
    """Whether an element says one of these things, as a function of the element: quicker than
    :func:`marked`, for what is asked of every element of a page. The marks stand in one attribute,
    and none of them has a part left open."""
    rows = [rows for meaning in meanings for rows in _BY_MEANING[meaning]]
    (attribute,) = {row.attribute for row in rows}
    words, either_case = frozenset(word for row in rows for word in row.exact), rows[0].either_case

    def asked(element: etree._Element) -> bool:
        said = element.get(attribute)
        return said is not None and not words.isdisjoint((said.lower() if either_case else said).split())

    return asked


def style(element: etree._Element) -> frozenset[str]:
    """The names of classes that may set an element apart from its neighbours. None of them is known here,
    and all that matters is whether two elements share them; those that say how any paragraph is set, and
    those with a number, which programs make up, are left out."""
    said = frozenset((element.get("class") or "").split()) - frozenset(names(PLAIN))
    return frozenset(name for name in said if not _NUMBER.search(name))


def wholly_marked(element: etree._Element, meaning: str) -> bool:
    """Whether an element bears all marks of one meaning."""
    return set(marked(element, meaning)) == set(names(meaning))


def properties(element: etree._Element) -> set[str]:
    """The microdata properties of an element that the table has, as it spells them."""
    said = element.get("itemprop")
    return {_PROPERTIES[word] for word in said.lower().split() if word in _PROPERTIES} if said else set()


def time_of(element: etree._Element, line: etree._Element) -> str | None:
    """What the marks of a ``time`` element and of the elements around it, up to its line, say
    of it: ``PUBLICATION``, ``CHANGE`` or ``EITHER``. The innermost marked element counts, and of
    its marks the first in the table."""
    around: etree._Element | None = element
    while around is not None:
        for rows, mark, says in _TIMES:
            if (said := around.get(rows.attribute)) and mark in rows.among(said):
                return says
        if around is line:
            return None
        around = around.getparent()
    return None
