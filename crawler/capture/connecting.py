"""How a connection is made: to a vetted address, over TLS that is verified, through a proxy.

What goes wrong is told as :class:`ConnectFailed`, with the class of failure that the
exchange's metadata record names.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crawler import guard
from crawler.capture.answer import Answer
from crawler.capture.failures import Failure
from crawler.capture.wire import Wire
from pipelines.errors import shortage
from pipelines.tls_exception import TlsException
from pipelines.urls import host
from pipelines.warc.record import Tls

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Makes connections."""

    context: ssl.SSLContext
    """For TLS; it must verify."""
    allow_loopback: bool = False
    """See :func:`crawler.guard.refusal`."""
    timeout: float = 10.0
    """Seconds per address, proxy and TLS handshake included."""
    exceptions: tuple[TlsException, ...] = ()
    """Hosts whose certificate is known by its digest."""

    async def connect(self, target: Target) -> Wire:
        """A new connection to ``target``, over the first of its addresses that accepts.

        Raises:
            ConnectFailed: none did, none may be connected to, or TLS failed.
        """
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
                return await guard.resolve(host, port, allow_loopback=self.allow_loopback)
            await guard.vet_literal(host, port, allow_loopback=self.allow_loopback)
            return (proxy.host,)
        except guard.AddressRefused as error:
            raise ConnectFailed("guard", str(error)) from error
        except socket.gaierror as error:
            raise ConnectFailed("dns", f"{host} does not resolve: {error.strerror}") from error
        except OSError as error:
            if short := shortage(error):  # no file is left to be opened
                raise short from error
            raise

    async def _connect_to(self, address: str, target: Target) -> Wire:
        wire = Wire()
        wire.ip = address if target.proxy is None else None
        try:
            async with asyncio.timeout(self.timeout):
                await self._establish(wire, address, target)
        except ConnectFailed:
            wire.abort()
            raise
        except (OSError, ValueError) as error:
            wire.abort()
            if short := shortage(error):  # ours, and nothing that is to be said of the host
                raise short from error
            raise _failure(error, address, target) from error
        except BaseException:
            wire.abort()
            raise
        return wire

    async def _establish(self, wire: Wire, address: str, target: Target) -> None:
        loop = asyncio.get_running_loop()
        port = target.proxy.port if target.proxy else target.port
        await loop.create_connection(lambda: wire, host=address, port=port)
        if target.scheme != "https":
            return
        if target.proxy is not None:
            await _tunnel(wire, target, target.proxy)
        exception = self._exception(target)
        context = self.context if exception is None else _unverified()
        await _start_tls(wire, context, target.host.rstrip("."))
        if exception is not None:
            _check_pin(wire, exception)

    def _exception(self, target: Target) -> TlsException | None:
        written = f"[{target.host}]" if ":" in target.host else target.host
        name = host(f"{target.scheme}://{written}:{target.port}/")
        return next((e for e in self.exceptions if e.host == name), None)


def _unverified() -> ssl.SSLContext:
    """A context that asks no authority: only for a host whose certificate is then compared."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context


def _check_pin(wire: Wire, exception: TlsException) -> None:
    """Raises ConnectFailed, before anything is sent, where the certificate is not the excepted one."""
    assert wire.tls is not None
    refusal = exception.refuses(wire.tls.certificate_sha256, datetime.now(UTC))
    if refusal is not None:
        raise ConnectFailed("tls", refusal, ip=wire.ip)
    wire.tls = replace(wire.tls, pinned=True)


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
