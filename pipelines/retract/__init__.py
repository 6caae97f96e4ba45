"""A retraction: records are replaced by tombstones, in a commit that says which, when and why.

::

    find (nothing is written) ─ redacted files and tables (staging) ─ manifest ─ into place

The manifest names each file's digest before and after, so the chain still vouches for every byte, and nobody
can take something out in silence. The tables are folded anew over the redacted evidence; nothing of what was
taken out is kept anywhere in the archive.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.archive import Archive, file_digest, instant, new_run_id, write_durably
from pipelines.commit import commit
from pipelines.commit_point import RunFacts, finish_commit, run_facts
from pipelines.errors import IntegrityError, UsageError
from pipelines.fold import fold
from pipelines.manifest import (
    Manifest,
    ReadWith,
    Stored,
    files_of,
    read_chain,
    reading_of,
)
from pipelines.manifest.removed import Redacted, Redaction
from pipelines.model import RecordRef
from pipelines.reader import reader_id
from pipelines.rebuild import rebuild
from pipelines.retract.retractable import Found, Held
from pipelines.retract.traces import Words, without
from pipelines.sealed import pending_files, read_staged
from pipelines.staging import discard, new_stage, seal_manifest, stage_name, sync_tree
from pipelines.starting import take_up
from pipelines.tables import TableFacts, write_tables
from pipelines.warc.reader import read_one
from pipelines.warc.redact import redacted_member, tombstone_of, write_redacted
from pipelines.warc.spool import write_error

GONE = "[retracted]"
"""What stands in reports and logs instead of a text that held some of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """What a retraction did."""

    manifest: Path
    sha256: str
    redactions: tuple[Redaction, ...]
    rows: Mapping[str, int]


def make_ready(archive: Archive, now: datetime) -> None:
    """Take up what an earlier run was cut off at, commit what it captured, and bring the tables to today's
    reader where they are of another. The archive's lock must be held.

    Raises:
        ConfigurationError, ChainError, IntegrityError, Unhealthy: that cannot be done.
    """
    take_up(archive, now)
    chain = read_chain(archive)
    if pending_files(archive, chain):
        run = RunFacts(run_id=new_run_id(now), started=now, ended=now, status="interrupted")
        commit(archive, run, now=now)
        chain = read_chain(archive)
    tables = reading_of(chain)
    if tables is not None and not tables.read_as_now(reader_id()):
        rebuild(archive, now=now)
    if not chain:
        told = "nothing was committed here yet, so there is nothing to retract"
        raise UsageError(told, place=str(archive.root))


def retract(archive: Archive, found: Found, *, reason: str, now: datetime) -> Retracted:
    """Take records out. The archive's lock must be held, and the archive be made ready.

    Args:
        archive: the archive.
        found: what :func:`pipelines.retract.retractable.find` found.
        reason: why; it stands in the manifest for ever.
        now: names the run, and dates manifest and tombstones.

    Raises:
        UsageError: a record is too short for a tombstone; nothing was changed.
        IntegrityError: a file is not what its manifest says; nothing was changed.
        DiskFull, WriteFailed: something could not be written; nothing was changed, start it again.
    """
    chain = read_chain(archive)
    stage = new_stage(archive, stage_name(len(chain) + 1))
    try:
        manifest = _staged(archive, chain, stage, found, " ".join(reason.split()), now)
    except BaseException as error:
        discard(stage)
        if isinstance(error, OSError):
            raise write_error(error, archive.staging) from error
        raise
    _clean(found.files, found.words)
    path = seal_manifest(archive, stage, manifest)
    finish_commit(archive)
    rows = {name: table.rows for name, table in manifest.tables.items()}
    return Retracted(
        manifest=path, sha256=file_digest(path), redactions=manifest.redactions or (), rows=rows
    )


def _staged(
    archive: Archive, chain: tuple[Stored, ...], stage: Path, found: Found, reason: str, now: datetime
) -> Manifest:
    """Everything new, durable in the stage, and the manifest that names it."""
    redactions = _redact(archive, chain, stage, found.records, reason, instant(now))
    tables = reading_of(chain)
    facts = _fold_again(archive, chain, stage, tables) if tables else {}
    sync_tree(stage)
    run = RunFacts(run_id=new_run_id(now), started=now, ended=now, status="complete")
    portal = tables.portal if tables else archive.portal
    return Manifest(
        **(run_facts(archive, chain, run, now) | {"portal": portal}),
        kind="retract",
        status="complete",
        read_with=tables.read_with if tables else ReadWith.now(reader_id(), portal),
        files=(),
        redactions=redactions,
        retracted=found.addresses,
        tables=facts,
        tables_sequence=chain[-1].manifest.tables_sequence,
    )


def _redact(
    archive: Archive, chain: tuple[Stored, ...], stage: Path, records: Sequence[Held], reason: str, at: str
) -> tuple[Redaction, ...]:
    """Write the files that lose records into the stage."""
    named = {file.path: file for file in files_of(chain)}
    by_file: dict[str, list[Held]] = defaultdict(list)
    for record in records:
        by_file[record.path].append(record)
    redactions = []
    for path, held in sorted(by_file.items()):
        if file_digest(archive.root / path) != named[path].sha256:
            raise IntegrityError("not the bytes that its manifest names; run verify", place=path)
        members = []
        for record in held:
            ref = RecordRef(
                warc_filename=path, warc_record_offset=record.offset, warc_record_length=record.length,
                warc_record_id=record.id,
            )  # fmt: skip
            stored = read_one(archive.root, ref)
            told = tombstone_of(stored, at=at, reason=reason, article_id=record.article_id)
            members.append(redacted_member(stored, told))
        write_redacted(archive.root / path, stage / path, members)
        redactions.append(
            Redaction(
                path=path, before=named[path].sha256, after=file_digest(stage / path), reason=reason,
                records=tuple(
                    Redacted(id=h.id, offset=h.offset, length=h.length, type=h.type, url=h.url) for h in held
                ),
            )
        )  # fmt: skip
    return tuple(redactions)


def _fold_again(
    archive: Archive, chain: tuple[Stored, ...], stage: Path, tables: Manifest
) -> dict[str, TableFacts]:
    """The tables over the redacted evidence, in the stage, made of the same files as those in place."""
    files = [f.path for f in files_of(chain, up_to=tables.tables_sequence)]
    portal = tables.portal
    read = read_staged(archive, files, stage, portal=portal)
    folded = fold(read, portal=portal.slug, scope=portal.scope, reader=reader_id())
    return dict(write_tables(stage, folded.rows, archive.created_month).facts)


def _clean(files: Sequence[Path], wanted: Words) -> None:
    """Take the words out of reports and logs, and remove cut-off pieces that hold them: all of this is
    derived, or read by nobody."""
    for path in files:
        if path.suffix == ".tail":
            path.unlink()
        elif path.suffix == ".json":
            value = without(json.loads(path.read_bytes()), wanted, GONE)
            data = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
            write_durably(path, data.encode("utf-8", "backslashreplace"))
        else:
            lines = path.read_text("utf-8", "replace").splitlines()
            kept = (GONE if wanted.found_in(line) else line for line in lines)
            write_durably(path, "".join(f"{line}\n" for line in kept).encode("utf-8", "backslashreplace"))
