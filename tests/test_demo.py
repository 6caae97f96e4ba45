"""The sample city, crawled by the demo command: every article a row, every field right.

The truth is the data that the city's pages are rendered from; it was written
before the reader, by somebody who did not know its rules.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator

from pipelines.archive import TABLES
from pipelines.warc.reader import read_records
from tests.running import ROOT, citynews, summary

TRUTH_FILE = ROOT / "tests" / "mockcity" / "articles.jsonl"
TRUTH = [json.loads(line) for line in TRUTH_FILE.read_text("utf-8").splitlines()]
IDS = [t["slug"] for t in TRUTH]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    output = tmp_path_factory.mktemp("demo")
    done = citynews("demo", "--output", output, "--json")
    assert done.returncode == 0, done.stderr
    return output / "mockcity", done


@pytest.fixture(scope="module")
def rows(demo: tuple[Path, object]) -> dict[str, dict[str, Any]]:
    found = pq.read_table(demo[0] / "articles").to_pylist()
    by_path = {urlsplit(row["url"]).path: row for row in found}
    assert len(by_path) == len(found), "two rows for one address"
    return by_path


def test_every_article_is_a_row_and_nothing_else_is(rows: dict[str, dict[str, Any]]) -> None:
    assert set(rows) == {t["path"] for t in TRUTH}


@pytest.mark.parametrize("truth", TRUTH, ids=IDS)
@pytest.mark.parametrize(
    "field",
    ["title", "lead", "paragraphs", "byline", "authors", "photo_credits", "source", "sections",
     "tags", "published_raw", "language"],
)  # fmt: skip
def test_a_field_is_as_the_city_printed_it(
    field: str, truth: dict[str, Any], rows: dict[str, dict[str, Any]]
) -> None:
    assert rows[truth["path"]][field] == truth[field]


@pytest.mark.parametrize("truth", TRUTH, ids=IDS)
def test_publication_is_an_instant_a_day_and_a_precision(
    truth: dict[str, Any], rows: dict[str, dict[str, Any]]
) -> None:
    row = rows[truth["path"]]
    assert row["published_at"] == datetime.fromisoformat(truth["published_at"])
    assert str(row["published_date"]) == truth["published_date"]
    assert row["published_precision"] == "minute"
    assert row["published_timezone"] == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize("truth", TRUTH, ids=IDS)
def test_images_have_their_captions_and_credits(
    truth: dict[str, Any], rows: dict[str, dict[str, Any]]
) -> None:
    row = rows[truth["path"]]
    expected = [{**i, "src": urljoin(row["url"], i["src"])} for i in truth["images"]]
    assert row["images"] == expected


@pytest.mark.parametrize("truth", TRUTH, ids=IDS)
def test_links_to_the_original_and_to_files(truth: dict[str, Any], rows: dict[str, dict[str, Any]]) -> None:
    row = rows[truth["path"]]
    original = urljoin(row["url"], truth["original"]) if truth["original"] else None
    assert row["original_url"] == original
    expected = [{"url": urljoin(row["url"], a["path"]), "name": a["name"]} for a in truth["attachments"]]
    assert row["attachments"] == expected


@pytest.mark.parametrize("truth", TRUTH, ids=IDS)
def test_the_last_change_is_the_one_the_page_states(
    truth: dict[str, Any], rows: dict[str, dict[str, Any]]
) -> None:
    expected = datetime.fromisoformat(truth["modified_at"]) if truth["modified_at"] else None
    assert rows[truth["path"]]["modified_at"] == expected


def test_a_republication_is_marked_and_its_original_is_not(rows: dict[str, dict[str, Any]]) -> None:
    by_slug = {t["slug"]: rows[t["path"]] for t in TRUTH}
    for truth in TRUTH:
        original = by_slug[truth["duplicate_of"]]["article_id"] if truth["duplicate_of"] else None
        assert by_slug[truth["slug"]]["duplicate_of"] == original


@pytest.mark.parametrize("truth", TRUTH, ids=IDS)
def test_related_links_are_those_under_their_heading(
    truth: dict[str, Any], rows: dict[str, dict[str, Any]]
) -> None:
    row = rows[truth["path"]]
    expected = [{"url": urljoin(row["url"], r["path"]), "title": r["title"]} for r in truth["related"]]
    assert row["related"] == expected


def test_both_sums_hold(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    sums = summary(demo[1])["sums"]
    for side in ("pages", "requisites"):
        total = sums[side]["known"]
        assert total == sum(count for name, count in sums[side].items() if name != "known")
    coverage = pq.read_table(demo[0] / "coverage").num_rows
    assert sums["pages"]["known"] + sums["requisites"]["known"] == coverage


def test_a_second_demo_reports_everything_confirmed(demo: tuple[Path, object]) -> None:
    before = pq.read_table(demo[0] / "versions").num_rows
    again = summary(citynews("demo", "--output", demo[0].parent, "--json"))
    assert again["exit_code"] == 0
    assert again["sums"]["pages"]["captured"] == 0
    assert again["sums"]["pages"]["confirmed"] > len(TRUTH)
    assert again["sums"]["requisites"]["confirmed"] == 1, "robots.txt"
    assert pq.read_table(demo[0] / "versions").num_rows == before
    assert pq.read_table(demo[0] / "articles").num_rows == len(TRUTH)


def test_duckdb_pandas_and_polars_read_the_same_rows(demo: tuple[Path, object]) -> None:
    pattern = str(demo[0] / "articles" / "**" / "*.parquet")
    relation = duckdb.sql(f"select article_id, title, published_at from read_parquet('{pattern}')")
    from_duckdb = {row[0]: row[1] for row in relation.fetchall()}
    frame = pd.read_parquet(demo[0] / "articles")
    from_pandas = dict(zip(frame["article_id"], frame["title"], strict=True))
    table = pl.read_parquet(pattern)
    from_polars = dict(zip(table["article_id"].to_list(), table["title"].to_list(), strict=True))
    assert from_duckdb == from_pandas == from_polars
    assert len(frame) == len(from_duckdb) == len(TRUTH)
    assert str(table.schema["published_at"]) == "Datetime(time_unit='us', time_zone='UTC')"
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    assert "TIMESTAMP WITH TIME ZONE" in [str(t) for t in relation.types]


def test_warcio_and_fastwarc_read_every_record(demo: tuple[Path, object]) -> None:
    files = sorted(demo[0].glob("warc/*/*.warc.gz"))
    assert files
    for path in files:
        check = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
        done = subprocess.run(check, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        ours = [r.ref.warc_record_id for r in read_records(path)]
        with open(path, "rb") as stream:
            records = ArchiveIterator(stream, parse_http=False, verify_digests=True)
            theirs = [record.record_id.strip("<>") for record in records]
        assert theirs == ours and len(ours) > 100


def test_everything_derived_comes_back_from_the_evidence(demo: tuple[Path, object], tmp_path: Path) -> None:
    archive = tmp_path / "mockcity"
    archive.mkdir()
    shutil.copy(demo[0] / "archive.json", archive)
    for truth in ("warc", "manifests"):
        shutil.copytree(demo[0] / truth, archive / truth)
    done = citynews("rebuild", "mockcity", "--output", tmp_path)
    assert done.returncode == 0, done.stderr
    for table in TABLES:
        before, after = (pq.read_table(root / table) for root in (demo[0], archive))
        assert after.equals(before, check_metadata=True), table
        assert before.num_rows > 0
    assert citynews("verify", "mockcity", "--output", tmp_path).returncode == 0
