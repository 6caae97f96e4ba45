"""The runs that the ledger knows of, and what is told of the one that goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipelines import dispositions as lines
from pipelines.archive import instant, moment_of
from pipelines.dispositions import Disposition
from pipelines.ledger.addresses import Address, RunKind, RunState, line_of
from pipelines.ledger.table import Table


class Runs(Table):
    """The runs, one of which may go on (:meth:`begin`): things happen in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.run, self._started = "", datetime.min.replace(tzinfo=UTC)

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

    def _state(self, where: str, *values: str) -> RunState | None:
        sql = f"SELECT started, kind, queued, complete FROM runs WHERE {where}"
        row = self._db.execute(sql, values).fetchone()
        if row is None:
            return None
        return RunState(started=moment_of(row[0]), kind=row[1], queued=bool(row[2]), complete=bool(row[3]))
