"""What the article is filed under: sections of the portal, and tags.

WordPress marks both with ``rel="tag"`` (microformats rel-tag); a section's link also says
``category``, stands in a ``taxonomy-category`` list, or leads to a category's address. On
other pages a label stands before them, or the sections stand alone right above the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.draft import HEAD, OTHER_NEWS, Role
from pipelines.extract.evidence import Found, Rules, of_first
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import label_of
from pipelines.extract.lines import counts
from pipelines.extract.marks import asking, marked
from pipelines.extract.marks.table import SECTION, SECTIONS, TAG
from pipelines.extract.words import FURNITURE, RELATED, SECTION_LABELS, TAG_LABELS
from pipelines.text import clean, fold
from pipelines.urls import absolute, split

_SECTION_PATH = re.compile(r"/(?:category|categories|chuyen-muc|danh-muc|section|sections)/", re.I)
_BELOW = 12
"""Blocks after the region in which terms may stand."""
_LONGEST = 50
"""Characters of the longest term."""
_ITEMS = 20
"""Most items of a list of terms."""
_LINE = 8000
"""Characters of the longest line of terms."""
_KICKER = 4
"""Most links above a headline that can be its sections; a menu has more."""
_PARTS = re.compile(r"\s+[-–—|•·]\s+|[|•;)]\s*")
_STEP = re.compile(r"\s[»›>/→]+\s")
"""What parts the links of a trail; menus have bars, dots or nothing."""
_ARROWS = " \t>›»/|•·–-"
_LETTER = re.compile(r"\w")
_NO_SECTION = FURNITURE | RELATED
_SECTION, _TAG = "section", "tag"
_is_term, _lists_sections = asking(TAG, SECTION), asking(SECTIONS)
Terms = tuple[tuple[str, Found], ...]
"""Printed terms, each with its kind."""


def filed(frame: Frame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sections and tags: those that the page prints beside the article, else those its metadata states."""
    printed = tuple(_terms(frame))
    sections = (f.value for f in of_first("sections", section_rules(frame, printed)))
    tags = (f.value.lstrip("#").strip() for f in of_first("tags", tag_rules(frame, printed)))
    return tuple(dict.fromkeys(sections)), tuple(dict.fromkeys(filter(None, tags)))


def section_rules(frame: Frame, printed: Terms | None = None) -> Rules[Found]:
    """The rules that find sections.

    Args:
        frame: the page.
        printed: its printed terms, where they were looked for already.
    """
    title = fold(frame.title.text) if frame.title else ""
    return {
        "printed_terms": lambda: _of_kind(_SECTION, _terms(frame) if printed is None else printed),
        "above_title": lambda: _kicker(frame),
        "stated": lambda: (Found(rule="stated", value=s) for s in frame.stated.sections if fold(s) != title),
    }


def tag_rules(frame: Frame, printed: Terms | None = None) -> Rules[Found]:
    """The rules that find tags. The arguments are those of :func:`section_rules`."""
    return {
        "printed_terms": lambda: _of_kind(_TAG, _terms(frame) if printed is None else printed),
        "stated": lambda: (Found(rule="stated", value=t) for t in frame.stated.tags),
    }


def _of_kind(wanted: str, terms: Iterable[tuple[str, Found]]) -> Iterator[Found]:
    return (found for kind, found in terms if kind == wanted)


def _terms(frame: Frame) -> Iterator[tuple[str, Found]]:
    """Links marked or labelled as terms, near the article and not among its related news; with the
    kind of each."""
    if frame.region is None:
        return
    at = frame.title.at if frame.title and frame.title.at is not None else frame.region.span[0]
    first = max(0, min(at, frame.region.span[0]) - HEAD)
    seen: set[Element] = set()
    for n in range(first, min(len(frame.blocks), frame.region.span[1] + _BELOW)):
        anchors = frame.blocks[n].anchors
        if not anchors or frame.roles.get(n) in OTHER_NEWS:
            continue
        kinds = {anchor: kind for anchor in anchors if (kind := _marked(anchor))}
        if len(kinds) < len(anchors):
            kinds = dict(_labelled(frame, n)) | kinds
        for anchor in anchors if kinds else ():
            text, kind = frame.outline.name(anchor), kinds.get(anchor)
            if text and kind and anchor not in seen:
                seen.add(anchor)
                yield kind, Found(rule="printed_terms", value=text, at=n)


def _marked(anchor: Element) -> str | None:
    """What a link says of itself."""
    if not _is_term(anchor):
        return None
    listed = _SECTION_PATH.search(anchor.get("href") or "") or marked(anchor, SECTION)
    return _SECTION if listed or any(map(_lists_sections, anchor.iterancestors())) else _TAG


def _labelled(frame: Frame, n: int) -> Iterator[tuple[Element, str]]:
    """Links of a line behind a label in it, or in the line above (``dt`` and ``dd``, two cells)."""
    block, place = frame.blocks[n], 0
    kind = _kind_above(frame, n) if n and block.link_share > 0.6 else None
    if kind is None and len(block.anchors) == 1 and frame.outline.name(block.anchors[0]) == block.text:
        return  # most lines of links: nothing stands before the link
    for anchor in block.anchors if len(block.text) <= _LINE else ():
        text = frame.outline.name(anchor)
        at = block.text.find(text, place)
        if not text or at < 0 or len(text) > _LONGEST:
            continue
        between = block.text[place:at]
        if between and _LETTER.search(between):
            kind = _kind_of(_PARTS.split(between)[-1])
        place = at + len(text)
        if kind:
            yield anchor, kind


def _kind_above(frame: Frame, n: int) -> str | None:
    """The kind of terms that the line above a line of links calls them."""
    before = _before_list(frame, n)
    return _kind_of(before.text) if before.chrome == frame.blocks[n].chrome else None


def _before_list(frame: Frame, n: int) -> Block:
    """The line before a line of links; of an item of a list of links, the one before the list."""
    block, m = frame.blocks[n], max(n - 1, 0)
    around = block.element.getparent() if block.tag == "li" else None
    first, _ = frame.outline.spans.get(around, (n, n)) if around is not None else (n, n)
    alike = 0 < n - first < _ITEMS and all(b.link_share > 0.6 for b in frame.blocks[first:n])
    return frame.blocks[max(first - 1, 0)] if alike else frame.blocks[m]


def _kind_of(label: str) -> str | None:
    word = label_of(label) if len(label) <= _LONGEST else ""
    return _SECTION if word in SECTION_LABELS else _TAG if word in TAG_LABELS else None


def _kicker(frame: Frame) -> Iterator[Found]:
    """Sections in a line of nothing but links right above the headline."""
    at = frame.title.at if frame.title else None
    n = (at or 0) - 1
    while n >= 0 and (
        frame.roles.get(n) is Role.DATE or frame.blocks[n].image or counts(frame.blocks[n].text)
    ):
        n -= 1
    if at is None or n < 0 or not _lone_links(frame.blocks[n]):
        return
    if not (_one_header(frame, n, at) or _trail(frame, frame.blocks[n])):
        return
    for anchor in frame.blocks[n].anchors:
        parts = split(urljoin(frame.page.base, (anchor.get("href") or "").strip()))
        text = frame.outline.name(anchor).strip(_ARROWS)
        if text and parts and parts.path not in ("", "/"):
            yield Found(rule="above_title", value=text, at=n)


def _one_header(frame: Frame, n: int, at: int) -> bool:
    """Whether a line begins the small box that holds the headline, or the article that it heads."""
    for element in list(frame.blocks[at].element.iterancestors())[:2]:
        first, _ = frame.outline.spans.get(element, (at, at))
        if first <= n:
            return n - first <= 2
    return False


def _trail(frame: Frame, block: Block) -> bool:
    """Whether a line of links is a trail that begins at the front page: ``Home » News``."""
    first = absolute(frame.page.base, block.anchors[0].get("href") or "")
    parts = split(first) if first else None
    return bool(parts and parts.path in ("", "/") and _STEP.search(block.text))


def _lone_links(block: Block) -> bool:
    """Whether a line is one to four links that lead away, and no buttons."""
    names = [clean(text_in(a)) or "" for a in block.anchors]
    *trail, last = _STEP.split(block.text)
    # A trail may end with the page's own name, which is no link.
    text = " ".join(trail) if trail and last not in names else block.text
    between = re.sub(r"[\s,;/|›»>•·–-]+", "", text)
    if (
        block.chrome
        or not 1 <= len(names) <= _KICKER
        or len(between) > 1.1 * len(re.sub(r"\s+", "", "".join(names)))
    ):
        return False
    targets = [(a.get("href") or "").strip().lower() for a in block.anchors]
    return all(
        0 < len(name) <= _LONGEST and label_of(name) not in _NO_SECTION for name in names
    ) and not any(t.startswith(("#", "javascript:", "mailto:", "tel:")) for t in targets)
