"""What must have been seen: from the script, and from the addresses that the city was asked on each day.

An article's *sightings* are the answers at its own addresses, one a day at most: it is up with a text, or
it is gone, or it leads onto another article. Two sightings that differ are an event between them; what came
and went between two is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.year.script import READ, Script, State, visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An event that must stand in the table."""

    article: int
    kind: str
    day: int
    """Of the visit that saw it."""
    since: int | None = None
    """Of the last visit that saw it otherwise."""
    changed: frozenset[str] = frozenset()
    """With edited."""
    onto: int = -1
    """With merged: the other article."""
    confirmed: int | None = None
    """With removed: day of the second look."""

    def __str__(self) -> str:
        what = " ".join(sorted(self.changed)) or (f"onto {self.onto}" if self.onto >= 0 else "")
        return f"article {self.article}: {self.kind} {what} seen on day {self.day}, otherwise on {self.since}"


@dataclass(slots=True)
class _Watched:
    """What is known of one article so far."""

    number: int
    seen: State | None = None
    """As it was last up."""
    day: int | None = None
    """Of the last sighting."""
    suspected: tuple[int, int] | None = None
    """Day of the first look that found nothing, and of the last one before that saw it."""
    gone: bool = False
    left: str | None = None
    """A path that it has left and where nobody has asked since."""
    left_on: int | None = None
    """Day on which it was last seen there."""

    def redirect(self, day: int, paths: frozenset[str]) -> Iterator[Expected]:
        """The old address says where it went, and it was seen there."""
        if self.left in paths:
            since, self.left, self.left_on = self.left_on, None, None
            yield Expected(article=self.number, kind="moved", day=day, since=since)

    def up(self, day: int, state: State) -> Iterator[Expected]:
        before, since, self.suspected = self.seen, self.day, None
        self.seen, self.day = state, day
        if before is None:
            yield Expected(article=self.number, kind="published", day=day)
            return
        if self.gone:
            self.gone = False
            yield Expected(article=self.number, kind="restored", day=day, since=since)
        if before.path != state.path:
            self.left, self.left_on = before.path, since
        changed = frozenset(name for name in READ if before.content[name] != state.content[name])
        if changed:
            yield Expected(article=self.number, kind="edited", day=day, since=since, changed=changed)

    def away(self, day: int, state: State) -> Iterator[Expected]:
        if self.seen is None or self.gone:
            return
        if state.onto >= 0:
            self.gone, since, self.day, self.suspected = True, self.day, day, None
            yield Expected(article=self.number, kind="merged", day=day, since=since, onto=state.onto)
        elif self.suspected is None:
            assert self.day is not None
            self.suspected = (day, self.day)
        else:
            (first, since), self.suspected, self.gone = self.suspected, None, True
            self.day = day
            yield Expected(article=self.number, kind="removed", day=first, since=since, confirmed=day)

    def rest(self) -> Iterator[Expected]:
        """What one look found and no second confirmed."""
        if self.suspected:
            day, since = self.suspected
            yield Expected(article=self.number, kind="removal_suspected", day=day, since=since)


def expected(script: Script, asked: Sequence[frozenset[str]]) -> list[Expected]:
    """All events of so many days, article by article, in the order in which they were seen.

    Args:
        script: what the city did.
        asked: of each day, the paths that were asked for.
    """
    watched: dict[int, _Watched] = {}
    found: list[Expected] = []
    for day, paths in enumerate(asked):
        for number, state in script.states[day].items():
            one = watched.setdefault(number, _Watched(number))
            if state.path in paths:
                found += one.up(day, state) if state.up else one.away(day, state)
            found += one.redirect(day, paths)
    for one in watched.values():
        found += one.rest()
    return sorted(found, key=lambda e: (e.article, e.day))


def missed(script: Script, asked: Sequence[frozenset[str]]) -> list[str]:
    """Articles that were up at a visit, and not asked for then or before."""
    told, seen = [], set()
    for day, paths in enumerate(asked):
        for number, state in script.states[day].items():
            if state.path in paths:
                seen.add(number)
            elif state.up and number not in seen:
                told.append(f"article {number} at {state.path} is up on day {day} and was never asked for")
    return told


def unnoticed(script: Script, asked: Sequence[frozenset[str]], within: int) -> list[str]:
    """Changes that stayed and were not looked at within so many days: 0 is by the next visit."""
    told = []
    for number in script.states[-1]:
        fresh: tuple[int, State] | None = None
        for day, paths in enumerate(asked):
            state = script.states[day].get(number)
            before = script.states[day - 1].get(number) if day else None
            if state is not None and before is not None and not _alike(before, state):
                fresh = (day, state)
            if state is not None and state.path in paths:
                fresh = None
            if fresh and day - fresh[0] == within:
                told.append(
                    f"article {number} changed before day {fresh[0]} and was not asked for by day {day}"
                )
    return told


def _alike(one: State, other: State) -> bool:
    return (one.path, one.up, one.onto, one.content) == (other.path, other.up, other.onto, other.content)


def happened(script: Script, event: Expected, after: datetime | None, until: datetime) -> bool:
    """Whether the city did what an event says, in the window that the event states."""
    kinds = {
        "published": ("publish",),
        "edited": ("edit",),
        "moved": ("move",),
        "merged": ("merge",),
        "removed": ("withdraw", "merge"),
        "removal_suspected": ("withdraw", "merge"),
        "restored": ("restore",),
    }[event.kind]
    if event.kind == "published" and event.article < script.up:
        return after is None and until >= visit(0)
    acts = (act for day in script.acts for act in day if act.article == event.article and act.kind in kinds)
    return any((after is None or after < act.at) and act.at <= until for act in acts)
