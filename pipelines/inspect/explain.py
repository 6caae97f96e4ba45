"""Why a page was read as it was: per field what each rule found, which one won, and why the others did not.

The rules are those of ``pipelines/extract/``, asked to the end and not only up to the first that
does, and the order is its table of evidence. This file stands outside because it only looks:
a change here is no other reader, and makes no archive be read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC
from functools import partial
from itertools import islice

from lxml import etree

from pipelines.counted import counted
from pipelines.extract import extract
from pipelines.extract.body import lead, paragraphs
from pipelines.extract.credits import credit
from pipelines.extract.date_claims import Claim, change_dates, printed_dates, stated_dates
from pipelines.extract.date_lines import local_day, zone_of
from pipelines.extract.dates import in_future
from pipelines.extract.draft import Role
from pipelines.extract.evidence import Found, in_order, rank
from pipelines.extract.frame import Frame, frame
from pipelines.extract.images import source
from pipelines.extract.layout import Layout
from pipelines.extract.line_labels import key
from pipelines.extract.moments import instant
from pipelines.extract.page import Page
from pipelines.extract.people import believed_lines, byline_lines, byline_rules, people
from pipelines.extract.region import Region, regions
from pipelines.extract.rejections import unreadable
from pipelines.extract.source import source_rules
from pipelines.extract.stamps import stamps
from pipelines.extract.terms import section_rules, tag_rules
from pipelines.model import Article, Capture, ReadingContext, Rejection

MOST_BLOCKS = 20_000
"""Blocks of a page that are shown; the longest page of news has a few thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one rule found for a field, and what became of it."""

    rule: str
    value: str
    """As printed or stated."""
    verdict: str
    """won, agrees (says the same, and comes later), outranked, refused."""
    why: str | None = None
    """Why it did not win."""
    block: int | None = None
    """Index of the block that prints it; ``None`` for metadata."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """One field: its value, and how it was found."""

    field: str
    candidates: tuple[Candidate, ...] = ()
    """In the order in which they are believed; none where a field has no rules to choose from."""
    notes: tuple[str, ...] = ()
    """What else ``provenance`` says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """One printed line or picture of the page."""

    block: int
    tag: str
    path: str
    """Its element, as an XPath from the page's root."""
    text: str
    """A picture's is its address."""
    role: str | None
    """What it is in the article; ``None`` where it lies outside."""
    fields: tuple[str, ...] = ()
    """Fields that were won by what is printed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One page: what was read, why, and what each of its lines is."""

    result: Article | Rejection
    fields: tuple[FieldReading, ...] = ()
    """In the order of the model; none where the bytes could not be parsed."""
    blocks: tuple[PageBlock, ...] = ()
    """At most MOST_BLOCKS of them."""
    left_out: int = 0
    """How many more blocks the page has."""


def explain(capture: Capture, context: ReadingContext, layout: Layout | None = None) -> Explanation:
    """Read a capture as :func:`pipelines.extract.extract` does, and say why. Never raises on any bytes."""
    page = unreadable(capture) or Page.of(capture)
    if isinstance(page, Rejection):
        return Explanation(result=extract(capture, context, layout))
    result = extract(capture, context, layout, page=page)
    laid = frame(page, context, capture.captured_at, layout)
    told = tuple(_fields(laid, result))
    shown = tuple(islice(_blocks(laid, told), MOST_BLOCKS))
    return Explanation(result=result, fields=told, blocks=shown, left_out=len(laid.blocks) - len(shown))


def _fields(laid: Frame, result: Article | Rejection) -> Iterator[FieldReading]:
    provenance = result.provenance if isinstance(result, Article) else ()
    judged = {
        name: tuple(_judged(name, rules(laid)))
        for name, rules in _RULES.items()
        # Of a page that is no article only what it is judged by was looked for.
        if isinstance(result, Article) or name in ("title", "paragraphs")
    }
    for name in (f.name for f in fields(Article)):
        candidates = judged.get(name, ())
        won = {c.rule for c in candidates if c.verdict == "won"}
        notes = tuple(r.rule for r in provenance if r.field == name and r.rule not in won)
        if candidates or notes:
            yield FieldReading(field=name, candidates=candidates, notes=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A finding, and what makes it the same as another one."""

    found: Found
    same: str


def _said(findings: Iterable[Found]) -> Iterator[_Said]:
    return (_Said(found=found, same=key(found.value)) for found in findings)


def _judged(field: str, said: Iterable[_Said]) -> Iterator[Candidate]:
    """The verdict on each finding: the first that is not refused wins; where a field takes
    several values, so do all of its rule; where it takes those of all rules, all win."""
    won: _Said | None = None
    for item in said:
        found, verdict, why = item.found, "won", item.found.refused
        if why:
            verdict = "refused"
        elif won is None or field in _FROM_ALL or (field in _SEVERAL and won.found.rule == found.rule):
            won = won or item
        elif won.same == item.same:
            verdict = "agrees"
        else:
            verdict, why = "outranked", f"{won.found.rule} is believed first"
        yield Candidate(rule=found.rule, value=found.value, verdict=verdict, why=why, block=found.at)


def _lead(laid: Frame) -> Iterator[_Said]:
    for n in laid.of(Role.LEAD):
        yield from _said([Found(rule="set_apart", value=laid.blocks[n].text, at=n)])


def _paragraphs(laid: Frame) -> Iterator[_Said]:
    by_layout = [laid.region] if laid.region and laid.region.rule == "layout" else []
    after = laid.title.at if laid.title else None
    for found in (*by_layout, *regions(laid.outline, after)):
        yield _Said(found=_place(laid, found), same=str(found.span))


def _place(laid: Frame, region: Region) -> Found:
    first, end = region.span
    held = f"{counted(end - first, 'block')}, {counted(region.mass, 'character')} of prose"
    return Found(rule=region.rule, value=f"{held}, in {_path(region.element)}", at=first)


def _authors(laid: Frame) -> Iterator[_Said]:
    for line in believed_lines(laid)[1]:
        if line.understood.authors:
            yield from _said([Found(rule="byline", value=", ".join(line.understood.authors), at=line.at)])


def _photo_credits(laid: Frame) -> Iterator[_Said]:
    for line in believed_lines(laid)[1]:
        if line.understood.photo_credits:
            names = ", ".join(line.understood.photo_credits)
            yield from _said([Found(rule="byline", value=names, at=line.at)])
    for n in laid.of(Role.CAPTION):
        if name := credit(laid.blocks[n].text):
            yield from _said([Found(rule="caption", value=name, at=n)])


def _source(laid: Frame) -> Iterator[_Said]:
    opening = lead(laid) or next(iter(paragraphs(laid)), None)
    return _said(in_order("source", source_rules(laid, people(laid).understood.source, opening)))


def _published(laid: Frame) -> Iterator[_Said]:
    claims = [*printed_dates(laid, partial(stamps, laid)), *stated_dates(laid)]
    return _dates(laid, sorted(claims, key=lambda c: rank("published_date", c.rule)))


def _modified(laid: Frame) -> Iterator[_Said]:
    return _dates(laid, change_dates(laid, partial(stamps, laid)), minute=True)


def _dates(laid: Frame, claims: Iterable[Claim], *, minute: bool = False) -> Iterator[_Said]:
    """Dates agree where they name one day, dates of change where they name one minute."""
    where = zone_of(laid)
    for claim in claims:
        at = instant(claim.moment, where)
        why = "it lies after the capture" if in_future(claim, laid) else None
        if minute and at is None:
            why = "it gives no instant: time of day or zone is missing"
        found = Found(rule=claim.rule, value=claim.raw, at=claim.at, refused=why)
        same = at.astimezone(UTC).isoformat("T", "minutes") if minute and at else None
        yield _Said(found=found, same=same or str(local_day(claim.moment, where)))


_RULES: dict[str, Callable[[Frame], Iterable[_Said]]] = {
    "title": lambda laid: _said(laid.titles()),
    "lead": _lead,
    "paragraphs": _paragraphs,
    "byline": lambda laid: _said(in_order("byline", byline_rules(laid, byline_lines(laid)))),
    "authors": _authors,
    "photo_credits": _photo_credits,
    "source": _source,
    "sections": lambda laid: _said(in_order("sections", section_rules(laid))),
    "tags": lambda laid: _said(in_order("tags", tag_rules(laid))),
    "published_date": _published,
    "modified_at": _modified,
    "language": lambda laid: _said(in_order("language", laid.language_rules())),
}
_SEVERAL = ("byline", "authors", "sections", "tags")
_FROM_ALL = ("lead", "photo_credits")


def _blocks(laid: Frame, told: tuple[FieldReading, ...]) -> Iterator[PageBlock]:
    won: dict[int, list[str]] = {}
    for reading in told:
        for candidate in reading.candidates:
            # The text's region is told by the roles of its blocks.
            if candidate.verdict == "won" and candidate.block is not None and reading.field != "paragraphs":
                won.setdefault(candidate.block, []).append(reading.field)
    for n, block in enumerate(laid.blocks):
        role = laid.roles.get(n)
        picture = source(block.element, laid.page.base) if block.image else None
        yield PageBlock(
            block=n,
            tag=block.tag,
            path=_path(block.element),
            text=(picture or "") if block.image else block.text,
            role=role.value if role else None,
            fields=tuple(dict.fromkeys(won.get(n, ()))),
        )


def _path(element: etree._Element) -> str:
    return element.getroottree().getpath(element)
