"""The script and the oracle of the year, before anything is crawled: what they say of a visitor who sees all,
and of one who sees little."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mockcity import MockCity
from tests.year.living import TO_COME, UP
from tests.year.oracle import expected, happened, missed, unnoticed
from tests.year.script import DAY, Script, State, visit

DAYS = 365


@pytest.fixture(scope="module")
def script() -> Script:
    city = MockCity(articles=UP + TO_COME, unpublished=TO_COME)
    return Script([*city.truth, *reversed(city.unpublished)], UP, DAYS)


def everything(script: Script) -> list[frozenset[str]]:
    """What somebody asks for who asks for all paths on each day."""
    return [frozenset(p for s in day.values() for p in (s.path, *s.former)) for day in script.states]


def test_a_year_has_everything_in_it_and_is_the_same_each_time(script: Script) -> None:
    kinds = Counter(act.kind for day in script.acts for act in day)
    assert kinds.keys() == {"publish", "edit", "save", "move", "withdraw", "merge", "restore"}
    assert min(kinds.values()) > 10 and kinds["publish"] > 300, kinds
    assert Script(script.articles, UP, 30).acts == script.acts[:30]
    for day, acts in enumerate(script.acts):
        assert all(visit(day) - DAY < act.at < visit(day) for act in acts)
        assert [act.at for act in acts] == sorted(act.at for act in acts)


def test_who_asks_for_all_each_day_sees_every_change_that_lasts_to_the_visit(script: Script) -> None:
    events = expected(script, everything(script))
    seen = {(event.article, event.kind, event.day) for event in events}
    for day in range(1, DAYS):
        for number, state in script.states[day].items():
            before = script.states[day - 1].get(number)
            for kind in _between(before, state):
                assert (number, kind, day) in seen or _refuted(script, number, kind, day), (number, kind, day)
                seen.discard((number, kind, day))
    rest = {kind for _, kind, day in seen if day}
    assert not rest, f"invented: {sorted(seen)[:5]}"
    assert all(
        happened(script, e, visit(e.since) if e.since is not None else None, visit(e.day)) for e in events
    )
    assert not missed(script, everything(script)) and not unnoticed(script, everything(script), 0)


def _between(before: State | None, state: State) -> list[str]:
    if before is None:
        return ["published"]
    kinds = []
    if before.up and not state.up:
        kinds.append("merged" if state.onto >= 0 else "removed")
    if state.up and not before.up:
        kinds.append("restored")
    if before.path != state.path:
        kinds.append("moved")
    if before.content != state.content:
        kinds.append("edited")
    return kinds


def _refuted(script: Script, number: int, kind: str, day: int) -> bool:
    """Whether a removal was looked at once only: it came back before the second look, or the year ended."""
    if kind == "removed":
        return day + 1 == DAYS or script.states[day + 1][number].up
    return kind == "restored" and day >= 2 and script.states[day - 2][number].up


def test_who_looks_away_is_told_what_he_missed(script: Script) -> None:
    asked = everything(script)
    first_edit = next(act for day in script.acts for act in day if act.kind == "edit" and act.article < UP)
    day = next(n for n, acts in enumerate(script.acts) if first_edit in acts)
    path = script.states[day][first_edit.article].path
    looked_away = [paths - {path} if n == day else paths for n, paths in enumerate(asked)]
    assert any(f"article {first_edit.article} changed" in told for told in unnoticed(script, looked_away, 0))
    new = next(act.article for acts in script.acts for act in acts if act.kind == "publish")
    never = [frozenset(p for p in paths if p != script.states[-1][new].path) for paths in asked[:40]]
    assert any(f"article {new} at" in told for told in missed(script, never))


def test_what_came_and_went_between_two_visits_is_no_event(script: Script) -> None:
    asked = [paths if n % 2 == 0 else frozenset() for n, paths in enumerate(everything(script))]
    events = expected(script, asked)
    assert len(events) < len(expected(script, everything(script)))
    assert all(event.day % 2 == 0 for event in events)
