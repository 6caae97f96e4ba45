"""``citynews verify``: what is stored against what it should be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive
from pipelines.counted import counted
from pipelines.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from pipelines.verify import Level
    from pipelines.verify.findings import Finding, Report

SHOWN = 20
"""Findings that are printed; ``--json`` has them all."""


@click.command("verify")
@click.argument("word", metavar="PORTAL")
@click.option("--quick", is_flag=True, help="Only manifests, signatures and sizes of files.")
@click.option("--deep", is_flag=True, help="Also each row, read again from its record.")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="Do that with N rows, chosen by chance."
)
@click.option(
    "--pubkey",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Public ssh keys, one a line, by one of which the newest manifest must be signed.",
)
@click.option(
    "--anchor", metavar="DIGEST", help="Digest of a manifest, kept elsewhere, that must still be here."
)
@click.option(
    "--findings",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write all findings to a file, one JSON object a line.",
)
@every_verb
def command(
    word: str,
    quick: bool,
    deep: bool,
    sample: int | None,
    pubkey: Path | None,
    anchor: str | None,
    findings: Path | None,
    output: Path,
    as_json: bool,
) -> Outcome:
    """Check PORTAL's archive: manifests, files and records.

    With --deep also every row, against its record and a fresh reading. Writes nothing into
    the archive. A
    finding ends with 20, one in manifests, signatures or anchor with 21; what should have
    been checked and could not be (rows of another reader, signatures without a key) with 22.
    """
    from crawler.cli.terminal import at_work
    from pipelines.verify import Outside, verify

    if quick and deep:
        raise UsageError("--quick looks at less and --deep at more; give one of them")
    level: Level = "quick" if quick else "deep" if deep else "files"
    archive = open_word(word, output)
    if findings:  # a file that cannot be written is told before the work, which may take hours
        _write(findings, ())
    with at_work("verifying", archive.root) as tell:
        report = verify(
            archive,
            level=level,
            outside=Outside(pubkey=pubkey, anchor=anchor),
            sample=sample or 0,
            tell=tell,
        )
    if findings:
        _write(findings, report.findings)
    return told(archive, report)


def verify_archive(archive: Archive) -> Outcome:
    """Verify an archive to the last row and say what was found."""
    from pipelines.verify import verify

    return told(archive, verify(archive))


def told(archive: Archive, report: Report) -> Outcome:
    """What was found, for programs and for people."""
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


def _write(path: Path, findings: Iterable[Finding]) -> None:
    lines = (json.dumps(f.as_json(), ensure_ascii=False) for f in findings)
    try:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot write the findings: {error.strerror}", place=str(path)) from error


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
    said = (*report.removed, *report.accepted, *report.proved, *report.unverifiable, *report.not_checked)
    yield from (f"  {sentence}" for sentence in said)


def _told(finding: Finding) -> str:
    place = finding.path if finding.offset is None else f"{finding.path} at byte {finding.offset}"
    told = f"{finding.code} in {place}"
    if finding.expected is not None:
        told += f": expected {finding.expected}"
    return told if finding.found is None else f"{told}; found {finding.found}"


def _reason(archive: Archive, report: Report) -> str | None:
    if report.errors:
        found = counted(len(report.errors), "finding")
        return (
            f"the archive of {archive.portal.slug} is not what it should be: {found}, "
            f"the first {_told(report.errors[0])}; restore damaged evidence from a copy, tables with rebuild"
        )
    if report.unverifiable:
        return f"not everything could be checked: {'; '.join(report.unverifiable)}"
    return None
