"""Old articles that a city takes over from an older site: they stand far down in every list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from pipelines.tables import read_table
from tests.mockcity import MockCity
from tests.test_run import crawl
from tests.year.script import visit


@pytest.mark.parametrize(("sources", "full"), [(("rest", "sitemap"), False), (("listings",), True)])
def test_what_is_backdated_is_found(sources: tuple[str, ...], full: bool, tmp_path: Path) -> None:
    with MockCity(articles=34, unpublished=4, sources=sources) as city:
        with time_machine.travel(visit(0), tick=True):
            crawl(city.url, tmp_path, requisites=False)
        city.now = visit(1) - timedelta(hours=5)
        old = [city.publish(datetime(2018, 6, day, 3, 0, tzinfo=UTC)) for day in (1, 2, 3)]
        with time_machine.travel(visit(1), tick=True):
            summary = crawl(city.url, tmp_path, requisites=False, full=full)
    assert summary.exit_code == 0, summary.reason
    titles = {row["title"] for _, row in read_table(Path(summary.archive), "articles")}
    assert {article["title"] for article in old if article} <= titles and summary.articles == 33
    events = [row for _, row in read_table(Path(summary.archive), "events") if row["seen_at"] > visit(1)]
    assert [row["kind"] for row in events] == ["published"] * 3


def test_one_that_comes_back_hides_none_that_vanishes(tmp_path: Path) -> None:
    with MockCity(sources=("rest",)) as city:
        first, second = (article["path"] for article in city.truth[:2])

        def visited(day: int) -> None:
            city.now = visit(day) - timedelta(hours=1)
            with time_machine.travel(visit(day), tick=True):
                assert crawl(city.url, tmp_path, requisites=False).exit_code == 0

        visited(0)
        city.withdraw(first)
        for day in (1, 2, 3):
            visited(day)
        city.now = visit(4) - timedelta(hours=5)
        city.restore(first)
        city.withdraw(second)
        asked = len(city.log)
        visited(4)
        targets = [target for _, target in city.requests[asked:]]
    assert {first, second} <= set(targets), "as many posts as before, but not the same"
