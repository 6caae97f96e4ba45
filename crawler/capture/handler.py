"""The download handler: Scrapy's way in to the capture layer.

Address → exchange → records, durable → decoded response. Whatever happens to a
request, an exchange of it is stored first, failures too (DESIGN, "Capture").

Settings:

=============================  ============================================================
CITYNEWS_SINK                  the :class:`~crawler.capture.sink.Sink`; must be set
CITYNEWS_ALLOW_LOOPBACK        whether 127.0.0.0/8 and ::1 may be connected to (no)
CITYNEWS_CA_FILE               PEM file of further certificate authorities (none)
CITYNEWS_TLS_EXCEPTIONS        hosts known by their certificate's digest (none)
CITYNEWS_CONNECT_TIMEOUT       seconds per address (10)
CITYNEWS_IDLE_TIMEOUT          seconds an unused connection is kept (15)
CITYNEWS_MAX_CONNECTIONS       most connections per scheme (64)
DOWNLOAD_TIMEOUT               seconds per attempt; ``download_timeout`` in a request's meta
DOWNLOAD_MAXSIZE               bytes per body as sent; ``download_maxsize`` in the meta
=============================  ============================================================

What a request's ``meta`` says: ``proxy``; ``pause_s`` (seconds before a second attempt);
``robots_record`` (id of a record, for the ledger); ``facts`` (pairs for the metadata record,
such as ``found_on``). What is written there: ``capture`` (:class:`pipelines.model.Capture`),
``exchange_error`` (class of the failure), ``exchange_detail`` (a sentence on it),
``download_latency``.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, NotSupported, StopDownload
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from twisted.python.failure import Failure as TwistedFailure

from crawler.capture.connecting import Connector, Proxy
from crawler.capture.connections import Pool
from crawler.capture.exchange import Attempt, attempt, build_ask
from crawler.capture.failures import exception_for
from crawler.capture.sink import Kept, Sink
from pipelines.decode import decode_content
from pipelines.errors import CitynewsError
from pipelines.model import Capture
from pipelines.urls import without_fragment
from pipelines.warc.message import HttpView, http_view
from pipelines.warc.record import Exchange

ACCEPT = b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_PASSED_ON = (b"Accept-Language", b"If-None-Match", b"If-Modified-Since")
"""Headers of a Scrapy request that are sent besides our own. Others, credentials and
cookies among them, are not: every request is recorded."""


class CaptureHandler(BaseDownloadHandler):
    """Downloads http and https addresses, and stores every exchange before it answers."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        sink = settings.get("CITYNEWS_SINK")
        if not isinstance(sink, Sink):
            raise NotConfigured("CITYNEWS_SINK must be set to a crawler.capture.sink.Sink")
        self._sink = sink
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._max_size = settings.getint("DOWNLOAD_MAXSIZE")
        self._stopping: asyncio.Task[None] | None = None
        connector = Connector(
            context=tls_context(settings.get("CITYNEWS_CA_FILE")),
            allow_loopback=settings.getbool("CITYNEWS_ALLOW_LOOPBACK"),
            timeout=settings.getfloat("CITYNEWS_CONNECT_TIMEOUT", 10.0),
            exceptions=tuple(settings.get("CITYNEWS_TLS_EXCEPTIONS") or ()),
        )
        self._pool = Pool(
            connector,
            idle_timeout=settings.getfloat("CITYNEWS_IDLE_TIMEOUT", 15.0),
            limit=settings.getint("CITYNEWS_MAX_CONNECTIONS", 64),
        )

    async def download_request(self, request: Request) -> Response:
        """Ask, store, and hand on the decoded answer.

        Raises:
            NotSupported: the method is neither GET nor HEAD, or the proxy is no http one.
            WriteFailed, DiskFull: the exchange could not be stored; the crawl is stopped.
            Exception: what :mod:`crawler.capture.failures` lists.
        """
        for key in ("capture", "repeats", "exchange_error", "exchange_detail"):
            request.meta.pop(key, None)
        watch = _Watch(self.crawler, request)
        done = await self._attempted(request, watch)
        kept = await self._kept(request, done.exchange)
        if done.cancelled:
            raise asyncio.CancelledError
        request.meta["capture"], request.meta["repeats"] = kept.capture, kept.referent is not None
        exchange = done.exchange
        if exchange.error:
            request.meta["exchange_error"], request.meta["exchange_detail"] = exchange.error, exchange.detail
        if watch.stopped is not None and kept.capture is not None:
            return _stopped(request, exchange, kept.capture, watch.stopped)
        if exchange.surplus and self._is_tried_again(request):
            raise exception_for("disconnect", "more bytes came than its Content-Length says", exchange.url)
        if exchange.error or kept.capture is None:
            raise exception_for(exchange.error or "protocol", exchange.detail, exchange.url)
        return response_of(request, http_view(exchange.response), kept.capture, ip=exchange.ip)

    def _is_tried_again(self, request: Request) -> bool:
        """Whether an answer with bytes after its end is asked for once more, since what was said to be
        its end may be none. The second one is taken as it is; so does a browser."""
        return not (request.meta.get("retry_times") or request.meta.get("dont_retry"))

    async def close(self) -> None:
        """Close all connections. The sink stays open, since another handler may use it."""
        await self._pool.close()

    async def _attempted(self, request: Request, watch: _Watch) -> Attempt:
        """The exchange that counts. One that failed only because a kept connection was
        closed meanwhile is stored by itself, and followed by another on a fresh one."""
        try:
            ask = build_ask(
                request.url,
                _headers(request),
                method=_method(request),
                proxy=_proxy(request),
                timeout=float(request.meta.get("download_timeout") or self._timeout),
                max_size=int(request.meta.get("download_maxsize", self._max_size)),
            )
        except ValueError as error:
            return Attempt(exchange=_never_sent(request, error))
        done = await attempt(self._pool, ask, watcher=watch)
        if done.stale:
            await self._kept(request, done.exchange)
            await asyncio.sleep(float(request.meta.get("pause_s", 0)))
            done = await attempt(self._pool, ask, fresh=True, watcher=watch)
        return done

    async def _kept(self, request: Request, exchange: Exchange) -> Kept:
        request.meta["download_latency"] = exchange.duration_ms / 1000
        exchange = replace(exchange, facts=tuple(request.meta.get("facts", ())))
        try:
            return await self._sink.keep(exchange, robots_record=request.meta.get("robots_record"))
        except CitynewsError:
            self._stop()
            raise

    def _stop(self) -> None:
        """End the crawl: without a place for evidence, nothing more may be asked."""
        if self._stopping is None:
            self._stopping = asyncio.create_task(self.crawler.stop_async())


class _Watch:
    """Sends the signals that Scrapy's own handlers send while an answer comes."""

    def __init__(self, crawler: Crawler, request: Request) -> None:
        self.stopped: StopDownload | None = None
        self._crawler = crawler
        self._request = request

    def on_head(self, head: HttpView, expected: int | None) -> bool:
        headers = _scrapy_headers(head)
        return self._send(signals.headers_received, headers=headers, body_length=expected)

    def on_body(self, data: bytes) -> bool:
        return self._send(signals.bytes_received, data=data)

    def _send(self, signal: object, **facts: object) -> bool:
        results = self._crawler.signals.send_catch_log(
            signal=signal, request=self._request, spider=self._crawler.spider, **facts
        )
        for _, result in results:
            if isinstance(result, TwistedFailure) and isinstance(result.value, StopDownload):
                self.stopped = result.value
                return True
        return False


def tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """The standard library's verifying context, with a further CA file where one is given."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _headers(request: Request) -> list[tuple[bytes, bytes]]:
    """The headers of a request that are sent, in order."""
    given = request.headers
    wanted = [
        (b"User-Agent", given.get(b"User-Agent")),
        (b"Accept", given.get(b"Accept") or ACCEPT),
        (b"Accept-Encoding", b"gzip"),
        *((name, given.get(name)) for name in _PASSED_ON),
    ]
    return [(name, value) for name, value in wanted if value]


def _method(request: Request) -> str:
    if request.method not in ("GET", "HEAD"):
        raise NotSupported(f"only GET and HEAD are sent, not {request.method}: {request.url}")
    return request.method


def _proxy(request: Request) -> Proxy | None:
    """The http proxy of ``meta['proxy']``, whose credentials Scrapy has put into a header."""
    address = request.meta.get("proxy")
    if not address:
        return None
    parts = urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme != "http" or not parts.hostname:
        raise NotSupported(f"only http proxies are supported, not {parts.scheme}://{parts.hostname}")
    return Proxy(
        host=parts.hostname,
        port=parts.port or 80,
        authorization=request.headers.get(b"Proxy-Authorization"),
    )


def _never_sent(request: Request, error: ValueError) -> Exchange:
    """The exchange of a request that cannot be written, so that it has a record too."""
    return Exchange(
        url=without_fragment(request.url), started_at=datetime.now(UTC), error="protocol", detail=str(error)
    )


def _scrapy_headers(view: HttpView) -> Headers:
    return Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in view.headers])


def response_of(request: Request, head: HttpView, capture: Capture, *, ip: str | None = None) -> Response:
    """The answer for the spider: content coding removed, by the function that a rebuild uses.

    Args:
        head: of the answer, or the whole of it.
        capture: the same answer as the archive holds it.
        ip: who gave it.
    """
    content = decode_content(capture.payload, capture.content_encoding)
    headers = _scrapy_headers(head)
    headers.pop(b"Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=content.body)
    return kind(
        url=request.url,
        status=capture.status or 0,
        headers=headers,
        body=content.body,
        flags=[content.problem] if content.problem else [],
        ip_address=ip_address(ip) if ip else None,
        protocol="HTTP/1.1",
        request=request,
    )


def _stopped(request: Request, exchange: Exchange, capture: Capture, stop: StopDownload) -> Response:
    """A download that a signal's handler stopped: the answer as far as it came."""
    response = response_of(request, http_view(exchange.response), capture, ip=exchange.ip)
    response.flags.append("download_stopped")
    if stop.fail:
        stop.response = response
        raise stop
    return response
