"""The English town, crawled by its address alone: with only a feed, only a sitemap, neither.

No file says anything of it beforehand. Every article is found and every field right,
whatever it offers, and nothing else is a row.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crawler.run import RunOptions, run
from pipelines.archive import open_archive
from tests.golden import FIELDS, assert_found, assert_same, printed, read
from tests.mocktown import MockTown, load_articles
from tests.once import once

TRUTH = load_articles()
OFFERS = {"feed": {"feed"}, "sitemap": {"sitemap"}, "neither": set[str]()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """One crawl of it."""

    offer: str
    base: str
    told: dict[str, Any] = field(repr=False)
    rows: list[dict[str, Any]] = field(repr=False)


@pytest.fixture(scope="module", params=list(OFFERS))
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A crawl as ``citynews crawl ADDRESS --allow-loopback`` makes it."""
    offer = request.param
    output = once(tmp_path_factory, f"town-{offer}", lambda folder: crawl(folder, offer))
    told = json.loads((output / "said.json").read_bytes())
    root = Path(told["archive"])
    rows = pq.read_table(root / "articles").to_pylist()
    return Town(offer=offer, base=open_archive(root).portal.seed, told=told, rows=rows)


def crawl(output: Path, offer: str) -> None:
    with MockTown(sources=OFFERS[offer]) as town:  # type: ignore[arg-type]
        summary = run(RunOptions(word=town.url, output=output, allow_loopback=True))
    (output / "said.json").write_text(json.dumps(asdict(summary)), "utf-8")


def test_every_article_is_captured_and_known_how_it_was_found(town: Town) -> None:
    """What finding owes, whatever reading makes of it."""
    known = {row["url"]: row for row in pq.read_table(Path(town.told["archive"]) / "coverage").to_pylist()}
    rows = [known.get(town.base.rstrip("/") + article["path"]) for article in TRUTH]
    assert {row and row["verdict"] for row in rows} == {"captured"}
    assert all(row and row["found_by"] and row["found_on"] for row in rows)
    assert not OFFERS[town.offer] or any(row and town.offer in row["found_by"] for row in rows)


def test_every_article_is_found_and_nothing_else_is_a_row(town: Town) -> None:
    assert town.told["exit_code"] == 0, town.told["reason"]
    assert_found(town.rows, TRUTH)


def test_both_sums_hold_and_the_summary_says_what_was_used(town: Town) -> None:
    for side in town.told["sums"].values():
        assert side["known"] == sum(count for name, count in side.items() if name != "known")
    sources = town.told["sources"]
    assert set(sources["used"]) == OFFERS[town.offer] | {"listing"}
    assert {gap["kind"] for gap in sources["missing"]} == {"sitemap", "feed", "rest"} - OFFERS[town.offer]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_as_the_town_printed_it(name: str, town: Town) -> None:
    assert_same(read(name, town.rows), printed(name, TRUTH, town.base))
