"""Stored against re-read: whether an archive still is what its manifests say.

Read-only and offline. Nothing here raises for what it finds: findings are values with a
stable code and a place (:mod:`pipelines.verify.findings`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipelines.archive import Archive
from pipelines.counted import counted
from pipelines.errors import IntegrityError
from pipelines.health.acceptances import told_of
from pipelines.manifest import Fault, Manifest, Stored, check_chain, files_of, reading_of
from pipelines.reader import reader_id
from pipelines.rows import SCHEMA_VERSION
from pipelines.verify.chain import Outside, Trust, check_trust
from pipelines.verify.files import (
    check_checksums,
    check_ledger,
    check_manifest_folder,
    check_reading_manifest,
    check_tables,
)
from pipelines.verify.findings import Finding, Report, Verdict
from pipelines.verify.removed import check_redactions, removed
from pipelines.verify.rows import Rows, check_reading, check_records, check_totals, load
from pipelines.verify.sample import TABLE, check_sample
from pipelines.verify.sizes import check_counts, check_sizes
from pipelines.verify.unfinished import check_unfinished
from pipelines.verify.warcs import Evidence, Tell, check_index, check_referents, check_warcs

__all__ = ["Finding", "Level", "Outside", "Report", "Verdict", "verify"]

NOTHING = Outside()
Level = Literal["quick", "files", "deep"]
"""``quick``: chain, signatures, sizes. ``files``: also every digest, every record by itself, and numbers of
rows; memory does not grow with the archive. ``deep``: also rows against records, the index, what revisits
refer to, and a new reading of everything against the rows."""
_LEFT_OUT = {
    "quick": "NOT CHECKED: digests, records and rows; leave out --quick",
    "files": "NOT CHECKED: rows against their records and a new reading; --deep does, --sample some of them",
}


def verify(
    archive: Archive,
    *,
    level: Level = "deep",
    outside: Outside = NOTHING,
    sample: int = 0,
    tell: Tell = lambda done, total: None,
) -> Report:
    """Check an archive.

    Args:
        archive: the archive; it is only read.
        level: how far.
        outside: the keys and the digest to check the manifests against.
        sample: how many rows, chosen by chance, are checked against their records and a new reading.
        tell: is told how many bytes of WARC are done, and how many there are.

    Raises:
        UsageError: the keys are none, or the digest is none.
    """
    chain, faults = check_chain(archive)
    trust = check_trust(archive, chain, outside)
    if faults:  # a chain that is broken carries no proof from one manifest to the other
        trust.proved.clear()
    work = _Work(archive, chain, trust, Evidence(keep=level == "deep"))
    work.findings += [*(_of_manifest(archive, fault) for fault in faults), *trust.findings]
    _check(work, level, tell)
    if sample:
        _check_some(work, sample)
    return Report(
        findings=tuple(work.findings),
        checked=_checked(work, level),
        proved=tuple(trust.proved),
        removed=tuple(removed(chain)),
        accepted=tuple(told_of(chain)),
        not_checked=tuple(trust.not_checked),
        unverifiable=tuple(trust.unverifiable),
    )


@dataclass(slots=True)
class _Work:
    """A verification on its way."""

    archive: Archive
    chain: tuple[Stored, ...]
    trust: Trust
    evidence: Evidence
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0


def _check(work: _Work, level: Level, tell: Tell) -> None:
    archive, chain = work.archive, work.chain
    work.findings += check_manifest_folder(archive, chain)
    work.findings += check_reading_manifest(archive, chain)
    work.findings += check_unfinished(archive, chain)
    work.findings += check_checksums(archive, chain)
    if level == "quick":
        work.findings += check_sizes(archive, chain)
    else:
        _check_files(work, tell)
    if level == "deep":
        _check_rows(work)
    else:
        work.rows = sum(f.rows for s in chain[-1:] for f in s.manifest.table_files())
        work.trust.not_checked.append(_LEFT_OUT[level])


def _check_files(work: _Work, tell: Tell) -> None:
    archive, chain, evidence = work.archive, work.chain, work.evidence
    work.findings += check_tables(archive, chain)
    work.findings += (found := tuple(check_warcs(archive, chain, evidence, tell)))
    work.findings += check_redactions(chain, evidence)
    work.findings += check_ledger(archive)
    if not evidence.keep:
        work.findings += check_counts(archive, chain)
        return
    if not any(f.code.startswith("warc.") or f.code == "file.missing" for f in found):
        work.findings += check_index(archive, chain, evidence)
    work.findings += check_referents(evidence, chain)


def _check_rows(work: _Work) -> None:
    rows, broken = load(work.archive, work.chain)
    work.findings += broken
    work.rows = sum(map(len, rows.values()))
    if work.chain:
        work.findings += check_totals(work.chain[-1].manifest, rows)
        work.findings += check_records(rows, work.evidence, work.chain)
        _read_again(work.archive, work.chain, rows, work.findings, work.trust.unverifiable)


def _check_some(work: _Work, count: int) -> None:
    tables = reading_of(work.chain)
    if tables is None:
        return
    if not tables.read_as_now(reader_id()):
        work.trust.unverifiable.append(_other_reader(tables, work.rows))
        return
    seed = random.SystemRandom().getrandbits(32)
    facts = work.chain[-1].manifest.tables.get(TABLE)
    held = sum(f.rows for f in facts.files) if facts else 0
    work.findings += check_sample(work.archive, work.chain, tables, count, seed)
    work.trust.proved.append(
        f"SAMPLED: {min(count, held)} of {counted(held, 'version')}, read again from the records "
        f"(seed {seed})"
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
        unverifiable.append(_other_reader(tables, sum(map(len, rows.values()))))
        return
    try:
        findings += check_reading(archive, chain, tables, rows)
    except IntegrityError as error:
        findings.append(Finding(code="warc.damaged", path=error.place or "warc", found=str(error)))


def _other_reader(tables: Manifest, unread: int) -> str:
    made = tables.read_with
    return (
        f"NOT CHECKED: {counted(unread, 'row was', 'rows were')} made by reader {made.reader[:12]}, "
        f"schema {made.schema_version}; this is {reader_id()[:12]}, schema {SCHEMA_VERSION}; "
        "run rebuild to read the archive again"
    )


def _of_manifest(archive: Archive, fault: Fault) -> Finding:
    path = fault.path.relative_to(archive.root).as_posix()
    return Finding(code=fault.code, path=path, expected=fault.expected, found=fault.found)


def _checked(work: _Work, level: Level) -> dict[str, int]:
    files = len(files_of(work.chain)) if level == "quick" else work.evidence.files
    found = {"manifests": len(work.chain), "warc_files": files}
    return found | ({} if level == "quick" else {"records": work.evidence.count}) | {"rows": work.rows}
