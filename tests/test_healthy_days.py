"""Daily runs over the sample city: quiet while it is well, and red on the day on which it breaks.

Some days are lived in every run of the tests, thirty where the year is (``./citynews test --year``).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import open_archive
from pipelines.health.accept import accept
from pipelines.manifest import Manifest, read_chain
from pipelines.verify import verify
from tests.mockcity import Answer, MockCity
from tests.mockcity.truth import Facts
from tests.mockcity.view import View
from tests.year import WHOLE

DAYS = 30 if WHOLE else 5
UP, TO_COME = 24, 50
START = datetime(2027, 1, 6, 3, 0, tzinfo=UTC)
"""A Wednesday."""
HOLIDAY = range(12, 21)
WALL = Answer(
    body=b"<html><title>Just a moment...</title><body><h1>Checking your browser</h1>"
    b"<p>Enable JavaScript and cookies to continue."
)


class Unsigned:
    """A theme that prints no bylines."""

    def __init__(self, look: Any) -> None:
        self.look = look

    def __getattr__(self, name: str) -> Any:
        return getattr(self.look, name)

    def article_page(self, view: View, article: Facts) -> str:
        page: str = self.look.article_page(view, {**article, "byline": None})
        return page


@dataclass
class Diary:
    """A city, its archive, and what the runs told."""

    city: MockCity
    output: Path
    day: int = 0
    told: list[RunSummary] = field(default_factory=list)

    def crawl(self, *, later: int = 1, full: bool = True) -> RunSummary:
        """A run, so many days after the last one; an ordinary one, or one that asks everything."""
        self.day += later
        options = RunOptions(
            word=self.city.url, output=self.output, allow_loopback=True, requisites=False, full=full
        )
        with time_machine.travel(START + timedelta(days=self.day), tick=True):
            self.told.append(run(options))
        return self.told[-1]

    @property
    def manifest(self) -> Manifest:
        return read_chain(open_archive(Path(self.told[-1].archive)))[-1].manifest

    def is_red(self, summary: RunSummary, *checks: str) -> None:
        """The run ended with 9, report and manifest name the checks, and the tables are those of before."""
        manifests = [s.manifest for s in read_chain(open_archive(Path(summary.archive)))]
        assert [check.check for check in manifests[-1].health] == list(checks), summary.health
        assert (summary.exit_code, manifests[-1].tables) == (9, manifests[-2].tables)
        assert summary.reason is not None and all(sentence in summary.reason for sentence in summary.health)
        assert f"accept {summary.portal} {checks[0]} --reason" in summary.health[0]
        assert summary.health[0].count(self.city.url) == 2 or "stale" in checks, "two examples"

    def is_well(self, summary: RunSummary) -> None:
        """The run is healthy, and all that was published is in the tables."""
        assert (summary.exit_code, summary.health) == (0, ()), summary.reason
        assert summary.articles >= len(self.city.truth)


def publish(city: MockCity, day: int, dice: random.Random) -> None:
    """A day's news: up to three on workdays, an unsigned notice at most on others, and none on holidays."""
    moment = START + timedelta(days=day, hours=-5)
    weekend = moment.weekday() >= 5
    city.now = moment
    for _ in range(0 if day in HOLIDAY else dice.choice((0, 1) if weekend else (0, 1, 1, 2, 3))):
        article = city.publish()
        assert article is not None
        if weekend:
            city.edit(article["path"], byline=None)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A month of a small portal, or some days of it."""
    dice = random.Random(11)
    with MockCity(articles=UP + TO_COME, unpublished=TO_COME, conditional=True) as city:
        diary = Diary(city, tmp_path_factory.mktemp("output"))
        diary.crawl(later=0)
        for day in range(1, DAYS):
            with city.at_once():
                publish(city, day, dice)
            diary.crawl(full=False)
        yield diary


def test_no_check_fires_while_the_portal_is_well(lived: Diary) -> None:
    assert [(s.exit_code, s.health, s.notes) for s in lived.told] == [(0, (), ())] * DAYS
    assert lived.told[-1].articles == len(lived.city.truth) > UP
    assert verify(open_archive(Path(lived.told[-1].archive))).errors == ()


def test_each_way_of_breaking_is_told_and_ends_when_it_is_mended(lived: Diary) -> None:
    city, look = lived.city, lived.city.look
    paths = [article["path"] for article in city.truth[: len(city.truth) // 2]]  # twelve or more
    city.look = Unsigned(look)  # type: ignore[assignment]
    city.show()
    broken = lived.crawl()
    lived.is_red(broken, "field_fell")
    assert broken.health[0].startswith("byline is read no more in ")
    city.look = look
    city.show()
    lived.is_well(lived.crawl())
    for path in paths:
        city.override(path, WALL)
    lived.is_red(lived.crawl(), "soft_errors", "agreement_fell")
    for path in paths:
        city.override(path, None)
    lived.is_well(lived.crawl(full=False))  # what was an error is due on the next day
    with city.at_once():
        for path in paths:
            city.withdraw(path)
    gone = lived.crawl()
    lived.is_red(gone, "articles_gone")
    archive = open_archive(Path(gone.archive))
    accept(archive, ["articles_gone"], reason="the city keeps two years of news", now=lived_now(lived))
    assert lived.manifest.health == () and verify(archive).errors == ()
    after = lived.crawl()
    assert after.exit_code == 0 and "two years of news" in after.accepted[0]


def test_a_portal_that_falls_silent_is_told(lived: Diary) -> None:
    with lived.city.at_once():
        for day in range(1, 13):
            lived.city.now = START + timedelta(days=lived.day + day, hours=-5)
            lived.city.publish()
    lived.is_well(lived.crawl(later=13))
    silent = lived.crawl(later=800)
    lived.is_red(silent, "stale")
    assert "nothing was published for 801 days" in silent.health[0]


def lived_now(diary: Diary) -> datetime:
    return START + timedelta(days=diary.day, hours=1)
