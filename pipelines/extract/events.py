"""Entries of a calendar: pages about something to go to, whose dates are not those of news.

A page is one where it says so in machine-readable form (schema.org Event, microformats
h-event), or where time, place, price or host stand between headline and text, each under a
label of its own. News of an event names these in its sentences, carries a date of publication,
and is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipelines.extract.blocks import Element
from pipelines.extract.draft import Role
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import key, label_of
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import EVENT as EVENT_MARK
from pipelines.extract.moments import Moment, moments
from pipelines.extract.region import prose
from pipelines.extract.words import EVENT, PUBLISHED

_FACTS = 24
"""Blocks between headline and text that are looked at."""
_TO = r"\s*(?:-|–|—|to|until|till|bis|a|à|às|至|~|～|〜|đến)\s*(?:\d{1,2}|noon|midnight)"
_UNTIL = re.compile(_TO, re.I)
_HOURS = re.compile(
    r"[\s,|]*(?:at|from|um|von|de|từ)?\s*\d{1,2}(?:[:.h]\d\d)?\s*(?:[ap]\.?m\.?|uhr|h|giờ)?" + _TO, re.I
)
_CALENDAR = re.compile(r"^webcal:|\.ics(?:$|\?)|[?&]ical=", re.I)
_ANY_DATE = frozenset(("date", "data", "datum", "fecha", "日期", "날짜"))
"""Labels of any date at all."""
_RELEASE = re.compile(r"\s*(?:what|who|was|wer|quoi|qui|que|quem|quién|qué)\b", re.I)


def event(frame: Frame) -> str | None:
    """What makes a page a calendar's entry, or ``None``."""
    if frame.title is None or frame.stated.published:
        return None
    if frame.stated.event and key(frame.stated.event) == key(frame.title.text):
        return "its metadata calls it an event"
    if frame.title.at is not None and _marked(frame, frame.title.at):
        return "its markup calls it an event"
    if frame.of(Role.BYLINE):
        return None
    facts = list(_facts(frame))
    if any(_says_news(text) for text in facts) or _dated_apart(frame, facts):
        return None
    kinds = {kind for text in facts if (kind := _kind(text))}
    kinds |= {0} if any(_ranged(text) for text in facts) else set()
    kinds |= {-1} if kinds and _offers_calendar(frame) else set()
    return "time, place or price stand below its headline" if len(kinds) >= 2 else None


def _marked(frame: Frame, at: int) -> bool:
    """Whether an element around the headline is marked as an event, and is not the whole page."""
    element: Element | None = frame.blocks[at].element
    while element is not None and element.tag not in ("body", "html"):
        if marked(element, EVENT_MARK):
            return True
        element = element.getparent()
    return False


def _facts(frame: Frame) -> Iterator[str]:
    """The short lines between headline and text."""
    if frame.title is None or frame.title.at is None:
        return
    for block in frame.blocks[frame.title.at + 1 : frame.title.at + 1 + _FACTS]:
        if prose(block) or block.chrome:
            return
        if block.text:
            yield block.text


def _kind(text: str) -> int | None:
    """Which of an event's labels a line is, or begins with: 1 time, 2 place, 3 price, 4 host."""
    head, mark, _ = re.sub(r"\s\|\s", ":", text).partition(":")
    return EVENT.get(label_of(head)) if mark or len(text) <= 40 else None


def _ranged(text: str) -> bool:
    """Whether a line gives a date with the hours from which and until which something lasts."""
    return any(
        isinstance(m, Moment) and (_UNTIL if m.clock else _HOURS).match(text[m.end :]) is not None
        for m in moments(text)
    )


def _says_news(text: str) -> bool:
    """Whether a line labels a date as one of publication, or asks what and who, as invitations
    of press offices do."""
    if _RELEASE.match(text) and ":" in text[:12]:
        return True
    dates = [m for m in moments(text) if isinstance(m, Moment)]
    label = label_of(text[: dates[0].start] if dates else text)
    return label in PUBLISHED and label not in _ANY_DATE


def _dated_apart(frame: Frame, facts: list[str]) -> bool:
    """Whether the page prints a date of its own, and its facts name another day."""
    above = [frame.blocks[n].text for n in frame.of(Role.DATE)]
    own = {day for text in (*above, *facts) if not _kind(text) and not _ranged(text) for day in _days(text)}
    named = {day for text in facts if _kind(text) for day in _days(text)}
    return bool(own and named - own)


def _days(text: str) -> set[date]:
    return {m.day for m in moments(text) if isinstance(m, Moment)}


def _offers_calendar(frame: Frame) -> bool:
    return any(_CALENDAR.search(a.get("href") or "") for b in frame.blocks for a in b.anchors)
