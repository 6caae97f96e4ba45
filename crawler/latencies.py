"""How long a run's answers took, host by host, in steps: the memory for it does not grow with the crawl."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import Any

STEPS_MS = (
    5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000, 60_000,
    3_600_000,
)  # fmt: skip
"""Upper ends of the steps, in milliseconds."""
HOSTS = 20
"""Most hosts that are told, those with most answers."""


class Latencies:
    """Counts answers by how long they took, from the request to the last byte."""

    def __init__(self) -> None:
        self._hosts: dict[str, Counter[int]] = {}
        self._longest: Counter[str] = Counter()

    def add(self, host: str, duration_ms: int) -> None:
        """An answer came."""
        step = STEPS_MS[min(bisect_left(STEPS_MS, duration_ms), len(STEPS_MS) - 1)]
        self._hosts.setdefault(host, Counter())[step] += 1
        self._longest[host] = max(self._longest[host], duration_ms)

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` keeps it: the hosts with most answers, and all answers by step."""
        busiest = sorted(self._hosts, key=lambda host: (-self._hosts[host].total(), host))[:HOSTS]
        steps = sum(self._hosts.values(), Counter())
        within = [step for step in STEPS_MS if steps and min(steps) <= step <= max(steps)]
        return {
            "hosts": [self._host(host) for host in busiest],
            "steps": [{"ms": step, "answers": steps[step]} for step in within],
        }

    def _host(self, host: str) -> dict[str, Any]:
        counts, longest = self._hosts[host], self._longest[host]
        return {
            "host": host,
            "answers": counts.total(),
            "median_ms": min(_within(counts, 50), longest),
            "p95_ms": min(_within(counts, 95), longest),
            "longest_ms": longest,
        }


def _within(counts: Counter[int], percent: int) -> int:
    """The step within which so many per cent of the answers came."""
    seen = 0
    for step in STEPS_MS:
        seen += counts[step]
        if 100 * seen >= percent * counts.total():
            return step
    return STEPS_MS[-1]
