"""The article's own ``time`` elements (HTML, 4.5.14): those of its header and of its footer.

An element with a ``datetime`` there states the moment that is printed. Those of other news, of
comments and of boxes beside the article are left out: inside ``article`` or ``main`` too, a page
may date many things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.draft import TAIL, Role
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import label_alone, label_of, says_changed
from pipelines.extract.marks import asking, marked, time_of
from pipelines.extract.marks.table import (
    BESIDE,
    CHANGE,
    EITHER,
    MAIN,
    PUBLICATION,
    SECTION,
    TAG,
    WIDGET,
    WRITERS_PAGE,
)
from pipelines.extract.moments import Moment, iso
from pipelines.extract.region import weight
from pipelines.extract.words import OVER, PUBLISHED
from pipelines.text import clean
from pipelines.urls import absolute, url_key

_ABOVE = 3
"""Blocks above the headline in which the article's own date may stand."""
_HEADER = 12
"""Blocks below it."""
_ITEM = 6
"""Blocks of the largest item of a list of other news."""
_HEADLINE = 25
"""Weight of the shortest text of a link to other news."""
_MANY = 3
"""Things of one kind that carry a date each are a list."""
_TIMES = 12
"""Times of one line that are looked at: more are a calendar or a list."""
_APART = (Role.RELATED, Role.RELATED_HEADING, Role.TEXT, Role.LEAD)
_ASIDE = frozenset(("nav", "aside", "menu"))
_ARCHIVE = re.compile(r"/\d{4}/\d{1,2}(?:/\d{1,2})?/?$")
_COUNT = re.compile(r"^\d+ ")
"""How many there are of what a label names: ``3 comments``."""
_beside, _in_widget, _is_main = asking(BESIDE), asking(WIDGET), asking(MAIN)
_ROOTS = ("article", "main")
_LISTS = ("ul", "ol", "table")
_MIDNIGHT, _NOON = time(0), time(12)
"""Times of day that stand for none: midnight, and noon in UTC, at which Drupal prints a mere day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One ``time`` element."""

    at: int
    """The block that it stands in."""
    text: str
    """As printed, or its ``datetime`` where nothing is."""
    moment: Moment
    """Its ``datetime``; without the time of day where that stands for none."""
    kind: str | None
    """``PUBLICATION`` or ``CHANGE``, by its marks or its label."""
    below: bool
    """Whether it stands below the text."""


def stamps(frame: Frame) -> tuple[Stamp, ...]:
    """The article's own, in document order."""
    if not frame.outline.timed:
        return ()
    found = [*_header(frame), *_footer(frame)]
    other = CHANGE if any(s.kind == PUBLICATION for s in found) else None
    return tuple(replace(s, kind=other) if s.kind == EITHER else s for s in found)


def _header(frame: Frame) -> Iterator[Stamp]:
    """Those beside the headline, above the text or in the line of the date, which may stand under a
    standfirst."""
    at = frame.title.at if frame.title else None
    if at is None:
        return
    texts = [n for n in frame.of(Role.TEXT) if n > at]
    dates = [n + 1 for n in frame.of(Role.DATE) if n > at]
    end = max(texts[0] if texts else at + 1, *dates[-1:], 0)
    for n in range(max(0, at - _ABOVE), min(at + _HEADER, end)):
        if frame.blocks[n].times and not frame.blocks[n].chrome and frame.roles.get(n) is not Role.END:
            yield from (stamp for _, stamp in _in_block(frame, n, below=False))


def _footer(frame: Frame) -> Iterator[Stamp]:
    """Those between the text and the comments, in the ``article`` or ``main`` that holds the text."""
    texts, root = frame.of(Role.TEXT), _root(frame)
    if not texts:
        return
    first = texts[-1] + 1
    end = frame.outline.spans[root][1] if root is not None else len(frame.blocks)
    below = range(first, min(end, first + TAIL))
    last = max((n for n in below if frame.blocks[n].times), default=first - 1)
    for n in range(first, last + 1):
        label = label_of(frame.blocks[n].text)
        if (_COUNT.sub("", label) if label[:1].isdecimal() else label) in OVER:
            return
        for element, stamp in _in_block(frame, n, below=True):
            if (root is not None or stamp.kind) and not _elsewhere(frame, n, element, root):
                yield stamp


def _in_block(frame: Frame, n: int, *, below: bool) -> Iterator[tuple[Element, Stamp]]:
    block = frame.blocks[n]
    if not block.times or n in frame.boxed or frame.roles.get(n) in _APART:
        return
    past = 0
    for element in block.times[:_TIMES]:
        text = clean(text_in(element)) or ""
        start = max(block.text.find(text, past), past)
        label, past = block.text[past:start], start + len(text)
        moment = _moment(element)
        if moment is not None:
            kind = time_of(element, block.element)
            kind = _labelled(frame, n, label) or kind if kind in (None, EITHER) else kind
            raw = text or (element.get("datetime") or "").strip()
            yield element, Stamp(at=n, text=raw, moment=moment, kind=kind, below=below)


def _moment(element: Element) -> Moment | None:
    moment = iso(element.get("datetime"))
    if moment is None or moment.clock is None:
        return moment
    offset = moment.offset.utcoffset(None) if moment.offset else None
    if moment.clock == _MIDNIGHT or (moment.clock == _NOON and offset == timedelta(0)):
        return replace(moment, clock=None, offset=None)
    return moment


def _labelled(frame: Frame, n: int, words: str) -> str | None:
    """What the words before a time call it, in its line or, where there are none, in the one above."""
    before = frame.blocks[n - 1] if n else None
    label = label_of(words)
    if not label and before and not (before.image or before.heading):
        label = label_alone(before)
    if says_changed(label):
        return CHANGE
    return PUBLICATION if label in PUBLISHED else None


def _root(frame: Frame) -> Element | None:
    """The innermost ``article`` or ``main`` around the text."""
    if frame.region is None:
        return None
    around = (frame.region.element, *frame.region.element.iterancestors())
    return next((e for e in around if e.tag in _ROOTS or _is_main(e)), None)


def _elsewhere(frame: Frame, n: int, element: Element, root: Element | None) -> bool:
    """Whether a time below the text is that of something else: a comment, a box, other news."""
    for around in element.iterancestors():
        if around is root:
            break
        if around.tag in _ASIDE or _beside(around) or _in_widget(around):
            return True
        if around.tag == "article" or (root is None and around.tag == "footer"):
            return True
    links = (*element.iterancestors("a"), *element.iter("a"))
    return any(_leads_away(frame, a) or "#" in (a.get("href") or "") for a in links) or in_item(frame, n)


def in_item(frame: Frame, n: int) -> bool:
    """Whether a block stands in an item that links other news, or in one of many that carry dates."""
    title, text = frame.title.at if frame.title else None, frame.of(Role.TEXT)[-1]
    for element in (frame.blocks[n].element, *frame.blocks[n].element.iterancestors()):
        low, high = frame.outline.spans.get(element, (n, n + 1))
        if low <= text < high or (title is not None and low <= title < high):
            return False
        inside = frame.blocks[low:high]
        small = high - low <= _ITEM or element.tag in _LISTS
        if small and (_offers(frame, inside) or sum(len(b.times) for b in inside) >= _MANY):
            return True
    return False


def _offers(frame: Frame, blocks: list[Block]) -> bool:
    """Whether some blocks link a headline of another page."""
    links = (a for b in blocks for a in b.anchors)
    return any(
        weight(frame.outline.name(a)) >= _HEADLINE and _leads_away(frame, a) for a in links
    )


def _leads_away(frame: Frame, anchor: Element) -> bool:
    """Whether a link leads to another page that is no list of posts."""
    url = absolute(frame.page.base, anchor.get("href") or "")
    if url is None or marked(anchor, TAG, SECTION, WRITERS_PAGE) or _ARCHIVE.search(url):
        return False
    return url_key(url) not in {url_key(frame.page.url), url_key(frame.stated.canonical or frame.page.url)}
