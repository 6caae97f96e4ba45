"""Why an address was asked or not, when, and when it is asked again: a row of ``coverage`` in words.

Pure: rows in, sentences out. Moments are UTC, to the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

Row = Mapping[str, Any]

_EXCLUDED = {
    "robots": "robots.txt forbids it",
    "out_of_scope": "it is on a host that is not the portal's",
    "not_a_page": "it is a file that no page needs to be shown",
    "trap": "it looks like one of an endless row of addresses (a folder in itself, or very long)",
    "budget": "the run had asked as many addresses as it may, or it lies too deep",
    "redirects": "too many redirects one after another led to it",
    "alias": "another spelling of the same address is asked instead",
    "variant": "it is the AMP form of a page that is asked",
    "retracted": "its captures were taken out of the archive",
}
_FAILED = {
    "dns": "its host's name was not found",
    "refused": "the connection was refused",
    "unreachable": "its host was not reached",
    "timeout": "the answer did not come in time",
    "tls": "the host could not prove who it is",
    "disconnect": "the connection ended before the answer did",
    "length": "the answer is longer than is taken",
    "protocol": "the answer could not be read as HTTP",
}
_PENDING = {
    "robots_unavailable": "robots.txt of its host could not be had, and then nothing may be asked",
    "record_lost": "it was asked, but the record was lost when the run was killed",
}
_LEFT = {"since": "a run with --since left it, for no source says that it was published or changed since"}


def told(fate: Row, captures: Iterable[Row]) -> list[str]:
    """What became of an address, in sentences.

    Args:
        fate: its row of ``coverage``.
        captures: rows of ``captures``, among them that of its last answer and that of the robots.txt
            it was judged by, where the archive has them.
    """
    by_id = {row["warc_record_id"]: row for row in captures}
    return [*_found(fate), _asked(fate, by_id.get(fate["record"])), *_again(fate), *_robots(fate, by_id)]


def _found(fate: Row) -> Iterator[str]:
    by = " and ".join(fate["found_by"]) or "an import"
    on = f", first on {fate['found_on']}" if fate["found_on"] else ""
    yield f"known since {_at(fate['first_seen'])}, by {by}{on}"


def _asked(fate: Row, answer: Row | None) -> str:
    verdict, reason = fate["verdict"], fate["reason"] or ""
    if verdict == "excluded":
        return f"not asked: {_EXCLUDED.get(reason, reason)}"
    if verdict == "not_due":
        return f"not asked yet: {_LEFT.get(reason, reason)}"
    if verdict == "pending":
        return f"not asked yet: {_PENDING.get(reason, reason or 'the run ended before its turn')}"
    when = f"asked on {_at(fate['asked_at'])}" if fate["asked_at"] else "asked"
    if verdict == "failed":
        status = f"it answered {reason.removeprefix('http_')}"
        return (
            f"{when}, not captured: {status if reason.startswith('http_') else _FAILED.get(reason, reason)}"
        )
    status = f", status {answer['status']}" if answer and answer["status"] else ""
    return f"{when} and {verdict}{status}" + (": as it was before" if verdict == "confirmed" else "")


def _again(fate: Row) -> Iterator[str]:
    if fate["next_due"]:
        yield f"due again on {_at(fate['next_due'])}, or when a source says that it changed, or in a sweep"
    elif fate["verdict"] == "excluded":
        yield "looked at again in every run: scope and robots.txt may change"
    elif fate["kind"] in ("page", "source"):
        yield "due in the next run"


def _robots(fate: Row, by_id: Mapping[str, Row]) -> Iterator[str]:
    record = fate["robots_record"]
    if record is None:
        return
    row = by_id.get(record)
    if row is None:
        yield f"judged by the robots.txt in record {record}"
    else:
        yield (
            f"judged by {row['url']} as captured on {_at(row['captured_at'])}, status {row['status']}: "
            f"record {record} in {row['warc_filename']} at byte {row['warc_record_offset']}"
        )


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
