"""What the article is filed under: sections of the portal, and tags.

WordPress marks both with ``rel="tag"`` (microformats rel-tag); a section's link also says
``category``, stands in a ``taxonomy-category`` list, or leads to a category's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.blocks import Element
from pipelines.extract.frame import Frame
from pipelines.extract.roles import HEAD, Role
from pipelines.text import clean, fold

_SECTION_PATH = re.compile(r"/(?:category|categories|chuyen-muc|danh-muc|section|sections)/", re.I)
_BELOW = 12
"""Blocks after the region in which terms may stand."""


def sections(frame: Frame) -> tuple[str, ...]:
    """Sections that the page prints beside the article, else those its metadata states."""
    title = fold(frame.title.text) if frame.title else ""
    printed = [text for anchor, text in _terms(frame) if _is_section(anchor)]
    found = printed or [s for s in frame.stated.sections if fold(s) != title]
    return tuple(dict.fromkeys(found))


def tags(frame: Frame) -> tuple[str, ...]:
    """Tags that the page prints, else those its metadata states."""
    printed = [text.lstrip("#").strip() for anchor, text in _terms(frame) if not _is_section(anchor)]
    return tuple(dict.fromkeys(filter(None, printed or frame.stated.tags)))


def _terms(frame: Frame) -> Iterator[tuple[Element, str]]:
    """Links marked as terms, near the article and not among its related news."""
    if frame.region is None:
        return
    at = frame.title.at if frame.title and frame.title.at is not None else frame.region.span[0]
    first = max(0, min(at, frame.region.span[0]) - HEAD)
    seen: set[Element] = set()
    for n in range(first, min(len(frame.blocks), frame.region.span[1] + _BELOW)):
        if frame.roles.get(n) in (Role.RELATED, Role.RELATED_HEADING):
            continue
        for anchor in frame.blocks[n].anchors:
            rel = (anchor.get("rel") or "").lower().split()
            text = clean("".join(anchor.itertext()))
            if text and anchor not in seen and ("tag" in rel or "category" in rel):
                seen.add(anchor)
                yield anchor, text


def _is_section(anchor: Element) -> bool:
    if "category" in (anchor.get("rel") or "").lower().split() or _SECTION_PATH.search(
        anchor.get("href") or ""
    ):
        return True
    return any("taxonomy-category" in (e.get("class") or "").split() for e in anchor.iterancestors())
