"""What has the shape of a name: of a person, of somebody's initials, of an office or a paper."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.extract.eastern_names import EASTERN, eastern_names, is_eastern_name
from pipelines.extract.words import (
    ANDS,
    EMPLOYER,
    JOBS,
    LABELS,
    NO_NAME,
    OFFICE_OPENINGS,
    OFFICES,
    PHOTOS,
)
from pipelines.text import fold

_AND = "|".join(sorted({*ANDS, *(a.upper() for a in ANDS if len(a) > 1)}, key=len, reverse=True))
_SPLIT = re.compile(rf"\s*(?:[,;&/+、，；]|\s(?:{_AND})\s)\s*")
_DASH = re.compile(r"\s+[–—-]\s+|(?<=\w)[–—](?=\w)")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_VIETNAMESE = re.compile(r"[à-ỹđÀ-ỸĐ]")
_INITIALS = re.compile(r"^(?:\w{1,2}\.\s?){1,4}\w{0,10}\.?$")
_ELIDED = re.compile(r"[^\W\d_]['’][A-ZÀ-ỸĐ][^\W\d_]{2,12}")
"""``H'Juel``, ``O'Neill``: a name that is whole in one word."""
_COLLECTIVE = frozenset(("ctv", "pv", "bbt", "nhom pv", "nhom phong vien", "p.v", "btv", "ttxvn"))
"""How the Vietnamese press signs for its staff; printed in place of a name, and kept as one."""
_REPORTER = re.compile(r"^(?:PV|CTV|BTV|[Pp]hóng viên|[Cc]ộng tác viên)\s+(?=\S+\s+\S)")
_PARTICLES = frozenset(
    (
        "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "del", "della", "du", "la", "le",
        "ter", "ten", "bin", "binti", "al", "el", "zu", "zum", "y", "ap", "ibn", "ben", "af", "av",
    )
)  # fmt: skip
"""Small words inside a surname."""
_HONORIFIC = re.compile(
    r"^(ông|bà|đồng chí|đ/c|cụ|ts\.?|ths\.?|gs\.?|pgs\.?|bs\.?|mr\.?|mrs\.?|ms\.?|dr\.?)\s"
)
_OPENINGS = "|".join(sorted(map(re.escape, OFFICE_OPENINGS), key=len, reverse=True))
_JOB_LAST = tuple(" " + job for job in JOBS)
_JOB_FIRST = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, JOBS), key=len, reverse=True))})\s+")
_EMPLOYER = "|".join(sorted(map(re.escape, EMPLOYER), key=len, reverse=True))
_EMPLOYED = re.compile(rf"(?P<who>.+?)\s+(?:{_EMPLOYER})\s+(?P<where>.+)", re.I)
_POST = re.compile(r"(.+?)\s*\(([^()]+)\)")
_WORD = re.compile(r"\w+")
_JOINED = ("&", " và ")
"""What joins two halves of an office's name as it joins two names."""
_OFFICE_LAST = re.compile(r"(?P<who>.+?)(?:\s+[–—-]\s+|\s*,\s*)(?P<where>[^,–—]+)")
_DEGREES = re.compile(
    r"^(?:(?:TS|THS|BS|KS|CN|GS|PGS|TTND|TTƯT|NGND|NGƯT|BSCK\s?I{1,2}|CK\s?I{1,2})\.\s*)+(?=\w+\s)", re.I
)
"""Degrees before a name, as doctors, engineers and teachers sign in Vietnam."""
_OPENING = re.compile(rf"(?:{_OPENINGS})(?!\w)")


@lru_cache(maxsize=512)
def names(text: str, *, strict: bool = False) -> tuple[tuple[str, ...], bool] | None:
    """The names in a list of names, and whether its dashes leave doubt; ``None`` where any
    part of it is not shaped like one. What a writer is, or where, may follow after a comma.
    Remembered, since writers and photographers are asked for by several rules.

    Args:
        text: for example ``X, Y và Z`` or ``X, Communications Office``.
        strict: only names of two words and more, initials and the press's own signs.
    """
    text = text.strip()
    if EASTERN.search(text):
        known = eastern_names(text, strict=strict)
        return (known, False) if known else None
    text = text if _INITIALS.match(text) else text.rstrip(".")
    text = _without_office(text)
    head, *rest = _SPLIT.split(text, 1)
    while rest and not (head or strict):
        head, *rest = _SPLIT.split(rest[0], 1)
    # What is cut off below is never the first of them, and no other text is asked for as often as a sentence.
    first = _dashed(head)
    if not is_name(_bare(first[0]), strict=strict):
        return None
    parts = [head, *(part for part in (_SPLIT.split(rest[0]) if rest else ()) if part or strict)]
    while len(parts) > 1 and is_post(parts[-1]):
        parts.pop()
    found: list[str] = []
    doubtful = False
    for part in parts:
        dashed = [_bare(p) for p in (first if part is parts[0] else _dashed(part))]
        while len(dashed) > 1 and is_post(dashed[-1]):
            dashed.pop()
        doubtful = doubtful or len(dashed) > 1
        found.extend(dashed)
    if not all(is_name(p, strict=strict) for p in found[1:]):
        return None
    return tuple(dict.fromkeys(found)), doubtful


def is_name(text: str, *, strict: bool = False) -> bool:
    """Whether a text has the shape of a person's name, of initials, or of a sign of the press."""
    if len(text) > 40:
        return False
    if is_collective(text):
        return True
    if EASTERN.search(text):
        return is_eastern_name(text, strict=strict)
    words, spelt = text.split(), text.casefold()
    if strict and words and not text.isascii() and _caseless(words[0][0]):
        return False
    if not words or len(words) > 6 or not (_several(words) if len(words) > 1 else _single(text, strict)):
        return False
    if len(words) > 1 and (words[0].casefold() in PHOTOS or (strict and _HONORIFIC.match(spelt))):
        return False
    return not (fold(text).strip("(). ") in NO_NAME or spelt in LABELS or is_office(text))


def is_collective(text: str) -> bool:
    """Whether a text is how the Vietnamese press signs for its staff: ``PV``, ``CTV``."""
    return fold(text).strip(". ") in _COLLECTIVE


def _single(text: str, strict: bool) -> bool:
    """Whether one word may be a name, initials or a sign."""
    if any(map(str.isdigit, text)):
        return False
    short = text.isupper() and 2 <= len(text) <= 5
    joined = bool(_INITIALS.match(text)) or _ELIDED.fullmatch(text) is not None
    return joined or short or (not strict and _capital(text) and len(text) <= 14)


def _several(words: list[str]) -> bool:
    """Whether words begin with capitals as those of a name do, but for small ones inside a surname."""
    small = [n for n, w in enumerate(words[:-1]) if w in _PARTICLES]
    one_run = not small or (small[0] > 0 and small[-1] - small[0] + 1 == len(small) and words[0] != words[-1])
    return one_run and all(_capital(w) for n, w in enumerate(words) if n not in small)


def is_office(text: str) -> bool:
    """Whether a text names an office, a paper or a team, by a word that no person's name has."""
    spelt = text.casefold()
    if len(text.split()) > 1 and _OPENING.match(spelt):
        return True
    return not OFFICES.isdisjoint(_WORD.findall(spelt))


def is_post(text: str) -> bool:
    """Whether a text says what somebody is, or where: ``staff writer``, ``Communications Office``."""
    folded = fold(text).strip(". ")
    return is_office(text) or folded in JOBS or folded.endswith(_JOB_LAST)


def titled(text: str) -> bool:
    """Whether at least half of the words, the first among them, begin with a capital or digit."""
    words = [w for word in text.split() if (w := word.strip("().,\"“”'‘’"))]
    raised = [w for w in words if w[0].isupper() or w[0].isdigit() or ord(w[0]) > 0x2E80]
    return bool(words) and words[0] in raised and 2 * len(raised) >= len(words) and "," not in text


def _without_office(text: str) -> str:
    """A list of names without the office behind its last dash or comma, where the office's own name would
    be cut in two: ``X – Phòng Văn hóa và Thông tin``, ``X - Chi cục TT&BVTV``."""
    if not any(map(text.__contains__, _JOINED)):
        return text
    match = _OFFICE_LAST.fullmatch(text)
    return match["who"] if match and _OPENING.match(match["where"].casefold()) else text


def _bare(part: str) -> str:
    """A name without what its bearer is: ``PV Lan Chi``, ``Mayor Rosa Lake``, ``Lan Chi (Phòng Văn hóa)``,
    ``Rosa Lake for the City of Wrenmouth``, ``ThS. Lan Chi``."""
    part = _DEGREES.sub("", part) if "." in part else part
    named = _POST.fullmatch(part) if part.endswith(")") else None
    part = named[1] if named and is_post(named[2]) else part
    employed = _EMPLOYED.fullmatch(part)
    known = employed and is_office(employed["where"]) and titled(employed["where"])
    part = employed["who"] if employed and known else part
    job = _JOB_FIRST.match(fold(part)) if part.isascii() else None
    part = part[job.end() :] if job and " " in part[job.end() :] else part
    reporter = _REPORTER.match(part)
    return part[reporter.end() :] if reporter else part


def _dashed(part: str) -> list[str]:
    """Names with dashes between them. A hyphen without spaces parts Vietnamese names, which
    have none of their own, where each side of it could be one."""
    found = [p.strip() for p in _DASH.split(part)]
    if len(found) == 1 and part.count("-") == 1 and _VIETNAMESE.search(part):
        sides = [p.strip() for p in _HYPHEN.split(part)]
        if len(sides) == 2 and all(" " in p or _INITIALS.match(p) for p in sides):
            return sides
    return found


def _capital(word: str) -> bool:
    core = word.strip("().'’\"“”")
    if not core or not (core[0].isupper() or _caseless(core[0])):
        return False
    return core.isalpha() or all(c.isalpha() or c in ".'’-" for c in core)


def _caseless(letter: str) -> bool:
    """Whether a letter is of a script without capitals, as Arabic is: names are told by their label alone."""
    return letter.isalpha() and letter.upper() == letter.lower()
