"""What is a fall of a field in new articles, and what chance, a weekend or a small run brings."""

from __future__ import annotations

import random

import pytest

from pipelines.health.falls import ODDS, lost, surge
from pipelines.health.shares import chance
from pipelines.manifest.judged import Share


def share(agree: int, compared: int) -> Share:
    return Share(compared=compared, agree=agree)


@pytest.mark.parametrize(
    ("earlier", "now", "falls"),
    [
        (share(700, 1000), share(1, 20), True),  # byline 70 % to 5 %
        (share(14, 20), share(1, 20), False),  # as much, and too few before to be sure
        (share(28, 40), share(2, 40), True),
        (share(700, 1000), share(0, 19), False),  # too few now
        (share(19, 19), share(0, 1000), False),  # too few before
        (share(700, 1000), share(6, 20), False),  # one day's news by one desk
        (share(700, 1000), share(10, 40), True),  # twice as many, nearly as rarely
        (share(700, 1000), share(36, 100), False),  # more than half of what it was
        (share(300, 1000), share(0, 60), True),  # a field that few have
        (share(300, 1000), share(0, 40), False),
        (share(20, 1000), share(0, 100), False),  # a field that hardly any has
        (share(0, 1000), share(0, 100), False),
        (share(100, 1000), share(700, 1000), False),
    ],
)
def test_what_is_a_fall_of_a_field(earlier: Share, now: Share, falls: bool) -> None:
    assert lost(earlier, now) is falls


@pytest.mark.parametrize(
    ("there", "asked", "articles", "told"),
    [
        (0, 10, 60, True),
        (0, 9, 60, False),  # nine are news
        (40, 50, 60, True),
        (41, 51, 60, False),  # less than a fifth of what was asked
        (20, 320, 20_000, False),  # a large newsroom takes back so many, and nothing else was asked
        (20, 420, 20_000, True),
    ],
)
def test_what_is_a_surge_of_articles_that_are_gone(there: int, asked: int, articles: int, told: bool) -> None:
    assert surge(share(articles, articles), share(there, asked), articles) is told


def test_articles_that_come_in_twos_are_no_fall() -> None:
    """A year of weeks of a portal whose articles have a byline or none in pairs, by chance: what a test that
    takes each article for itself would call a fall several times."""
    dice = random.Random(19)
    weeks = [sum(2 * (dice.random() < 0.7) for _ in range(10)) for _ in range(20_000)]
    alarms = sum(lost(share(700, 1000), share(agree, 20)) for agree in weeks)
    assert alarms <= 8, "one in five thousand are four"
    alone = [week for week in weeks if chance(share(700, 1000), share(week, 20)) * ODDS < 1]
    assert len(alone) > 20, "as many would be, if each article were taken for itself"
