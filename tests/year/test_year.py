"""Days, or a year, of daily runs: everything is captured, every change is an event, none is invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipelines.archive import open_archive
from pipelines.tables import read_table
from pipelines.verify import verify
from tests.test_run import holds
from tests.year import WHOLE
from tests.year.living import Lived, day_of, live
from tests.year.oracle import Expected, expected, happened, missed, unnoticed

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """A city with some of its sources."""

    sources: tuple[str, ...]
    days: int
    """Of the whole; some days of it are lived in every run of the tests."""
    some: int
    within: int
    """So many days after it happened a change that stays has been looked at: 0 is by the next visit."""
    conditional: bool = False


SET_UPS = {
    "rest": SetUp(
        sources=("rest", "feed", "sitemap", "listings"), days=365, some=10, within=0, conditional=True
    ),
    "feed": SetUp(sources=("feed",), days=365, some=4, within=31, conditional=True),
    "listings": SetUp(sources=("listings",), days=120, some=4, within=31),
}


@pytest.fixture(scope="module", params=SET_UPS)
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    set_up = SET_UPS[request.param]
    days = set_up.days if WHOLE else set_up.some
    yield live(
        tmp_path_factory.mktemp(request.param),
        days,
        sources=set_up.sources,
        conditional=set_up.conditional,
    )


@pytest.fixture
def set_up(request: pytest.FixtureRequest) -> SetUp:
    return SET_UPS[request.node.callspec.params["lived"]]


def rows(lived: Lived, table: str) -> list[Row]:
    return [dict(row) for _, row in read_table(lived.archive, table)]


def path_of(url: str) -> str:
    return urlsplit(url).path


def numbers(lived: Lived) -> dict[str, int]:
    """Number of the article that stood at each path."""
    states = lived.script.states[-1]
    return {path: n for n, state in states.items() for path in (state.path, *state.former)}


def test_every_run_ends_well_and_its_sums_hold(lived: Lived) -> None:
    told = [f"day {n}: {s.exit_code}, {s.reason}" for n, s in enumerate(lived.summaries) if s.exit_code]
    assert not told, "\n".join(told)
    assert all(holds(summary) for summary in lived.summaries)


def test_every_article_that_was_up_at_a_visit_is_captured(lived: Lived) -> None:
    told = missed(lived.script, lived.asked)
    assert not told, "\n".join(told)
    captured: dict[str, set[int]] = defaultdict(set)
    for row in rows(lived, "captures"):
        captured[path_of(row["url"])].add(day_of(row["captured_at"]))
    for day, paths in enumerate(lived.asked):
        lost = [path for path in paths if day not in captured[path]]
        assert not lost, f"asked on day {day}, and no capture: {lost}"


def test_every_change_is_looked_at_in_time(lived: Lived, set_up: SetUp) -> None:
    told = unnoticed(lived.script, lived.asked, set_up.within)
    assert not told, "\n".join(told)


def test_every_change_between_two_visits_is_an_event_and_none_is_invented(lived: Lived) -> None:
    names = numbers(lived)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows(lived, "events"):
        found[names[path_of(row["url"])]].append(_told(row, names))
    wanted: dict[int, list[str]] = defaultdict(list)
    for event in expected(lived.script, lived.asked):
        wanted[event.article].append(_tell(event))
    wrong = [
        f"article {n} {lived.script.states[-1][n].path}\n    expected {sorted(wanted[n])}\n"
        f"    found    {sorted(found[n])}"
        for n in sorted(wanted.keys() | found.keys())
        if sorted(wanted[n]) != sorted(found[n])
    ]
    assert not wrong, f"{len(wrong)} articles\n" + "\n".join(wrong[:20])


def _tell(event: Expected) -> str:
    more = sorted(event.changed) or ([f"onto {event.onto}"] if event.onto >= 0 else [])
    confirmed = [f"confirmed {event.confirmed}"] if event.confirmed is not None else []
    return " ".join([event.kind, f"day {event.day}", *more, *confirmed])


def _told(row: Row, names: dict[str, int]) -> str:
    """A row as its event would be told. (A credit that goes with a caption is no change of its own.)"""
    more = [name for name in sorted(row["changed"] or ()) if name != "photo_credits"]
    if row["kind"] == "merged":
        more = [f"onto {names[path_of(row['target_url'])]}"]
    confirmed = [f"confirmed {day_of(row['confirmed_at'])}"] if row["confirmed_at"] else []
    return " ".join([row["kind"], f"day {day_of(row['seen_at'])}", *more, *confirmed])


def test_every_event_lies_in_the_window_that_it_states(lived: Lived) -> None:
    names = numbers(lived)
    told = [
        f"{row['url']}: {row['kind']} between {row['before_at']} and {row['seen_at']}"
        for row in rows(lived, "events")
        if not happened(
            lived.script,
            Expected(article=names[path_of(row["url"])], kind=row["kind"], day=0),
            row["before_at"],
            row["seen_at"],
        )
    ]
    assert not told, "\n".join(told)


def test_what_is_up_at_the_end_stands_in_the_table_as_it_is(lived: Lived) -> None:
    names = numbers(lived)
    newest = {names[path_of(row["url"])]: row for row in rows(lived, "articles")}
    wrong = []
    for number, state in lived.script.states[-1].items():
        row = newest.get(number)
        if state.up and (
            row is None or any(row[name] != state.content[name] for name in ("title", "lead", "paragraphs"))
        ):
            wrong.append(f"article {number} at {state.path}: {row and row['title']}")
    assert not wrong, "\n".join(wrong)


def test_the_archive_verifies(lived: Lived) -> None:
    report = verify(open_archive(lived.archive))
    assert (report.verdict, report.findings) == ("VERIFIED", ())


def test_an_ordinary_day_costs_few_requests(
    lived: Lived, record_property: Callable[[str, object], None]
) -> None:
    first, *rest = [len(day) for day in lived.targets]
    days = sorted(rest[:-2])
    record_property("first", first)
    record_property("median", days[len(days) // 2])
    record_property("most", days[-1])
    record_property("total", sum(rest))
    print(f"requests: first {first}, then {rest}")
    assert days[len(days) // 2] < first / 2
