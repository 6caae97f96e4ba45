"""Stock Scrapy that only follows links, for comparison: its default settings, its own HTTP handler.

``python -m benchmarks.stock URLS links|lxml``: asks the addresses of a file, one a line, the first
of them first, then those that pages link to; what no page links to comes last.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor


class Follower(scrapy.Spider):
    """Follows links among a given set of addresses, and takes nothing else of a page."""

    name = "follower"
    handle_httpstatus_all = True

    def __init__(self, wanted: list[str], way: str) -> None:
        super().__init__()
        self.first, self.wanted, self.way = wanted[0], set(wanted), way
        self.extractor = LinkExtractor()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> Follower:
        spider: Follower = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        self.wanted.discard(self.first)
        yield Request(self.first)

    def parse(self, response: Response) -> Iterator[Request]:
        """Ask what a page links to, each address once."""
        if isinstance(response, TextResponse) and b"html" in response.headers.get("Content-Type", b""):
            for url in self.links(response):
                if url in self.wanted:
                    self.wanted.discard(url)
                    yield Request(url)

    def links(self, response: TextResponse) -> Iterator[str]:
        """By Scrapy's LinkExtractor, or by one bare pass of lxml."""
        if self.way == "links":
            yield from (link.url for link in self.extractor.extract_links(response))
        else:
            yield from map(response.urljoin, response.xpath("//a/@href").getall())

    def idle(self) -> None:
        """Ask what no page links to."""
        rest, self.wanted = self.wanted, set()
        for url in sorted(rest):
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(Request(url))
        if rest:
            raise DontCloseSpider


def main() -> None:
    """Crawl, and print how many answers came."""
    wanted = Path(sys.argv[1]).read_text().split()
    process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR"})
    crawler = process.create_crawler(Follower)
    process.crawl(crawler, wanted=wanted, way=sys.argv[2])
    process.start()
    assert crawler.stats is not None
    print(crawler.stats.get_value("downloader/response_count"))


if __name__ == "__main__":
    main()
