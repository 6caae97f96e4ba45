"""``citynews crawl``: one run over one portal."""

from __future__ import annotations

from pathlib import Path

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
def command(
    word: str,
    contact: str | None,
    new: bool,
    allow_loopback: bool,
    limit: int | None,
    no_requisites: bool,
    retracted: bool,
    quiet: bool,
    sign_key: Path | None,
    output: Path,
    as_json: bool,
) -> Outcome:
    """Crawl PORTAL: an address makes its archive, a name needs one.

    \b
    citynews crawl https://city.example/ --contact you@example.org
    citynews crawl city.example     (again, from cron)
    """
    from crawler.cli.terminal import progress
    from crawler.run import RunOptions, run

    options = RunOptions(
        word=word,
        output=output,
        contact=contact,
        allow_loopback=allow_loopback,
        new=new,
        limit=limit,
        requisites=not no_requisites,
        retracted=retracted,
        sign_key=sign_key,
    )
    with progress(quiet=quiet) as shown:
        summary = run(options, shown)
    return Outcome(
        summary=summary.as_json(),
        lines=() if quiet and not summary.exit_code else tuple(run_lines(summary)),
        exit_code=summary.exit_code,
        reason=summary.reason,
    )
