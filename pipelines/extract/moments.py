"""Dates as they are printed: strict patterns, nothing guessed, no clock asked.

A date that could be read in two ways (``03/04/2026`` on a page whose language writes both)
is no date, unless a printed weekday decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from itertools import starmap
from typing import Literal

from pipelines.extract.date_patterns import (
    BEFORE_YEAR,
    BEGINNING,
    CALENDARS,
    ERAS,
    ISO,
    MOMENT,
    YEAR,
    YEAR_SIGNS,
)
from pipelines.extract.folding import aligned
from pipelines.extract.words import AM, MEANT, MONTHS, PM, WEEKDAYS
from pipelines.extract.zones import offset
from pipelines.text import remembered


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


_LONGEST = 1000
"""Characters of a line that are looked through for dates."""
_EARLIEST, _LATEST = 1990, 2100
"""Years in which a city's page can have been published on the web."""
_BUDDHIST = 543
"""Years that the Thai calendar is ahead of the Gregorian one."""
_BEHIND = frozenset("-/.")
"""What stands behind a year that comes first."""
_BETWEEN = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "-/.,"
"""What may stand between a year that comes last and the day, the month or the word before it."""
_NEAR = 40
"""Characters before a year that are looked at: a line can hold a hundred thousand years."""
_FORMS = (1, 3, 4, 5, 6, 7, 8)
"""The forms of a date whose parts can be told apart."""
_CLOCKS = {p: tuple(p + part for part in ("hour", "minute", "half", "before", "only")) for p in ("", "b")}
"""The parts of the time of day behind the day, and before it."""
_MONTHS = 12
_AMERICAN = ("en", "und")
"""Languages of pages on which the American order counts where no other is possible: English, or unknown."""
_THAI = re.compile("[\u0e00-\u0e7f]")


def moments(
    text: str, *, day_first: bool | None = True, language: str | None = None
) -> Iterator[Moment | str]:
    """The dates in a text, left to right; a string is one that no calendar has, as printed.

    Args:
        text: one printed line; of a long one the beginning.
        day_first: whether ``03/04/2026`` is 3 April (True), March 4 (False) or cannot be
            known (None).
        language: BCP 47 language of the page, ``und`` where it is not known. Where it is given, it
            decides which month a name means that is two months in two languages; on English pages
            and where it is ``und`` the American order counts where no other is possible, on pages in
            Thai the Buddhist era, on Taiwanese ones (``zh-TW``) the republic's years.
    """
    matches, _ = _matches(text)
    if not matches:
        return iter(())
    spoken, _, rest = (language or "").lower().partition("-")
    if spoken == "zh" and rest.endswith("tw"):
        spoken = "zh-tw"
    if spoken != "en" and all(map(_is_plain, matches)):
        spoken = ""  # so that rules which know the language and rules which do not share the answer
    return iter(_moments(text[:_LONGEST], day_first, spoken))


def has_date(text: str) -> bool:
    """Whether a line has what looks like a date; whether it is one depends on the page's language."""
    return bool(_matches(text)[0])


def _is_plain(match: re.Match[str]) -> bool:
    """Whether a date is written in digits, in an order that any language may write, and counts its years as
    all dates here: it is the same in any language but English."""
    year = match["y2"] or match["y1"]
    return year is not None and int(match["b2"] or 1) <= _MONTHS and _EARLIEST <= int(year) <= _LATEST


@remembered(1024)
def has_year(text: str) -> bool:
    """Whether a line has the digits of a year or its sign, as every form of a date does."""
    return YEAR.search(text) is not None or _has_sign(text)


def _has_sign(text: str) -> bool:
    return not text.isascii() and any(map(text.__contains__, YEAR_SIGNS))


@lru_cache(maxsize=1024)
def _moments(text: str, day_first: bool | None, spoken: str) -> tuple[Moment | str, ...]:
    """The dates of a line, remembered: several rules look at the same lines."""
    return tuple(_found(text, day_first, spoken))


def _found(text: str, day_first: bool | None, spoken: str) -> Iterator[Moment | str]:
    matches, places = _matches(text)
    for match in matches:
        zone_name = _zone_name(match, text, places)
        # What is no zone's name in capitals is the next word of the line.
        last = match.end() if zone_name or match["zone"] is None else match.start("zone")
        start, end = places[match.start()], places[last]
        if match["m5"] and _is_duration(text[places[match.start("m5")] : end]):
            continue
        weekday = WEEKDAYS.get(match["weekday"] or match["weekday2"] or "")
        days = _days(match, day_first, spoken, weekday)
        moment = _moment(match, start, len(text[:end].rstrip(" (")), days, weekday, zone_name)
        if moment is not None:
            yield moment or text[start:end].strip()


def _zone_name(match: re.Match[str], text: str, places: Sequence[int]) -> str | None:
    """The name of the zone that a date is printed with; such names are printed in capitals."""
    for zone in ("zone", "bzone"):
        first, last = match.span(zone)
        if first >= 0 and (printed := text[places[first] : places[last]]) == printed.upper():
            return printed
    return None


@remembered(512)
def _matches(text: str) -> tuple[tuple[re.Match[str], ...], Sequence[int]]:
    """The forms of a date in the folded text of a line, and the places of that in the line. Remembered,
    since they are the same in all languages."""
    if not has_year(text):
        return (), ()
    folded, places = aligned(text)
    return tuple(_forms(folded.replace("ı", "i"))), places


def _forms(folded: str) -> Iterator[re.Match[str]]:
    """The forms of a date that begin before the last year: most of a line has none."""
    at, end = 0, _last(folded)
    while start := BEGINNING.search(folded, at, end):
        match = MOMENT.match(folded, start.start())
        at = match.end() if match else start.start() + 1
        if match:
            yield match


def _last(folded: str) -> int:
    """Where the last year of a date may begin, as the end of what is looked through; 0 without one."""
    last = 0
    for year in YEAR.finditer(folded):
        if _is_dated(folded, year):
            last = year.start() + 1
    return max(last, *(folded.rfind(sign) + 1 for sign in YEAR_SIGNS)) if _has_sign(folded) else last


def _is_dated(folded: str, year: re.Match[str]) -> bool:
    """Whether digits can be the year of a date, by what stands right beside them: ``GC-1362`` cannot."""
    start, end = year.span()
    behind = folded[end : end + 1]
    if year[1] or behind in _BEHIND or behind.isdecimal():
        return True
    before = folded[max(0, start - _NEAR) : start].rstrip(_BETWEEN)
    # Where nothing else stands near, what does so farther off may be the day: the form itself is asked.
    return before[-1:].isdecimal() or before[-2:] in BEFORE_YEAR or (not before and start > _NEAR)


def iso(text: str | None) -> Moment | None:
    """An ISO 8601 date of machine-readable metadata, as far as it is one. Years in which no page can have
    been published stand for no date: ``0001-01-01`` is what .NET writes for none."""
    return _iso(text.strip()) if text else None


@remembered(512)
def _iso(text: str) -> Moment | None:
    """Remembered, since several rules ask what a page states."""
    match = ISO.match(text)
    if not match:
        return None
    try:
        year, month, number, hour, minute, second, zone = match.groups()
        day = date(int(year), int(month), int(number))
        clock = time(int(hour), int(minute), int(second or 0)) if hour else None
    except ValueError:
        return None
    if not _EARLIEST <= day.year <= _LATEST:
        return None
    return Moment(day=day, clock=clock, offset=offset(zone) if zone else None)


def instant(moment: Moment, zone: tzinfo | None) -> datetime | None:
    """The instant of a moment, where time of day and zone are known."""
    where = moment.offset or zone
    if moment.clock is None or where is None:
        return None
    return datetime.combine(moment.day, moment.clock, where)


def _is_duration(printed: str) -> bool:
    """``6 tháng năm 2026`` are six months of that year; May is written ``Tháng Năm`` or with ``năm``
    once more."""
    return printed.startswith("tháng năm") and not re.match(r"tháng năm\W+năm", printed)


def _moment(
    match: re.Match[str],
    start: int,
    end: int,
    days: list[tuple[int, int, int]],
    weekday: int | None,
    zone_name: str | None,
) -> Moment | Literal[False] | None:
    """``None`` for what may be no date at all, ``False`` for one that no calendar has."""
    possible = [d for d in starmap(_date, days) if d]
    if not possible:
        return False if days else None
    agreeing = [d for d in possible if weekday == d.isoweekday()] if weekday else []
    if len(possible) > 1 and possible[0] != possible[1] and len(agreeing) != 1:
        return None
    day = agreeing[0] if agreeing else possible[0]
    if not _EARLIEST <= day.year <= _LATEST:
        return False
    clock = _clock(match, "") or _clock(match, "b")
    return Moment(
        day=day,
        clock=clock,
        offset=offset(zone_name) if zone_name and clock else None,
        start=start,
        end=end,
        weekday_agrees=None if weekday is None else weekday == day.isoweekday(),
    )


def _days(
    match: re.Match[str], day_first: bool | None, spoken: str, weekday: int | None
) -> list[tuple[int, int, int]]:
    """The readings of the printed day as (year, month, day)."""
    if match["y2"]:
        return _numeric(match, day_first, spoken, weekday)
    form = next(n for n in _FORMS if match[f"y{n}"])
    printed, month, day = match.group(f"y{form}", f"m{form}", f"d{form}")
    if form in (5, 6, 7):
        number = _month(month.lower(), spoken)
        year = int(printed)
        year -= _BUDDHIST if year > _LATEST and _THAI.match(month) else 0
        return [(year, number, int(day))] if number else []
    year = 1 if printed == "元" else int(printed)
    era = match["era"] if form == 4 else None
    year = year + ERAS[era] if era else _gregorian(year, spoken)
    return [(year, int(month), int(day))] if form != 8 or year > _EARLIEST else []


def _numeric(
    match: re.Match[str], day_first: bool | None, spoken: str, weekday: int | None
) -> list[tuple[int, int, int]]:
    """The readings of ``03/04/2026``. A printed weekday that is the day's in one order alone decides against
    what the page's language has: platforms print their own country's order in any language."""
    first, second, year = int(match["a2"]), int(match["b2"]), _gregorian(int(match["y2"]), spoken)
    by_day, by_month = (year, second, first), (year, first, second)
    if match["s2"] == ".":
        return [by_day]
    own = [by_day] if day_first is True and not (spoken in _AMERICAN and second > 12) else [by_day, by_month]
    own = [by_month] if day_first is False else own
    if weekday is None or len(own) > 1:
        return own
    agreeing = [d for d in (by_day, by_month) if (day := _date(*d)) and day.isoweekday() == weekday]
    return agreeing if len(agreeing) == 1 else own


def _gregorian(year: int, spoken: str) -> int:
    """A printed year in the calendar of all dates here, where the page's language counts in another, or
    may do so."""
    if _EARLIEST <= year <= _LATEST:
        return year
    own = CALENDARS.values() if not spoken else filter(None, [CALENDARS.get(spoken)])
    return next((year + more for first, last, more in own if first <= year <= last), year)


def _month(name: str, spoken: str) -> int | None:
    """The month of a name; ``None`` where languages mean different ones by it and the page's is
    none of them (``listopad`` is October in Croatian, November in Polish)."""
    of = MEANT.get(name)
    return MONTHS[name] if of is None or not spoken else of.get(spoken)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(match: re.Match[str], prefix: str) -> time | None:
    hour, minute, after, before, only = match.group(*_CLOCKS[prefix])
    if hour is None:
        return None
    value = int(hour)
    if half := (after or before or only or "").lower():
        half = half if half in AM or half in PM else half.replace(".", "")
        value = value % 12 if half in AM else value
        value += 12 if half in PM and value < 12 else 0
    return time(value % 24, int(minute or 0))
