"""Verification of rows: each against its record, and all against a new reading of the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from pipelines.archive import TABLES, Archive
from pipelines.counted import counted
from pipelines.dispositions import count, sums
from pipelines.fold import Folded, fold
from pipelines.ledger.addresses import kind_of
from pipelines.manifest import RUNS, Manifest, Stored, file_name, files_of, losses_of
from pipelines.reader import reader_id
from pipelines.row_sum import logical_digest
from pipelines.rows import KEYS, ROWS, CoverageRow, columns, plain, row_sha256
from pipelines.sealed import read_staged
from pipelines.staging import stage_name
from pipelines.tables import read_file
from pipelines.verify.files import in_place
from pipelines.verify.findings import Finding
from pipelines.verify.warcs import Evidence

Rows = list[tuple[str, str, dict[str, Any]]]
"""Path of the file, month, and columns of each row."""
_WITH_DIGEST = ("articles", "versions")
_WITH_RECORD = ("articles", "versions", "captures", "events", "rejections")


def load(archive: Archive, chain: tuple[Stored, ...]) -> tuple[dict[str, Rows], list[Finding]]:
    """The rows of all tables that can be read, and the files that cannot."""
    rows: dict[str, Rows] = {}
    findings: list[Finding] = []
    for table, facts in chain[-1].manifest.tables.items() if chain else ():
        rows[table] = []
        for file in facts.files:
            path = in_place(archive, chain, file)
            month = file.path.split("archived_month=")[1].split("/")[0]
            if not path.is_file():
                continue
            try:
                loaded = read_file(path)
            except (pa.ArrowException, OSError, ValueError) as error:
                what = str(error).splitlines()[0][:200]
                findings.append(Finding(code="table.broken", path=file.path, found=what))
                continue
            if loaded and tuple(loaded[0]) != columns(ROWS[table]):
                findings.append(Finding(code="table.schema", path=file.path, found=", ".join(loaded[0])))
                continue
            rows[table] += [(file.path, month, row) for row in loaded]
    return rows, findings


def check_totals(manifest: Manifest, rows: Mapping[str, Rows]) -> Iterator[Finding]:
    """The rows of each table against the manifest's number and logical digest."""
    for table, facts in manifest.tables.items():
        digest = logical_digest((month, row) for _, month, row in rows.get(table, ()))
        if digest != facts.logical_sha256:
            yield Finding(
                code="table.rows", path=table,
                expected=f"{counted(facts.rows, 'row')}, {facts.logical_sha256}",
                found=f"{counted(len(rows.get(table, ())), 'row')}, {digest}",
            )  # fmt: skip


def check_records(
    rows: Mapping[str, Rows], evidence: Evidence, chain: tuple[Stored, ...] = ()
) -> Iterator[Finding]:
    """Each row against the record that it names. Dispositions still name records that are acknowledged as
    lost, of the runs whose files had them."""
    lost = [loss.path for _, loss in losses_of(chain)]
    for table in _WITH_RECORD:
        for path, _, row in rows.get(table, ()):
            yield from _check_record(table, path, row, evidence)
            if table in _WITH_DIGEST and (digest := row_sha256(row)) != row["row_sha256"]:
                yield Finding(
                    code="row.digest", path=f"{path}#{_key(table, row)}",
                    expected=row["row_sha256"], found=digest,
                )  # fmt: skip
    for table, column in (("links", "warc_record_id"), ("images", "warc_record_id"), ("coverage", "record")):
        for path, _, row in rows.get(table, ()):
            if row[column] and row[column] not in evidence.ids:
                if table == "coverage" and any(row["crawl_id"] in path for path in lost):
                    continue
                yield Finding(
                    code="row.record_missing", path=f"{path}#{_key(table, row)}", expected=row[column]
                )


def check_reading(
    archive: Archive, chain: tuple[Stored, ...], tables: Manifest, rows: Mapping[str, Rows]
) -> Iterator[Finding]:
    """The rows of all tables against a new reading of the evidence by the same reader."""
    files = [f.path for f in files_of(chain, up_to=tables.tables_sequence)]
    portal = tables.portal
    read = read_staged(archive, files, archive.staging / stage_name(len(chain)), portal=portal)
    folded = fold(read, portal=portal.slug, scope=portal.scope, reader=reader_id())
    for table in TABLES:
        yield from _compare(table, rows.get(table, []), _folded_rows(table, folded))
    if not losses_of(chain):  # dispositions may be among what is lost
        yield from _check_sums(tables, folded)


def _check_sums(tables: Manifest, folded: Folded) -> Iterator[Finding]:
    """The equation that the run's manifest states against the dispositions of all runs."""
    told = count(
        line for f in folded.files for run in f.runs if run.run_id == tables.run_id for line in run.lines
    )
    known = Counter(row.kind or kind_of(row.url) for row in _coverage(folded))
    if tables.kind in RUNS and tables.sums and (again := sums(known, told)) != tables.sums:
        path = f"manifests/{file_name(tables.sequence, tables.run_id)}"
        yield Finding(code="sums.differ", path=path, expected=str(tables.sums), found=str(again))


def _coverage(folded: Folded) -> Iterator[CoverageRow]:
    return (item.row for item in folded.rows["coverage"] if isinstance(item.row, CoverageRow))


def _check_record(table: str, path: str, row: Mapping[str, Any], evidence: Evidence) -> Iterator[Finding]:
    place = f"{path}#{_key(table, row)}"
    expected = f"{row['warc_record_id']} in {row['warc_filename']}"
    offset = row["warc_record_offset"]
    record = evidence.records.get((row["warc_filename"], offset))
    if record is None:
        yield Finding(code="row.record_missing", path=place, offset=offset, expected=expected)
    elif (record.id, record.length) != (row["warc_record_id"], row["warc_record_length"]):
        yield Finding(
            code="row.record_differs", path=place, offset=offset, expected=expected, found=record.id
        )
    elif record.payload_digest != row["payload_digest"]:
        yield Finding(
            code="row.record_differs", path=place, offset=offset,
            expected=row["payload_digest"], found=record.payload_digest,
        )  # fmt: skip


def _folded_rows(table: str, folded: Folded) -> dict[str, tuple[str, dict[str, Any]]]:
    found = {}
    for item in folded.rows[table]:
        row = {name: getattr(item.row, name) for name in columns(ROWS[table])}
        found[_key(table, row)] = (item.month, row)
    return found


def _compare(table: str, stored: Rows, wanted: dict[str, tuple[str, dict[str, Any]]]) -> Iterator[Finding]:
    left = dict(wanted)
    for path, month, row in stored:
        key = _key(table, row)
        place = f"{path}#{key}"
        again = left.pop(key, None)
        if again is None:
            what = "a second row of this key" if key in wanted else None
            yield Finding(code="row.unknown", path=place, found=what)
        elif differing := _differing(month, row, *again):
            yield Finding(code="row.differs", path=place, found=", ".join(differing))
    for key, (month, _) in left.items():
        yield Finding(code="row.missing", path=f"{table}/archived_month={month}#{key}")


def _differing(
    month: str, row: Mapping[str, Any], again_month: str, again: Mapping[str, Any]
) -> list[str]:
    names = [name for name in row if plain(row[name]) != plain(again[name])]
    return names if month == again_month else ["archived_month", *names]


def _key(table: str, row: Mapping[str, Any]) -> str:
    return "/".join(str(row[name]) for name in KEYS[table])
