"""Who took a picture, as its caption says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from pipelines.extract.eastern import taken
from pipelines.extract.eastern_names import EASTERN, eastern_names, ends_as_office
from pipelines.extract.folding import aligned
from pipelines.extract.labels import LENT, is_nobody, labels
from pipelines.extract.names import is_office, is_post, names, titled
from pipelines.extract.one_of import one_of
from pipelines.extract.photographers import persons, photographers
from pipelines.extract.signatures import signature
from pipelines.extract.words import BY, PHOTO_NOUNS, PHOTOGRAPHER
from pipelines.text import fold

_END = 120
"""Characters at the end of a caption in which its credit stands."""
_NOUN = "|".join(sorted(map(re.escape, PHOTO_NOUNS), key=len, reverse=True))
_AFTER = re.compile(rf"[(\[]\s*(?P<name>[^()\[\]]{{3,40}}?)\s+(?:{_NOUN})\s*[)\]]\s*\.?\s*$")
"""``(Rosa Lake photo)``."""
_BEFORE = re.compile(rf"[(\[]\s*(?:{_NOUN})\s+(?P<name>[^()\[\]]{{3,40}}?)\s*[)\]]\s*\.?\s*$")
"""``(photo Rosa Lake)``."""
_BY = "|".join(sorted(map(re.escape, BY), key=len, reverse=True))
_PLAIN = re.compile(
    rf"(?:(?:^|[.!?…”\"»)]\s|\s[–—|-]\s)(?:{_NOUN})(?:\s+(?:{_BY}))?|\s(?:{_NOUN})\s+(?:{_BY}))"
    r"\s+(?P<name>[^()\[\]:]{3,60}?)\s*\.?\s*$"
)
"""``. Фото Розы Лейк``, ``– Photo Rosa Lake``, ``Harbour photo by Rosa Lake``."""
_SET_OFF = re.compile(
    r"(?:[.!?…”\"»]\s*(?:/|::|\|)|\s::)\s+(?P<name>[^()\[\]:/|.]{3,60}?)\s*\.?\s*$"
    r"|[.!?…”\"»]\s+[(\[](?P<inner>[^()\[\]:/|.]{3,60}?)[)\]]\s*\.?\s*$"
)
"""A name set off behind the sentence: ``. / Rosa Lake``, ``:: ROSA LAKE``, ``. (Rosa Lake)``."""
_EQUALS = re.compile(rf"(?:^|[\s(\[])(?:{_NOUN})\s*=\s*(?P<name>[^()\[\]]{{2,80}}?)\s*[)\]]?\s*\.?\s*$")
"""``사진=홍길동``."""
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\))\s*(?P<name>[^()\[\]©]{2,60}?)(?:,?\s+\d{4})?\s*[)\]]?\s*\.?\s*$", re.I
)
_FORMS = ((_AFTER, (")", "]")), (_EQUALS, ("=",)), (_COPYRIGHT, ("©", "ⓒ", "(c)")))
"""Each with the signs of which it has one: most captions have none."""
_WORDS = re.compile(one_of(word.rstrip(":") for word in PHOTO_NOUNS | PHOTOGRAPHER))
"""What a label of photographers holds, one of these at least."""
_SENTENCE = re.compile(r"(?:\w\w(?<!St)\.|[!?:])\s+\S")
_INITIALS = re.compile(r"(?:\w{1,2}\.){1,3}\w{1,2}")
"""Initials with their stops, but for the last one."""
_STOPS = (".", "!", "?", "…", ".”", '."')
_STROKE = re.compile(
    r"(?:[(\[]|[.!?…”\"»]\s+)(?P<inner>[^()\[\]/.]{3,40}/[^()\[\]/.]{2,50})[)\]]?\s*\.?\s*$"
)
_YEAR = re.compile(r"^\d{4}\s+")


def credit(caption: str) -> str | None:
    """Who took the picture, as its caption says at its end; ``None`` where it names nobody."""
    return _credit(caption[-_END:])


@lru_cache(maxsize=256)
def _credit(tail: str) -> str | None:
    """Remembered, since pictures and photographers ask it of the same captions."""
    if EASTERN.search(tail) and (name := taken(tail)):
        return None if is_nobody(name) else name
    folded, places = aligned(tail)
    found = list(labels(tail)) if ":" in tail or _WORDS.search(folded) else []
    for kind, start, end in found:
        name = _value(tail[end:], tail[:start]) if kind in ("photo", "both") else None
        name = _lent(tail[end:]) if kind == "source" and start == 0 else name
        if name and not _SENTENCE.search(name):
            return name
    if ":" in tail and (name := _written(tail, found)):
        return name
    for pattern, signs in _FORMS:
        if any(map(folded.__contains__, signs)) and (match := pattern.search(folded)):
            first, last = (places[n] for n in match.span("name"))
            if name := _value(_YEAR.sub("", tail[first:last])):
                return name
    plain = _noun_before(folded, tail, places) if _WORDS.search(folded) else None
    return plain or _bracketed(folded, tail, places) or _employed(tail) or _set_off(tail)


def _lent(value: str) -> str | None:
    """The full name behind a label of sources that begins a caption: it tells whose the picture is."""
    known = names(value, strict=False)
    people = persons(known[0], value) if known else ()
    return people[0] if len(people) == 1 and " " in people[0] and not is_office(people[0]) else None


def _noun_before(folded: str, tail: str, places: Sequence[int]) -> str | None:
    """The full name behind a noun without a colon that begins the caption's last part, or behind noun and
    ``by`` anywhere: the Slavic and the French press print no colon there."""
    match = _PLAIN.search(folded)
    first, last = (places[n] for n in match.span("name")) if match else (0, 0)
    known = names(tail[first:last], strict=True) if match else None
    people = persons(known[0], tail[first:last]) if known else ()
    return people[0] if len(people) == 1 and " " in people[0] else None


def _set_off(tail: str) -> str | None:
    """The full name, or in brackets also the office, that stands behind the last sentence of a caption and
    is set off from it by a sign that divides."""
    if not (tail.rstrip(" .").endswith((")", "]")) or "::" in tail or ". /" in tail or ". |" in tail):
        return None
    match = _SET_OFF.search(tail)
    name = (match["name"] or match["inner"]).strip() if match else ""
    known = names(name, strict=True) if name else None
    if known and len(known[0]) == 1 and " " in known[0][0]:
        return known[0][0]
    return name if match and match["inner"] and is_office(name) and titled(name) else None


def _bracketed(folded: str, tail: str, places: Sequence[int]) -> str | None:
    """The full name behind a noun without a colon, in brackets at the end."""
    match = _BEFORE.search(folded) if folded.rstrip(" .").endswith((")", "]")) else None
    first, last = (places[n] for n in match.span("name")) if match else (0, 0)
    known = names(tail[first:last], strict=True) if match else None
    return known[0][0] if known and len(known[0]) == 1 and " " in known[0][0] else None


def _written(tail: str, found: Sequence[tuple[str, int, int]]) -> str | None:
    """The full name behind a label of authors that closes a caption: whose picture it is."""
    for kind, _, end in reversed(found):
        known = names(tail[end:].strip(" ).]"), strict=True) if kind == "text" else None
        return known[0][0] if known and len(known[0]) == 1 and " " in known[0][0] else None
    return None


def _employed(tail: str) -> str | None:
    """The full name in brackets at the end, an office or agency behind its stroke: ``(Tom Hill / AFP)``."""
    match = _STROKE.search(tail) if "/" in tail[-_END // 2 :] else None
    signed = signature(match["inner"]) if match else None
    return signed[0][0] if signed and len(signed[0]) == 1 and " " in signed[0][0] else None


def own_line(line: str, sites: Callable[[], Iterable[str]]) -> str | None:
    """Whom the last line under a picture credits, where it stands apart from the caption and is nothing
    but a full name, or a name and the paper's own: ``Rosa Lake, Lake Gazette``. The site's names are
    asked for last, since it takes a while to find them."""
    name, mark, paper = line.partition(", ")
    known = names(name, strict=True)
    full = known is not None and len(known[0]) == 1 and len(name.split()) > 1 and not credit(line)
    if full and mark and not is_post(paper) and fold(paper) not in map(fold, sites()):
        return None
    return name if full else None


def credited(name: str) -> tuple[str, ...]:
    """The photographers that one credit names. Capitals behind a full name and a stroke are an agency,
    also one that gave the picture out."""
    person, _, agency = name.partition("/")
    agency = LENT.sub("", agency)
    if " " in person.strip() and agency.isupper() and agency.isalpha():
        name = person.strip()
    known = names(name)
    if known is None or (is_office(name) and not any(" " in one for one in known[0])):
        return (name,)  # an agency may bear the names of its founders
    return persons(known[0], name)


def _value(printed: str, before: str = "") -> str | None:
    """The credit as printed, without brackets, ``courtesy of`` and the stop that closes the caption.

    The last stop of initials is their own (``Ảnh: V.V.T.``), as in the brackets of ``(Ảnh: V.V.T.)``;
    but where the sentence before the credit has its stop, the last one closes the caption, as it
    does after a full name.
    """
    name = printed.strip()
    name = name.rstrip(" ).]") if name.count(")") > name.count("(") or "]" in name else name.strip(" ()")
    name = name.rstrip(" .。")
    if EASTERN.search(name) and not (eastern_names(name) or ends_as_office(name)):
        return None
    taken = photographers(name) if name else None
    if not taken:
        return None
    if _INITIALS.fullmatch(name):
        rest = printed.strip()[len(name) :]
        own = rest.startswith(".)") or (rest.startswith(".") and not before.rstrip(" –—-(").endswith(_STOPS))
        return name + "." if own else name
    return taken[0] if len(taken) == 1 else name
