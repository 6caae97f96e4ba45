"""How long a portal may be silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from pipelines.health.rhythm import patience, silence

FIRST = date(2025, 1, 6)


def every(step: int, days: int, *, pause: tuple[int, int] = (0, 0)) -> list[date]:
    """Days of publication, a weekend left out where the step is 1; none in a pause."""
    numbers = (n for n in range(0, days, step) if not pause[0] <= n < pause[1])
    return [FIRST + timedelta(days=n) for n in numbers if step > 1 or n % 7 < 5]


def first_alarm(days: list[date], *, since: date = FIRST, horizon: int = 400) -> int | None:
    """After how many silent days the check fires."""
    for n in range(horizon):
        if silence(days, today=max(days) + timedelta(days=n), since=since):
            return n
    return None


@pytest.mark.parametrize(
    ("days", "alarm"),
    [
        (every(1, 60), 32),  # on workdays, for two months: a holiday may not have been seen
        (every(1, 500), 15),  # for more than a year
        (every(1, 500, pause=(210, 241)), 69),  # with a quiet August among it
        (every(7, 200), 32),
        (every(30, 600), 61),
        (every(7, 60), None),  # eight gaps say nothing
        ([FIRST], None),
    ],
)
def test_when_silence_is_strange(days: list[date], alarm: int | None) -> None:
    assert first_alarm(days) == alarm


def holidays() -> Iterator[tuple[str, list[date], int]]:
    yield "the first August, a month long, of an archive of a quarter", every(1, 90), 31
    yield "nine days of new year in the first year", every(1, 120), 12
    yield "a second long August", every(1, 560, pause=(205, 240)), 62


@pytest.mark.parametrize(("name", "days", "quiet"), list(holidays()))
def test_a_holiday_is_left_in_peace(name: str, days: list[date], quiet: int) -> None:
    assert silence(days, today=max(days) + timedelta(days=quiet), since=FIRST) is None, name


def test_silence_counts_from_when_the_portal_was_watched() -> None:
    """A portal that ended years ago can be archived, and is well on the first day."""
    days = every(1, 500)
    later = max(days) + timedelta(days=900)
    assert silence(days, today=later, since=later) is None
    assert silence(days, today=later + timedelta(days=15), since=later) is not None


def test_a_day_to_come_is_a_slip_and_ends_no_silence() -> None:
    days = [*every(1, 500), date(2062, 5, 1)]
    today = max(every(1, 500)) + timedelta(days=30)
    found = silence(days, today=today, since=FIRST)
    assert found is not None and found.days == 30 and found.longest == 3


def test_an_old_gap_is_forgotten() -> None:
    days = [date(2020, 1, 1), *every(1, 500)]
    assert patience(days) == (timedelta(days=14), timedelta(days=3))
