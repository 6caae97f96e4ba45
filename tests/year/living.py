"""The city, the clock and the runs: one day after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import time_machine

from crawler.report import RunSummary
from crawler.run import RunOptions, run
from tests.mockcity import MockCity
from tests.mockcity.truth import Facts
from tests.year.script import Act, Script, visit

UP, TO_COME = 40, 400
"""Articles at the first visit, and those that a year of publishing has in hand."""


@dataclass(slots=True, kw_only=True)
class Lived:
    """What a number of days left."""

    script: Script
    url: str
    summaries: list[RunSummary] = field(default_factory=list)
    targets: list[list[str]] = field(default_factory=list)
    """Of each day, what the city was asked for: request targets in their order."""

    @property
    def archive(self) -> Path:
        return Path(self.summaries[-1].archive)

    @property
    def asked(self) -> list[frozenset[str]]:
        """Of each day, the paths that were asked for."""
        return [frozenset(urlsplit(target).path for target in day) for day in self.targets]


def live(output: Path, days: int, *, seed: int = 7, sweeps: int = 2, **city: Any) -> Lived:
    """Let a city live and crawl it on each day; the last ``sweeps`` days ask everything."""
    with MockCity(articles=UP + TO_COME, unpublished=TO_COME, **city) as running:
        articles = [*running.truth, *reversed(running.unpublished)]
        _relate(articles)
        running.show()
        lived = Lived(script=Script(articles, UP, days, seed), url=running.url)
        paths = {n: article["path"] for n, article in enumerate(articles)}
        for day in range(days):
            with running.at_once():
                for act in lived.script.acts[day]:
                    _do(running, act, paths)
            before = len(running.log)
            with time_machine.travel(visit(day), tick=True):
                options = RunOptions(
                    word=running.url,
                    output=output,
                    allow_loopback=True,
                    requisites=False,
                    full=day >= days - sweeps,
                )
                lived.summaries.append(run(options))
            lived.targets.append([received.request.target for received in running.log[before:]])
            _agrees(running, lived.script, day)
    return lived


def _relate(articles: list[Facts]) -> None:
    """Leave no link to an article that comes later, as no newsroom has them."""
    earlier: set[str] = set()
    for facts in articles:
        facts["related"] = [link for link in facts["related"] if link["path"] in earlier]
        earlier.add(facts["path"])


def _do(city: MockCity, act: Act, paths: dict[int, str]) -> None:
    """One act of the script, done by the city."""
    city.now, path = act.at, paths[act.article]
    match act.kind:
        case "publish":
            assert (article := city.publish()) is not None and article["path"] == path
        case "edit":
            city.edit(path, **act.facts)
        case "save":
            city.edit(path)
        case "move":
            paths[act.article] = city.move(path, act.to)["path"]
        case "withdraw":
            city.withdraw(path, status=act.status)
        case "merge":
            city.merge(path, paths[act.onto])
        case "restore":
            city.restore(path)


def _agrees(city: MockCity, script: Script, day: int) -> None:
    """The script's account of who is up is the city's."""
    assert sorted(s.path for s in script.states[day].values() if s.up) == sorted(
        a["path"] for a in city.truth
    )


def day_of(moment: datetime) -> int:
    """The day whose run a moment lies in."""
    since = moment.astimezone(UTC) - visit(0)
    assert since % timedelta(days=1) < timedelta(hours=1), f"{moment} lies in no run"
    return since.days
