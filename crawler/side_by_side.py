"""Many portals at once: a process each, so that one that fails never stops another.

Each process is the command line that a person would type, ``citynews crawl NAME --json``, and
holds its archive's lock by itself; that no host is asked by two of them is the work of
:mod:`crawler.hosts`. Here they are begun, listened to, and told of signals. Of what they say only
the summary's figures are kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.interruption import SIGNALS
from crawler.progress import Progress
from pipelines.errors import DEADLINE, PAGE_LIMIT, CitynewsError, Interrupted

CHECKOUT = Path(__file__).resolve().parent.parent
HEARD = 1 << 24
"""Most bytes of a process's summary that are read."""
LAST_WORDS = 2000
"""Bytes that are kept of what a process said on standard error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How one portal's run ended."""

    portal: str
    exit_code: int
    reason: str | None
    """One sentence where the exit code is not 0."""
    run: str | None = None
    articles: int | None = None
    """In the archive now."""
    captured: int | None = None
    """Pages and sources that were new or had changed; ``None`` where there was no run."""
    stored: int = 0
    """Bytes of evidence."""
    duration_ms: int = 0


@dataclass(slots=True, kw_only=True)
class Budget:
    """What all runs together may use. Each gets an equal share of the bytes that are left; what it
    leaves goes to those after it."""

    until: float | None = None
    """Monotonic seconds after which no run begins, and every run ends."""
    bytes: int | None = None

    def words(self, waiting: int) -> list[str] | None:
        """The options of the next run, of which so many wait, it among them; ``None`` where
        nothing is left to run with."""
        words = []
        if self.until is not None:
            left = self.until - time.monotonic()
            if left < 1:
                return None
            words += ["--deadline", f"{left:.3f}"]
        if self.bytes is not None:
            share = self.bytes // max(waiting, 1)
            if share <= 0:
                return None
            self.bytes -= share
            words += ["--max-bytes", str(share)]
        return words

    def returned(self, words: Sequence[str], used: int) -> None:
        """A run ended: what it did not use is there for others."""
        if self.bytes is not None:
            self.bytes += max(int(words[words.index("--max-bytes") + 1]) - used, 0)


class SideBySide:
    """Runs over many portals.

    Args:
        output: the output folder.
        words: options that every run gets.
        jobs: most runs at a time.
        budget: what they may use together.
        progress: is told when a portal begins and ends.
    """

    def __init__(
        self, output: Path, words: Sequence[str], *, jobs: int, budget: Budget, progress: Progress
    ) -> None:
        self._output, self._words, self._jobs = output, words, jobs
        self._budget, self._progress = budget, progress
        self._waiting: list[str] = []
        self._at_work: set[asyncio.subprocess.Process] = set()
        self._stopped_by: str | None = None
        self._ended: list[Ended] = []

    def run(self, portals: Iterable[str]) -> list[Ended]:
        """Crawl all portals, beginning in this order, and say how each ended."""
        self._waiting = list(portals)
        asyncio.run(self._run())
        return self._ended

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        with _heard(loop, self._signalled):
            await asyncio.gather(*(self._work() for _ in range(min(self._jobs, len(self._waiting)))))

    def _signalled(self, number: signal.Signals) -> None:
        """Hand a signal on to every run: the first ends them in order, the second at once."""
        self._stopped_by = self._stopped_by or number.name
        for process in self._at_work:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)

    async def _work(self) -> None:
        while self._waiting:
            words = self._budget.words(len(self._waiting))
            portal = self._waiting.pop(0)
            self._tell("portal_begins", portal=portal)
            ended = self._not_begun(portal, words) or await self._crawl(portal, words or [])
            self._ended.append(ended)
            self._tell(
                "portal_ended", portal=portal, exit_code=ended.exit_code, reason=ended.reason,
                done=len(self._ended), of=len(self._ended) + len(self._waiting) + len(self._at_work),
            )  # fmt: skip

    def _not_begun(self, portal: str, words: list[str] | None) -> Ended | None:
        if self._stopped_by is not None:
            code, why = Interrupted.exit_code, f"stopped by {self._stopped_by}"
        elif words is None and self._budget.until is not None and self._budget.until - time.monotonic() < 1:
            code, why = DEADLINE, "the time of --deadline is over"
        elif words is None:
            code, why = PAGE_LIMIT, "the limit of --max-bytes is reached"
        else:
            return None
        return Ended(portal=portal, exit_code=code, reason=f"not begun: {why}; start it again to go on")

    async def _crawl(self, portal: str, budget: list[str]) -> Ended:
        begun = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "crawler.cli", "crawl", portal, "--output", str(self._output), "--json"),
            *(*self._words, *budget),
            cwd=CHECKOUT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for us, who hand it on once
        )
        self._at_work.add(process)
        try:
            assert process.stdout is not None and process.stderr is not None
            said, complained = await asyncio.gather(
                _first(process.stdout, HEARD), _last(process.stderr, LAST_WORDS)
            )
            code = await process.wait()
        finally:
            self._at_work.discard(process)
        took = round((time.monotonic() - begun) * 1000)
        ended = _ended(portal, code, said, complained, took)
        self._budget.returned(budget, ended.stored)
        return ended

    def _tell(self, name: str, **facts: str | int | None) -> None:
        with contextlib.suppress(OSError):  # somebody who no longer listens ends no capture
            self._progress.event(name, **facts)


@contextlib.contextmanager
def _heard(loop: asyncio.AbstractEventLoop, callback: Callable[[signal.Signals], None]) -> Any:
    """Have signals told to a callback. One that is ignored already (``nohup``) stays so."""
    taken = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in taken:
        loop.add_signal_handler(number, callback, number)
    try:
        yield
    finally:
        for number in taken:
            loop.remove_signal_handler(number)


async def _first(stream: asyncio.StreamReader, most: int) -> bytes:
    """What a stream says to its end, as far as it is kept."""
    kept = bytearray()
    while piece := await stream.read(1 << 16):
        kept += piece[: most - len(kept)]
    return bytes(kept)


async def _last(stream: asyncio.StreamReader, most: int) -> bytes:
    """The end of what a stream says."""
    kept = b""
    while piece := await stream.read(1 << 16):
        kept = (kept + piece)[-most:]
    return kept


def _ended(portal: str, code: int, said: bytes, complained: bytes, took_ms: int) -> Ended:
    """What a process's end says: by its summary, or by its last words where it has none."""
    try:
        summary = json.loads(said)
    except ValueError:
        summary = {}
    if code < 0:  # a signal that asks for an end kills only what has not begun to listen, or is done
        name, asked = signal.Signals(-code).name, -code in SIGNALS
        then = "start it again to go on" if asked else "the next run recovers it"
        reason: str | None = f"its process was ended by {name}; {then}"
        code = Interrupted.exit_code if asked else CitynewsError.exit_code
    else:
        reason = summary.get("reason") or summary.get("error")
    if code and not reason:
        reason = " ".join(complained.decode("utf-8", "replace").split())[-300:] or "it gave no reason"
    pages = summary.get("sums", {}).get("pages", {})
    return Ended(
        portal=portal,
        exit_code=code,
        reason=reason if code else None,
        run=summary.get("run"),
        articles=summary.get("articles"),
        captured=pages.get("captured", 0) if pages else None,
        stored=summary.get("warc_bytes", 0),
        duration_ms=took_ms,
    )
