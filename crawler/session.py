"""One crawl while it runs: what spider, schedule and politeness share, and how it is stopped."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

from crawler.capture.sink import Sink
from crawler.conditional import Conditional
from crawler.discovery.recent import Recent
from crawler.discovery.tally import SourceTally
from crawler.forecast import Forecast
from crawler.frontier import Frontier
from crawler.progress import Counts, Progress
from crawler.requisites import Requisites
from pipelines.archive import Archive, Portal
from pipelines.counted import counted
from pipelines.errors import PAGE_LIMIT
from pipelines.kept import KeptReadings
from pipelines.ledger import Ledger
from pipelines.revisits import Revisits

TICK_S = 0.5
"""Shortest time between two progress ticks. Counting costs a query of the ledger, so that it is
longer where the ledger is large: two per cent of a run at most."""


AGAIN_S = 10.0
"""The same between two lines of a commit that reads everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Why a crawl ended before its frontier was empty, or with nothing in hand."""

    exit_code: int
    reason: str
    """One sentence: what happened, and what to do."""
    complete: bool = False
    """Whether nothing is left to resume."""


@dataclass(slots=True, kw_only=True)
class Session:
    """The state of one crawl."""

    archive: Archive
    ledger: Ledger
    frontier: Frontier
    sink: Sink
    progress: Progress
    requisites: Requisites | None = None
    """What pages need to be shown; ``None`` where it is not asked for."""
    conditional: Conditional | None = None
    """Makes requests conditional; ``None``: none is."""
    revisits: Revisits | None = None
    """Gives the answers that the archive holds; ``None``: none is used again."""
    wanted: tuple[str, ...] = ()
    """Addresses that are asked in any case."""
    sweep: bool = True
    """Whether everything that is known is asked, or only what is due."""
    resume: bool = False
    """Whether this run goes on at once where an earlier one was stopped, and does not ask again for
    the seed and what the portal offers."""
    ending: Ending | None = None
    refusal: str | None = None
    """Why robots.txt kept addresses from being asked, as a sentence."""
    max_bytes: int | None = None
    """After so many bytes of evidence nothing more is asked."""
    notes: list[str] = field(default_factory=list)
    """What the run's report says besides its figures, as sentences."""
    faults: list[str] = field(default_factory=list)
    """Errors of ours, each with its address."""
    sources: SourceTally = field(default_factory=SourceTally)
    """What became of the portal's sources."""
    recent: Recent = field(init=False)
    """What is asked of sources and listings."""
    readings: KeptReadings = field(default_factory=KeptReadings)
    """What was read of pages, for the commit."""
    forecast: Forecast = field(init=False)
    asked: int = 0
    files: int = 0
    """Answers and failures of requisites."""
    failed: int = 0
    articles: int = 0
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _started: float = field(default_factory=time.monotonic)
    _next_tick: float = 0.0

    def __post_init__(self) -> None:
        self.sources.resumed = self.resume or not self.sweep
        self.recent = Recent(self)
        self.forecast = Forecast(self.frontier, self.requisites, lambda told: self.event("estimate", **told))

    @property
    def portal(self) -> Portal:
        return self.archive.portal

    @property
    def left_work(self) -> bool:
        """Whether the next run has something to take up: this one was stopped, or an error of ours
        kept it from something."""
        return bool(self.faults) or (self.ending is not None and not self.ending.complete)

    def stop(self, ending: Ending) -> None:
        """Ask for nothing more; what is under way is finished. The first reason stays."""
        self.ending = self.ending or ending
        self.sources.stopped = True
        self.frontier.closed = True
        self.stopping.set()

    def spend(self) -> None:
        """An exchange was stored: stop where that is enough."""
        if self.max_bytes is not None and self.sink.stored >= self.max_bytes:
            reason = (
                f"the limit of {self.max_bytes} bytes is reached; what was captured is kept, "
                "start it again to go on"
            )
            self.stop(Ending(exit_code=PAGE_LIMIT, reason=reason))

    def note(self, sentence: str) -> None:
        """Have the report say something, once, and say it now."""
        if sentence not in self.notes:
            self.notes.append(sentence)
            self.event("note", said=sentence)

    def rest(self) -> None:
        """Nothing is asked any more: let go of what only asking needs, so that the commit has the room."""
        for pattern, example, count in self.frontier.traps.suspected():
            self.note(
                f"trap suspected: {pattern} was nothing new for long (such as {example}); "
                f"{counted(count, 'of its addresses was', 'of its addresses were')} not asked"
            )
        self.recent.close()
        self.frontier.clear()
        if self.requisites is not None:
            self.requisites.clear()

    def event(self, name: str, **facts: str | int | None) -> None:
        """Report an event. Somebody who no longer listens never ends a capture."""
        with suppress(OSError):
            self.progress.event(name, **facts)

    def reading_everything(self, why: str, done: int, total: int) -> None:
        """Report that the commit reads old files too, and how far it is: at once, and now and then."""
        now = time.monotonic()
        if done and now < self._next_tick:
            return
        self._next_tick = now + AGAIN_S
        self.event("reading_everything", why=why, percent=100 * done // total if done else None)

    def tick(self, *, always: bool = False) -> None:
        """Report where the crawl stands, not too often."""
        now = time.monotonic()
        if not always and now < self._next_tick:
            return
        sums = self.ledger.sums()["pages"]
        cost = time.monotonic() - now
        self._next_tick = now + max(TICK_S, 50 * cost)
        counts = Counts(
            asked=self.asked,
            files=self.files,
            new=sums.get("captured", 0),
            confirmed=sums.get("confirmed", 0),
            failed=self.failed,
            pending=len(self.frontier) + len(self.requisites or ()),
            articles=self.articles,
            elapsed_s=now - self._started,
        )
        with suppress(OSError):
            self.progress.tick(counts)
