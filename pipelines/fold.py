"""All files of an archive, read, to all rows of all tables. Pure, and the same whether a
crawl, a resumed crawl or a rebuild asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pipelines.coverage import fold_coverage, kinds
from pipelines.dedupe import Candidate, originals
from pipelines.identity import Group, Identities, identify
from pipelines.model import Article, Capture, RecordRef, Rejection
from pipelines.read_warc import FileReading, Reading
from pipelines.rows import (
    ArticleRow,
    CaptureRow,
    ImageRow,
    LinkRow,
    RejectionRow,
    article_columns,
    record_columns,
    row_sha256,
)
from pipelines.tables import Placed
from pipelines.urls import url_key
from pipelines.versions import Span, spans

UNDATED = "undated_unlisted"
_NEVER_PAGES = ("robots", "requisite")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What an archive says, and the readings it was folded from."""

    rows: Mapping[str, Sequence[Placed]]
    """By table."""
    files: tuple[FileReading, ...]
    """In commit order."""
    readings: tuple[Reading, ...]
    """All captures in commit order, revisits joined to what they refer to."""
    identities: Identities


@dataclass(frozen=True, slots=True, kw_only=True)
class _Versions:
    """The rows of one article."""

    group: Group
    rows: tuple[ArticleRow, ...]

    @property
    def newest(self) -> ArticleRow:
        return self.rows[-1]

    def with_original(self, original: str | None) -> _Versions:
        """Mark the duplicate: the newest version, and older ones with the same text."""
        text = self.newest.text_sha256
        rows = (replace(r, duplicate_of=original) if r.text_sha256 == text else r for r in self.rows)
        return replace(self, rows=tuple(rows))


def fold(files: Iterable[FileReading], *, portal: str, scope: Sequence[str], reader: str) -> Folded:
    """Fold all files into the rows of all tables.

    Args:
        files: in commit order, all read by one reader.
        portal: slug.
        scope: hosts of the portal.
        reader: digest of that reader.
    """
    files = tuple(files)
    readings = join_revisits([r for f in files for r in f.readings])
    listed = {url_key(entry.url) for r in readings for entry in r.listed if entry.news}
    identities = identify(readings, scope, listed)
    articles = _articles(portal, reader, readings, identities)
    rejections = list(_rejections(portal, reader, files, readings, identities))
    unread = {item.row.warc_record_id: item.row.reason for item in rejections}
    rows: dict[str, list[Placed]] = {
        "articles": [Placed(month=a.group.month, row=a.newest) for a in articles],
        "versions": [Placed(month=a.group.month, row=r) for a in articles for r in a.rows if r.version],
        "links": [p for a in articles for p in _links(a, identities)],
        "images": [p for a in articles for p in _images(a)],
        "captures": [_capture(portal, r, identities, unread) for r in readings],
        "coverage": fold_coverage(portal, files, readings, identities),
        "rejections": [Placed(month=p.month, row=p.row) for p in rejections],
    }
    return Folded(rows=rows, files=files, readings=tuple(readings), identities=identities)


def join_revisits(readings: Iterable[Reading]) -> list[Reading]:
    """Give each revisit the reading of the capture it repeats: the same address with the
    same payload, or (an empty 304) the address's last capture."""
    latest: dict[str, Reading] = {}
    same: dict[tuple[str, str], Reading] = {}
    joined = []
    for reading in readings:
        capture = reading.capture
        if capture.record_type == "revisit":
            referent = same.get((capture.url, capture.payload_digest)) or latest.get(capture.url)
            if referent is not None:
                reading = replace(referent, capture=capture)
        else:
            latest[capture.url] = same[capture.url, capture.payload_digest] = reading
        joined.append(reading)
    return joined


def ref_of(capture: Capture) -> RecordRef:
    """Where a stored capture lies."""
    if capture.record is None:
        raise TypeError(f"a capture from no archive: {capture.url}")
    return capture.record


def _articles(
    portal: str, reader: str, readings: Sequence[Reading], identities: Identities
) -> list[_Versions]:
    found = []
    for group in identities.groups:
        if group.admitted:
            shown = spans(group, readings, identities.beliefs)
            first = min(readings[i].capture.captured_at for i in group.positions)
            rows = (_article(portal, reader, group, s, readings[s.first], identities, first) for s in shown)
            found.append(_Versions(group=group, rows=tuple(rows)))
    copies = originals(_candidate(a) for a in found)
    return [a.with_original(copies.get(a.group.article_id)) for a in found]


def _candidate(article: _Versions) -> Candidate:
    row = article.newest
    return Candidate(
        article_id=row.article_id,
        text_sha256=row.text_sha256,
        body_text=row.body_text,
        published_date=row.published_date,
        position=article.group.first,
    )


def _article(
    portal: str,
    reader: str,
    group: Group,
    span: Span,
    reading: Reading,
    identities: Identities,
    first_captured_at: datetime,
) -> ArticleRow:
    article, capture = reading.result, reading.capture
    if not isinstance(article, Article):
        raise TypeError(f"no article at {capture.url}")
    belief = identities.beliefs[span.first]
    provenance = tuple(r for r in article.provenance if r.field != "canonical_url") + belief.rules
    values: dict[str, Any] = article_columns(article) | record_columns(ref_of(capture))
    values |= {
        "portal": portal,
        "article_id": group.article_id,
        "version": span.number,
        "canonical_url": belief.url,
        "duplicate_of": None,
        "reader": reader,
        "layout": None,
        "provenance": provenance,
        "first_captured_at": first_captured_at,
        "captured_at": capture.captured_at,
        "last_captured_at": span.last_captured_at,
        "crawl_id": capture.crawl_id,
        "payload_digest": capture.payload_digest,
    }
    return ArticleRow(**values, row_sha256=row_sha256(values))


def _links(article: _Versions, identities: Identities) -> Iterator[Placed]:
    row = article.newest
    named: list[tuple[str, str, str | None]] = []
    if row.original_url:
        named.append(("original", row.original_url, None))
    named += [("related", link.url, link.title) for link in row.related]
    named += [("attachment", file.url, file.name) for file in row.attachments]
    for position, (kind, url, title) in enumerate(named):
        link = LinkRow(
            portal=row.portal,
            article_id=row.article_id,
            position=position,
            kind=kind,
            url=url,
            title=title,
            target_article_id=identities.article_at(url),
            warc_record_id=row.warc_record_id,
        )
        yield Placed(month=article.group.month, row=link)


def _images(article: _Versions) -> Iterator[Placed]:
    row = article.newest
    for position, image in enumerate(row.images):
        found = ImageRow(
            portal=row.portal,
            article_id=row.article_id,
            position=position,
            src=image.src,
            caption=image.caption,
            credit=image.credit,
            warc_record_id=row.warc_record_id,
        )
        yield Placed(month=article.group.month, row=found)


def _capture(portal: str, reading: Reading, identities: Identities, unread: Mapping[str, str]) -> Placed:
    capture = reading.capture
    ref = ref_of(capture)
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
        reading=unread.get(ref.warc_record_id, read),
        article_id=identities.article_at(capture.url),
        crawl_id=capture.crawl_id,
        **record_columns(ref),
    )
    return Placed(month=_month(capture.captured_at), row=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rejected:
    """A rejection's place and row, before it is one of many kinds of rows."""

    month: str
    row: RejectionRow


def _rejections(
    portal: str,
    reader: str,
    files: Sequence[FileReading],
    readings: Sequence[Reading],
    identities: Identities,
) -> Iterator[_Rejected]:
    told = kinds(files)
    for reading in readings:
        if isinstance(reading.result, Rejection) and _is_page(reading.result, told.get(reading.capture.url)):
            yield _rejection(portal, reader, reading, reading.result, None)
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
) -> _Rejected:
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
        **record_columns(ref_of(capture)),
    )
    return _Rejected(month=_month(capture.captured_at), row=row)


def _month(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m}"
