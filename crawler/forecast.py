"""How much a crawl will be: requests, time and size, told before most of it is asked.

What the sources list is known once they are read. What a page weighs, how long it takes at this
delay, and how many pictures it names, no source says; so a sample of the listed pages is asked
first, spread over all of them, then a sample of what they need. Where nothing lists the pages
(only links lead on), it is an estimate from below.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from crawler.frontier import Frontier
from crawler.requisites import Requisites
from pipelines.ledger.addresses import Kind
from pipelines.model import Capture

SAMPLE = 30
"""Most pages, and most requisites, that are asked to learn from."""
OTHER_RECORDS = 900
"""Bytes that request and facts of an exchange take in a WARC file, beside the answer."""
COMMIT_S = 0.0015
"""Seconds that sealing and committing take per answer, after the last one (docs/benchmarks.md)."""


class Sample:
    """Answers of one kind: how many, how large, how long.

    Args:
        wanted: answers that make it whole.
    """

    def __init__(self, wanted: int) -> None:
        self.wanted, self.count, self.bytes, self.seconds = wanted, 0, 0, 0.0

    def add(self, weight: int, seconds: float) -> None:
        """Count an answer: its bytes, and the time since the answer before it."""
        self.count += 1
        self.bytes += weight
        self.seconds += seconds

    @property
    def whole(self) -> bool:
        return self.count >= self.wanted

    def times(self, answers: int) -> tuple[float, float]:
        """Bytes and seconds of so many answers like these."""
        return answers * self.bytes / max(self.count, 1), answers * self.seconds / max(self.count, 1)


class Forecast:
    """The estimate of one run. It is told once.

    Args:
        frontier: where pages wait.
        requisites: where what they need waits; ``None`` where it is not asked for.
        tell: is given the estimate.
    """

    def __init__(
        self, frontier: Frontier, requisites: Requisites | None, tell: Callable[[dict[str, int]], None]
    ) -> None:
        self.told: dict[str, int] = {}
        """What was told: ``requests``, ``seconds`` and ``megabytes`` of the whole run."""
        self._frontier, self._requisites, self._tell = frontier, requisites, tell
        self._began = self._last = time.monotonic()
        self._pages: Sample | None = None
        self._needed: Sample | None = None
        self._answers = self._bytes = self._needs = self._named = self._named_before = 0

    @property
    def wants_requisites(self) -> bool:
        """Whether requisites are to be asked before further pages."""
        return bool(self._needed and not self.told and self._requisites)

    def begin(self) -> None:
        """Choose the pages of the sample, as soon as the sources have said what there is."""
        if self._pages is None and len(self._frontier) and not self._frontier.sources_wait:
            self._pages = Sample(self._frontier.bring_forward(SAMPLE) or SAMPLE)
            self._named_before = self._all_named()

    def answered(self, kind: Kind, capture: Capture | None) -> None:
        """An address was answered, or (``None``) was not."""
        weight, seconds = self._count(capture)
        self._needs += kind == "requisite"
        pages = self._pages
        if pages is None or self.told:
            return
        if self._needed is None and kind == "page":
            pages.add(weight, seconds)
            if pages.whole:
                self._named = self._all_named() - self._named_before
                self._needed = Sample(min(SAMPLE, len(self._requisites or ())))
        elif self._needed is not None and kind == "requisite":
            self._needed.add(weight, seconds)
        if self._needed is not None and (self._needed.whole or not self._requisites):
            self._say(pages, self._needed)

    def _count(self, capture: Capture | None) -> tuple[int, float]:
        weight, now = size(capture), time.monotonic()
        seconds, self._last = now - self._last, now
        self._answers += 1
        self._bytes += weight
        return weight, seconds

    def _all_named(self) -> int:
        return len(self._requisites or ()) + self._needs

    def _say(self, pages: Sample, needed: Sample) -> None:
        if self._frontier.sources_wait:
            return
        waiting = len(self._frontier)
        needs = len(self._requisites or ()) + round(waiting * self._named / pages.count)
        (page_bytes, page_s), (need_bytes, need_s) = pages.times(waiting), needed.times(needs)
        requests = self._answers + waiting + needs
        self.told = {
            "requests": requests,
            "seconds": round(self._last - self._began + page_s + need_s + COMMIT_S * requests),
            "megabytes": max(1, round((self._bytes + page_bytes + need_bytes) / 1_000_000)),
        }
        self._tell(self.told)


def size(capture: Capture | None) -> int:
    """Bytes of an exchange in its WARC file."""
    record = capture.record if capture is not None else None
    return OTHER_RECORDS + (record.warc_record_length if record else 0)
