"""The forms in which a date is printed, as one pattern over folded text.

The words in it (months, weekdays, ``at``, ``a.m.``) come from the tables of all languages;
what differs between languages in shape stands here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipelines.extract.one_of import one_of
from pipelines.extract.words import AM, AT, MONTHS, PM, UPDATED, WEEKDAYS
from pipelines.extract.zones import ABBREVIATIONS

ERAS = {"令和": 2018, "平成": 1988, "中華民國": 1911, "民國": 1911, "民国": 1911}
"""Japanese eras and the Chinese republic's, with the year before their first."""
CALENDARS = {"th": (2400, 2700, -543), "zh-tw": (80, 199, 1911)}
"""By language, the years that are of another calendar also where nothing says so, and what makes them
Gregorian: in Thailand the Buddhist era counts, in Taiwan the republic's years."""


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _far(words: Iterable[str]) -> frozenset[str]:
    """Words of scripts that write them without a space before a number."""
    return frozenset(w for w in words if ord(w[0]) > 0x1000)


_MONTH, _WEEKDAY, _HALF, _AT = one_of(MONTHS), one_of(WEEKDAYS), _any(AM | PM), _any(AT)
_LONG = one_of(w for w in WEEKDAYS if len(w) > 4)
_HALF_BEFORE = _any(_far(AM | PM))
_ZONE = (
    r"(?:\(?\s*(?P<zone>(?:gmt|utc)\s?[+\-−]\s?\d{1,2}(?::?\d{2}|)|[+\-]\d{2}:\d{2}|gmt|utc|"
    rf"(?:{_any(map(str.lower, ABBREVIATIONS))})(?!\w))\s*\)?)"
)
_UNIT = r"(?::|gio|heures?|(?:g|hs|h|uhr|uur)(?![a-z])|时|시|時|点|點)"
_POINTED = (
    r"(?:\s*(?:uhr|uur|u|wib|wita|wit|hodin|hod|am|pm|hs|h)\b|\s*น|\s?[ap]\.\s?m|[)\]|]|\s*$"
    rf"|\.?\s+(?:{_any(UPDATED)})(?!\w))"
)
"""What shows that ``8.15`` is a time of day: nothing, what follows times of day, or the label of a change."""
_SAID = r"(?(at)(?![\d.,])|(?!))"
"""So does a word for *at* before it."""
_CLOCK = (
    rf"(?:(?P<{{p}}before>{_HALF_BEFORE})\s*|)(?P<{{p}}hour>[01]?\d|2[0-4])"
    # 8:15, 08h15, 8 giờ 15 phút, 3時5分; 8.15 only where Uhr or its like, or nothing, follows
    rf"(?:(?:\s*{_UNIT}\s*|\.(?=\d\d(?:{_POINTED}{{said}})))(?:(?P<{{p}}minute>[0-5]\d|\d(?=\s*(?:phut|분|分)))|)"
    r"(?::(?P<{p}second>[0-5]\d)(?:\.\d+|)|)(?:\s*(?:['′’]|phut|uhr|uur|hs|hrs|h|분|分)(?!\w)|)"
    rf"(?:\s*(?P<{{p}}half>{_HALF})(?![a-z])|)"
    # 8 a.m.
    r"|\s*(?P<{p}only>[ap]\.?m\.?)(?![a-z]))"
)
_GAP = rf"(?:\s*[,|•·–—\-/(]?\s*(?:(?:{_AT})(?!\w)|)\s*)"
_SURE = _any(word for word in AT if len(word) > 1)
_GAP_BEFORE = rf"(?:\s*[,|•·–—\-/(]?\s*(?:(?P<at>{_SURE})(?!\w)|(?:{_AT})(?!\w)|)\s*)"
"""The gap before the time of day that follows its day."""
_DAYS = (
    # 2026-03-05, 2026/03/05, 2025.12.10
    r"(?P<y1>\d{4})(?P<s1>[-/.])\s?(?P<m1>\d{1,2})(?P=s1)\s?(?P<d1>\d{1,2})\.?(?!\d)",
    # 05/03/2026, 5-3-2026, 05.03.2026
    r"(?P<a2>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b2>\d{1,2})\s?(?P=s2)\s?(?P<y2>\d{4})(?!\d|\.\d)",
    # ngày 05 tháng 3 năm 2026
    r"(?:ngay\s*|)(?P<d3>\d{1,2})\s*(?:,\s*|)thang\s*(?P<m3>\d{1,2})\s*(?:,|nam|/|)\s*(?P<y3>\d{4})(?!\d)",
    # 2025년 12월 10일, 2025年10月14日, 令和7年10月14日
    rf"(?:(?P<era>{_any(ERAS)})\s*|)(?P<y4>\d{{1,4}}|元)\s*(?:년|年)\s*(?P<m4>\d{{1,2}})\s*(?:월|月)\s*"
    r"(?P<d4>\d{1,2})\s*(?:일|日|号|號)",
    # 5 March 2026, 27. Januar 2020, 5 de outubro de 2018, 5-Mar-2026, 5 Tháng Ba, 2026, 6 ส.ค. 2569
    rf"(?P<d5>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.|)[\s\-/]*(?:de\s+|d['’]|of\s+|)(?P<m5>{_MONTH})\.?,?[\s\-/]*"
    r"(?:de\s+|del\s+|nam\s+|พ\.ศ\.\s*|)(?P<y5>\d{4})(?!\d)",
    # March 5, 2026
    rf"(?P<m6>{_MONTH})(?:\.\s*|\s+)(?P<d6>\d{{1,2}})(?:st|nd|rd|th|)\s*,?\s+(?P<y6>\d{{4}})(?!\d)",
    # 2026. szeptember 25.
    rf"(?P<y7>\d{{4}})\.\s*(?P<m7>{_MONTH})\.?\s+(?P<d7>\d{{1,2}})(?!\d)\.?",
    # 115-03-05, 115/3/5
    r"(?P<y8>1[01]\d)(?P<s8>[-/.])(?P<m8>\d{1,2})(?P=s8)(?P<d8>\d{1,2})(?![\d.])",
)
_WORDS = (*WEEKDAYS, *MONTHS, *_far(AM | PM), *ERAS, "ngay")
_START = rf"\d|元|{one_of(_WORDS)}"
"""What a date can begin with. Most words of a text cannot, and need not be looked at for all forms."""
_PATTERN = (
    rf"(?<![\w/.\-])(?={_START})(?:(?P<weekday>{_WEEKDAY})(?!\w)\.?\s*(?:feira|)[\s,.–\-|]*(?:ngay\s*|)|)"
    rf"(?:{_CLOCK.format(p='b', said='')}(?:\s*{_ZONE.replace('zone', 'bzone')}|){_GAP}(?:,?\s*ngay\s*|)|)"
    rf"(?:(?P<weekday2>{_WEEKDAY})(?!\w)\.?[\s,.–\-|]*(?:ngay\s*|)|)"
    rf"(?:{'|'.join(_DAYS)})"
    rf"(?:(?:\s*[(（]?(?:{_WEEKDAY})[)）]?|[.,]{{1,2}}\s*(?:{_LONG}))(?![a-z])|)"
    # 5 marca 2026 r., 5. ožujka 2026. u 8:15
    rf"(?:(?:\s?[rгр]\.?(?!\w)|\.(?=\s)|){_GAP_BEFORE}(?:t\s*|)"
    rf"{_CLOCK.format(p='', said='|' + _SAID)}|)(?:\s*{_ZONE}|)"
)
"""What may stand or not ends in an empty choice, ``(?:…|)``: such a pattern takes half the time of one with
``(?:…)?`` for the same."""
# Folded text is decomposed, Hangul into its letters; so is the pattern.
MOMENT = re.compile(unicodedata.normalize("NFD", _PATTERN))
"""A date in folded text whose dotless ``ı`` is written ``i``, since that is the last letter with a case
of its own; not asking for case is three times as fast. A match is a date with what belongs to it.
Groups: weekday, weekday2; b… and … of the time of day before and after it (before, hour, minute, half,
only); zone, bzone; y, m, d of each form, era."""
_FIRST = "".join(sorted({re.escape(unicodedata.normalize("NFD", word)[0]) for word in _WORDS}))
_NEXT = rf"[\d元]|{one_of((*_far(AM | PM), *ERAS))}|(?:{_MONTH})(?:\.\s*|\s+)\d"
"""What a date can begin with behind its weekday."""
_BEGINNING = (
    rf"(?=[\d元{_FIRST}])(?<![\w/.\-])(?:{_NEXT}|ngay\s*\d"
    rf"|(?:{_WEEKDAY})(?!\w)\.?\s*(?:feira|)[\s,.–\-|]*(?:ngay\s*|)(?={_NEXT}|ngay|(?:{_WEEKDAY})(?!\w)))"
)
BEGINNING = re.compile(unicodedata.normalize("NFD", _BEGINNING))
"""Where a date can begin. Many a short word is a weekday in some language, so that what stands behind it is
looked at too."""
YEAR = re.compile(r"\d\d\d(?:\d|([-/.])\d\d?\1\d)")
"""Four digits in a row, or three that a day and a month follow. It begins with one character and no choice,
since such patterns are looked for much faster."""
YEAR_SIGNS = ("年", "년", "\u11ab")  # the last is the end of 년, whose letters folding takes apart
"""Every form of a date has such a year, or one of these signs."""
BEFORE_YEAR = frozenset(
    unicodedata.normalize("NFD", word)[-2:]
    for word in (*MONTHS, "de", "del", "nam", "พ.ศ", "st", "nd", "rd", "th")
)
"""How words end that stand before a year; what else may stand there are digits."""
ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+|)|)\s*(?:(Z|UTC|GMT|[+\-]\d\d:?\d\d)|)|)$",
    re.I,
)
"""The profile of ISO 8601 that metadata is written in (W3C date and time formats)."""
