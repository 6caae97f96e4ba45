"""What a portal offers beside its known sources, looked for again in each sweep.

Its sources are detected in the first run, and portals change: robots.txt names another sitemap, REST is
switched on. So every sweep asks for feeds and sitemaps that are stated; and where there was no REST, or no
sitemap, or none answers any more, for these where they are stated or usual, one after the other. What answers
as a source becomes one, in ``archive.json``, and the run says so. What is one already stays one, also where
it no longer answers: that is told in every run (:mod:`crawler.discovery.tally`).
"""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.http import Response

from crawler.discovery.asking import Asking
from crawler.discovery.detect import feed_addresses, rest_addresses, sitemap_addresses
from crawler.discovery.shape import wire_form
from crawler.order import Ask
from pipelines.archive import Source
from pipelines.extract.page import Page
from pipelines.manifest import read_chain
from pipelines.sources.answer import SourceAnswer, SourceKind

MOST = 10
"""Sources of a kind, with which a portal gets no more by itself: it may state another address each time."""
WORDS = {"sitemap": "a sitemap", "rest": "REST", "feed": "a feed"}
_UNREAD = ("doctype", "undecodable")


class Renewal:
    """The search of one sweep.

    Args:
        session: the crawl.
    """

    def __init__(self, session: Asking) -> None:
        self._session = session
        self._offered: dict[str, tuple[SourceKind, bool]] = {}
        """Addresses that may be sources, and whether they may be so beside others of their kind: REST is the
        same at all of its addresses."""
        self._found: list[Source] = []
        self._silent = set[str]()

    def look(self, home: Response, page: Page, *, stated: Sequence[str]) -> None:
        """See what a portal offers.

        Args:
            home: the home page as it was answered.
            page: the same, parsed.
            stated: ``Sitemap:`` addresses of its robots.txt.
        """
        scope = self._session.portal.scope
        header = b", ".join(home.headers.getlist("Link")).decode("latin-1")
        offered: tuple[tuple[SourceKind, bool, Sequence[str]], ...] = (
            ("sitemap", bool(stated), sitemap_addresses(stated, page.url, scope)),
            ("rest", False, rest_addresses(page, header, scope)),
            ("feed", True, feed_addresses(page, scope)),
        )
        ever = self._ever()
        for kind, beside, addresses in offered:
            if not beside and ever[kind] > self._known(kind):
                continue  # somebody took it out, and other addresses of it are no other source
            for url in filter(None, map(wire_form, addresses)):
                if url not in ever[kind]:
                    self._offered.setdefault(url, (kind, beside))

    def begin(self) -> None:
        """Ask for it, so far as it is not to be asked only where others do not answer."""
        for url, (_, beside) in self._offered.items():
            if beside:
                self._ask(url)
        self._ask_instead()

    def take(self, ask: Ask, answer: SourceAnswer) -> None:
        """A source answered, perhaps one of these, or where one of these leads."""
        url = ask.found_on if ask.hops == 1 and ask.found_on in self._offered else ask.url
        kind, _ = self._offered.get(url, (None, False))
        lists = answer.kind != "rest" or (answer.site is not None and answer.site.lists_posts)
        if kind == answer.kind and lists and answer.problem not in _UNREAD:
            self._found.append(Source(kind=answer.kind, url=url))

    def missed(self, ask: Ask) -> None:
        """A source did not answer as one."""
        self._silent.update((ask.url, ask.found_on or ask.url) if ask.hops else (ask.url,))
        self._ask_instead()

    def close(self) -> None:
        """The run is over: keep what was found."""
        for source in self._found:
            portal = self._session.portal
            others = self._known(source.kind)
            beside = self._offered[source.url][1] or self._silent.issuperset(others)
            if beside and len(others) < MOST and source.url not in others:
                changed = portal.model_copy(update={"sources": (*portal.sources, source)})
                self._session.archive = self._session.archive.with_portal(changed)
                self._session.note(
                    f"the portal offers {WORDS[source.kind]} that it did not offer: {source.url} is asked "
                    "from now on (sources in archive.json)"
                )

    def _ask_instead(self) -> None:
        """Of each kind of which none answers, ask the next address."""
        for kind in WORDS:
            spare = [url for url, offer in self._offered.items() if offer == (kind, False)]
            if self._silent.issuperset(self._known(kind)):
                for url in spare:
                    if url not in self._silent:
                        self._ask(url)
                        break

    def _ask(self, url: str) -> None:
        home, kind = self._session.portal.seed, self._offered[url][0]
        self._session.frontier.found(url, found_by=kind, found_on=home, kind="source", wanted=True)

    def _known(self, kind: str) -> set[str]:
        return {wire_form(s.url) or s.url for s in self._session.portal.sources if s.kind == kind}

    def _ever(self) -> dict[str, set[str]]:
        """By kind the sources that are used, and those that were once: somebody took them out."""
        portals = [stored.manifest.portal for stored in read_chain(self._session.archive)]
        sources = [source for portal in (*portals, self._session.portal) for source in portal.sources]
        return {kind: {wire_form(s.url) or s.url for s in sources if s.kind == kind} for kind in WORDS}
