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
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines import dispositions as lines
from pipelines import due
from pipelines.addresses import (
    COLUMNS,
    SCHEMA,
    TABLES,
    Address,
    Kind,
    RunKind,
    RunState,
    address_of,
    kind_of,
    line_of,
    text_of,
)
from pipelines.archive import file_digest, instant, moment_of, write_durably
from pipelines.completeness import Page
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
        self.run, self._started = "", datetime.min.replace(tzinfo=UTC)
        self._path, self._closed = path, False
        seal_path(path).unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {TABLES}")
        self._db.execute(f"PRAGMA user_version={SCHEMA}")
        self.payloads = Payloads(self._db)
        """What later answers may repeat."""

    def begin(
        self,
        run_id: str,
        started: datetime,
        *,
        rebuilt: bool = False,
        kind: RunKind | None = None,
        queued: bool = False,
    ) -> None:
        """Make ``run_id`` the run in which things happen from now on.

        Args:
            rebuilt: the run is known from its records alone.
            kind: what it asks; ``None``: nobody knows, or the ledger does.
            queued: whether all that it is to ask is pending, because a run left it that it goes on with.
        """
        self.run, self._started = run_id, started
        row = (run_id, instant(started), rebuilt, kind, queued)
        self._db.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, NULL, ?, ?, ?, 0)", row)

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
                " (?, ?, 'pending', NULL, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, 1, ?, NULL, 0, NULL)",
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

    def leave(self, url: str, reason: str) -> None:
        """An address is not asked in this run, and may be in the next."""
        self._judge(url, "not_due", reason, None)

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
        row = self.get(url)
        assert row is not None
        verdict, reason = lines.judge(
            status=status,
            complete=complete,
            error=error,
            answer_digest=answer_digest,
            last_answer=row.answer_digest,
        )
        changes: dict[str, Any] = {"verdict": verdict, "reason": reason, "run": self.run}
        changes |= {"asked_at": instant(asked_at), "record": ref.warc_record_id}
        changes |= {"robots_record": robots_record}
        if verdict == "captured":
            changes |= {"status": status, "answer_digest": answer_digest, "walked": False}
        if row.kind in ("page", "source"):
            changes |= self._when(row, asked_at, None if verdict == "failed" else status)
        self._set(url, **changes)

    def read_as(self, url: str, content: str, published: date | datetime | None) -> None:
        """An address's answer was read, and so it is known how old it is, or that it changed.

        Args:
            content: digest of what was read, and by which reader: ``READER:DIGEST``.
            published: when it was published, as far as the page or a source says so.
        """
        row = self.get(url)
        if row is None or row.asked_at is None or row.next_due is None or row.content == content:
            return
        if row.content is None and published is not None:
            self.rest(url, due.after_first_reading(row.asked_at, published))
        elif row.content and row.content.partition(":")[0] == content.partition(":")[0]:
            self.rest(url, due.after_change(row.next_due - row.asked_at))
        self._set(url, content=content)

    def read_as_error(self, url: str) -> None:
        """An address that was a page answered with an error that calls itself a success: it is asked again as
        soon as one that is not found, and then less and less often."""
        row = self.get(url)
        if row is not None and row.content is not None:
            self.rest(url, due.GONE)
            self._set(url, content=None)

    def doubt(self, url: str) -> None:
        """An address's first answer may be none of its own, but that of a wall or of a site at work: it is
        asked again as soon as one that is not found, and then less and less often."""
        row = self.get(url)
        if row is not None and row.content is None and row.pause == due.UNDATED.total_seconds():
            self.rest(url, due.GONE)

    def rest(self, url: str, pause: timedelta) -> None:
        """An address that was asked rests for so long, counted from then."""
        row = self.get(url)
        if row is not None and row.asked_at is not None:
            self._set(url, next_due=instant(row.asked_at + pause), pause=round(pause.total_seconds()))

    def walked(self, url: str) -> None:
        """The links of an address's last captured answer were taken: in this run, which tells of it, although
        the answer may be of a run that was stopped before it came to them."""
        self._set(url, walked=True, run=self.run)

    def _when(self, row: Address, asked_at: datetime, status: int | None) -> dict[str, Any]:
        """When an address is asked again that was asked just now. Another attempt of the same run is
        no further sign of anything.

        Args:
            row: what was known of it.
            status: what it answered; ``None``: nothing, or an error.
        """
        repeated = row.run == self.run and row.asked_at is not None and row.asked_at >= self._started
        if status is None:
            failures = row.failures + (not (repeated and row.failures))
            return {"failures": failures, "next_due": instant(asked_at + due.after_failure(failures))}
        gone, was_gone = status in lines.GONE, row.status in lines.GONE
        pause = timedelta(seconds=row.pause) if row.pause is not None else None
        if row.kind == "source":
            pause = due.SWEEP
        elif pause is None or not repeated or row.failures or gone != was_gone:
            pause = due.after_answer(pause, gone=gone, was_gone=was_gone)
        return {
            "failures": 0,
            "pause": round(pause.total_seconds()),
            "next_due": instant(asked_at + pause),
        }

    def note(self, name: str, value: str) -> None:
        """Keep what a run learned of a source for the next one. It is no evidence: a ledger that was made
        again has no notes, and the next run learns anew, for some requests more."""
        self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """What was kept under a name."""
        row = self._db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def found_by(self, kind: str) -> tuple[Address, ...]:
        """All pages that a kind of source ever listed."""
        return tuple(a for a in self._select("WHERE kind = 'page' AND instr(found_by, ?)", json.dumps(kind)))

    def sources_on(self, url: str) -> tuple[str, ...]:
        """The sitemaps that were first found on another one, an index."""
        sql = "SELECT url FROM addresses WHERE kind = 'source' AND found_on = ? AND instr(found_by, ?)"
        return tuple(row[0] for row in self._db.execute(sql, (url, json.dumps("sitemap"))))

    def pages(self) -> Iterator[Page]:
        """All pages, as far as the search for gaps needs them."""
        sql = "SELECT url, found_by, verdict, reason, status FROM addresses WHERE kind = 'page'"
        for url, found_by, verdict, reason, status in self._db.execute(sql):
            found = tuple(json.loads(found_by))
            yield Page(url=url, found_by=found, verdict=verdict, reason=reason, status=status)

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
            record=line.record, robots_record=line.robots_record, walked=line.walked, run=self.run,
        )  # fmt: skip
        if line.next_due is not None:  # else an older version wrote it, and what the records say holds
            self._set(line.url, next_due=text_of(line.next_due))
            if line.asked_at is not None and line.verdict in ("captured", "confirmed"):
                pause = round((line.next_due - line.asked_at).total_seconds())
                self._set(line.url, pause=pause)
        if line.first_seen:
            self._set(line.url, first_seen=instant(line.first_seen))

    def lose(self, kept: frozenset[str]) -> None:
        """Addresses asked in this run whose record is not among ``kept`` were not asked
        after all: they are pending, and their last answer is not known."""
        asked = (  # and not those of which this run only took the links
            "run = ? AND verdict IN ('captured', 'confirmed', 'failed')"
            " AND asked_at >= (SELECT started FROM runs WHERE run_id = run)"
        )
        for row in list(self._select(f"WHERE {asked}", self.run)):
            if row.record not in kept:
                lost = {"verdict": "pending", "reason": "record_lost", "record": None, "asked_at": None}
                self._set(row.url, **lost, status=None, answer_digest=None, walked=True)
                self.payloads.forget(row.url)  # nobody knows what its last answer was
        self.payloads.lose(self.run, kept)

    def told(self, state: RunState, *, rebuilt: bool) -> None:
        """Take over what the head of this run's sealed dispositions says."""
        row = (instant(state.started), rebuilt, state.kind, state.queued, state.complete, self.run)
        sql = "UPDATE runs SET started = ?, rebuilt = ?, kind = ?, queued = ?, complete = ? WHERE run_id = ?"
        self._db.execute(sql, row)

    def queued(self) -> None:
        """All that this run is to ask is pending."""
        self._db.execute("UPDATE runs SET queued = 1 WHERE run_id = ?", (self.run,))

    def state(self) -> RunState:
        """What is known of this run."""
        return self._state("run_id = ?", self.run) or RunState(started=self._started)

    def last_crawl(self) -> RunState | None:
        """What is known of the last run before this one that asked anybody. In the order in which runs
        came, which is not that of their names where the clock was wrong."""
        return self._state("run_id <> ? AND kind IS NOT 'import' ORDER BY rowid DESC LIMIT 1", self.run)

    def last_sweep(self) -> datetime | None:
        """When the last sweep began that was complete."""
        sql = "SELECT max(started) FROM runs WHERE kind = 'sweep' AND complete"
        started = self._db.execute(sql).fetchone()[0]
        return moment_of(started) if started else None

    def sweeps(self) -> int:
        """How many sweeps were complete."""
        sql = "SELECT count(*) FROM runs WHERE kind = 'sweep' AND complete"
        return int(self._db.execute(sql).fetchone()[0])

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

    def end(self, *, complete: bool = False) -> None:
        """This run is over: its dispositions are sealed, or about to be.

        ``complete``: whether it asked all that a run of its kind does.
        """
        row = (instant(datetime.now(UTC)), complete, self.run)
        sql = "UPDATE runs SET ended = ?, complete = complete OR ? WHERE run_id = ?"
        self._db.execute(sql, row)

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

    def _state(self, where: str, *values: str) -> RunState | None:
        sql = f"SELECT started, kind, queued, complete FROM runs WHERE {where}"
        row = self._db.execute(sql, values).fetchone()
        if row is None:
            return None
        return RunState(started=moment_of(row[0]), kind=row[1], queued=bool(row[2]), complete=bool(row[3]))

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
