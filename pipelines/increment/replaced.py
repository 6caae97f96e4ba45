"""Some rows of a table changed: only the files are written again that they stand in, or that they push.

A file is read and written a thousand rows at a time, so a month of any size fits in little memory; and
it gets the very bytes that writing the whole table would give it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.row_sum import Numbered, changed_sum, digest_of_sum
from pipelines.rows import columns
from pipelines.tables import (
    ROWS_PER_GROUP,
    Placed,
    TableFacts,
    TableFile,
    batch,
    batch_of_dicts,
    file_name,
    in_order,
    rank,
    rank_columns,
    rows_per_file,
    write_batches,
    write_table,
)

Columns = dict[str, Any]
Amend = Callable[[str, Columns], Columns | None]
"""Given month and columns of a row: the row as it is now, or ``None`` where it is no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changes in one table."""

    column: str
    """The column by which rows that may change are found."""
    values: Mapping[str, Collection[Any]] = field(default_factory=dict)
    """By month, the values there of rows that may change."""
    amend: Amend
    new: Sequence[Placed] = ()


def change_table(
    root: Path, stage: Path, table: str, facts: TableFacts, total: int, change: Change, empty_month: str
) -> tuple[TableFacts, int]:
    """Write the files of a table that a change touches below ``stage``.

    Args:
        root: the archive folder, with the files that ``facts`` names.
        stage: where the new files go.
        table: name of the table.
        facts: the table as it is.
        total: the sum of its rows (:mod:`pipelines.row_sum`).
        change: what changes.
        empty_month: where the zero-row file goes if no rows are left.

    Returns:
        The table as it will be, and the sum of its rows.
    """
    new: dict[str, list[Placed]] = defaultdict(list)
    for item in in_order(table, change.new):
        new[item.month].append(item)
    files: dict[str, list[TableFile]] = defaultdict(list)
    for file in facts.files:
        if file.rows:  # a table of no rows has one file, which is no part of it when there are some
            files[month_of(file)].append(file)
    rows = facts.rows
    for month in sorted(change.values.keys() | new.keys()):
        partition = _Month(root, table, month, files[month])
        edits = partition.edits(change)
        came = new[month]
        total = changed_sum(total, out=edits.out, into=(*edits.into, *_numbered(came)))
        rows += len(came) - len(edits.out) + len(edits.into)
        files[month] = partition.written(stage, edits.of_rows, came)
    named = tuple(file for month in sorted(files) for file in files[month])
    if not named:
        named = write_table(stage, table, [], empty_month).files if facts.rows else facts.files
    return TableFacts(rows=rows, logical_sha256=digest_of_sum(total), files=named), total


def month_of(file: TableFile) -> str:
    """The month whose rows a file holds."""
    return file.path.partition("archived_month=")[2].partition("/")[0]


@dataclass(slots=True)
class _Edits:
    of_rows: dict[int, Columns | None] = field(default_factory=dict)
    """By number of the row in its month."""
    out: list[Numbered] = field(default_factory=list)
    into: list[Numbered] = field(default_factory=list)


class _Month:
    """The files of one month."""

    def __init__(self, root: Path, table: str, month: str, files: Sequence[TableFile]) -> None:
        self._root, self._table, self._month, self._files = root, table, month, files
        self._starts = [sum(f.rows for f in files[:i]) for i in range(len(files) + 1)]

    def edits(self, change: Change) -> _Edits:
        """What becomes of the rows that may change."""
        edits = _Edits()
        values = change.values.get(self._month, ())
        if not values:
            return edits
        for start, file in zip(self._starts, self._files, strict=False):
            for number, row in rows_with(self._root / file.path, change.column, values):
                amended = change.amend(self._month, dict(row))
                if amended != row:
                    edits.of_rows[start + number] = amended
                    edits.out.append((self._month, row))
                    if amended is not None:
                        edits.into.append((self._month, amended))
        return edits

    def written(
        self, stage: Path, edits: Mapping[int, Columns | None], new: Sequence[Placed]
    ) -> list[TableFile]:
        """The month's files after edits and new rows (in order); those before the first one stay."""
        if not edits and not new:
            return list(self._files)
        at = list(self._placed(new))
        size = rows_per_file(self._table)
        gone = sum(row is None for row in edits.values())
        rows = self._starts[-1] - gone + len(new)
        first = 0
        if (rows > size) == (len(self._files) > 1):  # else every file has another name
            changed = min((*edits, *(position for position, _ in at)))
            first = min(changed // size, len(self._files))
        batches = _regrouped(self._pieces(first, edits, at))
        kept = list(self._files[:first])
        for number, start in enumerate(range(first * size, rows, size), first + 1):
            of_file = range(0, min(size, rows - start), ROWS_PER_GROUP)
            path = file_name(self._table, self._month, number if rows > size else None)
            kept.append(write_batches(stage, path, self._table, (next(batches) for _ in of_file)))
        return kept

    def _placed(self, new: Sequence[Placed]) -> Iterator[tuple[int, Placed]]:
        """New rows, in order, each with the number of the row before which it comes."""
        names = rank_columns(self._table)
        waiting = [(rank(getattr(item.row, name) for name in names), item) for item in new]
        for start, file in zip(self._starts, self._files, strict=False):
            path = self._root / file.path
            if not waiting or waiting[0][0] > _ranks(path, names, last=True)[-1]:
                continue
            ranks = _ranks(path, names)
            here = bisect_right(waiting, ranks[-1], key=itemgetter(0))
            yield from ((start + bisect_left(ranks, own), item) for own, item in waiting[:here])
            waiting = waiting[here:]
        yield from ((self._starts[-1], item) for _, item in waiting)

    def _pieces(
        self, first: int, edits: Mapping[int, Columns | None], new: Sequence[tuple[int, Placed]]
    ) -> Iterator[pa.RecordBatch]:
        """All rows from a file on, as they will be, in pieces of any size."""
        waiting = list(new)[::-1]
        cuts = sorted({*edits, *(position for position, _ in new)})
        start = self._starts[first]
        for group in self._groups(first):
            end = start + group.num_rows
            done = start
            for cut in cuts[bisect_left(cuts, start) : bisect_left(cuts, end)]:
                yield group.slice(done - start, cut - done)
                yield from self._inserted(waiting, cut)
                done = cut
                if cut in edits:
                    yield from self._edited(edits[cut])
                    done = cut + 1
            yield group.slice(done - start, end - done)
            start = end
        yield from self._inserted(waiting, start)

    def _groups(self, first: int) -> Iterator[pa.RecordBatch]:
        for file in self._files[first:]:
            with pq.ParquetFile(self._root / file.path, page_checksum_verification=True) as stored:
                for number in range(stored.num_row_groups):
                    yield from stored.read_row_group(number).combine_chunks().to_batches()

    def _inserted(self, waiting: list[tuple[int, Placed]], position: int) -> Iterator[pa.RecordBatch]:
        rows = []
        while waiting and waiting[-1][0] == position:
            rows.append(waiting.pop()[1].row)
        if rows:
            yield batch(self._table, rows)

    def _edited(self, row: Columns | None) -> Iterator[pa.RecordBatch]:
        if row is not None:
            yield batch_of_dicts(self._table, [row])


def _ranks(path: Path, names: Sequence[str], *, last: bool = False) -> list[tuple[Any, ...]]:
    """Where the rows of a file stand, or those of its last row group."""
    with pq.ParquetFile(path) as stored:
        groups = range(stored.num_row_groups)[-1 if last else 0 :]
        read = stored.read_row_groups(list(groups), columns=list(names))
    return list(map(rank, zip(*(read.column(name).to_pylist() for name in names), strict=True)))


def rows_with(path: Path, column: str, values: Collection[Any]) -> Iterator[tuple[int, Columns]]:
    """The rows of a file that have one of some values in a column, with their numbers."""
    with pq.ParquetFile(path, page_checksum_verification=True) as stored:
        wanted = pa.array(list(values), stored.schema_arrow.field(column).type)
        start = 0
        for number in range(stored.num_row_groups):
            found = pc.is_in(stored.read_row_group(number, columns=[column]).column(0), value_set=wanted)
            at = pc.indices_nonzero(found).to_pylist()
            if at:
                rows = stored.read_row_group(number).take(at).to_pylist()
                yield from zip((start + i for i in at), rows, strict=True)
            start += len(found)


def _regrouped(pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of ``ROWS_PER_GROUP``, the last one as it comes out. (A file's rows are a
    multiple of it, or the last ones of the month.)"""
    held: list[pa.RecordBatch] = []
    rows = 0
    for piece in pieces:
        while piece.num_rows:
            part = piece.slice(0, ROWS_PER_GROUP - rows)
            held.append(part)
            rows += part.num_rows
            piece = piece.slice(part.num_rows)
            if rows == ROWS_PER_GROUP:
                yield _joined(held)
                held, rows = [], 0
    if held:
        yield _joined(held)


def _joined(parts: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    (joined,) = pa.Table.from_batches(parts).combine_chunks().to_batches()
    return joined


def _numbered(placed: Sequence[Placed]) -> Iterator[Numbered]:
    for item in placed:
        yield item.month, as_columns(item)


def as_columns(item: Placed) -> Columns:
    """A row's columns by name."""
    return {name: getattr(item.row, name) for name in columns(type(item.row))}
