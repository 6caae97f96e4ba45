"""When the article was published, as printed and as understood.

PORTAL's order: the date printed beside the title, then JSON-LD, then ``meta``. Both are
kept, and a disagreement is noted. A date of change is none of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from pipelines.extract.frame import Frame
from pipelines.extract.lines import label_of
from pipelines.extract.moments import Moment, instant, iso, moments
from pipelines.extract.relative import relative
from pipelines.extract.roles import TAIL, Role
from pipelines.extract.words import PUBLISHED, UPDATED
from pipelines.extract.zones import name_of, zone
from pipelines.model import FieldRule
from pipelines.text import clean
from pipelines.urls import host

AHEAD = timedelta(days=1)
"""How far after its capture a page may date itself: one day, since zones differ."""
_DAY_FIRST_ENGLISH = re.compile(r"en-(?:gb|ie|au|nz|in|za|sg|my|hk)$", re.I)
_DAY_FIRST_HOSTS = re.compile(r"\.(?:uk|ie|au|nz|in|za|sg|my)(?::\d+)?$")
_MONTH_FIRST_HOSTS = re.compile(r"\.(?:gov|mil|us)(?::\d+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A date of publication; every field as the model has it."""

    at: datetime | None = None
    day: date | None = None
    precision: str | None = None
    timezone: str | None = None
    raw: str | None = None
    rules: tuple[FieldRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    moment: Moment
    raw: str
    rule: str
    rank: int = 0
    distance: int = 0
    """Blocks between the date and the title: of two dates, the nearer one stands beside it."""


def published(frame: Frame) -> Published:
    """The date of publication, nulls where the page states none that can be believed."""
    notes: list[FieldRule] = []
    printed = _believable(_printed(frame, notes), frame, notes)
    meta = _believable(_stated(frame), frame, notes)
    claim = printed or meta
    if claim is None:
        return Published(rules=tuple(notes))
    notes.insert(0, FieldRule(field="published_date", rule=claim.rule))
    moment, where = claim.moment, _zone(frame)
    if printed and meta:
        same = _day(meta.moment, where) == printed.moment.day
        if not same:
            notes.append(FieldRule(field="published_date", rule=f"{meta.rule} disagrees: {meta.raw}"))
        elif moment.clock is None and meta.moment.clock and (meta.moment.offset or where):
            # The page prints the day, and states the minute of that same day.
            moment = meta.moment
            notes.append(FieldRule(field="published_at", rule=meta.rule))
    if moment.weekday_agrees is False:
        notes.append(FieldRule(field="published_date", rule="the printed weekday is another day's"))
    at = instant(moment, where)
    return Published(
        at=at.astimezone(UTC) if at else None,
        day=printed.moment.day if printed else _day(moment, where),
        precision="minute" if moment.clock is not None else "day",
        timezone=_zone_name(moment, frame) if at else None,
        raw=claim.raw,
        rules=tuple(notes),
    )


def modified(frame: Frame) -> tuple[datetime | None, tuple[FieldRule, ...]]:
    """The instant of the last change that the page states, where it states one to the minute."""
    where = _zone(frame)
    for rule, text in frame.stated.modified:
        moment = iso(text)
        at = instant(moment, where) if moment else None
        if at and at <= frame.captured_at + AHEAD:
            return at.astimezone(UTC), (FieldRule(field="modified_at", rule=rule),)
    for n in (*frame.of(Role.DATE), *_under_text(frame)):
        for moment, _, updated in _moments(frame, n):
            at = instant(moment, where) if updated else None
            if at and at <= frame.captured_at + AHEAD:
                return at.astimezone(UTC), (FieldRule(field="modified_at", rule="printed_label"),)
    return None, ()


def _printed(frame: Frame, notes: list[FieldRule]) -> Iterator[_Claim]:
    """Dates printed beside the title, the best first."""
    at = frame.title.at if frame.title else None
    found: list[_Claim] = []
    for n in frame.of(Role.DATE):
        above = at is not None and n < at
        if above and _far(frame, n, at or 0):
            continue
        for moment, label, updated in _moments(frame, n, notes):
            if updated or (above and _today(frame, moment, n, at or 0)):
                continue
            rank = 8 * (label in PUBLISHED) + 4 * (moment.clock is not None) + 2 * (not above)
            raw = clean(frame.blocks[n].text[moment.start : moment.end]) or ""
            distance = abs(n - (at or 0))
            claim = _Claim(moment=moment, raw=raw, rule="printed_beside_title", rank=rank, distance=distance)
            found.append(claim)
    yield from sorted(found, key=lambda c: (-c.rank, c.distance))
    yield from _elements(frame)
    yield from _below(frame)
    yield from _counted(frame)


def _far(frame: Frame, n: int, at: int) -> bool:
    """Whether a menu or other text stands between a date and the title below it."""
    between = [b for b in frame.blocks[n + 1 : at] if b.text]
    return len(between) > 4 or sum(b.chrome or b.link_share > 0.5 for b in between) > 2


def _today(frame: Frame, moment: Moment, n: int, at: int) -> bool:
    """Whether a date above the title may be the page's clock and not the article's date."""
    where = _zone(frame) or UTC
    near = abs((moment.day - frame.captured_at.astimezone(where).date()).days) <= 1
    return (
        near
        and at - n > 1
        and not any(
            (m := iso(text)) and _day(m, _zone(frame)) == moment.day for _, text in frame.stated.published
        )
    )


def _moments(
    frame: Frame, n: int, notes: list[FieldRule] | None = None
) -> Iterator[tuple[Moment, str, bool]]:
    """(moment, its label, whether the label says "updated") of a block."""
    text, last = frame.blocks[n].text, 0
    for moment in moments(text, day_first=_day_first(frame)):
        if isinstance(moment, str):
            if notes is not None:
                notes.append(FieldRule(field="published_date", rule=f"impossible: {moment}"))
            continue
        label = label_of(text[last : moment.start]) or _label_above(frame, n)
        label = re.sub(r"^.*[|•,;)]\s*", "", label)
        last = moment.end
        yield moment, label, any(label == word or label.endswith(" " + word) for word in UPDATED)


def _label_above(frame: Frame, n: int) -> str:
    """The label of a value that stands in the block before it (``dt`` and ``dd``, two cells)."""
    before = frame.blocks[n - 1] if n else None
    if before is None or before.image or before.heading or len(before.text) > 30:
        return ""
    return label_of(before.text)


def _elements(frame: Frame) -> Iterator[_Claim]:
    """``time`` elements near the title whose text says no date, as ``3 hours ago``."""
    for n in range(*_near(frame)):
        first, end = frame.outline.spans.get(frame.blocks[n].element, (n, n + 1))
        if end - first > 3:
            continue  # a container of more than this line
        for element in frame.blocks[n].element.iter("time"):
            moment = iso(element.get("datetime"))
            own = frame.roles.get(n) not in (Role.RELATED, Role.TEXT, Role.END)
            if moment and own and not frame.blocks[n].chrome:
                raw = clean("".join(element.itertext())) or element.get("datetime") or ""
                yield _Claim(moment=moment, raw=raw, rule="time_element")


def _counted(frame: Frame) -> Iterator[_Claim]:
    """Lines near the title that count back from the capture."""
    for n in range(*_near(frame)):
        block = frame.blocks[n]
        own = frame.roles.get(n) in (Role.FURNITURE, Role.DATE, Role.TEXT) and not block.chrome
        if own and (moment := relative(block.text, frame.captured_at, _zone(frame))):
            yield _Claim(moment=moment, raw=block.text, rule="printed_relative")


def _below(frame: Frame) -> Iterator[_Claim]:
    """A date under the text, where a label says that it is the date of publication."""
    for n in _under_text(frame):
        block = frame.blocks[n]
        for moment, label, updated in _moments(frame, n):
            if label in PUBLISHED and not updated:
                raw = clean(block.text[moment.start : moment.end]) or ""
                yield _Claim(moment=moment, raw=raw, rule="printed_below_text")


def _under_text(frame: Frame) -> Iterator[int]:
    """Short lines right under the text, up to the first related link."""
    if frame.region is None:
        return
    texts = frame.of(Role.TEXT)
    first = texts[-1] + 1 if texts else frame.region.span[1]
    for n in range(first, min(len(frame.blocks), first + TAIL // 4)):
        if frame.roles.get(n) in (Role.RELATED, Role.RELATED_HEADING) or len(frame.blocks[n].text) > 120:
            return
        if not frame.blocks[n].chrome:
            yield n


def _near(frame: Frame) -> tuple[int, int]:
    at = frame.title.at if frame.title else None
    if at is None:
        return 0, 0
    texts = frame.of(Role.TEXT, Role.LEAD)
    return max(0, at - 3), min(at + 10, texts[0] if texts else at + 1)


def _stated(frame: Frame) -> Iterator[_Claim]:
    for rule, text in frame.stated.published:
        moment = iso(text) or next((m for m in moments(text) if isinstance(m, Moment)), None)
        if moment:
            yield _Claim(moment=moment, raw=text, rule=rule)


def _believable(claims: Iterator[_Claim], frame: Frame, notes: list[FieldRule]) -> _Claim | None:
    """The first claim that is not in the capture's future."""
    where = _zone(frame) or UTC
    latest = (frame.captured_at + AHEAD).astimezone(where)
    for claim in claims:
        at = instant(claim.moment, _zone(frame))
        if (at and at > latest) or claim.moment.day > latest.date():
            notes.append(FieldRule(field="published_date", rule=f"in the future: {claim.raw}"))
            continue
        return claim
    return None


def _day_first(frame: Frame) -> bool | None:
    """Whether numeric dates begin with the day: everywhere but on American pages; unknown on
    English pages of unknown country."""
    language = (frame.language or "").lower()
    site = host(frame.page.url)
    if not language.startswith("en"):
        return True
    if _DAY_FIRST_ENGLISH.match(language) or _DAY_FIRST_HOSTS.search(site):
        return True
    # Portals of other countries often leave their template's ``lang="en"`` as it was.
    if re.search(r"\.(?!com|org|net|edu|info|gov|mil|us)[a-z]{2,}(?::\d+)?$", site):
        return True
    return False if language == "en-us" or _MONTH_FIRST_HOSTS.search(site) else None


def _zone(frame: Frame) -> tzinfo | None:
    return zone(frame.context.zone) if frame.context.zone else None


def _zone_name(moment: Moment, frame: Frame) -> str:
    if moment.offset is not None:
        return name_of(moment.offset)
    return frame.context.zone or ""


def _day(moment: Moment, where: tzinfo | None) -> date:
    """The local day: in the portal's zone where it is known, else as stated."""
    at = instant(moment, where)
    return at.astimezone(where).date() if at and where else moment.day
