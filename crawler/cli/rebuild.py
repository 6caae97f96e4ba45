"""``citynews rebuild``: everything derived, made again from the evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, locked

if TYPE_CHECKING:
    from pipelines.rebuild import Rebuilt

KINDS = {
    "same": "the tables are what the last manifest says",
    "rebuild": "the same rows in other bytes; a manifest of kind rebuild names them",
    "reread": "read again by another reader; a manifest of kind reread names the tables",
}


@click.command("rebuild")
@click.argument("word", metavar="PORTAL")
@every_verb
def command(word: str, output: Path, as_json: bool) -> Outcome:
    """Make PORTAL's tables, index and ledger again from its evidence.

    Needs archive.json, warc/ and manifests/ and nothing else of the archive.
    """
    from crawler.cli.terminal import at_work
    from pipelines.rebuild import rebuild

    archive = open_word(word, output)
    with locked(archive), at_work("rebuilding", archive.root) as tell:
        rebuilt = rebuild(archive, now=datetime.now(UTC), tell=tell)
    return Outcome(summary=_summary(archive, rebuilt), lines=tuple(_lines(archive, rebuilt)))


def _summary(archive: Archive, rebuilt: Rebuilt) -> dict[str, object]:
    return {
        "portal": archive.portal.slug,
        "archive": str(archive.root),
        "exit_code": 0,
        "kind": rebuilt.kind,
        "rows": dict(rebuilt.rows),
        "restored": list(rebuilt.restored),
        "manifest": rebuilt.manifest.name if rebuilt.manifest else None,
        "manifest_sha256": rebuilt.sha256,
    }


def _lines(archive: Archive, rebuilt: Rebuilt) -> list[str]:
    lines = [
        f"{archive.portal.slug}: rebuilt; {KINDS[rebuilt.kind]}",
        "  rows: " + ", ".join(f"{name} {rows}" for name, rows in rebuilt.rows.items()),
        f"  table files put back: {len(rebuilt.restored)}",
    ]
    if rebuilt.manifest:
        lines.append(f"  manifest {rebuilt.manifest.name} sha256 {rebuilt.sha256}")
    return [*lines, f"  in {archive.root}"]
