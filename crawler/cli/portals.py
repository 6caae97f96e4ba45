"""``citynews portals``: which archives are here, and which cities are built in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from crawler.cli.opening import archive_folders
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import open_archive
from pipelines.counted import counted
from pipelines.errors import CitynewsError


@click.command("portals")
@every_verb
def command(output: Path, as_json: bool) -> Outcome:
    """List the archives here, and the cities known beforehand."""
    from crawler.portals import known_portals

    archives = [_describe(folder) for folder in archive_folders(output)]
    names = {str(a["portal"]) for a in archives}
    built_in = [{"portal": n, "seed": p.seed, "archived": n in names} for n, p in known_portals().items()]
    return Outcome(
        summary={"output": str(output), "archives": archives, "built_in": built_in},
        lines=(*_archive_lines(archives, output), *_built_in_lines(built_in)),
    )


def _describe(folder: Path) -> dict[str, object]:
    """What an archive says of itself; an archive that cannot be read is listed with the reason."""
    from pipelines.manifest import read_chain

    try:
        archive = open_archive(folder)
        chain = read_chain(archive)
    except CitynewsError as error:  # one broken archive must not hide the others
        return {"portal": folder.name, "error": str(error)}
    last = chain[-1].manifest if chain else None
    articles = last.tables.get("articles") if last else None
    return {
        "portal": archive.portal.slug,
        "seed": archive.portal.seed,
        "commits": len(chain),
        "articles": articles.rows if articles else 0,
        "last_run": last.run_id if last else None,
        "last_ended": last.ended if last else None,
        "last_status": last.status if last else None,
    }


def _archive_lines(archives: list[dict[str, Any]], output: Path) -> list[str]:
    if not archives:
        return [f"no archives in {output}"]
    lines = [f"archives in {output}:"]
    for a in archives:
        if "error" in a:
            told = f"cannot be read: {a['error']}"
        elif a["last_run"]:
            ended = f"{str(a['last_ended'])[:16].replace('T', ' ')} UTC"
            told = f"{a['seed']}  {counted(a['articles'], 'article')}  last run {ended}, {a['last_status']}"
        else:
            told = f"{a['seed']}  nothing committed yet"
        lines.append(f"  {a['portal']}  {told}")
    return lines


def _built_in_lines(built_in: list[dict[str, object]]) -> list[str]:
    lines = ["known beforehand:"]
    for p in built_in:
        begin = f"  to begin: citynews crawl {p['portal']} --new --contact you@example.org"
        lines.append(f"  {p['portal']}  {p['seed']}" + ("" if p["archived"] else begin))
    return lines
