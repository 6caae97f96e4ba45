"""The sample city, crawled by the demo command: every article a row, every field right.

The truth is the data that the city's pages are rendered from; it was written
before the reader, by somebody who did not know its rules. The other two themes have
files of their own, so that each is crawled once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator

from pipelines.archive import TABLES, open_archive
from pipelines.warc.reader import read_records
from tests.demo_run import TRUTH, Demo, demo
from tests.golden import FIELDS
from tests.running import citynews, summary


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return demo(tmp_path_factory, "block")


def test_every_article_is_a_row_and_both_sums_hold(city: Demo) -> None:
    assert city.archive.name == "mockcity"
    city.check_rows()


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_as_the_city_printed_it(field: str, city: Demo) -> None:
    city.check(field)


def test_a_second_demo_reports_everything_confirmed(city: Demo, tmp_path: Path) -> None:
    archive = tmp_path / "mockcity"
    shutil.copytree(city.archive, archive)
    again = summary(citynews("demo", "--output", tmp_path, "--json"))
    assert again["exit_code"] == 0
    sums = again["sums"]
    assert sums["pages"]["captured"] == 0
    assert sums["pages"]["confirmed"] == city.told["sums"]["pages"]["captured"] > len(TRUTH)
    assert sums["requisites"]["captured"] == 0
    assert sums["requisites"]["confirmed"] == 1, "robots.txt"
    assert (again["articles"], again["versions"]) == (len(TRUTH), city.told["versions"])
    assert open_archive(archive).portal.seed == city.base, "the same port"


def test_duckdb_pandas_and_polars_read_the_same_rows(city: Demo) -> None:
    pattern = str(city.archive / "articles" / "**" / "*.parquet")
    relation = duckdb.sql(f"select article_id, title, published_at from read_parquet('{pattern}')")
    from_duckdb = {row[0]: row[1] for row in relation.fetchall()}
    frame = pd.read_parquet(city.archive / "articles")
    from_pandas = dict(zip(frame["article_id"], frame["title"], strict=True))
    table = pl.read_parquet(pattern)
    from_polars = dict(zip(table["article_id"].to_list(), table["title"].to_list(), strict=True))
    assert from_duckdb == from_pandas == from_polars
    assert len(frame) == len(from_duckdb) == len(TRUTH)
    assert str(table.schema["published_at"]) == "Datetime(time_unit='us', time_zone='UTC')"
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    assert "TIMESTAMP WITH TIME ZONE" in [str(t) for t in relation.types]


def test_warcio_and_fastwarc_read_every_record(city: Demo) -> None:
    files = sorted(city.archive.glob("warc/*/*.warc.gz"))
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


def test_everything_derived_comes_back_from_the_evidence(city: Demo, tmp_path: Path) -> None:
    archive = tmp_path / "mockcity"
    archive.mkdir()
    shutil.copy(city.archive / "archive.json", archive)
    for truth in ("warc", "manifests"):
        shutil.copytree(city.archive / truth, archive / truth)
    done = citynews("rebuild", "mockcity", "--output", tmp_path)
    assert done.returncode == 0, done.stderr
    for table in TABLES:
        before, after = (pq.read_table(root / table) for root in (city.archive, archive))
        assert after.equals(before, check_metadata=True), table
        assert before.num_rows > 0
    assert citynews("verify", "mockcity", "--output", tmp_path).returncode == 0
