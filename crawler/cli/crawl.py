"""``citynews crawl``: one run over one portal."""

from __future__ import annotations

from typing import Any

import click

from crawler.cli.options import every_verb, signing_key
from crawler.cli.outcome import Outcome
from crawler.cli.run_lines import run_lines


@click.command("crawl")
@click.argument("word", metavar="PORTAL")
@click.option("--contact", metavar="MAIL", help="Your address, sent in the User-Agent; live portals need it.")
@click.option("--new", is_flag=True, help="Make the archive of a built-in portal that has none yet.")
@click.option(
    "--allow-loopback",
    is_flag=True,
    envvar="CITYNEWS_ALLOW_LOOPBACK",
    help="Permit 127.0.0.0/8 and ::1, without delay and contact (or CITYNEWS_ALLOW_LOOPBACK=1).",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask for at most N pages, then stop.")
@click.option(
    "--no-requisites",
    is_flag=True,
    help="Capture pages only, without their pictures, style sheets and scripts.",
)
@click.option(
    "--retracted", is_flag=True, help="Ask for addresses, too, whose captures were retracted; else never."
)
@click.option("--quiet", is_flag=True, help="Print nothing of a run that ends with 0: for cron, which mails.")
@signing_key
@every_verb
def command(word: str, no_requisites: bool, quiet: bool, as_json: bool, **asked: Any) -> Outcome:
    """Crawl PORTAL: an address makes its archive, a name needs one.

    \b
    citynews crawl https://city.example/ --contact you@example.org
    citynews crawl city.example     (again, from cron)
    """
    from crawler.cli.terminal import progress
    from crawler.run import RunOptions, run

    # Every other option is the field of its name.
    options = RunOptions(word=word, requisites=not no_requisites, **asked)
    with progress(quiet=quiet) as shown:
        summary = run(options, shown)
    return Outcome(
        summary=summary.as_json(),
        lines=() if quiet and not summary.exit_code else tuple(run_lines(summary)),
        exit_code=summary.exit_code,
        reason=summary.reason,
    )
