"""Revisit records: an answer that repeats what an earlier record holds (WARC/1.1, 6.7).

In a group of records (:mod:`pipelines.warc.record`) one stands where the response would:

    identical-payload-digest   its block is the answer's head alone; the body, which the earlier record
                               holds, is left out, and ``WARC-Truncated: length`` says so (6.7.2)
    server-not-modified        its block is empty; the exact 304 is the next record, metadata (6.7.3)

Both name the earlier record by id, address and date, and state the digest of the payload
that they do not hold: of chunked answers too, since there is nothing here that a reader could
compute another one from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.text import canonical_json
from pipelines.warc.message import HttpView, http_view, parse_headers
from pipelines.warc.record import (
    HTTP_RESPONSE,
    Exchange,
    Part,
    Record,
    exchange_records,
    head_is_plain,
    warc_date,
)

IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_SHAPE = ("content-type", "content-encoding", "transfer-encoding", "location")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """The response record whose payload an answer repeats."""

    record_id: str
    """``urn:uuid:…`` without angle brackets."""
    url: str
    """Its WARC-Target-URI."""
    date: datetime
    """Its WARC-Date."""
    payload_digest: str
    """Of its payload, transfer coding removed."""


def revisit_records(exchange: Exchange, referent: Referent) -> tuple[Record, ...]:
    """The records of an exchange whose answer repeats ``referent``, in the order of the wire."""
    view = http_view(exchange.response)
    if view.status == 304:
        revisit = ("revisit", b"", HTTP_RESPONSE, _fields(NOT_MODIFIED, referent))
        return exchange_records(exchange, (revisit, ("metadata", exchange.response, HTTP_RESPONSE, ())))
    fields = (*_fields(IDENTICAL_PAYLOAD, referent), ("WARC-Truncated", "length"))
    head: Part = ("revisit", exchange.response[: view.head_length], HTTP_RESPONSE, fields)
    return exchange_records(exchange, (head,))


def can_be_repeated(block: bytes, view: HttpView) -> bool:
    """Whether every reader finds this answer's payload where we do, and finds one at all."""
    return bool(view.payload) and view.complete and head_is_plain(block, view)


def repeats(block: bytes, earlier: bytes) -> bool:
    """Whether nothing is lost of an answer if its head alone is stored, beside an earlier one.

    Compared are the bytes of the payloads, and what decides how they are read and replayed. The
    trailer of a chunked answer (RFC 9112, 7.1.2) would be lost, so it may have none.
    """
    view, other = http_view(block), http_view(earlier)
    if not (can_be_repeated(block, view) and can_be_repeated(earlier, other)):
        return False
    if view.transfer_coded and not block.endswith(b"\n0\r\n\r\n"):
        return False
    return view.payload == other.payload and shape(view) == shape(other)


def shape(view: HttpView) -> str:
    """What of a head decides how the payload is read and replayed: status, type, codings, target.
    Two answers with the same payload and the same shape read the same."""
    named = [[value for key, value in view.headers if key.lower() == name] for name in _SHAPE]
    return canonical_json([view.status, *named]).decode()


def is_unchanged(request: bytes, answer: bytes, earlier: bytes) -> bool:
    """Whether a 304 speaks of an earlier answer: of the one whose ETag or, without one, whose
    Last-Modified the request named (RFC 9110, 13.1)."""
    asked = dict(reversed([(k.lower(), v) for k, v in parse_headers(request.partition(b"\n")[2])]))
    view, other = http_view(answer), http_view(earlier)
    if view.status != 304 or other.status != 200 or not can_be_repeated(earlier, other):
        return False
    if named := asked.get("if-none-match"):
        tag, confirmed = _weak(other.get("etag")), _weak(view.get("etag"))
        return tag is not None and tag in map(_weak, _tags(named)) and confirmed in (None, tag)
    since = asked.get("if-modified-since")
    return since is not None and since == other.get("last-modified")


def _fields(profile: str, referent: Referent) -> tuple[tuple[str, str], ...]:
    return (
        ("WARC-Profile", profile),
        ("WARC-Refers-To", f"<{referent.record_id}>"),
        ("WARC-Refers-To-Target-URI", referent.url),
        ("WARC-Refers-To-Date", warc_date(referent.date)),
        ("WARC-Payload-Digest", referent.payload_digest),
    )


def _tags(text: str) -> list[str]:
    return [part.strip(" \t") for part in text.split(",")]


def _weak(tag: str | None) -> str | None:
    """An entity tag for weak comparison (RFC 9110, 8.8.3.2)."""
    return tag.removeprefix("W/") if tag else None
