"""What the city does between two visits, drawn by a seed, and what that makes of its articles.

The script knows articles by number and keeps its own account of them; it knows nothing of the city's
server, and nothing of who visits.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.mockcity.truth import Facts

START = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
"""The first visit: later than all that the sample city ever wrote by itself."""
DAY = timedelta(days=1)
READ = ("title", "lead", "paragraphs", "byline", "images")
"""What begins a version when it changes, as far as the script changes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that the city does."""

    at: datetime
    kind: str
    """publish, edit, save, move, withdraw, merge or restore."""
    article: int
    facts: Facts = field(default_factory=dict)
    """With edit: what is written anew."""
    to: str = ""
    """With move: the new path."""
    onto: int = -1
    """With merge: the other article."""
    status: int = 404
    """With withdraw: what its address answers then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An article at a moment."""

    path: str
    up: bool
    content: Facts
    former: tuple[str, ...] = ()
    """Paths at which it stood before; they redirect to ``path``."""
    onto: int = -1
    """The article that its path redirects to."""


States = dict[int, State]
"""Of all articles that were ever up, by their number."""


def visit(day: int) -> datetime:
    """The moment of a day's run."""
    return START + day * DAY


@dataclass(slots=True)
class Script:
    """The acts of so many days over articles that a city has, and those that it will publish.

    ``articles``: oldest first; the first ``up`` of them are up at the first visit. The acts of ``day`` lie
    between the visit of the day before and that day's.
    """

    articles: Sequence[Facts]
    up: int
    days: int
    seed: int = 7
    acts: list[list[Act]] = field(default_factory=list)
    states: list[States] = field(default_factory=list)
    """After the acts of each day."""
    _edits: int = 0

    def __post_init__(self) -> None:
        now = {n: _first(facts) for n, facts in enumerate(self.articles[: self.up])}
        for day in range(self.days):
            dice = random.Random(f"{self.seed}/{day}")
            acts = list(self._day(dice, day, dict(now))) if day else []
            for act in acts:
                now = after(now, act, self.articles)
            self.acts.append(acts)
            self.states.append(dict(now))

    def _day(self, dice: random.Random, day: int, now: States) -> Iterator[Act]:
        """The acts of a day, in their order. No article is in two of them, but for what nobody can see."""
        begin = visit(day - 1) + timedelta(hours=1)
        moments = iter(sorted(begin + timedelta(minutes=dice.randrange(22 * 60)) for _ in range(24)))
        touched: set[int] = set()
        for number in self._new(dice, now):
            touched.add(number)
            yield Act(at=next(moments), kind="publish", article=number)
        for kind, chance in _CHANCES:
            if dice.random() >= chance:
                continue
            number = _choose(dice, kind, now, touched)
            if number is None:
                continue
            touched.add(number)
            for act in self._acts(dice, kind, number, now, touched):
                yield replace(act, at=next(moments))

    def _new(self, dice: random.Random, now: States) -> range:
        count = dice.choice((0, 0, 1, 1, 1, 2, 3))
        return range(len(now), min(len(now) + count, len(self.articles)))

    def _acts(
        self, dice: random.Random, kind: str, number: int, now: States, touched: set[int]
    ) -> Iterator[Act]:
        state = now[number]
        act = Act(at=START, kind=kind, article=number)
        match kind:
            case "edit" | "edit_old":
                yield replace(act, kind="edit", facts=self._written(dice, state))
            case "flip":  # and back before anybody comes
                facts = self._written(dice, state)
                yield replace(act, kind="edit", facts=facts)
                yield replace(act, kind="edit", facts={name: state.content[name] for name in facts})
            case "blink":
                yield replace(act, kind="withdraw")
                yield replace(act, kind="restore")
            case "move":
                yield replace(
                    act, to=f"{state.path.removesuffix('.html')}-dia-chi-{len(state.former) + 2}.html"
                )
            case "merge":
                others = [n for n, s in now.items() if s.up and n not in touched]
                other = dice.choice(others)
                touched.add(other)
                yield replace(act, onto=other)
            case "withdraw":
                yield replace(act, status=dice.choice((404, 404, 410)))
            case _:
                yield act

    def _written(self, dice: random.Random, state: State) -> Facts:
        """A change of one field or two, each told by a running number."""
        self._edits += 1
        n, content = self._edits, state.content
        possible = ["paragraphs", "paragraphs", "paragraphs"]
        possible += ["title"] if not state.former else []  # moved and renamed at once: see the decision page
        possible += ["lead"] if content["lead"] else []
        first = next(iter(content["images"]), {"caption": None})
        possible += ["images"] if first["caption"] and not first["credit"] else []
        facts: Facts = {}
        for name in dice.sample(possible, 2 if dice.random() < 0.2 else 1):
            facts[name] = _rewritten(name, content[name], n)
        return facts


_CHANCES = (
    *(("edit", 0.5), ("edit", 0.25), ("edit_old", 0.2), ("save", 0.12), ("flip", 0.04), ("blink", 0.04)),
    *(("move", 0.09), ("withdraw", 0.12), ("restore", 0.07), ("merge", 0.04)),
)
"""How likely each kind of act is on a day."""


def _choose(dice: random.Random, kind: str, now: States, touched: set[int]) -> int | None:
    """The article that an act is about: mostly one of the newest, where it is an edit."""
    up = [n for n, state in now.items() if state.up and n not in touched]
    if kind == "restore":
        up = [n for n, state in now.items() if not state.up and n not in touched]
    elif kind in ("edit", "save"):
        up = up[-12:]
    elif kind == "move":
        up = [n for n in up if len(now[n].former) < 2]
    elif kind in ("withdraw", "merge") and len(up) < 30:
        return None
    return dice.choice(up) if up else None


def _rewritten(name: str, value: Any, number: int) -> Any:
    match name:
        case "title":
            return f"{value}, bổ sung lần {number}"
        case "lead":
            return f"{value} Việc này đã được nhắc lại {number} lần."
        case "paragraphs":
            index = number % len(value)
            more = f"Phòng chuyên môn rà lại và bổ sung {number} hồ sơ, làm rõ thêm {number + 3} trường hợp."
            return [*value[:index], f"{value[index]} {more}", *value[index + 1 :]]
        case _:
            first, *rest = value
            return [
                {**first, "caption": f"Quang cảnh tại chỗ, ảnh thứ {number} được thay.", "credit": None},
                *rest,
            ]


def _first(facts: Facts) -> State:
    return State(path=facts["path"], up=True, content={name: facts[name] for name in READ})


def after(now: States, act: Act, articles: Sequence[Facts]) -> States:
    """The states after an act."""
    if act.kind == "publish":
        return {**now, act.article: _first(articles[act.article])}
    state = now[act.article]
    match act.kind:
        case "edit":
            state = replace(state, content={**state.content, **act.facts})
        case "move":
            state = replace(state, path=act.to, former=(*state.former, state.path))
        case "withdraw":
            state = replace(state, up=False)
        case "merge":
            state = replace(state, up=False, onto=act.onto)
        case "restore":
            state = replace(state, up=True, onto=-1)
    return {**now, act.article: state}
