"""How long an address rests before it is asked again. Pure: what is known of it in, a pause out.

What is young is asked again soon, and what stays as it is less and less often: the first pause is as long
as the page is old, and each one after an unchanged answer is twice the one before; a change halves it. No
pause is longer than the time between two sweeps, which ask everything.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

SWEEP = timedelta(days=30)
"""Age of the last complete sweep after which the next run is one."""
SOONEST = timedelta(hours=1)
"""Shortest pause of a page."""
UNDATED = timedelta(days=7)
"""First pause of a page of unknown age: most pages of a portal are old."""
GONE = timedelta(hours=20)
"""Pause before a 404 or 410 is confirmed. Not a whole day, which a daily run would miss by minutes."""
FAILED = timedelta(hours=1)
"""First pause after a failure, its retries within the run being at an end."""
_EARLY = timedelta(hours=4)
"""How much before its time a sweep may begin, for runs do not come at the same minute."""


def after_failure(failures: int) -> timedelta:
    """The pause of an address that gave no answer, or an error: in ``failures`` runs one after another."""
    return _within(FAILED * 2 ** min(failures - 1, 16), FAILED)


def after_answer(before: timedelta | None, *, gone: bool, was_gone: bool) -> timedelta:
    """The pause of a page that answered, as long as no more is known of the answer.

    Args:
        before: the pause before; ``None`` where this is the first answer.
        gone: whether it answers 404 or 410.
        was_gone: whether it did the time before.
    """
    if gone:
        return _within(2 * before, GONE) if before and was_gone else GONE
    if before is None:
        return UNDATED
    return SOONEST if was_gone else _within(2 * before, SOONEST)


def after_first_reading(asked_at: datetime, published: date | datetime) -> timedelta:
    """The pause of a page that was read for the first time: as long as it is old.

    Args:
        published: the moment or the day that it prints or a source states.
    """
    if not isinstance(published, datetime):
        published = datetime.combine(published, time(), UTC)
    return _within(asked_at - published, SOONEST)


def after_change(unchanged: timedelta) -> timedelta:
    """The pause of a page that reads otherwise than before.

    Args:
        unchanged: the pause that :func:`after_answer` gave for the same answer.
    """
    return _within(unchanged / 4, SOONEST)


def sweep_is_due(now: datetime, last: datetime | None) -> bool:
    """Whether a run that begins now asks everything.

    Args:
        last: when the last complete sweep began; ``None``: there was none. One that lies in the future
            says nothing: the clock was wrong.
    """
    return last is None or not timedelta() <= now - last <= SWEEP - _EARLY


def _within(pause: timedelta, least: timedelta) -> timedelta:
    return min(max(pause, least), SWEEP)
