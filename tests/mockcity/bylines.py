"""The ways in which articles are signed: what is printed, and what it means (``PORTAL``'s grammar)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.mockcity.phrases import Dice, words


class Signed(NamedTuple):
    """A byline as printed, and the fields that a reader takes from it."""

    byline: str | None
    authors: tuple[str, ...] = ()
    photo_credits: tuple[str, ...] = ()
    source: str | None = None


def _initials(name: str) -> str:
    return ".".join(word[0] for word in name.split())


def _paper(dice: Dice) -> str:
    return f"{dice.pick(words()['papers'])} {dice.coined()}"


def _theirs(pattern: str) -> Callable[[Dice], Signed]:
    """Text and pictures by the same person."""

    def signed(dice: Dice) -> Signed:
        name = dice.name()
        name = name.upper() if dice.chance(15) else name
        return Signed(pattern.format(name), (name,), (name,))

    return signed


def _two(pattern: str) -> Callable[[Dice], Signed]:
    """Text by one, pictures by another."""

    def signed(dice: Dice) -> Signed:
        one, two = dice.name(), "CTV" if dice.chance(20) else dice.name()
        return Signed(pattern.format(one, two), (one,), (two,))

    return signed


def _together(joint: str, count: int) -> Callable[[Dice], Signed]:
    def signed(dice: Dice) -> Signed:
        names = tuple(dice.name() for _ in range(count))
        return Signed(joint.join(names), names)

    return signed


def _mixed(dice: Dice) -> Signed:
    names = tuple(dice.name() for _ in range(3))
    return Signed(f"{names[0]}, {names[1]} và {names[2]}", names)


def _from(pattern: str) -> Callable[[Dice], Signed]:
    """Taken over from a paper: a source, no author."""

    def signed(dice: Dice) -> Signed:
        paper = _paper(dice)
        return Signed(pattern.format(paper), source=paper)

    return signed


def _alone(dice: Dice) -> Signed:
    name = dice.name()
    return Signed(name, (name,))


def _pen(dice: Dice) -> Signed:
    name = _initials(dice.name())
    name = name.replace(".", "") if dice.chance(30) else name
    return Signed(name, (name,))


def _done_by(dice: Dice) -> Signed:
    name = dice.name()
    return Signed(f"{name} (thực hiện)", (name,))


def _pictures(dice: Dice) -> Signed:
    name = dice.name()
    return Signed(f"Ảnh: {name}", (), (name,))


FORMS: tuple[tuple[int, Callable[[Dice], Signed]], ...] = (
    (30, _alone),
    (9, _pen),
    (7, lambda dice: Signed(None)),
    (5, _theirs("Tin và ảnh: {}")),
    (3, _theirs("Tin và Ảnh: {}")),
    (4, _theirs("Bài và ảnh: {}")),
    (4, _theirs("Bài, ảnh: {}")),
    (4, _theirs("Tin, ảnh: {}")),
    (5, _two("{}. Ảnh: {}")),
    (3, _two("Tin: {}. Ảnh: {}")),
    (3, _two("Bài: {} – Ảnh: {}")),
    (3, _together(" – ", 2)),
    (2, _together(" – ", 3)),
    (3, _together(", ", 2)),
    (2, _together(", ", 3)),
    (3, _together(" và ", 2)),
    (1, _mixed),
    (3, _done_by),
    (2, _pictures),
    (2, _from("Theo {}")),
    (2, _from("Nguồn: {}")),
    (2, lambda dice: Signed("(TTXVN)", source="TTXVN")),
    (1, lambda dice: Signed("Theo TTXVN", source="TTXVN")),
    (2, lambda dice: Signed("PV", ("PV",))),
    (1, lambda dice: Signed("BBT", ("BBT",))),
    (1, lambda dice: Signed("CTV", ("CTV",))),
)
"""Each form and how often it comes."""

_DRAWN = tuple(form for weight, form in FORMS for _ in range(weight))


def sign(dice: Dice) -> Signed:
    """A byline in one of the forms."""
    return dice.pick(_DRAWN)(dice)


def sign_copy(dice: Dice) -> Signed:
    """The byline of an article that was taken over from elsewhere."""
    return _from(dice.pick(["Theo {}", "Nguồn: {}"]))(dice)
