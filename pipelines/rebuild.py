"""Everything derived, made again from ``archive.json``, ``warc/`` and ``manifests/``.

The same rows in the same bytes are put back without a word in the manifests. The same rows in
other bytes (another Parquet writer) are named by a manifest of kind ``rebuild``. Another reader,
or another schema, gives other rows, in a commit of kind ``reread``. Other rows under the same
reader mean that something is wrong: the tables are left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.archive import Archive, new_run_id
from pipelines.commit import fold_now, write_commit
from pipelines.commit_point import RunFacts, finish_commit, run_facts, seal
from pipelines.drafts import Draft
from pipelines.errors import ConfigurationError, IntegrityError, Unhealthy
from pipelines.fold import Folded, fold
from pipelines.ledger import open_ledger
from pipelines.manifest import Manifest, Stored, files_of, read_chain, stored_reading_of
from pipelines.manifest.checksums import write_checksums
from pipelines.read_warc import FileReading, Tell, in_silence
from pipelines.reader import reader_id
from pipelines.sealed import read_evidence
from pipelines.staging import discard, new_stage, place, stage_name, sync_tree
from pipelines.tables import TableFacts, is_whole, write_tables
from pipelines.warc.cdxj import write_cdxj


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild did."""

    rows: Mapping[str, int]
    """Rows of each table."""
    restored: tuple[str, ...]
    """Files of tables that were missing or not as the manifests name them, and were put back."""
    manifest: Path | None
    """The manifest that was written, where one was."""
    sha256: str | None
    """Its digest."""
    kind: str
    """same, rebuild or reread."""


def rebuild(archive: Archive, *, now: datetime, tell: Tell = in_silence) -> Rebuilt:
    """Make the indexes, the ledger (where it is not sound) and the tables again, under the archive's lock.

    Args:
        archive: the archive.
        now: names the run and dates the manifest, if one is written.
        tell: is told how much of the evidence was read.

    Raises:
        ConfigurationError: nothing was committed yet.
        ChainError: the manifests do not form a chain; nothing was written.
        IntegrityError: evidence is damaged (all readable records were used where the tables in
            place were not whole), or the rows differ under the same reader (the tables are as
            they were).
        Unhealthy: another reader reads no article; the tables are as they were.
    """
    finish_commit(archive)
    chain = read_chain(archive)
    write_cdxj(archive)
    write_checksums(archive, chain)
    open_ledger(archive).close()
    stored = stored_reading_of(chain)
    if stored is None:
        raise ConfigurationError("no tables were committed yet; run crawl first", place=str(archive.root))
    tables = stored.manifest
    run = RunFacts(run_id=new_run_id(now), started=now, ended=now, status="complete")
    same = tables.read_as_now(reader_id())
    portal = tables.portal if same else archive.portal
    files = files_of(chain, up_to=tables.tables_sequence if same else None)
    read, _ = read_evidence(archive, files, (), portal=portal, tell=tell)
    damage = [place for r in read for place in r.damaged_places]
    if not same and not damage:
        return _reread(archive, chain, run, read, now)
    folded = fold(read, portal=tables.portal.slug, scope=tables.portal.scope, reader=reader_id())
    if damage:
        _use_what_is_readable(archive, chain, folded, damage)
    return _restore(archive, chain, stored, Draft(folded), run, now)


def _reread(
    archive: Archive, chain: tuple[Stored, ...], run: RunFacts, read: list[FileReading], now: datetime
) -> Rebuilt:
    draft = Draft(fold_now(archive, read))
    written = write_commit(archive, chain, run, draft, (), kind="reread", now=now)
    if written.manifest.health:
        raise Unhealthy(f"{written.manifest.health[0].sentence}; the tables were left as they were")
    return _done(written, "reread", ())


def _restore(
    archive: Archive,
    chain: tuple[Stored, ...],
    stored: Stored,
    draft: Draft,
    run: RunFacts,
    now: datetime,
) -> Rebuilt:
    last, tables = chain[-1].manifest, stored.manifest
    stage = new_stage(archive, stage_name(last.sequence + 1))
    written = draft.write(archive, stage)
    facts = written.facts
    differing = [name for name, t in facts.items() if t.logical_sha256 != last.tables[name].logical_sha256]
    if differing:
        discard(stage)
        raise IntegrityError(
            f"the evidence gives other rows than were committed, in {', '.join(differing)}; the tables "
            "were left as they are; run verify to see which rows",
            place=str(chain[-1].path),
        )
    broken = _not_in_place(archive, facts)
    sync_tree(stage)
    if facts == last.tables:
        place(archive, stage, tuple(f for t in facts.values() for f in t.files))
        draft.settle(archive, (), stored.sha256, written)
        discard(stage)
        return _done(chain[-1], "same", broken)
    manifest = Manifest(
        **(run_facts(archive, chain, run, now) | {"portal": tables.portal}),
        kind="rebuild",
        status="complete",
        read_with=tables.read_with,
        files=(),
        tables=dict(facts),
        tables_sequence=last.tables_sequence,
    )
    return _done(seal(archive, chain, stage, manifest, draft, written), "rebuild", broken)


def _use_what_is_readable(
    archive: Archive, chain: tuple[Stored, ...], folded: Folded, damage: list[str]
) -> None:
    """Tables from all readable records, unless whole ones are in place; always raises."""
    last = chain[-1].manifest
    whole = not _not_in_place(archive, last.tables)
    if not whole:
        stage = new_stage(archive, stage_name(last.sequence + 1))
        facts = write_tables(stage, folded.rows, archive.created_month).facts
        sync_tree(stage)
        place(archive, stage, tuple(f for t in facts.values() for f in t.files))
        discard(stage)
    kept = "the tables in place are whole and were kept" if whole else "all readable records were used"
    raise IntegrityError(
        f"evidence is damaged (places: {len(damage)}), first in {damage[0]}; {kept}; restore the file "
        "from a copy and run rebuild again",
        place=str(archive.root),
    )


def _not_in_place(archive: Archive, facts: Mapping[str, TableFacts]) -> tuple[str, ...]:
    """Table files that are missing or have other bytes."""
    return tuple(f.path for t in facts.values() for f in t.files if not is_whole(archive.root, f))


def _done(stored: Stored, kind: str, restored: tuple[str, ...]) -> Rebuilt:
    return Rebuilt(
        rows={name: facts.rows for name, facts in stored.manifest.tables.items()},
        restored=restored,
        manifest=None if kind == "same" else stored.path,
        sha256=None if kind == "same" else stored.sha256,
        kind=kind,
    )
