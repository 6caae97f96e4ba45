"""Bylines in brackets within the text: before its first words, or after its last sentence.

``[시정뉴스=홍길동 기자]`` and ``本报讯（记者 张三）`` open a text, ``(JDL/PIA-Laguna)`` and ``（山田太郎）``
close one. They stay in the paragraph, which is kept as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.byline import Byline, parse_byline
from pipelines.extract.eastern import pieces
from pipelines.extract.eastern_names import EASTERN
from pipelines.extract.labels import labels
from pipelines.extract.lines import vietnamese
from pipelines.extract.words import WRITER_AFTER

_INNER = r"[^()\[\]（）【】]"
_SIGN = "|".join(sorted(map(re.escape, WRITER_AFTER), key=len, reverse=True))
_OPENING = re.compile(
    rf"(?:[^()\[\]（）【】,.，。]{{0,20}}?)(?P<line>[\[(（【]{_INNER}{{2,60}}[\])）】](?:\s*\w{{2,4}}\s*(?:{_SIGN})\s*=)?)"
)
_CLOSING = re.compile(
    rf"(?<=[.!?…。！？”\"»」])\s*(?P<line>[(（\[［【]{_INNER}{{2,60}}[)）\]］】])\s*[.。]?$"
)
_BRACKETS = (")", "）", "]", "］", "】")
_SIGNED = re.compile(
    rf"(?<=[.!?”\"])\s*/?\s*(?P<line>\w{{2,4}}\s?(?:{_SIGN})(?:\s*\(?[\w.+-]+@[\w.-]+\)?)?)$"
)
"""A name with a reporter's sign after the last sentence, in no brackets: ``. 홍길동 기자``."""


def opening(text: str) -> tuple[str, Byline] | None:
    """The byline in brackets at the beginning of a first paragraph: as printed, and as understood."""
    match = _OPENING.match(text)
    if match is None or not EASTERN.search(match["line"]):
        return None
    found = parse_byline(match["line"])
    labelled = found.authors and (pieces(match["line"]) or pieces(match["line"][1:-1]))
    return (match["line"], found) if labelled else None


def closing(text: str) -> tuple[str, Byline] | None:
    """The byline in brackets after the last sentence: writers, photographers or an agency; in Vietnamese
    also several full names without a label. That figures have a source does not say that the text has it."""
    tail = text[-80:]
    match = _CLOSING.search(tail) if tail.rstrip(" .。").endswith(_BRACKETS) else None
    if match is None and EASTERN.search(tail):
        match = _SIGNED.search(tail)
    if match is None:
        return None
    found = parse_byline(match["line"])
    cited = any(kind == "source" for kind, _, _ in labels(match["line"].strip("()[]（）［］【】")))
    several = len(found.authors) > 1 and all(" " in name for name in found.authors) and vietnamese(text)
    return (match["line"], found) if (found.labelled or several) and found and not cited else None


def enclosed(first: str, last: str) -> Iterator[tuple[str, Byline]]:
    """The bylines in brackets of a text, given its first and its last paragraph."""
    yield from filter(None, (opening(first), closing(last)))
