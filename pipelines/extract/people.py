"""Who wrote the article: the printed line, and what is understood of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.byline import Byline, names, parse_byline
from pipelines.extract.frame import Frame
from pipelines.extract.roles import Role
from pipelines.model import FieldRule
from pipelines.text import clean, fold

_PART = re.compile(r"\s+[-–—|•]\s+|\s*[|•]\s*")
_AFTER_DATE = re.compile(r"\s(?=(?:by|por|von|par|door|di|oleh)\s+\S)", re.I)
"""Where WordPress's default themes end the date: ``Posted on 4 May 2023 by …``."""
_LABELLED = re.compile(
    r"^(?:publicado por|por|by|written by|tác giả|von|autor(?:in)?|author|posted by)\b\s*:?\s+", re.I
)


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
    if not lines:
        lines, rule = _in_date_line(frame), "printed_with_date"
    notes = _unprinted(frame, lines)
    if not lines:
        return People(rules=notes)
    understood = _together(lines)
    line = clean(" ".join(lines))
    rules = [FieldRule(field="byline", rule=rule)]
    if understood.ambiguous:
        rules.append(FieldRule(field="authors", rule="ambiguous: a dash divides the names"))
    return People(byline=line, understood=understood, rules=(*rules, *notes))


def _together(lines: list[str]) -> Byline:
    """Several lines as one byline, each understood by itself."""
    found = [parse_byline(_LABELLED.sub(_by, line)) or _bare(line) for line in lines]
    return Byline(
        authors=tuple(dict.fromkeys(a for b in found for a in b.authors)),
        photo_credits=tuple(dict.fromkeys(c for b in found for c in b.photo_credits)),
        source=next((b.source for b in found if b.source), None),
        ambiguous=any(b.ambiguous for b in found),
    )


def _by(match: re.Match[str]) -> str:
    return "By " if match else ""


def _bare(line: str) -> Byline:
    known = names(line)
    return Byline(authors=known[0], ambiguous=known[1]) if known else Byline()


def _in_date_line(frame: Frame) -> list[str]:
    """``05/10/2018 - Publicado por: X - Categoria: …``, ``Posted on 4 May 2023 by X``"""
    for n in frame.of(Role.DATE):
        parts = _PART.split(frame.blocks[n].text)
        for part in [p for whole in parts for p in (whole, *_AFTER_DATE.split(whole, maxsplit=1)[1:])]:
            if _LABELLED.match(part) and parse_byline(_LABELLED.sub("By ", part)).authors:
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
