"""Questions that an unchanged page may answer with 304 (RFC 9110, 13.1), and what is learned of validators.

Only where the archive holds the whole answer to which a 304 would refer, and reads it back at that
moment. What servers do wrong is learned for each host and kept as notes of the ledger: a tag that the
server gives and does not know again (made weak, or with a suffix, when the answer is compressed) goes no
more beside a date; a validator that stays while the page changes is believed no more at all. That is seen
because now and then a sweep asks without conditions.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zlib import crc32

from scrapy import Request
from scrapy.http import Response

from crawler.order import Ask
from pipelines import urls
from pipelines.ledger import Ledger
from pipelines.ledger.addresses import Address
from pipelines.reader import reader_id
from pipelines.revisits import Revisits
from pipelines.warc.message import http_view

IN_VAIN = 2
"""After so many unchanged pages in a row that a host gave whole in spite of their tags, dates go alone."""
WHOLE_EVERY = 3
"""Every how many sweeps an address is asked without conditions."""
_YOUNG = timedelta(minutes=1)
"""A page that was changed less long before it was captured may have changed again in the same second."""
_TAG = re.compile(r'(W/)?"[\x21\x23-\x2b\x2d-\x7e]*"')
"""An entity tag (RFC 9110, 8.8.3) without a comma, which would be read as two."""
_SOURCES = ("feed", "sitemap")


class Conditional:
    """Makes the requests of one run conditional.

    Args:
        ledger: what is known of addresses and hosts.
        revisits: gives the answer that the archive holds.
        sweep: whether everything is asked; sources are asked without conditions then.
    """

    def __init__(self, ledger: Ledger, revisits: Revisits, *, sweep: bool) -> None:
        self._ledger, self._revisits, self._sweep = ledger, revisits, sweep
        self._turn = ledger.sweeps()

    def prepare(self, request: Request, ask: Ask) -> None:
        """Give a request its conditions, where it can have any."""
        row = self._ledger.get(ask.url)
        if row is None or not self._may_be(ask, row) or self._ledger.noted(_lies(ask)):
            return
        stored = self._revisits.latest(ask.url)
        view = http_view(stored.block) if stored else None
        if stored is None or view is None or view.status != 200:
            return
        tag, since = _sound_tag(view.get("etag")), _sound_date(view.get("last-modified"), stored.date)
        request.meta["validators"] = (view.get("etag"), view.get("last-modified"))
        if self._sweep and (ask.kind == "source" or self._has_its_turn(ask.url)):
            return
        if since:
            request.headers["If-Modified-Since"] = since
        if tag and not (since and int(self._ledger.noted(_vain(ask.url)) or 0) >= IN_VAIN):
            request.headers["If-None-Match"] = tag

    def answered(self, request: Request, response: Response) -> None:
        """Learn from an answer, which is entered already."""
        url, repeats = request.url, bool(response.meta.get("repeats"))
        if "If-None-Match" in request.headers:
            if response.status == 304:
                self._ledger.note(_vain(url), "0")
            elif response.status == 200 and repeats:
                self._ledger.note(_vain(url), str(int(self._ledger.noted(_vain(url)) or 0) + 1))
        before = request.meta.get("validators")
        if any(before or ()) and response.status == 200 and not repeats and before == _validators(response):
            self._ledger.note(_lies(request.meta["ask"]), "yes")

    def _has_its_turn(self, url: str) -> bool:
        return (crc32(url.encode()) + self._turn) % WHOLE_EVERY == 0

    def _may_be(self, ask: Ask, row: Address) -> bool:
        """Whether a 304 would tell all that is to be known of an address. Of a page the present reader must
        have read an article in it, and its links must have been taken; a source must be read to its end."""
        if row.status != 200 or not row.walked:
            return False
        if ask.kind == "source":
            return ask.found_by in _SOURCES and self._ledger.noted(f"not read whole: {ask.url}") != "yes"
        return not row.is_listing and (row.content or "").startswith(reader_id()[:16] + ":")


def _validators(response: Response) -> tuple[str | None, str | None]:
    found = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    tag, date = (value.decode("latin-1") if value else None for value in found)
    return tag, date


def _sound_tag(tag: str | None) -> str | None:
    return tag if tag and _TAG.fullmatch(tag) else None


def _sound_date(text: str | None, captured_at: datetime) -> str | None:
    """A date as it was given, if it is one, and was well past when the page was captured."""
    with suppress(ValueError, TypeError, OverflowError):
        moment = parsedate_to_datetime(text or "")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return text if moment <= captured_at - _YOUNG else None
    return None


def _lies(ask: Ask) -> str:
    """Of sources apart: a feed that counts comments changes more often than its tag says, and its host's
    pages may be sound."""
    return f"validators stay while {ask.kind}s change: {urls.host(ask.url)}"


def _vain(url: str) -> str:
    return f"tags in vain: {urls.host(url)}"
