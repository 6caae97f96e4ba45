"""``citynews accept``: a failed check is no fault, and the captures that it held back are taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb, signing_key
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, locked
from pipelines.counted import counted
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pipelines.commit import Commit


@click.command("accept")
@click.argument("word", metavar="PORTAL")
@click.argument("checks", metavar="CHECK...", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands in the archive for ever.")
@signing_key
@every_verb
def command(
    word: str, checks: Sequence[str], reason: str, sign_key: Path | None, output: Path, as_json: bool
) -> Outcome:
    """Say that a failed health check of PORTAL is no fault.

    For the day when the portal itself has changed: it prints no bylines any more, it moved, it sleeps.
    What was held back goes into the tables, and a new manifest names the check and the reason. From then on
    the portal is compared with what it is now; where it falls further the check fails again.

    \b
    citynews accept city.example field_fell --reason "bylines are no longer printed"
    """
    from crawler.cli.terminal import at_work
    from pipelines.health.accept import accept
    from pipelines.manifest.signature import make_signature, sign_newest

    if not reason.strip():
        raise UsageError("--reason must say why; it is what people find in the manifest")
    archive = open_word(word, output)
    if sign_key:  # a key that does not sign is told before anything is written
        make_signature(b"", sign_key)
    with locked(archive):
        with at_work("accepting", archive.root):
            done = accept(archive, tuple(dict.fromkeys(checks)), reason=reason, now=datetime.now(UTC))
        if sign_key:
            sign_newest(archive, sign_key)
    return _outcome(archive, checks, reason, done, signed=bool(sign_key))


def _outcome(archive: Archive, checks: Sequence[str], reason: str, done: Commit, *, signed: bool) -> Outcome:
    return Outcome(
        summary={
            "portal": archive.portal.slug,
            "archive": str(archive.root),
            "exit_code": 0,
            "accepted": list(checks),
            "reason": reason,
            "rows": dict(done.rows),
            "manifest": done.path.name,
            "manifest_sha256": done.sha256,
            "signed": signed,
        },
        lines=tuple(_lines(archive, checks, reason, done, signed=signed)),
    )


def _lines(
    archive: Archive, checks: Sequence[str], reason: str, done: Commit, *, signed: bool
) -> Iterator[str]:
    yield f"{archive.portal.slug}: accepted {', '.join(checks)}: {reason}"
    yield (
        f"  the tables now: {counted(done.rows['articles'], 'article')}, "
        f"{counted(done.rows['versions'], 'version')}; {counted(done.articles_before, 'article')} before"
    )
    yield f"  manifest {done.path.name} sha256 {done.sha256}{', signed' if signed else ''}"
    yield f"  in {archive.root}"
