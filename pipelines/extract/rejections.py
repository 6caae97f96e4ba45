"""Pages that are no article, and why."""

from __future__ import annotations

import re

from pipelines.extract.dated import date_line
from pipelines.extract.draft import Role
from pipelines.extract.events import event
from pipelines.extract.frame import Frame
from pipelines.extract.instead import document, film
from pipelines.extract.line_labels import key
from pipelines.extract.listings import listing
from pipelines.extract.marks import names, wholly_marked
from pipelines.extract.marks.table import REFRESH, SHOWN, UPLOAD
from pipelines.extract.one_of import one_of
from pipelines.extract.page import Page
from pipelines.extract.region import weight
from pipelines.extract.sitename import SEPARATOR
from pipelines.extract.words import ERROR, GONE
from pipelines.model import Capture, Rejection

LEAST = 40
"""Characters of text of the shortest article."""
_FEW = 600
"""Characters of text from which on a page is more than a message."""
_LINES = 60
"""Lines of a page that is but a message, at most."""
_MOST = 0.5
"""Share of a title that the words of errors make up where it names one."""
_ALL = 0.9
"""The same where the page is dated: cities announce works on their own systems, too."""
_SHOWN = ("video", "audio", "iframe", "embed", "object", "img", *names(SHOWN))
_OTHER = frozenset(
    (
        "AboutPage", "CheckoutPage", "ContactPage", "FAQPage", "GovernmentService", "JobPosting",
        "ProfilePage", "QAPage", "SearchResultsPage",
    )
)  # fmt: skip
"""Types of schema.org for pages that are no news."""
_ERRORS = tuple(key(phrase) for phrase in sorted(ERROR))
_GONE = tuple(key(phrase) for phrase in sorted(GONE))
_ANY_GONE = re.compile(one_of(_GONE))
_SENT_ON = re.compile(r"\s*[0-5](?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*\S", re.I)
"""A refresh to another address at once or nearly so (HTML, 4.2.5.3)."""
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
    if capture.content_type and not _HTML.match(capture.content_type.strip()):
        return Rejection(url=capture.url, reason="not_html", detail=f"Content-Type {capture.content_type}")
    return None


def no_markup(page: Page) -> Rejection | None:
    """Bytes that call themselves a page and hold no element of one."""
    if page.body is None and len(page.root) == 0:
        return Rejection(url=page.url, reason="not_html", detail="the answer holds no HTML element")
    return None


def no_article(frame: Frame) -> Rejection | None:
    """Why a parsed page is no article, or ``None`` where it may be one."""
    url = frame.page.url
    size = sum(weight(frame.blocks[n].text) for n in frame.of(Role.TEXT, Role.LEAD))
    if size < _FEW and (error := _error(frame)):
        return Rejection(url=url, reason="soft_error", detail=error)
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
    if found := film(frame, size):
        return Rejection(url=url, reason="video_only", detail=found)
    if found := document(frame, size, LEAST):
        return Rejection(url=url, reason="document_only", detail=found)
    if size < LEAST:
        return Rejection(url=url, reason="no_body", detail=f"{size} characters of text")
    return None


def _upload(frame: Frame) -> bool:
    """Whether WordPress made the page for one uploaded picture or file: it has its name and caption."""
    body = frame.page.body
    return body is not None and wholly_marked(body, UPLOAD)


def _error(frame: Frame) -> str | None:
    """What tells that a page of little text is none: its title or first headings, a sentence,
    a field for a password, or that scripts are to fill it."""
    lines = [b.text for b in frame.blocks if b.text]
    dated = bool(frame.stated.published) or any(map(date_line, lines[:_LINES]))
    printed = [b.text for b in frame.blocks if b.heading][:3]
    named = filter(None, [frame.stated.document_title, frame.title.text if frame.title else None, *printed])
    least = _ALL if dated else _MOST
    if text := next((t for t in named if len(t) < 80 and _named_error(t) >= least), None):
        return f"the page says: {text}"
    if not dated and len(lines) <= _LINES and sum(map(weight, lines)) < 2 * _FEW and (text := _gone(lines)):
        return f"the page says: {text[:80]}"
    if not dated and _SENT_ON.match(frame.page.meta(*names(REFRESH)) or ""):
        return "it sends the browser on to another address"
    return None if frame.of(Role.TEXT) else _nothing_shown(frame)


def _gone(lines: list[str]) -> str | None:
    """The line that says that the page has nothing to show."""
    return next((line for line in lines if _says_gone(key(line))), None)


def _says_gone(text: str) -> bool:
    """Whether a folded line holds one of these phrases. Hardly any has even the letters of one."""
    return _ANY_GONE.search(text) is not None and any(_within(phrase, text) for phrase in _GONE)


def _named_error(title: str) -> float:
    """How much of a title, or of one part of it, the words of errors make up, 0 to 1."""
    return max(_share(key(part)) for part in (title, *SEPARATOR.split(title)))


def _share(text: str) -> float:
    """How much of a folded text the words of errors are, 0 to 1."""
    said = [phrase for phrase in _ERRORS if phrase in text and _within(phrase, text)]
    if any(not p.isascii() for p in said):
        return max(map(len, said)) / max(1, len(text))
    words = text.split()
    covered: set[int] = set()
    for phrase in said:
        size = len(phrase.split())
        covered.update(
            n + k for n in range(len(words)) if " ".join(words[n : n + size]) == phrase for k in range(size)
        )
    return sum(len(words[n]) for n in covered) / max(1, sum(map(len, words)))


def _within(phrase: str, text: str) -> bool:
    """Whether a folded text holds a phrase: whole words, but of scripts that write no spaces any part."""
    return phrase in text if not phrase.isascii() else f" {phrase} " in f" {text} "


def _nothing_shown(frame: Frame) -> str | None:
    """Why a page without text shows none."""
    root = frame.page.root
    if any((i.get("type") or "").lower() == "password" for i in frame.page.listed["input"]):
        return "a password is asked for"
    shown = sum(weight(b.text) for b in frame.blocks) + sum(1 for _ in root.iter(*_SHOWN)) * LEAST
    if shown < LEAST and frame.page.listed["script"]:
        return "an empty shell that scripts are to fill"
    return None
