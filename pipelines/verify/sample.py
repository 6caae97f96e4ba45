"""Verification of a few rows chosen by chance: each against its record and a new reading of it.

What ``--deep`` does with every row this does with some, so that it takes seconds on any archive. Whoever
changes rows does not know which will be looked at.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.archive import Archive
from pipelines.errors import IntegrityError
from pipelines.manifest import Manifest, Stored
from pipelines.model import Article, RecordRef
from pipelines.read_warc import read_capture
from pipelines.rows import KEYS, article_columns, plain, row_sha256
from pipelines.tables import TableFile
from pipelines.verify.files import in_place
from pipelines.verify.findings import Finding
from pipelines.warc.reader import capture_of_record, read_one

TABLE = "versions"
"""Every article's every version is a row of it."""
_OF_THE_FOLD = ("canonical_url", "provenance")
"""Columns that reading alone does not decide."""


def check_sample(
    archive: Archive, chain: tuple[Stored, ...], tables: Manifest, count: int, seed: int
) -> Iterator[Finding]:
    """Check some rows.

    Args:
        archive: the archive.
        chain: its manifests; not empty.
        tables: the manifest of the commit that read the tables in place.
        count: how many rows are looked at; all where there are fewer.
        seed: which they are.
    """
    for file, row in _chosen(archive, chain, count, seed):
        if row is None:
            yield Finding(code="table.broken", path=file.path, found="it cannot be read")
            continue
        place = f"{file.path}#{'/'.join(str(row[name]) for name in KEYS[TABLE])}"
        yield from _check(archive, tables, row, place)


def _chosen(
    archive: Archive, chain: tuple[Stored, ...], count: int, seed: int
) -> Iterator[tuple[TableFile, Mapping[str, Any] | None]]:
    """Rows by chance, ``None`` for a file that is broken. One that is not there is told elsewhere."""
    facts = chain[-1].manifest.tables.get(TABLE)
    files = [f for f in facts.files if f.rows] if facts else []
    total = sum(f.rows for f in files)
    wanted = sorted(random.Random(seed).sample(range(total), min(count, total)))
    start = 0
    for file in files:
        mine = [n - start for n in wanted if start <= n < start + file.rows]
        start += file.rows
        path = in_place(archive, chain, file)
        if mine and path.is_file():
            try:
                with pq.ParquetFile(path, page_checksum_verification=True) as parquet:
                    rows: list[Mapping[str, Any] | None] = list(_rows(parquet, mine))
            except (pa.ArrowException, OSError):
                rows = [None]
            yield from ((file, row) for row in rows)


def _rows(parquet: pq.ParquetFile, wanted: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    """Rows of a file by position, one row group in memory at a time."""
    start = 0
    for number in range(parquet.num_row_groups):
        end = start + parquet.metadata.row_group(number).num_rows
        mine = [n - start for n in wanted if start <= n < end]
        if mine:
            yield from parquet.read_row_group(number).take(mine).to_pylist()
        start = end


def _check(archive: Archive, tables: Manifest, row: Mapping[str, Any], place: str) -> Iterator[Finding]:
    if (digest := row_sha256(dict(row))) != row["row_sha256"]:
        yield Finding(code="row.digest", path=place, expected=row["row_sha256"], found=digest)
    ref = RecordRef(**{f.name: row[f.name] for f in fields(RecordRef)})
    try:
        stored = read_one(archive.root, ref)
    except IntegrityError as error:
        expected = f"{ref.warc_record_id} in {ref.warc_filename}"
        yield Finding(
            code="row.record_missing", path=place, offset=ref.warc_record_offset, expected=expected,
            found=str(error),
        )  # fmt: skip
        return
    capture = capture_of_record(stored, crawl_id=row["crawl_id"])
    if capture.payload_digest != row["payload_digest"]:
        yield Finding(
            code="row.record_differs", path=place, offset=ref.warc_record_offset,
            expected=row["payload_digest"], found=capture.payload_digest,
        )  # fmt: skip
        return
    portal = tables.portal
    result = read_capture(capture, portal.context, portal.layout).result
    if not isinstance(result, Article):
        yield Finding(code="row.unknown", path=place, found="its record reads as no article")
        return
    read = {n: v for n, v in article_columns(result).items() if n in row and n not in _OF_THE_FOLD}
    if differing := [name for name, value in read.items() if plain(row[name]) != plain(value)]:
        yield Finding(code="row.differs", path=place, found=", ".join(differing))
