"""Connections to servers: opened to vetted addresses, kept alive, and closed cleanly.

A :class:`Wire` is one connection and carries one exchange at a time. The
:class:`Pool` keeps idle wires per :class:`Target` and caps how many are open.
What goes wrong while connecting is told as :class:`ConnectFailed`, with the class
that the exchange's metadata record names.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from dataclasses import dataclass
from typing import cast

from crawler import guard
from crawler.capture.answer import Answer
from crawler.capture.failures import Failure
from pipelines.warc.record import Tls

CLOSE_TIMEOUT = 2.0
"""Seconds to wait, when the pool closes, for the event loop to end all connections."""

MAX_REFUSAL = 1024 * 1024
"""Most bytes of the page with which a proxy may refuse a tunnel."""


class ConnectFailed(Exception):
    """No connection was made; ``failure`` says why."""

    def __init__(self, error: str, detail: str, *, ip: str | None = None) -> None:
        super().__init__(detail)
        self.failure = Failure(error=error, detail=detail, ip=ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """An http proxy. Its credentials go to the proxy only, and into no record."""

    host: str
    port: int
    authorization: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a connection leads to; connections to equal targets are interchangeable."""

    scheme: str
    host: str
    port: int
    proxy: Proxy | None = None


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


class Pool:
    """The open connections of a crawl.

    Args:
        context: for TLS; it must verify.
        allow_loopback: see :func:`crawler.guard.refusal`.
        connect_timeout: seconds per address, TLS handshake included.
        idle_timeout: seconds after which an unused connection is closed.
        limit: most connections open at a time.
    """

    def __init__(
        self,
        *,
        context: ssl.SSLContext,
        allow_loopback: bool = False,
        connect_timeout: float = 10.0,
        idle_timeout: float = 15.0,
        limit: int = 64,
    ) -> None:
        self.slots = asyncio.Semaphore(limit)
        """Held for the length of an exchange."""
        self._context = context
        self._allow_loopback = allow_loopback
        self._connect_timeout = connect_timeout
        self._idle_timeout = idle_timeout
        self._limit = limit
        self._idle: dict[Wire, Target] = {}
        self._open: set[Wire] = set()

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
        while len(self._open) >= self._limit and self._idle:
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

    async def _connect(self, target: Target) -> Wire:
        failure: ConnectFailed | None = None
        for address in await self._addresses(target):
            try:
                return await self._connect_to(address, target)
            except ConnectFailed as error:
                if error.failure.error == "tls":
                    raise
                failure = error
        assert failure is not None
        raise failure

    async def _addresses(self, target: Target) -> tuple[str, ...]:
        """Vetted addresses of the target, or those of the proxy, which the user chose."""
        host, port, proxy = target.host, target.port, target.proxy
        try:
            if proxy is None:
                return await guard.resolve(host, port, allow_loopback=self._allow_loopback)
            await guard.vet_literal(host, port, allow_loopback=self._allow_loopback)
            return (proxy.host,)
        except guard.AddressRefused as error:
            raise ConnectFailed("guard", str(error)) from error
        except socket.gaierror as error:
            raise ConnectFailed("dns", f"{host} does not resolve: {error.strerror}") from error

    async def _connect_to(self, address: str, target: Target) -> Wire:
        wire = Wire()
        wire.ip = address if target.proxy is None else None
        try:
            async with asyncio.timeout(self._connect_timeout):
                await self._establish(wire, address, target)
        except ConnectFailed:
            wire.abort()
            raise
        except (OSError, ValueError) as error:
            wire.abort()
            raise _failure(error, address, target) from error
        except BaseException:
            wire.abort()
            raise
        self._open.add(wire)
        wire.closed.add_done_callback(lambda _: self._gone(wire))
        return wire

    async def _establish(self, wire: Wire, address: str, target: Target) -> None:
        loop = asyncio.get_running_loop()
        port = target.proxy.port if target.proxy else target.port
        await loop.create_connection(lambda: wire, host=address, port=port)
        if target.scheme != "https":
            return
        if target.proxy is not None:
            await _tunnel(wire, target, target.proxy)
        await _start_tls(wire, self._context, target.host.rstrip("."))


async def _start_tls(wire: Wire, context: ssl.SSLContext, host: str) -> None:
    assert wire.transport is not None
    raw = wire.transport
    try:
        secured = await asyncio.get_running_loop().start_tls(raw, wire, context, server_hostname=host)
    except BaseException:
        raw.abort()
        raise
    if secured is None:
        raise ConnectionResetError("closed during the TLS handshake")
    wire.transport = secured
    wire.tls = _tls(secured.get_extra_info("ssl_object"), context)


def _tls(connection: ssl.SSLObject, context: ssl.SSLContext) -> Tls:
    cipher = connection.cipher()
    return Tls(
        version=connection.version() or "unknown",
        cipher=cipher[0] if cipher else "unknown",
        certificate_sha256=hashlib.sha256(connection.getpeercert(binary_form=True) or b"").hexdigest(),
        verified=context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname,
    )


async def _tunnel(wire: Wire, target: Target, proxy: Proxy) -> None:
    """Ask the proxy for a tunnel (CONNECT, RFC 9110, 9.3.6)."""
    name = f"[{target.host}]" if ":" in target.host else target.host
    authority = f"{name}:{target.port}".encode("ascii")
    lines = [b"CONNECT " + authority + b" HTTP/1.1", b"Host: " + authority]
    if proxy.authorization:
        lines.append(b"Proxy-Authorization: " + proxy.authorization)
    answer = Answer("CONNECT", max_size=MAX_REFUSAL)
    wire.ask(b"\r\n".join(lines) + b"\r\n\r\n", answer)
    await answer.finished
    wire.leave()
    wire.uses = 0
    reader = answer.reader
    status = reader.head.status if reader.head else None
    if not reader.complete or status is None or not 200 <= status < 300 or reader.surplus:
        said = f"answered {status}" if status else "gave no answer that can be read"
        raise ConnectFailed("proxy", f"the proxy {proxy.host}:{proxy.port} {said} to CONNECT")


def _failure(error: OSError | ValueError, address: str, target: Target) -> ConnectFailed:
    """The class of a failure to connect. TLS failures are never mistaken for another class."""
    where = f"{target.host}:{target.port}"
    if target.proxy is not None and not isinstance(error, ssl.SSLError):
        there = f"{target.proxy.host}:{target.proxy.port}"
        return ConnectFailed("proxy", f"no connection to {where} through the proxy {there}: {error}")
    ip = address if target.proxy is None else None
    if isinstance(error, ssl.SSLError) or not isinstance(error, OSError):
        return ConnectFailed("tls", f"TLS with {where} failed: {error}", ip=ip)
    if isinstance(error, TimeoutError):
        return ConnectFailed("timeout", f"{where} ({address}) did not accept in time", ip=ip)
    if isinstance(error, ConnectionRefusedError):
        return ConnectFailed("refused", f"{where} ({address}) refused the connection", ip=ip)
    if isinstance(error, ConnectionError):
        return ConnectFailed("disconnect", f"{where} ({address}) closed while connecting: {error}", ip=ip)
    return ConnectFailed("unreachable", f"{where} ({address}) cannot be reached: {error.strerror}", ip=ip)
