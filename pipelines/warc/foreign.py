"""What WARC files by other software say otherwise than ours, and how it is understood.

What the standard leaves open (dates of any precision, angle brackets around an address) is understood in
every file. What only happens to those who store what a browser or a proxy gave them, a head that names a
coding of which the body is free, is looked for in the records of others alone: of ours the bytes are the
wire's.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.decode import decode_content
from pipelines.model import Capture
from pipelines.warc.framing import parse_name
from pipelines.warc.message import HttpView, http_view
from pipelines.warc.record import sha256_digest

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DIGEST = re.compile(r"(?P<name>[A-Za-z0-9-]+):(?P<value>[A-Za-z0-9+/=_-]+)")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")
_PROBE = 512
_AHEAD = timedelta(days=1)
_RUN = "%Y%m%dT%H%M%SZ"
FIRST_YEAR = 1990
"""The year of the first server and the first page of the web: nothing was captured before it."""


def date_of(text: str) -> datetime:
    """``WARC-Date`` in UTC: a moment of any precision (WARC/1.1, 5.4), or a day, month or year, which
    is taken from its beginning. One without a zone is UTC.

    Raises:
        ValueError: it is none.
    """
    if day := _DATE.fullmatch(text):
        year, month, of_month = (int(part or 1) for part in day.groups())
        return datetime(year, month, of_month, tzinfo=UTC)
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # the first or the last day there is, in some zone: not believable in any
        return moment.replace(tzinfo=UTC)


def is_believable(moment: datetime, warc_filename: str) -> bool:
    """Whether others can have captured something at a moment: there was a web, and no more than a day later,
    since clocks differ, the record was here. Its file's name says when that was; a file that has no name of
    ours is brought today.

    Args:
        moment: what the record states, in UTC.
        warc_filename: of its file.
    """
    if moment.year < FIRST_YEAR:
        return False
    name = parse_name(Path(warc_filename).name)
    brought = name.run_id if name else f"{datetime.now(UTC):{_RUN}}"
    return f"{moment - _AHEAD:{_RUN}}" <= brought.partition("-")[0]


def bare_uri(value: str) -> str:
    """An address without the angle brackets that WARC/1.0 shows around it (and wget writes)."""
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def as_others_store(capture: Capture, block: bytes, get: Callable[[str], str | None]) -> Capture:
    """The Capture of an answer that other software stored, by what its body is, whatever its head says of it.

    A page without the head of its answer (``resource``) is one that was there. A record of the first part of
    an answer alone (WARC/1.1, 7) is one of an answer that was cut.

    Args:
        capture: as it would be read in a file of ours.
        block: of its record.
        get: the record's named fields.
    """
    if capture.record_type == "resource":
        kind = (get("Content-Type") or "").strip() or None
        return replace(
            capture, status=200, content_type=kind, content_encoding=None, location=None,
            payload=block, payload_digest=sha256_digest(block),
        )  # fmt: skip
    stated = get("WARC-Payload-Digest")
    if capture.record_type == "revisit":
        return replace(capture, stated_digest=stated)
    payload, coding = _entity(block, http_view(block))
    part = get("WARC-Segment-Number") is not None
    return replace(
        capture, payload=payload, payload_digest=sha256_digest(payload), content_encoding=coding,
        stated_digest=stated, truncated=capture.truncated or ("unspecified" if part else None),
    )  # fmt: skip


def _entity(block: bytes, view: HttpView) -> tuple[bytes, str | None]:
    """The payload of an answer that others stored, and the coding that it really has.

    A browser, and a proxy like it, hands on bodies from which the codings are gone that the head still names.
    """
    payload = view.payload
    body = block[view.head_length :] if view.head_length else payload
    if view.transfer_coded and not _is_chunked(body):
        payload = body
    coding = view.get("content-encoding") or None
    return payload, coding if coding and _is_coded(payload, coding) else None


def _is_chunked(body: bytes) -> bool:
    """Whether a body begins with a chunk that is whole, or that the end of the body cuts."""
    size = _CHUNK.match(body)
    if size is None:
        return False
    end = size.end() + int(size[1], 16)
    return body[end : end + 2] == b"\r\n" or body[end : end + 1] == b"\n" or end >= len(body)


def _is_coded(payload: bytes, coding: str) -> bool:
    """Whether a payload can have the coding that its head names. Of what we cannot decode, only
    what begins like markup or JSON is known to have none."""
    outermost = coding.rpartition(",")[2].strip().lower()
    if not payload or outermost in ("gzip", "x-gzip"):
        return payload.startswith(b"\x1f\x8b")
    if outermost == "deflate":
        return decode_content(payload[:_PROBE], outermost).problem != "undecodable"
    return not _MARKUP.match(payload)


def is_digest_of(stated: str, *contents: bytes) -> bool | None:
    """Whether a stated digest is that of one of several contents: in base32, hex or base64, whatever its
    letters; ``None`` where it is of a kind that we cannot compute."""
    match = _DIGEST.fullmatch(stated.strip())
    name = match["name"].lower().replace("-", "") if match else ""
    if match is None or name not in ("sha1", "sha256", "sha512", "md5"):
        return None
    computed = (hashlib.new(name, content, usedforsecurity=False).digest() for content in contents)
    return any(match["value"].rstrip("=") in _spellings(digest) for digest in computed)


def _spellings(digest: bytes) -> Iterator[str]:
    base32 = base64.b32encode(digest).decode().rstrip("=")
    yield from (base32, base32.lower(), digest.hex(), digest.hex().upper())
    yield base64.b64encode(digest).decode().rstrip("=")
    yield base64.urlsafe_b64encode(digest).decode().rstrip("=")
