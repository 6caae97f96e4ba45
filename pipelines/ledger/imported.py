"""What an imported answer makes of its address in the ledger.

An import asks nobody. It makes addresses known, and is an address's latest exchange only where the archive
has no younger one: what waits to be asked still waits, and a failure of somebody else's is news of an
address that nobody knew, and of no other. Nothing is stored as a revisit of what others captured.
"""

from __future__ import annotations

from datetime import timedelta

from pipelines.coverage import is_captured
from pipelines.decode import decode_content
from pipelines.dispositions import answer_digest
from pipelines.ledger.addresses import Address, Kind, kind_of
from pipelines.ledger.entries import Ledger
from pipelines.model import Capture
from pipelines.sources.answer import may_be_source
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import capture_of_record

FOUND_BY = "import"
_HEAD = 512


def enter_imported(ledger: Ledger, stored: StoredRecord) -> None:
    """Enter one record of an imported file.

    Args:
        ledger: whose run is the import.
        stored: the record; what is no answer is passed over.
    """
    if not stored.is_answer:
        return
    capture = capture_of_record(stored, crawl_id="")
    known, kind = ledger.get(capture.url), kind_of_capture(capture)
    if known is not None and not _is_news(known, capture):
        return
    if known is None:
        ledger.observe(capture.url, kind=kind, found_by=FOUND_BY, seen=capture.captured_at)
    elif known.verdict == "excluded" and kind == "requisite":
        ledger.queue(capture.url, kind)  # left out as a page, which it is not
    ledger.exchanged(
        capture.url,
        asked_at=capture.captured_at,
        ref=stored.ref,
        status=capture.status,
        answer_digest=answer_digest(capture.status, capture.location, capture.payload_digest),
        complete=capture.truncated is None,
        error=None,
    )
    ledger.rest(capture.url, timedelta(0))  # what others saw of it is no reason not to ask
    ledger.walked(capture.url)  # its links are taken from what the city says, when it is asked
    ledger.payloads.forget(capture.url)


def kind_of_capture(capture: Capture) -> Kind:
    """What an answer is that nobody says the kind of: robots.txt, a page (of whatever host, for the scope of
    a portal may grow), a source, or else something that pages need."""
    if kind_of(capture.url) == "robots":
        return "robots"
    media = (capture.content_type or "html").partition(";")[0].lower()
    if "html" in media or (capture.status is not None and 300 <= capture.status < 400):
        return "page"
    head = decode_content(capture.payload[:_HEAD], capture.content_encoding).body
    listing = any(word in media for word in ("xml", "json")) and may_be_source(head, capture.content_type)
    return "source" if listing else "requisite"


def _is_news(known: Address, capture: Capture) -> bool:
    if known.verdict == "pending" or not is_captured(capture):
        return False
    return known.asked_at is None or known.asked_at < capture.captured_at
