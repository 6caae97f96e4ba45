"""Answers that the archive holds, for a crawl that did not come to use them before it was killed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.capture.handler import response_of
from crawler.session import Session
from pipelines.dispositions import answer_digest
from pipelines.ledger import Ledger
from pipelines.revisits import Revisits
from pipelines.warc.message import http_view
from pipelines.warc.reader import capture_of_record


def take_held(
    session: Session, url: str, meta: dict[str, Any], take: Callable[[Response], None]
) -> bool:
    """Take what leads on from an answer that a killed run recorded and did not come to use.

    Args:
        session: gives the archive's ledger and records.
        url: the address.
        meta: what the request would carry by which it would be asked again.
        take: takes what leads on.

    Returns:
        Whether the archive gave the answer back. What cannot be used is asked again, and told of there.
    """
    response = held_response(url, meta, session.ledger, session.revisits)
    if response is None:
        return False
    try:
        take(response)
    except Exception:  # asked again, it is told of by whoever takes errors there
        return False
    session.ledger.walked(url)
    return True


def held_response(
    url: str, meta: dict[str, Any], ledger: Ledger, revisits: Revisits | None
) -> Response | None:
    """The last answer of an address, as it came to the run that asked for it; ``None`` where the archive has
    none that can be read back whole.

    Args:
        meta: what the request would carry by which it would be asked again.
        ledger: says which answer was the last.
        revisits: gives the record that holds it; ``None``: nothing does.
    """
    row, stored = ledger.get(url), revisits.latest(url) if revisits else None
    if row is None or stored is None:
        return None
    capture = capture_of_record(stored, crawl_id="")
    if answer_digest(capture.status, capture.location, capture.payload_digest) != row.answer_digest:
        return None
    told = {"capture": capture, "repeats": True}  # so that the commit reads it where it lies
    return response_of(Request(url, meta={**meta, **told}), http_view(stored.block), capture)
