"""What was read of a page decides when it is asked again."""

from __future__ import annotations

from datetime import timedelta

from crawler.discovery.shape import is_paging
from crawler.session import Session
from pipelines.due import SWEEP
from pipelines.extract.page import Page
from pipelines.model import Article, Rejection
from pipelines.reader import reader_id
from pipelines.text import canonical_json, sha256_hex

AT_ONCE = timedelta(0)


def note_reading(session: Session, url: str, reading: Article | Rejection, page: Page) -> None:
    """Tell the ledger what a page was read as.

    The first page of a listing is asked in every run, as long as nothing but listings tells of news;
    its further pages only by who walks it, and by sweeps. Of other pages counts how old they are, and
    whether they read as they did.
    """
    ledger = session.ledger
    if isinstance(reading, Article):
        ledger.read_as(url, _digest(reading.content_sha256), reading.published_at or reading.published_date)
    elif reading.reason != "listing":
        return
    elif is_paging(url):
        ledger.rest(url, SWEEP)
    elif any(source.kind != "listing" for source in session.portal.sources):
        ledger.read_as(url, _digest(sha256_hex(canonical_json(sorted(page.links())))), None)
    else:
        ledger.rest(url, AT_ONCE)


def _digest(content: str) -> str:
    return f"{reader_id()[:16]}:{content[:32]}"
