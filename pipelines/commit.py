"""The commit: sealed WARC files into tables and a manifest. The only way in which tables are written.

::

    sealed WARCs ─ read_warc ─ identity ─ dedupe ─ versions ─ tables (staging) ─ health ─ manifest ─ place

The stages up to the rows are the pure :func:`pipelines.fold.fold`; what touches the disk is
in :mod:`pipelines.staging`. A crawl, a resumed crawl and a rebuild call the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pipelines.agreement import Agreement, agreement
from pipelines.archive import Archive, file_digest, instant
from pipelines.checksums import write_checksums
from pipelines.fold import Folded, fold
from pipelines.health import examine, figures
from pipelines.kept import KeptReadings
from pipelines.manifest import (
    RUNS,
    Health,
    Kind,
    Manifest,
    ReadWith,
    Status,
    Stored,
    WarcFile,
    files_of,
    read_chain,
    reading_of,
    tables_of,
)
from pipelines.model import Capture
from pipelines.read_warc import NOTHING_KEPT, FileReading
from pipelines.reader import reader_id
from pipelines.record_rows import UNDATED
from pipelines.sealed import pending_files, read_evidence
from pipelines.software import lock_sha256, software
from pipelines.staging import discard, new_stage, place, seal_manifest, stage_name, stages, sync_tree
from pipelines.tables import TableFacts, all_facts
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """What a commit did."""

    sequence: int
    path: Path
    """The manifest."""
    sha256: str
    """Digest of the manifest, to be kept elsewhere."""
    status: Status
    rows: Mapping[str, int]
    """Rows of each table as they now are."""
    health: tuple[Health, ...]
    """The checks that failed; the tables then are those of before."""
    articles_before: int
    """Rows of ``articles`` before this commit."""
    reread: bool
    """Whether the old files were read again first, in a commit of their own."""
    damaged: tuple[str, ...]
    """Places of records that could not be read, as ``file at byte N: what``."""
    answer_key: Agreement
    """How far what was read agrees with what REST and feeds say."""
    undated: int
    """Pages that read as articles and make no row: they print no date, and no source lists them."""


def commit(
    archive: Archive, run: RunFacts, *, now: datetime, kind: Kind = "crawl", kept: KeptReadings = NOTHING_KEPT
) -> Commit:
    """Take all sealed WARC files that no manifest names into the dataset.

    Where reader, layout or context are not those of the tables in place, the old files are
    folded alone first, in a commit of kind ``reread``. The archive's lock must be held.

    Args:
        archive: the archive, with the portal block to read with.
        run: the run that ends with this commit.
        now: the moment of the commit; it goes into the manifest only.
        kind: crawl or import.
        kept: what the run read already; it changes the cost, never the result.

    Raises:
        ChainError: the manifests do not form a chain; nothing was written.
    """
    finish_commit(archive)
    chain = read_chain(archive)
    before = tables_of(chain)
    pending = pending_files(archive, chain)
    old, new = read_evidence(archive, files_of(chain), pending, portal=archive.portal, kept=kept)
    if again := must_reread(archive, chain):
        reread = write_commit(archive, chain, run, fold_now(archive, old), (), kind="reread", now=now)
        chain = (*chain, reread)
    folded = fold_now(archive, (*old, *new))
    key = _agreement(archive, chain, folded)
    written = write_commit(archive, chain, run, folded, new, kind=kind, now=now, key=key)
    articles_before = before["articles"].rows if before else 0
    return _done(written, folded, key, articles_before=articles_before, reread=again)


def _done(
    written: Stored, folded: Folded, key: Agreement, *, articles_before: int, reread: bool
) -> Commit:
    manifest = written.manifest
    return Commit(
        sequence=manifest.sequence,
        path=written.path,
        sha256=written.sha256,
        status=manifest.status,
        rows={name: facts.rows for name, facts in manifest.tables.items()},
        health=manifest.health,
        articles_before=articles_before,
        reread=reread,
        damaged=tuple(place for r in folded.files for place in r.damaged_places),
        answer_key=key,
        undated=sum(getattr(p.row, "reason", None) == UNDATED for p in folded.rows["rejections"]),
    )


def fold_now(archive: Archive, files: Sequence[FileReading]) -> Folded:
    """Files as they are folded with today's reader and portal block."""
    return fold(files, portal=archive.portal.slug, scope=archive.portal.scope, reader=reader_id())


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


def must_reread(archive: Archive, chain: tuple[Stored, ...]) -> bool:
    """Whether the tables in place were read otherwise than a commit would read now."""
    tables = reading_of(chain)
    return tables is not None and tables.read_with != ReadWith.now(reader_id(), archive.portal)


def write_commit(
    archive: Archive,
    chain: tuple[Stored, ...],
    run: RunFacts,
    folded: Folded,
    new: Sequence[FileReading],
    *,
    kind: Kind,
    now: datetime,
    key: Agreement | None = None,
) -> Stored:
    """Judge, write tables into staging, seal the manifest, and put the tables in place.

    Args:
        archive: the archive.
        chain: all manifests so far.
        run: the run that the manifest names.
        folded: all files, those that this manifest adds included.
        new: the files that it adds.
        kind: crawl, import or reread.
        now: the moment of the commit.
        key: the answer key, where it was made already.
    """
    key = key or _agreement(archive, chain, folded)
    complete = run.status == "complete" and kind == "crawl"
    health = _judge(archive, chain, folded, new, complete, key)
    stage, tables = _staged(archive, chain, folded, healthy=not health)
    manifest = Manifest(
        **run_facts(archive, chain, run, now),
        kind=kind,
        status="unhealthy" if health else run.status if kind in RUNS else "complete",
        read_with=ReadWith.now(reader_id(), archive.portal),
        files=_warc_files(new),
        tables=dict(tables),
        tables_sequence=_tables_sequence(chain) if health else len(chain) + 1,
        health=health,
        agreement=key.figures(),
    )
    return seal(archive, stage, manifest, [r.capture for f in folded.files for r in f.readings])


def _staged(
    archive: Archive, chain: tuple[Stored, ...], folded: Folded, *, healthy: bool
) -> tuple[Path, Mapping[str, TableFacts]]:
    """The stage of the next commit, synced, and the tables as they are after it: new ones are in it."""
    stage = new_stage(archive, stage_name(len(chain) + 1))
    tables = all_facts(stage, folded.rows, archive.created_month) if healthy else tables_of(chain)
    sync_tree(stage)
    return stage, tables


def _agreement(archive: Archive, chain: tuple[Stored, ...], folded: Folded) -> Agreement:
    return agreement(folded, chain, portal=archive.portal, again=must_reread(archive, chain))


def _judge(
    archive: Archive,
    chain: tuple[Stored, ...],
    folded: Folded,
    new: Sequence[FileReading],
    complete: bool,
    key: Agreement,
) -> tuple[Health, ...]:
    before = tables_of(chain)
    judged = figures(
        folded,
        frozenset(r.path for r in new),
        scope=archive.portal.scope,
        complete=complete,
        articles_before=before["articles"].rows if before else 0,
        key=key,
    )
    return examine(judged)


def seal(
    archive: Archive, stage: Path, manifest: Manifest, captures: Sequence[Capture] | None = None
) -> Stored:
    """Make the commit: the manifest's rename, then the renames out of staging, then the index
    (of ``captures``, where all files were read for it)."""
    path = seal_manifest(archive, stage, manifest)
    _finish(archive, stage, manifest, captures)
    return Stored(path=path, sha256=file_digest(path), manifest=manifest)


def _finish(
    archive: Archive, stage: Path, manifest: Manifest, captures: Sequence[Capture] | None = None
) -> None:
    """What follows the commit point; done again by the next start where it was cut off."""
    place(archive, stage, tuple(manifest.table_files()))
    if manifest.files:
        write_cdxj(archive, captures)
    write_checksums(archive, read_chain(archive))
    discard(stage)


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


def _warc_files(new: Sequence[FileReading]) -> tuple[WarcFile, ...]:
    origins = {taken.path: taken.origin for read in new for taken in read.imports}
    return tuple(
        WarcFile(
            path=read.path, bytes=read.bytes, sha256=read.sha256, records=read.records,
            origin=origins.get(read.path),
        )
        for read in new
    )  # fmt: skip


def _tables_sequence(chain: tuple[Stored, ...]) -> int:
    return chain[-1].manifest.tables_sequence if chain else 0
