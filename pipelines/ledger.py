"""The ledger: opened, checked, and made again from the evidence where it is lost.

The ledger is the fold of all runs: of each run's exchanges, in the order of its
records, and of the dispositions that close the run. A run that left none is
known by its records alone, and stays unended until recovery closes it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.addresses import SCHEMA, Address, RunState
from pipelines.archive import Archive, file_digest, sync_folder
from pipelines.dispositions import answer_digest, read_dispositions, read_head, speaks_of_nothing
from pipelines.imported import enter_imported
from pipelines.ledger_rows import Ledger, seal_path
from pipelines.origins import Taken, declared, names_itself
from pipelines.warc.framing import WarcName, parse_name
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import Damage, capture_of_record, read_records

__all__ = ["Address", "Ledger", "fold_run", "open_ledger", "rebuild_ledger", "sealed_runs"]


def open_ledger(archive: Archive, path: Path | None = None) -> Ledger:
    """The archive's ledger (at ``path``, its own place by default). One that is missing,
    damaged, of another version, or that does not know a run whose WARCs are sealed, is
    made again first."""
    path = path or archive.ledger
    if not _is_sound(archive, path):
        rebuild_ledger(archive, path)
    return Ledger(path)


def rebuild_ledger(archive: Archive, path: Path | None = None) -> tuple[Damage, ...]:
    """Make the ledger again from the sealed WARCs. Killed at any point, it leaves none
    or a whole one. Returns damage in the WARCs; what is sound is used."""
    damage: list[Damage] = []
    path = path or archive.ledger
    part = path.with_name(path.name + ".part")
    _remove(part)
    ledger = Ledger(part)
    try:
        with ledger.batch():
            for run_id, paths in sealed_runs(archive).items():
                ledger.begin(run_id, started_of(run_id), rebuilt=True)
                if fold_run(ledger, paths, damage).told:
                    ledger.end()
    except BaseException:
        ledger.release()
        raise
    ledger.close()
    _remove(path)
    part.rename(path)
    seal_path(part).rename(seal_path(path))
    sync_folder(path.parent)
    return tuple(damage)


def remove_ledger(archive: Archive) -> None:
    """Remove the ledger; the next start makes it again."""
    _remove(archive.ledger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What the files of a run hold."""

    told: bool
    """Whether the run's dispositions are among their records."""
    records: frozenset[str]
    """Ids of all sound records."""


def fold_run(ledger: Ledger, paths: Iterable[Path], damage: list[Damage]) -> Folded:
    """Enter into ``ledger``, whose run has begun, what the run's files say and it does
    not know yet. ``damage`` takes what cannot be read."""
    told = False
    ids: set[str] = set()
    group: list[StoredRecord] = []
    for stored, imported in _records(paths, damage):
        ids.add(stored.ref.warc_record_id)
        if imported:
            enter_imported(ledger, stored)
            continue
        if stored.concurrent_to is None:
            _enter(ledger, group)
            group = []
        if stored.type in ("request", "response", "revisit", "metadata"):
            group.append(stored)
        elif is_dispositions(stored):
            told = True
            _learn(ledger, stored.block)
    _enter(ledger, group)
    return Folded(told=told, records=frozenset(ids))


def _records(paths: Iterable[Path], damage: list[Damage]) -> Iterator[tuple[StoredRecord, bool]]:
    """All records, and of each whether its file was imported."""
    for path in paths:
        name, imported = parse_name(path.name), not names_itself(path)
        for stored in read_records(path, warc_filename=name.filename if name else None, damage=damage):
            yield stored, imported


def is_dispositions(stored: StoredRecord) -> bool:
    """Whether a record closes a run."""
    uri = stored.target_uri or ""
    return stored.type == "resource" and uri.startswith("urn:citynews:run:") and uri.endswith(":dispositions")


def sealed_runs(archive: Archive) -> dict[str, list[Path]]:
    """The sealed files of each run, in commit order: by manifest, then by start.
    (Where a clock stepped back, the order of the manifests is the right one.) Only files of
    this portal under the name they were written under, or that a run says it imported; what else
    lies there is no evidence."""
    named: list[tuple[WarcName, Path]] = []
    imports: dict[str, dict[str, Taken]] = {}
    for path in archive.warc.glob("*/*.warc.gz"):
        name = parse_name(path.name)
        if name is not None and _is_evidence(archive, path, name, imports):
            named.append((name, path))
    places, last = _places(archive), (1 << 62, 0)
    named.sort(key=lambda item: (places.get(item[0].run_id, last), item[0].run_id, item[0].number))
    runs: dict[str, list[Path]] = {}
    for name, path in named:
        runs.setdefault(name.run_id, []).append(path)
    return runs


def _is_evidence(
    archive: Archive, path: Path, name: WarcName, imports: dict[str, dict[str, Taken]]
) -> bool:
    if name.slug != archive.portal.slug or path != archive.root / name.filename:
        return False
    if names_itself(path):
        return True
    if name.run_id not in imports:
        imports[name.run_id] = declared(archive, name.run_id)
    taken = imports[name.run_id].get(name.filename)
    return taken is not None and taken.bytes == path.stat().st_size


def started_of(run_id: str) -> datetime:
    """When a run began, by its name."""
    return datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _is_sound(archive: Archive, path: Path) -> bool:
    if not path.is_file():
        return False
    sealed = seal_path(path).is_file()
    if sealed and seal_path(path).read_bytes() != file_digest(path).encode():
        return False
    try:
        database = sqlite3.connect(path)
        try:
            if database.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                return False
            # one that was closed in order has the bytes it had then, which SQLite vouched for
            if not sealed and database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return False
            known = {row[0] for row in database.execute("SELECT run_id FROM runs")}
        finally:
            database.close()
    except sqlite3.DatabaseError:
        return False
    return known >= sealed_runs(archive).keys()


def _remove(path: Path) -> None:
    """Remove a SQLite file and what belongs to it; the file first, so that it is never
    left without the digest that would show its damage."""
    for ending in ("", "-wal", "-shm", ".sha256"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _places(archive: Archive) -> dict[str, tuple[int, int]]:
    """For each run the sequence of the manifest that names its first file, and the file's place there. The
    files of a killed run are named by the manifest of the run after it, before that one's own."""
    found: dict[str, tuple[int, int]] = {}
    for path in sorted(archive.manifests.glob("*-*.json")):
        number, _, run_id = path.stem.partition("-")
        if not number.isdigit():
            continue
        try:
            files = [file["path"].rpartition("/")[2] for file in json.loads(path.read_bytes())["files"]]
            runs = [name.run_id for name in map(parse_name, files) if name]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            runs = [run_id]  # no manifest any more, as verify says; its name still tells
        for place, run in enumerate(runs):
            found.setdefault(run, (int(number), place))
    return found


def _learn(ledger: Ledger, block: bytes) -> None:
    for line in read_dispositions(block):
        ledger.learn(line)
    head = read_head(block)
    state = RunState(
        started=datetime.fromisoformat(head["started"]),
        kind=head.get("kind"),
        queued=head.get("queued", False),
        complete=head.get("complete", False),
    )
    ledger.told(state, rebuilt=head.get("rebuilt", False))


def _hold(ledger: Ledger, answer: StoredRecord, digest: str) -> None:
    """What later answers may refer to, as the crawl notes it (``Revisits.kept``)."""
    url = answer.target_uri or ""
    if answer.type == "response":
        ledger.payloads.answered(url, answer.block, answer.ref, digest)
    else:
        ledger.payloads.repeated(url, answer.get("WARC-Refers-To-Target-URI") or "")


def _enter(ledger: Ledger, group: list[StoredRecord]) -> None:
    """One exchange, unless the ledger knows it or a later one of the same run."""
    answer = next((r for r in group if r.type in ("response", "revisit")), None)
    facts = next((r.fields for r in group if r.type == "metadata" and r.fields and not r.tombstone), None)
    if answer is None and facts is None:
        return
    first = group[0]
    url = first.target_uri or ""
    known = ledger.get(url)
    if known and known.run == ledger.run and known.asked_at and known.asked_at >= first.date:
        return
    if facts and facts.get("found_by") == "requisite":
        ledger.observe(url, kind="requisite", found_by="requisite", found_on=facts.get("found_on"))
    capture = capture_of_record(answer, crawl_id="") if answer else None
    error = (facts or {}).get("error")
    if answer and capture and error is None and capture.truncated is None:
        _hold(ledger, answer, capture.payload_digest)
    ledger.exchanged(
        url,
        asked_at=first.date,
        ref=(answer or group[-1]).ref,
        status=capture.status if capture else None,
        answer_digest=(
            answer_digest(capture.status, capture.location, capture.payload_digest) if capture else ""
        ),
        complete=capture is not None
        and error is None
        and capture.truncated is None
        and not speaks_of_nothing(capture.status, repeats=capture.record_type == "revisit"),
        error=error,
    )
