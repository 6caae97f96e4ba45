"""Politeness: robots.txt, pauses (:mod:`crawler.pace`), Retry-After.

robots.txt is asked once per origin and run, before anything else of that origin, and
archived like every answer; what it means is decided in :mod:`crawler.robots`.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.discovery.shape import redirect_target
from crawler.hosts import Hosts, Rests
from crawler.naming import is_loopback
from crawler.pace import MAX_RETRY_AFTER_S, Pace, retry_after
from crawler.robots import TOKEN, Robots, read_robots
from crawler.session import Ending, Session
from crawler.unreachable import why
from pipelines import urls
from pipelines.archive import Portal
from pipelines.errors import CitynewsError, Deferred

ROBOTS_TIMEOUT_S = 30
ROBOTS_HOPS = 5
ROBOTS_AGE_S = 24 * 3600
"""After this a copy is asked again (RFC 9309, 2.4)."""


class NotAsked(IgnoreRequest):
    """The request was not sent, and the ledger says why."""


class PolitenessMiddleware:
    """Lets a request go when robots.txt allows it and its host's turn has come."""

    def __init__(self, crawler: Crawler) -> None:
        session: Session = crawler.spider.session  # type: ignore[union-attr]
        self._crawler = crawler
        self._session = session
        self._hosts = Hosts(session.archive.root.parent)
        self._pace = Pace(session.portal.delay_ms / 1000, self._hosts)
        crawler.signals.connect(self._hosts.close, signals.spider_closed)
        self._robots: dict[str, tuple[float, asyncio.Task[Robots]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises NotAsked for what is forbidden, deferred, or too late."""
        request.meta["download_slot"] = urls.host(request.url)  # one connection for each, its port included
        if "robots_hop" not in request.meta:
            await self._obey(request)
        host = urls.host(request.url)
        try:
            request.meta["has_turn"] = await self._pace.turn(host, self._session.stopping)
        except Rests as rests:
            self._rest(request, host, rests.until)
            raise NotAsked(str(rests)) from rests
        request.meta["pause_s"] = self._pace.delay_s(host)
        if not request.meta["has_turn"]:
            if request.meta.get("retry_times"):
                self._session.ledger.queue(request.url)  # its attempts are not at an end
            raise NotAsked("the run is being stopped")

    async def process_response(self, request: Request, response: Response) -> Response:
        host, took = urls.host(request.url), request.meta.get("download_latency", 0.0)
        request.meta["has_turn"] = False
        self._session.spend()
        if response.status != 429 and response.status < 500:
            self._pace.answered(host, took)
            return response
        asked = response.headers.get("Retry-After")
        now = datetime.now(UTC)
        wait = retry_after(asked.decode("latin-1") if asked else None, now)
        if wait > MAX_RETRY_AFTER_S:
            until = now + timedelta(seconds=min(wait, 1e9))
            self._rest(request, host, self._hosts.leave_alone(host, until))
        self._pace.failed(host, _attempt(request), wait)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        failure = self._session.sink.failed
        if failure is not None:
            self._session.stop(Ending(exit_code=failure.exit_code, reason=str(failure)))
        elif isinstance(exception, CitynewsError):  # a host's file that cannot be had
            self._session.stop(Ending(exit_code=exception.exit_code, reason=str(exception)))
        if request.meta.pop("has_turn", False):
            self._session.spend()
            self._pace.failed(urls.host(request.url), _attempt(request))

    def _rest(self, request: Request, host: str, until: datetime) -> None:
        """Ask a host nothing more in this run. Where it is the portal's own, the run ends."""
        if "robots_hop" not in request.meta:
            self._session.ledger.defer(request.url, "retry_after")
        if host in self._session.frontier.scope or "ask" in request.meta:
            reason = left_alone(host, until, request.url)
            self._session.stop(Ending(exit_code=Deferred.exit_code, reason=reason))
        elif self._session.requisites is not None:
            self._session.requisites.give_up(host)

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
                detail = request.meta.get("exchange_detail")
                return Robots(deferred=why(problem, urls.host(url), detail))
            target = redirect_target(response)
            if target is None:
                robots = _read(response)
                self._slow_down(urls.host(first), robots)
                return robots
            url = target
        return Robots(deferred=f"it redirects more than {ROBOTS_HOPS} times; tell its administrators")


    def _slow_down(self, host: str, robots: Robots) -> None:
        self._pace.slow_down(host, robots.delay_s)
        if robots.wished_delay_s > robots.delay_s:
            self._session.note(
                f"{host} wishes a Crawl-delay of {robots.wished_delay_s:g} s; {robots.delay_s:g} s are kept"
            )


def robots_request(url: str, hop: int) -> Request:
    """The question for a robots.txt, which needs no leave itself."""
    meta = {"robots_hop": hop, "verbatim_url": True, "download_timeout": ROBOTS_TIMEOUT_S}
    return Request(url, meta=meta | ({"proxy": None} if is_loopback(url) else {}))


def refuse_resting(portal: Portal, output: Path) -> None:
    """Raises Deferred where a host of the portal asked an earlier run to be left alone until later."""
    hosts = Hosts(output)
    for host in dict.fromkeys((urls.host(portal.seed), *portal.scope)):
        until = hosts.rests_until(host)
        if until is not None:
            raise Deferred(left_alone(host, until))


def left_alone(host: str, until: datetime, url: str | None = None) -> str:
    """What is said of a portal that asked to be left alone, by the answer of an address where it is known."""
    where = f" of {url}" if url else ""
    return (
        f"{host} asks to be left alone until {until:%Y-%m-%d %H:%M} UTC (Retry-After{where}), and nothing is "
        "asked before; what was captured is kept, start it again then"
    )


def _attempt(request: Request) -> int:
    attempt: int = request.meta.get("retry_times", 0) + 1
    return attempt


def _read(response: Response) -> Robots:
    capture = response.meta["capture"]
    whole = not response.flags and not capture.truncated
    record = capture.record.warc_record_id if capture.record else None
    return read_robots(response.status, response.body, whole=whole, record=record)
