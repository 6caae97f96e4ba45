"""Where an HTTP/1.1 answer ends: an incremental, lenient response reader.

The bytes are the evidence, whatever the reader thinks of them: every byte fed is
kept in :attr:`ResponseReader.received`, and the reader only says where interim
answers, the final answer and surplus bytes begin and end (RFC 9112, 6.3), and
whether the answer is complete. What a head says is understood by the same function
that reads stored records (:func:`pipelines.warc.message.http_view`), so that a crawl
and a rebuild cannot differ. Line ends may be CRLF or LF.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.capture.framing import body_framing, tokens
from pipelines.warc.message import HttpView, http_view

MAX_HEAD = 256 * 1024
"""Most bytes of one head (status line and headers), or of one trailer section."""
MAX_LINE = 64 * 1024
"""Most bytes of one line."""

_HEAD_END = re.compile(rb"\n\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?", re.S)


class ResponseReader:
    """Reads the answer to one request from the bytes of a connection.

    Feed it all that is received with :meth:`feed`, and tell it by :meth:`end` that the
    connection has ended. It never raises on any bytes.

    Args:
        method: of the request; answers to HEAD, and 2xx to CONNECT, have no body.
    """

    def __init__(self, method: str = "GET") -> None:
        self.received = bytearray()
        """Every byte fed, as it came."""
        self.head: HttpView | None = None
        """The final answer's head, once it was read."""
        self.framing: str | None = None
        """What ends the body: ``none``, ``length``, ``chunked``, ``close``."""
        self.expected: int | None = None
        """Length of the body in bytes, where the head tells it."""
        self.complete = False
        """Whether the answer came to its end."""
        self.problem: str | None = None
        """Why the bytes are no answer that can be read; ``None`` where they are."""
        self.truncated = False
        """Whether the connection ended before the answer did."""
        self._method = method
        self._starts = [0]
        self._at = 0
        self._scanned = 0
        self._until = 0
        self._body_at = 0
        self._fresh: list[bytes] = []
        self._step: Callable[[], bool] = self._skip_blank_lines

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.complete or self.truncated or self._step == self._stop

    @property
    def keep_alive(self) -> bool:
        """Whether the connection can carry another exchange (RFC 9112, 9.3)."""
        if not self.complete or self.head is None or self.framing == "close" or self.surplus:
            return False
        options = tokens(self.head, "connection")
        if "close" in options or self.head.status == 101:
            return False
        if self.head.transfer_coded and self.head.get("content-length") is not None:
            return False
        return self.head.version not in ("0.9", "1.0") or "keep-alive" in options

    @property
    def interim(self) -> tuple[bytes, ...]:
        """The 1xx answers before the final one, each as received."""
        pairs = zip(self._starts, self._starts[1:], strict=False)
        return tuple(bytes(self.received[start:stop]) for start, stop in pairs)

    @property
    def response(self) -> bytes:
        """The final answer, from its status line to its last byte, as received."""
        return bytes(self.received[self._starts[-1] : self._end])

    @property
    def surplus(self) -> bytes:
        """Bytes that came after the answer's end."""
        return bytes(self.received[self._end :])

    @property
    def body_received(self) -> int:
        """Bytes of the body received so far, chunk sizes and the like included."""
        return self._end - self._body_at

    def feed(self, data: bytes) -> bytes:
        """Take what was received. Returns the bytes of the entity body in it, without
        transfer coding."""
        self.received += data
        while self._step():
            pass
        fresh, self._fresh = self._fresh, []
        return b"".join(fresh)

    def end(self, *, clean: bool = True) -> None:
        """The connection has ended, by the server's closing it or (not ``clean``) by a reset."""
        if self.finished:
            return
        closes = clean and self._step == self._read_to_close
        if closes and not self.problem:
            self._finish()
            return
        self.truncated = not closes and len(self.received) > self._starts[-1]
        self._step = self._stop

    @property
    def _end(self) -> int:
        return self._at if self.complete else len(self.received)

    def _stop(self) -> bool:
        return False

    def _finish(self) -> bool:
        self.complete = True
        self._step = self._stop
        return False

    def _fail(self, problem: str) -> bool:
        self.problem = problem
        self._step = self._stop
        return False

    def _skip_blank_lines(self) -> bool:
        """Blank lines before a status line are tolerated (RFC 9112, 2.2). They are kept
        with what came before, since the final answer begins at its status line."""
        start = self._at
        while self._at < len(self.received) and self.received[self._at] in b"\r\n":
            self._at += 1
        if self._at > start and len(self._starts) == 1:
            self._starts.append(self._at)
        self._starts[-1] = self._at
        if self._at == len(self.received):
            return False
        self._scanned = self._at
        self._step = self._read_head
        return True

    def _read_head(self) -> bool:
        if not b"http/".startswith(bytes(self.received[self._at : self._at + 5]).lower()):
            return self._no_status_line()
        end = _HEAD_END.search(self.received, self._scanned)
        size = (end.end() if end else len(self.received)) - self._at
        if size > MAX_HEAD:
            return self._fail(f"a head of more than {MAX_HEAD} bytes")
        if end is None:
            self._scanned = max(self._at, len(self.received) - 2)
            return False
        block = bytes(self.received[self._at : end.end()])
        head = http_view(block)
        if head.status is None or head.status < 100:
            return self._no_status_line()
        if max(map(len, block.split(b"\n"))) > MAX_LINE:
            return self._fail(f"a header line of more than {MAX_LINE} bytes")
        self._at = end.end()
        return self._interim() if head.status < 200 and head.status != 101 else self._final(head)

    def _no_status_line(self) -> bool:
        self.problem = "no status line"
        self.framing = "close"
        self._body_at = self._at
        self._step = self._read_to_close
        return True

    def _interim(self) -> bool:
        self._starts.append(self._at)
        self._step = self._skip_blank_lines
        return True

    def _final(self, head: HttpView) -> bool:
        self.head = head
        self._body_at = self._at
        self.framing, self.expected, self.problem = body_framing(self._method, head)
        if self.framing == "none" or self.expected == 0:
            return self._finish()
        self._until = self._at + (self.expected or 0)
        self._step = {
            "length": self._read_counted,
            "chunked": self._read_chunk_size,
            "close": self._read_to_close,
        }[self.framing]
        return True

    def _take(self, stop: int) -> None:
        if stop > self._at:
            self._fresh.append(bytes(self.received[self._at : stop]))
            self._at = stop

    def _read_counted(self) -> bool:
        self._take(min(self._until, len(self.received)))
        return self._finish() if self._at == self._until else False

    def _read_to_close(self) -> bool:
        self._take(len(self.received))
        return False

    def _line(self) -> bytes | None:
        """The next whole line without its end; ``None`` (or a problem) where there is none."""
        stop = self.received.find(b"\n", self._scanned)
        if (stop if stop >= 0 else len(self.received)) - self._at > MAX_LINE:
            self._fail(f"a line of more than {MAX_LINE} bytes in the chunked body")
            return None
        if stop < 0:
            self._scanned = len(self.received)
            return None
        line = bytes(self.received[self._at : stop])
        self._at = self._scanned = stop + 1
        return line.removesuffix(b"\r")

    def _read_chunk_size(self) -> bool:
        self._scanned = max(self._scanned, self._at)
        line = self._line()
        if line is None:
            return False
        size = _CHUNK.fullmatch(line)
        if size is None:
            return self._fail(f"no chunk size: {line[:40]!r}")
        self._until = self._at + int(size[1], 16)
        self._step = self._read_chunk if self._until > self._at else self._read_trailer
        return True

    def _read_chunk(self) -> bool:
        self._take(min(self._until, len(self.received)))
        if self._at < self._until:
            return False
        self._scanned = self._at
        self._step = self._read_chunk_end
        return True

    def _read_chunk_end(self) -> bool:
        line = self._line()
        if line is None:
            return False
        if line:
            return self._fail(f"a chunk longer than its size: {line[:40]!r}")
        self._step = self._read_chunk_size
        return True

    def _read_trailer(self) -> bool:
        self._scanned = max(self._scanned, self._at)
        if self._at - self._until > MAX_HEAD:
            return self._fail(f"trailers of more than {MAX_HEAD} bytes")
        line = self._line()
        if line is None:
            return False
        return True if line else self._finish()
