"""Who wrote the article: the printed line, and what is understood of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipelines.extract.blocks import Block, text_in
from pipelines.extract.byline import Byline, parse_byline, parse_labelled
from pipelines.extract.date_lines import under_text
from pipelines.extract.draft import Role
from pipelines.extract.eastern_names import is_eastern_name
from pipelines.extract.enclosed import enclosed as bylines_in
from pipelines.extract.evidence import Found, Rules, later, of_first
from pipelines.extract.frame import Frame
from pipelines.extract.labels import labels
from pipelines.extract.marked_writers import marked_writers
from pipelines.extract.moments import moments
from pipelines.extract.names import is_name, names
from pipelines.extract.one_of import one_of
from pipelines.extract.targets import leads_to_author
from pipelines.extract.words import PUBLISHED, UPDATED, WRITER
from pipelines.model import FieldRule
from pipelines.text import clean, fold

_PART = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·]\s*|\s+(?=[\u2e80-\uffef]{2,8}[:：])")
_WORD = re.compile(r"\w+")
_DATED = PUBLISHED | UPDATED
_AFTER_DATE = re.compile(rf"[\s,](?=(?:{one_of(w for w in WRITER if w.isalpha())})\s+\S)", re.I)
"""Where WordPress's default themes end the date: ``Posted on 4 May 2023 by …``."""

_ON = re.compile(r"\W*(?:\s(?:on|le|el|am|em|il|op|ngày|vào))?\W*$", re.I)
"""What stands between a name and the date after it: ``Posted by X on 4 May 2023``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Byline as printed, and its understanding."""

    byline: str | None = None
    understood: Byline = Byline()  # noqa: RUF009  frozen
    rules: tuple[FieldRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Found):
    """A printed byline, and what is understood of it."""

    understood: Byline

    @property
    def names_writer(self) -> bool:
        return bool(self.understood.authors or self.understood.source)


def people(frame: Frame) -> People:
    """The byline: the article's own line under its text, else beside its headline, else named
    in the line of its date. Metadata only ever confirms what is printed."""
    won, every = believed_lines(frame)
    notes = _unprinted(frame, [line.value for line in every])
    understood = _together([line.understood for line in every])
    if not won:
        return People(understood=understood, rules=notes)
    # A line of its own for the pictures or the source is no byline where another one names the writers.
    written = [line.value for line in won if line.understood.authors]
    written = written or [line.value for line in won if line.names_writer]
    rules = [FieldRule(field="byline", rule=won[0].rule)]
    if understood.ambiguous:
        rules.append(FieldRule(field="authors", rule="ambiguous: a dash divides the names"))
    line = clean(" ".join(written or [line.value for line in won]))
    return People(byline=line, understood=understood, rules=(*rules, *notes))


def believed_lines(frame: Frame) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines that are the byline; and with them those that may name photographers."""
    lines, enclosed = byline_lines(frame), later(lambda: tuple(_in_brackets(frame)))
    won = of_first("byline", byline_rules(frame, lines, enclosed))
    return won, tuple(dict.fromkeys((*won, *lines, *enclosed())))


def byline_lines(frame: Frame) -> tuple[Line, ...]:
    """The article's own lines, all by one rule: several lines are one byline."""
    texts = [(n, _spaced(frame.blocks[n])) for n in frame.of(Role.BYLINE)]
    read = [_of_site(frame, parse_byline(text) or _bare(text)) for _, text in texts]
    rule = "printed_line" if any(b.authors or b.source for b in read) else "line_without_writer"
    return tuple(
        Line(rule=rule, value=text, at=n, understood=b) for (n, text), b in zip(texts, read, strict=True)
    )


def _of_site(frame: Frame, found: Byline) -> Byline:
    """A byline, or where it is the site's own letters and what else the site calls itself, as agencies
    sign their own news, a source: ``(KBTN/Tin Bờ Nam)``."""
    signs = [name for name in found.authors if len(name) > 2 and name.isupper() and name.isalpha()]
    if not signs or frame.stated.site_names == ():
        return found
    sites = [f" {' '.join(_WORD.findall(fold(site)))} " for site in frame.stated.site_names]
    own = all(any(f" {fold(name)} " in site for site in sites) for name in found.authors)
    return Byline(source="/".join(found.authors), labelled=True) if own else found


def _spaced(block: Block) -> str:
    """A byline's text, with a space before a name that is linked to its writer's page where only the
    page's style sets the word before it apart: ``<span>By</span><a>X</a>``."""
    text = block.text
    for name in (clean(text_in(a)) or "" for a in block.anchors if leads_to_author(a)):
        at = text.find(name)
        if at > 0 and text[at - 1].isalpha() and name[0].isupper():
            text = f"{text[:at]} {text[at:]}"
    return text


def byline_rules(
    frame: Frame, lines: tuple[Line, ...], enclosed: Callable[[], Iterable[Line]] | None = None
) -> Rules[Line]:
    """The rules that find printed bylines. Who posts a text that was taken from a paper did not
    write it, so the line of the date comes after a line that names writer or source.

    Args:
        frame: the page.
        lines: what :func:`byline_lines` gives.
        enclosed: gives the bylines in brackets, where they are asked for once more.
    """
    bracketed = enclosed or (lambda: _in_brackets(frame))
    return {
        "printed_line": lambda: (line for line in lines if line.rule == "printed_line"),
        "in_brackets": lambda: (line for line in bracketed() if line.names_writer),
        "printed_with_date": lambda: _in_date_line(frame),
        "marked_author": lambda: _marked(frame),
        "line_without_writer": lambda: (line for line in lines if line.rule == "line_without_writer"),
    }


def _together(found: list[Byline]) -> Byline:
    """Several lines as one byline."""
    if not found:
        return Byline()
    return Byline(
        authors=tuple(dict.fromkeys(a for b in found for a in b.authors)),
        photo_credits=tuple(dict.fromkeys(c for b in found for c in b.photo_credits)),
        source=next((b.source for b in found if b.source), None),
        ambiguous=any(b.ambiguous for b in found),
    )


def _bare(line: str) -> Byline:
    known = names(line)
    return Byline(authors=known[0], ambiguous=known[1]) if known else Byline()


def _in_brackets(frame: Frame) -> Iterator[Line]:
    """Bylines in brackets before the first words of the text and after its last ones."""
    texts = [n for n in (*frame.of(Role.TEXT), *frame.of(Role.LEAD)) if not frame.blocks[n].heading]
    if texts:
        for line, found in bylines_in(frame.blocks[min(texts)].text, frame.blocks[max(texts)].text):
            yield Line(rule="in_brackets", value=line, understood=found)


def _in_date_line(frame: Frame) -> Iterator[Line]:
    """``05/10/2018 - Publicado por: X - Categoria: …``, ``Posted on 4 May 2023 by X``. Single
    words are mostly accounts there."""
    for n in (*frame.of(Role.DATE), *under_text(frame)):
        whole = _without_sizes(frame.blocks[n])
        dated = next((m for m in moments(whole) if not isinstance(m, str)), None)
        beside = (_before(whole[: dated.start]), whole[dated.end :].strip(" ,|-–")) if dated else ()
        parts = [*_PART.split(whole), *beside, *_labelled(whole)]
        for part in [p for one in parts for p in (one, *_AFTER_DATE.split(one, maxsplit=1)[1:])]:
            found = parse_labelled(part)
            if found.authors and all(is_name(a, strict=True) or is_eastern_name(a) for a in found.authors):
                yield Line(rule="printed_with_date", value=part, at=n, understood=found)
                yield from _photographers(n, [p for p in parts if p != part])
                return


def _without_sizes(block: Block) -> str:
    """A line without the links of one letter at its end, which set the size of the type: ``大 中 小``."""
    text = block.text
    for name in (clean(text_in(a)) or "" for a in reversed(block.anchors)):
        if len(name) != 1 or not text.endswith(" " + name):
            break
        text = text[:-1].rstrip()
    return text


def _labelled(text: str) -> Iterator[str]:
    """What stands behind a writer's label amid a line: ``2026. 05. 04. Category: Parks Author: X``."""
    for kind, start, end in labels(text):
        if kind == "text" and start:
            yield f"{text[start:end]} {_PART.split(text[end:], maxsplit=1)[0]}"


def _photographers(at: int, parts: list[str]) -> Iterator[Line]:
    """The parts of a line that credit its pictures and name no writer: ``| Foto: X/Secom``."""
    for part in dict.fromkeys(parts):
        found = parse_labelled(part)
        if found.photo_credits and not found.authors:
            yield Line(rule="printed_with_date", value=part, at=at, understood=found)


def _before(text: str) -> str:
    """What stands before a date, without ``on`` and labels of publication: ``홍길동 기자 승인``."""
    words = _ON.sub("", text).split()
    while words and fold(words[-1]) in _DATED:
        words.pop()
    return " ".join(words)


def _marked(frame: Frame) -> Iterator[Line]:
    """The writer whom marks, links and metadata tell, and no words."""
    for name, n in marked_writers(frame):
        found = Byline(authors=(name,), labelled=True)
        yield Line(rule="marked_author", value=name, at=n, understood=found)


def _unprinted(frame: Frame, lines: list[str]) -> tuple[FieldRule, ...]:
    """Names that only metadata states: often accounts and papers, so noted and not believed."""
    if not frame.stated.authors:
        return ()
    printed = fold(" ".join(lines))
    return tuple(
        FieldRule(field="authors", rule=f"stated but not printed: {name}")
        for name in dict.fromkeys(frame.stated.authors)
        if fold(name) not in printed
    )
