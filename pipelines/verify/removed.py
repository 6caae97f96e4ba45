"""Verification of what was taken out of the archive or is lost: just that, and said."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.counted import counted
from pipelines.manifest import Stored, files_of, redactions_of
from pipelines.verify.findings import Finding
from pipelines.verify.warcs import Evidence


def check_redactions(chain: tuple[Stored, ...], evidence: Evidence) -> Iterator[Finding]:
    """Nothing is taken out that no manifest names, and everything that one names is."""
    named = {(r.path, one.offset, one.id) for _, r in redactions_of(chain) for one in r.records}
    imported = {f.path for f in files_of(chain) if f.origin}
    for path, offset, name in sorted(named - evidence.tombstones):
        yield Finding(code="warc.redacted", path=path, offset=offset, expected=f"a tombstone of {name}")
    for path, offset, name in sorted(evidence.tombstones - named):
        if path not in imported:  # taken out before it came here, which is somebody else's word
            found = f"a tombstone of {name}, which no manifest names"
            yield Finding(code="warc.redacted", path=path, offset=offset, found=found)


def removed(chain: tuple[Stored, ...]) -> Iterator[str]:
    """What was taken out of the archive, in a sentence for each commit that did."""
    for stored in chain:
        if redactions := stored.manifest.redactions:
            number = sum(len(r.records) for r in redactions)
            records, files = counted(number, "record"), counted(len(redactions), "file")
            yield (
                f"RETRACTED: {records} in {files} by manifest {stored.manifest.sequence}, "
                f"{stored.manifest.committed[:10]}: {redactions[0].reason}"
            )
        for loss in stored.manifest.losses or ():
            gone = loss.records_before - loss.records
            yield (
                f"LOST: {gone} of {counted(loss.records_before, 'record')} of {loss.path}, "
                f"acknowledged by manifest {stored.manifest.sequence}, {stored.manifest.committed[:10]}: "
                f"{loss.reason}"
            )
