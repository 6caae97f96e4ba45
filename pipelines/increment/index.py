"""What a commit keeps of the files it has read, so that the next one need not read them again.

``indexes/fold.sqlite3`` holds of each capture what decides which captures belong together: URL key,
title, stated canonical address, article; of each article its text's digest and the months of its events;
redirects, listed addresses, links by where they lead, and addresses with their months. It holds nothing
that a row is made of: the captures that a commit touches are read again, all others keep their rows.

Derived: it names the manifest whose tables it describes and is used for these only. Where it is missing,
of another one, or not what it was when it was closed, everything is read, and it is made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipelines.archive import Archive, file_digest, make_folder, write_durably
from pipelines.ledger.table import seal_path

FORMAT = 2
PLACE_BITS = 40
"""A place in commit order: number of the file, then this many bits for the offset in it."""
WHOLE, PAGE, AWAY = 1, 2, 4
"""Of a capture: later ones may repeat it; it was a 2xx, so no redirect; it can say that an article is no
longer there."""
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, crawl_id TEXT, bytes INTEGER, mtime INTEGER);
CREATE TABLE captures (
    place INTEGER PRIMARY KEY, key BLOB NOT NULL, address BLOB NOT NULL, captured_at INTEGER NOT NULL,
    digest BLOB NOT NULL, marks INTEGER NOT NULL, title BLOB, stated BLOB, article BLOB);
CREATE INDEX captures_key ON captures (key);
CREATE INDEX captures_stated ON captures (stated) WHERE stated IS NOT NULL;
CREATE INDEX captures_article ON captures (article) WHERE article IS NOT NULL;
CREATE TABLE own (key BLOB PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    article TEXT PRIMARY KEY, month TEXT NOT NULL, text BLOB NOT NULL, long INTEGER NOT NULL,
    published TEXT, place INTEGER NOT NULL, original TEXT) WITHOUT ROWID;
CREATE INDEX articles_text ON articles (text);
CREATE TABLE events (
    article TEXT, month TEXT, target BLOB, PRIMARY KEY (article, month, target)) WITHOUT ROWID;
CREATE INDEX events_target ON events (target);
CREATE TABLE redirects (
    source TEXT, target TEXT, target_key BLOB NOT NULL, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE INDEX redirects_target ON redirects (target);
CREATE INDEX redirects_target_key ON redirects (target_key);
CREATE TABLE latest (source TEXT PRIMARY KEY, captured_at INTEGER NOT NULL, target TEXT) WITHOUT ROWID;
CREATE TABLE links (target BLOB, article TEXT, PRIMARY KEY (target, article)) WITHOUT ROWID;
CREATE TABLE listed (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE entries (
    key BLOB, kind TEXT, digest BLOB NOT NULL, place INTEGER NOT NULL, holder INTEGER NOT NULL,
    PRIMARY KEY (key, kind)) WITHOUT ROWID;
CREATE TABLE compared (
    article TEXT PRIMARY KEY, wrong INTEGER NOT NULL, permille INTEGER NOT NULL, url TEXT NOT NULL,
    title INTEGER, day INTEGER, text INTEGER, images INTEGER, dated INTEGER, told TEXT)
    WITHOUT ROWID;
CREATE INDEX compared_worst ON compared (wrong, permille, url) WHERE wrong < 0;
CREATE TABLE coverage (
    address BLOB PRIMARY KEY, key BLOB NOT NULL, month TEXT NOT NULL, first_seen INTEGER NOT NULL,
    kind TEXT, told INTEGER NOT NULL, verdict TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX coverage_key ON coverage (key);
"""


def mark(text: str, size: int = 16) -> bytes:
    """A short form of a text, by which it is found: the beginning of its SHA-256. Of a URL key, it is the
    id of the article that would enter at it."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:size]


def index_path(archive: Archive) -> Path:
    """Where the index lies."""
    return archive.indexes / "fold.sqlite3"


class FoldIndex:
    """The open file. Nothing is changed in it but between :meth:`begin` and :meth:`keep`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)

    @classmethod
    def made(cls, archive: Archive) -> FoldIndex:
        """A new, empty one in the place of any that is there, in a transaction."""
        make_folder(archive.indexes)
        path = index_path(archive)
        remove_index(archive)
        index = cls(path)
        index._db.executescript(f"PRAGMA journal_mode=DELETE; {_TABLES}")
        index.begin()
        return index

    @classmethod
    def opened(cls, archive: Archive, tables: str) -> FoldIndex | None:
        """The index of the tables that a manifest (by its digest) names; ``None`` where there is none."""
        path = index_path(archive)
        try:
            if seal_path(path).read_bytes() != file_digest(path).encode():
                return None
            index = cls(path)
        except (OSError, sqlite3.DatabaseError):
            return None
        with suppress(sqlite3.DatabaseError):
            if (index.state("format"), index.state("tables")) == (FORMAT, tables):
                return index
        index.close()
        return None

    def begin(self) -> None:
        """What follows is one transaction. A file that is not kept in order is no index any more."""
        seal_path(self._path).unlink(missing_ok=True)
        self._db.execute("BEGIN")

    def keep(self, **state: Any) -> None:
        """End the transaction and close the file in order, with its digest beside it."""
        for name, value in {"format": FORMAT, **state}.items():
            self.put("state", [(name, value)])
        self._db.execute("COMMIT")
        self._db.close()
        write_durably(seal_path(self._path), file_digest(self._path).encode())

    def close(self) -> None:
        """Close the file; what was not kept is undone."""
        self._db.close()

    def state(self, name: str) -> Any:
        """A value kept with the index; ``None`` where it is not there."""
        return self.one("SELECT value FROM state WHERE name = ?", name)

    def put(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows, each in the place of the one with its key."""
        rows = iter(rows)
        first = next(rows, None)
        if first is not None:
            sql = f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(first))})"
            self._db.execute(sql, first)
            self._db.executemany(sql, rows)

    def drop(self, table: str, column: str, values: Iterable[Any]) -> None:
        """Remove the rows with some values in a column."""
        self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((value,) for value in values))

    def change(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement with the values of each row."""
        self._db.executemany(sql, rows)

    def one(self, sql: str, *values: Any) -> Any:
        """The first value of the first row, or ``None``."""
        row = self._db.execute(sql, values).fetchone()
        return row[0] if row else None

    def all(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that a query gives."""
        return self._db.execute(sql, values).fetchall()

    def of_each(self, sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """All rows that a query of one value gives, for each of some values."""
        for value in values:
            yield from self.all(sql, value)

    def numbers(self) -> Mapping[str, int]:
        """The files that it knows, and their numbers in commit order."""
        return dict(self.all("SELECT path, number FROM files ORDER BY number"))


def remove_index(archive: Archive) -> None:
    """Remove the file and what belongs to it."""
    path = index_path(archive)
    for leftover in (seal_path(path), path, path.with_name(path.name + "-journal")):
        leftover.unlink(missing_ok=True)
