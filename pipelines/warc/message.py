"""One HTTP/1.x answer, read from the bytes of a response block.

Lenient on purpose: the bytes are the evidence whatever a reader thinks of
them, so nothing here raises. It says where the payload lies and whether it is
whole. Rules: RFC 9112 (messages, chunked coding), RFC 9110 8.3 (fields).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STATUS = re.compile(rb"HTTP/(\d(?:\.\d)?)[ \t]+(\d{3})(?:[ \t]([^\r\n]*))?\r?\n?\Z", re.I)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_HEAD_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}\Z")
_NO_BODY = (204, 304)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpView:
    """What our reader makes of a response block."""

    status: int | None
    """The status code; ``None`` where the block does not begin with a readable status line."""
    version: str | None
    """``1.1``, ``1.0`` …; ``None`` without a status line."""
    reason: str | None
    """The reason phrase as sent, read as ISO-8859-1."""
    headers: tuple[tuple[str, str], ...]
    """Fields in order as sent, read as ISO-8859-1, folded lines joined by one
    space; lines without a colon are left out."""
    payload: bytes
    """The entity: transfer coding removed, content coding still on. Without a
    status line, the whole block."""
    transfer_coded: bool
    """Whether the answer names a transfer coding, so that ``payload`` may differ from the bytes sent."""
    head_length: int
    """Bytes up to and with the empty line that ends the head; 0 where there is none."""
    complete: bool
    """Head ended, and the payload is as long as the head, or the last chunk, says.
    An answer that only closing the connection ends is complete as far as its bytes show."""

    def get(self, name: str) -> str | None:
        """The first value of a field, or ``None``. Names compare without case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def http_view(block: bytes) -> HttpView:
    """Read the block of a response record. Never raises."""
    line = block[: block.find(b"\n") + 1] or block
    match = _STATUS.match(line)
    if match is None:
        return HttpView(
            status=None, version=None, reason=None, headers=(), payload=block,
            transfer_coded=False, head_length=0, complete=False,
        )  # fmt: skip
    end = _head_end(block)
    headers = parse_headers(block[len(line) : end or len(block)])
    coded = any(name.lower() == "transfer-encoding" for name, _ in headers)
    status = int(match[2])
    payload, complete = _payload(block[end:] if end else b"", status, headers)
    return HttpView(
        status=status, version=match[1].decode(), reason=(match[3] or b"").decode("latin-1").strip(),
        headers=headers, payload=payload, transfer_coded=coded, head_length=end,
        complete=complete and end > 0,
    )  # fmt: skip


def parse_headers(lines: bytes) -> tuple[tuple[str, str], ...]:
    """Field lines after the status line, as (name, value) in order."""
    fields: list[tuple[str, str]] = []
    for raw in lines.decode("latin-1").split("\n"):
        line = raw.removesuffix("\r")
        if line[:1] in (" ", "\t"):
            if fields and line.strip(" \t"):
                name, value = fields[-1]
                fields[-1] = (name, f"{value} {line.strip(' ' + chr(9))}".strip())
            continue
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(" \t"), value.strip(" \t")))
    return tuple(fields)


def dechunk(data: bytes) -> tuple[bytes, bool]:
    """Remove the chunked coding (RFC 9112, 7.1). Returns the payload up to the
    first fault or the end, and whether the last chunk and its trailer were there."""
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK.match(data, at):
        size, at = int(match[1], 16), match.end()
        if size == 0:
            return b"".join(pieces), _trailer_ends(data, at)
        pieces.append(data[at : at + size])
        at += size
        if data[at : at + 2] == b"\r\n":
            at += 2
        elif data[at : at + 1] == b"\n":
            at += 1
        else:
            break
    return b"".join(pieces), False


def _head_end(block: bytes) -> int:
    """Offset after the first empty line, 0 where there is none."""
    match = _HEAD_END.search(block)
    return match.end() if match else 0


def _trailer_ends(data: bytes, at: int) -> bool:
    return data.startswith((b"\r\n", b"\n"), at) or _HEAD_END.search(data, at) is not None


def _payload(body: bytes, status: int, headers: tuple[tuple[str, str], ...]) -> tuple[bytes, bool]:
    codings = [v.lower() for k, v in headers if k.lower() == "transfer-encoding"]
    if status < 200 or status in _NO_BODY:
        return body, True
    if codings:
        last = codings[-1].rsplit(",", 1)[-1].strip()
        return dechunk(body) if last == "chunked" else (body, True)
    lengths = {part.strip() for k, v in headers if k.lower() == "content-length" for part in v.split(",")}
    if not lengths:
        return body, True
    length = lengths.pop()
    return body, not lengths and bool(_LENGTH.match(length)) and len(body) >= int(length)
