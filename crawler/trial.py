"""A first look at a portal: robots.txt, the home page, the search for its sources, and a few pages.

They are asked as a crawl asks them, by the same spider, at the same pace, under the same robots.txt, so
that what goes wrong here goes wrong there. The archive for it lies in a temporary folder that goes again.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from crawler.capture.sink import Sink
from crawler.crawling import scrapy_settings
from crawler.discovery.opening import Opening
from crawler.forecast import COMMIT_S, size
from crawler.frontier import Frontier
from crawler.hosts import FOLDER as HOSTS
from crawler.logs import log_to
from crawler.order import Ask
from crawler.politeness import PolitenessMiddleware
from crawler.progress import Progress
from crawler.robots import Robots
from crawler.session import Ending, Session
from crawler.spiders.news import NewsSpider
from pipelines.archive import Portal, create, new_run_id
from pipelines.errors import PortalUnavailable
from pipelines.extract.page import Page
from pipelines.ledger import open_ledger
from pipelines.ledger.addresses import Address
from pipelines.model import Capture, Rejection
from pipelines.requisites import page_requisites
from pipelines.warc.writer import WarcWriter

PAGES = 5
"""Pages that are looked at beside the home page."""
SITEMAPS = 2
"""Sitemaps of an index that are looked at."""
LISTED = frozenset(("sitemap", "feed", "rest"))
"""Ways of finding a page that say that it is news, or may be."""
REQUISITE_BYTES = 40_000
"""What a picture, style sheet or script is taken to weigh; none is asked for."""


@dataclass(slots=True, kw_only=True)
class Trial:
    """What a first look found."""

    portal: Portal
    """As it was found."""
    ending: Ending | None = None
    """Why a crawl would end at once."""
    robots: Robots | None = None
    date: str | None = None
    """``Date`` of the home page's answer, by the server's clock."""
    asked: int = 0
    sources: dict[str, Any]
    """As the summary of a run has it."""
    gone: dict[str, str]
    """Sources that the portal block names and that did not answer as one, with what they did."""
    pages: int = 0
    """Pages that were looked at."""
    articles: int = 0
    """Of these, how many read as articles."""
    estimate: dict[str, int]
    """Requests, seconds and megabytes of a first crawl; empty where no page could be looked at."""


class TrialSpider(NewsSpider):
    """Opens a portal as a crawl does, looks at a few of the pages that are listed, and stops."""

    def __init__(self, session: Session, portal: Portal, found: Trial, **kwargs: Any) -> None:
        super().__init__(session, **kwargs)
        self._given, self._found = portal, found
        self._weights: list[int] = []
        self._needs: Counter[str] = Counter()
        self._seconds = 0.0

    async def start(self) -> AsyncIterator[Request]:
        session, found = self.session, self._found
        session.frontier.closed = True  # what waits is counted, and not asked
        opening = Opening(session, fetch=self.fetch, stated=self._stated, answered=self.answered)
        if await opening.open():
            politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
            assert politeness is not None
            found.robots = await politeness.robots(session.portal.seed)
            await self._look()
        found.ending = session.ending
        session.stop(Ending(exit_code=0, reason="", complete=True))
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def answered(self, response: Response) -> None:
        date = response.headers.get("Date")
        self._found.date = self._found.date or (date.decode("latin-1") if date else None)
        super().answered(response)

    async def _look(self) -> None:
        for source in self._given.sources:  # those that were not found anew
            if not self.session.frontier.has_settled(source.url):
                kind: Any = "page" if source.kind == "listing" else "source"
                await self._ask(Ask(url=source.url, kind=kind, found_by=source.kind))
        await self._ask_all(_waiting(self.session, "source", "rest")[:1])
        maps = _waiting(self.session, "source", "sitemap")
        await self._ask_all(maps[:SITEMAPS])
        self._found.articles = -self.session.articles
        began = time.monotonic()
        for capture in await self._ask_all(_spread(_pages(self.session), PAGES)):
            self._weights.append(size(capture))
            page = Page.of(capture)
            named = () if isinstance(page, Rejection) else page_requisites(page)
            self._needs.update(need.url for need in named if not need.beacon)
        self._seconds = time.monotonic() - began
        self._found.pages = len(self._weights)
        self._found.articles += self.session.articles
        self._found.estimate = self._estimate(
            unread=max(len(maps) - SITEMAPS, 0), read=min(len(maps), SITEMAPS)
        )

    async def _ask_all(self, addresses: Sequence[Address]) -> list[Capture]:
        """Ask some addresses that wait, one after another: what was answered."""
        answers = [await self._ask(_ask_of(address)) for address in addresses]
        return [capture for capture in answers if capture is not None]

    async def _ask(self, ask: Ask) -> Capture | None:
        self.session.frontier.take(ask)
        answer = await self.fetch(ask)
        if not isinstance(answer, Response):
            if ask.kind == "source":
                self._found.gone[ask.url] = answer
            return None
        before = len(self._found.gone)
        self.answered(answer)
        if ask.kind == "source" and answer.status != 200 and before == len(self._found.gone):
            self._found.gone[ask.url] = f"answers {answer.status}"
        capture: Capture = answer.meta["capture"]
        return capture

    def _estimate(self, *, unread: int, read: int) -> dict[str, int]:
        """What a first crawl will be, by the pages that were looked at and what the sources state."""
        count = len(self._weights)
        if not count:
            return {}
        used = self.session.sources.as_json(self.session.portal.sources).get("used", {})
        stated = max((told.get("stated", 0) for told in used.values()), default=0)
        known = [a for a in self.session.ledger.addresses() if a.kind == "page" and a.verdict != "excluded"]
        listed = sum(not LISTED.isdisjoint(address.found_by) for address in known)
        more = round(used.get("sitemap", {}).get("entries", 0) * unread / read) if read else 0
        articles = max(listed + more, stated)
        pages = articles + len(known) - listed
        shared = sum(times > 1 for times in self._needs.values())
        needs = shared + round((articles or pages) * (len(self._needs) - shared) / count)
        requests = self.session.asked + unread + pages + needs
        return {
            "requests": requests,
            "seconds": round((pages + needs + unread) * self._seconds / count + COMMIT_S * requests),
            "megabytes": max(
                1, round((pages * sum(self._weights) / count + needs * REQUISITE_BYTES) / 1_000_000)
            ),
        }


def look(
    portal: Portal, output: Path, *, contact: str | None, allow_loopback: bool, progress: Progress
) -> Trial:
    """Ask a portal what a crawl would ask first, and some pages.

    Args:
        portal: its block; what it offers is looked for anew, what is named in ``sources`` asked as well.
        output: the folder whose crawls share their hosts' turns with us.
        contact: for the User-Agent.
        allow_loopback: whether this machine may be asked.
        progress: is told what is found.
    """
    found = Trial(portal=portal, sources={}, gone={}, estimate={})
    with tempfile.TemporaryDirectory(prefix="citynews-doctor-") as folder, log_to(Path(folder) / "log"):
        if (output / HOSTS).is_dir():  # no host is asked by two at once, nor while it wants to be left alone
            (Path(folder) / HOSTS).symlink_to(output / HOSTS)
        now = datetime.now(UTC)
        fresh = portal.model_copy(update={"detected_at": None, "sources": ()})
        archive = create(Path(folder), fresh, now=now)
        run_id = new_run_id(now)
        writer, ledger = WarcWriter(archive, run_id, low_water=0), open_ledger(archive)
        try:
            ledger.begin(run_id, now)
            frontier = Frontier(ledger, fresh.scope)
            session = Session(
                archive=archive,
                ledger=ledger,
                frontier=frontier,
                sink=Sink(writer, ledger),
                progress=progress,
            )
            asyncio.run(_crawl(session, found, contact=contact, allow_loopback=allow_loopback))
            found.portal, found.asked = session.portal, session.asked
            found.sources = session.sources.as_json(session.portal.sources)
            if found.ending is None and session.refusal is not None and session.portal.detected_at is None:
                found.ending = Ending(exit_code=PortalUnavailable.exit_code, reason=session.refusal)
        finally:
            writer.close()
            ledger.close()
    return found


async def _crawl(session: Session, found: Trial, *, contact: str | None, allow_loopback: bool) -> None:
    settings = scrapy_settings(session, contact=contact, allow_loopback=allow_loopback)
    try:
        crawler = AsyncCrawlerRunner(settings).create_crawler(TrialSpider)
        await AsyncCrawlerRunner(settings).crawl(crawler, session=session, portal=found.portal, found=found)
    finally:
        await session.sink.close()
    if session.sink.failed is not None:
        raise session.sink.failed


def _waiting(session: Session, kind: str, *found_by: str) -> list[Address]:
    """Addresses that were found in one of some ways and not asked, as they came."""
    return [
        address
        for address in session.ledger.addresses()
        if (address.kind, address.verdict) == (kind, "pending") and {*found_by} & set(address.found_by)
    ]


def _pages(session: Session) -> list[Address]:
    """The pages that sources list; those that the home page links to, where none lists any."""
    return _waiting(session, "page", *LISTED) or _waiting(session, "page", "listing", "related")


def _spread(addresses: Sequence[Address], most: int) -> Sequence[Address]:
    """Some of a list, spread over all of it."""
    step = max(len(addresses) // most, 1)
    return addresses[::step][:most]


def _ask_of(address: Address) -> Ask:
    by = address.found_by[0] if address.found_by else "listing"
    kind: Any = address.kind
    return Ask(url=address.url, kind=kind, found_by=by, found_on=address.found_on)
