"""The bytes of one answer as they come, and when to stop waiting for more."""

from __future__ import annotations

import asyncio
from typing import Protocol

from crawler.capture.failures import Failure
from crawler.capture.http1 import ResponseReader
from pipelines.warc.message import HttpView


class Watcher(Protocol):
    """Who is told while an answer comes. Returning ``True`` stops the download."""

    def on_head(self, head: HttpView, expected: int | None) -> bool:
        """The final head was read; ``expected`` is the body's length where it is told."""

    def on_body(self, data: bytes) -> bool:
        """Bytes of the entity body came, transfer coding removed."""


class Answer:
    """Collects one answer from a connection.

    Args:
        method: of the request.
        max_size: most bytes of a body as sent; 0 means no limit. What was received
            when the limit is passed is kept, so the answer may be longer by one read.
        watcher: told of head and body, if given.
    """

    def __init__(self, method: str, *, max_size: int, watcher: Watcher | None = None) -> None:
        self.reader = ResponseReader(method)
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when nothing more is waited for, for whatever reason."""
        self.failure: Failure | None = None
        """``disconnect``, ``protocol``, ``length`` or ``cancelled``; ``None`` for a whole answer."""
        self._max_size = max_size
        self._watcher = watcher
        self._told_head = False

    def received(self, data: bytes) -> None:
        """Take bytes of the connection. After the end of the answer they are surplus."""
        body = self.reader.feed(data)
        if self.finished.done():
            return
        if self._stopped(body):
            self._fail("cancelled", "stopped by a handler of headers_received or bytes_received")
        elif self._too_long():
            self._fail("length", f"the body is longer than {self._max_size} bytes")
        elif self.reader.finished:
            self._conclude()

    def ended(self, error: Exception | None) -> None:
        """The connection has ended; ``error`` where it broke."""
        if self.finished.done():
            return
        self.reader.end(clean=error is None)
        if not self.reader.complete and not self.reader.problem:
            how = "came to its end" if self.reader.received else "began"
            self._fail("disconnect", f"the connection ended before the answer {how}")
        else:
            self._conclude()

    def _conclude(self) -> None:
        if self.reader.problem:
            self._fail("protocol", f"the answer cannot be read: {self.reader.problem}")
        else:
            self.finished.set_result(None)

    def _fail(self, error: str, detail: str) -> None:
        self.failure = Failure(error=error, detail=detail)
        self.finished.set_result(None)

    def _stopped(self, body: bytes) -> bool:
        if self._watcher is None:
            return False
        stop = False
        if self.reader.head is not None and not self._told_head:
            self._told_head = True
            stop = self._watcher.on_head(self.reader.head, self.reader.expected)
        if body and not stop:
            stop = self._watcher.on_body(body)
        return stop

    def _too_long(self) -> bool:
        return 0 < self._max_size < max(self.reader.body_received, self.reader.expected or 0)
