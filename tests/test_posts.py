"""REST answers whose pages shift, fail, or give fewer posts than they state."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.run import RunOptions, RunSummary, run
from pipelines.tables import read_table
from tests.site import Answer, serve
from tests.test_run import Heard, holds, news, page

PER_PAGE = 3


class Posts(dict[str, Answer]):
    """The answers of a site whose articles only REST lists, three to a page, oldest first."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.entries = list(range(1, count + 1))
        self.base = ""
        self.broken = 0
        """The page that answers 500."""
        self.hidden: set[int] = set()
        """Posts that are counted and not listed."""
        self.after: dict[int, Callable[[Posts], object]] = {}
        """What happens, once, after a page was read."""
        self.reads: list[int] = []

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        if path == "/":
            link = f'<{self.base}wp-json/>; rel="https://api.w.org/"'
            return Answer(body=page("/gioi-thieu/").body, headers=(("Link", link),))
        if path == "/wp-json/":
            return _json({"name": "Cổng", "namespaces": ["wp/v2"]})
        if path.startswith("/wp-json/wp/v2/posts"):
            return self.posts(int(path.rpartition("=")[2]))
        number = re.fullmatch(r"/tin-(\d+)\.html", path)
        if number is None or int(number[1]) not in self.entries:
            return default
        return news(f"Đo lại cao độ đường số {number[1]} ở phường Bến Gỗ", int(number[1]))

    def posts(self, number: int) -> Answer:
        self.reads.append(number)
        shown = self.entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        pages = -(-len(self.entries) // PER_PAGE)
        if number == self.broken:
            return Answer(status=500)
        if not shown:
            return _json({"code": "rest_post_invalid_page_number"}, status=400)
        given = [
            {"link": f"{self.base}tin-{n}.html", "title": {"rendered": "Tin"}, "date": "2021-10-13T17:46:00"}
            for n in shown
            if n not in self.hidden
        ]
        totals = (("X-WP-Total", str(len(self.entries))), ("X-WP-TotalPages", str(pages)))
        self.after.pop(number, lambda posts: None)(self)
        return _json(given, headers=totals)


def _json(value: object, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    body = json.dumps(value).encode()
    return Answer(body=body, status=status, content_type="application/json", headers=headers)


def crawl(posts: Posts, output: Path) -> tuple[RunSummary, Heard, set[int]]:
    heard = Heard()
    with serve({}) as site:
        posts.base, site.answers = site.url, posts
        summary = run(RunOptions(word=site.url, output=output, allow_loopback=True), heard)
    rows = [row["url"] for _, row in read_table(Path(summary.archive), "articles")]
    return summary, heard, {int(url.rpartition("-")[2][:-5]) for url in rows}


def test_posts_published_while_they_are_paged_are_found_behind_the_others(tmp_path: Path) -> None:
    posts = Posts(8)
    posts.after = {1: lambda p: p.entries.append(9), 3: lambda p: p.entries.append(10)}
    summary, heard, found = crawl(posts, tmp_path)
    assert found == set(range(1, 10)), "the tenth is published after the last page was read"
    assert posts.reads == [1, 2, 3] and "posts_shifted" not in heard.events
    assert summary.exit_code == 0 and holds(summary), summary.reason


@pytest.mark.parametrize(
    ("count", "after", "gone", "reads"),
    [
        (10, 2, 1, [1, 2, 3, 4, 2]),  # of the first page, before the third is read
        (10, 1, 9, [1, 2, 3, 4, 1]),  # of a page not yet read: nothing is lost by it
        (7, 2, 5, [1, 2, 3, 2]),  # the page after it is gone by that
    ],
)
def test_a_post_that_a_withdrawal_pulls_back_is_found(
    count: int, after: int, gone: int, reads: list[int], tmp_path: Path
) -> None:
    posts = Posts(count)
    posts.after = {after: lambda p: p.entries.remove(gone)}
    summary, heard, found = crawl(posts, tmp_path)
    assert found == set(posts.entries) and summary.exit_code == 0 and holds(summary), summary.reason
    assert sorted(posts.reads) == sorted(reads) and "posts_shifted" in heard.events


def test_a_page_of_posts_that_fails_keeps_nobody_from_the_others_and_is_told(tmp_path: Path) -> None:
    posts = Posts(8)
    posts.broken = 2
    summary, _, found = crawl(posts, tmp_path)
    assert found == {1, 2, 3, 7, 8}
    told = [m["why"] for m in summary.sources["missing"] if m["kind"] == "rest"]
    assert told == ["answers 500", "it lists 5 of the 8 that it states"]


def test_fewer_posts_than_are_stated_are_noticed(tmp_path: Path) -> None:
    posts = Posts(8)
    posts.hidden = {4}
    summary, _, found = crawl(posts, tmp_path)
    assert found == {1, 2, 3, 5, 6, 7, 8} and posts.reads == [1, 2, 3]
    assert summary.sources["used"]["rest"] == {"answers": 4, "entries": 7, "stated": 8}
    assert {"kind": "rest", "url": None, "why": "it lists 7 of the 8 that it states"} in summary.sources[
        "missing"
    ]
