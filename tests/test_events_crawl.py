"""Days of a portal that publishes, edits, moves, merges, removes and restores, each seen by a crawl: one
that asks for everything, and an ordinary one, for which REST says what changed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from crawler.cli.run_lines import run_lines
from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import open_archive
from pipelines.tables import read_table
from tests.mockcity import MockCity

NEW_PATH = "/cau-rach-sung-nay-da-thong-xe.html"
START = datetime(2026, 3, 2, 3, 17, tzinfo=UTC)


def visit(city: MockCity, output: Path, day: int, *, full: bool) -> RunSummary:
    """A crawl, so many days after the first."""
    options = RunOptions(word=city.url, output=output, allow_loopback=True, requisites=False, full=full)
    with time_machine.travel(START + timedelta(days=day), tick=True):
        return run(options)


@dataclasses.dataclass
class Lived:
    """What the runs told, and what became of which address."""

    full: bool
    told: list[RunSummary]
    paths: dict[str, str]
    events: list[dict[str, Any]]

    def of(self, name: str) -> list[str]:
        """What happened to the article that was at an address, in order."""
        (article,) = {e["article_id"] for e in self.events if e["url"].endswith(self.paths[name])}
        own = sorted((e for e in self.events if e["article_id"] == article), key=lambda e: e["seen_at"])
        return [e["kind"] for e in own]


@pytest.fixture(scope="module", params=(True, False), ids=("full", "ordinary"))
def lived(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Lived:
    output = tmp_path_factory.mktemp("output")
    with MockCity(unpublished=1) as city:
        names = ("edited", "moved", "gone", "back", "refuted", "merged", "onto")
        paths = dict(zip(names, (article["path"] for article in city.truth[2:]), strict=False))
        told = [visit(city, output, day, full=request.param) for day in (0, 1)]
        with city.at_once():
            city.publish()
            before = city.article(paths["edited"])["paragraphs"]
            city.edit(paths["edited"], paragraphs=[*before[:-1], "Phường sẽ báo lại vào thứ Hai."])
            city.move(paths["moved"], NEW_PATH)
            city.merge(paths["merged"], paths["onto"])
            for name in ("gone", "back", "refuted"):
                city.withdraw(paths[name])
        told.append(visit(city, output, 2, full=request.param))
        city.restore(paths["refuted"])
        told.append(visit(city, output, 3, full=request.param))
        city.restore(paths["back"])
        told.append(visit(city, output, 4, full=request.param))
        told.append(visit(city, output, 5, full=request.param))
    archive = open_archive(Path(told[0].archive))
    return Lived(request.param, told, paths, [row for _, row in read_table(archive.root, "events")])


def test_each_run_tells_what_happened_since_the_last(lived: Lived) -> None:
    found = [dict(summary.events) for summary in lived.told]
    assert [summary.exit_code for summary in lived.told] == [0] * 6
    assert found == [
        {"published": 13},
        {},
        {"published": 1, "edited": 1, "moved": 1, "merged": 1, "removal_suspected": 3},
        {"removed": 2},
        {"restored": 1},
        {},
    ]
    line = "  events: 1 published, 1 edited, 1 moved, 1 merged, 3 suspected removed"
    assert line in run_lines(lived.told[2]) and "  events: none" in run_lines(lived.told[1])


def test_each_article_has_its_own_story_and_nothing_is_invented(lived: Lived) -> None:
    assert {name: lived.of(name)[1:] for name in lived.paths} == {
        "edited": ["edited"],
        "moved": ["moved"],
        "gone": ["removed"],
        "back": ["removed", "restored"],
        "refuted": [],
        "merged": ["merged"],
        "onto": [],
    }
    kinds = Counter(event["kind"] for event in lived.events)
    assert kinds == {"published": 14, "edited": 1, "moved": 1, "merged": 1, "removed": 2, "restored": 1}


def test_each_event_has_the_days_between_which_it_happened(lived: Lived) -> None:
    for event in lived.events:
        if event["kind"] in ("edited", "moved", "merged", "removed"):
            last = 3 if lived.full else 2  # what is not due is not asked on the day between
            assert (event["before_at"].day, event["seen_at"].day) == (last, 4), event
    (removed, _) = (e for e in lived.events if e["kind"] == "removed")
    assert (removed["confirmed_at"].day, removed["status"]) == (5, 404)
    (moved,) = (e for e in lived.events if e["kind"] == "moved")
    assert moved["target_url"].endswith(NEW_PATH)
