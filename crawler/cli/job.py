"""A crawl that is started again and again: what is run, and when."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The moments of a day at which a crawl begins, in the machine's time zone."""

    hours: tuple[int, ...]
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One crawl to be started again and again."""

    name: str
    """The portal's, or ``all``."""
    times: Times
    command: tuple[str, ...]
    """The words of its command line, the program first; paths are absolute."""
    output: Path
