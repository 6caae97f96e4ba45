"""The line that names who wrote and who took the pictures.

The printed line is always kept beside what is understood of it. A line is understood as a
whole or not at all: where any part of it is neither a known label nor shaped like a name,
nobody is named, since a missing author is better than an invented one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.extract.actions import without_action
from pipelines.extract.eastern import alone
from pipelines.extract.eastern import pieces as eastern_pieces
from pipelines.extract.eastern_names import EASTERN
from pipelines.extract.labels import DOMAIN, labels, made
from pipelines.extract.names import is_name, is_office, is_post, names, titled
from pipelines.extract.one_of import one_of
from pipelines.extract.organisations import is_organisation
from pipelines.extract.photographers import persons, photographers
from pipelines.extract.signatures import are_letters, signature
from pipelines.extract.words import ANDS, MONTHS
from pipelines.text import clean, fold, remembered

LONGEST = 160
"""Characters of the longest line that can be a byline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a printed byline says."""

    authors: tuple[str, ...] = ()
    photo_credits: tuple[str, ...] = ()
    source: str | None = None
    """The agency or paper that the text was taken from."""
    ambiguous: bool = False
    """Whether the line could be read in another way, as ``X – Y`` can."""
    labelled: bool = field(default=False, compare=False)
    """Whether the line says by a label, an action or an address what it is. One that is labelled and
    names nobody, but an editor, an office or an archive, is no text either."""

    def __bool__(self) -> bool:
        return bool(self.authors or self.photo_credits or self.source)


NOBODY = Byline()
"""What a line says that is no byline."""

_SIGNED = re.compile(r"(.+?)\s*(?:\(([^()]+)\)|[/–—-]\s*(\S+))")
"""A name, and its paper in brackets or behind a dash."""
_MARK = re.compile(r"[/–—-]\s*\S+$")
_DATE_TAIL = re.compile(r"[\s,(–-]*(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?\s*$")
_MONTHS = [m for m in MONTHS if len(m) > 2 and m[0].isalpha()]
_MONTH = one_of(_MONTHS)
_MONTH_ENDS = frozenset(m.rpartition(" ")[2].rstrip(".)") for m in _MONTHS)
_DAY = re.compile(
    r"(?:\s*[,|(–—-]\s*|\s+)(?:(?:le|on|am|el|em|il|op|den)\s+)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th|\.)?\s+(?:de\s+)?(?:{_MONTH})\.?(?:\s+(?:de\s+)?\d{{4}})?"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?)\)?$"
)
"""The day in words at the end of a line: ``, le 3 mars``."""
_LONGEST_DAY = 48
"""Characters of the longest such day."""
_DIGIT = re.compile(r"\d")
_MAIL = re.compile(r"[\s,|(<\[–—-]*[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>\]]*")
_DESCRIBED = re.compile(r", (?:[a-zà-ÿа-я][\w-]*(?: |$)){1,4}$")
"""What a writer is, in small letters behind the name."""
_AND = "|".join(map(re.escape, ANDS))
_PLACED = re.compile(r"(?<=\w), [^\W\d_]{3,}$")
"""Where a writer lives, or for whom, in one word behind the name."""
_NOTED = re.compile(rf"(?P<who>[^()]+?)\s*\((?P<what>[^()]+)\)\s*(?:[,;/&–-]|(?:{_AND})(?=\s)|$)\s*")
"""``Rosa Lake (text)``: a name, and in brackets what its bearer made."""
_LONGEST_EDITOR = 40
"""Characters of the longest name of an editor, which is not looked at."""
_LONGEST_OFFICE = 60
"""Characters of the longest office in the place of a writer."""
_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］", "<": ">"}


@remembered(512)
def parse_byline(line: str) -> Byline:
    """Understand a printed byline; what is not understood names nobody. Never raises.
    Remembered, since the rules that look for a byline ask it of the same lines."""
    found, bare = _parsed(line)
    signed = names(bare, strict=True) if bare else None
    return Byline(authors=signed[0], ambiguous=signed[1]) if signed else found


def parse_labelled(line: str) -> Byline:
    """A byline that says by a label, an action or an address what it is; any other line names nobody."""
    found, bare = _parsed(line)
    return found if found.labelled and not bare else NOBODY


@remembered(512)
def _parsed(line: str) -> tuple[Byline, str]:
    """What a line says, and where no label, action or address says it, the words that may be names."""
    text = clean(line[: 4 * LONGEST]) or ""
    text = (_MAIL.sub("", text) if "@" in text else text).strip(" *-–—_|/")
    if not text or len(text) > LONGEST:
        return NOBODY, ""
    if (not text[0].isascii() or text[0] in "[(") and EASTERN.search(text):
        return _eastern(text), ""
    inner = _inside(text)
    text = _without_day(inner or text)
    pieces = list(_pieces(text))
    if any(kind for piece in pieces for kind, _ in _noted(*piece)):
        return _labelled(pieces), ""
    return _signed(text) if inner else _whole(text)


def _signed(inner: str) -> tuple[Byline, str]:
    """A line in brackets without a label."""
    signed = signature(inner)
    if signed:
        return Byline(authors=signed[0], source=signed[1], labelled=True), ""
    return (NOBODY, "") if are_letters(inner) else _whole(inner)


def _inside(text: str) -> str | None:
    """What stands between the brackets around a whole line."""
    opening = text[0]
    inside = _PAIRS.get(opening) == text[-1] and text.count(opening) == 1
    return text[1:-1].strip() if inside else None


def _eastern(text: str) -> Byline:
    """A line in the scripts of East Asia: labelled, or one name in brackets."""
    inner = _inside(text)
    found = eastern_pieces(text) or (eastern_pieces(inner) if inner else [])
    if found:
        return _labelled([*found])
    return Byline(authors=signed, labelled=True) if inner and (signed := alone(inner)) else Byline()


def _without_day(text: str) -> str:
    if not _DIGIT.search(text, max(0, len(text) - _LONGEST_DAY)):
        return text
    folded = fold(text)
    last = folded.rpartition(" ")[2].rstrip(".)")
    if not last[-1:].isdecimal() and last not in _MONTH_ENDS:
        return text
    match = _DAY.search(folded, max(0, len(folded) - _LONGEST_DAY)) if len(folded) == len(text) else None
    return text[: match.start()].rstrip(" ,") if match else text


def _pieces(text: str) -> Iterator[tuple[str | None, str]]:
    """The line cut at its labels: (kind of the value, value)."""
    kind: str | None = None
    at = 0
    for found, start, end in labels(text):
        if start > at:
            yield kind, _trimmed(text[at:start].strip(" .;,|/([–—-"))
        elif kind == "photo" and found in ("photo", "text", "by"):
            found = "photo"  # Photo: courtesy of X
        kind, at = found, end
    yield kind, _trimmed(text[at:])


def _trimmed(value: str) -> str:
    value = value.strip().strip(";,|/–—- ")
    return value.rstrip(")]").rstrip() if value.count(")") > value.count("(") else value


def _labelled(pieces: list[tuple[str | None, str]]) -> Byline:
    authors: list[str] = []
    credits: list[str] = []
    source: str | None = None
    ambiguous = False
    for kind, value in (noted for piece in pieces for noted in _noted(*piece)):
        if not value or (kind == "editor" and len(value) <= _LONGEST_EDITOR):
            continue
        if kind in ("source", "from"):
            person, source = _source(value)
            if source is None:
                return NOBODY
            authors.extend(person)
        elif kind == "photo":
            taken = photographers(value)
            if taken is None:
                return NOBODY
            credits.extend(persons(taken, value))
        else:
            found = _written(kind, value)
            if found is None and is_office(value) and len(value) <= _LONGEST_OFFICE and titled(value):
                continue
            if found is None:
                return NOBODY
            ambiguous = ambiguous or (found[1] and kind is None)
            authors.extend(found[0])
            credits.extend(found[0] if kind == "both" else ())
    return Byline(
        authors=tuple(dict.fromkeys(authors)),
        photo_credits=tuple(dict.fromkeys(credits)),
        source=source,
        ambiguous=ambiguous,
        labelled=any(value for _, value in pieces),
    )


def _noted(kind: str | None, value: str) -> list[tuple[str | None, str]]:
    """A value in which each name has in brackets what its bearer made, cut into these names."""
    if kind not in (None, "by", "text") or "(" not in value:
        return [(kind, value)]
    found: list[tuple[str | None, str]] = []
    at = 0
    while match := _NOTED.match(value, at):
        found.append((made(match["what"]), match["who"].strip()))
        at = match.end()
    return found if at == len(value) and all(what for what, _ in found) else [(kind, value)]


def _written(kind: str | None, value: str) -> tuple[tuple[str, ...], bool] | None:
    """The writers that a value names; after a mere ``by`` only names of several words, or initials."""
    first, *others = (part.strip() for part in value.split("|"))
    if not all(is_post(part) for part in others if part):
        return None
    first = first if kind is None else _DESCRIBED.sub("", first)
    first = _PLACED.sub("", first) if kind == "by" else first
    found = names(without_action(first)[0], strict=kind is None)
    short = found and kind == "by" and not all(" " in n or is_name(n, strict=True) for n in found[0])
    return None if short else found


def _whole(text: str) -> tuple[Byline, str]:
    """A line without a label: names, or an organisation."""
    bare = _without_date(text)
    if DOMAIN.match(fold(bare)) or (is_organisation(bare) and titled(bare)):
        return Byline(source=text.rstrip(". "), labelled=True), ""
    signed = _SIGNED.fullmatch(bare) if bare.endswith(")") or _MARK.search(bare) else None
    if signed and is_organisation(paper := signed[2] or signed[3]) and (who := names(signed[1], strict=True)):
        return Byline(authors=who[0], source=paper, ambiguous=who[1], labelled=True), ""
    value, acted = without_action(text)
    if not acted:
        return NOBODY, value
    found = names(value)
    return (Byline(authors=found[0], ambiguous=found[1], labelled=True) if found else NOBODY), ""


def _without_date(text: str) -> str:
    """A line without the date at its end."""
    return _DATE_TAIL.sub("", text).strip() if text.rstrip(" )")[-1:].isdigit() else text.strip()


def _source(value: str) -> tuple[tuple[str, ...], str | None]:
    """``An Hạ (Dân trí)`` is a writer and a paper; anything else of a few words is a source. A counter
    may share its line."""
    value = value.partition(" | ")[0]
    inner = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", value)
    if inner and (person := names(inner[1], strict=True)) and not is_organisation(inner[1]):
        return person[0], inner[2].strip()
    divided = re.fullmatch(r"([^/]+?)\s*/\s*([^/]+)", value)
    if divided and is_organisation(divided[2]) and (person := names(divided[1], strict=True)):
        return person[0], divided[2].strip(" .")
    if divided and " " in divided[2] and (is_organisation(divided[1]) or is_office(divided[1])):
        person = None if is_office(divided[2]) else names(divided[2], strict=True)
        if person:
            return person[0], divided[1].strip(" .")
    printed = without_action(value.strip(" ."))[0]
    bare = _without_date(printed)
    known = DOMAIN.match(fold(bare)) or is_organisation(bare)
    if known or (len(bare.split()) <= 8 and titled(bare) and (not is_office(bare) or len(bare) <= 60)):
        return (), printed or None
    return (), None
