"""``citynews inspect``: what is known of one page, one address, one article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from crawler.cli.explained import lines, width
from crawler.cli.opening import archive_folders, open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, open_archive
from pipelines.errors import UsageError


@click.command("inspect")
@click.argument("target", metavar="FILE|URL|ARTICLE_ID")
@click.option(
    "--portal", metavar="PORTAL", help="The archive to look in; without it, all in the output folder."
)
@click.option(
    "--url", metavar="URL", help="With FILE: the address that the page came from; of a WARC file, one page."
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path, resolve_path=True),
    help="Also write a page that shows it in colours; a file of that name is replaced.",
)
@every_verb
def command(
    target: str, portal: str | None, url: str | None, page: Path | None, output: Path, as_json: bool
) -> Outcome:
    """Say what was read in a page, by which rule, from which record.

    Also says what each other rule found.
    Never asks the network. A page that is no article prints why, and ends with 0;
    what is not archived or cannot be read ends with 2.
    """
    found = _look_up(target, portal, url, output)
    damage = found.get("damage")
    written = _write_page(found, target, page) if page else None
    return Outcome(
        summary={**found, "html": written} if written else found,
        lines=(*lines(found, width()), *([f"page: {written}"] if written else ())),
        exit_code=UsageError.exit_code if damage else 0,
        reason=f"the file is damaged, restore it from a copy: {damage[0]}" if damage else None,
    )


def _look_up(target: str, portal: str | None, url: str | None, output: Path) -> dict[str, Any]:
    from pipelines.inspect import inspect_article, inspect_file, inspect_url, is_article_id

    if "://" in target:
        return _in_archives(target, portal, output, lambda archive: inspect_url(archive, target))
    if Path(target).is_file():
        of = open_word(portal, output).portal if portal else None
        return inspect_file(Path(target), url=url, portal=of)
    if is_article_id(target):
        return _in_archives(target, portal, output, lambda archive: inspect_article(archive, target))
    raise UsageError(f"{target!r} is no file that is here, no address (https://…) and no article_id")


def _write_page(found: Mapping[str, Any], target: str, path: Path) -> str:
    """Write the page that explains what was found, and give its path."""
    from pipelines.inspect.page import explain_page, write_page

    if Path(target).is_file() and path.exists() and path.samefile(target):
        raise UsageError("--html would replace the page that is looked at; give it another name")
    readings = [r for r in (found.get("reading"), *found.get("readings", ())) if r]
    if len(readings) != 1:
        several = f"it holds {len(readings)} pages, and --html shows one; say which with --url"
        raise UsageError(several if readings else "nothing could be read here that --html could show")
    custody = found.get("payload_custody") or found.get("custody") or {}
    record = custody.get("record") or {}
    facts = {
        "file": found.get("file") or record.get("file"),
        "record": record.get("id"),
        "article_id": found.get("article", {}).get("article_id"),
    }
    write_page(path, explain_page(readings[0], facts))
    return str(path)


def _in_archives(
    target: str, portal: str | None, output: Path, look: Callable[[Archive], dict[str, Any]]
) -> dict[str, Any]:
    """What the archive that knows the target says of it. Raises UsageError where none does."""
    if portal:
        return look(open_word(portal, output))
    for folder in archive_folders(output):
        try:
            return look(open_archive(folder))
        except UsageError:  # not in this one
            continue
    raise UsageError(f"{target} is in none of the archives in {output}; crawl its portal first")
