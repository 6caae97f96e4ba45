"""Scrapy's scheduler, answered by the frontier, and by what its pages need.

One request at a time for each host, and pages before requisites: while pages of the portal
wait, only other hosts are asked for requisites. Whoever waits for the turn of a slow host
keeps nobody else from his.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from pipelines import urls

if TYPE_CHECKING:
    from crawler.spiders.news import NewsSpider

MAX_HOSTS = 8
"""Most hosts that are asked for requisites at a time."""


class FrontierScheduler(BaseScheduler):
    """Hands out what the frontier has next, and retries before that.

    Requests exist only while they are asked; what waits is a line of the ledger.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._spider: NewsSpider = crawler.spider  # type: ignore[assignment]
        self._crawler = crawler
        self._session = self._spider.session
        self._given: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        return bool(self._given) or self._session.frontier.has_next() or self._requisites_wait()

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that Scrapy brings: the first one, or another attempt."""
        self._given.append(request)
        return True

    def next_request(self) -> Request | None:
        assert self._crawler.engine is not None
        asked = self._crawler.engine.downloader.active
        busy = {urls.host(request.url) for request in asked}
        for request in self._given:
            if urls.host(request.url) not in busy:
                self._given.remove(request)
                return request
        busy |= {urls.host(request.url) for request in self._given}
        frontier = self._session.frontier
        if self._session.forecast.wants_requisites and (sample := self._requisite(busy, newest=True)):
            return sample
        if busy.isdisjoint(frontier.scope) and (ask := frontier.next()):
            return self._spider.request(ask)
        if self._requisites_wait() and sum("need" in r.meta for r in asked) < MAX_HOSTS:
            return self._requisite(busy | set(frontier.scope if frontier.has_next() else ()))
        return None

    def _requisites_wait(self) -> bool:
        return bool(self._session.requisites) and not self._session.stopping.is_set()

    def _requisite(self, busy: set[str], *, newest: bool = False) -> Request | None:
        assert self._session.requisites is not None and self._spider.gathering is not None
        need = self._session.requisites.next(busy, newest=newest)
        return self._spider.gathering.request(need) if need else None
