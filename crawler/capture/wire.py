"""One connection to a server, which carries one exchange at a time."""

from __future__ import annotations

import asyncio
from typing import cast

from crawler.capture.answer import Answer
from pipelines.warc.record import Tls


class Wire(asyncio.Protocol):
    """One connection. Bytes that come go to the answer that is waited for."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.ip: str | None = None
        """Address connected to; ``None`` behind a proxy."""
        self.tls: Tls | None = None
        self.uses = 0
        """Exchanges that were begun on it."""
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.expiry: asyncio.TimerHandle | None = None
        self._answer: Answer | None = None

    @property
    def usable(self) -> bool:
        """Whether another request can be written."""
        return not self.closed.done() and self.transport is not None and not self.transport.is_closing()

    def ask(self, request: bytes, answer: Answer) -> None:
        """Write a request; what comes back is fed to ``answer``."""
        assert self.transport is not None
        self.uses += 1
        self._answer = answer
        self.transport.write(request)

    def leave(self) -> None:
        """The answer is read: what comes now belongs to no exchange."""
        self._answer = None

    def abort(self) -> None:
        """Close at once. Nothing is awaited, TLS's farewell neither; an answer that was
        waited for is told that its connection ended."""
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._answer is None:
            self.abort()
        else:
            self._answer.received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        answer, self._answer = self._answer, None
        if not self.closed.done():
            self.closed.set_result(None)
        if answer is not None:
            answer.ended(exc)
