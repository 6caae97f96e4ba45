"""``citynews replay``: the archive in a browser, as the city published it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from time import monotonic

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from crawler.interruption import Interruption
from pipelines.errors import CitynewsError

PORT = 8090


@click.command("replay")
@click.argument("word", metavar="PORTAL")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N",
    help="Port on 127.0.0.1; 0 for any that is free.",
)  # fmt: skip
@click.option("--scripts", is_flag=True, help="Run the scripts of archived pages, shut in.")
@every_verb
def command(word: str, port: int, scripts: bool, output: Path, as_json: bool) -> Outcome:
    """Show PORTAL's archive in a browser, until Ctrl-C.

    Served with pywb to this machine only, starting at a list of the articles; the
    first use installs pywb into an environment of its own. Archived pages reach
    nothing outside the archive.
    """
    from crawler.replay.server import serving

    archive = open_word(word, output)
    began = monotonic()
    from crawler.cli.terminal import progress

    with (
        progress() as shown,
        serving(archive, port=port, scripts=scripts) as replay,
        Interruption() as interruption,
    ):
        shown.event("serving", url=replay.url, portal=archive.portal.slug, end="Ctrl-C")
        while interruption.name is None:
            try:
                replay.process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
            raise CitynewsError("pywb has ended by itself; start replay again")
    return Outcome(
        summary={
            "portal": archive.portal.slug,
            "archive": str(archive.root),
            "url": replay.url,
            "seconds": round(monotonic() - began),
            "exit_code": 0,
        }
    )
