"""The open connections of a crawl: kept alive, capped, and closed cleanly."""

from __future__ import annotations

import asyncio

from crawler.capture.connecting import Connector, Target
from crawler.capture.wire import Wire

CLOSE_TIMEOUT = 2.0
"""Seconds to wait, when the pool closes, for the event loop to end all connections."""


class Pool:
    """The open connections of a crawl.

    Args:
        connector: makes new ones.
        idle_timeout: seconds after which an unused connection is closed.
        limit: most connections open at a time.
    """

    def __init__(self, connector: Connector, *, idle_timeout: float = 15.0, limit: int = 64) -> None:
        self.slots = asyncio.Semaphore(limit)
        """Held for the length of an exchange."""
        self._connector = connector
        self._idle_timeout = idle_timeout
        self._limit = limit
        self._idle: dict[Wire, Target] = {}
        self._open: set[Wire] = set()
        self._connecting = 0

    async def acquire(self, target: Target, *, fresh: bool = False) -> Wire:
        """A connection to ``target``: an idle one, the youngest first, unless ``fresh``.

        Raises:
            ConnectFailed: none could be made.
        """
        if not fresh:
            for wire in [w for w, t in reversed(self._idle.items()) if t == target]:
                self._unidle(wire)
                if wire.usable:
                    return wire
        while len(self._open) + self._connecting >= self._limit and self._idle:
            oldest = next(iter(self._idle))
            self._unidle(oldest)
            self._drop(oldest)
        return await self._connect(target)

    def release(self, wire: Wire, target: Target, *, keep: bool) -> None:
        """Give a connection back, to be kept alive or closed."""
        wire.leave()
        if not (keep and wire.usable):
            self._drop(wire)
            return
        self._idle[wire] = target
        loop = asyncio.get_running_loop()
        wire.expiry = loop.call_later(self._idle_timeout, self._expire, wire)

    async def close(self) -> None:
        """Close all connections, and wait until they are."""
        wires = list(self._open)
        for wire in wires:
            self._unidle(wire)
            self._drop(wire)
        if wires:
            await asyncio.wait([wire.closed for wire in wires], timeout=CLOSE_TIMEOUT)

    async def _connect(self, target: Target) -> Wire:
        self._connecting += 1
        try:
            wire = await self._connector.connect(target)
        finally:
            self._connecting -= 1
        self._open.add(wire)
        wire.closed.add_done_callback(lambda _: self._gone(wire))
        return wire

    def _unidle(self, wire: Wire) -> None:
        self._idle.pop(wire, None)
        if wire.expiry is not None:
            wire.expiry.cancel()
            wire.expiry = None

    def _expire(self, wire: Wire) -> None:
        self._unidle(wire)
        self._drop(wire)

    def _drop(self, wire: Wire) -> None:
        wire.abort()
        self._open.discard(wire)

    def _gone(self, wire: Wire) -> None:
        self._unidle(wire)
        self._open.discard(wire)
