"""The nouns of reading: what an answer was, and what was read out of it.

Every field's docstring is its entry in the data dictionary. Empty is ``None``
(or an empty tuple), never ``""``. Instants are aware and in UTC; text is NFC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.text import canonical_json, normal_body, sha256_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What is known of a portal beforehand. Part of what an Article is a function of."""

    zone: str | None = None
    """IANA name of the zone in which printed times are meant; unknown: that of the country whose domain
    the page is under, where it has only one, else instants stay null."""
    language: str | None = None
    """BCP 47 language of the portal, used where a page states none."""
    site_name: str | None = None
    """The site's own name, which is never a title."""
    scope: tuple[str, ...] = ()
    """Hosts (as :func:`pipelines.urls.host` writes them) whose pages belong to the portal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRef:
    """Where a WARC record lies. Columns are named as Common Crawl's index names them."""

    warc_filename: str
    """Relative to the archive folder: ``warc/2026/….warc.gz``."""
    warc_record_offset: int
    """Bytes from the start of the file to the record's gzip member."""
    warc_record_length: int
    """Compressed length of the member, in bytes."""
    warc_record_id: str
    """``urn:uuid:…`` without angle brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One answer as the archive holds it: the input of reading."""

    url: str
    """The address asked, verbatim (``WARC-Target-URI``)."""
    captured_at: datetime
    """``WARC-Date``, UTC, microseconds."""
    payload: bytes
    """The entity body: transfer coding removed, content coding (gzip …) still on."""
    status: int | None = 200
    """HTTP status; ``None`` where no status line could be read."""
    content_type: str | None = None
    """The ``Content-Type`` header as sent."""
    content_encoding: str | None = None
    """The ``Content-Encoding`` header as sent."""
    location: str | None = None
    """The ``Location`` header as sent."""
    truncated: str | None = None
    """``WARC-Truncated``: length, time, disconnect, unspecified; or ``None``."""
    payload_digest: str = ""
    """``sha256:`` and lower-case hex over ``payload``; of a revisit by other software what that states."""
    stated_digest: str | None = None
    """With a record that other software wrote: the payload digest that it states, by which revisits of the
    same software name it."""
    record: RecordRef | None = None
    """The response (or revisit) record; ``None`` for bytes that came from no archive."""
    record_type: str = "response"
    """response or revisit; resource, a page without the head of its answer, in files of other software."""
    crawl_id: str = ""
    """The run that made the capture, or that imported it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article."""

    src: str
    """Absolute address of the picture."""
    caption: str | None = None
    """The caption as printed, credit included."""
    credit: str | None = None
    """Who took it, as far as the caption says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedLink:
    """A link to another article that the page offers as related."""

    url: str
    """Absolute address, as linked."""
    title: str | None = None
    """The link's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that the article offers."""

    url: str
    """Absolute address, as linked."""
    name: str | None = None
    """The link's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """Which rule found a field; also what it disagreed with or refused."""

    field: str
    """Name of the column."""
    rule: str
    """Name of the rule, e.g. ``json_ld``, ``printed_beside_title``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one page says, as printed and as understood."""

    url: str
    """The address that was asked, verbatim."""
    canonical_url: str | None = None
    """The canonical address that the page states; in tables, the one that is believed."""
    original_url: str | None = None
    """The original article that a republication links to."""
    title: str
    """The headline. Never the site's name."""
    lead: str | None = None
    """The opening summary, where it stands apart from the body; never repeated in the body."""
    paragraphs: tuple[str, ...]
    """The body's blocks in order: no captions, byline, lead or boilerplate."""
    byline: str | None = None
    """The line that names the writers, as printed."""
    authors: tuple[str, ...] = ()
    """The writers, as understood from the byline."""
    photo_credits: tuple[str, ...] = ()
    """The photographers, from byline and captions."""
    source: str | None = None
    """The agency or paper the text was taken from, as printed."""
    sections: tuple[str, ...] = ()
    """Sections of the portal the article is filed under, outermost first."""
    tags: tuple[str, ...] = ()
    """Keywords the page prints."""
    published_at: datetime | None = None
    """Instant of publication, UTC; null when time of day or zone is unknown."""
    published_date: date | None = None
    """Local day of publication, as printed."""
    published_precision: str | None = None
    """``minute`` or ``day``."""
    published_timezone: str | None = None
    """IANA zone, or UTC offset, in which the printed time was understood."""
    published_raw: str | None = None
    """The date as printed."""
    modified_at: datetime | None = None
    """Instant of the last change that the page states, UTC."""
    language: str | None = None
    """BCP 47 language of the text."""
    images: tuple[Image, ...] = ()
    """Pictures in order, with captions and credits."""
    related: tuple[RelatedLink, ...] = ()
    """Links that the page offers as related news."""
    attachments: tuple[Attachment, ...] = ()
    """Files that the article offers."""
    provenance: tuple[FieldRule, ...] = ()
    """Which rule found each field."""
    parse_status: str = "ok"
    """``ok``, or what was wrong with the bytes: ``encoding_uncertain``, ``repaired``, ``bounded``."""
    layout: str | None = None
    """``name@digest`` of the layout that found headline and text; ``None`` for the generic reader."""

    @property
    def body_text(self) -> str:
        """The paragraphs, one blank line between."""
        return "\n\n".join(self.paragraphs)

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the normalised body (:func:`pipelines.text.normal_body`)."""
        return sha256_hex(normal_body(self.paragraphs))

    @property
    def content_sha256(self) -> str:
        """SHA-256 over title, lead, paragraphs, byline, captions, credits and
        attachments: where it changes, a new version begins."""
        return sha256_hex(
            canonical_json(
                {
                    "title": self.title,
                    "lead": self.lead,
                    "paragraphs": list(self.paragraphs),
                    "byline": self.byline,
                    "captions": [i.caption for i in self.images],
                    "credits": list(self.photo_credits) + [i.credit for i in self.images],
                    "attachments": [[a.url, a.name] for a in self.attachments],
                }
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a page is no article."""

    url: str
    """The address that was asked, verbatim."""
    reason: str
    """``not_html``, ``listing``, ``event``, ``other_page``, ``soft_error``, ``no_title``, ``no_body``,
    ``video_only``, ``document_only``, ``refused``, ``undecodable``, ``truncated``, ``status``; the commit
    adds ``undated_unlisted``."""
    detail: str | None = None
    """One sentence for the reader of the report."""
