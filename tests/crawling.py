"""A real Scrapy crawl over the capture layer, into a real archive, and what became of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from scrapy.http import Request, Response
from scrapy.settings import Settings

from crawler.capture.sink import Rows, Sink
from pipelines.archive import Archive, Portal, create, new_run_id
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records
from pipelines.warc.writer import WarcWriter

HANDLER = "crawler.capture.handler.CaptureHandler"
SETTINGS: dict[str, Any] = {
    "TWISTED_REACTOR_ENABLED": False,
    "DOWNLOAD_HANDLERS": {
        "http": HANDLER, "https": HANDLER, "file": None, "ftp": None, "data": None, "s3": None,
    },
    "CITYNEWS_ALLOW_LOOPBACK": True,
    "USER_AGENT": "citynews-tests",
    "COOKIES_ENABLED": False,
    "HTTPPROXY_ENABLED": False,  # or a proxy named in the environment would be asked
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "RETRY_TIMES": 1,
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "DOWNLOAD_TIMEOUT": 10,
    "CONCURRENT_ITEMS": 2,
    "LOG_ENABLED": False,
}  # fmt: skip


@dataclass
class Crawl:
    """What a crawl gave to its spider, in order, and what it stored."""

    responses: list[Response] = field(default_factory=list)
    failures: list[tuple[Request, BaseException]] = field(default_factory=list)
    records: list[StoredRecord] = field(default_factory=list)
    paths: tuple[Path, ...] = ()
    sink: Sink | None = None
    on_response: Callable[[Response], object] = lambda response: None

    def exchanges(self, url: str) -> list[list[StoredRecord]]:
        """The records of an address, grouped by exchange, in order."""
        groups: dict[str, list[StoredRecord]] = {}
        for record in self.records:
            if record.target_uri == url:
                groups.setdefault(record.concurrent_to or record.ref.warc_record_id, []).append(record)
        return list(groups.values())

    def failure(self, url: str) -> BaseException:
        """What the errback of an address was given."""
        return next(error for request, error in self.failures if request.url == url)


class AskSpider(scrapy.Spider):
    """Asks each request, a list after another; the requests of a list at the same time."""

    name = "ask"

    def __init__(self, rounds: list[list[Request]], crawl: Crawl) -> None:
        super().__init__()
        self.rounds, self.crawl = rounds, crawl
        self.left = 0

    async def start(self) -> Any:
        for request in self.next_round():
            yield request

    def next_round(self) -> list[Request]:
        if not self.rounds:
            return []
        batch = self.rounds.pop(0)
        self.left = len(batch)
        keep: dict[str, Any] = {"dont_filter": True, "callback": self.parse, "errback": self.failed}
        return [request.replace(**keep) for request in batch]

    def parse(self, response: Response, **_: Any) -> Any:
        self.crawl.responses.append(response)
        self.crawl.on_response(response)
        yield from self.answered()

    def failed(self, failure: Any) -> Any:
        self.crawl.failures.append((failure.request, failure.value))
        yield from self.answered()

    def answered(self) -> list[Request]:
        self.left -= 1
        return self.next_round() if self.left == 0 else []


def new_archive(folder: Path) -> Archive:
    """A fresh archive in a folder."""
    portal = Portal(slug="raw", seed="http://127.0.0.1/", scope=("127.0.0.1",))
    return create(folder, portal, now=datetime.now(UTC))


def crawl(
    folder: Path,
    rounds: Sequence[Sequence[str | Request]],
    *,
    rows: Rows | None = None,
    spider: type[AskSpider] = AskSpider,
    **settings: Any,
) -> Crawl:
    """Ask addresses, round after round, and seal what was stored."""
    archive = new_archive(folder)
    writer = WarcWriter(archive, new_run_id(datetime.now(UTC)))
    requests = [[r if isinstance(r, Request) else Request(r) for r in batch] for batch in rounds]
    result = asyncio.run(ask(writer, requests, rows, settings, spider=spider))
    result.paths = writer.seal()
    for path in result.paths:
        result.records += read_records(path, warc_filename=str(path.relative_to(archive.root)))
    return result


async def ask(
    writer: Any,
    rounds: list[list[Request]],
    rows: Rows | None = None,
    settings: dict[str, Any] | None = None,
    *,
    spider: type[AskSpider] = AskSpider,
    sink_class: type[Sink] = Sink,
    on_response: Callable[[Response], object] = lambda response: None,
) -> Crawl:
    """Run the crawl in the running event loop; the writer stays open."""
    result = Crawl(sink=sink_class(writer, rows), on_response=on_response)
    runner = AsyncCrawlerRunner(Settings({**SETTINGS, **(settings or {}), "CITYNEWS_SINK": result.sink}))
    crawler = runner.create_crawler(spider)
    await runner.crawl(crawler, rounds=rounds, crawl=result)
    assert result.sink is not None
    await result.sink.close()
    return result


def main(folder: str, reactor: str, *urls: str) -> None:
    """Crawl in a process of its own: ``python -m tests.crawling FOLDER reactor|asyncio URL…``.

    Prints the body of each answer; with ``reactor`` Twisted's asyncio reactor runs.
    """
    writer = WarcWriter(new_archive(Path(folder)), new_run_id(datetime.now(UTC)))
    result = Crawl(sink=Sink(writer), on_response=lambda response: print(response.text, flush=True))
    process = AsyncCrawlerProcess(
        Settings({**SETTINGS, "TWISTED_REACTOR_ENABLED": reactor == "reactor", "CITYNEWS_SINK": result.sink}),
        install_root_handler=False,
    )
    process.crawl(AskSpider, rounds=[[Request(url)] for url in urls], crawl=result)
    process.start()
    writer.seal()


if __name__ == "__main__":
    main(*sys.argv[1:])
