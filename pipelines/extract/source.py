"""Where the text was taken from: the paper, agency or portal that the page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from pipelines.extract.blocks import PICTURES, Element
from pipelines.extract.draft import TAIL, Role
from pipelines.extract.elements import INLINE, SKIPPED
from pipelines.extract.evidence import Found, Rules
from pipelines.extract.folding import aligned
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import ends, label_of
from pipelines.extract.lines import tools
from pipelines.extract.moments import moments
from pipelines.extract.names import titled
from pipelines.extract.one_of import one_of
from pipelines.extract.region import prose
from pipelines.extract.sitename import SEPARATOR, signed
from pipelines.extract.walk import hidden, outline
from pipelines.extract.words import SOURCE
from pipelines.text import clean, fold
from pipelines.urls import host

_LABELS = one_of(SOURCE)
_BEGINNINGS = frozenset(word[:2] for word in SOURCE)
_LABEL = re.compile(rf"^\s*(?:{_LABELS})(?:\s*[:：.]\s*|\s+|$)")
_MARKED = re.compile(rf"^\s*(?:{_LABELS})\s*(?:[:：.]|$)")
_AMID = re.compile(rf"(?<=[\s|·•])(?=(?:{_LABELS})\s*[:：])")
"""Where in the line of the date the label of the source stands."""
_GLUED = re.compile(r"\s*(?:QR\s*Code|Tiện ích thông tin|Chúng tôi trên|Tin khác|Tác giả).*$", re.I)
_NEXT = re.compile(r"(?<=\S)\s+(?=[\u2e80-\uffef]{2,8}\s?[:：])")
"""Where the next labelled value of one line begins, in scripts whose labels are one word."""
_DATELINE = re.compile(r"^\s*[(\[]\s*([^()\[\]]{2,40}?)\s*[)\]]\s*[-–—:.]")
_DOMAIN = re.compile(r"^[\w\-]+(?:\.[\w\-]+)+$")
_DIGIT = re.compile(r"\d")
_SENTENCES = re.compile(r"[.!?]\s+\S+\s")
_FEW = 3
"""Lines of the largest part of a page that is a link and what belongs to it; links that are looked at."""
_LONGEST = 80
"""Characters of the longest source."""


def source_rules(frame: Frame, byline: str | None, opening: str | None) -> Rules[Found]:
    """The rules that find the source.

    Args:
        frame: the page.
        byline: the source that the byline names.
        opening: the first words of the article.
    """
    return {
        "byline": lambda: [Found(rule="byline", value=byline)] if byline else (),
        "labelled": lambda: _labelled(frame),
        "dateline": lambda: _dateline(frame, opening),
    }


def _labelled(frame: Frame) -> Iterator[Found]:
    """The value after ``Nguồn tin``, ``Source`` or their like under the text, else between title
    and text. Value and next label may be glued."""
    if frame.region is None:
        return
    for n in _places(frame):
        text, role = frame.blocks[n].text, frame.roles.get(n)
        if not text or len(text) > 2 * _LONGEST or role is Role.BYLINE or role is Role.CAPTION:
            continue
        text = _amid(text) if role is Role.DATE else text
        folded = fold(text)
        match = _LABEL.match(folded) if folded.lstrip()[:2] in _BEGINNINGS else None
        if match is None:
            continue
        value = _value(text[aligned(text)[1][match.end()] :])
        if value is None and label_of(text) in SOURCE and n + 1 < len(frame.blocks):
            below = frame.blocks[n + 1]
            value = None if len(below.anchors) > 1 or tools(below) else _value(below.text)
            value = value if value and _is_name(value) else None
        marked = bool(_MARKED.match(folded))
        if marked or (value and (_DOMAIN.match(value) or titled(value))):
            if value:
                yield Found(rule="labelled", value=value, at=n)
            return


def _amid(text: str) -> str:
    """A line of the date, from the label of the source in it on."""
    amid = _AMID.search(fold(text)) if ":" in text or "：" in text else None
    return text[aligned(text)[1][amid.start()] :] if amid else text


def _dateline(frame: Frame, text: str | None) -> Iterator[Found]:
    """The portal or agency in brackets before the first words: ``(Haiphong.gov.vn) –``,
    ``(TTXVN)``. A page that names its own portal there was taken from nowhere."""
    match = _DATELINE.match(text or "")
    value = clean(match[1]) if match else None
    if value is None:
        return
    sign = value.isupper() and len(value) <= 12 and not _DIGIT.search(value)
    domain = _DOMAIN.match(value) is not None
    if sign or domain:
        own = domain and not sign and _own(frame, value)
        refused = "it is the portal's own name" if own else None
        yield Found(rule="dateline", value=value, at=frame.of(Role.TEXT, Role.LEAD)[0], refused=refused)


def _places(frame: Frame) -> Iterator[int]:
    """Blocks that may hold the source: right under the text, then between title and text."""
    texts = frame.of(Role.TEXT)
    last = next((n for n in reversed(texts) if prose(frame.blocks[n])), None)
    region = frame.region.span[0] if frame.region else 0
    first = region if last is None else last + 1
    yield from range(first, min(len(frame.blocks), first + TAIL // 3))
    if frame.title and frame.title.at is not None and last is not None:
        yield from range(frame.title.at + 1, next(n for n in texts if prose(frame.blocks[n])))


def _value(text: str) -> str | None:
    value = clean(_GLUED.sub("", _NEXT.split(text.partition(" | ")[0], maxsplit=1)[0]))
    value = value.strip(" :-–|") if value else None
    if not value or len(value) > _LONGEST or ends(value) or fold(value).startswith("qr code"):
        return None
    dated = any(not isinstance(m, str) and m.start == 0 for m in moments(value))
    return None if dated or _SENTENCES.search(value) else value


def _is_name(value: str) -> bool:
    """Whether a line below its label is what the label speaks of, and not the next one."""
    plain = len(value.split()) <= 8 and ":" not in value and not value[0].islower()
    return bool(_DOMAIN.match(value)) or plain


def _own(frame: Frame, domain: str) -> bool:
    """Whether a domain is the portal's: its host, or its first label is in the site's name."""
    bare = domain.casefold().removeprefix("www.")
    label = bare.partition(".")[0]
    if bare == host(frame.page.url).removeprefix("www."):
        return True
    names = chain(frame.stated.site_names, frame.sites(), _linked_names(frame), frame.site_names())
    return any(label in fold(site).replace(" ", "") for site in names)


def _linked_names(frame: Frame) -> Iterator[str]:
    """Names of the site that stand on plain links to its front page, in lines of their own: with a layout,
    to look through the rest of the page for them takes as long as a quarter of all else."""
    whole = frame.stated.document_title or ""
    parts = frozenset((whole, *SEPARATOR.split(whole)))
    every = frame.page.root.iter("a") if frame.layout and whole else ()
    links = (a for a in every if (a.text or "").strip() in parts and len(a) == 0)
    for link in filter(_is_shown, islice(links, _FEW)):
        line = outline(next(e for e in link.iterancestors() if e.tag not in INLINE))
        if len(line.blocks) <= _FEW:
            yield from signed(line, frame.stated, frame.page.url)


def _is_shown(link: Element) -> bool:
    around = link.iterancestors()
    return not any(e.tag in SKIPPED or e.tag in PICTURES or hidden(e) for e in (link, *around))
