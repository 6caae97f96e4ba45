"""Dates as they are printed: strict patterns, nothing guessed, no clock asked.

A date that could be read in two ways (``03/04/2026`` on a page whose language writes both)
is no date, unless a printed weekday decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Literal

from pipelines.extract.words import MONTHS, WEEKDAYS
from pipelines.extract.zones import offset
from pipelines.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A printed date, as far as it is printed."""

    day: date
    clock: time | None = None
    """Local time of day, where printed; seconds only where metadata states them."""
    offset: tzinfo | None = None
    """The printed offset from UTC."""
    start: int = 0
    end: int = 0
    """Where it stands in the text."""
    weekday_agrees: bool | None = None
    """Whether a weekday printed before it is that day's; ``None`` without one."""


_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_ZONE = r"(?:\(?\s*(?P<zone>(?:GMT|UTC)\s?[+\-−]\s?\d{1,2}(?::?\d{2})?|[+\-]\d{2}:\d{2}|GMT|UTC)\s*\)?)"
_CLOCK = (
    r"(?P<{p}hour>[01]?\d|2[0-4])(?:\s*(?::|h|g|gio|uhr|时|시|時)\s*)(?P<{p}minute>[0-5]\d)?"
    r"(?::(?P<{p}second>[0-5]\d))?(?:\s*(?:phut|uhr|h|분|分))?"
    r"(?:\s*(?P<{p}half>sa|ch|am|pm|a\.m\.|p\.m\.)(?![a-z]))?"
)
_GAP = r"(?:\s*(?:[,|•·–—\-/]|luc|vao luc|hoi|at|um|as|a las|a|den|às)?\s*)"
_DAYS = (
    # 2026-03-05, 2026/03/05, 2025.12.10
    r"(?P<y1>\d{4})(?P<s1>[-/.])\s?(?P<m1>\d{1,2})(?P=s1)\s?(?P<d1>\d{1,2})\.?(?!\d)",
    # 05/03/2026, 5-3-2026, 05.03.2026
    r"(?P<a2>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b2>\d{1,2})\s?(?P=s2)\s?(?P<y2>\d{4})(?!\d|\.\d)",
    # ngày 05 tháng 3 năm 2026
    r"(?:ngay\s*)?(?P<d3>\d{1,2})\s*(?:,\s*)?thang\s*(?P<m3>\d{1,2})\s*(?:,|nam|/)?\s*(?P<y3>\d{4})(?!\d)",
    # 2025년 12월 10일, 2025年10月14日
    r"(?P<y4>\d{4})\s*(?:년|年)\s*(?P<m4>\d{1,2})\s*(?:월|月)\s*(?P<d4>\d{1,2})\s*(?:일|日)",
    # 5 March 2026, 27. Januar 2020, 5 de outubro de 2018
    rf"(?P<d5>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+|of\s+)?(?P<m5>{_MONTH})\.?,?\s*(?:de\s+|del\s+)?"
    r"(?P<y5>\d{4})(?!\d)",
    # March 5, 2026
    rf"(?P<m6>{_MONTH})\.?\s+(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y6>\d{{4}})(?!\d)",
)
_PATTERN = (
    rf"(?<![\w/.\-])(?:(?P<weekday>{_WEEKDAY})\s*(?:feira)?[\s,.–\-|]*(?:ngay\s*)?)?"
    rf"(?:{_CLOCK.format(p='b')}{_GAP}(?:,?\s*ngay\s*)?)?"
    rf"(?:(?P<weekday2>{_WEEKDAY})[\s,.–\-|]*(?:ngay\s*)?)?"
    rf"(?:{'|'.join(_DAYS)})"
    rf"(?:\s*\(?(?:{_WEEKDAY})\)?(?![a-z]))?"
    rf"(?:{_GAP}(?:T\s*)?{_CLOCK.format(p='')})?(?:\s*{_ZONE})?"
)
# Folded text is decomposed, Hangul into its letters; so is the pattern.
_MOMENT = re.compile(unicodedata.normalize("NFD", _PATTERN), re.I)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+\-]\d\d:?\d\d)?)?$",
    re.I,
)


def moments(text: str, *, day_first: bool | None = True) -> Iterator[Moment | str]:
    """The dates in a text, left to right; a string is one that no calendar has, as printed.

    Args:
        text: one printed line.
        day_first: whether ``03/04/2026`` is 3 April (True), March 4 (False) or cannot be
            known (None).
    """
    folded, places = _aligned(text)
    for match in _MOMENT.finditer(folded):
        start, end = places[match.start()], places[match.end()]
        moment = _moment(match, start, end, day_first)
        if moment is not None:
            yield moment or text[start:end].strip()


def iso(text: str | None) -> Moment | None:
    """An ISO 8601 date of machine-readable metadata, as far as it is one."""
    match = _ISO.match((text or "").strip())
    if not match:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        clock = time(int(match[4]), int(match[5]), int(match[6] or 0)) if match[4] else None
    except ValueError:
        return None
    return Moment(day=day, clock=clock, offset=offset(match[7]) if match[7] else None)


def instant(moment: Moment, zone: tzinfo | None) -> datetime | None:
    """The instant of a moment, where time of day and zone are known."""
    where = moment.offset or zone
    if moment.clock is None or where is None:
        return None
    return datetime.combine(moment.day, moment.clock, where)


def _aligned(text: str) -> tuple[str, list[int]]:
    """The folded text, and for every place in it (and its end) the place in the text."""
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        folded = fold(char)
        out.append(folded)
        places.extend([at] * len(folded))
    return "".join(out), [*places, len(text)]


def _moment(
    match: re.Match[str], start: int, end: int, day_first: bool | None
) -> Moment | Literal[False] | None:
    """``None`` for what may be no date at all, ``False`` for one that no calendar has."""
    weekday = WEEKDAYS.get(match["weekday"] or match["weekday2"] or "")
    days = _days(match, day_first)
    possible = [d for d in (_date(*d) for d in days) if d]
    if not possible:
        return False if days else None
    agreeing = [d for d in possible if weekday == d.isoweekday()]
    if len(set(possible)) > 1 and len(agreeing) != 1:
        return None
    day = agreeing[0] if agreeing else possible[0]
    if not 1990 <= day.year <= 2100:
        return False
    return Moment(
        day=day,
        clock=_clock(match, "") or _clock(match, "b"),
        offset=offset(match["zone"]) if match["zone"] else None,
        start=start,
        end=end,
        weekday_agrees=None if weekday is None else weekday == day.isoweekday(),
    )


def _days(match: re.Match[str], day_first: bool | None) -> list[tuple[int, int, int]]:
    """The readings of the printed day as (year, month, day)."""
    for n in (1, 3, 4):
        if match[f"y{n}"]:
            return [(int(match[f"y{n}"]), int(match[f"m{n}"]), int(match[f"d{n}"]))]
    for n in (5, 6):
        if match[f"y{n}"]:
            return [(int(match[f"y{n}"]), MONTHS[match[f"m{n}"].lower()], int(match[f"d{n}"]))]
    first, second, year = int(match["a2"]), int(match["b2"]), int(match["y2"])
    by_day, by_month = (year, second, first), (year, first, second)
    if match["s2"] == "." or day_first is True:
        return [by_day]
    return [by_month] if day_first is False else [by_day, by_month]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(match: re.Match[str], prefix: str) -> time | None:
    hour = match[f"{prefix}hour"]
    if hour is None:
        return None
    half = (match[f"{prefix}half"] or "").replace(".", "").lower()
    value = int(hour) % 12 if half in ("sa", "am") else int(hour)
    if half in ("ch", "pm") and value < 12:
        value += 12
    return time(value % 24, int(match[f"{prefix}minute"] or 0))
