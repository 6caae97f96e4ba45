"""Running the commands as a user does: in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
