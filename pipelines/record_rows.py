"""The rows that a capture makes: one in ``captures``, and one in ``rejections`` where a page
was looked for in vain."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.identity import Identities
from pipelines.model import Article, Rejection
from pipelines.read_warc import Reading
from pipelines.rows import CaptureRow, RecordPlace, RejectionRow, record_columns
from pipelines.tables import Placed

UNDATED = "undated_unlisted"
_NEVER_PAGES = ("robots", "requisite")


def capture_row(
    portal: str, reading: Reading, identities: Identities, unread: Mapping[RecordPlace, str]
) -> Placed:
    """The row of one capture.

    Args:
        portal: slug.
        reading: the capture, read.
        identities: which address belongs to which article.
        unread: reasons of rejections by the place of their record.
    """
    capture = reading.capture
    record = record_columns(capture.record)
    read = "article" if isinstance(reading.result, Article) else None
    row = CaptureRow(
        portal=portal,
        url=capture.url,
        captured_at=capture.captured_at,
        record_type=capture.record_type,
        status=capture.status,
        content_type=capture.content_type,
        content_encoding=capture.content_encoding,
        location=capture.location,
        truncated=capture.truncated,
        payload_digest=capture.payload_digest,
        reading=unread.get((record["warc_filename"], record["warc_record_offset"]), read),
        article_id=identities.article_at(capture.url) or reading.article_id,
        crawl_id=capture.crawl_id,
        **record,
    )
    return Placed(month=_month(capture.captured_at), row=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A rejection's place and row, before it is one of many kinds of rows."""

    month: str
    row: RejectionRow


def rejection_rows(
    portal: str,
    reader: str,
    told: Mapping[str, str],
    readings: Sequence[Reading],
    identities: Identities,
) -> Iterator[Rejected]:
    """All rejections: what reading refused, and articles that nothing dates or lists.

    Args:
        portal: slug.
        reader: digest of the reader.
        told: what the runs asked each address as.
        readings: captures in commit order.
        identities: which of them are one article.
    """
    for reading in readings:
        if isinstance(reading.result, Rejection) and _is_page(reading.result, told.get(reading.capture.url)):
            yield _rejection(portal, reader, reading, reading.result, reading.article_id)
    for group in identities.groups:
        if not group.admitted:
            for i in group.positions:
                why = Rejection(
                    url=readings[i].capture.url,
                    reason=UNDATED,
                    detail="it has no date, and no captured feed or news sitemap lists it",
                )
                yield _rejection(portal, reader, readings[i], why, group.article_id)


def _is_page(rejection: Rejection, told: str | None) -> bool:
    """Whether a page was looked for at all: not in a picture, nor in a sitemap that is not there."""
    if told in _NEVER_PAGES:
        return False
    return not (told == "source" and rejection.reason in ("status", "not_html"))


def _rejection(
    portal: str, reader: str, reading: Reading, why: Rejection, article_id: str | None
) -> Rejected:
    capture = reading.capture
    row = RejectionRow(
        portal=portal,
        url=capture.url,
        reason=why.reason,
        detail=why.detail,
        article_id=article_id,
        captured_at=capture.captured_at,
        reader=reader,
        crawl_id=capture.crawl_id,
        payload_digest=capture.payload_digest,
        **record_columns(capture.record),
    )
    return Rejected(month=_month(capture.captured_at), row=row)


def _month(moment: datetime) -> str:
    return sys.intern(f"{moment.astimezone(UTC):%Y-%m}")
