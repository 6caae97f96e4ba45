"""The dates that a page's lines print, read as its language, its country and its portal write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, tzinfo

from pipelines.extract.dated import EARLIER
from pipelines.extract.draft import OTHER_NEWS, TAIL, Role
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import label_alone, label_of, says_changed
from pipelines.extract.moments import Moment, has_date, has_year, instant, moments
from pipelines.extract.short_years import with_century
from pipelines.extract.words import EVENT, HELD, PUBLISHED, TIME_OF_EVENT, UPDATED
from pipelines.extract.zones import zone
from pipelines.model import FieldRule
from pipelines.text import clean
from pipelines.urls import host

_LINE = 120
"""Characters of the longest line under a text that is there for its date."""
_DATED = PUBLISHED | UPDATED
_OTHER_ORDER = ("en", "ja", "ko", "zh", "hu", "lt", "mn")
"""Languages in which of three short numbers the first may be the month or the year."""
_DAY_FIRST_ENGLISH = re.compile(r"en-(?:gb|ie|au|nz|in|za|sg|my|hk)$", re.I)
_DAY_FIRST_HOSTS = re.compile(r"\.(?:uk|ie|au|nz|in|za|sg|my)(?::\d+)?$")
_MONTH_FIRST_HOSTS = re.compile(r"\.(?:gov|mil|us)(?::\d+)?$")


def zone_of(frame: Frame) -> tzinfo | None:
    """The zone in which printed times are meant, where it is known."""
    return zone(frame.zone) if frame.zone else None


def local_day(moment: Moment, where: tzinfo | None) -> date:
    """The local day: in the portal's zone where it is known, else as stated."""
    at = instant(moment, where)
    return at.astimezone(where).date() if at and where else moment.day


def dates_of(frame: Frame, text: str) -> Iterator[Moment | str]:
    """The dates of a line, read as the page's language and country write them."""
    if not has_date(text):  # how the country writes them does not matter
        return _short(frame, text)
    return moments(text, day_first=_day_first(frame), language=_spoken(frame))


def _short(frame: Frame, text: str) -> Iterator[Moment]:
    """The day of a line whose year has two digits."""
    whole = with_century(text)
    if whole is None or (frame.language or "").lower().startswith(_OTHER_ORDER):
        return
    for moment in moments(whole, language=_spoken(frame)):
        if isinstance(moment, Moment):
            yield replace(moment, end=moment.end - (len(whole) - len(text)))


def _spoken(frame: Frame) -> str:
    """The page's language; Chinese under Taiwan's domain is Taiwan's, whose years are its own."""
    language = frame.language or "und"
    if not language.lower().startswith(("zh", "und")):
        return language
    return "zh-TW" if host(frame.page.url).partition(":")[0].endswith(".tw") else language


def as_printed(frame: Frame, n: int, moment: Moment) -> str:
    """A date as a block prints it."""
    return clean(frame.blocks[n].text[moment.start : moment.end]) or ""


def labelled_moments(
    frame: Frame, n: int, notes: list[FieldRule] | None = None
) -> Iterator[tuple[Moment, str, bool]]:
    """(moment, its label, whether the label says "updated") of a block. Labels that stand together are
    those of the dates that follow, in their order."""
    text, last = frame.blocks[n].text, 0
    paired: list[str] = []
    for moment in dates_of(frame, text):
        if isinstance(moment, str):
            if notes is not None:
                notes.append(FieldRule(field="published_date", rule=f"impossible: {moment}"))
            continue
        label = label_of(text[last : moment.start]) or _label_above(frame, n)
        label = EARLIER.sub("", label) if label else label
        if "/" in label and all(part in _DATED for part in _both(label)):
            paired = _both(label)
        label = paired.pop(0) if paired else label
        last = moment.end
        yield moment, label, says_changed(label)


def is_of_news(label: str) -> bool:
    """Whether a date may be a text's by its label: one that says when something is held or due is not."""
    return label in PUBLISHED or not (label in HELD or EVENT.get(label) == TIME_OF_EVENT)


def _both(label: str) -> list[str]:
    """The parts of a label of several dates: ``created / changed``."""
    return [part.strip() for part in label.split("/")]


def _label_above(frame: Frame, n: int) -> str:
    """The label of a value that stands in the block before it (``dt`` and ``dd``, two cells)."""
    before = frame.blocks[n - 1] if n else None
    return "" if before is None or before.image or before.heading else label_alone(before)


def under_text(frame: Frame) -> Iterator[int]:
    """Short lines with a year right under the text; below a related link those that begin with a label of
    publication or change, since pages print what they are related to before what is said of themselves."""
    if frame.region is None:
        return
    texts = frame.of(Role.TEXT)
    first = texts[-1] + 1 if texts else frame.region.span[1]
    linked = False
    for n in range(first, min(len(frame.blocks), first + TAIL // 4)):
        if frame.roles.get(n) in OTHER_NEWS:
            linked = True
            continue
        text = frame.blocks[n].text
        if len(text) > _LINE:
            return
        if frame.blocks[n].chrome or not has_year(text):
            continue
        if not linked or _begins_labelled(frame, text):
            yield n


def _begins_labelled(frame: Frame, text: str) -> bool:
    """Whether a line begins with a label of publication or change, or with both, and goes on with the date:
    ``Created / changed: 4.7.2025``."""
    found = next((m for m in dates_of(frame, text) if isinstance(m, Moment)), None)
    return found is not None and all(
        part in PUBLISHED or says_changed(part) for part in _both(label_of(text[: found.start]))
    )


def _day_first(frame: Frame) -> bool | None:
    """Whether numeric dates begin with the day: everywhere but on American pages; unknown on
    English pages of unknown country."""
    language = (frame.language or "").lower()
    if not language.startswith("en"):
        return True
    site = host(frame.page.url)
    if _DAY_FIRST_ENGLISH.match(language) or _DAY_FIRST_HOSTS.search(site):
        return True
    # Portals of other countries often leave their template's ``lang="en"`` as it was.
    if re.search(r"\.(?!com|org|net|edu|info|gov|mil|us)[a-z]{2,}(?::\d+)?$", site):
        return True
    return False if language == "en-us" or _MONTH_FIRST_HOSTS.search(site) else None
