"""Reading: from the bytes of one page to an Article, or to the reason why it is none.

Pure: the result depends on the arguments alone. Nothing is fetched, written or asked of
the clock, and no page leaves a trace in the reading of the next.
"""

from __future__ import annotations

from datetime import datetime

from pipelines.extract.page import Page
from pipelines.model import Article, Capture, FieldRule, ReadingContext, Rejection
from pipelines.text import clean

__all__ = ["Page", "extract", "extract_html"]


def extract_html(
    html: bytes,
    url: str,
    *,
    portal: str | None = None,
    captured_at: datetime,
    content_type: str | None = None,
    context: ReadingContext = ReadingContext(),  # noqa: B008  frozen
) -> Article | Rejection:
    """Read one page from its decoded bytes. See :func:`extract`.

    Args:
        html: the page, content coding removed.
        url: the address it came from.
        portal: slug of the portal; it chooses a layout where one exists.
        captured_at: when the bytes were received, aware.
        content_type: the ``Content-Type`` header.
        context: what is known of the portal.
    """
    capture = Capture(url=url, captured_at=captured_at, payload=html, content_type=content_type)
    return extract(capture, context)


def extract(
    capture: Capture, context: ReadingContext, layout: None = None, *, page: Page | None = None
) -> Article | Rejection:
    """Read one capture. Never raises on any bytes.

    Args:
        capture: the answer.
        context: what is known of the portal.
        layout: how to read one city's pages; none exists yet.
        page: the capture's page where it was parsed already.
    """
    if capture.status is not None and not 200 <= capture.status < 300:
        return Rejection(url=capture.url, reason="status", detail=f"status {capture.status}")
    parsed = page or Page.of(capture)
    if isinstance(parsed, Rejection):
        return parsed
    title = next((t for h in parsed.root.iter("h1") if (t := clean("".join(h.itertext())))), None)
    title = title or parsed.meta("og:title")
    if title is None:
        return Rejection(url=capture.url, reason="no_title")
    paragraphs = tuple(t for p in parsed.root.iter("p") if (t := clean("".join(p.itertext()))))
    if not paragraphs:
        return Rejection(url=capture.url, reason="no_body")
    return Article(
        url=capture.url,
        title=title,
        paragraphs=paragraphs,
        language=parsed.language or context.language,
        provenance=(FieldRule(field="title", rule="first_heading"),),
        parse_status=parsed.status,
    )
