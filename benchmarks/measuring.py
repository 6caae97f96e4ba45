"""Running a program in a process of its own, and what it took: CPU time, wall time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE_S = 0.05
"""Seconds between two looks at the memory of all processes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a program took."""

    cpu_s: float
    """User and system time of it and of all processes that it waited for."""
    wall_s: float
    peak_mb: float
    """Largest resident memory of its first process, in units of 1,000,000 bytes."""
    peak_child_mb: float
    """Largest of any of its descendants."""
    peak_all_mb: float
    """Largest sum over it and its descendants at one moment; pages they share count for each."""
    exit_code: int
    output: str
    error: str


def measure(words: Sequence[str]) -> Measured:
    """Run a program in the repository, to its end."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as error:
        began = time.monotonic()
        process = subprocess.Popen(words, cwd=REPOSITORY, stdout=output, stderr=error)
        peaks = _Peaks(process.pid)
        peaks.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        peaks.ended.set()
        peaks.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        error.seek(0)
        return Measured(
            cpu_s=usage.ru_utime + usage.ru_stime,
            wall_s=wall,
            peak_mb=peaks.own / 1e6,
            peak_child_mb=peaks.child / 1e6,
            peak_all_mb=peaks.all / 1e6,
            exit_code=process.returncode,
            output=output.read(),
            error=error.read(),
        )


class _Peaks(threading.Thread):
    """Looks at the memory of a process and its descendants for as long as it runs."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.own, self.child, self.all = pid, 0, 0, 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(SAMPLE_S):
            sizes = [_memory(pid) for pid in _family(self.pid)]
            self.own = max(self.own, *sizes[:1], 0)
            self.child = max(self.child, *sizes[1:], 0)
            self.all = max(self.all, sum(sizes))


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _memory(pid: int) -> int:
    """Resident bytes (``statm``, in pages); 0 for a process that has ended."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    return 0


@contextmanager
def city(articles: int, theme: str = "block") -> Iterator[str]:
    """The sample city in a process of its own, which none of the figures counts; gives its address."""
    words = [sys.executable, "-m", "tests.mockcity", "--articles", str(articles), "--theme", theme]
    process = subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip().removeprefix("listening on ")
    finally:
        process.terminate()
        process.wait()
