"""Rows to Parquet and back: schema, order, partitions, digests.

Nothing that differs between two runs over the same rows goes into a file: no clock, no
host, fixed options. One file per table and month; the month stands in the path only.
"""

from __future__ import annotations

import types
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field

from pipelines.archive import TABLES, file_digest
from pipelines.errors import IntegrityError
from pipelines.row_sum import digest_of_sum, sum_of_rows
from pipelines.rows import KEYS, ROWS, SCHEMA_VERSION, Row

ROWS_PER_FILE = 100_000
WIDE = ("articles", "versions")
"""Tables with whole texts in their rows: a fifth as many in a file, since a commit writes the files again
that its rows come into."""
ROWS_PER_GROUP = 1_000
"""Rows that are in memory as Arrow and Parquet at a time; their statistics serve date ranges."""
_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row and the month whose file it stands in."""

    month: str
    """``YYYY-MM``, UTC."""
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One written Parquet file."""

    path: Annotated[str, Field(pattern=r"^[a-z_]+/archived_month=\d{4}-\d{2}/[^/]+\.parquet$")]
    """Relative to the archive folder. A manifest with another one is not read."""
    bytes: int
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """One table, as a manifest describes it."""

    rows: int
    logical_sha256: str
    """:func:`pipelines.row_sum.logical_digest` of the rows, independent of how Parquet was written."""
    files: tuple[TableFile, ...]


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table, derived from its row class."""
    metadata = {"citynews.table": table, "citynews.schema": str(SCHEMA_VERSION)}
    hints = get_type_hints(ROWS[table])
    return pa.schema([_field(name, hint) for name, hint in hints.items()], metadata=metadata)


def in_order(table: str, placed: Iterable[Placed]) -> list[Placed]:
    """Rows by month; within it newest last: by day and instant of publication (none last), events by the
    moment when they were seen, then key."""
    names = rank_columns(table)
    return sorted(placed, key=lambda item: (item.month, rank(getattr(item.row, name) for name in names)))


def rank_columns(table: str) -> tuple[str, ...]:
    """The columns by which the rows of a month are in order."""
    moments = ("published_date", "published_at", "seen_at")
    return (*(name for name in moments if name in ROWS[table].__dataclass_fields__), *KEYS[table])


def rank(values: Iterable[Any]) -> tuple[Any, ...]:
    """Where a row stands, given its values of :func:`rank_columns`; a missing value comes last."""
    return tuple((True, 0) if value is None else (False, value) for value in values)


def write_table(folder: Path, table: str, placed: Sequence[Placed], empty_month: str) -> TableFacts:
    """Write all files of one table below ``folder``, as :func:`write_summed` does."""
    return write_summed(folder, table, placed, empty_month)[0]


def write_summed(
    folder: Path, table: str, placed: Sequence[Placed], empty_month: str
) -> tuple[TableFacts, int]:
    """Write all files of one table below ``folder``.

    Args:
        folder: where ``<table>/archived_month=…/`` is made.
        table: name of the table.
        placed: its rows, in any order.
        empty_month: where the zero-row file goes if there are no rows.

    Returns:
        The table, and the sum of its rows (:mod:`pipelines.row_sum`).
    """
    ordered = in_order(table, placed)
    months: dict[str, list[Row]] = defaultdict(list)
    for item in ordered:
        months[item.month].append(item.row)
    files = [
        _write_file(folder, relative, table, rows)
        for month, all_rows in (months or {empty_month: []}).items()
        for relative, rows in _split(table, month, all_rows)
    ]
    total = sum_of_rows(_dicts(ordered))
    return TableFacts(rows=len(ordered), logical_sha256=digest_of_sum(total), files=tuple(files)), total


def read_file(path: Path) -> list[dict[str, Any]]:
    """The rows of one file. Raises what pyarrow raises on a broken one."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        rows: list[dict[str, Any]] = file.read().to_pylist()
    return rows


def is_whole(root: Path, file: TableFile) -> bool:
    """Whether a file stands in the archive folder with the bytes that its manifest names."""
    path = root / file.path
    return path.is_file() and path.stat().st_size == file.bytes and file_digest(path) == file.sha256


def read_table(root: Path, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Month and columns of each row of a table in an archive folder, in the order of the files
    that are there."""
    for path in sorted((root / table).glob("archived_month=*/*.parquet")):
        month = path.parent.name.partition("=")[2]
        for row in read_file(path):
            yield month, row


def committed_rows(root: Path, facts: TableFacts) -> Iterator[dict[str, Any]]:
    """The rows of a table in an archive folder, in the order of the files that a manifest names.

    Raises IntegrityError for a file that is missing or has other bytes: fewer rows are never
    passed off as the table.
    """
    for file in facts.files:
        check_whole(root, file)
        yield from read_file(root / file.path)


def check_whole(root: Path, file: TableFile) -> None:
    """Raises IntegrityError for a file that does not stand in the archive folder as its manifest names it."""
    if not is_whole(root, file):
        raise IntegrityError(
            "a table's file is missing or not what its manifest says; run rebuild",
            place=str(root / file.path),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All tables, as they were written."""

    facts: Mapping[str, TableFacts]
    sums: Mapping[str, int]
    """By table, the sum of its rows."""


def write_tables(folder: Path, rows: Mapping[str, Sequence[Placed]], empty_month: str) -> Tables:
    """Write every table below ``folder``."""
    written = {table: write_summed(folder, table, rows.get(table, ()), empty_month) for table in TABLES}
    return Tables(
        facts={table: facts for table, (facts, _) in written.items()},
        sums={table: total for table, (_, total) in written.items()},
    )


def _dicts(ordered: Iterable[Placed]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in ordered:
        yield item.month, {f.name: getattr(item.row, f.name) for f in fields(item.row)}


def rows_per_file(table: str) -> int:
    """Rows of a month above which they are split into several files."""
    return max(1, ROWS_PER_FILE // 5) if table in WIDE else ROWS_PER_FILE


def file_name(table: str, month: str, number: int | None) -> str:
    """Path of a month's only file, or of one of several, from 1 on; relative to the archive."""
    name = table if number is None else f"{table}-{number:05}"
    return f"{table}/archived_month={month}/{name}.parquet"


def _split(table: str, month: str, rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    size = rows_per_file(table)
    if len(rows) <= size:
        yield file_name(table, month, None), rows
        return
    for number, start in enumerate(range(0, len(rows), size), 1):
        yield file_name(table, month, number), rows[start : start + size]


def _write_file(folder: Path, relative: str, table: str, rows: Sequence[Row]) -> TableFile:
    starts = range(0, max(len(rows), 1), ROWS_PER_GROUP)  # also one without rows
    batches = (batch(table, rows[start : start + ROWS_PER_GROUP]) for start in starts)
    return write_batches(folder, relative, table, batches)


def write_batches(folder: Path, relative: str, table: str, batches: Iterable[pa.RecordBatch]) -> TableFile:
    """Write one file below ``folder``, a row group per batch: the same rows in batches of
    ``ROWS_PER_GROUP`` give the same bytes, wherever they come from."""
    path = folder / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with pq.ParquetWriter(
        path,
        schema(table),
        compression="zstd",
        compression_level=3,
        write_page_checksum=True,
        version="2.6",
        data_page_version="1.0",
    ) as writer:
        for group in batches:
            writer.write_batch(group)
            rows += group.num_rows
    return TableFile(path=relative, bytes=path.stat().st_size, sha256=file_digest(path), rows=rows)


def batch(table: str, rows: Sequence[Row]) -> pa.RecordBatch:
    """Some rows, column by column: as Python values all rows are several times the table."""
    return batch_of_dicts(table, [{f.name: getattr(row, f.name) for f in fields(row)} for row in rows])


def batch_of_dicts(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """The same, of rows that are columns by name."""
    declared = schema(table)
    columns = [pa.array(_values(f, rows), f.type) for f in declared]
    return pa.RecordBatch.from_arrays(columns, schema=declared)


def _values(field: pa.Field, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    values = [row[field.name] for row in rows]
    return list(map(_arrow, values)) if pa.types.is_nested(field.type) else values


def _arrow(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_arrow(v) for v in value]
    if is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    return value


def _field(name: str, hint: Any) -> pa.Field:
    optional = get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
    if optional:
        hint = next(a for a in get_args(hint) if a is not type(None))
    return pa.field(name, _type(hint), nullable=optional)


def _type(hint: Any) -> pa.DataType:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if get_origin(hint) is tuple:
        return pa.list_(pa.field("element", _type(get_args(hint)[0]), nullable=False))
    return pa.struct([_field(name, inner) for name, inner in get_type_hints(hint).items()])
