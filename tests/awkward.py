"""Awkward exchanges: what a server sends, and what capture must make of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.rawserver import CLOSE, HANG, RESET, Script, Step, chunked, plain

OK = b"HTTP/1.1 200 OK\r\n"
MAX_SIZE = 400_000


@dataclass(frozen=True, kw_only=True)
class Case:
    """One awkward exchange."""

    steps: Sequence[Step]
    body: bytes | None = None
    """What the spider gets, decoded; ``None`` where it gets no answer."""
    status: int = 200
    error: str | None = None
    """Class of failure."""
    truncated: str | None = None
    flags: list[str] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    stops: bool = False
    """Whether capture stops listening while the server still sends."""
    kept: bool = False
    """Whether the connection carries the next request as well."""


def _cut(data: bytes, step: int = 1) -> list[Step]:
    """The bytes in small pieces, each its own packet as far as the system lets it."""
    pieces: list[Step] = []
    for at in range(0, len(data), step):
        pieces += [data[at : at + step], 0.0005]
    return pieces


PAGE = b"<html><title>M\xc6\xb0a l\xe1\xbb\x9bn</title></html>"
CUT = gzip.compress(PAGE, mtime=0)[:-12]
CASES: dict[str, Case] = {
    "odd_case_and_order": Case(
        steps=[b"HTTP/1.1 200 OK\r\nx-B: 2\r\ncOnTeNt-LENGTH: 3\r\nX-a: 1\r\nSERVER:x\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "duplicate_headers": Case(
        steps=[OK + b"Set-Cookie: a=1\r\nset-cookie: b=2\r\nSet-Cookie: a=1\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "folded_header": Case(
        steps=[OK + b"X-Long: one\r\n two\r\n\tthree\r\nContent-Length:\r\n 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "line_without_colon": Case(
        steps=[OK + b"this line has none\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "space_before_colon": Case(steps=[OK + b"Content-Length : 3\r\n\r\nabc"], body=b"abc", kept=True),
    "latin1_reason": Case(
        steps=[b"HTTP/1.1 200 Tr\xe8s bien\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "no_reason": Case(steps=[b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc"], body=b"abc", kept=True),
    "status_999": Case(
        steps=[b"HTTP/1.1 999 No\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        status=999,
        kept=True,
        meta={"handle_httpstatus_all": True},
    ),
    "extensions_and_trailers": Case(
        steps=[
            OK + b'Transfer-Encoding: chunked\r\n\r\n3;a="x;y"\r\nabc\r\n0002 ; b\r\nde\r\n0;last\r\n'
            b"X-Sum: 1\r\nExpires: never\r\n\r\n"
        ],
        body=b"abcde",
        kept=True,
    ),
    "chunked_in_capitals": Case(
        steps=[OK + b"TRANSFER-ENCODING: Chunked\r\n\r\n" + chunked(b"abc", b"d" * 300)],
        body=b"abc" + b"d" * 300,
        kept=True,
    ),
    "chunks_with_bare_line_feeds": Case(
        steps=[OK + b"Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n"],
        body=b"abc",
        kept=True,
    ),
    "bare_line_feeds": Case(steps=[b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc"], body=b"abc", kept=True),
    "gzip_and_chunked": Case(
        steps=[
            OK
            + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunked(gzip.compress(PAGE, mtime=0)[:20], gzip.compress(PAGE, mtime=0)[20:])
        ],
        body=PAGE,
        kept=True,
    ),
    "gzip_that_is_none": Case(
        steps=[plain(PAGE, b"Content-Encoding: gzip")],
        body=PAGE,
        flags=["undecodable"],
        kept=True,
    ),
    "gzip_cut_short": Case(
        steps=[plain(CUT, b"Content-Encoding: gzip")],
        body=zlib.decompressobj(31).decompress(CUT),
        flags=["truncated"],
        kept=True,
    ),
    "http10_until_close": Case(steps=[b"HTTP/1.0 200 OK\r\n\r\n", PAGE, CLOSE], body=PAGE),
    "http10_kept_alive": Case(
        steps=[b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "one_byte_at_a_time": Case(
        steps=_cut(
            OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(b"abc", b"def", trailers=b"T: u\r\n")
        ),
        body=b"abcdef",
        kept=True,
    ),
    "interim_answers": Case(
        steps=[
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n",
            0.02,
            plain(b"abc"),
        ],
        body=b"abc",
        kept=True,
    ),
    "blank_lines_before": Case(steps=[b"\r\n\r\n" + plain(b"abc")], body=b"abc", kept=True),
    "surplus_bytes": Case(
        steps=[plain(b"abc") + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"], body=b"abc"
    ),
    "surplus_after_204": Case(steps=[b"HTTP/1.1 204 No Content\r\n\r\nabc"], body=b"", status=204),
    "not_modified": Case(
        steps=[b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 300\r\n\r\n'],
        body=b"",
        status=304,
        kept=True,
        meta={"handle_httpstatus_all": True},
    ),
    "switching_protocols": Case(
        steps=[b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"],
        body=b"",
        status=101,
        meta={"handle_httpstatus_all": True},
    ),
    "both_lengths": Case(
        steps=[OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"abc")],
        body=b"abc",
    ),
    "the_same_length_twice": Case(
        steps=[OK + b"Content-Length: 3\r\nContent-Length: 3, 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "two_lengths": Case(
        steps=[OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", CLOSE],
        error="protocol",
    ),
    "negative_length": Case(steps=[OK + b"Content-Length: -3\r\n\r\nabc", CLOSE], error="protocol"),
    "no_chunk_size": Case(steps=[OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"], error="protocol"),
    "chunk_too_long": Case(
        steps=[OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n"], error="protocol"
    ),
    "http09": Case(steps=[PAGE, CLOSE], error="protocol"),
    "no_status": Case(steps=[b"HTTP/1.1 fine\r\n\r\nabc", CLOSE], error="protocol"),
    "long_header": Case(
        steps=[OK + b"X-Long: " + b"a" * 20_000 + b"\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "endless_header": Case(steps=[OK + b"X-Long: " + b"a" * 300_000], error="protocol", stops=True),
    "many_headers": Case(
        steps=[
            OK + b"".join(b"X-%d: %d\r\n" % (n, n) for n in range(2000)) + b"Content-Length: 3\r\n\r\nabc"
        ],
        body=b"abc",
        kept=True,
    ),
    "controls_and_utf8_in_headers": Case(
        steps=[OK + b"X-Nul: a\0b\r\nX-Name: \xe1\xba\xa3nh\r\nContent-Length: 3\r\n\r\nabc"],
        body=b"abc",
        kept=True,
    ),
    "empty_reply": Case(steps=[CLOSE], error="disconnect"),
    "head_cut": Case(steps=[OK + b"Content-Le", CLOSE], error="disconnect", truncated="disconnect"),
    "length_too_long": Case(
        steps=[OK + b"Content-Length: 500\r\n\r\n", PAGE, CLOSE],
        error="disconnect",
        truncated="disconnect",
    ),
    "last_chunk_missing": Case(
        steps=[OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", CLOSE],
        error="disconnect",
        truncated="disconnect",
    ),
    "reset_in_body": Case(
        steps=[b"HTTP/1.0 200 OK\r\n\r\n", PAGE, 0.1, RESET],
        error="disconnect",
        truncated="disconnect",
    ),
    "only_interim": Case(steps=[b"HTTP/1.1 100 Continue\r\n\r\n", CLOSE], error="disconnect"),
    "slow_body": Case(
        steps=[OK + b"Content-Length: 500\r\n\r\n", PAGE, HANG],
        error="timeout",
        truncated="time",
        meta={"download_timeout": 0.4},
    ),
    "accept_and_hang": Case(steps=[HANG], error="timeout", meta={"download_timeout": 0.4}),
    "drip_for_ever": Case(
        steps=[OK + b"Content-Length: 500\r\n\r\n", *([b"x", 0.05] * 40), HANG],
        error="timeout",
        truncated="time",
        meta={"download_timeout": 0.5},
        stops=True,
    ),
    "said_to_be_too_long": Case(
        steps=[OK + b"Content-Length: 999999999999\r\n\r\nabc"],
        error="length",
        truncated="length",
    ),
    "endless_body": Case(
        steps=[OK + b"\r\n", *[b"x" * 200_000] * 3, HANG],
        error="length",
        truncated="length",
        stops=True,
    ),
}

NEXT: Script = [plain(b"next", b"Connection: close")]
