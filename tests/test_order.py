"""In which order pages are asked that are none of a listing."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.order import Ask, Order


def ask(name: str, day: int | None = None, **facts: str) -> Ask:
    stated = datetime(2026, 3, day, tzinfo=UTC) if day else None
    return Ask(url=f"https://c.example/{name}", stated=stated, **{"found_by": "rest", **facts})  # type: ignore[arg-type]


def popped(order: Order) -> list[str]:
    found = []
    while order:
        before = len(order)
        found.append(order.pop().url.rpartition("/")[2])
        assert len(order) == before - 1
    return found


def test_the_newest_and_those_that_wait_longest_come_in_turn() -> None:
    order = Order(())
    for name, day in (("a", 1), ("b", 2), ("c", None), ("d", 9), ("e", 8), ("f", 7)):
        order.push(ask(name, day))
    assert popped(order) == ["d", "a", "e", "b", "f", "c"]


def test_without_dates_they_come_as_they_came() -> None:
    order = Order(())
    for name in "abcd":
        order.push(ask(name))
    assert popped(order) == list("abcd")


def test_sources_and_listings_come_first_whatever_the_dates() -> None:
    order = Order(())
    order.push(ask("a", 9))
    order.push(ask("page/2", 1, found_by="listing"))
    order.push(ask("feed", kind="source"))
    assert order.sources_wait
    assert popped(order) == ["feed", "2", "a"]


def test_a_sample_is_taken_of_what_still_waits() -> None:
    order = Order(())
    for number in range(30):
        order.push(ask(f"{number:02}", 1 + number % 28))
    first = [order.pop().url for _ in range(4)]
    assert order.bring_forward(2) == 2
    rest = popped(order)
    assert len(rest) == 26 and len({*rest, *(url.rpartition("/")[2] for url in first)}) == 30
