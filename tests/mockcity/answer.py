"""What is asked of the city, and what it answers, byte for byte."""

from __future__ import annotations

import gzip as gzip_codec
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from http import HTTPStatus
from typing import Literal

CHUNK = 1371
"""Bytes per chunk: odd, so that chunks cut through characters and tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it was received."""

    method: str
    target: str
    """The request target verbatim, query included."""
    version: str
    """``HTTP/1.1`` or ``HTTP/1.0``."""
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    """The request's bytes, from request line to the blank line."""

    def header(self, name: str) -> str:
        """The header's values joined by commas, ``""`` where it was not sent."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def accepts_gzip(self) -> bool:
        """Whether ``Accept-Encoding`` names gzip (RFC 9110, 12.5.3) without refusing it."""
        for item in self.header("Accept-Encoding").lower().split(","):
            coding, _, weight = item.partition(";")
            if coding.strip() in ("gzip", "x-gzip"):
                return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        return False

    @property
    def keeps_alive(self) -> bool:
        """Whether the connection stays open after the answer (RFC 9112, 9.3)."""
        wish = self.header("Connection").lower()
        return wish != "close" if self.version == "HTTP/1.1" else wish == "keep-alive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. The same request always gives the same bytes, but for ``Date``."""

    body: bytes = b""
    status: int = 200
    content_type: str | None = "text/html; charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()
    gzip: Literal["never", "asked", "always"] = "never"
    """Whether the body is sent gzip-encoded: only when the request accepts it, or whatever it says."""
    chunked: bool = False
    """Sent with ``Transfer-Encoding: chunked`` instead of ``Content-Length``."""
    changed: str | None = None
    """When what it shows was last changed (ISO 8601), where that is known."""

    def validated(self, request: Request) -> Answer:
        """This answer with its validators, or the 304 that a conditional request gets
        (RFC 9110, 8.8 and 13.2.2: ``If-None-Match`` goes before ``If-Modified-Since``)."""
        tag = f'W/"{hashlib.sha256(self.body).hexdigest()[:16]}"'
        at = datetime.fromisoformat(self.changed) if self.changed else None
        more = [("ETag", tag)] + ([("Last-Modified", format_datetime(at, usegmt=True))] if at else [])
        known, since = request.header("If-None-Match"), request.header("If-Modified-Since")
        if known:
            same = tag in [item.strip() for item in known.split(",")]
        else:
            same = bool(since and at and at <= parsedate_to_datetime(since))
        if same:
            return Answer(status=304, content_type=None, headers=tuple(more))
        return replace(self, headers=(*self.headers, *more))

    def wire(self, request: Request) -> bytes:
        """The bytes that answer ``request``, from status line to the last byte."""
        encoded = self.gzip == "always" or (self.gzip == "asked" and request.accepts_gzip)
        body = gzip_codec.compress(self.body, 6, mtime=0) if encoded else self.body
        chunked = self.chunked and request.version == "HTTP/1.1"
        head = "".join(f"{line}\r\n" for line in self._head(request, encoded, chunked, len(body)))
        if request.method == "HEAD":
            body = b""
        elif chunked:
            body = b"".join(chunks(body))
        return head.encode("latin-1") + b"\r\n" + body

    def _head(self, request: Request, encoded: bool, chunked: bool, length: int) -> Iterator[str]:
        yield f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"
        yield f"Date: {formatdate(usegmt=True)}"
        yield "Server: mockcity"
        if self.content_type:
            yield f"Content-Type: {self.content_type}"
        if self.gzip == "asked":
            yield "Vary: Accept-Encoding"
        if encoded:
            yield "Content-Encoding: gzip"
        if self.status != 304:
            yield "Transfer-Encoding: chunked" if chunked else f"Content-Length: {length}"
        for name, value in self.headers:
            yield f"{name}: {value}"
        if not request.keeps_alive:
            yield "Connection: close"
        elif request.version == "HTTP/1.0":
            yield "Connection: keep-alive"


def chunks(body: bytes, size: int = CHUNK) -> Iterator[bytes]:
    """The body in the chunked transfer coding (RFC 9112, 7.1), last chunk included."""
    for start in range(0, len(body), size):
        part = body[start : start + size]
        yield b"%x\r\n%s\r\n" % (len(part), part)
    yield b"0\r\n\r\n"
