"""Sentences from ``parts.txt`` filled with invented facts, each draw decided by a seed alone."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar

from tests.mockcity.truth import HERE

T = TypeVar("T")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w)(?::([\d.]+)-([\d.]+))?\}")
ANY = "*"
"""The topic whose parts fit into every article."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of ``parts.txt``: its section, and its sentences by kind."""

    section: str
    lines: dict[str, list[str]] = field(default_factory=dict)


@cache
def topics() -> tuple[Topic, ...]:
    """The topics in the order of the file; the last one fits everywhere."""
    found: list[Topic] = []
    for line in (HERE / "parts.txt").read_text("utf-8").splitlines():
        kind, _, text = line.partition(": ")
        if kind == "topic":
            found.append(Topic(text))
        elif text and not kind.startswith("#"):
            found[-1].lines.setdefault(kind, []).append(text)
    assert found[-1].section == ANY
    return tuple(found)


@cache
def words() -> dict[str, list[str]]:
    """The word lists by name."""
    lines = (line.partition(": ") for line in (HERE / "words.txt").read_text("utf-8").splitlines())
    return {name: text.split("|") for name, _, text in lines if not name.startswith("#")}


class Dice:
    """Draws that the same seed repeats in every Python: only ``Random.random`` is used,
    the one method whose sequence is promised to stay."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def below(self, count: int) -> int:
        """A number from 0 to ``count`` - 1."""
        return int(self._random.random() * count)

    def pick(self, of: Sequence[T]) -> T:
        """One of the items."""
        return of[self.below(len(of))]

    def some(self, of: list[T], count: int) -> list[T]:
        """So many different items, in the order of the draws."""
        left = list(of)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred draws."""
        return self.below(100) < percent

    def name(self) -> str:
        """An invented person's name."""
        w = words()
        return f"{self.pick(w['surnames'])} {self.pick(w['middles'])} {self.pick(w['givens'])}"

    def coined(self) -> str:
        """A place's own name, two or three syllables."""
        w = words()
        third = f" {self.pick(w['third'])}" if self.chance(45) else ""
        return f"{self.pick(w['first'])} {self.pick(w['second'])}{third}"

    def place(self) -> str:
        """A place with its kind, such as ``xã Gành Vẹt``."""
        return f"{self.pick(words()['places'])} {self.coined()}"


class Phrases:
    """Fills the parts of one article: capital slots keep their fact, small ones are new each time."""

    def __init__(self, dice: Dice, when: datetime) -> None:
        self.dice = dice
        self.when = when
        """Local time of publication: dates in the text lie near it."""
        w = words()
        self.facts = {
            "P": dice.place(),
            "Q": dice.place(),
            "G": dice.coined(),
            "N": dice.name(),
            "B": f"{dice.pick(w['offices'])} {dice.pick(w['matters'])}",
            "C": f"{dice.pick(w['firms'])} {dice.coined()}",
            "X": f"{''.join(dice.pick('BCDGHKLMNPQRTVX') for _ in range(2))}-{100 + dice.below(9900)}",
            "W": f"{dice.pick(['Sáng', 'Trưa', 'Chiều', 'Tối', 'Rạng sáng'])} {self._day(-3, 0)}",
        }

    def fill(self, part: str) -> str:
        """The sentence of a part, its first letter a capital."""
        while (chosen := _CHOICE.sub(lambda m: self.dice.pick(m[1].split("|")), part)) != part:
            part = chosen
        text = _SLOT.sub(self._slot, part)
        return text[0].upper() + text[1:]

    def _slot(self, match: re.Match[str]) -> str:
        name, low, high = match.groups()
        if name in self.facts:
            return self.facts[name]
        dice = self.dice
        if name == "k":
            return f"{int(low) + dice.below(int(high) - int(low) + 1):,}".replace(",", ".")
        if name == "f":
            value = float(low) + (float(high) - float(low)) * dice.below(1001) / 1000
            return f"{value:.{1 + dice.below(2)}f}".replace(".", ",")
        made = {"p": dice.place, "n": dice.name, "g": dice.coined, "m": self._money}
        if name in made:
            return made[name]()
        return {
            "d": lambda: self._day(-40, 90),
            "t": lambda: f"{3 + dice.below(20)} giờ {1 + dice.below(59)} phút",
            "h": lambda: f"{1000 + dice.below(9000)}",
            "y": lambda: str(self.when.year - 2 - dice.below(40)),
            "z": lambda: str(self.when.year + 1),
        }[name]()

    def _day(self, first: int, last: int) -> str:
        day = self.when + timedelta(days=first + self.dice.below(last - first + 1))
        return f"{day.day}/{day.month}"

    def _money(self) -> str:
        if self.dice.chance(50):
            return f"{20 + self.dice.below(960)} triệu đồng"
        return f"{1 + self.dice.below(90)},{1 + self.dice.below(98):02d} tỷ đồng".replace("0 tỷ", "5 tỷ")
