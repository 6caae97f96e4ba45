"""The commit: sealed WARC files into tables and a manifest. The only way in which tables are written.

::

    sealed WARCs ─ read_warc ─ identity ─ dedupe ─ versions ─ tables (staging) ─ health ─ manifest ─ place

The stages up to the rows are the pure :func:`pipelines.fold.fold`; what touches the disk is
in :mod:`pipelines.staging`. A crawl, a resumed crawl and a rebuild call the same functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipelines.archive import Archive
from pipelines.commit_point import RunFacts, finish_commit, run_facts, seal
from pipelines.drafts import Draft, draft_part
from pipelines.events import KINDS
from pipelines.fold import Folded, fold
from pipelines.health.acceptances import NOTHING_ACCEPTED, told_of
from pipelines.health.agreement import Agreement, agreement, in_tables
from pipelines.health.judging import damaged_places, judge
from pipelines.increment import ReadEverything
from pipelines.kept import KeptReadings
from pipelines.manifest import (
    RUNS,
    Kind,
    Manifest,
    ReadWith,
    Status,
    Stored,
    WarcFile,
    files_of,
    read_chain,
    reading_of,
    retracted_keys,
    stored_reading_of,
    tables_of,
)
from pipelines.manifest.judged import Health
from pipelines.read_warc import NOTHING_KEPT, FileReading, Tell, in_silence
from pipelines.reader import reader_id
from pipelines.record_rows import UNDATED
from pipelines.rows import EventRow
from pipelines.sealed import pending_files, read_evidence
from pipelines.staging import (
    new_stage,
    stage_name,
    sync_tree,
)
from pipelines.tables import Tables
from pipelines.urls import url_key

Report = Callable[[str, int, int], None]
"""Is told why everything is read, how many bytes of it are, and how many there are; first 0 of 0."""


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
    accepted: tuple[str, ...]
    """What was accepted, so that these checks compare with it, in a sentence each."""
    articles_before: int
    """Rows of ``articles`` before this commit."""
    reread: bool
    """Whether the old files were read again first, in a commit of their own."""
    everything: str | None
    """Why the files of earlier commits were read again; ``None`` where they were not, or there were none."""
    damaged: tuple[str, ...]
    """Places of records that could not be read, as ``file at byte N: what``."""
    answer_key: Agreement
    """How far what was read agrees with what REST and feeds say."""
    events: Mapping[str, int]
    """By kind, the events that came into the tables: those that new captures show, or confirm."""
    undated: int
    """Pages that read as articles and make no row: they print no date, and no source lists them."""


def commit(
    archive: Archive,
    run: RunFacts,
    *,
    now: datetime,
    kind: Kind = "crawl",
    kept: KeptReadings = NOTHING_KEPT,
    report: Report = lambda reason, done, total: None,
    accepted: Mapping[str, str] = NOTHING_ACCEPTED,
) -> Commit:
    """Take all sealed WARC files that no manifest names into the dataset. The archive's lock must be held.

    Where reader, layout or context are not those of the tables in place, the old files are
    folded alone first, in a commit of kind ``reread``.

    Args:
        archive: the archive, with the portal block to read with.
        run: the run that ends with this commit.
        now: the moment of the commit; it goes into the manifest only.
        kind: crawl, import or accept.
        kept: what the run read already; it changes the cost, never the result.
        report: is told why the files of earlier commits are read again, and how far that is.
        accepted: checks that may fail, and why (:mod:`pipelines.health.accept`).

    Raises:
        ChainError: the manifests do not form a chain; nothing was written.
        UsageError: a check is accepted that does not fail, or another one fails.
    """
    finish_commit(archive)
    chain = read_chain(archive)
    again = must_reread(archive, chain)
    longer, draft, new, reason = _drafted(archive, chain, run, now, kept, report, again=again)
    with closing(draft):
        key = _agreement(archive, longer, draft)
        key = key.of_other_days() if kind == "import" else key
        added = _held_back(draft, longer) if kind == "accept" else new
        written = write_commit(
            archive, longer, run, draft, added, kind=kind, now=now, key=key, accepted=accepted
        )
    return _done(chain, written, draft, key, again=again, everything=reason)


def _drafted(
    archive: Archive,
    chain: tuple[Stored, ...],
    run: RunFacts,
    now: datetime,
    kept: KeptReadings,
    report: Report,
    *,
    again: bool,
) -> tuple[tuple[Stored, ...], Draft, list[FileReading], str | None]:
    """What is to be written, with the manifests by then, the files that are new, and why all was read."""
    pending = pending_files(archive, chain)
    try:
        draft, new = draft_part(archive, chain, pending, kept, again=again)
    except ReadEverything as refused:
        reason = str(refused) if chain else None
        tell = partial(report, reason) if reason else in_silence
        return (*_of_everything(archive, chain, pending, kept, run, now, tell), reason)
    return chain, draft, new, None


def _held_back(draft: Draft, chain: tuple[Stored, ...]) -> list[FileReading]:
    """Files that earlier commits named and whose captures the tables do not have: of unhealthy runs."""
    known = in_tables(chain)
    return [f for f in draft.folded.files if f.path not in known]


def _events(chain: tuple[Stored, ...], folded: Folded) -> dict[str, int]:
    """By kind, the events that captures show or confirm which the tables did not have yet."""
    tables = stored_reading_of(chain)
    known = {f.path for f in files_of(chain, up_to=tables.manifest.sequence)} if tables else set()
    runs = {r.capture.crawl_id for f in folded.files if f.path not in known for r in f.readings}
    rows = (item.row for item in folded.rows["events"] if isinstance(item.row, EventRow))
    found = Counter(r.kind for r in rows if r.crawl_id in runs or r.confirmed_crawl_id in runs)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _of_everything(
    archive: Archive,
    chain: tuple[Stored, ...],
    pending: Sequence[str],
    kept: KeptReadings,
    run: RunFacts,
    now: datetime,
    tell: Tell,
) -> tuple[tuple[Stored, ...], Draft, list[FileReading]]:
    """All files, read and folded, with the manifests by then and the files that are new. The old ones are
    committed first, alone, where they are read otherwise than before."""
    tell(0, 0)
    old, new = read_evidence(archive, files_of(chain), pending, portal=archive.portal, kept=kept, tell=tell)
    if must_reread(archive, chain):
        draft = Draft(fold_now(archive, old))
        chain = (*chain, write_commit(archive, chain, run, draft, (), kind="reread", now=now))
    return chain, Draft(fold_now(archive, (*old, *new))), new


def _done(
    chain: tuple[Stored, ...],
    written: Stored,
    draft: Draft,
    key: Agreement,
    *,
    again: bool,
    everything: str | None,
) -> Commit:
    manifest, before = written.manifest, tables_of(chain)
    return Commit(
        sequence=manifest.sequence,
        path=written.path,
        sha256=written.sha256,
        status=manifest.status,
        rows={name: facts.rows for name, facts in manifest.tables.items()},
        health=manifest.health,
        accepted=tuple(told_of((*chain, written), last=True)),
        articles_before=before["articles"].rows if before else 0,
        reread=again,
        everything=everything,
        damaged=damaged_places(draft.folded),
        answer_key=key,
        events={} if manifest.health else _events(chain, draft.folded),
        undated=sum(getattr(p.row, "reason", None) == UNDATED for p in draft.folded.rows["rejections"]),
    )


def fold_now(archive: Archive, files: Sequence[FileReading]) -> Folded:
    """Files as they are folded with today's reader and portal block."""
    return fold(files, portal=archive.portal.slug, scope=archive.portal.scope, reader=reader_id())


def must_reread(archive: Archive, chain: tuple[Stored, ...]) -> bool:
    """Whether the tables in place were read otherwise than a commit would read now."""
    tables = reading_of(chain)
    return tables is not None and tables.read_with != ReadWith.now(reader_id(), archive.portal)


def write_commit(
    archive: Archive,
    chain: tuple[Stored, ...],
    run: RunFacts,
    draft: Draft,
    new: Sequence[FileReading],
    *,
    kind: Kind,
    now: datetime,
    key: Agreement | None = None,
    accepted: Mapping[str, str] = NOTHING_ACCEPTED,
) -> Stored:
    """Judge, write tables into staging, seal the manifest, and put the tables in place.

    Args:
        archive: the archive.
        chain: all manifests so far.
        run: the run that the manifest names.
        draft: what was folded, the files that this manifest adds included.
        new: the files that it adds; in a commit of kind accept, those of which it takes the captures in.
        kind: crawl, import, reread or accept.
        now: the moment of the commit.
        key: the answer key, where it was made already.
        accepted: checks that may fail, and why. Raises UsageError where others fail than these.
    """
    key, again = key or _agreement(archive, chain, draft), must_reread(archive, chain)
    judged = judge(archive, chain, draft, new, run=run, kind=kind, key=key, again=again, accepted=accepted)
    stage, written = _staged(archive, chain, draft, healthy=not judged.health)
    manifest = Manifest(
        **run_facts(archive, chain, run, now),
        **judged.as_manifest(),
        **_tables(chain, written),
        kind=kind,
        status="unhealthy" if judged.health else run.status if kind in RUNS else "complete",
        read_with=ReadWith.now(reader_id(), archive.portal),
        files=() if kind == "accept" else _warc_files(new),
        retracted=_retracted_elsewhere(chain, new),
    )
    return seal(archive, chain, stage, manifest, draft, written)


def _retracted_elsewhere(chain: tuple[Stored, ...], new: Sequence[FileReading]) -> tuple[str, ...] | None:
    """The addresses of articles in whose place new files hold tombstones, of another archive: they are not
    asked here either. Those that are said already are left out."""
    known, readings = retracted_keys(chain), (r for file in new for r in file.readings)
    urls = {r.capture.url for r in readings if r.article_id and url_key(r.capture.url) not in known}
    return tuple(sorted(urls)) or None


def _tables(chain: tuple[Stored, ...], written: Tables | None) -> dict[str, Any]:
    """The tables after a commit: those that were written, else those of before."""
    if written is None:
        sequence = chain[-1].manifest.tables_sequence if chain else 0
        return {"tables": dict(tables_of(chain)), "tables_sequence": sequence}
    return {"tables": dict(written.facts), "tables_sequence": len(chain) + 1}


def _staged(
    archive: Archive, chain: tuple[Stored, ...], draft: Draft, *, healthy: bool
) -> tuple[Path, Tables | None]:
    """The stage of the next commit, synced, and the tables in it, if it has new ones."""
    stage = new_stage(archive, stage_name(len(chain) + 1))
    written = draft.write(archive, stage) if healthy else None
    sync_tree(stage)
    return stage, written


def _agreement(archive: Archive, chain: tuple[Stored, ...], draft: Draft) -> Agreement:
    portal, again = archive.portal, must_reread(archive, chain)
    return agreement(draft.folded, chain, whole=draft.answer_key(portal), portal=portal, again=again)


def _warc_files(new: Sequence[FileReading]) -> tuple[WarcFile, ...]:
    origins = {taken.path: taken.origin for read in new for taken in read.imports}
    return tuple(
        WarcFile(
            path=read.path, bytes=read.bytes, sha256=read.sha256, records=read.records,
            origin=origins.get(read.path),
        )
        for read in new
    )  # fmt: skip
