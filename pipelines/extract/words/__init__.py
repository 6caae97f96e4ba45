"""The words of each language that reading goes by: one table per language.

Words are written folded (:func:`pipelines.text.fold`: no case, no diacritics), and text
is folded before it is compared. A language without a table still gets title, body, and
dates in digits.
"""

from __future__ import annotations

from pipelines.extract.words.east_asian import CHINESE, JAPANESE, KOREAN
from pipelines.extract.words.english import ENGLISH
from pipelines.extract.words.germanic import GERMAN
from pipelines.extract.words.romance import FRENCH, PORTUGUESE, SPANISH
from pipelines.extract.words.table import Words
from pipelines.extract.words.vietnamese import VIETNAMESE
from pipelines.text import fold

TABLES: dict[str, Words] = {
    "vi": VIETNAMESE,
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "ko": KOREAN,
    "ja": JAPANESE,
    "zh": CHINESE,
}
"""By BCP 47 language."""


def _folded(field: str) -> frozenset[str]:
    return frozenset(fold(word) for table in TABLES.values() for word in getattr(table, field))


PUBLISHED = _folded("published")
UPDATED = _folded("updated")
RELATED = _folded("related")
END = _folded("end") | _folded("over")
OVER = _folded("over")
FURNITURE = _folded("furniture")
BOILERPLATE = _folded("boilerplate")
ERROR = _folded("error")
ORIGINAL = _folded("original")


def _numbered(field: str) -> dict[str, int]:
    """Every spelling of the table's rows, with the number of its row from 1."""
    found: dict[str, int] = {}
    for table in TABLES.values():
        for number, row in enumerate(getattr(table, field), 1):
            for spelling in row.split("|"):
                found.setdefault(fold(spelling), number)
    return found


MONTHS = {name: number for name, number in _numbered("months").items() if not name.startswith("thang")}
WEEKDAYS = _numbered("weekdays")
EVENT = _numbered("event")
