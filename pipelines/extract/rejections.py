"""Pages that are no article, and why."""

from __future__ import annotations

import re

from pipelines.extract.events import event
from pipelines.extract.frame import Frame
from pipelines.extract.lines import key
from pipelines.extract.listings import listing
from pipelines.extract.marks import ATTACHMENT, classes
from pipelines.extract.page import Page
from pipelines.extract.region import weight
from pipelines.extract.roles import Role
from pipelines.extract.words import ERROR
from pipelines.model import Capture, Rejection

LEAST = 40
"""Characters of text of the shortest article."""
_OTHER = frozenset(
    (
        "AboutPage", "CheckoutPage", "ContactPage", "FAQPage", "GovernmentService", "JobPosting",
        "ProfilePage", "QAPage", "SearchResultsPage",
    )
)  # fmt: skip
"""Types of schema.org for pages that are no news."""
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
    if _upload(frame):
        return Rejection(url=url, reason="other_page", detail="WordPress calls it the page of one file")
    if found := listing(frame, size):
        return Rejection(url=url, reason="listing", detail=found)
    if found := event(frame):
        return Rejection(url=url, reason="event", detail=found)
    if (kinds := _OTHER & frame.stated.types) and not frame.stated.article:
        told = ", ".join(sorted(kinds))
        return Rejection(url=url, reason="other_page", detail=f"its metadata calls it {told}")
    if frame.title is None:
        return Rejection(url=url, reason="no_title", detail="no headline but the site's name")
    if size < LEAST:
        return Rejection(url=url, reason="no_body", detail=f"{size} characters of text")
    return None


def _upload(frame: Frame) -> bool:
    """Whether WordPress made the page for one uploaded picture or file: it has its name and caption."""
    body = frame.page.root.find("body")
    return body is not None and classes(body) >= ATTACHMENT


def _error(frame: Frame) -> str | None:
    """The words with which a page says that it is none, in its title or first heading."""
    printed = [b.text for b in frame.blocks if b.heading][:3]
    for text in filter(
        None, [frame.stated.document_title, frame.title.text if frame.title else None, *printed]
    ):
        folded = f" {key(text)} "
        if len(text) < 80 and any(f" {key(word)} " in folded for word in ERROR):
            return text
    if frame.of(Role.TEXT):
        return None
    password = any((i.get("type") or "").lower() == "password" for i in frame.page.root.iter("input"))
    return "a password is asked for" if password else None
