"""``citynews inspect``: what is known of one page, one address, one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

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
@click.option("--url", metavar="URL", help="With FILE: the address that the page came from.")
@every_verb
def command(target: str, portal: str | None, url: str | None, output: Path, as_json: bool) -> Outcome:
    """Say what was read in a page, by which rule, from which record.

    Never asks the network. A page that is no article prints why, and ends with 0;
    what is not archived or cannot be read ends with 2.
    """
    found = _look_up(target, portal, url, output)
    damage = found.get("damage")
    return Outcome(
        summary=found,
        lines=tuple(_lines(found)),
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


def _lines(value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Nested values as indented lines; empty ones are left out, and a reading names the
    rule of each field behind it."""
    rules = value.get("rules", {})
    for name, part in value.items():
        if name == "rules" or part in (None, "", [], {}):
            continue
        by = f"   ← {', '.join(rules[name])}" if name in rules else ""
        if isinstance(part, Mapping):
            yield f"{indent}{name}:{by}"
            yield from _lines(part, indent + "  ")
        elif isinstance(part, list):
            yield f"{indent}{name}:{by}"
            yield from _items(part, indent + "  ")
        else:
            yield f"{indent}{name}: {part}{by}"


def _items(values: list[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            told = list(_lines(value))
            yield from (f"{indent}{'  ' if i else '- '}{line}" for i, line in enumerate(told))
        else:
            yield f"{indent}- {value}"
