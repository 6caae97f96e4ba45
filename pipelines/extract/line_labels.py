"""Labels: what a short printed line is called by, and which of them end a text, head a list or date it."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.extract.blocks import Block
from pipelines.extract.one_of import one_of
from pipelines.extract.words import (
    CHANGE_WORDS,
    COMMENTS,
    END,
    PUBLISHED,
    RELATED,
    RELATED_WORDS,
    TODAY,
    UNRELATED_WORDS,
    UPDATED,
)
from pipelines.text import fold, remembered, words

LONGEST_HEADING = 60
"""Characters of the longest heading of a box, or of a label."""
LONGEST_LABEL = 2 * LONGEST_HEADING
"""Characters of the longest line that ends an article, is a row of buttons without links, or a count."""
_COUNTED = re.compile(r"^\d{1,5}\s+(?=\w+$)")
"""How many there are of one thing: ``3 comments``."""
_COUNT = 16
"""Characters of the longest count in brackets, its unit and the last bracket among them."""
_RELATED = 4
"""Words of the longest heading that is told by one of them."""
_SPACED = 0x1000
"""Scripts before this character put spaces between words."""
_DENSE = tuple(word for word in RELATED_WORDS if ord(word[0]) > _SPACED)
_RELATING, _UNRELATING = (tuple(f" {w} " for w in table) for table in (RELATED_WORDS, UNRELATED_WORDS))
"""With the spaces around them, as they stand in a line that has one around it."""
_SHORT = 32
"""Characters of the longest first word that is compared before the whole line is."""
_UNSPACED = 0x0E00
"""The first script, Thai, of those that write no spaces between words, or glue what belongs together."""
_UPDATED_LAST = tuple(f" {word}" for word in UPDATED)
_LABELS = PUBLISHED | UPDATED | TODAY
_ALONE = 30
"""Characters of the longest label in a line of its own."""
_CHANGE_LABEL = 40
"""Characters of the longest label that a word makes one of change."""
_CHANGE = re.compile(
    rf"(?<!\w)(?:{one_of(w for w in CHANGE_WORDS if ord(w[0]) < _UNSPACED)})"
    rf"|{one_of(w for w in CHANGE_WORDS if ord(w[0]) >= _UNSPACED)}"
)
CALLED = tuple(f" {word}" for word in PUBLISHED if len(word) > 6)


@remembered(8192)
def key(text: str) -> str:
    """What two spellings of one line have in common: folded words."""
    return " ".join(words(fold(text)))


def is_key(text: str, known: str) -> bool:
    """Whether a line has a known :func:`key`. Its first letter, then the key of its first word, are a
    beginning of its key, and say no of most lines."""
    first = text[:1]
    if first.isascii() and first.isalnum() and not known.startswith(first.casefold()):
        return False
    return known.startswith(key(text[:_SHORT].partition(" ")[0])) and key(text) == known


def label_of(text: str) -> str:
    """A line without trailing colon, bullet or count, folded: the form of the word tables.
    Of a long line its beginning, which is in no table."""
    return short_label(text[:80])


@lru_cache(maxsize=8192)
def short_label(text: str) -> str:
    """What :func:`label_of` says of a line of at most :data:`LONGEST_HEADING` characters. Remembered: one
    line is compared with many tables, and menus come again on every page."""
    bare = fold(text)
    if not bare[-1:].isalpha():  # most lines end with a letter, and a search looks at each place of them
        bare = _without_count(bare)
    return bare.strip(" -–—•▪<>»:*+[]|")


def label_alone(block: Block) -> str:
    """What a short line is as the label of the next one, ``""`` where it is none: a term, what ends in a
    colon, or a known label."""
    if len(block.text) > _ALONE:
        return ""
    label = label_of(block.text)
    told = block.tag in ("dt", "th") or block.text.endswith((":", "："))
    return label if told or label in _LABELS or label.endswith(_UPDATED_LAST) else ""


@lru_cache(maxsize=2048)
def says_changed(label: str) -> bool:
    """Whether a folded label of a date is one of change: known as one, or it is short, has a word of change,
    and is not known as one of publication. What is neither may stand before any date."""
    if label in UPDATED or label.endswith(_UPDATED_LAST):
        return True
    if label in PUBLISHED or label.endswith(CALLED) or len(label) > _CHANGE_LABEL:
        return False
    return _CHANGE.search(label) is not None


def _without_count(folded: str) -> str:
    """A line without what is at its end of a count in brackets, then of marks: ``News (3):``,
    ``Rating (2 votes)``."""
    rest = folded.rstrip().rstrip(":：.…»>").rstrip()
    if rest.endswith("）"):
        rest = rest.replace("（", "(").replace("）", ")")
    head, bracket, count = rest.rpartition("(") if rest.endswith(")") else ("", "", "")
    if bracket and count[:1].isdecimal() and len(count) <= _COUNT:
        return head.rstrip()
    rest = rest.removesuffix(")")
    while rest[-1:].isdecimal():
        rest = rest[:-1]
    return rest.removesuffix("(").rstrip()


def ends(text: str) -> bool:
    """Whether a line says that the article is over."""
    if len(text) > LONGEST_LABEL:
        return False
    label = label_of(_COUNTED.sub("", text) if text[:1].isdigit() else text)
    if label in END or len(label) > LONGEST_HEADING:
        return label in END
    if label in COMMENTS and (text[:1].isdigit() or text[-1:] in ")）"):
        return True
    label, colon, _ = label.replace("：", ":").partition(":")
    return bool(colon) and label.strip() in END


def heads_related(text: str) -> bool:
    """Whether a line is the heading of a box of related links."""
    return len(text) <= LONGEST_HEADING and ((label := short_label(text)) in RELATED or relates(label))


@lru_cache(maxsize=2048)
def relates(label: str) -> bool:
    """Whether a label of a few words has one that says *related*, and none that says of what else than
    news; in scripts without spaces a short label that holds such a word."""
    if not label or (ord(label[0]) > _SPACED and " " not in label):
        few = 3 <= len(label) <= 2 * _RELATED
        return few and any(w in label for w in _DENSE) and not any(w in label for w in UNRELATED_WORDS)
    padded = f" {label} "
    if label.count(" ") >= _RELATED or not any(map(padded.__contains__, _RELATING)):
        return False
    plain = all(c.isalpha() or c in " ',/" for c in label)
    return plain and not any(map(padded.__contains__, _UNRELATING))
