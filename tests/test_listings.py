"""Listings in pages that shift while they are read: nothing that stands there is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.shape import listing_page
from crawler.run import RunOptions, RunSummary, run
from pipelines.tables import read_table
from tests.mockcity import MockCity
from tests.site import Answer, Site, serve
from tests.test_run import Heard, crawl, holds, news, page

PER_PAGE = 3
MENU = ("/gioi-thieu/", "/lien-he/")


class Board(dict[str, Answer]):
    """The answers of a site with one listing, newest first, whose articles link nothing: each can
    be found there only."""

    def __init__(self, count: int, *, pager: str = "numbers") -> None:
        super().__init__()
        self.entries = [f"/tin-{n}.html" for n in range(count, 0, -1)]
        self.pager = pager
        self.after: dict[str, Callable[[Board], object]] = {}
        """What happens, once, after a page of the listing was read."""
        self.widget = 0
        """So many links above the entries that are others with every answer."""
        self.reads: list[str] = []

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        if path in self.entries:
            return news(f"Đo lại cao độ đường số {path[5:-5]} ở phường Bến Gỗ", int(path[5:-5]))
        number = 1 if path == "/" else int(path[6:-1]) if path.startswith("/page/") else 0
        if not 1 <= number <= self.last:
            return default
        self.reads.append(path)
        chance = [f"/cho/{len(self.reads)}-{n}" for n in range(self.widget)]
        shown = page(
            *MENU, *chance, *self.entries[(number - 1) * PER_PAGE : number * PER_PAGE], *self.links(number)
        )
        self.after.pop(path, lambda board: None)(self)
        return shown

    @property
    def last(self) -> int:
        return -(-len(self.entries) // PER_PAGE)

    def links(self, number: int) -> list[str]:
        """The pager: page numbers around and the last one, or only the next page."""
        around = [number + 1] if self.pager == "next" else [number - 1, number + 1, number + 2, self.last]
        return [f"/page/{n}/" for n in dict.fromkeys(around) if 1 < n <= self.last and n != number]

    def publish(self, *numbers: int) -> None:
        self.entries[:0] = [f"/tin-{n}.html" for n in numbers]


@contextmanager
def standing(board: Board) -> Iterator[Site]:
    with serve({}) as site:
        site.answers = board
        yield site


def articles(summary: RunSummary) -> set[str]:
    rows = (row for _, row in read_table(Path(summary.archive), "articles"))
    return {"/" + row["url"].rpartition("/")[2] for row in rows}


def heard(url: str, output: Path, **changes: Any) -> tuple[RunSummary, Heard]:
    progress = Heard()
    return run(RunOptions(word=url, output=output, allow_loopback=True, **changes), progress), progress


def test_what_is_published_while_pages_are_read_costs_two_questions_and_is_found(tmp_path: Path) -> None:
    board = Board(20)
    stood = set(board.entries)
    board.after = {"/page/2/": lambda b: b.publish(21), "/page/5/": lambda b: b.publish(23, 22)}
    with standing(board) as site:
        summary, progress = heard(site.url, tmp_path)
    assert summary.exit_code == 0 and holds(summary), summary.reason
    assert articles(summary) == stood | {f"/tin-{n}.html" for n in (21, 22, 23)}
    assert board.reads == ["/", "/page/7/", *(f"/page/{n}/" for n in range(2, 9)), "/"]
    assert "listing_shifted" not in progress.events


@pytest.mark.parametrize(
    ("after", "gone", "new"),
    [
        ("/page/2/", 20, ()),  # from the first page
        ("/page/4/", 14, ()),  # from one in the middle
        ("/page/4/", 14, (21,)),  # while another comes
        ("/page/6/", 20, ()),  # just before the end, which it makes a page shorter
    ],
)
def test_what_a_withdrawal_pulls_onto_a_page_already_read_is_found(
    after: str, gone: int, new: tuple[int, ...], tmp_path: Path
) -> None:
    board = Board(19 if after == "/page/6/" else 20)
    gone = min(gone, len(board.entries))

    def happen(b: Board) -> None:
        b.entries.remove(f"/tin-{gone}.html")
        b.publish(*new)

    stood = set(board.entries) - {f"/tin-{gone}.html"}
    board.after = {after: happen}
    with standing(board) as site:
        summary, progress = heard(site.url, tmp_path)
    assert summary.exit_code == 0 and holds(summary), summary.reason
    assert articles(summary) >= stood, "nothing that stood there all the time is lost"
    assert "listing_shifted" in progress.events
    assert max(map(board.reads.count, board.reads)) <= 3


def test_a_listing_that_stays_is_read_once_but_for_its_ends(tmp_path: Path) -> None:
    board = Board(20)
    with standing(board) as site:
        first, _ = heard(site.url, tmp_path)
        reads = list(board.reads)
        second, progress = heard(site.url, tmp_path, full=True)
    assert first.articles == second.articles == 20 and holds(first) and holds(second)
    assert reads == ["/", "/page/7/", *(f"/page/{n}/" for n in range(2, 8)), "/"]
    assert board.reads[len(reads) :] == reads
    assert "listing_shifted" not in progress.events


def test_what_changes_with_every_answer_is_no_shift(tmp_path: Path) -> None:
    board = Board(11)
    board.widget = 2
    with standing(board) as site:
        summary, progress = heard(site.url, tmp_path)
    assert summary.articles == 11 and holds(summary)
    assert board.reads == ["/", "/page/4/", *(f"/page/{n}/" for n in range(2, 5)), "/"]
    assert "listing_shifted" not in progress.events


def test_what_a_withdrawal_moves_between_a_stop_and_its_resumption_is_found(tmp_path: Path) -> None:
    board = Board(20)
    with standing(board) as site:
        stopped = crawl(site.url, tmp_path, limit=4)
        assert board.reads == ["/", "/page/7/", "/page/2/", "/page/3/"] and stopped.exit_code == 14
        board.entries.remove("/tin-20.html")
        summary = crawl(site.url, tmp_path)
    assert set(board.entries) <= articles(summary) and holds(summary) and summary.exit_code == 0
    assert summary.sources["missing"] == [], "what a resumed run does not ask is not missing"


def test_a_listing_that_names_only_its_next_page_is_read_to_its_end(tmp_path: Path) -> None:
    board = Board(14, pager="next")
    board.after = {"/page/2/": lambda b: b.publish(15)}
    with standing(board) as site:
        summary, _ = heard(site.url, tmp_path)
    assert articles(summary) == {f"/tin-{n}.html" for n in range(1, 16)}
    assert board.reads == ["/", *(f"/page/{n}/" for n in range(2, 6)), "/"]


@pytest.mark.parametrize(
    ("url", "first", "number"),
    [
        ("https://city.example/page/12/", "https://city.example/", 12),
        ("https://city.example/tin/page/2", "https://city.example/tin/", 2),
        ("https://city.example/tin?page=3", "https://city.example/tin", 3),
        ("https://city.example/tin?a=1&page=3&b=2", "https://city.example/tin?a=1&b=2", 3),
        ("https://city.example/tin?trang=3&b=2", "https://city.example/tin?b=2", 3),
        ("https://city.example/tin/trang-4.html", "https://city.example/tin", 4),
        ("https://city.example/tin/4", "https://city.example/tin/4", 1),
        (f"https://city.example/page/{'9' * 5000}/", f"https://city.example/page/{'9' * 5000}/", 1),
    ],
)
def test_a_page_of_a_listing_names_its_first_page(url: str, first: str, number: int) -> None:
    assert listing_page(url) == (listing_page(first)[0], number)


def test_the_city_publishes_while_it_is_crawled_and_nothing_is_lost(tmp_path: Path) -> None:
    def publish(number: int, path: str) -> None:
        if number % 5 == 0:
            city.publish()

    with MockCity(articles=24, unpublished=8, sources={"listings"}, on_answer=publish) as city:
        stood = {article["path"] for article in city.truth}
        first = crawl(city.url, tmp_path, requisites=False)
        assert stood <= articles(first) and first.exit_code == 0 and holds(first), first.reason
        city.on_answer = None
        second = crawl(city.url, tmp_path, requisites=False)
    assert not city.unpublished and articles(second) == {article["path"] for article in city.truth}
    assert second.exit_code == 0 and holds(second)
