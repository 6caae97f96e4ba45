"""``citynews status``: how an archive stands, by its manifests and the reports of its runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from crawler.cli.compared import both_sides, lines, report
from crawler.cli.explained import width
from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from crawler.cli.run_lines import SUMS, answer_key_line, sum_line
from pipelines.archive import Archive

SHOWN = 5
"""Runs that are shown, newest last."""


@click.command("status")
@click.argument("word", metavar="PORTAL")
@click.option(
    "--answer-key",
    "both",
    is_flag=True,
    help="Show the ten articles on which it differs most, page and source side by side.",
)
@every_verb
def command(word: str, both: bool, output: Path, as_json: bool) -> Outcome:
    """Say how PORTAL's archive stands and how its last runs ended.

    Shows the sums, the sources, health and the answer key.
    The answer key is what the portal's REST and feeds say of its articles: the share on
    which it agrees with what was read in their pages, field by field, and the ten worst.
    Never asks the network, writes nothing.
    """
    archive = open_word(word, output)
    if both:
        from crawler.cli.terminal import at_work

        with at_work("comparing", archive.root):
            found = both_sides(archive)
        return Outcome(summary=found, lines=tuple(lines(found, width())))
    summary = standing(archive)
    return Outcome(summary=summary, lines=tuple(_lines(summary)))


def standing(archive: Archive) -> dict[str, Any]:
    """How an archive stands. What a run's report alone knows is ``None`` where that is gone.

    Raises:
        ChainError: the manifests do not form a chain.
    """
    from pipelines.manifest import RUNS, read_chain

    chain = [s.manifest for s in read_chain(archive)]
    runs = [m for m in chain if m.kind in RUNS]
    last = runs[-1] if runs else None
    told = report(archive, last.run_id) if last else {}
    return {
        "portal": archive.portal.slug,
        "archive": str(archive.root),
        "seed": archive.portal.seed,
        "commits": len(chain),
        "rows": {name: facts.rows for name, facts in chain[-1].tables.items()} if chain else {},
        "runs": [
            {"run": m.run_id, "kind": m.kind, "started": m.started, "ended": m.ended, "status": m.status}
            for m in runs[-SHOWN:]
        ],
        "sums": last.sums if last else {},
        "health": [check.sentence for check in last.health] if last else [],
        "reason": told.get("reason"),
        "sources": told.get("sources"),
        "answer_key": told.get("answer_key"),
        "exit_code": 0,
    }


def _lines(summary: Mapping[str, Any]) -> Iterator[str]:
    from crawler.discovery.tally import sources_lines

    commits = "1 commit" if summary["commits"] == 1 else f"{summary['commits']} commits"
    yield f"{summary['portal']}: {summary['seed']}, {commits}"
    if not summary["runs"]:
        yield "  nothing committed yet"
        return
    rows = ", ".join(f"{count} {table}" for table, count in summary["rows"].items())
    yield f"  rows: {rows or 'none, no tables were written yet'}"
    for run in summary["runs"]:
        started, ended = (run[name][:16].replace("T", " ") for name in ("started", "ended"))
        name = "run" if run["kind"] == "crawl" else run["kind"]
        yield f"  {name} {run['run']}: {started} to {ended[11:]} UTC, {run['status']}"
    yield "  of the last one:"
    yield from (f"  {SUMS.get(name, name)}: {sum_line(part)}" for name, part in summary["sums"].items())
    if summary["reason"]:
        yield f"  it ended because: {summary['reason']}"
    yield f"  health: {'; '.join(summary['health']) or 'good'}"
    if summary["sources"]:
        yield from (f"  {line}" for line in sources_lines(summary["sources"]))
    key = summary["answer_key"]
    yield f"  answer key: {answer_key_line(key) if key else 'not known, its run left no report'}"
    for article in key["worst"] if key else ():
        yield f"    {article['url']}: {'; '.join(_difference(article, name) for name in article['fields'])}"


def _difference(article: Mapping[str, Any], name: str) -> str:
    if name == "text":
        return f"text alike to {article['text_permille'] // 10} %"
    if name == "images":
        only = [f"{len(article[side]['images'])} only {side}" for side in ("read", "listed")]
        return f"images {', '.join(only)}"
    return f"{name} read {article['read'][name]!r}, listed {article['listed'][name]!r}"
