"""The one spider: walks any portal, within its scope.

It takes links and entries, and hands them to the frontier. What it reads of an article
serves figures and the order of asking; what is kept is decided by the commit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discovery.detect import head_addresses
from crawler.discovery.listed import note_missing, take_source
from crawler.discovery.listings import Listings
from crawler.discovery.opening import Opening
from crawler.discovery.shape import is_paging, redirect_target
from crawler.held import take_held
from crawler.naming import is_loopback
from crawler.order import Ask
from crawler.politeness import PolitenessMiddleware
from crawler.rest import note_reading
from crawler.session import Ending, Session
from crawler.spiders.requisites import Gathering
from crawler.traps import REASON as TRAP
from crawler.unreachable import why
from pipelines import urls
from pipelines.errors import RATE_LIMIT
from pipelines.extract import extract
from pipelines.extract.page import Page
from pipelines.layouts import layout
from pipelines.model import Article, Capture, Rejection

GIVE_UP = 5
"""After so many addresses in a row, each asked as often as may be, a run asks nothing more."""
_BUSY = (429, 503)
_FOR_NOW = (302, 303, 307)
"""Redirects that say nothing of tomorrow (RFC 9110, 15.4)."""
_UNANSWERED = ("dns", "refused", "unreachable", "timeout", "tls", "proxy")


class NewsSpider(scrapy.Spider):
    """Walks the portal of a session. ``scrapy crawl news -a portal=…`` makes the session."""

    name = "news"

    def __init__(self, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if session is None:
            raise ValueError("the spider needs a session: run `scrapy crawl news -a portal=ADDRESS`")
        self.session = session
        self.gathering = Gathering(session, session.requisites) if session.requisites is not None else None
        self._listings = Listings(session)
        self._in_vain = 0

    async def start(self) -> AsyncIterator[Request]:
        """Ask the seed, then give the frontier's first request; the schedule gives the others."""
        session = self.session
        if not (session.resume and session.portal.detected_at):
            opening = Opening(session, fetch=self.fetch, stated=self._stated, answered=self.answered)
            if not await opening.open():
                return
        with session.ledger.batch():  # all or nothing: what a stopped run has still to ask is all there
            session.frontier.load(self._take_held)
            session.recent.begin()
            for url in session.wanted:
                session.frontier.found(url, found_by="urls", wanted=True)
        if self.gathering is not None:
            self.gathering.load()
        session.forecast.begin()
        ask = session.frontier.next()
        if ask is not None:
            yield self.request(ask)

    def request(self, ask: Ask) -> Request:
        """The request for an address of the frontier."""
        meta: dict[str, Any] = {"ask": ask, "verbatim_url": True, "facts": _facts(ask)}
        if is_loopback(ask.url):
            meta["proxy"] = None
        request = Request(ask.url, callback=self.answered, errback=self.failed, meta=meta)
        if self.session.conditional is not None and ask.found_by != "seed":
            self.session.conditional.prepare(request, ask)
        return request

    async def fetch(self, ask: Ask) -> Response | str:
        """Ask one address now. In words why, where there is no answer."""
        request = self.request(ask)
        try:
            return await self.crawler.engine.download_async(request)
        except IgnoreRequest as refused:
            return self._why(request, refused)
        except Exception as error:  # the exchange is recorded, whatever it was
            self.session.asked += 1
            self.session.failed += 1
            return self._why(request, error)

    def answered(self, response: Response) -> None:
        """Take from an answer, of whatever status, what leads on."""
        ask: Ask = response.meta["ask"]
        session = self.session
        session.asked += 1
        session.failed += response.status >= 400 and response.status not in (404, 410)
        # A source that is switched off often answers 503; the pages beside it are asked for.
        busy = response.status in _BUSY and (response.status == 429 or ask.kind == "page")
        self._count(f"answers {response.status}" if busy else None, ask.url)
        try:
            with session.ledger.batch():
                self._take(ask, response)
                if session.conditional is not None and response.request is not None:
                    session.conditional.answered(response.request, response)
        finally:  # also where an error of ours kept links from being taken: it would for ever
            session.ledger.walked(ask.url)
            session.forecast.answered(ask.kind, response.meta["capture"])
            session.tick()

    def _take_held(self, ask: Ask) -> bool:
        """Take what leads on from an answer that a killed run did not come to use, if it is held."""
        return take_held(self.session, ask.url, {"ask": ask}, lambda response: self._take(ask, response))

    def _take(self, ask: Ask, response: Response) -> None:
        target = redirect_target(response)
        if target is not None:
            if response.status in _FOR_NOW and not self.session.sweep:
                self.session.ledger.doubt(ask.url)
            self.session.frontier.found(
                target,
                found_by=ask.found_by,
                found_on=ask.url,
                kind=ask.kind,
                depth=ask.depth - 1,
                hops=ask.hops + 1,
                wanted=ask.kind == "source",
            )
        elif ask.kind == "source":
            take_source(self.session, ask, response)
            if self.session.portal.detected_at is not None:  # else its sources are still looked for
                self.session.forecast.begin()
        elif 200 <= response.status < 300:
            self._take_links(ask, response.meta["capture"], repeats=response.meta["repeats"])
        elif response.status != 304:
            self._listings.missing(ask)
            self.session.frontier.failed(ask)

    def failed(self, failure: Failure) -> None:
        """A request without an answer. What went over the wire is recorded already."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if request.meta.get("exchange_error"):
            self.session.asked += 1
            self.session.failed += 1
            error: str = request.meta["exchange_error"]
            self._count(f"gives no answer ({error})" if error in _UNANSWERED else None, request.url)
        elif not isinstance(failure.value, IgnoreRequest) and self.session.sink.failed is None:
            self.session.faults.append(f"{request.url}: {failure.getErrorMessage()}")
        if not (self.session.stopping.is_set() and isinstance(failure.value, IgnoreRequest)):
            self._without(request.meta["ask"], self._why(request, failure.value))
        self.session.forecast.answered(request.meta["ask"].kind, None)
        self.session.tick()

    def _without(self, ask: Ask, why: str) -> None:
        """Go round an address that gave no answer, or that robots.txt keeps from being asked."""
        if self.session.sink.failed is not None:
            return
        if ask.kind == "source":
            note_missing(self.session, ask, why)
            self.session.recent.missed(ask, None)
        fate = self.session.ledger.get(ask.url)
        if fate is not None and fate.verdict in ("failed", "excluded"):
            self.session.frontier.failed(ask)

    def _count(self, in_vain: str | None, url: str) -> None:
        """Stop the run where a portal wants, or can bear, no more of it."""
        self._in_vain = self._in_vain + 1 if in_vain else 0
        if self._in_vain >= GIVE_UP:
            reason = (
                f"{urls.host(url)} {in_vain} to {GIVE_UP} addresses in a row, so it is left alone; "
                "what was captured is kept, start it again later to go on"
            )
            self.session.stop(Ending(exit_code=RATE_LIMIT, reason=reason))

    def _take_links(self, ask: Ask, capture: Capture, *, repeats: bool) -> None:
        """The links of a page, parsed once for them and for reading. The commit does not read a
        page again that ``repeats`` a capture."""
        if "html" not in (capture.content_type or "html").lower():
            return
        page = Page.of(capture)
        if isinstance(page, Rejection):
            return
        portal = self.session.portal
        reading = extract(capture, portal.context, layout(portal.layout), page=page)
        if not repeats:
            self.session.readings.keep(capture, portal.context, portal.layout, reading)
        note_reading(self.session, ask.url, reading, page)
        is_article = isinstance(reading, Article)
        self.session.articles += is_article
        self.session.sources.read(lists=isinstance(reading, Rejection) and reading.reason == "listing")
        found_by = "related" if is_article else "listing"
        links = page.links()
        trap = self.session.frontier.traps.read(ask.url, page, reading, links)
        if trap is not None:
            self.session.event(TRAP, pattern=trap, url=ask.url)
        self._follow(ask, links, found_by)
        for address in head_addresses(page):
            self.session.frontier.found(address, found_by=found_by, found_on=ask.url, depth=ask.depth)
        if self.gathering is not None:
            self.gathering.of_page(ask.url, page, reading)

    def _follow(self, ask: Ask, links: tuple[str, ...], found_by: str) -> None:
        """Hand on the links of a page. Where it has none that is new but to further pages of its
        listing, these count as deeper: an endless listing of nothing ends."""
        frontier = self.session.frontier
        barren = all(is_paging(link) or frontier.has_found(link, found_by) for link in links)
        self._listings.take(ask, links, found_by)
        for link in links:
            depth = ask.depth + (barren and is_paging(link))
            frontier.found(link, found_by=found_by, found_on=ask.url, depth=depth)
        self.session.recent.turn(ask, links, found_by)

    async def _stated(self, url: str) -> tuple[str, ...]:
        politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
        assert politeness is not None
        return (await politeness.robots(url)).sitemaps

    def _why(self, request: Request, error: BaseException | None) -> str:
        failure = request.meta.get("exchange_error")
        detail = request.meta.get("exchange_detail")
        return why(failure, urls.host(request.url), detail) if failure else str(error) or type(error).__name__


def _facts(ask: Ask) -> tuple[tuple[str, str], ...]:
    """Lines of the exchange's metadata record."""
    return (("found_by", ask.found_by), *((("found_on", ask.found_on),) if ask.found_on else ()))
