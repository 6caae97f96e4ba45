"""Running the commands as a user does: in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def environment(**extra: str) -> dict[str, str]:
    """A bare environment, as cron gives, plus ``extra``."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **extra}


def argv(*words: str | Path) -> list[str]:
    """The command line of ``citynews WORDS`` in the environment that runs the tests."""
    return [sys.executable, "-m", "crawler.cli", *map(str, words)]


def citynews(*words: str | Path, timeout: float = 120, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Standard output and error are text."""
    return subprocess.run(
        argv(*words), cwd=ROOT, env=environment(**extra), capture_output=True, text=True, timeout=timeout
    )


def summary(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The one JSON object that ``--json`` prints."""
    lines = done.stdout.splitlines()
    assert len(lines) == 1, f"not one line on stdout: {done.stdout!r} {done.stderr[-2000:]}"
    value = json.loads(lines[0])
    assert isinstance(value, dict)
    return value


def assert_one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The last line of standard error is a sentence for people, and no traceback is near."""
    assert "Traceback" not in done.stderr and "Traceback" not in done.stdout, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("citynews: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def until(holds: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait until something holds; AssertionError where it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"it does not hold after {seconds:g} s"
        time.sleep(0.01)


def settle(pid: int) -> None:
    """Wait until a process and its children only wait for others, and no signal is left that they did not
    take (proc_pid_status(5)). However slow the machine is: who still works does not sleep."""
    seen: list[bool] = []

    def rests() -> bool:
        seen.append(all(map(_rests, _tasks(pid))))
        return len(seen) > 2 and all(seen[-3:])

    until(rests)


def _tasks(pid: int) -> Iterator[Path]:
    """All threads of a process, and of its children."""
    for task in Path(f"/proc/{pid}/task").glob("*"):
        yield task
        with suppress(FileNotFoundError):  # a thread that ended
            for child in (task / "children").read_text().split():
                yield from _tasks(int(child))


def _rests(task: Path) -> bool:
    """Whether a thread sleeps and no signal waits for it; one that ended does."""
    try:
        lines = (line.split() for line in (task / "status").read_text().splitlines())
        facts = {words[0]: words[1] for words in lines if len(words) > 1}
    except FileNotFoundError:
        return True
    return facts["State:"] in "SZ" and not int(facts["SigPnd:"], 16) and not int(facts["ShdPnd:"], 16)
