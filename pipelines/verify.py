"""Stored against re-read: whether an archive still is what its manifests say.

Read-only and offline. Nothing here raises for what it finds: findings are values with a
stable code and a place (:mod:`pipelines.findings`).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.archive import Archive
from pipelines.errors import IntegrityError
from pipelines.findings import Finding, Report, Verdict
from pipelines.manifest import Fault, Manifest, Stored, check_chain, reading_of
from pipelines.reader import reader_id
from pipelines.rows import SCHEMA_VERSION
from pipelines.verify_files import (
    Evidence,
    check_index,
    check_ledger,
    check_manifest_folder,
    check_referents,
    check_tables,
    check_warcs,
)
from pipelines.verify_rows import Rows, check_reading, check_records, check_totals, load

__all__ = ["Finding", "Report", "Verdict", "verify"]

_UNSIGNED = "NOT SIGNED: the manifests carry no signature; whoever can write here can rewrite all of it"
_UNANCHORED = "NOT ANCHORED: no digest kept elsewhere was compared with the newest manifest"


def verify(archive: Archive, *, deep: bool = True) -> Report:
    """Check an archive.

    Args:
        archive: the archive; it is only read.
        deep: also check each row against its record and against a new reading.
    """
    chain, faults = check_chain(archive)
    evidence = Evidence()
    findings = [_of_manifest(archive, fault) for fault in faults]
    findings += check_manifest_folder(archive, chain)
    findings += check_tables(archive, chain)
    findings += (found := tuple(check_warcs(archive, chain, evidence)))
    if not any(f.code.startswith("warc.") or f.code == "file.missing" for f in found):
        findings += check_index(archive, chain, evidence)
    findings += check_referents(evidence)
    findings += check_ledger(archive)
    rows, broken = load(archive, chain)
    findings += broken
    not_checked = [_UNSIGNED, _UNANCHORED]
    unread = 0
    if chain and deep:
        findings += check_totals(chain[-1].manifest, rows)
        findings += check_records(rows, evidence)
        unread = _read_again(archive, chain, rows, findings, not_checked)
    elif not deep:
        not_checked.append("NOT CHECKED: rows against their records and a new reading")
    return Report(
        findings=tuple(findings),
        checked=_checked(chain, evidence, rows),
        not_checked=tuple(not_checked),
        unread_rows=unread,
    )


def _read_again(
    archive: Archive,
    chain: tuple[Stored, ...],
    rows: Mapping[str, Rows],
    findings: list[Finding],
    not_checked: list[str],
) -> int:
    """Compare with a new reading, where that can be done; the number of rows left unchecked."""
    tables = reading_of(chain)
    if tables is None:
        return 0
    if not tables.read_as_now(reader_id()):
        return _other_reader(tables, rows, not_checked)
    try:
        findings += check_reading(archive, chain, tables, rows)
    except IntegrityError as error:
        findings.append(Finding(code="warc.damaged", path=error.place or "warc", found=str(error)))
    return 0


def _other_reader(tables: Manifest, rows: Mapping[str, Rows], not_checked: list[str]) -> int:
    unread = sum(map(len, rows.values()))
    made = tables.read_with
    not_checked.append(
        f"NOT CHECKED: {unread} rows were made by reader {made.reader[:12]}, schema {made.schema_version}; "
        f"this is {reader_id()[:12]}, schema {SCHEMA_VERSION}; run rebuild to read the archive again"
    )
    return unread


def _of_manifest(archive: Archive, fault: Fault) -> Finding:
    path = fault.path.relative_to(archive.root).as_posix()
    return Finding(code=fault.code, path=path, expected=fault.expected, found=fault.found)


def _checked(chain: tuple[Stored, ...], evidence: Evidence, rows: Mapping[str, Rows]) -> dict[str, int]:
    return {
        "manifests": len(chain),
        "warc_files": len({path for path, _ in evidence.records}),
        "records": len(evidence.records),
        "rows": sum(map(len, rows.values())),
    }
