"""``citynews demo``: the whole way without internet, over a small city on this machine."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.cli.options import CHECKOUT, every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, Portal, open_archive
from pipelines.errors import ConfigurationError
from pipelines.urls import host

THEMES = {"block": "mockcity", "classic": "mockcity-classic", "table": "mockcity-table"}
"""The archive of each theme: the same articles, in pages that are marked up otherwise."""
ZONE = "Asia/Ho_Chi_Minh"
HOST = "127.0.0.1"
CITY = """
import sys
from tests.mockcity import MockCity
from tests.mockcity.truth import WHOLE
with MockCity(int(sys.argv[1]), theme=sys.argv[2], articles=WHOLE) as city:
    print(city.url, flush=True)
    sys.stdin.read()
"""
"""What the city's process runs. It ends when its standard input does, so it never outlives
the demo, not even a killed one, and its port is free for the next."""
PATIENCE_S = 10
"""Seconds in which the city must end when it is told to."""


@click.command("demo")
@click.option(
    "--theme",
    type=click.Choice(list(THEMES)),
    default="block",
    show_default=True,
    help="How the city's pages are marked up: of today, of 2012, or as bare tables.",
)
@every_verb
def command(theme: str, output: Path, as_json: bool) -> Outcome:
    """Crawl a sample city on this machine and check the archive.

    Needs no internet. Everything goes to mockcity/ in the output folder (or
    mockcity-classic/, mockcity-table/), and three lines say how to look at it; a
    second demo asks the same city again and reports everything confirmed.
    """
    from crawler.cli.run_lines import run_lines
    from crawler.cli.terminal import progress
    from crawler.cli.verify import verify_archive
    from crawler.run import RunOptions, run

    slug = THEMES[theme]
    with progress() as shown:
        with sample_city(port_of_archive(output / slug), theme) as port:
            portal = portal_at(port, slug)
            options = RunOptions(word=slug, output=output, allow_loopback=True, portal=portal, full=True)
            summary = run(options, shown)
        shown.event("verifying", archive=str(output / slug))
        archive = open_archive(output / slug)
        checked = verify_archive(archive)
    exit_code = summary.exit_code or checked.exit_code
    return Outcome(
        summary={**summary.as_json(), "verify": checked.summary, "exit_code": exit_code},
        lines=(*run_lines(summary), *checked.lines, *([] if exit_code else how_to_look(archive))),
        exit_code=exit_code,
        reason=summary.reason if summary.exit_code else checked.reason,
    )


def portal_at(port: int, slug: str) -> Portal:
    """The sample city's portal block."""
    seed = f"http://{HOST}:{port}/"
    return Portal(slug=slug, seed=seed, scope=(host(seed),), zone=ZONE, delay_ms=0)


def port_of_archive(folder: Path) -> int:
    """The port under which an earlier demo archived the city; 0 (any) for the first one."""
    if not (folder / "archive.json").exists():
        return 0
    seed = urlsplit(open_archive(folder).portal.seed)
    if seed.hostname != HOST or seed.port is None:
        raise ConfigurationError(
            "this archive is not the demo's; choose another folder with --output", place=str(folder)
        )
    return seed.port


@contextmanager
def sample_city(port: int, theme: str) -> Iterator[int]:
    """The city in a process of its own, for as long as the block runs; gives its port.

    Raises ConfigurationError where the port is taken or the city is not there.
    """
    city = subprocess.Popen(
        [sys.executable, "-c", CITY, str(port), theme],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the crawl, which still needs the city to end well.
    )
    assert city.stdout is not None
    address = city.stdout.readline().strip()
    try:
        if not address:
            raise ConfigurationError(_why_not(city.communicate(timeout=PATIENCE_S)[1], port))
        yield urlsplit(address).port or 0
    finally:
        _end(city)


def _end(city: subprocess.Popen[str]) -> None:
    try:
        city.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        city.kill()
        city.communicate()


def _why_not(said: str, port: int) -> str:
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    if port and "in use" in last:
        return (
            f"port {port}, under which the demo's archive knows the sample city, is taken;"
            " end the program that uses it, or choose another folder with --output"
        )
    return f"the sample city does not start: {last}"


def how_to_look(archive: Archive) -> list[str]:
    """Three lines to type; they work as they stand, whatever the folders are called."""
    import pyarrow.parquet as pq

    output = archive.root.parent
    chosen = [] if output == CHECKOUT / "output" else ["--output", str(output)]
    starter, python = str(CHECKOUT / "citynews"), str(CHECKOUT / ".venv" / "bin" / "python")
    articles = archive.root / "articles"
    rows = pq.read_table(articles, columns=["url"]).to_pylist()
    read = f"import pyarrow.parquet as pq; print(pq.read_table({str(articles)!r}).to_pylist()[0])"
    page = rows[0]["url"] if rows else archive.portal.seed
    return [
        "look at it:",
        f"  {shlex.quote(python)} -c {_quoted(read)}",
        f"  {shlex.join([starter, 'inspect', page, '--portal', archive.root.name, *chosen])}",
        f"  {shlex.join([starter, 'verify', archive.root.name, *chosen])}",
    ]


def _quoted(code: str) -> str:
    """Code as one word of the shell: in double quotes where they do, since it has single ones."""
    return shlex.quote(code) if set(code) & set('"$`\\!') else f'"{code}"'
