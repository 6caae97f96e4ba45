"""The words of each language that reading goes by: one table per language.

Words are written folded (:func:`pipelines.text.fold`: no case, no diacritics), and text
is folded before it is compared. A language without a table still gets title, body, and
dates in digits.
"""

from __future__ import annotations

from pipelines.extract.words.aegean_thai import GREEK, THAI, TURKISH
from pipelines.extract.words.arabic import ARABIC
from pipelines.extract.words.chinese import CHINESE
from pipelines.extract.words.croatian import CROATIAN
from pipelines.extract.words.danubian import CZECH, HUNGARIAN
from pipelines.extract.words.dutch import DUTCH
from pipelines.extract.words.english import ENGLISH
from pipelines.extract.words.german import GERMAN
from pipelines.extract.words.indonesian import INDONESIAN
from pipelines.extract.words.japanese import JAPANESE
from pipelines.extract.words.korean import KOREAN
from pipelines.extract.words.nordic import DANISH, FINNISH, NORWEGIAN, SWEDISH
from pipelines.extract.words.polish import POLISH
from pipelines.extract.words.portuguese import PORTUGUESE
from pipelines.extract.words.romance import FRENCH, ITALIAN
from pipelines.extract.words.romanian_catalan import CATALAN, ROMANIAN
from pipelines.extract.words.slavic import BULGARIAN, RUSSIAN, SLOVAK, SLOVENE, UKRAINIAN
from pipelines.extract.words.spanish import SPANISH
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
    "it": ITALIAN,
    "pl": POLISH,
    "nl": DUTCH,
    "id": INDONESIAN,
    "hr": CROATIAN,
    "sv": SWEDISH,
    "no": NORWEGIAN,
    "da": DANISH,
    "fi": FINNISH,
    "cs": CZECH,
    "hu": HUNGARIAN,
    "el": GREEK,
    "tr": TURKISH,
    "th": THAI,
    "ko": KOREAN,
    "ja": JAPANESE,
    "zh": CHINESE,
    "uk": UKRAINIAN,
    "ru": RUSSIAN,
    "bg": BULGARIAN,
    "sk": SLOVAK,
    "sl": SLOVENE,
    "ro": ROMANIAN,
    "ca": CATALAN,
    "ar": ARABIC,
}
"""By BCP 47 language."""


def _folded(*fields: str) -> frozenset[str]:
    return frozenset(
        fold(word) for table in TABLES.values() for field in fields for word in getattr(table, field)
    )


def _spelt(field: str) -> frozenset[str]:
    return frozenset(word.casefold() for table in TABLES.values() for word in getattr(table, field))


PAGES = _folded("pages", "release")
PUBLISHED = _folded("published")
UPDATED = _folded("updated")
CHANGE_WORDS = _folded("change_words")
HELD = _folded("held") - PUBLISHED
RELATED_WORDS = _folded("related_words")
UNRELATED_WORDS = _folded("unrelated_words")
RELATED = _folded("related", "recent")
RECENT = _folded("recent")
OTHERS = _folded("others")
POPULAR = _folded("popular")
NEIGHBOURS = _folded("neighbours")
RELEASE = _folded("release")
SITE = _folded("site")
SIGN_UP = _folded("sign_up")
OFFERS = _folded("offers")
HEADLINE = _folded("headline")
HERE = _folded("here")
END = _folded("end", "over")
OVER = _folded("over")
COMMENTS = _folded("comments")
FURNITURE = _folded("furniture")
BOILERPLATE = _folded("boilerplate")
COUNTED = _folded("counted")
ERROR = _folded("error")
GONE = _folded("gone")
ORIGINAL = _folded("original")
TEXT_NOUNS = _folded("text_nouns")
PHOTO_NOUNS = _folded("photo_nouns")
BY = _folded("by")
WRITER = _folded("writer")
PHOTOGRAPHER = _folded("photographer")
EDITOR = _folded("editor")
SOURCE = _folded("source")
NOBODY = _folded("nobody")
JOBS = _folded("jobs")
SECTION_LABELS = _folded("section_labels")
TAG_LABELS = _folded("tag_labels")
ANDS = _spelt("ands")
AGENCIES = _spelt("agencies")
OFFICES = _spelt("offices")
OFFICE_OPENINGS = _spelt("office_openings")
ARTICLES = _spelt("articles")
EMPLOYER = _spelt("employer")
PHOTOS = _spelt("photo_nouns")
OFFICE_PARTS = _spelt("office_parts")
OFFICE_ENDS = _spelt("office_ends")
WRITER_AFTER = _spelt("writer_after")
PHOTOGRAPHER_AFTER = _spelt("photographer_after")
LENT_AFTER = _spelt("lent_after")
NO_NAME = _folded("nobody", "end", "furniture", "related", "recent", "popular", "neighbours")
"""Folded lines that have the shape of a name and are none."""
LABELS = frozenset(
    word.rstrip(":")
    for field in (
        "text_nouns", "photo_nouns", "both_nouns", "writer", "photographer", "editor", "source",
        "section_labels", "tag_labels",
    )
    for word in _spelt(field)
)  # fmt: skip
"""Labels as spelt, which are no names either; folded, ``tác giả`` or ``lời`` could be one."""


def _numbered(field: str) -> dict[str, int]:
    """Every spelling of the table's rows, with the number of its row from 1."""
    found: dict[str, int] = {}
    for table in TABLES.values():
        for number, row in enumerate(getattr(table, field), 1):
            for spelling in row.split("|"):
                found.setdefault(fold(spelling), number)
    return found


def _meant(field: str) -> dict[str, dict[str, int]]:
    """The spellings that stand for different numbers in different tables, with each table's."""
    found: dict[str, dict[str, int]] = {}
    for language, table in TABLES.items():
        for number, row in enumerate(getattr(table, field), 1):
            for spelling in row.split("|"):
                found.setdefault(fold(spelling), {})[language] = number
    return {word: by for word, by in found.items() if len(set(by.values())) > 1}


MONTHS = _numbered("months")
MEANT = _meant("months")
"""Of names that mean different months in different languages: the month by language."""
WEEKDAYS = _numbered("weekdays")
UNITS = _numbered("units")
EVENT = _numbered("event")
TIME_OF_EVENT = 1
"""The row of what says when it is."""
AM = _folded("am")
PM = _folded("pm")
AT = _folded("at")
TODAY = _folded("today")
YESTERDAY = _folded("yesterday")
AGO = _folded("ago")
