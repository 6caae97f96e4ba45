"""An address as the ledger holds it: the row, its table, and what goes in and out.

Times are ISO 8601, UTC, microseconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from pipelines.archive import instant, moment_of
from pipelines.dispositions import Disposition
from pipelines.urls import split

Kind = Literal["page", "source", "robots", "requisite"]
RunKind = Literal["sweep", "ordinary", "import"]
"""What a run asks: everything known once, what is due, or nobody."""

SCHEMA = 3
TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    run_id TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, rebuilt INTEGER NOT NULL,
    kind TEXT, queued INTEGER NOT NULL DEFAULT 0, complete INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS addresses (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT,
    found_by TEXT NOT NULL, found_on TEXT, first_seen TEXT NOT NULL, asked_at TEXT,
    record TEXT, robots_record TEXT, next_due TEXT, status INTEGER, answer_digest TEXT,
    walked INTEGER NOT NULL, run TEXT NOT NULL, pause INTEGER,
    failures INTEGER NOT NULL DEFAULT 0, content TEXT);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_run ON addresses (run);
CREATE INDEX IF NOT EXISTS due ON addresses (verdict) WHERE verdict = 'pending';
CREATE INDEX IF NOT EXISTS unwalked ON addresses (walked) WHERE walked = 0;
"""
LISTING = "list-"
"""How the digest begins of what was read as a list of pages."""
COLUMNS = (
    "url, kind, verdict, reason, found_by, found_on, first_seen, asked_at, record, robots_record,"
    " next_due, status, answer_digest, walked, run, pause,"
    " failures, content"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """What is known of a run."""

    started: datetime
    kind: RunKind | None = None
    """``None``: the run was killed and the ledger lost, or an older version made it."""
    queued: bool = False
    """Whether all that it was to ask had become pending, so that what it left can be told."""
    complete: bool = False
    """Whether it asked all that a run of its kind does."""

    def facts(self) -> dict[str, Any]:
        """What the first line of the run's dispositions says of it."""
        return {"kind": self.kind, "queued": self.queued, "complete": self.complete} if self.kind else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One row: an address, verbatim, and what is known of it."""

    url: str
    kind: str
    verdict: str
    reason: str | None
    found_by: tuple[str, ...]
    found_on: str | None
    first_seen: datetime
    asked_at: datetime | None
    record: str | None
    robots_record: str | None
    next_due: datetime | None
    status: int | None
    """Of the last captured answer."""
    answer_digest: str | None
    """Of the last captured answer; what must be equal to confirm it."""
    walked: bool
    """Whether the links of the last captured answer were taken."""
    run: str
    """The run in which its fate last changed."""
    pause: int | None
    """Seconds between its last answer (failures apart) and the next question."""
    failures: int
    """In how many runs, one after another, it failed; its last answer being before them."""
    content: str | None
    """Digest of what the last captured answer was read as; ``None`` where nobody read it, or the ledger
    was made again since."""

    @property
    def is_listing(self) -> bool:
        """Whether it was read as a list of pages, as far as the ledger knows."""
        return (self.content or "").partition(":")[2].startswith(LISTING)


def kind_of(url: str) -> Kind:
    """The kind of an address that nobody named one for."""
    parts = split(url)
    return "robots" if parts and parts.path == "/robots.txt" else "page"


def address_of(row: tuple[Any, ...]) -> Address:
    value = dict(zip(Address.__slots__, row, strict=True))
    value["found_by"] = _finders(value["found_by"])
    value["walked"] = bool(value["walked"])
    for name in ("first_seen", "asked_at", "next_due"):
        value[name] = moment_of(value[name]) if value[name] else None
    return Address(**value)


@lru_cache(maxsize=256)  # there are a few ways of finding addresses, and many addresses
def _finders(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def line_of(row: Address) -> Disposition:
    """The row as a line. That links were not taken is said only where there can be some."""
    linked = row.verdict in ("captured", "confirmed") and row.kind != "robots"
    unwalked = linked and not row.walked and row.status is not None and row.status < 400
    return Disposition(
        url=row.url, verdict=row.verdict, reason=row.reason, kind=row.kind, found_by=row.found_by,
        found_on=row.found_on, first_seen=row.first_seen, asked_at=row.asked_at, record=row.record,
        robots_record=row.robots_record, next_due=row.next_due, walked=not unwalked,
    )  # fmt: skip


def text_of(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None
