"""One attempt to fetch one address: what is sent, what comes, and what went wrong.

:func:`attempt` never raises for anything a server or a network does; it returns an
:class:`~pipelines.warc.record.Exchange`, which holds the bytes and says what failed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from crawler.capture.answer import Answer, Watcher
from crawler.capture.connecting import ConnectFailed, Proxy, Target
from crawler.capture.connections import Pool
from crawler.capture.failures import Failure
from crawler.capture.wire import Wire
from pipelines.urls import without_fragment
from pipelines.warc.record import Exchange

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRUNCATED = {
    "timeout": "time",
    "cancelled": "disconnect",
    "disconnect": "disconnect",
    "length": "length",
}
_MAX_DETAIL = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request as it will be sent."""

    url: str
    """The address asked, verbatim but for a fragment."""
    method: str
    target: Target
    sent: bytes
    """The request as sent."""
    recorded: bytes
    """The request as recorded: as sent, without a proxy's credentials."""
    timeout: float
    """Seconds for the whole attempt, from name look-up to last byte."""
    max_size: int
    """Most bytes of the answer's body as sent; 0 means no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An exchange, and whether it failed only because a kept connection was closed."""

    exchange: Exchange
    stale: bool = False
    """The server had closed the connection before it saw the request; nothing came."""
    cancelled: bool = False
    """The task was cancelled: whoever stores the exchange must let the cancellation go on."""


def build_ask(
    url: str,
    headers: Sequence[tuple[bytes, bytes]],
    *,
    method: str = "GET",
    proxy: Proxy | None = None,
    timeout: float,
    max_size: int,
) -> Ask:
    """Write a request, exactly: request line, Host, the given headers in their order, Connection.

    Behind an http proxy a plain request carries the whole address in its first line
    (absolute-form, RFC 9112, 3.2.2) and the proxy's credentials, which are not recorded.

    Raises:
        ValueError: a header holds a line break or NUL, or the address has no host.
    """
    url = without_fragment(url)
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(f"an address without a host: {url}")
    host = _ascii_host(parts.hostname)
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    name = f"[{host}]" if ":" in host else host
    authority = name if port == _DEFAULT_PORTS[parts.scheme] else f"{name}:{port}"
    plain_proxy = proxy is not None and parts.scheme == "http"
    prefix = f"http://{authority}" if plain_proxy else ""
    lines = [f"{method} {prefix}{_origin_form(url, parts.netloc)} HTTP/1.1".encode("ascii")]
    lines += [b"Host: " + authority.encode("ascii")]
    lines += [_header_line(key, value) for key, value in headers]
    lines += [b"Connection: keep-alive"]
    recorded = b"\r\n".join([*lines, b"", b""])
    if plain_proxy and proxy is not None and proxy.authorization:
        lines.append(_header_line(b"Proxy-Authorization", proxy.authorization))
    return Ask(
        url=url, method=method, target=Target(scheme=parts.scheme, host=host, port=port, proxy=proxy),
        sent=b"\r\n".join([*lines, b"", b""]), recorded=recorded, timeout=timeout, max_size=max_size,
    )  # fmt: skip


async def attempt(pool: Pool, ask: Ask, *, fresh: bool = False, watcher: Watcher | None = None) -> Attempt:
    """Ask once, over a kept or (``fresh``) a new connection."""
    async with pool.slots:
        start = _Start(at=datetime.now(UTC), clock=time.monotonic())
        answer = Answer(ask.method, max_size=ask.max_size, watcher=watcher)
        wire: Wire | None = None
        failure: Failure | None = None
        cancelled = False
        try:
            async with asyncio.timeout(ask.timeout):
                wire = await pool.acquire(ask.target, fresh=fresh)
                wire.ask(ask.sent, answer)
                await answer.finished
        except ConnectFailed as error:
            failure = error.failure
        except TimeoutError:
            failure = Failure(error="timeout", detail=f"not answered in {ask.timeout:g} seconds")
        except asyncio.CancelledError:
            failure, cancelled = Failure(error="cancelled", detail="the run was stopped"), True
        failure = failure or answer.failure
        exchange = _exchange(ask, start, wire, answer, failure)
        stale = _is_stale(wire, answer)
        if wire is not None:
            pool.release(wire, ask.target, keep=failure is None and answer.reader.keep_alive)
        return Attempt(exchange=exchange, stale=stale, cancelled=cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    at: datetime
    clock: float


def _exchange(
    ask: Ask, start: _Start, wire: Wire | None, answer: Answer, failure: Failure | None
) -> Exchange:
    """The bytes and facts of an attempt that has come to its end."""
    reader = answer.reader
    response = reader.response
    error = failure.error if failure else None
    cut = _TRUNCATED.get(error or "", "disconnect" if reader.truncated else None)
    return Exchange(
        url=ask.url,
        started_at=start.at,
        request=ask.recorded if wire else b"",
        interim=reader.interim,
        response=response,
        surplus=reader.surplus,
        truncated=cut if response and not reader.complete else None,
        error=error,
        detail=failure.detail[:_MAX_DETAIL] if failure else None,
        ip=wire.ip if wire else failure.ip if failure else None,
        tls=wire.tls if wire else None,
        duration_ms=round((time.monotonic() - start.clock) * 1000),
    )


def _is_stale(wire: Wire | None, answer: Answer) -> bool:
    """Whether a kept connection had been closed by the server before it saw the request:
    it ended without a single byte of an answer (RFC 9112, 9.3.1)."""
    if wire is None or wire.uses < 2 or answer.failure is None:
        return False
    return answer.failure.error == "disconnect" and not answer.reader.received


def _ascii_host(host: str) -> str:
    """A host name for the wire: what is not ASCII in its IDNA form, where it has one."""
    try:
        return host.encode("ascii").decode()
    except UnicodeEncodeError:
        pass
    try:
        return host.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"no valid host name: {host}") from error


def _origin_form(url: str, netloc: str) -> str:
    """Path and query, verbatim; only what cannot stand in a request line is escaped."""
    rest = url.partition("://")[2][len(netloc) :]
    target = rest if rest.startswith("/") else "/" + rest
    return quote(target, safe="!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~", errors="replace")


def _header_line(name: bytes, value: bytes) -> bytes:
    if any(byte in b"\r\n\0" for byte in name + value):
        raise ValueError(f"a line break or NUL in the request header {name!r}")
    return name + b": " + value
