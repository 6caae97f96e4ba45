"""Bringing WARC files that others made into an archive: look at them, make it where it is new, import."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.archive import Archive, Portal, create, instant, locked, make_folder, write_durably
from pipelines.errors import Unhealthy, UsageError
from pipelines.importing.examine import Examined, examine
from pipelines.importing.run import Brought, Imported, import_files
from pipelines.manifest import read_chain, retracted_keys
from pipelines.manifest.signature import make_signature, sign_newest
from pipelines.starting import take_up


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What an import did, and how the archive stands."""

    portal: str
    run: str
    archive: str
    exit_code: int
    reason: str | None
    files: tuple[dict[str, Any], ...]
    """Each file that was named, and what became of it."""
    sums: Mapping[str, Mapping[str, int]]
    articles: int
    versions: int
    rejections: int
    captures: int
    manifest: str | None
    """``None`` where there was nothing to commit."""
    manifest_sha256: str | None
    signed: bool = False
    health: tuple[str, ...] = field(default=())
    """The checks that failed, in words."""
    events: Mapping[str, int] = field(default_factory=dict)
    """By kind, what the import brought to the table ``events``."""
    answer_key: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As ``--json`` prints it and ``run.json`` keeps it."""
        return asdict(self)


def bring(
    found: Archive | Portal, files: Sequence[Path], *, output: Path, sign_key: Path | None = None
) -> ImportSummary:
    """Import files into the archive of a portal, all of them or none.

    Args:
        found: the archive, or the portal to make one for.
        files: WARC files, in the order in which they are taken.
        output: the folder that holds the archives.
        sign_key: a key to sign the manifest with.

    Raises:
        UsageError: a file cannot be taken in, or none holds an answer of the portal; nothing was written.
        ConfigurationError: the archive cannot be made.
        Locked: a run is at work on the archive.
        DiskFull, WriteFailed: evidence could not be written; start it again.
    """
    portal = found if isinstance(found, Portal) else found.portal
    retracted = retracted_keys(read_chain(found)) if isinstance(found, Archive) else ()
    examined = [examine(path, portal.scope, retracted) for path in files]
    _check_any(examined, portal)
    if sign_key:  # a key that does not sign is told before anything is written
        make_signature(b"", sign_key)
    archive = found if isinstance(found, Archive) else create(output, portal, now=datetime.now(UTC))
    with locked(archive):
        now = datetime.now(UTC)
        take_up(archive, now)
        imported = import_files(archive, examined, now=now)
        summary = _summary(archive, imported)
        if imported.done is not None:
            _report(archive, imported, summary)
        if sign_key and imported.done is not None:
            sign_newest(archive, sign_key)
            return replace(summary, signed=True)
        return summary


def _check_any(examined: Sequence[Examined], portal: Portal) -> None:
    """Refuse files that all belong to some other portal.

    Raises:
        UsageError: no file holds an answer of this portal's hosts.
    """
    if any(file.own for file in examined):
        return
    hosts: Counter[str] = Counter()
    for file in examined:
        hosts.update(file.hosts)
    misdated = next(((file, file.misdated[0]) for file in examined if file.misdated), None)
    if misdated and not hosts:
        file, first = misdated
        raise UsageError(
            f"the record at byte {first.offset} states a date before the web or in the future "
            f"({first.what}), as do all answers that could be taken; "
            "import a copy that states when they were captured",
            place=str(file.path),
        )
    held = ", ".join(f"{name} ({count})" for name, count in hosts.most_common(3)) or "none of the web at all"
    raise UsageError(
        f"no file holds an answer of {', '.join(portal.scope)}; they hold answers of {held}; name the portal "
        "that they are of, or widen scope in archive.json"
    )


def _summary(archive: Archive, imported: Imported) -> ImportSummary:
    done = imported.done
    health = tuple(check.sentence for check in done.health) if done else ()
    rows = done.rows if done else {}
    unhealthy = f"the import is unhealthy: {'; '.join(health)}; the tables stay as they were"
    return ImportSummary(
        portal=archive.portal.slug,
        run=imported.run.run_id,
        archive=str(archive.root),
        exit_code=Unhealthy.exit_code if health else 0,
        reason=unhealthy if health else None,
        files=tuple(_file(b) for b in imported.brought),
        sums=imported.run.sums,
        articles=rows.get("articles", 0),
        versions=rows.get("versions", 0),
        rejections=rows.get("rejections", 0),
        captures=rows.get("captures", 0),
        manifest=done.path.name if done else None,
        manifest_sha256=done.sha256 if done else None,
        health=health,
        events=done.events if done else {},
        answer_key=done.answer_key.as_json() if done else {},
    )


def _file(brought: Brought) -> dict[str, Any]:
    file = brought.examined
    return {
        "file": str(file.path),
        "path": brought.path,
        "passed_over": brought.why,
        "bytes": file.bytes,
        "bytes_taken": file.sound if brought.path else 0,
        "sha256": file.sha256,
        "records": file.records,
        "answers": file.answers,
        "own_answers": file.own,
        "first": instant(file.first) if file.first else None,
        "last": instant(file.last) if file.last else None,
        "damage": asdict(file.damage) if file.damage else None,
        "wrong_digests": len(file.wrong),
        "first_wrong_digest": asdict(file.wrong[0]) if file.wrong else None,
        "misdated": len(file.misdated),
        "first_misdated": asdict(file.misdated[0]) if file.misdated else None,
        "doubled_ids": file.doubled,
        "known_answers": brought.known,
        "retracted": list(file.retracted) if brought.path else [],
    }


def _report(archive: Archive, imported: Imported, summary: ImportSummary) -> None:
    """Leave the run's report, as a crawl does."""
    folder = archive.runs / imported.run.run_id
    make_folder(folder)
    value = {**summary.as_json(), "started": instant(imported.run.started)}
    data = (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
    write_durably(folder / "run.json", data)
