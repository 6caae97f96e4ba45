"""``citynews schedule``: the line for cron, or the units for systemd, that crawl from now on.

The line is for this installation as it stands: absolute paths, and a Python that cron finds with
the PATH that it gives (``/usr/bin:/bin``). The minute is drawn from the portal's name and the archive's
id, so that neither all portals of one installation nor all installations of one portal ask at one moment.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from crawler.cli.job import Job, Times
from crawler.cli.opening import archive_folders, open_word
from crawler.cli.options import CHECKOUT, every_verb
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive, open_archive, write_durably
from pipelines.errors import ConfigurationError, UsageError

EVERY_H = (1, 2, 3, 4, 6, 8, 12, 24)
"""Hours that can lie between two runs: those that divide a day."""
NIGHT_H = 5
"""Where nothing else is said, a portal is crawled in one of the first so many hours of the day."""
CRON_PATH = ("/usr/bin", "/bin")
"""Where cron looks for commands."""
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f]")
"""What neither a crontab nor a unit has a way to write."""


@click.command("schedule")
@click.argument("words", metavar="[PORTAL] [-- CRAWL OPTIONS]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All archives under the output folder.")
@click.option(
    "--at", metavar="HH:MM", help="When, by the machine's clock; by default at some minute of the night."
)
@click.option(
    "--every",
    metavar="HOURS",
    default="24h",
    show_default=True,
    help="How often: 1h, 2h, 3h, 4h, 6h, 8h, 12h or 24h.",
)
@click.option(
    "--systemd", is_flag=True, help="Units for systemd (a service and its timer) instead of a crontab line."
)
@click.option(
    "--into",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Write the units there.",
)
@every_verb
def command(
    words: tuple[str, ...],
    everything: bool,
    at: str | None,
    every: str,
    systemd: bool,
    into: Path | None,
    output: Path,
    as_json: bool,
) -> Outcome:
    """Print the crontab line that crawls PORTAL from now on.

    It is for this installation and works as it is. What follows -- is given to each crawl.

    \b
    citynews schedule city.example | crontab -     (where the crontab is empty)
    citynews schedule city.example --every 6h -- --sign-key /etc/citynews/key
    sudo citynews schedule city.example --systemd --into /etc/systemd/system
    """
    if not words and not everything:
        raise UsageError("name a portal, or say --all; citynews portals lists what is here")
    if everything and words and not words[0].startswith("-"):
        raise UsageError("name a portal, or say --all, and not both; options of the crawl follow --")
    if everything:
        jobs = [job_of_all(output, at=at, every=every, options=words)]
    else:
        jobs = [job(open_word(words[0], output), output, at=at, every=every, options=words[1:])]
    if systemd or into:
        return _units(jobs, into)
    lines = tuple(crontab_line(job) for job in jobs)
    return Outcome(summary={"crontab": lines}, lines=lines)


def job(archive: Archive, output: Path, *, at: str | None, every: str, options: tuple[str, ...]) -> Job:
    """The crawl of one archive.

    Raises:
        UsageError: a moment, or an option of ``crawl``, that is none; an archive without a contact.
    """
    from crawler.naming import is_loopback

    portal = archive.portal
    leave = ("--allow-loopback",) if is_loopback(portal.seed) else ()
    words = (portal.slug, "--output", str(output), *leave, *options)
    _check(words)
    if portal.contact is None and not leave and "--contact" not in options:
        raise UsageError(f"{portal.slug} has no contact yet; crawl it once with --contact you@example.org")
    return Job(
        name=portal.slug,
        times=times(f"{portal.slug} {archive.identity.archive_id}", at=at, every=every),
        command=(*program(), "crawl", *words),
        output=output,
    )


def job_of_all(output: Path, *, at: str | None, every: str, options: tuple[str, ...]) -> Job:
    """The crawl of all archives under the output folder, those to come too.

    Raises:
        UsageError: a moment, or an option of ``crawl``, that is none.
        ConfigurationError: there is no archive yet.
    """
    from crawler.naming import is_loopback

    here = [open_archive(folder).portal for folder in archive_folders(output)]
    if not here:
        raise ConfigurationError(
            "there is no archive here; crawl a portal by its address first", place=str(output)
        )
    leave = ("--allow-loopback",) if any(is_loopback(portal.seed) for portal in here) else ()
    words = ("--all", "--output", str(output), *leave, *options)
    _check(words)
    return Job(
        name="all",
        times=times(f"all {output} {os.uname().nodename}", at=at, every=every),
        command=(*program(), "crawl", *words),
        output=output,
    )


def times(seed: str, *, at: str | None, every: str) -> Times:
    """When a crawl begins: at the moment that is named, else at one that is drawn from a text.

    Raises:
        UsageError: it is no time of day, or no part of a day.
    """
    span = int(every.removesuffix("h")) if re.fullmatch(r"\d{1,2}h?", every) else 0
    if span not in EVERY_H:
        raise UsageError(f"{every!r} is no part of a day; --every takes 1h, 2h, 3h, 4h, 6h, 8h, 12h or 24h")
    drawn = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    hour, minute = drawn // 60 % min(span, NIGHT_H), drawn % 60
    if at is not None:
        read = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at)
        if read is None:
            raise UsageError(f"{at!r} is no time of day; write it like 03:17")
        hour, minute = int(read[1]), int(read[2])
    return Times(hours=tuple(range(hour % span, 24, span)), minute=minute)


def program() -> tuple[str, ...]:
    """The words that start citynews where nothing is set: the starter, behind the Python that made the
    environment where cron would find none."""
    starter = str(CHECKOUT / "citynews")
    if any((Path(folder) / "python3").exists() for folder in CRON_PATH):
        return (starter,)
    return (str(Path(sys.base_prefix) / "bin" / "python3"), starter)


def crontab_line(job: Job) -> str:
    """A line of a crontab (crontab(5)): a percent sign ends the command unless a backslash stands before it.

    Raises:
        UsageError: a word that cannot be written in a crontab.
    """
    if unwritable := [word for word in job.command if "\\" in word]:  # each cron reads it another way
        raise UsageError(
            f"{unwritable[0]!r} cannot be written in a crontab; rename the folder, or use --systemd"
        )
    hours = "*" if len(job.times.hours) == 24 else ",".join(map(str, job.times.hours))
    command = " ".join(map(shlex.quote, (*job.command, "--quiet"))).replace("%", r"\%")
    return f"{job.times.minute} {hours} * * *  {command}"


def _check(words: Sequence[str]) -> None:
    """Raises click's UsageError where ``crawl`` does not take the words, ours where no file holds them."""
    from crawler.cli.crawl import command, refuse_misfits

    refuse_misfits(command.make_context("citynews crawl", list(words)).params)
    if unwritable := [word for word in words if _UNWRITABLE.search(word)]:
        raise UsageError(f"{unwritable[0]!r} cannot be written in a schedule; rename the folder")


def _units(jobs: Sequence[Job], into: Path | None) -> Outcome:
    from crawler.cli.units import units

    files = {name: text for job in jobs for name, text in units(job).items()}
    if into is None:
        lines = tuple(f"# {name}\n{text}" for name, text in files.items())
        return Outcome(summary={"units": files}, lines=lines)
    for name, text in files.items():
        try:
            write_durably(into / name, text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise ConfigurationError(f"cannot write {name}: {error.strerror}", place=str(into)) from error
    timers = " ".join(shlex.quote(name) for name in files if name.endswith(".timer"))
    return Outcome(
        summary={"units": files, "written": [str(into / name) for name in files]},
        lines=(
            *(str(into / name) for name in files),
            f"to begin: systemctl daemon-reload && systemctl enable --now {timers}",
        ),
    )
