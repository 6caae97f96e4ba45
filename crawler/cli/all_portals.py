"""``citynews crawl --all``: every archive under the output folder, portals side by side."""

from __future__ import annotations

import re
import time
from dataclasses import asdict, replace
from pathlib import Path

import click
from click.core import ParameterSource

from crawler.cli.opening import archive_folders
from crawler.cli.outcome import Outcome
from crawler.cli.terminal import progress
from crawler.hosts import alone
from crawler.naming import is_loopback
from crawler.side_by_side import Budget, Ended, SideBySide
from pipelines.archive import open_archive
from pipelines.counted import counted
from pipelines.errors import SEVEREST_FIRST, CitynewsError, ConfigurationError

OWN = {"word", "every", "jobs", "deadline_s", "max_bytes", "quiet", "output", "as_json"}
"""Options that are not handed on to each portal's run as they are."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]*")


def crawl_all(ctx: click.Context, jobs: int, *, quiet: bool) -> Outcome:
    """Crawl all that is under the output folder, once.

    Raises:
        ConfigurationError: there is nothing to crawl, or the folder cannot be read or written.
        Locked: another ``crawl --all`` is at work on it.
    """
    begun = time.monotonic()
    asked = ctx.params
    output, deadline_s = asked["output"], asked["deadline_s"]
    budget = Budget(until=None if deadline_s is None else begun + deadline_s, bytes=asked["max_bytes"])
    portals, left_out = _portals(output, loopback=asked["allow_loopback"])
    if not portals and not left_out:
        raise ConfigurationError(
            "there are no archives here (is a disk missing?); give the right folder with --output, "
            "or begin one with citynews crawl https://city.example/ --contact you@example.org",
            place=str(output),
        )
    if not portals:
        raise ConfigurationError(
            f"all archives here are of this machine ({', '.join(left_out)}); give the right "
            "folder with --output, or --allow-loopback",
            place=str(output),
        )
    with alone(output), progress(quiet=quiet) as shown:
        side_by_side = SideBySide(output, handed_on(ctx), jobs=jobs, budget=budget, progress=shown)
        ended = sorted(side_by_side.run(portals), key=lambda one: one.portal)
    outcome = _outcome(output, ended, left_out, round((time.monotonic() - begun) * 1000))
    return replace(outcome, lines=()) if quiet and not outcome.exit_code else outcome


def handed_on(ctx: click.Context) -> list[str]:
    """The options of the command line that each portal's run gets as well, written out."""
    words: list[str] = []
    for option in ctx.command.params:
        name = option.name or ""
        if name in OWN or ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        value = ctx.params[name]
        if isinstance(option, click.Option) and option.is_flag:
            words += [option.opts[0]] if value else option.secondary_opts[:1]
        else:  # each runs in the checkout, whatever folder we run in
            words += [option.opts[0], str(value.absolute() if isinstance(value, Path) else value)]
    return words


def _portals(output: Path, *, loopback: bool) -> tuple[list[str], list[str]]:
    """The names to crawl, and those of archives of this machine, which need leave. Those whose last run
    is longest ago come first, so that no deadline always meets the same ones."""
    portals: list[str] = []
    left_out: list[str] = []
    for name in _names(output):
        try:
            here = is_loopback(open_archive(output / name).portal.seed)
        except CitynewsError:  # its own run says what is wrong with it
            here = False
        (left_out if here and not loopback else portals).append(name)
    return sorted(portals, key=lambda name: _last_run(output / name)), left_out


def _last_run(folder: Path) -> str:
    """The name of an archive's last run, which begins with its moment; those that had none come first."""
    runs = folder / "runs"
    return max((path.name for path in runs.iterdir()), default="") if runs.is_dir() else ""


def _names(output: Path) -> list[str]:
    """Folders that are archives, or were: an empty one may be where a disk is missing."""
    found = {folder.name for folder in archive_folders(output)}
    if output.is_dir():
        for path in output.iterdir():
            if path.is_dir() and ((path / "warc").is_dir() or not any(path.iterdir())):
                found.add(path.name)
    return sorted(name for name in found if _NAME.fullmatch(name))


def _outcome(output: Path, ended: list[Ended], left_out: list[str], took_ms: int) -> Outcome:
    code = min((e.exit_code for e in ended), key=_place, default=0)
    troubled = [e for e in ended if e.exit_code]
    names = ", ".join(
        f"{e.portal} ({e.exit_code})" for e in sorted(troubled, key=lambda e: _place(e.exit_code))
    )
    summary = {
        "output": str(output),
        "exit_code": code,
        "portals": [asdict(e) for e in ended],
        "left_out": left_out,
        "duration_ms": took_ms,
    }
    well = len(ended) - len(troubled)
    lines = [f"{counted(len(ended), 'portal')}: {well} complete and healthy, {len(troubled)} not"]
    lines += [_line(e) for e in ended]
    lines += [f"  {name}  left out: this machine, see --allow-loopback" for name in left_out]
    return Outcome(
        summary=summary,
        lines=tuple(lines),
        exit_code=code,
        reason=f"{len(troubled)} of {counted(len(ended), 'portal')}: {names}" if troubled else None,
    )


def _line(ended: Ended) -> str:
    if ended.run is None:
        figures = ""
    else:
        articles = counted(ended.articles or 0, "article")
        figures = f"{articles}, {ended.captured} captured, {ended.duration_ms / 1000:.0f} s"
    code, told = str(ended.exit_code).rjust(3), ": ".join(filter(None, (figures, ended.reason)))
    return f"  {code}  {ended.portal}  {told}"


def _place(code: int) -> int:
    return SEVEREST_FIRST.index(code) if code in SEVEREST_FIRST else -1
