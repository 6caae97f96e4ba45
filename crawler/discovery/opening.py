"""The first questions of a run: the seed, and what the portal offers.

The seed is asked before anything else. Where it cannot be had, the run ends with a
sentence that says why, and nothing else is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from scrapy.http import Response

from crawler.discovery.detect import describe, is_wordpress, with_site
from crawler.discovery.search import Search
from crawler.discovery.shape import redirect_target, wire_form
from crawler.order import Ask
from crawler.rules import MAX_HOPS
from crawler.session import Ending, Session
from pipelines import urls
from pipelines.archive import instant
from pipelines.errors import PortalUnavailable
from pipelines.extract.page import Page
from pipelines.model import Rejection

Fetch = Callable[[Ask], Awaitable["Response | str"]]
"""Asks one address: the answer, or in words why there is none."""


class Opening:
    """Asks the seed, and finds out about a portal that is new.

    Args:
        session: the crawl; its archive gets the portal block that was found.
        fetch: how to ask.
        stated: ``Sitemap:`` addresses in the robots.txt that holds for an address.
        answered: is told of every answer, to take its links or entries.
    """

    def __init__(
        self,
        session: Session,
        *,
        fetch: Fetch,
        stated: Callable[[str], Awaitable[tuple[str, ...]]],
        answered: Callable[[Response], None],
    ) -> None:
        self._session = session
        self._fetch, self._stated, self._answered = fetch, stated, answered

    async def open(self) -> bool:
        """Ask the seed, and detect. False, and the session's ending, where that cannot be."""
        portal = self._session.portal
        home = await self._follow(Ask(url=wire_form(portal.seed) or portal.seed))
        if self._session.stopping.is_set():
            return False
        page = self._judge(home)
        if isinstance(page, str):
            self._session.stop(Ending(exit_code=PortalUnavailable.exit_code, reason=page, complete=True))
            return False
        assert isinstance(home, Response)
        if portal.detected_at is None:
            await self._detect(home, page)
        elif self._session.sweep:
            self._session.recent.renewal.look(home, page, stated=await self._stated(page.url))
        self._answered(home)
        return not self._session.stopping.is_set()

    async def _follow(self, ask: Ask) -> Response | str:
        """The answer at the end of redirects. Each hop is an address of its own."""
        while True:
            self._session.frontier.take(ask)
            answer = await self._fetch(ask)
            target = redirect_target(answer) if isinstance(answer, Response) else None
            if target is None or isinstance(answer, str):
                return answer
            self._session.ledger.walked(ask.url)
            if self._session.frontier.has_settled(target) or ask.hops >= MAX_HOPS:
                return f"{urls.host(ask.url)} redirects in a circle, or too often; check the address"
            hop = replace(ask, url=target, found_on=ask.url, hops=ask.hops + 1)
            if self._leaves(ask, target):
                self._session.frontier.found(
                    hop.url, found_by=hop.found_by, found_on=hop.found_on, hops=hop.hops
                )
                return f"{ask.url} redirects to another site, {target}; give that address to crawl it"
            ask = hop

    def _leaves(self, ask: Ask, target: str) -> bool:
        """Whether a redirect leads out of the portal. On the way to a new portal's home page none
        does, and none that led there in an earlier run, as from http to https to another host."""
        if urls.in_scope(target, self._session.frontier.scope):
            return False
        if ask.kind != "page":
            return True
        earlier = self._session.ledger.get(target)
        return self._session.portal.detected_at is not None and not (earlier and earlier.asked_at)

    def _judge(self, home: Response | str) -> Page | str:
        """The home page, or why it is none."""
        if isinstance(home, str):
            return home
        if not 200 <= home.status < 300:
            what = "try again later" if home.status >= 500 or home.status == 429 else "check the address"
            return f"the home page {home.url} answers {home.status}; {what}"
        capture = home.meta["capture"]
        kind = (capture.content_type or "text/html").partition(";")[0].strip().lower()
        if kind not in ("text/html", "application/xhtml+xml"):
            return f"{home.url} is no web page but {kind[:40]}; check the address"
        page = Page.of(capture)
        if isinstance(page, Rejection):
            return f"the home page {home.url} cannot be read ({page.reason}); try again later"
        return page

    async def _detect(self, home: Response, page: Page) -> None:
        """Fill in the portal block, and keep it."""
        session = self._session
        given = session.portal
        portal = describe(given, page)
        if portal.scope != session.portal.scope:
            session.event("scope", given=", ".join(session.portal.scope), found=", ".join(portal.scope))
        session.frontier.rules.scope = portal.scope
        search = Search(session, follow=self._follow, answered=self._answered)
        offered = await search.search(home, page, portal, stated=await self._stated(page.url))
        if session.stopping.is_set():
            return
        found: dict[str, object] = {
            "detected_at": instant(datetime.now(UTC)),
            "sources": (*portal.sources, *offered.sources),
            "layout": portal.layout or ("wordpress" if is_wordpress(page) else None),
        }
        portal = with_site(given, portal, offered.site).model_copy(update=found)
        session.archive = session.archive.with_portal(portal)
        session.event(
            "detected",
            scope=", ".join(portal.scope),
            language=portal.language,
            zone=portal.zone,
            site_name=portal.site_name,
            layout=portal.layout,
            sources=", ".join(s.url for s in portal.sources) or None,
        )
