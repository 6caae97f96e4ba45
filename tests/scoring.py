"""How far a reading agrees with a label: F1 over runs of words and over sets; a page with its date cut.

Deliberately few rules, so that a figure can be checked by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date

SPELT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
MONTHS = (
    ("January", "Một", "Giêng"),
    ("February", "Hai"),
    ("March", "Ba"),
    ("April", "Tư"),
    ("May", "Năm"),
    ("June", "Sáu"),
    ("July", "Bảy"),
    ("August", "Tám"),
    ("September", "Chín"),
    ("October", "Mười"),
    ("November", "Mười Một"),
    ("December", "Mười Hai", "Chạp"),
)
"""What a month may be called: in English, then in Vietnamese after ``tháng``."""

BLANK = r"(?:\s|&nbsp;|\u00a0)"
CLOCK = (
    rf"(?:(?:T|,|-|{BLANK}){{0,9}}\d{{1,2}}[:hg]\d{{2}}(?::\d{{2}}(?:\.\d+)?)?"
    rf"(?:{BLANK}?(?:Z|(?:\+|&#x2B;)\d{{2}}:?\d{{2}}))?)?"
)
"""A time of day after a date, with its zone; or nothing."""


def plain(text: str | None) -> str:
    """The text in NFC, with straight quotes, hyphens and single blanks: what counts as the same text."""
    return " ".join(unicodedata.normalize("NFC", text or "").translate(SPELT).split())


def runs(blocks: Iterable[str]) -> Counter[tuple[str, ...]]:
    """Every run of four words in a text, with how often it occurs; a shorter text is one run."""
    words = re.findall(r"\w+", " ".join(plain(block) for block in blocks))
    size = min(4, len(words))
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1)) if words else Counter()


def kept(blocks: Iterable[str], neutral: Iterable[str]) -> list[str]:
    """The blocks less those that are a passage which counts neither for nor against a reading."""
    passed = set(map(plain, neutral))
    return [block for block in map(plain, blocks) if block not in passed]


def body_f1(true: str, read: Iterable[str]) -> float:
    """F1 of the blocks of a read body over runs of four words; the labelled body has a block per line."""
    wanted, found = runs(true.splitlines()), runs(read)
    return 2 * (wanted & found).total() / ((wanted.total() + found.total()) or 1)


def key(entry: str) -> str:
    """What makes two names or addresses the same: capitals, and a full stop after initials, do not count."""
    return plain(entry).casefold().rstrip(".")


def hits(answers: Iterable[Iterable[str]], read: Iterable[str]) -> tuple[int, int]:
    """(right entries × 2, labelled entries + read entries) against the accepted answer that fits best."""
    found = set(map(key, read))
    counts = [(2 * len(true & found), len(true) + len(found)) for true in (set(map(key, a)) for a in answers)]
    return max(counts, key=lambda c: (c[0] / c[1] if c[1] else 1.0, -c[1]))


def pooled_f1(counts: Iterable[tuple[int, int]]) -> float:
    """F1 over all entries of all pages: one too many costs as much as one too few."""
    pairs = list(counts)
    entries = sum(pair[1] for pair in pairs)
    return sum(pair[0] for pair in pairs) / entries if entries else 1.0


def without_day(html: str, day: date) -> str:
    """A page with every mention of a day, and of the time after it, cut out of text, attributes and scripts.

    Numbers in any order, sign and padding, and months in words; nothing else of the page is touched.
    """
    d, m, y = f"0?{day.day}", f"0?{day.month}", str(day.year)
    names = "|".join(map(re.escape, (*MONTHS[day.month - 1], MONTHS[day.month - 1][0][:3])))
    month, gap = rf"(?:tháng\s+)?(?:{m}|{names})\.?", rf"(?:{BLANK}|,|-|năm|of)*"
    forms = (
        rf"{y}(?P<a>[-/.]?){m}(?P=a){d}",
        rf"{d}\s*(?P<b>[-/.])\s*{m}\s*(?P=b)\s*{y}",
        rf"{m}(?P<c>[-/.]){d}(?P=c){y}",
        rf"{d}{gap}{month}{gap}{y}",
        rf"{month}{gap}{d}{gap}{y}",
    )
    return re.sub(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d){CLOCK}", "", html, flags=re.IGNORECASE)
