"""Evidence that is damaged or gone and cannot be had again: what is lost is said, and the rest goes on.

Until then every commit is unhealthy, since the tables know more than the evidence. Nothing is written into
the damaged file: a manifest names it as it is now, with the places that cannot be read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.archive import Archive, file_digest, new_run_id
from pipelines.commit_point import RunFacts, finish_commit, run_facts
from pipelines.errors import UsageError
from pipelines.fold import fold
from pipelines.manifest import (
    Manifest,
    ReadWith,
    WarcFile,
    files_of,
    read_chain,
    reading_of,
    with_losses,
)
from pipelines.manifest.removed import Loss, LostPlace
from pipelines.read_warc import FileReading
from pipelines.reader import reader_id
from pipelines.sealed import read_evidence
from pipelines.staging import new_stage, seal_manifest, stage_name, sync_tree
from pipelines.tables import write_tables

MISSING = "the file is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What was acknowledged as lost."""

    manifest: Path
    sha256: str
    losses: tuple[Loss, ...]
    rows: Mapping[str, int]


def find_losses(archive: Archive, paths: Collection[str], *, reason: str) -> tuple[Loss, ...]:
    """What is lost of some files.

    Args:
        archive: an earlier run's cut commit is finished.
        paths: files that manifests name, relative to the archive.
        reason: why it cannot be had again.

    Raises:
        UsageError: a file is none that manifests name, or is sound, or another one is damaged as well.
    """
    named = {f.path: f for f in files_of(read_chain(archive))}
    if unknown := sorted(set(paths) - named.keys()):
        raise UsageError("no manifest names this file; give its path as verify does", place=unknown[0])
    read, _ = read_evidence(archive, tuple(named.values()), (), portal=archive.portal)
    damaged = {r.path: r for r in read if r.damage}
    if sound := sorted(set(paths) - damaged.keys()):
        raise UsageError("this file is what its manifest says; nothing of it is lost", place=sound[0])
    if others := sorted(damaged.keys() - set(paths)):
        told = "this file is damaged as well; restore it from a copy, or name it too"
        raise UsageError(told, place=others[0])
    return tuple(_loss(named[path], damaged[path], reason) for path in sorted(set(paths)))


def acknowledge(archive: Archive, losses: Sequence[Loss], *, now: datetime) -> Acknowledged:
    """Say that evidence is lost, and make the tables of what is left. The archive's lock must be held.

    Where the tables in place are of this reader they are made of the same files again, so that nothing but
    what is lost goes from them; else everything that is left is read, as after an upgrade of the reader.
    """
    chain = read_chain(archive)
    tables = reading_of(chain)
    same = tables is not None and tables.read_as_now(reader_id())
    portal = tables.portal if tables and same else archive.portal
    last, sequence = chain[-1].manifest, len(chain) + 1
    left = with_losses(files_of(chain, up_to=last.tables_sequence if same else None), losses)
    stage = new_stage(archive, stage_name(sequence))
    facts = {}
    if tables is not None:
        read, _ = read_evidence(archive, left, (), portal=portal)
        folded = fold(read, portal=portal.slug, scope=portal.scope, reader=reader_id())
        facts = dict(write_tables(stage, folded.rows, archive.created_month).facts)
    sync_tree(stage)
    run = RunFacts(run_id=new_run_id(now), started=now, ended=now, status="complete")
    manifest = Manifest(
        **(run_facts(archive, chain, run, now) | {"portal": portal}),
        kind="loss",
        status="complete",
        read_with=ReadWith.now(reader_id(), portal),
        files=(),
        losses=tuple(losses),
        tables=facts,
        tables_sequence=last.tables_sequence if same or tables is None else sequence,
    )
    path = seal_manifest(archive, stage, manifest)
    finish_commit(archive)
    rows = {name: table.rows for name, table in facts.items()}
    return Acknowledged(manifest=path, sha256=file_digest(path), losses=tuple(losses), rows=rows)


def _loss(file: WarcFile, read: FileReading, reason: str) -> Loss:
    gone = any(d.what == MISSING for d in read.damage)
    return Loss(
        path=file.path,
        before=file.sha256,
        records_before=file.records,
        after=None if gone else read.sha256,
        bytes=read.bytes,
        records=read.records,
        places=tuple(LostPlace(offset=d.offset, what=d.what) for d in read.damage),
        reason=" ".join(reason.split()),
    )
