"""Asking for requisites, and taking from their answers what they name themselves.

Whatever becomes of a requisite is a row; it never ends a run, nor decides how one ends.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discovery.shape import redirect_target
from crawler.held import take_held
from crawler.naming import is_loopback
from crawler.requisites import Need, Requisites
from crawler.session import Session
from pipelines import urls
from pipelines.extract.page import Page
from pipelines.model import Article, Rejection
from pipelines.requisites import MAX_DEPTH, Requisite, is_style, page_requisites, style_requisites

TIMEOUT_S = 30
"""For a whole attempt; a page can be shown without a picture that takes longer."""
RETRIES = 1
_BUSY = (429, 503)


class Gathering:
    """The requisites' side of the spider.

    Args:
        session: the crawl.
        requisites: where they wait.
    """

    def __init__(self, session: Session, requisites: Requisites) -> None:
        self._session, self._requisites = session, requisites

    def load(self) -> None:
        """Take over what earlier runs left."""
        self._requisites.load(self._take_held)

    def of_page(self, url: str, page: Page, reading: Article | Rejection) -> None:
        """Take what a page needs. Only articles and listings within the portal are to be shown."""
        shown = isinstance(reading, Article) or reading.reason == "listing"
        if shown and urls.in_scope(url, self._session.frontier.scope):
            self._requisites.named(page_requisites(page), on=url)

    def request(self, need: Need) -> Request:
        """The request for a requisite."""
        facts = (("found_by", "requisite"), *((("found_on", need.found_on),) if need.found_on else ()))
        meta: dict[str, Any] = {"need": need, "verbatim_url": True, "facts": facts}
        meta |= {"download_timeout": TIMEOUT_S, "max_retry_times": RETRIES}
        if is_loopback(need.url):
            meta["proxy"] = None
        headers = {"Accept": "*/*"}
        return Request(
            need.url, headers=headers, callback=self.answered, errback=self.failed, meta=meta, priority=-1
        )

    def answered(self, response: Response) -> None:
        """Take from an answer, of whatever status, what leads on."""
        need: Need = response.meta["need"]
        self._session.files += 1
        self._requisites.answered(need.url, in_vain=response.status in _BUSY)
        self._session.forecast.answered("requisite", response.meta["capture"])
        try:
            with self._session.ledger.batch():
                self._take(need, response)
        finally:
            self._session.ledger.walked(need.url)
            self._session.tick()

    def failed(self, failure: Failure) -> None:
        """A requisite without an answer. What went over the wire is recorded already."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if request.meta.get("exchange_error"):
            self._session.files += 1
            self._requisites.answered(request.url, in_vain=True)
            self._session.forecast.answered("requisite", None)
        elif not isinstance(failure.value, IgnoreRequest) and self._session.sink.failed is None:
            self._session.faults.append(f"{request.url}: {failure.getErrorMessage()}")
        self._session.tick()

    def _take_held(self, need: Need) -> bool:
        """Take what leads on from an answer that a killed run did not come to use, if it is held."""
        return take_held(self._session, need.url, {"need": need}, lambda response: self._take(need, response))

    def _take(self, need: Need, response: Response) -> None:
        target = redirect_target(response)
        if target is not None:
            moved = (Requisite(url=target),)
            self._requisites.named(moved, on=need.url, depth=need.depth, hops=need.hops + 1)
            return
        kind = response.meta["capture"].content_type
        if response.status == 200 and need.depth < MAX_DEPTH and is_style(kind, need.url):
            found = style_requisites(response.body, need.url, kind)
            self._requisites.named(found, on=need.url, depth=need.depth + 1)
