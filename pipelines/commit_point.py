"""The commit point: what a manifest says of its run, its rename, and what follows that.

After a cut at any instant the next start finishes what was committed, and discards the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pipelines.archive import Archive, file_digest, instant
from pipelines.drafts import Draft
from pipelines.increment.index import remove_index
from pipelines.ledger import remove_ledger
from pipelines.manifest import Manifest, Stored, read_chain, stored_reading_of
from pipelines.manifest.checksums import write_checksums
from pipelines.software import lock_sha256, software
from pipelines.staging import discard, place, place_redacted, seal_manifest, stage_name, stages
from pipelines.tables import Tables
from pipelines.warc.cdxj import write_cdxj


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a commit needs to know of the run that calls it."""

    run_id: str
    started: datetime
    ended: datetime
    status: Literal["complete", "interrupted"]
    sums: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The equation of the run, for ``pages`` and ``requisites``."""
    software: Mapping[str, str] = field(default_factory=dict)
    """Names and versions of what made the captures."""


def run_facts(archive: Archive, chain: tuple[Stored, ...], run: RunFacts, now: datetime) -> dict[str, Any]:
    """The fields of a manifest that do not depend on its kind."""
    return {
        "sequence": len(chain) + 1,
        "previous": chain[-1].sha256 if chain else None,
        "archive_id": archive.identity.archive_id,
        "run_id": run.run_id,
        "started": instant(run.started),
        "ended": instant(run.ended),
        "committed": instant(now),
        "portal": archive.portal,
        "sums": {name: dict(counts) for name, counts in run.sums.items()},
        "software": software() | dict(run.software),
        "lock_sha256": lock_sha256(),
    }


def seal(
    archive: Archive,
    chain: tuple[Stored, ...],
    stage: Path,
    manifest: Manifest,
    draft: Draft,
    written: Tables | None,
) -> Stored:
    """Make the commit: the manifest's rename, then the renames out of staging, then the indexes."""
    path = seal_manifest(archive, stage, manifest)
    stored = Stored(path=path, sha256=file_digest(path), manifest=manifest)
    place(archive, stage, tuple(manifest.table_files()))
    tables = stored_reading_of((*chain, stored))
    draft.settle(archive, {f.path for f in manifest.files}, tables.sha256 if tables else "", written)
    write_checksums(archive, read_chain(archive))
    discard(stage)
    return stored


def _finish(archive: Archive, stage: Path, manifest: Manifest) -> None:
    """What follows the commit point, at the next start where it was cut off."""
    place_redacted(archive, stage, manifest)
    place(archive, stage, tuple(manifest.table_files()))
    changed = manifest.redactions or manifest.losses
    if changed:  # both are made again, and know nothing any more of what is gone
        remove_ledger(archive)
        remove_index(archive)
    if manifest.files or changed:
        write_cdxj(archive)
    write_checksums(archive, read_chain(archive))
    discard(stage)


def finish_commit(archive: Archive) -> bool:
    """Finish a commit that was cut off after its manifest's rename; discard any other staging.

    Idempotent. The archive's lock must be held.

    Returns:
        Whether there was a commit to finish.

    Raises:
        ChainError: the manifests do not form a chain; staging was left as it is.
    """
    left = stages(archive)
    if not left:
        if archive.staging.is_dir():  # empty: a kill came after what was in it had gone
            archive.staging.rmdir()
        return False
    chain = read_chain(archive)
    finished = False
    for stage in left:
        if chain and stage.name == stage_name(chain[-1].manifest.sequence):
            _finish(archive, stage, chain[-1].manifest)
            finished = True
        else:
            discard(stage)
    return finished
