"""A tombstone takes a record's place byte for byte in length, and every reader of WARC files reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastReader
from warcio.archiveiterator import ArchiveIterator

from pipelines.errors import UsageError
from pipelines.warc.framing import WarcName, gzip_member, warcinfo_record
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.redact import redacted_member, tombstone_of, write_redacted

NOW = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
INFO = warcinfo_record(WarcName("x", "20260330T080000Z-000000", 0), NOW, software="citynews/0", portal="x")
ARTICLE = "0123456789abcdef" * 2
REASON = "theo quyết định số 12"
SIZES = (*range(100, 1600, 7), *range(65_300, 65_560, 13), *range(130_700, 131_100, 40), 1_000_000)
"""Around what a deflated tombstone takes, and around the largest stored blocks."""


def _file(path: Path, body: bytes) -> tuple[list[StoredRecord], StoredRecord]:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    exchange = Exchange(
        url="http://tin.example.vn/x", started_at=NOW, request=b"GET / HTTP/1.1\r\n\r\n", response=answer
    )
    members = (gzip_member(r, INFO.id) for r in exchange_records(exchange))
    path.write_bytes(gzip_member(INFO, None) + b"".join(members))
    records = list(read_records(path))
    return records, next(r for r in records if r.type == "response")


def _redacted(folder: Path, body: bytes, reason: str = REASON) -> tuple[list[StoredRecord], Path]:
    """The records of a file, and the file without its response."""
    source, target = folder / "x.warc.gz", folder / "new" / "x.warc.gz"
    records, response = _file(source, body)
    told = tombstone_of(response, at="2026-04-01T00:00:00.000000Z", reason=reason, article_id=ARTICLE)
    write_redacted(source, target, [redacted_member(response, told)])
    assert target.stat().st_size == source.stat().st_size
    return records, target


def test_every_length_is_met_and_nothing_else_moves(tmp_path: Path) -> None:
    for size in SIZES:
        records, target = _redacted(tmp_path, os.urandom(size))
        again = list(read_records(target))
        assert [r.ref for r in again] == [r.ref for r in records], size
        assert [r.block for r in again if not r.tombstone] == [
            r.block for r in records if r.type != "response"
        ]


@pytest.mark.parametrize("size", [100, 400, 700, 3_000, 65_530, 1_000_000])
def test_every_reader_reads_it(tmp_path: Path, size: int) -> None:
    records, target = _redacted(tmp_path, os.urandom(size))
    ids = [f"<{r.ref.warc_record_id}>" for r in records]
    with open(target, "rb") as file:
        read = [(r.rec_headers["WARC-Record-ID"], r.content_stream().read()) for r in ArchiveIterator(file)]
    assert [name for name, _ in read] == ids
    assert read[2][1].startswith(b"citynews-redacted: 2026-04-01")
    with open(target, "rb") as file:
        fast = [(r.record_id, r.verify_block_digest()) for r in FastReader(file, parse_http=False)]
    assert fast == [(name, True) for name in ids]
    subprocess.run(["gzip", "-t", target], check=True)
    check = [Path(sys.executable).with_name("warcio"), "check", target]
    assert subprocess.run(check, capture_output=True).returncode == 0


def test_it_says_what_was_there(tmp_path: Path) -> None:
    records, target = _redacted(tmp_path, os.urandom(2_000))
    response = next(r for r in records if r.type == "response")
    (gone,) = (r for r in read_records(target) if r.tombstone)
    assert gone.tombstone is not None
    assert (gone.tombstone.reason, gone.tombstone.status, gone.tombstone.article_id) == (REASON, 200, ARTICLE)
    assert gone.tombstone.block_digest == response.get("WARC-Block-Digest")
    assert gone.tombstone.payload_digest == response.get("WARC-Payload-Digest")
    same = ("WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-Concurrent-To", "WARC-Warcinfo-ID")
    assert [gone.get(n) for n in same] == [response.get(n) for n in same]


def test_a_reason_that_has_no_room_is_left_to_the_manifest(tmp_path: Path) -> None:
    _, target = _redacted(tmp_path, os.urandom(100), reason=os.urandom(300).hex())
    (gone,) = (r for r in read_records(target) if r.tombstone)
    assert gone.tombstone is not None
    assert gone.tombstone.reason is None


def test_a_record_without_room_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too short to hold"):
        _redacted(tmp_path, b"x")
