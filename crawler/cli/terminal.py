"""How a run shows its progress: one moving line on a terminal, JSON lines elsewhere.

Both write to standard error; standard output is for the summary.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog
from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Moved
from rich.text import Text

from crawler.progress import Counts, Progress, Silent
from pipelines.counted import counted

LINE_EVERY_S = 10.0
"""Seconds of a run between two lines of counts where nobody watches."""


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress]:
    """The Progress that fits standard error, for the time of one run; one that says nothing where
    it is to be quiet."""
    if quiet:
        yield Silent()
        return
    if not sys.stderr.isatty():
        yield JsonLines()
        return
    console = Console(stderr=True, highlight=False)
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        console.show_cursor()  # a run that is killed or forced to end could not show it again
        yield Moving(console, live)


@contextmanager
def at_work(what: str, archive: Path) -> Iterator[Callable[[int, int], None]]:
    """Say that something long is under way: on a terminal with the time it takes, which moves.

    Gives a function that takes how much is done, and of how much: a bar on a terminal, and a line
    now and then where nobody watches.
    """
    if not sys.stderr.isatty():
        lines = JsonLines()
        lines.event(what, archive=str(archive))
        yield _Occasional(lines, what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Moved(*columns, console=Console(stderr=True, highlight=False), transient=True) as moved:
        moved.console.show_cursor()
        task = moved.add_task(f"{what} {archive}", total=None)
        yield lambda done, total: moved.update(task, completed=done, total=total)


class _Occasional:
    """Tells how much is done, at most every ``LINE_EVERY_S`` seconds."""

    def __init__(self, lines: JsonLines, what: str) -> None:
        self._lines, self._what, self._next = lines, what, time.monotonic() + LINE_EVERY_S

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + LINE_EVERY_S
            self._lines.event(self._what, done=done, of=total)


def seconds_left(counts: Counts) -> float | None:
    """Time until nothing is pending, at the pace so far; None before there is a pace.

    An estimate from below: pages not yet read may name further addresses.
    """
    if not rate(counts):
        return None
    return counts.pending / rate(counts)


def rate(counts: Counts) -> float:
    """Answers per second so far, of pages and of files."""
    return (counts.asked + counts.files) / counts.elapsed_s if counts.elapsed_s else 0.0


def duration(seconds: float) -> str:
    """``8 s``, ``3 min 20 s`` or ``2 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def moving_line(counts: Counts) -> str:
    """The line that a person watches, what matters most first: a narrow terminal cuts its end."""
    left = seconds_left(counts)
    about = f" (about {duration(left)})" if left else ""
    kinds = ((counts.failed, "failed"), (counts.new, "new"), (counts.confirmed, "confirmed"))
    parts = (
        counted(counts.asked, "page"),
        *([counted(counts.files, "file")] if counts.files else ()),
        f"{counts.pending} to go{about}",
        *(f"{count} {kind}" for count, kind in kinds if count),
        counted(counts.articles, "article"),
        f"{rate(counts):.1f}/s",
    )
    return " · ".join(parts)


def told(name: str, facts: Mapping[str, str | int | None]) -> str:
    """An event in words."""
    if name == "estimate":
        time = duration(int(facts.get("seconds") or 0))
        return (
            f"estimate  about {facts['requests']} requests, {time} at this delay, "
            f"{facts['megabytes']} MB; pages may lead to more"
        )
    parts = "  ".join(f"{key} {value}" for key, value in facts.items() if value is not None)
    return f"{name.replace('_', ' ')}  {parts}".rstrip()


class Moving:
    """Events scroll by; the counts stand below them and move."""

    def __init__(self, console: Console, live: Live) -> None:
        self._console = console
        self._live = live

    def event(self, name: str, **facts: str | int | None) -> None:
        self._console.print(Text(told(name, facts)))

    def tick(self, counts: Counts) -> None:
        self._live.update(Text(moving_line(counts), no_wrap=True, overflow="ellipsis"))


class JsonLines:
    """One JSON object per event, and one with the counts every ten seconds of the run."""

    def __init__(self) -> None:
        self._log = structlog.wrap_logger(
            structlog.PrintLogger(sys.stderr),
            processors=[
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
        self._next_line_s = LINE_EVERY_S

    def event(self, name: str, **facts: str | int | None) -> None:
        self._log.msg(name, **facts)

    def tick(self, counts: Counts) -> None:
        if counts.elapsed_s < self._next_line_s:
            return
        self._next_line_s = counts.elapsed_s + LINE_EVERY_S
        left = seconds_left(counts)
        self._log.msg(
            "progress",
            asked=counts.asked,
            files=counts.files,
            per_second=round(rate(counts), 1),
            new=counts.new,
            confirmed=counts.confirmed,
            failed=counts.failed,
            articles=counts.articles,
            pending=counts.pending,
            seconds_left=None if left is None else round(left),
        )
