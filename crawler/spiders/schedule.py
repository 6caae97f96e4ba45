"""Scrapy's scheduler, answered by the frontier."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

if TYPE_CHECKING:
    from crawler.spiders.news import NewsSpider


class FrontierScheduler(BaseScheduler):
    """Hands out what the frontier has next, and retries before that.

    Requests exist only while they are asked; what waits is a line of the ledger.
    """

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider
        self._frontier = spider.session.frontier
        self._given: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider)  # type: ignore[arg-type]

    def has_pending_requests(self) -> bool:
        return bool(self._given) or self._frontier.has_next()

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that Scrapy brings: the first one, or another attempt."""
        self._given.append(request)
        return True

    def next_request(self) -> Request | None:
        if self._given:
            return self._given.popleft()
        ask = self._frontier.next()
        return self._spider.request(ask) if ask else None
