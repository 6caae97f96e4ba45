"""The table behind the ledger: every address known, and its fate.

SQLite in WAL mode. It is a fold of what the sealed WARCs say and can be made
again from them (:mod:`pipelines.ledger`); rows are written only after the
evidence that they speak of is durable.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines import dispositions as lines
from pipelines.addresses import (
    COLUMNS,
    SCHEMA,
    TABLES,
    Address,
    Kind,
    address_of,
    kind_of,
    line_of,
    text_of,
)
from pipelines.archive import file_digest, instant, moment_of, write_durably
from pipelines.dispositions import Disposition
from pipelines.model import RecordRef
from pipelines.revisits import Payloads

_NO_PAGE = (("excluded", "not_a_page"), ("excluded", "out_of_scope"))
"""Verdicts on pages that say nothing about requisites."""


class Ledger:
    """Every address known and its fate, for one run at a time (:meth:`begin`).

    Open one with :func:`pipelines.ledger.open_ledger`, which checks and mends the file.
    """

    def __init__(self, path: Path) -> None:
        self.run = ""
        self._path, self._closed = path, False
        seal_path(path).unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {TABLES}")
        self._db.execute(f"PRAGMA user_version={SCHEMA}")
        self.payloads = Payloads(self._db)
        """What later answers may repeat."""

    def begin(self, run_id: str, started: datetime, *, rebuilt: bool = False) -> None:
        """Make ``run_id`` the run in which things happen from now on.

        ``rebuilt``: the run is known from its records alone.
        """
        self.run = run_id
        row = (run_id, instant(started), rebuilt)
        self._db.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, NULL, ?)", row)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many changes as one transaction; faster than each on its own."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def observe(
        self,
        url: str,
        *,
        kind: Kind = "page",
        found_by: str | None = None,
        found_on: str | None = None,
        seen: datetime | None = None,
    ) -> bool:
        """An address was seen, now or at ``seen``. Returns whether it is new; a new one is pending."""
        row = self._db.execute("SELECT found_by FROM addresses WHERE url = ?", (url,)).fetchone()
        if row is None:
            finders = json.dumps([found_by] if found_by else [])
            self._db.execute(
                f"INSERT INTO addresses ({COLUMNS}) VALUES"
                " (?, ?, 'pending', NULL, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, 1, ?)",
                (url, kind, finders, found_on, instant(seen or datetime.now(UTC)), self.run),
            )
            return True
        finders = json.loads(row[0])
        if found_by and found_by not in finders:
            self._set(url, found_by=json.dumps([*finders, found_by]))
        return False

    def require(self, url: str, *, found_on: str | None) -> bool:
        """A page needs an address to be shown. Returns whether it is to be asked: where nobody knew
        it, or where it was only left out as a page."""
        if self.observe(url, kind="requisite", found_by="requisite", found_on=found_on):
            return True
        row = self.get(url)
        if row is None or (row.verdict, row.reason) not in _NO_PAGE:
            return False
        self._judge(url, "pending", None, None)
        self._set(url, kind="requisite", found_on=found_on)
        return True

    def is_requisite(self, url: str) -> bool:
        """Whether an address is known, and only as something that a page needs."""
        row = self._db.execute("SELECT kind FROM addresses WHERE url = ?", (url,)).fetchone()
        return row is not None and row[0] == "requisite"

    def queue(self, url: str, kind: Kind | None = None) -> None:
        """A known address will be asked in this run (as ``kind``, if it is another than before):
        it is pending until it was."""
        self._judge(url, "pending", None, None)
        if kind is not None:
            self._set(url, kind=kind)

    def defer(self, url: str, reason: str, robots_record: str | None = None) -> None:
        """An address cannot be asked now and stays pending."""
        self._judge(url, "pending", reason, robots_record)

    def exclude(self, url: str, reason: str, robots_record: str | None = None) -> None:
        """An address may not be asked. The same exclusion as before is no change, so
        that runs do not repeat each other's lines."""
        row = self.get(url)
        if row is None or (row.verdict, row.reason, row.robots_record) != ("excluded", reason, robots_record):
            self._judge(url, "excluded", reason, robots_record)

    def exchanged(
        self,
        url: str,
        *,
        asked_at: datetime,
        ref: RecordRef,
        status: int | None,
        answer_digest: str,
        complete: bool,
        error: str | None,
        robots_record: str | None = None,
    ) -> None:
        """An address was asked, and the evidence is durable. The last exchange of a run wins.

        Args:
            ref: the response record; without a response, the exchange's metadata record.
            answer_digest: :func:`pipelines.dispositions.answer_digest` of the answer.
            complete: whether the whole answer came.
            error: class of failure, or ``None``.
        """
        self.observe(url, kind=kind_of(url), seen=asked_at)
        last = self._db.execute("SELECT answer_digest FROM addresses WHERE url = ?", (url,)).fetchone()[0]
        verdict, reason = lines.judge(
            status=status, complete=complete, error=error, answer_digest=answer_digest, last_answer=last
        )
        changes: dict[str, Any] = {"verdict": verdict, "reason": reason, "run": self.run}
        changes |= {"asked_at": instant(asked_at), "record": ref.warc_record_id}
        changes |= {"robots_record": robots_record, "next_due": None}
        if verdict == "captured":
            changes |= {"status": status, "answer_digest": answer_digest, "walked": False}
        self._set(url, **changes)

    def walked(self, url: str) -> None:
        """The links of an address's last captured answer were taken."""
        self._set(url, walked=True)

    def get(self, url: str) -> Address | None:
        """What is known of one address."""
        return next(self._select("WHERE url = ?", url), None)

    def addresses(self) -> Iterator[Address]:
        """All addresses in order."""
        return self._select("ORDER BY url")

    def unfinished(self) -> tuple[Address, ...]:
        """What an earlier run left to do: pending, or captured (2xx, 3xx) and not walked."""
        return tuple(
            self._select(
                "WHERE run <> ? AND (verdict = 'pending' OR (walked = 0 AND verdict IN"
                " ('captured', 'confirmed') AND kind <> 'robots' AND status < 400)) ORDER BY url",
                self.run,
            )
        )

    def dispositions(self) -> list[Disposition]:
        """The lines of this run: addresses whose fate changed in it, and all that are pending."""
        rows = self._select("WHERE run = ? OR verdict = 'pending' ORDER BY url", self.run)
        return [line_of(row) for row in rows]

    def sums(self) -> dict[str, dict[str, int]]:
        """The two sums of this run as they stand; see :func:`pipelines.dispositions.sums`."""
        known = self._db.execute("SELECT kind, count(*) FROM addresses GROUP BY kind").fetchall()
        told = self._db.execute(
            "SELECT kind, verdict, reason, count(*) FROM addresses"
            " WHERE run = ? OR verdict = 'pending' GROUP BY kind, verdict, reason",
            (self.run,),
        )
        return lines.sums(dict(known), {tuple(row[:3]): row[3] for row in told})

    def learn(self, line: Disposition) -> None:
        """Take over a line of this run's sealed dispositions."""
        self.observe(line.url)
        self._set(
            line.url, verdict=line.verdict, reason=line.reason, kind=line.kind,
            found_by=json.dumps(line.found_by), found_on=line.found_on, asked_at=text_of(line.asked_at),
            record=line.record, robots_record=line.robots_record, next_due=text_of(line.next_due),
            walked=line.walked, run=self.run,
        )  # fmt: skip
        if line.first_seen:
            self._set(line.url, first_seen=instant(line.first_seen))

    def lose(self, kept: frozenset[str]) -> None:
        """Addresses asked in this run whose record is not among ``kept`` were not asked
        after all: they are pending, and their last answer is not known."""
        asked = "run = ? AND verdict IN ('captured', 'confirmed', 'failed')"
        for row in list(self._select(f"WHERE {asked}", self.run)):
            if row.record not in kept:
                lost = {"verdict": "pending", "reason": "record_lost", "record": None, "asked_at": None}
                self._set(row.url, **lost, status=None, answer_digest=None, walked=True)
                self.payloads.forget(row.url)  # nobody knows what its last answer was
        self.payloads.lose(self.run, kept)

    def told(self, started: datetime, *, rebuilt: bool) -> None:
        """Take over what the head of this run's sealed dispositions says."""
        row = (instant(started), rebuilt, self.run)
        self._db.execute("UPDATE runs SET started = ?, rebuilt = ? WHERE run_id = ?", row)

    def unended(self) -> tuple[str, ...]:
        """Runs that began and did not end, in order."""
        rows = self._db.execute("SELECT run_id FROM runs WHERE ended IS NULL ORDER BY run_id")
        return tuple(row[0] for row in rows)

    def runs(self) -> frozenset[str]:
        """All runs that it knows of."""
        return frozenset(row[0] for row in self._db.execute("SELECT run_id FROM runs"))

    def span(self) -> tuple[datetime, datetime, bool]:
        """Start of this run, its last exchange (or its start), and whether it was rebuilt."""
        sql = "SELECT started, rebuilt FROM runs WHERE run_id = ?"
        started, rebuilt = self._db.execute(sql, (self.run,)).fetchone()
        sql = "SELECT max(asked_at) FROM addresses WHERE run = ?"
        last = self._db.execute(sql, (self.run,)).fetchone()[0]
        return moment_of(started), moment_of(max(started, last or started)), bool(rebuilt)

    def end(self) -> None:
        """This run is over: its dispositions are sealed."""
        ended = instant(datetime.now(UTC))
        self._db.execute("UPDATE runs SET ended = ? WHERE run_id = ?", (ended, self.run))

    def close(self) -> None:
        """Close the file in order, and write its digest beside it: SQLite itself does
        not notice a flipped byte in a row. Safe to call twice."""
        if self._closed:
            return
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.release()
        write_durably(seal_path(self._path), file_digest(self._path).encode())

    def release(self) -> None:
        """Close the file and nothing more, as after an error."""
        self._closed = True
        self._db.close()

    def _judge(self, url: str, verdict: str, reason: str | None, robots_record: str | None) -> None:
        self.observe(url, kind=kind_of(url))
        self._set(url, verdict=verdict, reason=reason, robots_record=robots_record, run=self.run)

    def _set(self, url: str, **changes: Any) -> None:
        columns = ", ".join(f"{name} = ?" for name in changes)
        self._db.execute(f"UPDATE addresses SET {columns} WHERE url = ?", (*changes.values(), url))

    def _select(self, rest: str, *values: Any) -> Iterator[Address]:
        for row in self._db.execute(f"SELECT {COLUMNS} FROM addresses {rest}", values):
            yield address_of(row)


def seal_path(path: Path) -> Path:
    """Where the digest of a ledger that was closed in order lies."""
    return path.with_name(path.name + ".sha256")
