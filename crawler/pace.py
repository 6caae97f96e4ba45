"""When a host may be asked again.

After an answer a host is asked again when the longest of these pauses is over, whichever of our
processes asks (:mod:`crawler.hosts`). They count from the answer's end, so that no server sees us
come sooner, however long the way to it:

===================================  ==========================================================
what asks for it                     how long, in seconds
===================================  ==========================================================
the portal block                     ``delay_ms``
``Crawl-delay`` of robots.txt        as stated, at most ``crawler.robots.MAX_DELAY_S``
the host, by being slow              as long as its last answer took, at most ``MAX_PAUSE_S``: it is
                                     kept busy for half of the time at most
the host, by failing (5xx, 429, no   twice the delay, doubled with each attempt, and with each
answer)                              three failures in a row on that host; at most ``MAX_PAUSE_S``
``Retry-After`` of 429 and 5xx       as stated; what is longer than ``MAX_RETRY_AFTER_S`` no run
                                     waits for: the host rests until then
===================================  ==========================================================
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.hosts import Hosts

MAX_PAUSE_S = 60.0
"""Longest pause after a failure or a slow answer."""
MAX_RETRY_AFTER_S = 120.0
"""Longest Retry-After that is waited for within a run."""
LEAST_PAUSE_S = 0.01
"""What is doubled after failures where there is no delay."""
DOUBLED_EVERY = 3
"""So many failures in a row on one host double its pause once more."""


def retry_after(value: str | None, now: datetime) -> float:
    """Seconds that a ``Retry-After`` asks for (RFC 9110, 10.2.3). Nonsense, and moments that have
    passed, are 0."""
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max((moment - now).total_seconds(), 0.0)
    return 0.0


class Pace:
    """The pauses of one run.

    Args:
        delay_s: where nobody wishes a longer one.
        hosts: what holds among processes.
    """

    def __init__(self, delay_s: float, hosts: Hosts) -> None:
        self._delay, self._hosts = delay_s, hosts
        self._delays: dict[str, float] = {}
        self._failures: dict[str, int] = {}

    def slow_down(self, host: str, delay_s: float) -> None:
        """Keep at least this pause after an answer of a host, also after its last one, which said so. The
        longest wish of its origins counts."""
        self._delays[host] = max(self.delay_s(host), delay_s)
        self._hosts.pause(host, delay_s)

    def delay_s(self, host: str) -> float:
        """The pause that is kept after any answer of a host."""
        return self._delays.get(host, self._delay)

    async def turn(self, host: str, stopping: asyncio.Event) -> bool:
        """Wait until the host may be asked, and take its turn, to be given back by :meth:`answered` or
        :meth:`failed`. False, and nothing taken, where the run is stopped meanwhile.

        Raises:
            Rests: the host wants to be left alone for longer than a run waits.
        """
        while not stopping.is_set():
            wait = self._hosts.take(host)
            if wait <= 0:
                return True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await stopping.wait()
        return False

    def answered(self, host: str, took_s: float) -> None:
        """A host answered in so many seconds."""
        self._failures[host] = 0
        self._give(host, min(took_s, MAX_PAUSE_S))

    def failed(self, host: str, attempt: int, retry_after_s: float = 0.0) -> None:
        """A host failed at an attempt (the first is 1), and asked for so many seconds' rest."""
        earlier = self._failures.get(host, 0)
        self._failures[host] = earlier + 1
        base = max(self.delay_s(host), LEAST_PAUSE_S)
        pause = min(base * 2.0 ** (attempt + earlier // DOUBLED_EVERY), MAX_PAUSE_S)
        self._give(host, max(pause, min(retry_after_s, MAX_RETRY_AFTER_S)))

    def _give(self, host: str, pause_s: float) -> None:
        self._hosts.give(host, max(pause_s, self.delay_s(host)))
