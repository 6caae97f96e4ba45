"""What one printed line says by itself: a label, the end of an article, a date, a byline."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.byline import LONGEST, NOBODY, Byline, parse_byline, parse_labelled
from pipelines.extract.labels import labels
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import AT_RIGHT, CENTRED, WRITERS_PAGE
from pipelines.extract.moments import Moment, moments
from pipelines.extract.one_of import one_of
from pipelines.extract.words import (
    CHANGE_WORDS,
    COMMENTS,
    COUNTED,
    END,
    FURNITURE,
    HERE,
    LABELS,
    NEIGHBOURS,
    ORIGINAL,
    PAGES,
    POPULAR,
    PUBLISHED,
    RECENT,
    RELATED,
    RELATED_WORDS,
    RELEASE,
    SECTION_LABELS,
    TAG_LABELS,
    TODAY,
    UNRELATED_WORDS,
    UPDATED,
)
from pipelines.text import clean, fold, remembered, words

_VIETNAMESE = re.compile(r"[đĐăĂơƠưƯạ-ỹẠ-Ỹ]")
_CENTRED = re.compile(r"text-align:\s*center|margin:\s*+\S{0,60}?\s*+auto", re.I)
_RIGHT = re.compile(r"text-align:\s*(?:right|end)", re.I)
LONGEST_HEADING = 60
"""Characters of the longest heading of a box, or of a label."""
LONGEST_LABEL = 2 * LONGEST_HEADING
"""Characters of the longest line that ends an article, is a row of buttons without links, or a count."""
_BUTTONS_OF = 80
"""Elements of a line's own that are looked through for buttons: a thousand lines may share one element."""
_COUNTED = re.compile(r"^\d{1,5}\s+(?=\w+$)")
"""How many there are of one thing: ``3 comments``."""
_DATED_SENTENCE = 120
"""Characters of the longest sentence that is there for its date: the longest date, and thirty more."""
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
_RELEASE = tuple(RELEASE)
_BUTTONS, _DATED = FURNITURE | ORIGINAL | NEIGHBOURS, PUBLISHED | UPDATED
_TERMS, _NEWS = SECTION_LABELS | TAG_LABELS, RELATED | POPULAR | RECENT
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
_CALLED = tuple(f" {word}" for word in PUBLISHED if len(word) > 6)
EARLIER = re.compile(r"^.*(?:[|•,;)]|\.\s)\s*")
"""What stands before the label of a date in one line with it."""
_VALUE_NEXT = re.compile(r"\W*([^\W\d]{2,16})\s*[:：]")
"""How what stands behind a date begins where it is a labelled value."""
_ARROW = re.compile(r"(?<=\S)\s*(?:[>›»→]|::|(?<=\s)/(?=\s))\s*(?=\S)")
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_DIVIDER = re.compile(r"[|•·–—-]")
_BETWEEN = re.compile(r"\s[|•·–—-]\s*\d{1,2}[:.h]\d\d")
"""A sign between a day and its time of day."""
_BARS = ("|", "•", "·", "｜")
_BAR = re.compile(r"[|•·｜,–—-]")
_WRITTEN = ("by", "text", "both")
_MACHINE = re.compile(r"(?:\d{4}-\d\d-\d\d[T][\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)?[\s,;|]*)+")
"""The profile of ISO 8601 that metadata is written in, as often as it is printed."""
_NUMBER = re.compile(r"[\d.,]*\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_COUNTING = frozenset(first[0] for first in map(_LETTERS.search, COUNTED) if first)
"""The first words of the labels of counts."""
_AUTHOR_PAGE = re.compile(
    r"/(?:author|authorid|authors|tac-gia|autor|autore|auteur)s?[/\-]|[?&]author=", re.I
)
_SHARE = re.compile(
    r"/sharer|//[^/]+/(?:share|intent|send|submit)(?:[?/.]|$)|sharearticle|/pin/create|//wa\.me/\?|^mailto:\?",
    re.I,
)
"""Addresses by which networks document that a page is shared: Facebook, X, Zalo, LinkedIn, Telegram,
Pinterest, WhatsApp, Reddit; and a letter without an addressee (RFC 6068)."""
_SHARING = ("share", "intent", "send", "submit", "/pin/", "wa.me", "mailto:")
"""What such addresses hold, one of these at least: most addresses do not."""
_FORMATS = frozenset(
    (
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "csv", "zip", "rar", "7z",
        "hwp", "hwpx", "dwg",
    )
)  # fmt: skip
FORMATS = f"(?:{'|'.join(sorted(_FORMATS))})"
"""Ends of the names of documents, as a pattern."""
_GIVEN = re.compile(rf"[=/%\w]\.{FORMATS}(?:&|$)", re.I)
"""A file's name as a value in an address."""


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
    if label in PUBLISHED or label.endswith(_CALLED) or len(label) > _CHANGE_LABEL:
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
    return last in PUBLISHED or last.endswith(_CALLED) or says_changed(last)


def _called(before: str) -> bool:
    """Whether the words before a date end with a label of publication: ``by the press office, published``."""
    return bool(before) and label_of(before[-LONGEST_HEADING:]).endswith(_CALLED)


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


def labelled_terms(block: Block) -> bool:
    """Whether a line is a label of sections or keywords and their links."""
    first = " ".join(text_in(block.anchors[0]).split()) if block.anchors else ""
    at = block.text.find(first) if first else -1
    return 0 < at <= LONGEST_HEADING and label_of(block.text[:at]) in _TERMS


def crumbs(block: Block) -> bool:
    """Whether a line is the path from the front page to this one: links with arrows between them; one
    arrow will do behind *You are here* or the front page's name."""
    arrows = _ARROW.findall(block.text) if block.anchors else ()
    if len(arrows) != 1:
        return len(arrows) > 1
    first = block.text.partition(arrows[0])[0]
    return label_of(first) in PAGES or label_of(block.text[: _opening(block)]) in HERE


def _opening(block: Block) -> int:
    """Where the first link of a line begins."""
    return max(0, block.text.find(clean(text_in(block.anchors[0])) or ""))


def tools(block: Block) -> bool:
    """Whether a line is buttons and nothing else: print, listen, share, the link to the original."""
    if len(block.text) > LONGEST_LABEL:
        return False
    rest, named = block.text, set()
    # Buttons are often links that lead nowhere, or spans.
    spans = [e for e in islice(block.element, _BUTTONS_OF) if e.tag in ("a", "span")]
    for button in (*block.anchors, *spans):
        name = " ".join(text_in(button).split())
        if name and name in rest:
            label = label_of(name)
            if label and label not in _BUTTONS:
                return False
            rest = rest.replace(name, "|", 1)
            named.add(label)
    named.update(map(label_of, rest.split("|")))
    named.discard("")
    return bool(named) and named <= _BUTTONS


def shares(block: Block) -> bool:
    """Whether a line is a row of links that hand the page on: to a network's sharing, or to a letter
    without an address."""
    if not block.anchors:
        return False
    most = block.link_share > 0.5 or 0 < len(block.text) - block.linked <= _SHORT
    return most and all(map(_hands_on, block.anchors))


def _hands_on(anchor: Element) -> bool:
    href = anchor.get("href") or ""
    return any(map(href.lower().__contains__, _SHARING)) and _SHARE.search(href) is not None


def teases(block: Block) -> bool:
    """Whether a line is a box for one other page: no paragraph, and it begins and ends with a link to it."""
    if block.tag == "p" or len(block.anchors) < 2 or len({a.get("href") for a in block.anchors}) > 1:
        return False
    first, last = (clean(text_in(a)) or "\n" for a in (block.anchors[0], block.anchors[-1]))
    whole = block.text.startswith(first) and block.text.endswith(last)
    return whole and not (block.anchors[0].get("href") or "#").startswith("#")


def counts(text: str) -> bool:
    """Whether a line, or one of its parts, tells how many have seen the page: ``Views: 152 | …``."""
    if len(text) > LONGEST_LABEL or not _NUMBER.search(text):
        return False
    if len(text) > LONGEST_HEADING and not _DIVIDER.search(text):
        return False
    if _COUNTING.isdisjoint(_LETTERS.findall(fold(text))):
        return False  # most lines with a number count something else
    parts = (_NUMBER.split(part) for part in _PARTS.split(text) if _NUMBER.search(part))
    return any(label_of(" ".join(words_beside)) in COUNTED for words_beside in parts)


def leads_to_author(anchor: Element) -> bool:
    """Whether a link leads to a writer's page (HTML, 4.6.7.3), by its relation or its address."""
    if marked(anchor, WRITERS_PAGE):
        return True
    href = (anchor.get("href") or "").lower()
    return ("aut" in href or "tac-gia" in href) and _AUTHOR_PAGE.search(href) is not None


def stamped(block: Block) -> bool:
    """Whether a line is there for its ``time`` elements: short, and most of it theirs."""
    if not block.times:
        return False
    dated = [t for t in block.times if t.get("datetime")]
    size = sum(len(clean(text_in(t)) or "") for t in dated)
    return bool(dated) and len(block.text) <= 200 and len(block.text) - size <= 30


def vietnamese(text: str) -> bool:
    """Whether a text is written in Vietnamese, by its letters: more than one in fifty are its own. In
    Vietnamese every sixth letter is one, so that the beginning of a text says so."""
    enough = len(text) // 50 + 1
    return not text.isascii() and len(_VIETNAMESE.split(text, enough)) > enough


def byline_of(block: Block, *, plain: bool) -> Byline:
    """What a block says as a byline.

    Args:
        block: one line at the end of an article, or beside its title.
        plain: whether a bare name is one (it is in Vietnamese papers, elsewhere hardly ever).
    """
    if block.image or block.heading or len(block.text) > LONGEST:
        return NOBODY
    return parse_byline(block.text) if plain else parse_labelled(block.text)


def centred(element: Element) -> bool:
    """Whether the page says of an element itself that its text is centred, as captions are."""
    if (element.get("align") or "").lower() == "center" or element.tag == "center":
        return True
    if (style := element.get("style")) and _CENTRED.search(style):
        return True
    return bool(marked(element, CENTRED))


def is_file(url: str) -> bool:
    """Whether an address leads to a document and not to a page, by the end of its path or a file's name
    among its values."""
    path, _, query = url.strip().partition("#")[0].partition("?")
    _, point, last = path.rpartition(".")
    return (bool(point) and last.lower() in _FORMATS) or (bool(query) and _GIVEN.search(query) is not None)


def at_right(element: Element) -> bool:
    """Whether the page says of an element itself that its text stands at the right, as signatures do."""
    if (element.get("align") or "").lower() == "right":
        return True
    if (style := element.get("style")) and _RIGHT.search(style):
        return True
    return bool(marked(element, AT_RIGHT))
