"""Where a page says when: every date on it that may be the article's, in the order of the evidence.

Beside the title, in ``time`` elements, under the text with a label, counted back from the
capture, and in metadata. What is decided between them stands in ``dates.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial

from pipelines.extract.date_lines import (
    as_printed,
    dates_of,
    is_of_news,
    labelled_moments,
    local_day,
    under_text,
    zone_of,
)
from pipelines.extract.dated import foot_date
from pipelines.extract.draft import Role
from pipelines.extract.evidence import Rules, in_order
from pipelines.extract.frame import Frame
from pipelines.extract.headings import undated
from pipelines.extract.marks.table import CHANGE, PUBLICATION
from pipelines.extract.moments import Moment, iso, moments
from pipelines.extract.relative import relative
from pipelines.extract.stamps import Stamp, in_item
from pipelines.extract.words import PUBLISHED, TODAY
from pipelines.model import FieldRule
from pipelines.text import clean

STATED = ("json_ld", "meta", "microdata")
"""The kinds of metadata that state dates."""
_LONGEST = 200
"""Characters of the longest metadata that is looked through for a date."""
_PART = 12
"""Lines of the largest line, list or box that belongs to the headline below it."""
_ITEMS = 60
"""Lines of a list that are looked through."""
Marked = Callable[[], tuple[Stamp, ...]]
"""Gives the article's ``time`` elements, which are looked for where a rule needs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One date that may be the article's."""

    moment: Moment
    raw: str
    """As printed, or as stated."""
    rule: str
    """The rule that found it, one of the table of evidence."""
    at: int | None = None
    """The block that prints it; ``None`` for metadata."""
    weight: int = 0
    """The higher, the more it looks like the date of publication, among those beside the title."""
    distance: int = 0
    """Blocks between the date and the title: of two dates, the nearer one stands beside it."""
    day: date | None = None
    """The day, where the page prints one."""
    own: Moment | None = None
    """What the ``time`` element around the printed date states."""


def printed_dates(frame: Frame, marked: Marked, notes: list[FieldRule] | None = None) -> Iterator[Claim]:
    """Printed dates of publication, in the order in which they are believed.

    Args:
        frame: the page.
        marked: gives its ``time`` elements.
        notes: gets a note for each date that no calendar has.
    """
    return in_order(
        "published_date",
        {
            "printed_beside_title": lambda: _beside(frame, marked(), notes),
            "time_element": lambda: _elements(frame, marked()),
            "printed_below_text": lambda: _below(frame),
            "printed_relative": lambda: _counted(frame),
        },
    )


def stated_dates(frame: Frame) -> Iterator[Claim]:
    """Dates of publication that metadata states, in the order in which they are believed."""
    stated = frame.stated.published
    return in_order("published_date", _stated_rules(stated, _loosely)) if stated else iter(())


def change_dates(frame: Frame, marked: Marked) -> Iterator[Claim]:
    """Dates of change, in the order in which they are believed. The arguments are those of
    :func:`printed_dates`."""
    stated = frame.stated.modified
    return in_order(
        "modified_at",
        {
            **_stated_rules(stated, iso),
            "time_element": lambda: (_stamped(frame, s) for s in marked() if s.kind == CHANGE),
            "printed_label": lambda: _changed(frame),
        },
    )


def _stated_rules(
    stated: tuple[tuple[str, str], ...], understand: Callable[[str], Moment | None]
) -> Rules[Claim]:
    """The rules of those kinds of metadata that state a date."""
    kinds = {rule.partition(":")[0] for rule, _ in stated}
    return {kind: partial(_stated, kind, stated, understand) for kind in STATED if kind in kinds}


def _stated(
    kind: str, stated: tuple[tuple[str, str], ...], understand: Callable[[str], Moment | None]
) -> Iterator[Claim]:
    """Dates of one kind of metadata."""
    for rule, text in stated:
        if rule.partition(":")[0] == kind and (moment := understand(text)):
            yield Claim(moment=moment, raw=text, rule=rule)


def _loosely(text: str) -> Moment | None:
    """A stated date, also where it is written as people write dates."""
    if found := iso(text):
        return found
    return next((m for m in moments(text[:_LONGEST], language="und") if isinstance(m, Moment)), None)


def _changed(frame: Frame) -> Iterator[Claim]:
    """Printed dates whose label says that they are of change."""
    for n in (*frame.of(Role.DATE), *under_text(frame)):
        for moment, _, updated in labelled_moments(frame, n):
            if updated:
                yield Claim(moment=moment, raw=as_printed(frame, n, moment), rule="printed_label", at=n)


def _beside(frame: Frame, marked: tuple[Stamp, ...], notes: list[FieldRule] | None) -> Iterator[Claim]:
    """Dates of the lines beside the title that are there for them, the best first."""
    at = frame.title.at if frame.title else None
    found: list[Claim] = []
    for n in (*frame.of(Role.DATE), *_dated_headline(frame)):
        above = at is not None and n < at
        if above and (_far(frame, n, at or 0) or _in_other_part(frame, n, at or 0)):
            continue
        for moment, label, updated in labelled_moments(frame, n, notes):
            raw = as_printed(frame, n, moment)
            own = next((s for s in marked if s.at == n and (raw in s.text or s.text in raw)), None)
            kind = own.kind if own else None
            other = updated or kind == CHANGE or label in TODAY or not is_of_news(label)
            if other or (above and _today(frame, moment, n, at or 0)):
                continue
            if (above and _listed(frame, n)) or (n == at and raw in undated(frame.blocks[n].text)):
                continue
            day: date | None = moment.day
            if own and _far_apart(moment, own.moment):
                moment, day = own.moment, None
            known = label in PUBLISHED or kind == PUBLICATION
            claim = Claim(
                moment=moment,
                raw=raw,
                rule="printed_beside_title",
                at=n,
                weight=8 * known + 4 * (moment.clock is not None) + 2 * (not above),
                distance=abs(n - (at or 0)),
                day=day,
                own=own.moment if own else None,
            )
            found.append(claim)
    yield from sorted(found, key=lambda c: (-c.weight, c.distance))


def _dated_headline(frame: Frame) -> Iterator[int]:
    """The block of the headline, where its date stands in brackets behind it."""
    at = frame.title.at if frame.title else None
    if at is not None and undated(frame.blocks[at].text) != frame.blocks[at].text:
        yield at


def _elements(frame: Frame, marked: tuple[Stamp, ...]) -> Iterator[Claim]:
    """The article's own ``time`` elements. Below the text those called a publication, else the one day
    that they all state, where metadata states no other."""
    marked = tuple(s for s in marked if s.kind != CHANGE)
    yield from (_stamped(frame, s) for s in marked if not s.below)
    below = [s for s in marked if s.below]
    if not below:
        return
    changed = {claim.moment.day for claim in _changed(frame)}
    below = [s for s in below if s.kind or s.moment.day not in changed]
    known = [s for s in below if s.kind == PUBLICATION]
    claims = [_stamped(frame, s) for s in known or below]
    where = zone_of(frame)
    days = {c.day or local_day(c.moment, where) for c in (*claims, *stated_dates(frame))}
    if known or len(days) == 1:
        yield from claims


def _stamped(frame: Frame, stamp: Stamp) -> Claim:
    """The claim of a ``time`` element: the date that it prints, else the one that it states."""
    for moment in dates_of(frame, stamp.text):
        if isinstance(moment, Moment) and not _far_apart(moment, stamp.moment):
            raw = clean(stamp.text[moment.start : moment.end]) or ""
            return Claim(
                moment=moment, raw=raw, rule="time_element", at=stamp.at, day=moment.day, own=stamp.moment
            )
    return Claim(moment=stamp.moment, raw=stamp.text, rule="time_element", at=stamp.at)


def _far_apart(printed: Moment, stated: Moment) -> bool:
    """Whether a printed date and its own element's differ by more than zones can: a word was misread."""
    return abs((printed.day - stated.day).days) > 1


def _listed(frame: Frame, n: int) -> bool:
    """Whether a date above the title stands in a list whose items carry a link and a date each."""
    around = next(frame.blocks[n].element.iterancestors("ul", "ol", "dl", "table"), None)
    if around is None:
        return False
    items = frame.outline.inside(around)[:_ITEMS]
    return sum(1 for b in items if b.anchors and any(moments(b.text))) > 1


def _far(frame: Frame, n: int, at: int) -> bool:
    """Whether a menu or other text stands between a date and the title below it."""
    between = [b for b in frame.blocks[n + 1 : at] if b.text]
    return len(between) > 4 or sum(b.chrome or b.link_share > 0.5 for b in between) > 2


def _in_other_part(frame: Frame, n: int, at: int) -> bool:
    """Whether a date above the title stands in a part of the page that the title is not in and that prints
    many lines, as banners, menus and side columns do."""
    first, end = n, n + 1
    for element in (frame.blocks[n].element, *frame.blocks[n].element.iterancestors()):
        low, high = frame.outline.spans.get(element, (n, n + 1))
        if low <= at < high:
            break
        first, end = low, high
    return end - first > _PART and sum(1 for b in frame.blocks[first:end] if b.text) > _PART


def _today(frame: Frame, moment: Moment, n: int, at: int) -> bool:
    """Whether a date above the title may be the page's clock and not the article's date."""
    where = zone_of(frame)
    if abs((moment.day - frame.captured_at.astimezone(where or UTC).date()).days) > 1:
        return False
    stated = [m for _, text in frame.stated.published if (m := iso(text))]
    apart = at - n > 1 or _in_banner(frame, n, at)
    return apart and all(local_day(m, where) != moment.day for m in stated)


def _in_banner(frame: Frame, n: int, at: int) -> bool:
    """Whether a block stands in a ``header`` that the headline is not in: the page's own (HTML, 4.3.8)."""
    around = next(frame.blocks[n].element.iterancestors("header"), None)
    first, end = frame.outline.spans.get(around, (at, at + 1)) if around is not None else (at, at + 1)
    return not first <= at < end


def _counted(frame: Frame) -> Iterator[Claim]:
    """Lines near the title that count back from the capture."""
    for n in range(*_near(frame)):
        block = frame.blocks[n]
        own = frame.roles.get(n) in (Role.FURNITURE, Role.DATE, Role.TEXT) and not block.chrome
        if own and (moment := relative(block.text, frame.captured_at, zone_of(frame))):
            yield Claim(moment=moment, raw=block.text, rule="printed_relative", at=n, day=moment.day)


def _below(frame: Frame) -> Iterator[Claim]:
    """A date under the text, where a label says that it is the date of publication, or the line right under
    the last paragraph is a day and its minute. Where several lines say so of different days, they are of
    other news."""
    found = [
        Claim(
            moment=moment, raw=as_printed(frame, n, moment), rule="printed_below_text", at=n, day=moment.day
        )
        for n in under_text(frame)
        for moment, label, updated in labelled_moments(frame, n)
        if (label in PUBLISHED or _at_foot(frame, n)) and not updated and not in_item(frame, n)
    ]
    if len({claim.day for claim in found}) == 1:
        yield from found


def _at_foot(frame: Frame, n: int) -> bool:
    """Whether a line is a day and its minute, and nothing is printed between it and the last paragraph."""
    last = frame.of(Role.TEXT)[-1]
    return foot_date(frame.blocks[n].text) and not any(b.text for b in frame.blocks[last + 1 : n])


def _near(frame: Frame) -> tuple[int, int]:
    at = frame.title.at if frame.title else None
    if at is None:
        return 0, 0
    texts = frame.of(Role.TEXT, Role.LEAD)
    return max(0, at - 3), min(at + 10, texts[0] if texts else at + 1)
