"""The file behind the ledger: a table of addresses, in SQLite.

It is in WAL mode. It is a fold of what the sealed WARCs say and can be made again from them
(:mod:`pipelines.ledger`); rows are written only after the evidence that they speak of is durable.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.archive import file_digest, write_durably
from pipelines.ledger.addresses import COLUMNS, SCHEMA, TABLES, Address, address_of
from pipelines.ledger.completeness import Page
from pipelines.revisits import Payloads


class Table:
    """The open file, and what stands in it of addresses whatever the run."""

    def __init__(self, path: Path) -> None:
        self._path, self._closed = path, False
        seal_path(path).unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {TABLES}")
        self._db.execute(f"PRAGMA user_version={SCHEMA}")
        self.payloads = Payloads(self._db)
        """What later answers may repeat."""

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

    def get(self, url: str) -> Address | None:
        """What is known of one address."""
        return next(self._select("WHERE url = ?", url), None)

    def addresses(self) -> Iterator[Address]:
        """All addresses in order."""
        return self._select("ORDER BY url")

    def found_by(self, kind: str) -> tuple[Address, ...]:
        """All pages that a kind of source ever listed."""
        return tuple(a for a in self._select("WHERE kind = 'page' AND instr(found_by, ?)", json.dumps(kind)))

    def found_lately(self) -> Iterator[Address]:
        """The pages that were first seen in a run after the first complete sweep, the latest first."""
        swept = "SELECT min(started) FROM runs WHERE kind = 'sweep' AND complete"
        after = f"SELECT min(started) FROM runs WHERE started > ({swept})"
        return self._select(f"WHERE kind = 'page' AND first_seen >= ({after}) ORDER BY first_seen DESC, url")

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

    def note(self, name: str, value: str) -> None:
        """Keep what a run learned of a source for the next one. It is no evidence: a ledger that was made
        again has no notes, and the next run learns anew, for some requests more."""
        self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """What was kept under a name."""
        row = self._db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

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

    def _select(self, rest: str, *values: Any) -> Iterator[Address]:
        for row in self._db.execute(f"SELECT {COLUMNS} FROM addresses {rest}", values):
            yield address_of(row)

    def _set(self, url: str, **changes: Any) -> None:
        columns = ", ".join(f"{name} = ?" for name in changes)
        self._db.execute(f"UPDATE addresses SET {columns} WHERE url = ?", (*changes.values(), url))


def seal_path(path: Path) -> Path:
    """Where the digest of a ledger that was closed in order lies."""
    return path.with_name(path.name + ".sha256")
