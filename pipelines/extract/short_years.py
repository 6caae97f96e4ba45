"""Days whose year is printed in two digits: ``17.03.13 - 00:58``.

Only whole lines between points are such days, with or without a label of publication or change: numbers
of versions, chapters and telephones look like them within a text. Where East Asia writes two digits
first, they are the year, so that its languages have none (see :mod:`pipelines.extract.date_lines`).
"""

from __future__ import annotations

import re

from pipelines.extract.line_labels import label_of
from pipelines.extract.words import PUBLISHED, UPDATED

LONGEST = 60
"""Characters of the longest such line."""
_DAY = re.compile(
    r"(?P<label>\D*)(?P<day>(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.)(?P<year>\d\d)"
    r"(?:[\s,|–-]+(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*(?:h|hs|uhr)\b)?)?[\s,|–-]*",
    re.I,
)
_LAST_CENTURY = 90
"""The web's first years."""


def with_century(text: str) -> str | None:
    """A line that is a day whose year has two digits, with all four; ``None`` for any other line."""
    if not 6 <= len(text) <= LONGEST or text.count(".") < 2:
        return None
    found = _DAY.fullmatch(text)
    if found is None or (label_of(found["label"]) not in PUBLISHED | UPDATED | {""}):
        return None
    at = found.start("year")
    return f"{text[:at]}{'19' if int(found['year']) >= _LAST_CENTURY else '20'}{text[at:]}"
