"""The log of a run, and how long logs are kept."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOGS = 60
"""Runs whose logs are kept, the newest."""
LOG_BYTES = 50_000_000
"""Most bytes of logs that are kept; the log of the run at work counts, and stays however long it gets."""

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Escaped(logging.Formatter):
    """One line per message, whatever stands in an address: no control characters reach a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return _CONTROL.sub(lambda c: c[0].encode("unicode_escape").decode(), super().format(record))


@contextmanager
def log_to(path: Path) -> Iterator[None]:
    """Let everything that is logged go to a file of the run, and nothing to standard error."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_Escaped("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def forget_logs(runs: Path, *, keep: str) -> None:
    """Remove the logs of old runs: all but the newest LOGS, and of these what is over LOG_BYTES.

    Only ``crawl.log`` goes. Reports stay, and evidence is nowhere near.

    Args:
        runs: the folder of an archive's runs.
        keep: the run at work, whose log stays.
    """
    left, room = LOGS, LOG_BYTES
    for log in sorted(runs.glob("*/crawl.log"), reverse=True):
        left, room = left - 1, room - log.stat().st_size
        if log.parent.name != keep and (left < 0 or room < 0):
            log.unlink()
