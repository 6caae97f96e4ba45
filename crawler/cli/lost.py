"""``citynews retract --lost``: evidence that cannot be had again is acknowledged as lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, locked
from pipelines.counted import counted
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pipelines.loss import Acknowledged
    from pipelines.manifest.removed import Loss


def lose(
    archive: Archive, files: Sequence[str], reason: str, sign_key: Path | None, *, yes: bool, as_json: bool
) -> Outcome:
    """Show what is lost of the files, ask, and say so in a manifest.

    Raises:
        UsageError: a file is none of the archive's, or is sound; or nobody said yes.
    """
    from crawler.cli.terminal import at_work
    from pipelines.loss import acknowledge, find_losses
    from pipelines.manifest.signature import make_signature, sign_newest
    from pipelines.starting import take_up

    if sign_key:  # a key that does not sign is told before anything is written
        make_signature(b"", sign_key)
    paths = [_inside(archive, file) for file in files]
    with locked(archive), at_work("looking", archive.root):
        take_up(archive, datetime.now(UTC))
        losses = find_losses(archive, paths, reason=reason)
    if not yes:
        _ask(losses, as_json)
    with locked(archive), at_work("retracting", archive.root):
        done = acknowledge(archive, losses, now=datetime.now(UTC))
        if sign_key:
            sign_newest(archive, sign_key)
    return Outcome(summary=_summary(archive, done), lines=tuple(_lines(archive, done)))


def _inside(archive: Archive, file: str) -> str:
    """The path of a file relative to the archive, however it was typed."""
    path = Path(file)
    return path.relative_to(archive.root).as_posix() if path.is_relative_to(archive.root) else path.as_posix()


def _ask(losses: Sequence[Loss], as_json: bool) -> None:
    for line in _told(losses):
        click.echo(line, err=True)
    if as_json or not sys.stdin.isatty():
        raise UsageError("nothing was written; look at the list, and say --yes where there is no copy")
    if not click.confirm("Is there no copy to restore it from?", default=False, err=True):
        raise UsageError("nothing was written")


def _told(losses: Sequence[Loss]) -> Iterator[str]:
    for loss in losses:
        gone = loss.records_before - loss.records
        yield f"  lost: {gone} of {counted(loss.records_before, 'record')} of {loss.path}"
        yield from (f"    at byte {place.offset}: {place.what}" for place in loss.places[:20])


def _lines(archive: Archive, done: Acknowledged) -> Iterator[str]:
    yield f"{archive.portal.slug}: acknowledged as lost; the tables are made of what is left"
    yield from _told(done.losses)
    yield f"  rows: {', '.join(f'{name} {rows}' for name, rows in done.rows.items())}"
    yield f"  manifest {done.manifest.name} sha256 {done.sha256}"
    yield f"  in {archive.root}"


def _summary(archive: Archive, done: Acknowledged) -> dict[str, object]:
    return {
        "portal": archive.portal.slug,
        "archive": str(archive.root),
        "exit_code": 0,
        "losses": [loss.model_dump() for loss in done.losses],
        "rows": dict(done.rows),
        "manifest": done.manifest.name,
        "manifest_sha256": done.sha256,
    }
