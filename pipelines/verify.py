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
from pipelines.verify_chain import Outside, check_trust
from pipelines.verify_files import (
    Evidence,
    check_checksums,
    check_index,
    check_ledger,
    check_manifest_folder,
    check_referents,
    check_tables,
    check_warcs,
)
from pipelines.verify_rows import Rows, check_reading, check_records, check_totals, load

__all__ = ["Finding", "Outside", "Report", "Verdict", "verify"]

NOTHING = Outside()


def verify(archive: Archive, *, deep: bool = True, outside: Outside = NOTHING) -> Report:
    """Check an archive.

    Args:
        archive: the archive; it is only read.
        deep: also check each row against its record and against a new reading.
        outside: the keys and the digest to check the manifests against.

    Raises:
        UsageError: the keys are none, or the digest is none.
    """
    chain, faults = check_chain(archive)
    evidence = Evidence()
    findings = [_of_manifest(archive, fault) for fault in faults]
    trust = check_trust(archive, chain, outside)
    findings += trust.findings
    findings += check_manifest_folder(archive, chain)
    findings += check_tables(archive, chain)
    findings += (found := tuple(check_warcs(archive, chain, evidence)))
    if not any(f.code.startswith("warc.") or f.code == "file.missing" for f in found):
        findings += check_index(archive, chain, evidence)
    findings += check_referents(evidence)
    findings += check_checksums(archive, chain)
    findings += check_ledger(archive)
    rows, broken = load(archive, chain)
    findings += broken
    not_checked, unverifiable = list(trust.not_checked), list(trust.unverifiable)
    if chain and deep:
        findings += check_totals(chain[-1].manifest, rows)
        findings += check_records(rows, evidence)
        _read_again(archive, chain, rows, findings, unverifiable)
    elif not deep:
        not_checked.append("NOT CHECKED: rows against their records and a new reading")
    return Report(
        findings=tuple(findings),
        checked=_checked(chain, evidence, rows),
        proved=tuple(trust.proved),
        not_checked=tuple(not_checked),
        unverifiable=tuple(unverifiable),
    )


def _read_again(
    archive: Archive,
    chain: tuple[Stored, ...],
    rows: Mapping[str, Rows],
    findings: list[Finding],
    unverifiable: list[str],
) -> None:
    """Compare with a new reading, where that can be done."""
    tables = reading_of(chain)
    if tables is None:
        return
    if not tables.read_as_now(reader_id()):
        unverifiable.append(_other_reader(tables, rows))
        return
    try:
        findings += check_reading(archive, chain, tables, rows)
    except IntegrityError as error:
        findings.append(Finding(code="warc.damaged", path=error.place or "warc", found=str(error)))


def _other_reader(tables: Manifest, rows: Mapping[str, Rows]) -> str:
    unread = sum(map(len, rows.values()))
    made = tables.read_with
    return (
        f"NOT CHECKED: {unread} rows were made by reader {made.reader[:12]}, schema {made.schema_version}; "
        f"this is {reader_id()[:12]}, schema {SCHEMA_VERSION}; run rebuild to read the archive again"
    )


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
