"""Dates that count back from the moment of the page: ``3 giờ trước``, ``yesterday at 8:15``.

Such a date is one only with an anchor, the instant of the capture, and a zone, in which that
instant has a day. Hours ago give a day and no time of day, since nobody counted minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from pipelines.extract.moments import Moment, moments
from pipelines.extract.one_of import one_of
from pipelines.extract.words import AGO, PUBLISHED, TODAY, UNITS, YESTERDAY
from pipelines.text import fold

LONGEST = 60
"""Characters of the longest line that is a relative date."""
_STEPS = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LABEL = rf"(?:(?:{one_of(PUBLISHED)})\s*[:：]?\s*|)"
_BEFORE = _any(a.rstrip("…") for a in AGO if a.endswith("…"))
_AFTER = _any(a for a in AGO if not a.endswith("…"))
_BACK = re.compile(
    rf"{_LABEL}(?:(?P<before>{_BEFORE})\s*|)(?P<count>\d{{1,3}})\s*(?P<unit>{_any(UNITS)})(?(before)|\s*(?:{_AFTER}))"
)
_NAMED = re.compile(rf"{_LABEL}(?:(?P<today>{_any(TODAY)})|(?:{_any(YESTERDAY)}))(?:(?P<rest>[\s,|–-].*)|)")


def counts_back(text: str) -> bool:
    """Whether a line is nothing but a count back from today: ``3 days ago``."""
    return len(text) <= LONGEST and _BACK.fullmatch(fold(text).strip(" .()")) is not None


def relative(text: str, anchor: datetime, where: tzinfo | None) -> Moment | None:
    """The day that a line counts back to; ``None`` for a line that is more than such a date.

    Args:
        text: the line, whole.
        anchor: when it was printed: the instant of the capture, aware.
        where: the portal's zone; without one there is no day.
    """
    if where is None or len(text) > LONGEST:
        return None
    folded = fold(text).strip(" .()")
    if back := _BACK.fullmatch(folded):
        step = _STEPS[UNITS[back["unit"]] - 1]
        return Moment(day=(anchor - int(back["count"]) * step).astimezone(where).date())
    named = _NAMED.fullmatch(folded)
    if named is None:
        return None
    day = anchor.astimezone(where).date() - timedelta(days=0 if named["today"] else 1)
    if not named["rest"]:
        # "Today" alone is a heading or a calendar's button.
        return None if named["today"] else Moment(day=day)
    whole = f"{day.isoformat()} {named['rest'].strip(' ,|–-')}"
    found = next((m for m in moments(whole) if isinstance(m, Moment)), None)
    return found if found and found.clock and found.end == len(whole) else None
