"""Reading: from the bytes of one page to an Article, or to the reason why it is none.

Pure: the result depends on the arguments alone. Nothing is fetched, written or asked of
the clock, and no page leaves a trace in the reading of the next.
"""

from __future__ import annotations

from datetime import datetime

from pipelines.extract.body import lead, paragraphs
from pipelines.extract.dates import modified, published
from pipelines.extract.evidence import believed, in_order, later
from pipelines.extract.frame import Frame, frame
from pipelines.extract.images import images, photo_credits
from pipelines.extract.language import language_tag
from pipelines.extract.layout import Layout
from pipelines.extract.page import Page
from pipelines.extract.people import People, people
from pipelines.extract.rejections import no_article, no_markup, unreadable
from pipelines.extract.related import attachments, original_url, related
from pipelines.extract.source import source_rules
from pipelines.extract.stamps import stamps
from pipelines.extract.terms import filed
from pipelines.model import Article, Capture, FieldRule, ReadingContext, Rejection

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
        portal: slug of a portal; what ``pipelines.layouts`` knows of it is used.
        captured_at: when the bytes were received, aware.
        content_type: the ``Content-Type`` header.
        context: what is known of the portal, before what its layout's file says.
    """
    layout, known = _known_of(portal) if portal else (None, ReadingContext())
    capture = Capture(url=url, captured_at=captured_at, payload=html, content_type=content_type)
    return extract(capture, known if context == ReadingContext() else context, layout)


def _known_of(portal: str) -> tuple[Layout | None, ReadingContext]:
    # Here and not above: the file of a layout imports what is defined in this package.
    from pipelines.layouts import of_portal

    return of_portal(portal)


def extract(
    capture: Capture, context: ReadingContext, layout: Layout | None = None, *, page: Page | None = None
) -> Article | Rejection:
    """Read one capture. Never raises on any bytes.

    Args:
        capture: the answer.
        context: what is known of the portal.
        layout: how the portal's pages are marked up, where that is known.
        page: the capture's page where it was parsed already.
    """
    parsed = _parsed(capture, page)
    if isinstance(parsed, Rejection):
        return parsed
    laid = frame(parsed, context, capture.captured_at, layout)
    return no_article(laid) or _article(capture, laid)


def _parsed(capture: Capture, page: Page | None) -> Page | Rejection:
    if refused := unreadable(capture):
        return refused
    parsed = page or Page.of(capture)
    return parsed if isinstance(parsed, Rejection) else no_markup(parsed) or parsed


def _article(capture: Capture, laid: Frame) -> Article | Rejection:
    """One line per field, in the order of the model."""
    headline = laid.title
    assert headline is not None
    opening, text = lead(laid), paragraphs(laid)
    if opening and not text:
        # A page of one paragraph has no lead.
        text, opening = (opening,), None
    marked = later(lambda: stamps(laid))
    who, when, (changed, change_rules) = people(laid), published(laid, marked), modified(laid, marked)
    pictures, (under, keywords) = images(laid), filed(laid)
    origin, origin_rule = _source(laid, who, opening or (text[0] if text else None))
    return Article(
        url=capture.url,
        canonical_url=laid.stated.canonical,
        original_url=original_url(laid),
        title=headline.text,
        lead=opening,
        paragraphs=text,
        byline=who.byline,
        authors=who.understood.authors,
        photo_credits=photo_credits(laid, pictures, who.understood.photo_credits),
        source=origin,
        sections=under,
        tags=keywords,
        published_at=when.at,
        published_date=when.day,
        published_precision=when.precision,
        published_timezone=when.timezone,
        published_raw=when.raw,
        modified_at=changed,
        language=language_tag(laid.language),
        images=pictures,
        related=related(laid),
        attachments=attachments(laid),
        provenance=(*_rules(laid), *who.rules, *origin_rule, *when.rules, *change_rules),
        parse_status=laid.page.status,
        layout=laid.layout,
    )


def _source(laid: Frame, who: People, opening: str | None) -> tuple[str | None, tuple[FieldRule, ...]]:
    found = believed(in_order("source", source_rules(laid, who.understood.source, opening)))
    return (found.value, (FieldRule(field="source", rule=found.rule),)) if found else (None, ())


def _rules(laid: Frame) -> tuple[FieldRule, ...]:
    """Which rules found title and text."""
    found = []
    if laid.title:
        found.append(FieldRule(field="title", rule=laid.title.rule))
        found.extend(FieldRule(field="title", rule=f"disagrees: {other}") for other in laid.title.refused)
    if laid.region:
        found.append(FieldRule(field="paragraphs", rule=laid.region.rule))
    return tuple(found)
