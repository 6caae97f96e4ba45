"""The line that names who wrote and who took the pictures.

The printed line is always kept beside what is understood of it. A line is understood as a
whole or not at all: where any part of it is neither a known label nor shaped like a name,
nobody is named, since a missing author is better than an invented one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.extract.labels import DOMAIN, LENT, is_nobody, labels
from pipelines.extract.names import is_office, names, titled
from pipelines.extract.organisations import is_organisation
from pipelines.text import clean, fold

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
    """Whether the line says by a label, an action or an address what it is."""

    def __bool__(self) -> bool:
        return bool(self.authors or self.photo_credits or self.source)


_ACTION = re.compile(
    r"\s*\(?\b(thuc hien|tong hop|luoc ghi|bien soan|ghi|dich|bien dich|suu tam)\b\)?\.?$"
    r"|\s*\((?:t[./]?h|st)\.?\)\.?$"
)
_DATE_TAIL = re.compile(r"[\s,(–-]*(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?\s*$")
_MAIL = re.compile(r"[\s,|(<\[–—-]*[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>\]]*")
_GIVEN = re.compile(r"(?:do\s+)?(\w.+?)\s+cung cấp", re.I)
"""An office that gave a picture out is credited as it is printed; that somebody did is no credit."""


@lru_cache(maxsize=512)
def parse_byline(line: str) -> Byline:
    """Understand a printed byline; what is not understood names nobody. Never raises.
    Remembered, since the rules that look for a byline ask it of the same lines."""
    text = _MAIL.sub("", clean(line) or "").strip(" *-–—_|")
    if not text or len(text) > LONGEST:
        return Byline()
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    pieces = list(_pieces(text))
    return _labelled(pieces) if any(kind for kind, _ in pieces) else _whole(text)


def photographers(value: str) -> tuple[str, ...] | None:
    """Whom the value of a photo label credits: persons, or an office or club as it is printed;
    nobody for an archive or a handout; ``None`` where the value is no credit."""
    given = _GIVEN.fullmatch(value.strip(" .-–—,"))
    if given and is_office(given[1]) and given[1][0].isupper():
        return (given[0],)
    lent = LENT.sub("", value).strip(" .-–—,")
    if is_nobody(value) or is_nobody(lent):
        return ()
    value = value.strip() if lent == value.strip(" .-–—,") else lent
    found = names(_without_action(value)[0])
    if found:
        return found[0]
    short = 2 <= len(lent) <= 60 and len(lent.split()) <= 8 and not re.search(r"(?:\w\w\.|[!?:])\s", lent)
    return (lent,) if short and titled(lent) else None


def _pieces(text: str) -> Iterator[tuple[str | None, str]]:
    """The line cut at its labels: (kind of the value, value)."""
    kind: str | None = None
    at = 0
    for found, start, end in labels(text):
        if start > at:
            yield kind, text[at:start].strip(" .;,|/()[]–—-")
        elif kind == "photo" and found in ("photo", "text"):
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
    for kind, value in pieces:
        if not value:
            continue
        if kind in ("source", "from"):
            person, source = _source(value)
            if source is None:
                return Byline()
            authors.extend(person)
        elif kind == "photo":
            taken = photographers(value)
            if taken is None:
                return Byline()
            credits.extend(taken)
        else:
            found = names(_without_action(value)[0], strict=kind is None)
            if found is None:
                return Byline()
            ambiguous = ambiguous or (found[1] and kind is None)
            authors.extend(found[0])
            credits.extend(found[0] if kind == "both" else ())
    return Byline(
        authors=tuple(dict.fromkeys(authors)),
        photo_credits=tuple(dict.fromkeys(credits)),
        source=source,
        ambiguous=ambiguous,
        labelled=True,
    )


def _whole(text: str) -> Byline:
    """A line without a label: names, or an organisation."""
    bare = _DATE_TAIL.sub("", text).strip()
    if DOMAIN.match(fold(bare)) or (is_organisation(bare) and titled(bare)):
        return Byline(source=text.rstrip(". "), labelled=True)
    signed = re.fullmatch(r"(.+?)\s*(?:\(([^()]+)\)|[/–—-]\s*(\S+))", bare)
    if signed and is_organisation(paper := signed[2] or signed[3]) and (who := names(signed[1], strict=True)):
        return Byline(authors=who[0], source=paper, ambiguous=who[1], labelled=True)
    value, acted = _without_action(text)
    found = names(value, strict=not acted)
    return Byline(authors=found[0], ambiguous=found[1], labelled=acted) if found else Byline()


def _without_action(text: str) -> tuple[str, bool]:
    """A line without ``(thực hiện)`` and its like, and whether it had one."""
    folded = fold(text)
    match = _ACTION.search(folded) if len(folded) == len(text) else None
    return (text[: match.start()].strip(" ("), True) if match else (text, False)


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
    printed = _without_action(value.strip(" ."))[0]
    bare = _DATE_TAIL.sub("", printed).strip()
    known = DOMAIN.match(fold(bare)) or is_organisation(bare)
    if known or (len(bare.split()) <= 8 and titled(bare) and (not is_office(bare) or len(bare) <= 60)):
        return (), printed or None
    return (), None
