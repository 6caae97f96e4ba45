"""``citynews status``: how an archive stands, by its manifests and the reports of its runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.compared import both_sides, lines
from crawler.cli.explained import width
from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from crawler.cli.run_lines import SUMS, answer_key_line, size, sum_line
from crawler.cli.standings import all_standings, brief, ended, worst
from pipelines.archive import Archive
from pipelines.counted import counted
from pipelines.errors import Unhealthy, UsageError

if TYPE_CHECKING:
    from pipelines.manifest import Manifest

SHOWN = 5
"""Runs that are shown, newest last."""


@click.command("status")
@click.argument("word", metavar="[PORTAL]", required=False)
@click.option(
    "--answer-key",
    "both",
    is_flag=True,
    help="Show the ten articles on which it differs most, page and source side by side.",
)
@click.option(
    "--check", is_flag=True, help="End with the code that the last run ended with, the severest of all."
)
@every_verb
def command(word: str | None, both: bool, check: bool, output: Path, as_json: bool) -> Outcome:
    """Say how PORTAL's archive stands and how its last runs ended.

    Without PORTAL: all archives, a line each. With it: disk, what is due, the sums,
    the sources, health and the answer key.
    The answer key is what the portal's REST and feeds say of its articles: the share on
    which it agrees with what was read in their pages, field by field, and the ten worst.
    Never asks the network, writes nothing.
    """
    if word is None:
        if both:
            raise UsageError("--answer-key is about one portal; name it")
        return all_standings(output, check=check)
    archive = open_word(word, output)
    if both:
        from crawler.cli.terminal import at_work

        with at_work("comparing", archive.root):
            found = both_sides(archive)
        return Outcome(summary=found, lines=tuple(lines(found, width())))
    summary = standing(archive)
    code = worst([summary["last"]["exit_code"]]) if check else 0
    return Outcome(
        summary=summary | {"exit_code": code},
        lines=tuple(_lines(summary)),
        exit_code=code,
        reason=f"the last run ended with {code}: {summary['last']['reason']}",
    )


def standing(archive: Archive) -> dict[str, Any]:
    """How an archive stands. What a run's report alone knows is ``None`` where that is gone.

    Raises:
        ChainError: the manifests do not form a chain.
    """
    from pipelines.health.acceptances import told_of
    from pipelines.manifest import RUNS, read_chain
    from pipelines.report.standing import per_week, report

    now = datetime.now(UTC)
    stored = read_chain(archive)
    chain = [s.manifest for s in stored]
    judged = [m.health for m in chain if m.kind in (*RUNS, "accept")]
    runs = [m for m in chain if m.kind in RUNS]
    last = runs[-1] if runs else None
    told = report(archive, last.run_id) if last else {}
    return {
        "portal": archive.portal.slug,
        "archive": str(archive.root),
        "seed": archive.portal.seed,
        "commits": len(chain),
        "rows": {name: facts.rows for name, facts in chain[-1].tables.items()} if chain else {},
        "runs": [_run(archive, m) for m in runs[-SHOWN:]],
        "sums": last.sums if last else {},
        "health": [check.sentence for check in judged[-1]] if judged else [],
        "accepted": list(told_of(stored, last=True)),
        "reason": told.get("reason"),
        "notes": told.get("notes") or [],
        "sources": told.get("sources"),
        "completeness": told.get("completeness") or {},
        "answer_key": told.get("answer_key"),
        "last": brief(archive, now),
        "per_week": per_week(archive.root, now.date()),
    }


def _run(archive: Archive, sealed: Manifest) -> dict[str, Any]:
    """A run as its manifest has it, with the exit code of its report, which may be gone."""
    from pipelines.report.standing import report

    facts = {name: getattr(sealed, name) for name in ("kind", "started", "ended", "status")}
    return {"run": sealed.run_id, **facts, "exit_code": report(archive, sealed.run_id).get("exit_code")}


def _is_settled(summary: Mapping[str, Any]) -> bool:
    """Whether the checks that the last run ended on were accepted since; its sentence is settled then."""
    unhealthy = summary["runs"][-1]["exit_code"] == Unhealthy.exit_code
    return unhealthy and bool(summary["accepted"]) and not summary["health"]


def _lines(summary: Mapping[str, Any]) -> Iterator[str]:
    from crawler.discovery.tally import sources_lines
    from pipelines.ledger.completeness import lines as completeness_lines
    from pipelines.report.standing import health_line, how_it_ended

    yield f"{summary['portal']}: {summary['seed']}, {counted(summary['commits'], 'commit')}"
    yield from (f"  {line}" for line in _now_lines(summary["last"], summary["per_week"]))
    if not summary["runs"]:
        yield "  nothing committed yet"
        return
    rows = ", ".join(f"{table} {count}" for table, count in summary["rows"].items())
    yield f"  rows: {rows or 'none, no tables were written yet'}"
    for run in summary["runs"]:
        started, ended = (run[name][:16].replace("T", " ") for name in ("started", "ended"))
        name = "run" if run["kind"] == "crawl" else run["kind"]
        how = how_it_ended(run["status"], run["exit_code"])
        yield f"  {name} {run['run']}: {started} to {ended[11:]} UTC, {how}"
    yield "  of the last one:"
    yield from (f"  {SUMS.get(name, name)}: {sum_line(part)}" for name, part in summary["sums"].items())
    if summary["reason"] and not _is_settled(summary):
        yield f"  it ended because: {summary['reason']}"
    yield from (f"  note: {note}" for note in summary["notes"])
    asked = summary["sums"] if summary["runs"][-1]["kind"] == "crawl" else {}
    yield f"  health: {health_line(summary['health'], asked)}"
    yield from (f"  {sentence}" for sentence in summary["accepted"])
    if summary["sources"]:
        yield from (f"  {line}" for line in sources_lines(summary["sources"]))
    yield from (f"  {line}" for line in completeness_lines(summary["completeness"]))
    key = summary["answer_key"]
    yield f"  answer key: {answer_key_line(key) if key else 'not known, its run left no report'}"
    for article in key["worst"] if key else ():
        yield f"    {article['url']}: {'; '.join(_difference(article, name) for name in article['fields'])}"


def _now_lines(last: Mapping[str, Any], per_week: Mapping[str, int]) -> Iterator[str]:
    """Disk, what is due, and the trend; and how the newest run ended, where it made no commit."""
    if last["state"] and last["state"] != "ended":
        yield f"run {last['last_run']}: {ended(last)}"
    kinds = ", ".join(f"{name} {size(count)}" for name, count in last["disk"].items() if count)
    yield f"disk: {size(sum(last['disk'].values()))} ({kinds})"
    if sum(last["due"].values()):
        yield "due: " + ", ".join(f"{count} {when}" for when, count in last["due"].items() if count)
    if any(per_week.values()):
        weeks = " ".join(map(str, per_week.values()))
        yield f"articles published per week, the last {len(per_week)} weeks: {weeks}"
    if last["manifest_sha256"]:
        signed = "signed" if last["signed"] else "not signed"
        yield f"newest manifest: {signed}; its sha256, to be kept elsewhere: {last['manifest_sha256']}"


def _difference(article: Mapping[str, Any], name: str) -> str:
    if name == "text":
        return f"text alike to {article['text_permille'] // 10} %"
    if name == "images":
        only = [f"{len(article[side]['images'])} only {side}" for side in ("read", "listed")]
        return f"images {', '.join(only)}"
    return f"{name} read {article['read'][name]!r}, listed {article['listed'][name]!r}"
