"""``citynews status`` without a portal: every archive under the output folder in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.cli.opening import archive_folders
from crawler.cli.outcome import Outcome
from crawler.cli.run_lines import size
from pipelines.archive import Archive, open_archive
from pipelines.errors import SEVEREST_FIRST, CitynewsError, Unhealthy

HEAD = ("portal", "last run (UTC)", "ended", "health", "articles", "disk", "due", "signed")
RIGHT = ("articles", "disk", "due")
NONE = "-"


def all_standings(output: Path, *, check: bool) -> Outcome:
    """One line for each archive; one that cannot be read says why, and hides no other.

    Args:
        output: the folder that holds them.
        check: whether to end with the severest code that a last run ended with.

    Raises:
        ConfigurationError: the folder cannot be read.
    """
    now = datetime.now(UTC)
    portals = [_standing(folder, now) for folder in archive_folders(output)]
    code = worst(portal["exit_code"] for portal in portals) if check else 0
    return Outcome(
        summary={"output": str(output), "portals": portals, "exit_code": code},
        lines=tuple(_lines(portals, output)),
        exit_code=code,
        reason="not every last run ended well: "
        + ", ".join(f"{p['portal']} ({p['exit_code']})" for p in portals if p["exit_code"]),
    )


def worst(codes: Iterable[int | None]) -> int:
    """The severest of some exit codes; a run that told nobody how it ended has ``None``, and counts for 0."""
    found = {code for code in codes if code}
    return next((code for code in SEVEREST_FIRST if code in found), max(found, default=0))


def _standing(folder: Path, now: datetime) -> dict[str, Any]:
    try:
        return brief(open_archive(folder), now)
    except CitynewsError as error:  # one broken archive must not hide the others
        return {"portal": folder.name, "error": str(error), "exit_code": error.exit_code}


def brief(archive: Archive, now: datetime) -> dict[str, Any]:
    """How an archive stands, as far as its newest manifests and its folder tell.

    Raises:
        ChainError: a manifest cannot be read.
    """
    from pipelines.manifest import RUNS, newest
    from pipelines.report.standing import disk, due, is_judged, last_run

    last, run, judged = newest(archive), newest(archive, RUNS), newest(archive, (*RUNS, "accept"))
    ran = last_run(archive)
    health = judged.manifest.health if judged else ()
    accepted = judged is not None and judged.manifest.kind == "accept" and not health
    code = ran.exit_code if ran else None
    well = accepted and code == Unhealthy.exit_code  # what its last run ended with is settled
    articles = last.manifest.tables.get("articles") if last else None
    return {
        "portal": archive.portal.slug,
        "seed": archive.portal.seed,
        "last_run": ran.run if ran else None,
        "state": ran.state if ran else None,
        "ended": run.manifest.ended if run else None,
        "exit_code": 0 if well else code,
        "reason": ran.reason if ran and not well else None,
        "health": [check.sentence for check in health],
        "judged": judged is not None and (judged.manifest.kind != "crawl" or is_judged(judged.manifest.sums)),
        "articles": articles.rows if articles else 0,
        "disk": disk(archive.root),
        "due": due(archive.root, now),
        "signed": last is not None and last.path.with_name(f"{last.path.name}.sig").exists(),
        "manifest_sha256": last.sha256 if last else None,
    }


def _lines(portals: Sequence[Mapping[str, Any]], output: Path) -> Iterator[str]:
    if not portals:
        yield f"no archives in {output}"
        return
    rows = [HEAD, *(_cells(portal) for portal in portals if "error" not in portal)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(HEAD, row, widths, strict=True)
        yield "  ".join(c.rjust(w) if name in RIGHT else c.ljust(w) for name, c, w in cells).rstrip()
    for portal in portals:
        if "error" in portal:
            yield f"{portal['portal']}: cannot be read: {portal['error']}"
        elif portal["reason"]:
            yield f"{portal['portal']}: {portal['reason']}"


def _cells(portal: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        portal["portal"],
        portal["ended"][:16].replace("T", " ") if portal["ended"] else "never",
        ended(portal),
        f"{len(portal['health'])} failed" if portal["health"] else "good" if portal["judged"] else NONE,
        str(portal["articles"]),
        size(sum(portal["disk"].values())),
        str(portal["due"]["now"]),
        "yes" if portal["signed"] else "no",
    )


def ended(portal: Mapping[str, Any]) -> str:
    """How the newest run ended, in a word: its exit code, or that it is at work or was cut off."""
    if portal["state"] in ("at work", "cut off"):
        return str(portal["state"])
    return NONE if portal["exit_code"] is None else str(portal["exit_code"])
