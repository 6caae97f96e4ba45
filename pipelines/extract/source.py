"""Where the text was taken from: the paper, agency or portal that the page names."""

from __future__ import annotations

import re

from pipelines.extract.frame import Frame
from pipelines.extract.lines import label_of
from pipelines.extract.roles import TAIL, Role
from pipelines.text import clean, fold

_LABEL = re.compile(r"^\s*(?:nguon tin|nguon|source|quelle|fonte|fuente|출처|出典)\s*[:：.]?\s*", re.I)
_GLUED = re.compile(r"\s*(?:QR\s*Code|Tiện ích thông tin|Chúng tôi trên|Tin khác|Tác giả).*$", re.I)
_DATELINE = re.compile(r"^\s*[(\[]\s*([^()\[\]]{2,40}?)\s*[)\]]\s*[-–—:.]")
_DOMAIN = re.compile(r"^[\w\-]+(?:\.[\w\-]+)+$")


def labelled_source(frame: Frame) -> str | None:
    """The value after ``Nguồn tin`` under the text. Value and next label may be glued."""
    if frame.region is None:
        return None
    texts = frame.of(Role.TEXT)
    first = texts[-1] + 1 if texts else frame.region.span[0]
    for n in range(first, min(len(frame.blocks), first + TAIL // 3)):
        text = frame.blocks[n].text
        if not text or len(text) > 160:
            continue
        folded = fold(text)
        match = _LABEL.match(folded)
        if match is None or len(folded) != len(text) or frame.roles.get(n) is Role.BYLINE:
            continue
        value = _value(text[match.end() :])
        if value is None and label_of(text) in ("nguon tin", "nguon", "source") and n + 1 < len(frame.blocks):
            value = _value(frame.blocks[n + 1].text)
        return value
    return None


def dateline_source(text: str | None) -> str | None:
    """The portal or agency in brackets before the first words: ``(Haiphong.gov.vn) –``, ``(TTXVN)``."""
    match = _DATELINE.match(text or "")
    if match is None:
        return None
    value = clean(match[1])
    if value and (
        _DOMAIN.match(value) or (value.isupper() and len(value) <= 12 and not re.search(r"\d", value))
    ):
        return value
    return None


def _value(text: str) -> str | None:
    value = clean(_GLUED.sub("", text))
    value = value.strip(" :-–|") if value else None
    if not value or len(value) > 80 or label_of(value) in ("qr code", "tien ich thong tin", "tin khac"):
        return None
    return None if fold(value).startswith("qr code") else value
