"""What a run that fails leaves behind, and whom it tells: ``crawl --on-failure CMD``.

A run that breaks off gets a short ``run.json`` with its exit code and reason, so that ``status`` knows them.
The command is run by the shell once the run has ended, in order or not; the archive's lock is free by
then. What it needs to know stands in its environment::

    CITYNEWS_PORTAL     the archive's name; empty where crawl --all could not begin
    CITYNEWS_EXIT_CODE  the code that the run ends with
    CITYNEWS_REASON     why, in one sentence
    CITYNEWS_ARCHIVE    the archive's folder; empty where there is none
    CITYNEWS_REPORT     the run's report: report.html, else run.json; empty where it came to none
    CITYNEWS_LOG        the run's log; empty where there is none

75 is no failure: another run is at work, and tells by itself how it ends. A command may hold a secret,
such as a webhook's address, so it is written and printed nowhere.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.cli.outcome import Outcome, shown
from pipelines.archive import new_run_id, write_durably
from pipelines.errors import CitynewsError, Interrupted, Locked, storage_error

TIME_S = 60.0
"""Seconds that a command may take."""
GRACE_S = 5.0
"""Seconds that it has to end once it was asked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is to be done about a run that fails."""

    command: str | None
    """What the shell is to run; ``None`` for nothing."""
    portal: str
    """The archive's name; empty where it is about all."""
    output: Path

    def over(self, crawl: Callable[[], Outcome], *, told: bool = False) -> Outcome:
        """Carry out a run. What it gives or raises goes on as it is.

        Args:
            crawl: the run, or runs.
            told: whether runs that came to be begun tell by themselves.
        """
        begun = new_run_id(datetime.now(UTC))
        try:
            outcome = crawl()
        except BaseException as error:
            code, reason = code_of(error)
            if code != Locked.exit_code and (run := self._run(begun)):
                self._report(run, code, reason)
            self._tell(code, reason, begun)
            raise
        if not told:
            self._tell(outcome.exit_code, outcome.reason or "", begun)
        return outcome

    def _run(self, begun: str) -> Path | None:
        """The folder of the run that began after a moment, which the names of runs tell."""
        with suppress(OSError):
            runs = (self.output / self.portal / "runs").iterdir()
            return max((path for path in runs if path.name >= begun), default=None)
        return None

    def _report(self, run: Path, code: int, reason: str) -> None:
        value = {
            "portal": self.portal,
            "run": run.name,
            "archive": str(self.output / self.portal),
            "status": "failed",
            "exit_code": code,
            "reason": reason,
        }
        if not (run / "run.json").exists():
            with suppress(OSError):  # the disk may be what failed
                write_durably(
                    run / "run.json", json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
                )

    def _tell(self, code: int, reason: str, begun: str) -> None:
        if not self.command or code in (0, Locked.exit_code):
            return
        root, run = self.output / self.portal, self._run(begun)
        reports = [run / name for name in ("report.html", "run.json")] if run else []
        facts = {
            "CITYNEWS_PORTAL": shown(" ".join(self.portal.split())),
            "CITYNEWS_EXIT_CODE": str(code),
            "CITYNEWS_REASON": shown(" ".join(reason.split())),
            "CITYNEWS_ARCHIVE": str(root) if root.is_dir() else "",
            "CITYNEWS_REPORT": next((str(path) for path in reports if path.is_file()), ""),
            "CITYNEWS_LOG": str(run / "crawl.log") if run else "",
        }
        call(self.command, facts)


def code_of(error: BaseException) -> tuple[int, str]:
    """The exit code that an error ends with, and its sentence."""
    if isinstance(error, KeyboardInterrupt):
        return Interrupted.exit_code, "interrupted; what was captured stays, start it again to go on"
    if told := storage_error(error):
        return told.exit_code, str(told)
    return CitynewsError.exit_code, f"unexpected error ({type(error).__name__}: {error})"


def call(command: str, facts: dict[str, str]) -> None:
    """Run a command by the shell. It writes to standard error, since standard output is the summary's;
    that it failed, or took too long, is told there and changes nothing."""
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", command],
            env=os.environ | facts,
            stdin=subprocess.DEVNULL,
            stdout=2,
            start_new_session=True,
        )
    except OSError as error:
        _say(f"cannot be run: {error.strerror}")
        return
    try:
        if code := process.wait(TIME_S):
            _say(f"ended with {code}")
    except subprocess.TimeoutExpired:
        _say(f"was ended, since it took longer than {TIME_S:.0f} s")
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it has started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_S)
            return


def _say(what: str) -> None:
    with suppress(OSError):
        print(f"citynews: the command of --on-failure {what}", file=sys.stderr, flush=True)
