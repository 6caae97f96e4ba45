"""``citynews retract``: a text is taken out of the archive, and everybody can see that it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.lost import lose
from crawler.cli.opening import open_word
from crawler.cli.options import every_verb, signing_key
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, locked
from pipelines.counted import counted
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pipelines.retract import Retracted
    from pipelines.retract.retractable import Found, Held

SHOWN = 50
"""Records that are listed one by one; ``--json`` has them all."""


@click.command("retract")
@click.argument("word", metavar="PORTAL")
@click.argument("target", metavar="[URL|ARTICLE_ID]", required=False)
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands in the archive for ever.")
@click.option(
    "--record", "ids", multiple=True, metavar="ID", help="Also this WARC record, by its id; may be repeated."
)
@click.option(
    "--sources",
    is_flag=True,
    help="Also feeds, REST answers, sitemaps and listings that hold the text, with all else they list.",
)
@click.option(
    "--lost",
    multiple=True,
    metavar="FILE",
    help="Say that this WARC file is damaged or gone for good, instead; may be repeated.",
)
@click.option("--yes", is_flag=True, help="Do not ask whether it is to be done.")
@signing_key
@every_verb
def command(
    word: str,
    target: str | None,
    reason: str,
    ids: Sequence[str],
    sources: bool,
    lost: Sequence[str],
    yes: bool,
    sign_key: Path | None,
    output: Path,
    as_json: bool,
) -> Outcome:
    """Take an article's text out of PORTAL's archive, for good.

    Every record that holds it is replaced by a tombstone of the same length, which says what was there and
    why it is gone; a new manifest names them, and verify and inspect say so. There is no way back: what is
    taken out lies nowhere in the archive any more.

    \b
    citynews retract city.example https://city.example/news/1.html --reason "court order 12/2026"
    citynews retract city.example --lost warc/2026/x-00000.warc.gz --reason "disk failed, no copy"
    """
    if lost:
        if target or ids or sources:
            raise UsageError("--lost names files and stands alone; take out a text in a command of its own")
        return lose(open_word(word, output), lost, reason, sign_key, yes=yes, as_json=as_json)
    if not target and not ids:
        raise UsageError("say what is to be taken out: an address, an article_id, or records with --record")
    if not reason.strip():
        raise UsageError("--reason must say why; it is what people find instead of the text")
    archive = open_word(word, output)
    wanted = Wanted(target=target, ids=ids, sources=sources, reason=reason)
    found, done = _take_out(archive, wanted, sign_key, ask=not yes, as_json=as_json)
    return Outcome(
        summary=_summary(archive, found, done, reason, signed=bool(sign_key)),
        lines=tuple(_lines(archive, found, done, signed=bool(sign_key))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be taken out, and why."""

    target: str | None
    ids: Sequence[str]
    sources: bool
    reason: str


def _take_out(
    archive: Archive, wanted: Wanted, sign_key: Path | None, *, ask: bool, as_json: bool
) -> tuple[Found, Retracted]:
    """Find it, ask, do it, and sign what says so."""
    from crawler.cli.terminal import at_work
    from pipelines.manifest.signature import make_signature, sign_newest
    from pipelines.retract import make_ready, retract
    from pipelines.retract.retractable import find

    if sign_key:  # a key that does not sign is told before anything is written
        make_signature(b"", sign_key)
    with locked(archive):
        with at_work("looking", archive.root):
            make_ready(archive, datetime.now(UTC))
            found = find(archive, wanted.target, wanted.ids, sources=wanted.sources)
        if ask:
            _ask(found, as_json)
        with at_work("retracting", archive.root):
            done = retract(archive, found, reason=wanted.reason, now=datetime.now(UTC))
        if sign_key:
            sign_newest(archive, sign_key)
    return found, done


def _ask(found: Found, as_json: bool) -> None:
    """Show what would be taken out, and go on only after a yes."""
    for line in (*_found(found), *_left(found)):
        click.echo(line, err=True)
    if as_json or not sys.stdin.isatty():
        raise UsageError("nothing was taken out; look at the list, and say --yes where it is right")
    if not click.confirm("Take this out for good?", default=False, err=True):
        raise UsageError("nothing was taken out")


def _found(found: Found) -> Iterator[str]:
    for title in found.titles:
        yield f"  title: {title}"
    yield f"  to be taken out: {counted(len(found.records), 'record')}"
    yield from _listed(found.records)
    if any(held.what in ("source", "listing") for held in found.records):
        yield "  whatever else these sources and listings list is lost with them"


def _left(found: Found) -> Iterator[str]:
    if found.files:
        yield f"  cleaned of it, or removed: {counted(len(found.files), 'report, log or cut-off piece')}"
    if found.left:
        yield (
            f"  title or text REMAINS in {counted(len(found.left), 'other record')}; take out sources and "
            "listings with --sources, any record with --record:"
        )
        yield from _listed(found.left)


def _listed(records: Sequence[Held]) -> Iterator[str]:
    for held in records[:SHOWN]:
        holds = f", holds the {held.holds}" if held.holds else ""
        place = f"{held.id}, {held.path} at byte {held.offset}"
        yield f"    {held.what}{holds}: {held.url or held.type} ({place})"
    if len(records) > SHOWN:
        yield f"    and {len(records) - SHOWN} more"


def _lines(archive: Archive, found: Found, done: Retracted, *, signed: bool) -> Iterator[str]:
    yield f"{archive.portal.slug}: retracted {counted(len(found.records), 'record')}, gone for good"
    yield from _listed(found.records)
    yield from _left(found)
    if found.addresses:
        yield f"  not asked again, unless crawl is told --retracted: {', '.join(found.addresses[:SHOWN])}"
    yield "  copies elsewhere (exports, backups, other disks) are not touched"
    yield f"  manifest {done.manifest.name} sha256 {done.sha256}{', signed' if signed else ''}"
    yield f"  in {archive.root}"


def _summary(
    archive: Archive, found: Found, done: Retracted, reason: str, *, signed: bool
) -> dict[str, object]:
    return {
        "portal": archive.portal.slug,
        "archive": str(archive.root),
        "exit_code": 0,
        "article_ids": list(found.article_ids),
        "reason": reason,
        "redactions": [r.model_dump() for r in done.redactions],
        "remains": [_plain(held) for held in found.left],
        "not_asked_again": list(found.addresses),
        "rows": dict(done.rows),
        "manifest": done.manifest.name,
        "manifest_sha256": done.sha256,
        "signed": signed,
    }


def _plain(held: Held) -> dict[str, object]:
    names = ("path", "offset", "length", "id", "type", "url", "what", "holds")
    return {name: getattr(held, name) for name in names}
