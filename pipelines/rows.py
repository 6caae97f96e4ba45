"""The rows of the tables, one dataclass per table, one field per column.

The Parquet schema is derived from these classes (:mod:`pipelines.tables`), and so is the
data dictionary. Columns that are not described here carry what the field of the same name
says in :mod:`pipelines.model`. The partition, ``archived_month``, stands in the path only.
Keys: see ``KEYS``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from pipelines.model import Article, Attachment, FieldRule, Image, RecordRef, RelatedLink
from pipelines.text import canonical_json, sha256_hex

SCHEMA_VERSION = 4
"""Raised with every change of a column, and of the rules by which rows are made."""

UNHASHED = frozenset(
    (
        *("article_id", "version", "first_captured_at", "last_captured_at", "canonical_url"),
        *("duplicate_of", "crawl_id", "row_sha256"),
    )
)
"""Columns that later captures of other pages can change; ``row_sha256`` leaves them out."""


RecordPlace = tuple[str, int]
"""A file, relative to the archive folder, and the offset of a record in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article in its newest version, or, in ``versions``, in one of them."""

    portal: str
    """Slug of the portal."""
    article_id: str
    """First 32 hex digits of SHA-256 over the URL key of the address under which the article entered."""
    version: int | None
    """1, 2, 3 …; null while only a variant of the page (AMP, print) was captured."""
    url: str
    canonical_url: str
    """The canonical address that is believed; the page's own where none is. That of the capture whose reading
    the row is: where the page moved later and says the same, ``coverage`` and the event *moved* tell."""
    original_url: str | None
    title: str
    lead: str | None
    paragraphs: tuple[str, ...]
    body_text: str
    byline: str | None
    authors: tuple[str, ...]
    photo_credits: tuple[str, ...]
    source: str | None
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    published_at: datetime | None
    published_date: date | None
    published_precision: str | None
    published_timezone: str | None
    published_raw: str | None
    modified_at: datetime | None
    language: str | None
    images: tuple[Image, ...]
    related: tuple[RelatedLink, ...]
    attachments: tuple[Attachment, ...]
    duplicate_of: str | None
    """``article_id`` of another article with the same text of at least 40 words."""
    text_sha256: str
    content_sha256: str
    reader: str
    """Digest of the reader (:mod:`pipelines.reader`)."""
    layout: str | None
    """``name@digest`` of the layout that was used; null for the generic reader."""
    provenance: tuple[FieldRule, ...]
    parse_status: str
    first_captured_at: datetime
    """When the article was first captured."""
    captured_at: datetime
    """When this version was first captured: ``WARC-Date`` of the record below."""
    last_captured_at: datetime
    """When this version was last seen."""
    crawl_id: str
    """The run that made the capture."""
    warc_filename: str
    warc_record_offset: int
    warc_record_length: int
    warc_record_id: str
    payload_digest: str
    """``sha256:`` and lower-case hex over the entity body, content coding (gzip …) still on."""
    row_sha256: str
    """SHA-256 of canonical JSON over all columns but itself, ``article_id``, ``version``,
    ``first_captured_at``, ``last_captured_at``, ``canonical_url``, ``duplicate_of`` and
    ``crawl_id``, which captures of other pages can change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link of an article's newest version."""

    portal: str
    article_id: str
    """The article."""
    position: int
    """0, 1, 2 … in the order of the page, over all kinds."""
    kind: str
    """related, attachment or original."""
    url: str
    """Absolute address, as linked."""
    title: str | None
    """The link's text."""
    target_article_id: str | None
    """The article that the address leads to, where the archive has it."""
    warc_record_id: str
    """The record that the link was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRow:
    """A picture of an article's newest version."""

    portal: str
    article_id: str
    """The article."""
    position: int
    """0, 1, 2 … in the order of the page."""
    src: str
    caption: str | None
    credit: str | None
    warc_record_id: str
    """The record that the picture's address was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRow:
    """One answer in the archive: a response or revisit record; a resource record in imported files."""

    portal: str
    url: str
    """The address asked, verbatim."""
    captured_at: datetime
    record_type: str
    """response or revisit; resource, a page without the head of its answer, in files of other software;
    metadata, the tombstone of an answer that was retracted."""
    status: int | None
    content_type: str | None
    content_encoding: str | None
    location: str | None
    truncated: str | None
    payload_digest: str
    """``sha256:`` and lower-case hex over the entity body, content coding (gzip …) still on."""
    reading: str | None
    """``article``, the reason of a rejection, or null for an answer that is no page to be read."""
    article_id: str | None
    """The article that the address belongs to."""
    crawl_id: str
    warc_filename: str
    warc_record_offset: int
    warc_record_length: int
    warc_record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One address that the archive knows of, in its latest state."""

    portal: str
    url: str
    """The address as it was observed, verbatim."""
    url_key: str
    """The key under which spellings of one address are one."""
    kind: str | None
    """page, source, robots or requisite; null where no run said so."""
    verdict: str
    """captured, confirmed, excluded, failed, pending or not_due, by the last run that came to it."""
    reason: str | None
    """Why it was excluded, failed or left pending."""
    found_by: tuple[str, ...]
    found_on: str | None
    first_seen: datetime
    """When the archive first knew of it."""
    asked_at: datetime | None
    """When it was last asked."""
    next_due: datetime | None
    """When it may be asked again at the earliest; null: in the next run."""
    record: str | None
    """``warc_record_id`` of the last exchange."""
    robots_record: str | None
    """The robots.txt capture by which it was excluded or deferred."""
    article_id: str | None
    """The article that the address leads to: its own, an alias's, or a redirect's target."""
    crawl_id: str
    """The run that this state is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionRow:
    """A capture of a page that made no row of ``articles``, and why."""

    portal: str
    url: str
    reason: str
    """``not_html``, ``listing``, ``event``, ``other_page``, ``soft_error``, ``no_title``, ``no_body``,
    ``video_only``, ``document_only``, ``refused``, ``undecodable``, ``truncated``, ``status``,
    ``undated_unlisted``, or ``retracted``."""
    detail: str | None
    article_id: str | None
    """With ``undated_unlisted``: the id that the article would have; with ``retracted``: the id it had."""
    captured_at: datetime
    reader: str
    crawl_id: str
    warc_filename: str
    warc_record_offset: int
    warc_record_length: int
    warc_record_id: str
    payload_digest: str
    """``sha256:`` and lower-case hex over the entity body, content coding (gzip …) still on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """What happened to an article at its own addresses, between two moments at which it was looked at."""

    portal: str
    event_id: str
    """32 hex digits. A suspicion keeps its id when it is confirmed, and every event while the article keeps
    its ``article_id``."""
    article_id: str
    """The article."""
    kind: str
    """published, edited, moved, merged, removal_suspected, removed or restored."""
    url: str
    """The address at which it was seen, verbatim."""
    seen_at: datetime
    """When it was first seen: the capture below."""
    before_at: datetime | None
    """When it was last seen to be otherwise, so it happened between then and ``seen_at``; null with what was
    published before the archive first looked."""
    confirmed_at: datetime | None
    """With removed: when a second 404 or 410, hours after the first, confirmed it. All other kinds need no
    confirmation, but removal_suspected, which has none yet."""
    confirmed_by: str | None
    """``warc_record_id`` of the capture that confirmed it."""
    confirmed_crawl_id: str | None
    """The run that confirmed it."""
    version_before: int | None
    """The newest version before it."""
    version_after: int | None
    """The version that the page shows at ``seen_at``; null where it is no longer there."""
    changed: tuple[str, ...]
    """With edited: the columns of ``versions`` that are not what they were, of those that begin a version."""
    words_added: int | None
    """With edited: words of title, lead, text, byline and captions that were not there before, each as often
    as it was added. A passage that only changed its place adds and removes none."""
    words_removed: int | None
    """With edited: words that are there no more."""
    status: int | None
    """HTTP status of the capture below; null where its file does not tell."""
    target_url: str | None
    """Where the address redirects to at ``seen_at``, absolute; with moved, merged, and a removal that is
    suspected because of a redirect to no article."""
    target_article_id: str | None
    """With merged: the article that it leads to."""
    crawl_id: str
    """The run that made the capture."""
    warc_filename: str
    warc_record_offset: int
    warc_record_length: int
    warc_record_id: str
    payload_digest: str
    """``sha256:`` and lower-case hex over the entity body, content coding (gzip …) still on."""


Row = ArticleRow | LinkRow | ImageRow | CaptureRow | CoverageRow | EventRow | RejectionRow

ROWS: dict[str, type[Row]] = {
    "articles": ArticleRow,
    "versions": ArticleRow,
    "links": LinkRow,
    "images": ImageRow,
    "captures": CaptureRow,
    "coverage": CoverageRow,
    "events": EventRow,
    "rejections": RejectionRow,
}

KEYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "versions": ("article_id", "version"),
    "links": ("article_id", "position"),
    "images": ("article_id", "position"),
    "captures": ("warc_filename", "warc_record_offset"),
    "coverage": ("url",),
    "events": ("event_id",),
    "rejections": ("warc_filename", "warc_record_offset"),
}
"""Primary key of each table."""


def columns(row: type[Row]) -> tuple[str, ...]:
    """Names of a table's columns, in order."""
    return tuple(f.name for f in fields(row))


def record_place(ref: RecordRef | ArticleRow | CaptureRow | RejectionRow) -> RecordPlace:
    """File and offset of a record: what tells it from all others. Its id does not where others wrote it:
    some give one to several records."""
    return ref.warc_filename, ref.warc_record_offset


def record_columns(ref: RecordRef | None) -> dict[str, Any]:
    """The columns that say where a record lies. Raises TypeError for what came from no archive."""
    if ref is None:
        raise TypeError("rows are made of stored captures only")
    return {f.name: getattr(ref, f.name) for f in fields(RecordRef)}


def article_columns(article: Article) -> dict[str, Any]:
    """The columns that an Article fills, ``body_text`` and the digests of its text included."""
    own = {f.name: getattr(article, f.name) for f in fields(Article)}
    return own | {
        "body_text": article.body_text,
        "text_sha256": article.text_sha256,
        "content_sha256": article.content_sha256,
    }


def row_sha256(values: dict[str, Any]) -> str:
    """Digest of an article row, given its columns by name.

    Instants are integer microseconds since 1970, days ISO 8601, structures objects
    by field name, lists arrays; what is unknown is ``null``, a list of nothing ``[]``.
    """
    return sha256_hex(canonical_json({k: plain(v) for k, v in values.items() if k not in UNHASHED}))


def plain(value: Any) -> Any:
    """A column's value in the terms of JSON."""
    if value is None or type(value) is str:  # most values; the checks below cost more than the digest
        return value
    if isinstance(value, datetime):
        return microseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z, exactly."""
    delta = moment - _EPOCH
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
