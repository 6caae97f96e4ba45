"""Who wrote the article: the printed line, and what is understood of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.byline import Byline, parse_byline
from pipelines.extract.frame import Frame
from pipelines.extract.moments import moments
from pipelines.extract.names import is_name, names
from pipelines.extract.roles import Role
from pipelines.extract.words import WRITER
from pipelines.model import FieldRule
from pipelines.text import clean, fold

_PART = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·]\s*")
_AFTER_DATE = re.compile(rf"[\s,](?=(?:{'|'.join(sorted(w for w in WRITER if w.isalpha()))})\s+\S)", re.I)
"""Where WordPress's default themes end the date: ``Posted on 4 May 2023 by …``."""

_ON = re.compile(r"\W*(?:\s(?:on|le|el|am|em|il|op|ngày|vào))?\W*$", re.I)
"""What stands between a name and the date after it: ``Posted by X on 4 May 2023``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Byline as printed, and its understanding."""

    byline: str | None = None
    understood: Byline = Byline()  # noqa: RUF009  frozen
    rules: tuple[FieldRule, ...] = ()


def people(frame: Frame) -> People:
    """The byline: the article's own line under its text, else beside its headline, else named
    in the line of its date. Metadata only ever confirms what is printed."""
    lines = [frame.blocks[n].text for n in frame.of(Role.BYLINE)]
    rule = "printed_line"
    found = [parse_byline(line) or _bare(line) for line in lines]
    # Who posts a text that was taken from a paper did not write it.
    named = [] if any(b.authors or b.source for b in found) else _in_date_line(frame)
    if named:
        rule = "printed_with_date"
    notes = _unprinted(frame, [*named, *lines])
    if not named and not lines:
        return People(rules=notes)
    understood = _together([*map(parse_byline, named), *found])
    # A line of its own for the pictures is no byline where another one names the writers.
    written = [line for line, b in zip(lines, found, strict=True) if b.authors or b.source]
    rules = [FieldRule(field="byline", rule=rule)]
    if understood.ambiguous:
        rules.append(FieldRule(field="authors", rule="ambiguous: a dash divides the names"))
    line = clean(" ".join(named or written or lines))
    return People(byline=line, understood=understood, rules=(*rules, *notes))


def _together(found: list[Byline]) -> Byline:
    """Several lines as one byline."""
    return Byline(
        authors=tuple(dict.fromkeys(a for b in found for a in b.authors)),
        photo_credits=tuple(dict.fromkeys(c for b in found for c in b.photo_credits)),
        source=next((b.source for b in found if b.source), None),
        ambiguous=any(b.ambiguous for b in found),
    )


def _bare(line: str) -> Byline:
    known = names(line)
    return Byline(authors=known[0], ambiguous=known[1]) if known else Byline()


def _in_date_line(frame: Frame) -> list[str]:
    """``05/10/2018 - Publicado por: X - Categoria: …``, ``Posted on 4 May 2023 by X``. Single
    words are mostly accounts there."""
    for n in frame.of(Role.DATE):
        whole = frame.blocks[n].text
        dated = next((m for m in moments(whole) if not isinstance(m, str)), None)
        before = _ON.sub("", whole[: dated.start]) if dated else ""
        parts = [*_PART.split(whole), before]
        for part in [p for one in parts for p in (one, *_AFTER_DATE.split(one, maxsplit=1)[1:])]:
            found = parse_byline(part)
            if found.labelled and found.authors and all(is_name(a, strict=True) for a in found.authors):
                return [part]
    return []


def _unprinted(frame: Frame, lines: list[str]) -> tuple[FieldRule, ...]:
    """Names that only metadata states: often accounts and papers, so noted and not believed."""
    printed = fold(" ".join(lines))
    return tuple(
        FieldRule(field="authors", rule=f"stated but not printed: {name}")
        for name in dict.fromkeys(frame.stated.authors)
        if fold(name) not in printed
    )
