"""What kind of run the next one is: a sweep, an ordinary one, or the rest of one that was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pipelines.extract.zones import zone
from pipelines.ledger import Ledger
from pipelines.ledger.addresses import RunKind
from pipelines.ledger.due import sweep_is_due

AT_ONCE = timedelta(hours=20)
"""A stopped run is gone on with at once if the seed was asked less long ago, in whichever run; after that
news are looked for first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run asks."""

    sweep: bool
    """Everything that is known, or what is due."""
    goes_on: bool
    """Only what the run before left of the same, which was stopped, and what is due."""
    resume: bool
    """Without the seed and the portal's sources, which were asked a moment ago."""

    @property
    def kind(self) -> RunKind:
        """The word that the archive has for it."""
        return "sweep" if self.sweep else "ordinary"


def plan(ledger: Ledger, now: datetime, *, seed: str, full: bool, part: bool = False) -> Plan:
    """The plan of a run that begins now.

    Args:
        ledger: of the archive, before the run has begun.
        seed: the address that every run asks which looks for news.
        full: whether a sweep is wished for.
        part: whether only a part of what is due is (``--since``), so that it is nothing else.
    """
    if part:
        return Plan(sweep=False, goes_on=False, resume=False)
    last = ledger.last_crawl()
    stopped = last if last and last.kind and not last.complete else None
    sweep = full or bool(stopped and stopped.kind == "sweep") or sweep_is_due(now, ledger.last_sweep())
    if stopped is None or not stopped.queued or stopped.kind != ("sweep" if sweep else "ordinary"):
        return Plan(sweep=sweep, goes_on=False, resume=False)
    left = any(address.kind != "robots" for address in ledger.unfinished())  # be it only pictures
    home = ledger.get(seed)
    looked = home.asked_at if home and home.asked_at else stopped.started
    return Plan(sweep=sweep, goes_on=True, resume=left and timedelta() <= now - looked < AT_ONCE)


def beginning(day: date | None, name: str | None) -> datetime | None:
    """When a day begins in a zone, by its name; in UTC where that is unknown."""
    return datetime.combine(day, time(), zone(name) if name else UTC) if day else None
