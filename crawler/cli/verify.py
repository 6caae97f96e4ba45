"""``citynews verify``: what is stored against what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive

if TYPE_CHECKING:
    from pipelines.findings import Finding, Report

SHOWN = 20
"""Findings that are printed; ``--json`` has them all."""


@click.command("verify")
@click.argument("word", metavar="PORTAL")
@click.option("--deep/--quick", default=True, help="Check each row against its record (the default), or not.")
@click.option(
    "--pubkey",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Public ssh keys, one a line, by one of which the newest manifest must be signed.",
)
@click.option(
    "--anchor", metavar="DIGEST", help="Digest of a manifest, kept elsewhere, that must still be here."
)
@every_verb
def command(
    word: str, deep: bool, pubkey: Path | None, anchor: str | None, output: Path, as_json: bool
) -> Outcome:
    """Check PORTAL's archive: records, digests, manifests and rows.

    Each row is compared with its record and with a fresh reading. Writes nothing. A
    finding ends with 20, one in manifests, signatures or anchor with 21; what should have
    been checked and could not be (rows of another reader, signatures without a key) with 22.
    """
    from crawler.cli.terminal import at_work

    archive = open_word(word, output)
    with at_work("verifying", archive.root):
        return verify_archive(archive, deep=deep, pubkey=pubkey, anchor=anchor)


def verify_archive(
    archive: Archive, *, deep: bool = True, pubkey: Path | None = None, anchor: str | None = None
) -> Outcome:
    """Verify an archive and say what was found; the demo ends with it as well."""
    from pipelines.verify import Outside, verify

    report = verify(archive, deep=deep, outside=Outside(pubkey=pubkey, anchor=anchor))
    return Outcome(
        summary={
            "portal": archive.portal.slug,
            "archive": str(archive.root),
            "exit_code": report.exit_code,
            **report.as_json(),
        },
        lines=tuple(_lines(archive, report)),
        exit_code=report.exit_code,
        reason=_reason(archive, report),
    )


def _lines(archive: Archive, report: Report) -> Iterator[str]:
    checked = ", ".join(
        f"{count} {(what if count != 1 else what.removesuffix('s')).replace('_', ' ')}"
        for what, count in report.checked.items()
    )
    yield f"{archive.portal.slug}: {report.verdict} ({checked})"
    for finding in report.findings[:SHOWN]:
        yield f"  {finding.severity}: {_told(finding)}"
    if len(report.findings) > SHOWN:
        yield f"  and {len(report.findings) - SHOWN} more; --json has them all"
    said = (*report.proved, *report.unverifiable, *report.not_checked)
    yield from (f"  {sentence}" for sentence in said)


def _told(finding: Finding) -> str:
    place = finding.path if finding.offset is None else f"{finding.path} at byte {finding.offset}"
    told = f"{finding.code} in {place}"
    if finding.expected is not None:
        told += f": expected {finding.expected}"
    return told if finding.found is None else f"{told}; found {finding.found}"


def _reason(archive: Archive, report: Report) -> str | None:
    if report.errors:
        found = "1 finding" if len(report.errors) == 1 else f"{len(report.errors)} findings"
        return (
            f"the archive of {archive.portal.slug} is not what it should be: {found}, "
            f"the first {_told(report.errors[0])}; restore damaged evidence from a copy, tables with rebuild"
        )
    if report.unverifiable:
        return f"not everything could be checked: {'; '.join(report.unverifiable)}"
    return None
