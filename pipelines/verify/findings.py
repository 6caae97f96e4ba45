"""What verify finds: stable codes, each with its place.

========================  ===============================================================
``manifest.unreadable``   a manifest is no manifest
``manifest.altered``      a manifest's bytes are not those it was sealed with
``manifest.chain``        a manifest is missing, doubled or out of its place
``manifest.foreign``      a manifest belongs to another archive
``manifest.reading``      no manifest is the one that read the tables which the newest one names
``manifest.signature``    a signature is not one of its manifest, or not by the given key
``manifest.anchor``       no manifest has the digest that was kept elsewhere
``file.missing``          a file that a manifest names is not there
``file.size``             a file that a manifest names has another length (``--quick`` looks no further)
``file.unknown``          a file lies where only named files may lie
``file.uncommitted``      a sealed WARC that the next commit will take (no fault)
``commit.unfinished``     a commit was cut off; the next start finishes it (no fault)
``warc.digest``           a WARC file has other bytes than its manifest says
``warc.damaged``          a place in a WARC file is no sound record
``warc.records``          a WARC file holds another number of records
``warc.payload``          a record's payload is not what its digest says
``warc.doubled``          two records have one id
``warc.referent``         the response that a revisit refers to is missing, damaged or another one
``warc.redacted``         a record was taken out that no manifest names, or is there though one does
``index.differs``         the index has other lines than the records give; rebuild mends it
``checksums.differ``      SHA256SUMS is not what the manifests give; rebuild mends it
``ledger.altered``        the ledger has other bytes than when it was closed; the next start makes it
                          again (no fault)
``table.digest``          a table's file has other bytes than its manifest says
``table.broken``          a table's file is no readable Parquet
``table.schema``          a table's file has other columns
``table.rows``            a table's rows are not those of the manifest
``row.digest``            a row's ``row_sha256`` is not that of its columns
``row.record_missing``    the record that a row names is not there
``row.record_differs``    another record, or another payload, lies where a row points
``row.missing``           the evidence gives a row that no table has
``row.unknown``           a table has a row that the evidence does not give
``row.differs``           reading the record again gives another row
``sums.differ``           a run's known = captured + ... is not what its dispositions give
========================  ===============================================================
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipelines.errors import UNCHECKED, ChainError, IntegrityError

Verdict = Literal["VERIFIED", "FAILED", "UNVERIFIABLE"]
NO_FAULTS = frozenset(("file.uncommitted", "commit.unfinished", "ledger.altered"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be."""

    code: str
    path: str
    """Relative to the archive folder."""
    offset: int | None = None
    """Bytes from the start of the file, where that says more."""
    expected: str | None = None
    found: str | None = None

    @property
    def severity(self) -> str:
        """``error``, or ``note`` for what is no fault."""
        return "note" if self.code in NO_FAULTS else "error"

    def as_json(self) -> dict[str, Any]:
        """The finding as one object of plain values."""
        return asdict(self) | {"severity": self.severity}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a verification."""

    findings: tuple[Finding, ...]
    checked: dict[str, int]
    """How many manifests, files, records and rows were checked."""
    not_checked: tuple[str, ...]
    """What was not checked, and why, in sentences that begin in capitals."""
    proved: tuple[str, ...] = ()
    """What signatures and anchor prove, in sentences."""
    removed: tuple[str, ...] = ()
    """What was taken out of the archive, and is no fault, in sentences."""
    accepted: tuple[str, ...] = ()
    """Failed health checks that somebody declared to be no fault, in sentences."""
    unverifiable: tuple[str, ...] = ()
    """What should have been checked and could not be: rows of another reader, signatures without a key."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are faults."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def verdict(self) -> Verdict:
        """FAILED with any fault, UNVERIFIABLE where something could not be checked, else VERIFIED."""
        if self.errors:
            return "FAILED"
        return "UNVERIFIABLE" if self.unverifiable else "VERIFIED"

    @property
    def exit_code(self) -> int:
        """21 where the chain is broken, 20 for other faults, 22 where something
        could not be checked, else 0."""
        if self.errors:
            broken = any(f.code.startswith("manifest.") for f in self.errors)
            return ChainError.exit_code if broken else IntegrityError.exit_code
        return UNCHECKED if self.unverifiable else 0

    def as_json(self) -> dict[str, Any]:
        """The report as one object of plain values."""
        return {
            "verdict": self.verdict,
            "findings": [f.as_json() for f in self.findings],
            "checked": self.checked,
            "proved": list(self.proved),
            "removed": list(self.removed),
            "accepted": list(self.accepted),
            "not_checked": list(self.not_checked),
            "unverifiable": list(self.unverifiable),
        }
