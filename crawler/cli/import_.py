"""``citynews import``: captures that others made become part of an archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb, signing_key
from crawler.cli.outcome import Outcome
from crawler.cli.run_lines import SUMS, events_line, now_line, size, sum_line
from pipelines.counted import counted

if TYPE_CHECKING:
    from crawler.importing import ImportSummary


@click.command("import")
@click.argument("word", metavar="PORTAL")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@signing_key
@every_verb
def command(
    word: str, files: Sequence[Path], sign_key: Path | None, output: Path, as_json: bool
) -> Outcome:
    """Bring WARC files that others made into PORTAL's archive.

    wget, browsertrix, Heritrix, Common Crawl, another archive of citynews: each FILE is copied as it is,
    checked, named in a manifest with its origin, and read like our own. An address makes the archive where
    there is none. Never asks the network.

    \b
    citynews import city.example old-crawl.warc.gz
    citynews import https://gone.example/ 2009/*.warc.gz
    """
    from crawler.cli.terminal import at_work
    from crawler.importing import bring
    from crawler.portal import without_asking

    found = without_asking(word, output) if "://" in word else open_word(word, output)
    with at_work("importing", output):
        summary = bring(found, files, output=output, sign_key=sign_key)
    return Outcome(
        summary=summary.as_json(),
        lines=tuple(_lines(summary)),
        exit_code=summary.exit_code,
        reason=summary.reason,
    )


def _lines(summary: ImportSummary) -> Iterator[str]:
    yield f"{summary.portal}: import {summary.run}"
    for file in summary.files:
        yield from (f"  {line}" for line in _file_lines(file))
    if summary.manifest is None:
        yield "  nothing new to import"
    else:
        yield from (f"  {SUMS.get(name, name)}: {sum_line(part)}" for name, part in summary.sums.items())
        yield f"  {now_line(summary)}"
        yield f"  events: {events_line(summary.events)}"
        yield f"  health: {'; '.join(summary.health) or 'good'}"
        signed = ", signed" if summary.signed else ""
        yield f"  manifest {summary.manifest} sha256 {summary.manifest_sha256}{signed}"
    yield f"  in {summary.archive}"


def _file_lines(file: dict[str, Any]) -> Iterator[str]:
    """What became of one file, and whatever is odd about it."""
    name = Path(file["file"]).name
    if file["passed_over"]:
        yield f"{name}: passed over, {file['passed_over']}"
        return
    yield f"{name}: {_counted(file)}; as {file['path']}"
    if damage := file["damage"]:
        left = size(file["bytes"] - file["bytes_taken"])
        yield (
            f"  damaged at byte {damage['offset']}: {damage['what']}; what stands before it was taken, "
            f"the {left} from there on lie in quarantine/"
        )
    if file["wrong_digests"]:
        place = file["first_wrong_digest"]
        yield (
            f"  {counted(file['wrong_digests'], 'digest in it is', 'digests in it are')} not as the record "
            f"has it, the first at byte {place['offset']} ({place['what']}); all was taken as it is"
        )
    if file["misdated"]:
        place = file["first_misdated"]
        yield (
            f"  {counted(file['misdated'], 'record in it states', 'records in it state')} a date before the "
            f"web or in the future, the first at byte {place['offset']} ({place['what']}); what is so dated "
            "stays in the file, and is no capture"
        )
    if file["doubled_ids"]:
        doubled = counted(file["doubled_ids"], "record in it has", "records in it have")
        yield f"  {doubled} the id of another one in it"
    if file["retracted"]:
        many = counted(len(file["retracted"]), "address", "addresses")
        yield (
            f"  {many} in it had been RETRACTED here (such as {file['retracted'][0]}): what it says of them "
            "is in the archive again; retract takes it out"
        )
    if file["known_answers"]:
        known = counted(file["known_answers"], "of its answers is", "of its answers are")
        yield f"  {known} here already, record by record"


def _counted(file: dict[str, Any]) -> str:
    told = f"{counted(file['records'], 'record')}, {counted(file['answers'], 'answer')}, "
    told += f"{file['own_answers']} of this portal's"
    if file["first"]:
        told += f", captured {file['first'][:10]} to {file['last'][:10]}"
    return told
