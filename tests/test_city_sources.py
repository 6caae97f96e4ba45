"""The whole sample city with each of its sources switched off in turn: the same articles are found.

The summary says what was missing and what was used instead, on a terminal and in ``--json``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli.run_lines import run_lines
from crawler.report import RunSummary
from pipelines.archive import open_archive
from pipelines.tables import read_table
from tests.golden import assert_found
from tests.mockcity import MockCity
from tests.mockcity.truth import WHOLE
from tests.mockcity.view import SOURCES
from tests.test_run import crawl, holds

ALL = ("sitemap", "feed", "rest", "listing")
TOLD = {
    "sitemap": (
        "sources: feed (10 entries), REST (124 entries), listings (38 pages)",
        "  missing: sitemap ({city}/sitemap.xml, /wp-sitemap.xml, /sitemap_index.xml: answers 404)",
        "  used instead: feed, REST, listings, links between pages",
    ),
    "feed": (
        "sources: sitemap (135 entries), REST (124 entries), listings (38 pages)",
        "  missing: feed ({city}/feed/: answers 404)",
        "  used instead: sitemap, REST, listings, links between pages",
    ),
    "rest": (
        "sources: sitemap (135 entries), feed (124 entries), listings (38 pages)",
        "  missing: REST ({city}/wp-json/: answers 404;"
        " /?rest_route=/: answers text/html that lists nothing)",
        "  used instead: sitemap, feed, listings, links between pages",
    ),
    "listing": (
        "sources: sitemap (126 entries), feed (10 entries), REST (124 entries)",
        "  missing: listings (no page that was read lists articles)",
        "  used instead: sitemap, feed, REST, links between pages",
    ),
}
"""What the summary says where one source is off."""


def crawl_without(off: set[str], output: Path) -> tuple[MockCity, RunSummary]:
    """A crawl of the city without some sources, in which every article was found and nothing else."""
    names = {"listings" if name == "listing" else name for name in off}
    with MockCity(sources=SOURCES - names, articles=WHOLE) as city:
        summary = crawl(city.url, output, requisites=False)
    assert summary.exit_code == 0 and holds(summary), summary.reason
    assert_found((row for _, row in read_table(Path(summary.archive), "articles")), city.truth)
    return city, summary


@pytest.mark.parametrize("off", ALL)
def test_without_one_source_every_article_is_found_and_the_summary_says_so(off: str, tmp_path: Path) -> None:
    city, summary = crawl_without({off}, tmp_path)
    kinds = {source.kind for source in open_archive(Path(summary.archive)).portal.sources}
    assert kinds == {"sitemap", "feed", "rest"} - {off}
    told = summary.as_json()["sources"]
    rest = [name for name in ALL if name != off]
    assert list(told["used"]) == rest
    assert {gap["kind"] for gap in told["missing"]} == {off}
    assert told["instead"] == [*rest, "links"]
    lines = [f"  {line.format(city=city.url[:-1])}" for line in TOLD[off]]
    assert [line for line in run_lines(summary) if line in lines] == lines


def test_with_listings_alone_every_article_is_found(tmp_path: Path) -> None:
    _, summary = crawl_without({"sitemap", "feed", "rest"}, tmp_path)
    assert list(summary.sources["used"]) == ["listing"]
    assert summary.sources["instead"] == ["listing", "links"]
