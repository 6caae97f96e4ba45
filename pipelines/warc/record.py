"""WARC records: the nouns of the format, and the records of one exchange.

ISO 28500:2017 (WARC/1.1). Blocks are the bytes that went over the wire, never
re-serialised. One exchange is one group of records that share a date:

    request        what was sent, application/http
    metadata …     each interim (1xx) answer, application/http
    response       status line to last byte of the answer; where an earlier record has the
                   same payload, a revisit (:mod:`pipelines.warc.revisit`)
    metadata       bytes that came after the answer, application/octet-stream
    metadata       facts of the exchange, application/warc-fields

The blocks of the first four, joined in order, are the wire (less the body that a revisit
leaves out). An exchange that
received nothing has no response record; its metadata says why.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

from pipelines.model import Capture, RecordRef
from pipelines.warc.message import HttpView, http_view

__all__ = [
    "Exchange",
    "HttpView",
    "Part",
    "Record",
    "Tls",
    "capture_of",
    "exchange_records",
    "head_is_plain",
    "http_view",
    "make_record",
    "sha256_digest",
]

HTTP_REQUEST = "application/http;msgtype=request"
HTTP_RESPONSE = "application/http;msgtype=response"
WARC_FIELDS = "application/warc-fields"
OCTETS = "application/octet-stream"

_UNSAFE = re.compile(r"[^\x21-\x7e]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BLANK_LINE = re.compile(rb"\n[\s\x1c-\x1f\x85\xa0\xc2\xe1-\xe3\x80-\x9f]+\n")

Headers = tuple[tuple[str, str], ...]
Part = tuple[str, bytes, str, tuple[tuple[str, str | None], ...]]
"""A record of an exchange before it is made: type, block, Content-Type, named fields of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The security of a connection."""

    version: str
    """As ``ssl.SSLSocket.version()`` names it, e.g. ``TLSv1.3``."""
    cipher: str
    """OpenSSL's name of the cipher suite."""
    certificate_sha256: str
    """SHA-256 of the server's certificate (DER), lower-case hex."""
    verified: bool
    """Whether chain and host name were verified."""
    pinned: bool = False
    """Whether it was believed by its digest instead (:class:`pipelines.tls_exception.TlsException`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One attempt to fetch one address: what was sent, what came, what went wrong."""

    url: str
    """The address asked, verbatim."""
    started_at: datetime
    """When the attempt began, aware; WARC-Date of all its records."""
    request: bytes = b""
    """As sent; empty where nothing was sent."""
    interim: tuple[bytes, ...] = ()
    """1xx answers, each from its status line to its empty line."""
    response: bytes = b""
    """From the status line to the answer's last byte, as received; empty if nothing came."""
    surplus: bytes = b""
    """Bytes received after the answer's end."""
    truncated: str | None = None
    """Why the answer was cut: length, time, disconnect; or ``None``."""
    error: str | None = None
    """Class of failure: dns, refused, unreachable, timeout, tls, disconnect,
    protocol, length, guard, proxy, cancelled; or ``None``."""
    detail: str | None = None
    """One sentence on the failure."""
    ip: str | None = None
    """Address connected to; ``None`` behind a proxy or without a connection."""
    tls: Tls | None = None
    duration_ms: int = 0
    """From the start of the attempt to its end."""
    facts: Headers = ()
    """Further (name, value) pairs for the metadata record, e.g. ``found_on``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record before it is written; Content-Length and WARC-Warcinfo-ID come from the writer."""

    type: str
    headers: Headers
    """Named fields in order, WARC-Type, WARC-Record-ID and WARC-Date among them."""
    block: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """``urn:uuid:…`` without angle brackets."""
        return next(v for k, v in self.headers if k == "WARC-Record-ID").strip("<>")


def new_record_id() -> str:
    """``urn:uuid:`` and a UUID version 7 (RFC 9562, 5.7): milliseconds, then random bits."""
    stamp = time.time_ns() // 1_000_000
    bits = (stamp << 80) | int.from_bytes(os.urandom(10), "big")
    bits = bits & ~(0xF << 76) | 7 << 76
    bits = bits & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=bits).urn


def sha256_digest(data: bytes) -> str:
    """``sha256:`` and lower-case hex, as digests are written everywhere in an archive."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def warc_date(moment: datetime) -> str:
    """WARC-Date with microseconds, UTC (WARC/1.1, 5.4)."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def safe_uri(url: str) -> str:
    """``url`` with everything percent-encoded that may not stand in a WARC header
    (controls, spaces, what is not ASCII); an ordinary address stays as it is."""
    return _UNSAFE.sub(lambda m: quote(m[0], safe="", errors="replace"), url)


def safe_value(text: str) -> str:
    """A value of a warc-fields block: control characters percent-encoded, so that
    nobody's bytes begin a line of their own."""
    return _CONTROL.sub(lambda m: quote(m[0], safe="", errors="replace"), text)


def make_record(
    kind: str, date: datetime, block: bytes, content_type: str | None, *fields: tuple[str, str | None]
) -> Record:
    """A record with a new id and its block digest; fields that are ``None`` are left out.

    Raises:
        ValueError: a header value holds a control character.
    """
    named: list[tuple[str, str]] = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{new_record_id()}>"),
        ("WARC-Date", warc_date(date)),
    ]
    named += [(name, value) for name, value in fields if value is not None]
    named.append(("WARC-Block-Digest", sha256_digest(block)))
    if content_type is not None:
        named.append(("Content-Type", content_type))
    for name, value in named:
        if _CONTROL.search(name + value):
            raise ValueError(f"control character in WARC header {name}: {value!r}")
    return Record(type=kind, headers=tuple(named), block=block)


def exchange_records(exchange: Exchange, answer: Sequence[Part] | None = None) -> tuple[Record, ...]:
    """The records of one exchange, in the order of the wire (see the module's docstring).

    Args:
        answer: what stands in place of the response record, if the answer is not stored whole.
    """
    view = http_view(exchange.response)
    shared = _shared(exchange, view.version)
    out: list[Record] = []

    def add(kind: str, block: bytes, content_type: str, *fields: tuple[str, str | None]) -> None:
        first = [("WARC-Concurrent-To", f"<{out[0].id}>")] if out else []
        out.append(make_record(kind, exchange.started_at, block, content_type, *first, *shared, *fields))

    if exchange.request:
        add("request", exchange.request, HTTP_REQUEST)
    for interim in exchange.interim:
        add("metadata", interim, HTTP_RESPONSE)
    for kind, block, content_type, fields in _response(exchange, view) if answer is None else answer:
        add(kind, block, content_type, *fields)
    if exchange.surplus:
        add("metadata", exchange.surplus, OCTETS)
    add("metadata", exchange_fields(exchange), WARC_FIELDS)
    return tuple(out)


def _response(exchange: Exchange, view: HttpView) -> tuple[Part, ...]:
    """The answer, stored whole. Its payload digest stands in the header only where every reader
    would compute the same: not where there is a transfer coding, which some of them leave on."""
    if not exchange.response:
        return ()
    plain = head_is_plain(exchange.response, view) and not view.transfer_coded
    digest = sha256_digest(view.payload) if plain else None
    fields = (("WARC-Payload-Digest", digest), ("WARC-Truncated", exchange.truncated))
    return (("response", exchange.response, HTTP_RESPONSE, fields),)


def exchange_fields(exchange: Exchange) -> bytes:
    """The facts of an exchange as a warc-fields block (WARC/1.1, 6.6)."""
    tls = exchange.tls
    facts: list[tuple[str, str | None]] = [
        ("error", exchange.error),
        ("detail", exchange.detail),
        ("truncated", exchange.truncated),
        ("fetchTimeMs", str(exchange.duration_ms)),
        ("tlsVersion", tls.version if tls else None),
        ("tlsCipher", tls.cipher if tls else None),
        ("tlsCertificateSha256", tls.certificate_sha256 if tls else None),
        ("tlsVerified", str(tls.verified).lower() if tls else None),
        ("tlsPinned", "true" if tls and tls.pinned else None),
        *exchange.facts,
    ]
    return warc_fields(facts)


def warc_fields(facts: list[tuple[str, str | None]]) -> bytes:
    """``name: value`` lines; what is ``None`` is left out."""
    return "".join(f"{safe_value(k)}: {safe_value(v)}\r\n" for k, v in facts if v is not None).encode()


def capture_of(
    *,
    url: str,
    captured_at: datetime,
    block: bytes,
    truncated: str | None = None,
    record: RecordRef | None = None,
    crawl_id: str = "",
    record_type: str = "response",
    payload_digest: str | None = None,
) -> Capture:
    """The Capture of a response block: the same for a crawl and for ``rebuild``.

    ``payload_digest`` is computed; only a revisit, which holds no payload, brings its own.
    """
    view = http_view(block)
    return Capture(
        url=url, captured_at=captured_at.astimezone(UTC), payload=view.payload, status=view.status,
        content_type=sys.intern(view.get("content-type") or "") or None,  # in most answers of a kind
        content_encoding=view.get("content-encoding") or None,
        location=view.get("location") or None, truncated=truncated,
        payload_digest=payload_digest or sha256_digest(view.payload),
        record=record, record_type=record_type, crawl_id=crawl_id,
    )  # fmt: skip


def _shared(exchange: Exchange, version: str | None) -> tuple[tuple[str, str | None], ...]:
    """Named fields that all records of the exchange carry."""
    tls = exchange.tls
    return (
        ("WARC-Target-URI", safe_uri(exchange.url)),
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Protocol", f"http/{version or '1.1'}" if exchange.request else None),
        ("WARC-Protocol", tls.version.lower().replace("tlsv", "tls/") if tls else None),
        ("WARC-Cipher-Suite", tls.cipher if tls else None),
    )


def head_is_plain(block: bytes, view: HttpView) -> bool:
    """Whether every reader finds the end of the head where we do: it ends in CRLF CRLF
    (FastWARC looks for nothing else), and in it is no line of mere white space (warcio ends
    the head there)."""
    head = block[: view.head_length]
    return head.endswith(b"\r\n\r\n") and not _BLANK_LINE.search(head[:-2])
