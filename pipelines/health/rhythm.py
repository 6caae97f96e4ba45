"""A portal's own rhythm: how long it may be silent before that is strange.

The gaps between its days of publication tell. A gap more than twice as long as the longest of two years is
no chance: of gaps that are alike, one that beats all before it comes once in as many gaps, one that is twice
as long much more rarely still. Two years hold every holiday twice. Where less than a year is known, a
holiday may not have been seen, and a month of silence is borne in any case.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

GAPS = 9
"""Gaps, at least, by which a rhythm is known."""
WINDOW = timedelta(days=731)
"""Before the newest article; older gaps are those of another newsroom."""
YEAR = timedelta(days=365)
HOLIDAY, MONTH = timedelta(days=14), timedelta(days=31)
"""Silence that is borne in any case, where a whole year is known and where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A portal that publishes nothing for longer than it ever did."""

    newest: date
    """The day of the newest article."""
    days: int
    """How long it was watched since then."""
    longest: int
    """Days of the longest gap before."""


def patience(days: Collection[date]) -> tuple[timedelta, timedelta] | None:
    """How long a portal may be silent, and its longest gap so far; ``None`` where its rhythm is not known.

    Args:
        days: on which it published.
    """
    known = [day for day in sorted(set(days)) if day >= max(days) - WINDOW]
    gaps = [after - before for before, after in pairwise(known)]
    if len(gaps) < GAPS:
        return None
    least = HOLIDAY if known[-1] - known[0] >= YEAR else MONTH
    return max(2 * max(gaps), least), max(gaps)


def silence(days: Collection[date], *, today: date, since: date) -> Silence | None:
    """Whether a portal has been silent for too long.

    Args:
        days: on which it published.
        today: the day of the run.
        since: from when on its silence counts: it was not watched before.
    """
    past = [day for day in days if day <= today + timedelta(days=1)]
    known = patience(past) if past else None
    if known is None:
        return None
    quiet = today - max(*past, since)
    borne, longest = known
    return Silence(newest=max(past), days=quiet.days, longest=longest.days) if quiet > borne else None
