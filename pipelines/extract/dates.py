"""When the article was published, as printed and as understood.

The order of its rules stands in :mod:`pipelines.extract.evidence`. What is printed and what is
stated are both kept, and a disagreement is noted. A date of change is none of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from pipelines.extract.date_claims import (
    Claim,
    Marked,
    change_dates,
    printed_dates,
    stated_dates,
)
from pipelines.extract.date_lines import local_day, zone_of
from pipelines.extract.evidence import rank
from pipelines.extract.frame import Frame
from pipelines.extract.moments import Moment, instant
from pipelines.extract.zones import name_of
from pipelines.model import FieldRule

AHEAD = timedelta(days=1)
"""How far after its capture a page may date itself: one day, since zones differ."""
_HALF_HOUR, _FARTHEST, _BEHIND = timedelta(minutes=30), timedelta(hours=14), timedelta(hours=12)
"""What zones differ by, and how far they are ahead of UTC and behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A date of publication; every field as the model has it."""

    at: datetime | None = None
    day: date | None = None
    precision: str | None = None
    timezone: str | None = None
    raw: str | None = None
    rules: tuple[FieldRule, ...] = ()


def published(frame: Frame, marked: Marked) -> Published:
    """The date of publication, nulls where the page states none that can be believed.

    Args:
        frame: the page.
        marked: gives its ``time`` elements.
    """
    notes: list[FieldRule] = []
    printed = _believable(printed_dates(frame, marked, notes), frame, notes)
    meta = _believable(stated_dates(frame), frame, notes)
    claims = [claim for claim in (printed, meta) if claim]
    if len(claims) > 1:
        claims.sort(key=lambda c: rank("published_date", c.rule))
    if not claims:
        return Published(rules=tuple(notes))
    claim, other = claims[0], claims[-1]
    notes.insert(0, FieldRule(field="published_date", rule=claim.rule))
    where = zone_of(frame)
    day = _day(claim, where)
    if other is not claim and not _is_on(other, day, where):
        notes.append(FieldRule(field="published_date", rule=f"{other.rule} disagrees: {other.raw}"))
    moment, exact = _to_the_minute(claim, meta, day, where)
    if exact:
        notes.append(FieldRule(field="published_at", rule=exact))
    if claim.moment.weekday_agrees is False:
        notes.append(FieldRule(field="published_date", rule="the printed weekday is another day's"))
    at = instant(moment, where)
    return Published(
        at=at.astimezone(UTC) if at else None,
        day=day,
        precision="minute" if moment.clock is not None else "day",
        timezone=_zone_name(moment, frame) if at else None,
        raw=claim.raw,
        rules=tuple(notes),
    )


def _day(claim: Claim, where: tzinfo | None) -> date:
    """The local day of a claim: as printed, else as stated."""
    return claim.day or local_day(claim.moment, where)


def _is_on(claim: Claim, day: date, where: tzinfo | None) -> bool:
    """Whether a claim is of a day, or may be so in the zone of the page."""
    return _day(claim, where) == day or (claim.day is None and _may_be_on(claim.moment, day, where))


def _may_be_on(moment: Moment, day: date, where: tzinfo | None) -> bool:
    """Whether a moment in UTC, as servers state them, is of a day in some zone, where the page's is not
    known."""
    at = instant(moment, None) if where is None else None
    if at is None or at.utcoffset():
        return False
    return (at - _BEHIND).date() <= day <= (at + _FARTHEST).date()


def _to_the_minute(
    claim: Claim, meta: Claim | None, day: date, where: tzinfo | None
) -> tuple[Moment, str | None]:
    """The moment of a claim, and the rule that found its minute where the page prints the day alone and
    states the minute of that same day: in the printed date's own element, else in its metadata; or the
    rule that found its zone, where the page prints the minute and no zone is known."""
    own = claim.own
    if claim.moment.clock is not None:
        known = claim.moment.offset or where
        return (None if known else _in_its_zone(claim, meta)) or (claim.moment, None)
    on_day = own is not None and (day in (local_day(own, where), own.day) or _may_be_on(own, day, where))
    if own and on_day and own.clock and (own.offset or where):
        return own, "time_element"
    if meta and meta.moment.clock and (meta.moment.offset or where) and _is_on(meta, day, where):
        return meta.moment, meta.rule
    return claim.moment, None


def _in_its_zone(claim: Claim, meta: Claim | None) -> tuple[Moment, str] | None:
    """A printed minute in the zone that the page's statement of it shows, and the rule of the statement; else
    in the zone in which the page states another minute of that day: servers that do not state UTC state the
    zone that they print."""
    stated = {"time_element": claim.own, meta.rule if meta else "": meta.moment if meta else None}
    for rule, moment in stated.items():
        if moment and (offset := _ahead(claim.moment, moment)):
            return replace(claim.moment, offset=offset), rule
    own = meta.moment.offset if meta and meta.moment.clock and meta.moment.day == claim.moment.day else None
    if meta and own and own.utcoffset(None):
        return replace(claim.moment, offset=own), meta.rule
    return None


def _ahead(printed: Moment, stated: Moment) -> tzinfo | None:
    """The zone of a printed minute, where the page states that minute with an offset: what is between the
    two is a zone's, whole half hours and no more than zones can differ."""
    at = instant(stated, None)
    if at is None or printed.clock is None:
        return None
    ahead = datetime.combine(printed.day, printed.clock, UTC) - at.replace(second=0, microsecond=0)
    return timezone(ahead) if not ahead % _HALF_HOUR and abs(ahead) <= _FARTHEST else None


def modified(frame: Frame, marked: Marked) -> tuple[datetime | None, tuple[FieldRule, ...]]:
    """The instant of the last change that the page states, where it states one to the minute. The
    arguments are those of :func:`published`."""
    for claim in change_dates(frame, marked):
        where = zone_of(frame)
        at = instant(_to_the_minute(claim, None, _day(claim, where), where)[0], where)
        if at and not in_future(claim, frame):
            return at.astimezone(UTC), (FieldRule(field="modified_at", rule=claim.rule),)
    return None, ()


def _believable(claims: Iterator[Claim], frame: Frame, notes: list[FieldRule]) -> Claim | None:
    """The first claim that is not in the capture's future."""
    for claim in claims:
        if not in_future(claim, frame):
            return claim
        notes.append(FieldRule(field="published_date", rule=f"in the future: {claim.raw}"))
    return None


def in_future(claim: Claim, frame: Frame) -> bool:
    """Whether a date lies after the page's capture, by more than zones can differ."""
    where = zone_of(frame)
    latest = (frame.captured_at + AHEAD).astimezone(where or UTC)
    at = instant(claim.moment, where)
    return bool(at and at > latest) or claim.moment.day > latest.date()


def _zone_name(moment: Moment, frame: Frame) -> str:
    if moment.offset is not None:
        return name_of(moment.offset)
    return frame.zone or ""
