"""Which answers repeat what the archive holds already, so that they need not be stored again.

A page, a source or a robots.txt only repeats the latest capture of the *same* address, so that
a revisit never begins a version; a requisite may repeat a record of any address (RULES,
"Revisit"). Nothing rests on a digest, nor on this table: the earlier record is read back, it
must be a whole response, and its payload is compared byte for byte before anything refers to it.
In every doubt the answer is stored whole.

The table is a part of the ledger, and is made again with it from the sealed WARCs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.archive import Archive
from pipelines.dispositions import counts_as_captured
from pipelines.errors import IntegrityError
from pipelines.model import RecordRef
from pipelines.warc.framing import OPEN
from pipelines.warc.member import StoredRecord
from pipelines.warc.message import http_view
from pipelines.warc.reader import read_one
from pipelines.warc.record import Exchange, safe_uri, sha256_digest
from pipelines.warc.revisit import Referent, can_be_repeated, is_unchanged, repeats, shape

PAYLOADS = """
CREATE TABLE IF NOT EXISTS payloads (
    url TEXT PRIMARY KEY, digest TEXT NOT NULL, shape TEXT NOT NULL, warc_filename TEXT NOT NULL,
    warc_record_offset INTEGER NOT NULL, warc_record_length INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_digest ON payloads (digest);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A response record that a later answer may repeat."""

    url: str
    """Verbatim."""
    digest: str
    """Of its payload."""
    shape: str
    """:func:`pipelines.warc.revisit.shape` of its head."""
    ref: RecordRef


class Payloads:
    """For each address the response record that holds its latest capture. An address whose latest
    capture is none (an empty one, or a revisit of another address) has no row."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        self._db.executescript(PAYLOADS)

    def answered(self, url: str, block: bytes, ref: RecordRef, digest: str) -> None:
        """An address gave a whole answer, which ``ref`` holds. One that counts as no capture
        (an error, a 304) leaves the latest capture what it was.

        Args:
            digest: of the answer's payload.
        """
        view = http_view(block)
        if view.status is None or view.status == 304 or not counts_as_captured(view.status):
            return
        if not can_be_repeated(block, view):
            self.forget(url)
            return
        place = (ref.warc_filename, ref.warc_record_offset, ref.warc_record_length, ref.warc_record_id)
        row = (url, digest, shape(view), *place)
        self._db.execute("INSERT OR REPLACE INTO payloads VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def repeated(self, url: str, referent_url: str) -> None:
        """An address gave an answer that repeats a record of some address."""
        if referent_url != safe_uri(url):
            self.forget(url)

    def forget(self, url: str) -> None:
        """Nothing may refer to an address's latest capture."""
        self._db.execute("DELETE FROM payloads WHERE url = ?", (url,))

    def at(self, url: str) -> Held | None:
        """The record of an address's latest capture."""
        return self._one("url = ?", url)

    def anywhere(self, digest: str, shape: str) -> Held | None:
        """The oldest record with a payload, whatever its address. (Ids begin with their time.)"""
        return self._one("digest = ? AND shape = ?", digest, shape)

    def lose(self, run_id: str, kept: frozenset[str]) -> None:
        """Records of a run that are not among ``kept`` are no more."""
        sql = "SELECT url, record FROM payloads WHERE instr(warc_filename, ?)"
        for url, record in self._db.execute(sql, (run_id,)).fetchall():
            if record not in kept:
                self.forget(url)

    def _one(self, where: str, *values: str) -> Held | None:
        sql = f"SELECT * FROM payloads WHERE {where} ORDER BY record LIMIT 1"
        row = self._db.execute(sql, values).fetchone()
        return Held(url=row[0], digest=row[1], shape=row[2], ref=_ref(row[3:])) if row else None


class Revisits:
    """Decides for one crawl which exchanges are revisits, in three steps: :meth:`look_up` and
    :meth:`kept` ask the ledger and are for its thread, :meth:`referent` reads a file.

    Args:
        archive: whose files are read.
        payloads: what was captured so far.
        is_requisite: whether an address is asked only because pages need it.
    """

    def __init__(self, archive: Archive, payloads: Payloads, is_requisite: Callable[[str], bool]) -> None:
        self._archive, self._payloads, self._is_requisite = archive, payloads, is_requisite

    def look_up(self, exchange: Exchange) -> Held | None:
        """The record that an exchange's answer seems to repeat, or ``None``."""
        if exchange.error is not None or exchange.truncated is not None or not exchange.response:
            return None
        latest, anywhere = self._payloads.at(exchange.url), self._is_requisite(exchange.url)
        if latest is None and not anywhere:
            return None  # most answers of a first crawl
        view = http_view(exchange.response)
        if view.status == 304:
            return latest
        if not can_be_repeated(exchange.response, view):
            return None
        form = shape(view)
        if not anywhere and latest is not None and latest.shape != form:
            return None
        digest = sha256_digest(view.payload)
        if latest is not None and (latest.digest, latest.shape) == (digest, form):
            return latest
        return self._payloads.anywhere(digest, form) if anywhere else None

    def latest(self, url: str) -> StoredRecord | None:
        """The whole response that an address's next answer may refer to, read back from its file."""
        held = self._payloads.at(url)
        stored = self._read(held.ref) if held else None
        return stored if stored and _is_whole_response(stored, url) else None

    def referent(self, exchange: Exchange, held: Held) -> Referent | None:
        """The record that an exchange's answer does repeat, now that it was read back; ``None``
        where it cannot be read, says something else, or is younger than the exchange."""
        stored = self._read(held.ref)
        if stored is None or not _is_whole_response(stored, held.url) or stored.date >= exchange.started_at:
            return None
        answer, earlier = exchange.response, stored.block
        if not (repeats(answer, earlier) or is_unchanged(exchange.request, answer, earlier)):
            return None
        return Referent(
            record_id=held.ref.warc_record_id,
            url=stored.target_uri or "",
            date=stored.date,
            payload_digest=sha256_digest(http_view(earlier).payload),
        )

    def kept(self, exchange: Exchange, ref: RecordRef, digest: str, referent: Referent | None) -> None:
        """A whole answer is durable.

        Args:
            ref: its record.
            digest: of its payload.
            referent: what the record refers to, if it is a revisit.
        """
        if referent is not None:
            self._payloads.repeated(exchange.url, referent.url)
        elif exchange.error is None and exchange.truncated is None:
            self._payloads.answered(exchange.url, exchange.response, ref, digest)

    def _read(self, ref: RecordRef) -> StoredRecord | None:
        path = self._archive.root / ref.warc_filename
        if not path.is_file():  # a file of this run, not sealed yet
            path = self._archive.spool / (path.name + OPEN)
        try:
            return read_one(self._archive.root, ref, path=path)
        except (IntegrityError, OSError):
            return None


def _is_whole_response(stored: StoredRecord, url: str) -> bool:
    whole = stored.type == "response" and stored.get("WARC-Truncated") is None
    return whole and stored.target_uri == safe_uri(url)


def _ref(row: tuple[str, int, int, str]) -> RecordRef:
    return RecordRef(
        warc_filename=row[0], warc_record_offset=row[1], warc_record_length=row[2], warc_record_id=row[3]
    )
