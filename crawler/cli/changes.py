"""``citynews changes``: what happened to a portal's articles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.errors import UsageError

KINDS = ("published", "edited", "moved", "merged", "removal_suspected", "removed", "restored")
"""As in :mod:`pipelines.events`, which costs more to import than ``--help`` should."""


@click.command("changes")
@click.argument("word", metavar="PORTAL")
@click.option(
    "--since", metavar="DATE", help="Only what is known since this day or moment (UTC), like 2026-03-31."
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; can be given again."
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N",
    help="At most the N last events.",
)  # fmt: skip
@every_verb
def command(
    word: str, since: str | None, kinds: tuple[str, ...], limit: int, output: Path, as_json: bool
) -> Outcome:
    """List what happened to articles, newest last.

    New, edited (word by word), moved, merged, removed, restored. The network is not asked.
    """
    from crawler.cli.changed import as_json as told
    from crawler.cli.changed import lines
    from pipelines.report.happened import happened

    archive = open_word(word, output)
    total, found = happened(archive, since=_moment(since) if since else None, kinds=kinds, limit=limit)
    return Outcome(
        summary={
            "portal": archive.portal.slug,
            "archive": str(archive.root),
            "total": total,
            "events": [told(item) for item in found],
            "exit_code": 0,
        },
        lines=tuple(lines(found, total)),
    )


def _moment(text: str) -> datetime:
    """A day or moment of the command line, in UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = f"--since {text!r} is no date; write it like 2026-03-31 or 2026-03-31T08:00"
        raise UsageError(sentence) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
