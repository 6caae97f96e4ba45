"""The line that names who wrote and who took the pictures.

The printed line is always kept beside what is understood of it. A line is understood as a
whole or not at all: where any part of it is neither a known label nor shaped like a name,
nobody is named, since a missing author is better than an invented one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.text import clean, fold

LONGEST = 120
"""Characters of the longest line that can be a byline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a printed byline says."""

    authors: tuple[str, ...] = ()
    photo_credits: tuple[str, ...] = ()
    source: str | None = None
    """The agency or paper that the text was taken from."""
    ambiguous: bool = False
    """Whether the line could be read in another way, as ``X – Y`` can."""

    def __bool__(self) -> bool:
        return bool(self.authors or self.photo_credits or self.source)


_BOTH, _TEXT, _PHOTO, _SOURCE, _FROM = "both", "text", "photo", "source", "from"
_LABELS: tuple[tuple[str, str], ...] = (
    # folded label, what its value is; a label that begins another one comes after it
    (r"(?:tin|bai)(?: bai)?\s*(?:va|,|/|-|&|\+)?\s*(?:anh|hinh)", _BOTH),
    (r"tin,? bai(?: va|,) anh", _BOTH),
    (
        r"(?:text|story|words|texto|texte)\s*(?:and|&|e|y|et|/|und)\s*(?:photos?|fotos?|pictures|photographies)",
        _BOTH,
    ),
    (
        r"tac gia(?: bai viet)?|nguoi viet|bai viet|tin bai|thuc hien|noi dung|bien soan|tong hop|luoc ghi",
        _TEXT,
    ),
    (r"tin|bai|phong vien", _TEXT),
    (r"anh minh hoa", _PHOTO),
    (r"anh|hinh anh|hinh", _PHOTO),
    (
        r"photos? by|photos? courtesy of|photo credits?|photos?(?:\(s\))?|photographs? by|pictures?(?: by)?",
        _PHOTO,
    ),
    (
        r"image credits?|image courtesy of|image|credits?|courtesy of|courtesy|fotos?|foto de|bild|사진|写真",
        _PHOTO,
    ),
    (r"nguon tin|nguon|source|quelle|fonte|fuente", _SOURCE),
    (r"story by|written by|reported by|by|author|text|texto|por|publicado por|von|글|文", _TEXT),
    (r"theo", _FROM),
)
_NEEDS_COLON = frozenset(
    (
        "tin", "bai", "noi dung", "tong hop", "thuc hien", "bien soan", "luoc ghi", "tac gia", "nguoi viet",
        "bai viet", "tin bai", "hinh", "nguon", "nguon tin", "text", "texto", "author", "source", "image",
        "credit", "credits", "photo", "photos", "picture", "pictures", "foto", "fotos", "bild", "von", "por",
        "fonte", "fuente", "quelle", "tac gia bai viet", "글", "文", "사진", "写真",
    )
)  # fmt: skip
_LABEL = re.compile(
    r"(?:^|(?<=[.;|(/])|(?<=[.;|/,] )|(?<=[–—-] ))\s*(?P<label>"
    + "|".join(f"(?P<g{n}>{pattern})" for n, (pattern, _) in enumerate(_LABELS))
    + r")(?P<mark>\s*[:：]\s*|\s*\.\s+|\s+|$)"
)
_ACTION = re.compile(r"\s*\(?\b(thuc hien|tong hop|luoc ghi|bien soan|ghi|dich|bien dich|suu tam)\b\)?\.?$")
_ORGANISATION = re.compile(
    r"^(báo(?! cáo)|tạp chí|cổng|trang (?:thông )?tin|trang web|website|thông tấn xã|ttxvn|tttđt|"
    r"đài (?:phát|truyền|tiếng|pt)|truyền hình|trung tâm|ban biên tập|sở|ubnd|bộ|cục|văn phòng|vov\w*|vtv\w*|"
    r"vnexpress|vietnamplus|vietnamnet|dân trí$|tuổi trẻ$|thanh niên$|nhân dân$|tiền phong$|lao động$)(?!\w)"
)
_DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.(?:vn|com|net|org|gov|info)\S*$"
)
_DATE_TAIL = re.compile(r"[\s,(–-]*(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?\s*$")
_NAME_SPLIT = re.compile(r"\s*(?:[,;&/+]|\s(?:và|and|und|et|e|y)\s)\s*")
_DASH_SPLIT = re.compile(r"\s+[–—-]\s+|(?<=\w)[–-](?=\w)")
_INITIALS = re.compile(r"^(?:\w{1,2}\.\s?){1,4}\w{0,10}\.?$")
_COLLECTIVE = frozenset(("ctv", "pv", "bbt", "nhom pv", "nhom phong vien", "p.v", "btv", "ttxvn"))
_NO_NAME = frozenset(
    (
        "tin", "anh", "bai", "nguon", "theo", "print", "goc", "tags", "tag", "share", "xem", "doc", "chia",
        "in", "email", "video", "clip", "lien", "he", "trang", "chu", "quay", "lai", "home", "back", "next",
        "the", "a", "an", "this", "that", "tu", "lieu", "minh", "hoa", "internet", "none", "n/a", "admin",
        "administrator",
    )
)  # fmt: skip
_HONORIFIC = re.compile(
    r"^(ông|bà|đồng chí|đ/c|cụ|ts\.?|ths\.?|gs\.?|pgs\.?|bs\.?|mr\.?|mrs\.?|ms\.?|dr\.?)\s"
)
_NO_PERSON = re.compile(
    r"\b(tu lieu|minh hoa|cung cap|internet|facebook|uy ban|so|phong|ban|cong ty|truong|huyen|thanh pho|tinh|"
    r"hoi|nghi|cuc|chi cuc|vien|quan|xa|phuong|office|department|city|county|press|team|council)\b"
)


def parse_byline(line: str) -> Byline:
    """Understand a printed byline; what is not understood names nobody. Never raises."""
    text = (clean(line) or "").strip(" *-–—_|")
    if not text or len(text) > LONGEST:
        return Byline()
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    pieces = _pieces(text)
    return _whole(text) if pieces is None else _labelled(pieces)


def names(text: str, *, strict: bool = False) -> tuple[tuple[str, ...], bool] | None:
    """The names in a list of names, and whether its dashes leave doubt; ``None`` where any
    part of it is not shaped like one.

    Args:
        text: for example ``X, Y và Z``.
        strict: only names of two words and more, initials and the press's own signs.
    """
    found: list[str] = []
    text = text.strip().rstrip(".") if not _INITIALS.match(text.strip()) else text.strip()
    doubtful = False
    for part in _NAME_SPLIT.split(text):
        dashed = _DASH_SPLIT.split(part)
        doubtful = doubtful or len(dashed) > 1
        found.extend(p.strip() for p in dashed)
    if not found or not all(is_name(p, strict=strict) for p in found):
        return None
    return tuple(dict.fromkeys(found)), doubtful


def is_name(text: str, *, strict: bool = False) -> bool:
    """Whether a text has the shape of a person's name, of initials, or of a sign of the press."""
    folded = fold(text).strip(". ")
    if folded in _COLLECTIVE:
        return True
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 40 or folded in _NO_NAME or any(c.isdigit() for c in text):
        return False
    if len(words) == 1 and _INITIALS.match(text):
        return True
    if len(words) > 1 and (_NO_PERSON.search(folded) or (strict and _HONORIFIC.match(text.casefold()))):
        return False
    if len(words) == 1:
        return (text.isupper() and 2 <= len(text) <= 5) or (not strict and _capital(text) and len(text) <= 14)
    return all(map(_capital, words))


def _capital(word: str) -> bool:
    core = word.strip("().'’\"“”")
    return bool(core) and core[0].isupper() and all(c.isalpha() or c in ".'’-" for c in core)


def _pieces(text: str) -> list[tuple[str | None, str]] | None:
    """The line cut at its labels: (kind of the value, value). ``None`` without any label."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    cuts = [m for m in _LABEL.finditer(folded) if _is_label(m, text)]
    if not cuts:
        return None
    before = text[: cuts[0].start()].strip(" .;,|–—-/(")
    pieces: list[tuple[str | None, str]] = [(None, before)] if before else []
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        value = text[cut.end() : following.start() if following else len(text)]
        pieces.append((_kind(cut), _value(value)))
    return pieces


def _value(text: str) -> str:
    value = text.strip().lstrip("(").rstrip(" ;,|–—-/")
    if value.endswith(")") and "(" not in value:
        value = value[:-1]
    return value if _INITIALS.match(value) else value.rstrip(". ")


def _is_label(match: re.Match[str], text: str) -> bool:
    """A label is written with a capital; most need a colon, since they are words as well."""
    printed = text[match.start("label") : match.end("label")]
    label = re.sub(r"\s+", " ", match["label"])
    if not (printed[0].isupper() or ord(printed[0]) > 0x2E80 or match.start("label") > 0):
        return False
    if ":" in match["mark"] or "：" in match["mark"]:
        return True
    if label == "anh" and fold(printed) == printed.casefold():
        return False  # "Anh" is a name, "Ảnh" a picture
    if label in _NEEDS_COLON:
        return label in ("nguon", "nguon tin") and "." in match["mark"]
    return True


def _kind(match: re.Match[str]) -> str:
    return next(kind for n, (_, kind) in enumerate(_LABELS) if match[f"g{n}"] is not None)


def _labelled(pieces: list[tuple[str | None, str]]) -> Byline:
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    source: str | None = None
    ambiguous = False
    for kind, value in pieces:
        if not value:
            continue
        if kind in (_SOURCE, _FROM):
            person, source = _source(value)
            if source is None:
                return Byline()
            authors += person
            continue
        if kind == _PHOTO and _nobody(value):
            continue
        found = names(_without_action(value), strict=kind is None)
        if found is None:
            return Byline()
        ambiguous = ambiguous or (found[1] and kind is None)
        authors += found[0] if kind in (None, _TEXT, _BOTH) else ()
        credits += found[0] if kind in (_PHOTO, _BOTH) else ()
    return Byline(
        authors=tuple(dict.fromkeys(authors)),
        photo_credits=tuple(dict.fromkeys(credits)),
        source=source,
        ambiguous=ambiguous,
    )


def _whole(text: str) -> Byline:
    """A line without a label: names, or an organisation."""
    bare = _DATE_TAIL.sub("", text).strip()
    folded = fold(bare)
    if _DOMAIN.match(folded) or (_organisation(bare) and _titled(bare)):
        return Byline(source=text.rstrip(". "))
    action = _ACTION.search(fold(text))
    found = names(_without_action(text), strict=action is None)
    return Byline(authors=found[0], ambiguous=found[1]) if found else Byline()


def _without_action(text: str) -> str:
    match = _ACTION.search(fold(text))
    return text[: match.start()].strip(" (") if match and len(fold(text)) == len(text) else text


def _source(value: str) -> tuple[tuple[str, ...], str | None]:
    """``An Hạ (Dân trí)`` is a writer and a paper; anything else of a few words is a source."""
    inner = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", value)
    if inner and (person := names(inner[1], strict=True)) and not _organisation(inner[1]):
        return person[0], inner[2].strip()
    printed = value.strip(" .")
    bare = _DATE_TAIL.sub("", printed).strip()
    if _DOMAIN.match(fold(bare)) or _organisation(bare) or (len(bare.split()) <= 8 and _titled(bare)):
        return (), printed or None
    return (), None


def _organisation(text: str) -> bool:
    """Whether a text begins as papers, stations and offices do, and is no sentence."""
    return bool(_ORGANISATION.match(text.casefold())) and len(text.split()) <= 10 and "," not in text


def _titled(text: str) -> bool:
    """Whether at least half of the words, the first among them, begin with a capital or digit."""
    words = [w.strip("().,\"“”'") for w in text.split()]
    words = [w for w in words if w]
    raised = [w for w in words if w[0].isupper() or w[0].isdigit()]
    return bool(words) and words[0] in raised and 2 * len(raised) >= len(words) and "," not in text


def _nobody(value: str) -> bool:
    """A credit that names no person: archive, illustration, handout."""
    folded = fold(value).strip("(). ")
    return folded in _NO_NAME or bool(
        re.search(r"\b(tu lieu|minh hoa|cung cap|internet|handout|file)\b", folded)
    )
