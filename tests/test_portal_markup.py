"""The sample city in its fourth markup, crawled with a zone and no layout: every field right.

That theme was made last and without a look at the reading rules, so its first score says how
reading will do on a portal that nobody here has seen.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from crawler.cli.demo import portal_at
from crawler.run import RunOptions, run
from tests.demo_run import SAID, TRUTH, Demo
from tests.golden import FIELDS
from tests.mockcity import MockCity
from tests.mockcity.truth import WHOLE
from tests.once import once

SLUG = "mockcity-portal"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    output = once(tmp_path_factory, "portal-markup", crawl)
    told = json.loads((output / SAID).read_bytes())
    archive = Path(told["archive"])
    return Demo(archive=archive, told=told, rows=pq.read_table(archive / "articles").to_pylist())


def crawl(output: Path) -> None:
    """A portal that is no WordPress: no REST, no pictures asked for."""
    sources = {"sitemap", "feed", "listings"}
    with MockCity(theme="portal", articles=WHOLE, sources=sources) as city:
        portal = portal_at(city.port, SLUG)
        options = RunOptions(word=SLUG, output=output, allow_loopback=True, portal=portal, requisites=False)
        summary = run(options)
    (output / SAID).write_text(json.dumps(asdict(summary)), "utf-8")


def test_every_article_is_a_row_and_both_sums_hold(city: Demo) -> None:
    assert len(TRUTH) == WHOLE
    city.check_rows()


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_as_the_city_printed_it(field: str, city: Demo) -> None:
    city.check(field)
