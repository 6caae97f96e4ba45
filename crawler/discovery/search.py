"""The search for a new portal's sources: sitemaps, REST, feeds. Each question is captured."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from scrapy.http import Response

from crawler.discovery.detect import feed_addresses, rest_addresses, sitemap_addresses
from crawler.discovery.listed import note_missing
from crawler.discovery.shape import wire_form
from crawler.order import Ask
from crawler.session import Session
from pipelines.archive import Portal, Source
from pipelines.extract.page import Page
from pipelines.sources.answer import SourceAnswer, SourceKind, read_answer
from pipelines.sources.wordpress import SiteIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a portal offers."""

    sources: tuple[Source, ...]
    site: SiteIndex | None
    """What REST says of the site."""


class Search:
    """Asks for sources where a portal states them, else at the usual places.

    Args:
        session: the crawl.
        follow: asks an address and follows redirects: the answer, or why there is none.
        answered: is told of every answer, to take its entries.
    """

    def __init__(
        self,
        session: Session,
        *,
        follow: Callable[[Ask], Awaitable[Response | str]],
        answered: Callable[[Response], None],
    ) -> None:
        self._session, self._follow, self._answered = session, follow, answered
        self._site: SiteIndex | None = None

    async def search(self, home: Response, page: Page, portal: Portal, *, stated: Sequence[str]) -> Offered:
        """Ask for all kinds of source.

        Args:
            home: the home page as it was answered.
            page: the same, parsed.
            portal: as described so far, with its scope.
            stated: ``Sitemap:`` addresses of its robots.txt.
        """
        header = b", ".join(home.headers.getlist("Link")).decode("latin-1")
        sitemaps = sitemap_addresses(stated, page.url, portal.scope)
        rest, feeds = rest_addresses(page, header, portal.scope), feed_addresses(page, portal.scope)
        found = [
            *await self._ask("sitemap", sitemaps, page.url, every=bool(stated)),
            *await self._ask("rest", rest, page.url, every=False),
            *await self._ask("feed", feeds, page.url, every=True),
        ]
        return Offered(sources=tuple(found), site=self._site)

    async def _ask(
        self, kind: SourceKind, addresses: Sequence[str], home: str, *, every: bool
    ) -> list[Source]:
        """The addresses that answer as this kind of source: all, or the first that does."""
        found: list[Source] = []
        asked: list[str] = []
        for address in addresses:
            url = wire_form(address)
            if url is None or self._session.frontier.has_settled(url):
                continue
            asked.append(url)
            if await self._answers(kind, Ask(url=url, kind="source", found_by=kind, found_on=home, depth=1)):
                found.append(Source(kind=kind, url=url))
                if not every:
                    break
            if self._session.stopping.is_set():
                return found
        if not found:
            tried = ", ".join(asked) or None
            self._session.event("source_missing", kind=kind, url=tried, why="none answers as one")
        return found

    async def _answers(self, kind: SourceKind, ask: Ask) -> bool:
        answer = await self._follow(ask)
        if not isinstance(answer, Response):
            note_missing(self._session, ask, answer)
            return False
        self._answered(answer)
        read = _read(answer)
        if read is None or read.kind != kind or read.problem in ("doctype", "undecodable"):
            return False
        self._site = self._site or read.site
        return kind != "rest" or (read.site is not None and read.site.lists_posts)


def _read(response: Response) -> SourceAnswer | None:
    if response.status != 200:
        return None
    return read_answer(response.body, response.url, response.meta["capture"].content_type)
