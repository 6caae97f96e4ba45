"""The sample city with each of its sources switched off in turn: the same articles are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.archive import open_archive
from pipelines.tables import read_table
from tests.mockcity import MockCity
from tests.mockcity.view import SOURCES
from tests.test_run import crawl, holds

ALL = frozenset(("sitemap", "feed", "rest"))


@pytest.mark.parametrize("off", ["sitemap", "feed", "rest"])
def test_without_one_source_every_article_is_found(off: str, tmp_path: Path) -> None:
    with MockCity(sources=SOURCES - {off}) as city:
        summary = crawl(city.url, tmp_path)
        truth = {fact["path"] for fact in city.truth}
    assert summary.exit_code == 0 and holds(summary), summary.reason
    rows = [row for _, row in read_table(Path(summary.archive), "articles")]
    assert {row["url"].removeprefix(city.url[:-1]) for row in rows} >= truth
    assert len(rows) == len(truth)
    kinds = {source.kind for source in open_archive(Path(summary.archive)).portal.sources}
    assert kinds == ALL - {off}
    assert {gap["kind"] for gap in summary.sources["missing"]} == {off}
    assert set(summary.sources["instead"]) == {*ALL - {off}, "links"}


def test_without_any_source_the_links_lead_to_every_article(tmp_path: Path) -> None:
    with MockCity(sources=SOURCES - ALL) as city:
        summary = crawl(city.url, tmp_path)
    assert summary.exit_code == 0 and summary.articles == len(city.truth)
    assert summary.sources["instead"] == ["links"] and summary.sources["used"] == {}
