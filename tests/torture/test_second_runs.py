"""A city of two thousand articles, crawled again: what it costs where nothing happened, and what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mockcity import MockCity
from tests.second_runs import ON, change, crawl
from tests.test_run import holds

ARTICLES = 2000
AT_ONCE = {"everything": "all", "rest": "all"}
"""Where sources tell of everything; elsewhere what is new is found at once, and the rest by a sweep."""


@pytest.mark.parametrize("on", list(ON))
def test_a_second_run_costs_little_and_a_third_finds_what_changed(on: str, tmp_path: Path) -> None:
    with MockCity(articles=ARTICLES, sources=ON[on], unpublished=5) as city:
        first, second = crawl(city, tmp_path), crawl(city, tmp_path)
        assert first.summary.articles == ARTICLES - 5
        assert 50 * len(second.asked) < len(first.asked), "less than 2 %"
        changes = change(city)
        third = crawl(city, tmp_path)
        wanted = changes.all if on in AT_ONCE else set(changes.new)
        assert third.of(wanted) == wanted
        again = {path for path in third.of(first.asked) if path.endswith(".html")}
        assert again <= changes.all, "nothing else is asked"
        if on not in AT_ONCE:
            sweep = crawl(city, tmp_path, full=True)
            assert {*third.asked, *sweep.asked} >= changes.all
    for done in (first, second, third):
        assert done.summary.exit_code == 0 and holds(done.summary), done.summary.reason
