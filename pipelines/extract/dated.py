"""Lines that are there for their date: with its label, bare, or at the foot of a text."""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block, text_in
from pipelines.extract.labels import labels
from pipelines.extract.line_labels import CALLED, LONGEST_HEADING, label_of, says_changed
from pipelines.extract.moments import Moment, moments
from pipelines.extract.words import LABELS, PUBLISHED, RELEASE, UPDATED
from pipelines.text import clean, fold

_DATED_SENTENCE = 120
"""Characters of the longest sentence that is there for its date: the longest date, and thirty more."""
_RELEASE = tuple(RELEASE)
_DATED = PUBLISHED | UPDATED
EARLIER = re.compile(r"^.*(?:[|•,;)]|\.\s)\s*")
"""What stands before the label of a date in one line with it."""
_VALUE_NEXT = re.compile(r"\W*([^\W\d]{2,16})\s*[:：]")
"""How what stands behind a date begins where it is a labelled value."""
_DIVIDER = re.compile(r"[|•·–—-]")
_BETWEEN = re.compile(r"\s[|•·–—-]\s*\d{1,2}[:.h]\d\d")
"""A sign between a day and its time of day."""
_BARS = ("|", "•", "·", "｜")
_BAR = re.compile(r"[|•·｜,–—-]")
_WRITTEN = ("by", "text", "both")
_MACHINE = re.compile(r"(?:\d{4}-\d\d-\d\d[T][\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)?[\s,;|]*)+")
"""The profile of ISO 8601 that metadata is written in, as often as it is printed."""


def date_line(text: str) -> bool:
    """Whether a line is there for its date: short, and most of it the date or its label."""
    sentence = text.endswith((".", "!", "?"))
    if len(text) > (_DATED_SENTENCE if sentence else 200):
        return False
    for moment in moments(text):
        if not isinstance(moment, str):
            if _labelled(before := text[: moment.start]):
                return True
            if _called(before) or (moment.end >= len(text) and _released(text)):
                return not sentence
            rest = len(text) - (moment.end - moment.start)
            if rest <= 30 or (moment.start <= 30 and rest <= 150 and not sentence):
                return True
            return not sentence and _set_apart(text, moment)
        if len(text) - len(moment) <= 30:
            return True
    return False


def _set_apart(text: str, moment: Moment) -> bool:
    """Whether a date stands between bars, before a labelled value, or behind a writer's name: ``By A. Name,
    editor 5 March 2026``."""
    before, after = text[: moment.start], text[moment.end :].strip(" .")
    if (value := _VALUE_NEXT.match(after)) and value[1].casefold() in LABELS:
        return True
    if after and not _BAR.match(after):
        return False
    return before.rstrip().endswith(_BARS) or any(
        start == 0 and kind in _WRITTEN for kind, start, _ in labels(before)
    )


def machine_dates(text: str) -> bool:
    """Whether a line is moments as machines write them and nothing else: the value of hidden metadata."""
    return text[:4].isdecimal() and _MACHINE.fullmatch(text) is not None


def _labelled(before: str) -> bool:
    """Whether the words before a date end with a label of publication or change and its colon, as no sentence
    does: ``By A. Name. Updated:``."""
    if not before.rstrip().endswith((":", "：")):
        return False
    last = label_of(EARLIER.sub("", before)[-LONGEST_HEADING:])
    return last in PUBLISHED or last.endswith(CALLED) or says_changed(last)


def _called(before: str) -> bool:
    """Whether the words before a date end with a label of publication: ``by the press office, published``."""
    return bool(before) and label_of(before[-LONGEST_HEADING:]).endswith(CALLED)


def _released(text: str) -> bool:
    """Whether a short line begins with what press offices call their texts: ``Press release no. 7``."""
    return len(text) <= 2 * LONGEST_HEADING and fold(text).startswith(_RELEASE)


def labelled_date(text: str) -> bool:
    """Whether a line is a label of publication or change and its date, and nothing else."""
    if len(text) > LONGEST_HEADING:
        return False
    found = _first_date(text)
    return found is not None and found.end == len(text) and label_of(text[: found.start]) in _DATED


def bare_date(text: str) -> bool:
    """Whether a line is a date, with or without a time of day, and nothing else."""
    if len(text) > LONGEST_HEADING:
        return False
    found = _first_date(text)
    return found is not None and found.start == 0 and not re.search(r"\w{4}", text[found.end :])


def foot_date(text: str) -> bool:
    """Whether a line is a day and its time of day with a sign between them, and nothing else: programs print
    them so under a text, and who writes about what is to come does not."""
    if len(text) > LONGEST_HEADING or not _DIVIDER.search(text):
        return False
    found = _first_date(text)
    whole = found is not None and found.start == 0 and found.end == len(text)
    return found is not None and whole and found.clock is not None and _BETWEEN.search(text) is not None


def _first_date(text: str) -> Moment | None:
    """The first date of a line that a calendar has."""
    for moment in moments(text):
        if not isinstance(moment, str):
            return moment
    return None


def stamped(block: Block) -> bool:
    """Whether a line is there for its ``time`` elements: short, and most of it theirs."""
    if not block.times:
        return False
    dated = [t for t in block.times if t.get("datetime")]
    size = sum(len(clean(text_in(t)) or "") for t in dated)
    return bool(dated) and len(block.text) <= 200 and len(block.text) - size <= 30
