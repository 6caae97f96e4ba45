"""What was read of a page decides when it is asked again."""

from __future__ import annotations

from crawler.session import Session
from pipelines.extract.page import Page
from pipelines.ledger.addresses import LISTING
from pipelines.ledger.due import SWEEP
from pipelines.model import Article, Rejection
from pipelines.reader import reader_id
from pipelines.text import canonical_json, sha256_hex


def note_reading(session: Session, url: str, reading: Article | Rejection, page: Page) -> None:
    """Tell the ledger what a page was read as.

    Listings are asked by who looks for news (:mod:`crawler.discovery.recent`), and by sweeps. Of other
    pages counts how old they are, and whether they read as they did; an error in the place of a page may be
    over tomorrow, and so may whatever else a page that an ordinary run met first shows in the place of news.
    """
    ledger = session.ledger
    if isinstance(reading, Article):
        ledger.read_as(url, _digest(reading.content_sha256), reading.published_at or reading.published_date)
    elif reading.reason == "listing":
        links = sha256_hex(canonical_json(sorted(page.links())))
        ledger.read_as(url, _digest(f"{LISTING}{links}"), None)
        ledger.rest(url, SWEEP)
    else:
        if reading.reason == "soft_error":
            ledger.read_as_error(url)
        if not session.sweep:
            ledger.doubt(url)


def _digest(content: str) -> str:
    return f"{reader_id()[:16]}:{content[:32]}"
