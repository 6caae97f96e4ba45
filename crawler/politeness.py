"""Politeness: robots.txt, pauses, Retry-After.

robots.txt is asked once per origin and run, before anything else of that origin, and
archived like every answer; what it means is decided in :mod:`crawler.robots`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.discovery.shape import redirect_target
from crawler.portal import is_loopback
from crawler.robots import TOKEN, Robots, read_robots
from crawler.session import Ending
from crawler.unreachable import why
from pipelines import urls

if TYPE_CHECKING:
    from crawler.spiders.news import NewsSpider

ROBOTS_TIMEOUT_S = 30
ROBOTS_HOPS = 5
ROBOTS_AGE_S = 24 * 3600
"""After this a copy is asked again (RFC 9309, 2.4)."""
MAX_PAUSE_S = 60.0
"""Longest pause after a failure."""
MAX_RETRY_AFTER_S = 120.0
"""Longest Retry-After that is waited for within a run."""


class NotAsked(IgnoreRequest):
    """The request was not sent, and the ledger says why."""


def retry_after(value: str | None, now: datetime) -> float:
    """Seconds that a ``Retry-After`` asks for (RFC 9110, 10.2.3), at most MAX_RETRY_AFTER_S.
    Nonsense, and moments that have passed, are 0."""
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), MAX_RETRY_AFTER_S)
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max((moment - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)
    return 0.0


class Pace:
    """When a host may be asked again. Times are monotonic seconds."""

    def __init__(self, delay_s: float) -> None:
        self._delay = delay_s
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def slow_down(self, host: str, delay_s: float) -> None:
        """Keep at least this pause between two requests to a host. The longest wish of its origins counts."""
        self._delays[host] = max(self._delays.get(host, self._delay), delay_s)

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for so long from now."""
        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    async def turn(self, host: str, stopping: asyncio.Event) -> None:
        """Wait until the host may be asked, or until the run is stopped."""
        while not stopping.is_set():
            wait = self._next.get(host, 0.0) - time.monotonic()
            if wait <= 0:
                self._next[host] = time.monotonic() + self._delays.get(host, self._delay)
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), wait)


class PolitenessMiddleware:
    """Lets a request go when robots.txt allows it and its host's turn has come."""

    def __init__(self, crawler: Crawler) -> None:
        spider: NewsSpider = crawler.spider  # type: ignore[assignment]
        self._crawler = crawler
        self._session = spider.session
        self._pace = Pace(spider.session.portal.delay_ms / 1000)
        self._robots: dict[str, tuple[float, asyncio.Task[Robots]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises NotAsked for what is forbidden, deferred, or too late."""
        request.meta["download_slot"] = urls.host(request.url)  # one connection for each, its port included
        if "robots_hop" not in request.meta:
            await self._obey(request)
        await self._pace.turn(urls.host(request.url), self._session.stopping)
        if self._session.stopping.is_set():
            if request.meta.get("retry_times"):
                self._session.ledger.queue(request.url)  # its attempts are not at an end
            raise NotAsked("the run is being stopped")

    async def process_response(self, request: Request, response: Response) -> Response:
        if response.status in (429, 503) or response.status >= 500:
            asked = response.headers.get("Retry-After")
            wait = retry_after(asked.decode("latin-1") if asked else None, datetime.now(UTC))
            self._pace.hold(urls.host(request.url), max(wait, self._back_off(request)))
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        failure = self._session.sink.failed
        if failure is not None:
            self._session.stop(Ending(exit_code=failure.exit_code, reason=str(failure)))
        elif not isinstance(exception, IgnoreRequest):
            self._pace.hold(urls.host(request.url), self._back_off(request))

    async def robots(self, url: str) -> Robots:
        """The robots.txt that holds for an address; asked where there is no fresh copy."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        asked_at, task = self._robots.get(origin, (0.0, None))
        if task is None or (task.done() and time.monotonic() - asked_at > ROBOTS_AGE_S):
            task = asyncio.create_task(self._fetch(f"{origin}/robots.txt"))
            self._robots[origin] = (time.monotonic(), task)
        return await task

    async def _obey(self, request: Request) -> None:
        session, host = self._session, urlsplit(request.url).netloc
        robots = await self.robots(request.url)
        request.meta["robots_record"] = robots.record
        if session.stopping.is_set():
            raise NotAsked("the run is being stopped")
        if robots.deferred is not None:
            session.ledger.defer(request.url, "robots_unavailable", robots_record=robots.record)
            why_not = f"robots.txt of {host} cannot be had, so nothing may be asked: {robots.deferred}"
        elif not robots.allows(request.url):
            session.ledger.exclude(request.url, "robots", robots_record=robots.record)
            why_not = (
                f"robots.txt of {host} forbids {request.url} to {TOKEN}; ask its administrators to allow it"
            )
        else:
            return
        if "need" not in request.meta:  # no requisite says how a run ends
            session.refusal = why_not
        raise NotAsked(why_not)

    async def _fetch(self, url: str) -> Robots:
        """Ask for robots.txt, following redirects, and slow its host down as it wishes."""
        first = url
        for hop in range(ROBOTS_HOPS + 1):
            if not self._session.ledger.observe(url, kind="robots", found_by="seed"):
                self._session.ledger.queue(url)
            request = robots_request(url, hop)
            try:
                response = await self._crawler.engine.download_async(request)
            except Exception as error:  # whatever went wrong, it was recorded, and nothing may be asked
                problem: str = request.meta.get("exchange_error") or type(error).__name__
                return Robots(deferred=why(problem, urls.host(url)))
            target = redirect_target(response)
            if target is None:
                robots = _read(response)
                self._pace.slow_down(urls.host(first), robots.delay_s)
                return robots
            url = target
        return Robots(deferred=f"it redirects more than {ROBOTS_HOPS} times; tell its administrators")

    def _back_off(self, request: Request) -> float:
        """Pause after a failure: longer with every further attempt."""
        base = max(self._session.portal.delay_ms / 1000, 0.05)
        attempt: int = request.meta.get("retry_times", 0) + 1
        return min(base * 2.0**attempt, MAX_PAUSE_S)


def robots_request(url: str, hop: int) -> Request:
    """The question for a robots.txt, which needs no leave itself."""
    meta = {"robots_hop": hop, "verbatim_url": True, "download_timeout": ROBOTS_TIMEOUT_S}
    return Request(url, meta=meta | ({"proxy": None} if is_loopback(url) else {}))


def _read(response: Response) -> Robots:
    capture = response.meta["capture"]
    whole = not response.flags and not capture.truncated
    record = capture.record.warc_record_id if capture.record else None
    return read_robots(response.status, response.body, whole=whole, record=record)
