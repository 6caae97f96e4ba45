"""``citynews crawl``: one run over one portal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.amounts import Day, Duration, Size
from crawler.cli.failure import Watch
from crawler.cli.opening import archive_name
from crawler.cli.options import every_verb, signing_key
from crawler.cli.outcome import Outcome
from crawler.cli.run_lines import run_lines

if TYPE_CHECKING:
    from crawler.run import RunOptions


JOBS = 4
"""How many portals ``--all`` crawls at a time where nothing else is said."""


@click.command("crawl")
@click.argument("word", metavar="PORTAL", required=False)
@click.option("--all", "every", is_flag=True, help="Crawl every archive under the output folder.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1, max=64),
    metavar="N",
    help=f"With --all: portals at a time, a process each.  [default: {JOBS}]",
)
@click.option("--contact", metavar="MAIL", help="Your address, sent in the User-Agent; live portals need it.")
@click.option("--new", is_flag=True, help="Make the archive of a built-in portal that has none yet.")
@click.option(
    "--allow-loopback",
    is_flag=True,
    envvar="CITYNEWS_ALLOW_LOOPBACK",
    help="Permit 127.0.0.0/8 and ::1, without delay and contact (or CITYNEWS_ALLOW_LOOPBACK=1).",
)
@click.option("--full", is_flag=True, help="Ask for everything that is known, not only for what is due.")
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    help="Ask only for what was published or changed since that day, like 2026-03-01.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask for at most N pages, then stop.")
@click.option(
    "--deadline",
    "deadline_s",
    type=Duration(),
    metavar="TIME",
    help="Ask nothing more after so long: 90, 30m, 2h.",
)
@click.option(
    "--max-bytes", type=Size(), metavar="SIZE", help="Ask nothing more after so much evidence: 500MB, 2GB."
)
@click.option(
    "--urls",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Ask also for the addresses in FILE, one in each line, whether they are due or not.",
)
@click.option(
    "--no-requisites",
    is_flag=True,
    help="Capture pages only, without their pictures, style sheets and scripts.",
)
@click.option(
    "--retracted", is_flag=True, help="Ask for addresses, too, whose captures were retracted; else never."
)
@click.option("--quiet", is_flag=True, help="Print nothing of a run that ends with 0: for cron, which mails.")
@click.option(
    "--on-failure",
    envvar="CITYNEWS_ON_FAILURE",
    metavar="CMD",
    help="What the shell is to run where the run does not end with 0, nor with 75; CITYNEWS_REASON, "
    "CITYNEWS_REPORT and others tell it why (or CITYNEWS_ON_FAILURE).",
)
@signing_key
@every_verb
@click.pass_context
def command(
    ctx: click.Context,
    /,
    word: str | None,
    every: bool,
    jobs: int | None,
    no_requisites: bool,
    quiet: bool,
    on_failure: str | None,
    as_json: bool,
    **asked: Any,
) -> Outcome:
    """Crawl PORTAL: an address makes its archive, a name needs one.

    \b
    citynews crawl https://city.example/ --contact you@example.org
    citynews crawl city.example     (again, from cron: what is due)
    citynews crawl --all            (all that are here, side by side)
    """
    refuse_misfits(ctx.params)
    if word is None:
        from crawler.cli.all_portals import crawl_all

        all_of_them = Watch(command=on_failure, portal="", output=asked["output"])
        return all_of_them.over(lambda: crawl_all(ctx, jobs or JOBS, quiet=quiet), told=True)
    from crawler.run import RunOptions

    # Every other option is the field of its name.
    options = RunOptions(word=word, requisites=not no_requisites, **asked)
    watch = Watch(command=on_failure, portal=archive_name(word), output=options.output)
    return watch.over(lambda: _crawl(options, quiet=quiet))


def refuse_misfits(asked: Mapping[str, Any]) -> None:
    """Refuse options of ``crawl``, by their names, that do not go together.

    Raises:
        UsageError: click's; nothing was asked.
    """
    every = asked["every"]
    if every == (asked["word"] is not None) or (every and (asked["new"] or asked["urls"])):
        raise click.UsageError(
            "write either the name or address of one PORTAL, or --all (without --new and --urls)"
        )
    if asked["jobs"] and not every:
        raise click.UsageError("--jobs says how many portals at a time, and goes with --all only")
    if asked["full"] and asked["since"]:
        raise click.UsageError("--full asks for everything, and --since for a part; give one of them")
    if asked["since"] and asked["since"] > datetime.now(UTC).date() + timedelta(days=1):
        raise click.UsageError(f"--since {asked['since']} is still to come; give a day of the past")


def _crawl(options: RunOptions, *, quiet: bool) -> Outcome:
    from crawler.cli.terminal import progress
    from crawler.run import run

    with progress(quiet=quiet) as shown:
        summary = run(options, shown)
    return Outcome(
        summary=summary.as_json(),
        lines=() if quiet and not summary.exit_code else tuple(run_lines(summary)),
        exit_code=summary.exit_code,
        reason=summary.reason,
    )
