"""Pages that are no article, and why."""

from __future__ import annotations

import itertools
import re

from pipelines.extract.blocks import Block
from pipelines.extract.frame import Frame
from pipelines.extract.lines import key
from pipelines.extract.page import Page
from pipelines.extract.region import prose, weight
from pipelines.extract.roles import Role
from pipelines.extract.words import ERROR
from pipelines.model import Capture, Rejection
from pipelines.urls import split

LEAST = 40
"""Characters of text of the shortest article."""
_TEASERS = 5
_LISTING_CLASSES = frozenset(("home", "blog", "archive", "category", "tag", "search", "author", "date"))
"""Body classes of WordPress core (``get_body_class``) for pages that list posts."""
_LISTING_PATH = re.compile(
    r"/page/\d+/?$|/(?:category|tag|author|archives/category)/[^.]*$|[?&](?:paged|s)=", re.I
)
_HTML = re.compile(
    r"(?:text/html|application/xhtml\+xml|text/plain|application/octet-stream)?\s*(?:;|$)", re.I
)


def unreadable(capture: Capture) -> Rejection | None:
    """Why an answer cannot be an article whatever its bytes are, judged by its headers."""
    if capture.record_type == "revisit":
        return Rejection(
            url=capture.url, reason="refused", detail="a revisit record holds no text of its own"
        )
    if capture.status is None or not 200 <= capture.status < 300:
        return Rejection(url=capture.url, reason="status", detail=f"status {capture.status}")
    if not _HTML.match((capture.content_type or "").strip()):
        return Rejection(url=capture.url, reason="not_html", detail=f"Content-Type {capture.content_type}")
    return None


def no_markup(page: Page) -> Rejection | None:
    """Bytes that call themselves a page and hold no element of one."""
    if page.root.find("body") is None and len(page.root) == 0:
        return Rejection(url=page.url, reason="not_html", detail="the answer holds no HTML element")
    return None


def no_article(frame: Frame) -> Rejection | None:
    """Why a parsed page is no article, or ``None`` where it may be one."""
    url = frame.page.url
    size = sum(weight(frame.blocks[n].text) for n in frame.of(Role.TEXT, Role.LEAD))
    if (error := _error(frame)) and size < 600:
        return Rejection(url=url, reason="soft_error", detail=f"the page says: {error}")
    if listing := _listing(frame, size):
        return Rejection(url=url, reason="listing", detail=listing)
    if frame.title is None:
        return Rejection(url=url, reason="no_title", detail="no headline but the site's name")
    if size < LEAST:
        return Rejection(url=url, reason="no_body", detail=f"{size} characters of text")
    return None


def _error(frame: Frame) -> str | None:
    """The words with which a page says that it is none, in its title or first heading."""
    printed = [b.text for b in frame.blocks if b.heading][:3]
    for text in filter(
        None, [frame.stated.document_title, frame.title.text if frame.title else None, *printed]
    ):
        folded = f" {key(text)} "
        if len(text) < 80 and any(f" {key(word)} " in folded for word in ERROR):
            return text
    password = any((i.get("type") or "").lower() == "password" for i in frame.page.root.iter("input"))
    return "a password is asked for" if password and not frame.of(Role.TEXT) else None


def _listing(frame: Frame, size: int) -> str | None:
    """What makes a page a list of articles: its address or platform says so, or headings that
    are links alternate with short texts."""
    parts = split(frame.page.url)
    body = frame.page.root.find("body")
    classes = set((body.get("class") or "").split()) if body is not None else set()
    teasers = [b for b in frame.blocks if _teaser(b)]
    if (
        parts
        and parts.path in ("", "/", "/index.html", "/index.php")
        and not parts.query
        and len(teasers) >= 3
    ):
        return "the site's front page"
    if classes & _LISTING_CLASSES and "single" not in classes and "page" not in classes:
        return f"WordPress calls it {', '.join(sorted(classes & _LISTING_CLASSES))}"
    if _LISTING_PATH.search(frame.page.url) and len(teasers) >= 3:
        return "its address is that of a list"
    if "CollectionPage" in frame.stated.types and len(teasers) >= 3:
        return "its metadata calls it a collection"
    own = [b for b in _inside(frame) if _teaser(b)]
    paragraphs = [b for b in _inside(frame) if prose(b)]
    if len(own) >= _TEASERS and len(paragraphs) <= 2 * len(own) and _alternating(frame):
        return f"{len(own)} headings that are links"
    at = frame.title.at if frame.title and frame.title.at is not None else -1
    apart = (Role.RELATED, Role.RELATED_HEADING)
    below = [
        n for n, b in enumerate(frame.blocks) if n > at and _teaser(b) and frame.roles.get(n) not in apart
    ]
    if len(below) >= 2 * _TEASERS and size < 250:
        return f"{len(below)} links and {size} characters of text"
    return None


def _inside(frame: Frame) -> list[Block]:
    if frame.region is None:
        return []
    kept = (Role.RELATED_HEADING,)
    first = next(iter(frame.of(*kept)), frame.region.span[1])
    return frame.blocks[frame.region.span[0] : max(first, frame.region.span[0])]


def _teaser(block: Block) -> bool:
    """A headline that is a link."""
    return block.link_share > 0.8 and not block.chrome and weight(block.text) >= 25


def _alternating(frame: Frame) -> bool:
    """Whether links and texts take turns, as they do in lists with excerpts."""
    kinds = [_teaser(b) for b in _inside(frame) if _teaser(b) or prose(b)]
    turns = sum(a != b for a, b in itertools.pairwise(kinds))
    return not any(prose(b) for b in _inside(frame)) or turns >= len(kinds) // 2
