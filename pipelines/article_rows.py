"""The rows that an article makes: itself, its versions, its links and its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipelines.beyond import ALONE, Beyond
from pipelines.dedupe import Candidate, is_long, originals
from pipelines.identity import Group, Identities
from pipelines.model import Article
from pipelines.read_warc import Reading
from pipelines.rows import ArticleRow, ImageRow, LinkRow, article_columns, record_columns, row_sha256
from pipelines.tables import Placed
from pipelines.versions import Span, spans


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRows:
    """The rows of one article."""

    group: Group
    rows: tuple[ArticleRow, ...]
    """Its versions, oldest first."""

    @property
    def newest(self) -> ArticleRow:
        """The row in ``articles``."""
        return self.rows[-1]

    def with_original(self, original: str | None) -> ArticleRows:
        """Mark the duplicate: the newest version, and older ones with the same text."""
        text = self.newest.text_sha256
        rows = (replace(r, duplicate_of=original) if r.text_sha256 == text else r for r in self.rows)
        return replace(self, rows=tuple(rows))


def article_rows(
    portal: str, reader: str, readings: Sequence[Reading], identities: Identities, beyond: Beyond = ALONE
) -> list[ArticleRows]:
    """All articles that make rows, duplicates marked.

    Args:
        portal: slug.
        reader: digest of the reader of all readings.
        readings: all captures in commit order.
        identities: which of them are one article.
        beyond: the articles of which no capture is among ``readings``.
    """
    found = []
    for group in identities.groups:
        if group.admitted:
            shown = spans(group, readings, identities.beliefs)
            first = min(readings[i].capture.captured_at for i in group.positions)
            rows = (_article(portal, reader, group, s, readings[s.first], identities, first) for s in shown)
            found.append(ArticleRows(group=group, rows=tuple(rows)))
    own = [_candidate(a, beyond.entered(readings[a.group.first], a.group.first)) for a in found]
    copies = originals((*own, *beyond.alike({c.text_sha256 for c in own})))
    return [a.with_original(copies.get(a.group.article_id)) for a in found]


def _candidate(article: ArticleRows, position: int) -> Candidate:
    row = article.newest
    return Candidate(
        article_id=row.article_id,
        text_sha256=row.text_sha256,
        long=is_long(row.body_text),
        published_date=row.published_date,
        position=position,
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
    values: dict[str, Any] = article_columns(article) | record_columns(capture.record)
    values |= {
        "portal": portal,
        "article_id": group.article_id,
        "version": span.number,
        "canonical_url": belief.url,
        "duplicate_of": None,
        "reader": reader,
        "provenance": provenance,
        "first_captured_at": first_captured_at,
        "captured_at": capture.captured_at,
        "last_captured_at": span.last_captured_at,
        "crawl_id": capture.crawl_id,
        "payload_digest": capture.payload_digest,
    }
    return ArticleRow(**values, row_sha256=row_sha256(values))


def link_rows(article: ArticleRows, identities: Identities) -> Iterator[Placed]:
    """The links of an article's newest version, and where they lead in the archive."""
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


def image_rows(article: ArticleRows) -> Iterator[Placed]:
    """The pictures of an article's newest version."""
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
