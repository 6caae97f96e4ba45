"""Bylines in the scripts of East Asia, where labels stand before and behind the name, glued or not.

``记者张三``, ``张三 摄``, ``홍길동 기자``, ``文・写真 山田太郎``: the words are those of the tables. Where
nothing but a space, or nothing at all, stands between label and name, the name must begin with a known
surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.extract.eastern_names import eastern_names, ends_as_office, is_eastern_office
from pipelines.extract.words import LENT_AFTER, PHOTOGRAPHER_AFTER, TABLES, WRITER_AFTER

Pieces = list[tuple[str, str]]
"""(kind of the value, value): text, photo, both, editor, source."""

_LANGUAGES = ("ko", "ja", "zh")


def _of(*fields: str) -> frozenset[str]:
    return frozenset(w for code in _LANGUAGES for field in fields for w in getattr(TABLES[code], field))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(w.rstrip(":")) for w in words}, key=len, reverse=True))


_TEXT, _PHOTO, _BOTH = _of("text_nouns"), _of("photo_nouns"), _of("both_nouns")
_NOUNS = _TEXT | _PHOTO | _BOTH
_WRITER, _PHOTOGRAPHER, _EDITOR, _SOURCE = map(_of, ("writer", "photographer", "editor", "source"))
_GLUED = frozenset(w for w in _WRITER | _PHOTOGRAPHER if not w.endswith(":"))
"""Labels that need no sign between them and the name."""
_KNOWN = frozenset(w.rstrip(":") for w in _WRITER)
_REPORTER = frozenset(w for w in _GLUED if re.search(r"[\u3400-\u9fff]", w))
"""Those before which the name of the paper may stand: ``新华社记者``."""
_LABEL = re.compile(
    r"(?:^|(?<=[\s,，、;；|｜/／()（）\[\]［］<〈【】。·・]))"
    rf"(?P<label>(?P<photo>{_any(_PHOTOGRAPHER)})|(?P<source>{_any(_SOURCE)})|(?P<editor>{_any(_EDITOR)})"
    rf"|(?P<text>(?:[\u3400-\u9fff]{{0,8}}?(?:{_any(_REPORTER)}))|{_any(_WRITER)})|(?P<nouns>(?:{_any(_NOUNS)})(?:\s*[·・/／&＆、,，+＋]?\s*(?:{_any(_NOUNS)}))*))"
    rf"(?:(?P<dot>\s*[・·]\s*)|(?P<mark>\s*[:：=＝|｜/／]\s*)|(?P<end>\s*(?:$|(?=[)）\]］>〉】])))|(?P<space>\s+)|)"
)
_BEHIND = re.compile(
    rf"(?P<value>.+?)\s*(?:(?P<text>{_any(WRITER_AFTER)})|(?P<photo>{_any(PHOTOGRAPHER_AFTER)})"
    rf"|(?P<lent>{_any(LENT_AFTER)}))"
)
_STAFF = re.compile(rf"[\u3400-\u9fff]{{0,8}}?(?:{_any(_REPORTER)})\s+(?=\S)")
"""What a paper calls its reporter before the name: ``本报记者 张三``."""
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
"""A name of one word before the sign of a photographer, also where its surname is no frequent one."""
_EACH = re.compile(rf"\s*(?:{_any(WRITER_AFTER)})\s*(?=[,，、;；/／&·・ㆍ\s]\s*\S)")
"""A sign behind one of several names."""
_NEWSROOM = re.compile(
    r"[\[(（［【](?:(?P<place>[^=\[\]()（）【】]{1,12})=)?(?P<paper>[^=\[\]()（）【】]{2,20})[\])）］】]\s*(?P<rest>.+?)\s*=?"
)
"""``(가람시=가람뉴스) 홍길동 기자 =``: an agency's dateline."""
_OWN = re.compile(r"[\[(（［【]?(?P<paper>[^=\[\]()（）【】]{2,20})=(?P<rest>[^=]+?)[\])）］】]?")
"""``[시정뉴스=홍길동 기자]``: a paper's own reporter."""
_EDGES = " .。,，、;；|｜/／()（）[]［］<>〈〉【】"
_LONGEST_SOURCE = 30
_LONGEST_LENDER = 15
"""Characters of the longest source; of the longest name of who lent a picture that no label marks."""
_LAST_BRACKET = re.compile(r"[(（\[【](?P<inner>[^()（）\[\]【】]{2,40})[)）\]】]\s*[.。]?\s*$")
_LAST_PART = re.compile(r"[.。!?！？]\s*|[=＝]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What a label says of the value behind it."""

    kind: str
    strict: bool
    """Whether only a name with a known surname is one."""
    lends: bool
    """Whether any office or club may follow, as behind ``写真提供：``."""


_NONE = _Label(kind="", strict=True, lends=False)


def pieces(text: str) -> Pieces:
    """The line cut at its labels, each value checked; nothing where any part of it is not understood."""
    if (agency := _NEWSROOM.fullmatch(text)) and (signed := _signed(agency["rest"])):
        return [signed, *([("source", agency["paper"].strip())] if agency["place"] else [])]
    if (
        (own := _OWN.fullmatch(text))
        and own["paper"].strip() not in _NOUNS
        and (signed := _signed(own["rest"]))
    ):
        return [signed]
    found: Pieces = []
    label, at, weak = _NONE, 0, 0
    for match in _LABEL.finditer(text):
        before = text[at : match.start()]
        if _is_none(match, text) or _is_behind(match, before):
            continue
        value = before.strip(_EDGES)
        if value and not _add(found, value, label):
            return []
        if match["end"] is None:
            label = _label(match)
        elif not value or label.kind not in ("", "text"):
            return []
        else:
            # Behind the name: 张三 文/图.
            label, kind = _NONE, _kind(match)
            last = 0 if kind == "both" else len(found) - 1
            found[last:] = [(kind if made == "text" else made, name) for made, name in found[last:]]
        at = match.end()
        weak += match["space"] is not None and match["nouns"] is not None and label.kind != "both"
    value = text[at:].strip(_EDGES)
    if value and not _add(found, value, label):
        return []
    # Sentences begin with such a noun and a space too: two of them make a byline.
    return [] if weak == 1 and len(found) == 1 else found


def alone(text: str) -> tuple[str, ...]:
    """The name in brackets that is nothing but a name: ``（山田太郎）``. Names of two characters may be
    any word."""
    found = eastern_names(text.strip(_EDGES), strict=True) or ()
    return found if all(len(name) > 2 for name in found) else ()


def taken(caption: str) -> str | None:
    """Who took or lent a picture, as its caption says at its end: in brackets, behind a label, or in a
    last sentence of its own (``가람시 제공``)."""
    marked = [m.start() for m in _LABEL.finditer(caption) if m["mark"] and _kind(m) in ("photo", "both")]
    bracket = _LAST_BRACKET.search(caption)
    ends = [bracket["inner"]] if bracket else []
    ends += [caption[at:] for at in marked[-1:]]
    ends += [
        part for part in (_LAST_PART.split(caption.rstrip(" .。"))[-1],) if part != caption or len(part) < 30
    ]
    for end in map(str.strip, ends):
        named = [value for kind, value in pieces(end) if kind in ("photo", "both")]
        lent = _BEHIND.fullmatch(end.strip(_EDGES))
        if not named and lent and lent["lent"] and len(lent["value"]) <= _LONGEST_LENDER:
            named = [] if " " in lent["value"] else [lent["value"]]
        who = _STAFF.sub("", lent["value"].strip(), count=1) if lent else ""
        if not named and lent and lent["photo"] and _SHORT_NAME.fullmatch(who):
            named = [who]
        if named:
            return ", ".join(named)
    return None


def _kind(match: re.Match[str]) -> str:
    if match["nouns"] is None:
        return next(k for k in ("photo", "source", "editor", "text") if match[k] is not None)
    nouns = set(re.findall(_any(_NOUNS), match["nouns"]))
    if nouns & _BOTH or (nouns & _TEXT and nouns & _PHOTO):
        return "both"
    return "photo" if nouns & _PHOTO else "text"


def _label(match: re.Match[str]) -> _Label:
    kind = _kind(match)
    # A word of one character begins many others, and stands before what a picture shows as well.
    short = len(match["label"]) == 1
    strict = short or (match["mark"] is None and not (kind == "both" and match["space"]))
    return _Label(kind=kind, strict=strict, lends=match["photo"] is not None and match["mark"] is not None)


def _add(found: Pieces, value: str, label: _Label) -> bool:
    """Add a value with what stands behind it taken off; false where it is not what its label says."""
    kind, strict = label.kind, label.strict
    if kind == "source":
        found.append((kind, value))
        return len(value) <= _LONGEST_SOURCE and not re.search(r"[:：。]", value)
    behind = _BEHIND.fullmatch(value)
    lent = behind is not None and behind["lent"] is not None
    if behind:
        value, strict = behind["value"].strip(" =＝"), strict or not kind
        kind = "photo" if behind["photo"] or (lent and kind) else kind or "text"
    if not kind or (lent and kind != "photo"):
        return False
    value = _EACH.sub(",", value).strip(", ")
    if kind == "text" and not strict and is_eastern_office(value):
        kind = "editor"  # an office wrote nothing
    found.append((kind, value))
    if kind == "editor" or (
        kind == "photo" and (lent or label.lends or (label.kind and ends_as_office(value)))
    ):
        return 0 < len(value) <= _LONGEST_SOURCE
    return eastern_names(value, strict=strict) is not None


def _signed(rest: str) -> tuple[str, str] | None:
    """A name with a reporter's sign behind it."""
    one: Pieces = []
    return one[0] if _BEHIND.fullmatch(rest) and _add(one, rest.strip(_EDGES), _NONE) else None


def _is_behind(match: re.Match[str], before: str) -> bool:
    """Whether a label stands behind the name that it speaks of: ``홍길동 기자 |``."""
    after = match["label"] in WRITER_AFTER and not re.match(r"\s*[:：]", match["mark"] or "")
    return after and bool(before.strip(_EDGES)) and before.rstrip() == before.rstrip(_EDGES + "·・ㆍ")


def _is_none(match: re.Match[str], text: str) -> bool:
    """Whether neither sign nor space nor the end follows what could be a label, and no name that a
    label may be glued to. Where a paper stands before it, that name must follow."""
    paper = match["text"] is not None and match["text"] not in _KNOWN
    if not paper and any(match[part] is not None for part in ("mark", "end", "space")):
        return False
    glued = match["dot"] is not None or match["label"].endswith(tuple(_GLUED))
    return not glued or not eastern_names(_next(text[match.end() :]), strict=True)


def _next(rest: str) -> str:
    """What stands up to the next space, sign or bracket."""
    return re.split(r"[\s,，、;；/／()（）]", rest, maxsplit=1)[0]
