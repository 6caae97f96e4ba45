"""Rows and Parquet: schema, order, digests, and that everybody's reader reads them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines import tables
from pipelines.archive import TABLES
from pipelines.manifest import read_chain
from pipelines.model import Article
from pipelines.row_sum import changed_sum, digest_of_sum, logical_digest, sum_of_rows
from pipelines.rows import SCHEMA_VERSION, ArticleRow, CoverageRow, columns
from pipelines.tables import Placed, in_order, read_file, schema, write_table
from tests.running import ROOT
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, small_archive


@pytest.fixture
def filled(tmp_path: Path) -> SmallArchive:
    a = small_archive(tmp_path)
    a.crawl(
        ("/mot.html", answer(page("Một", ("Đoạn riêng của bài một về cây xanh.", *BODY)))),
        ("/hai.html", answer(page("Hai", date="Thứ Hai, 11/10/2021 09:05"))),
    )
    return a


def test_every_field_of_an_article_is_a_column() -> None:
    assert {f.name for f in fields(Article)} <= set(columns(ArticleRow))


def test_types_are_the_documented_ones() -> None:
    types = {f.name: str(f.type) for f in schema("articles")}
    assert types["published_at"] == "timestamp[us, tz=UTC]"
    assert types["published_date"] == "date32[day]"
    assert types["version"] == types["warc_record_offset"] == "int64"
    assert types["paragraphs"] == "list<element: string not null>"
    rule = "struct<field: string not null, rule: string not null>"
    assert types["provenance"] == f"list<element: {rule} not null>"
    assert "archived_month" not in types, "it stands in the path only"
    assert schema("articles").names == schema("versions").names


def test_all_tables_have_a_file_with_the_whole_schema(filled: SmallArchive) -> None:
    for table in TABLES:
        (path,) = (filled.root / table).rglob("*.parquet")
        assert path.relative_to(filled.root).as_posix() == f"{table}/archived_month=2026-03/{table}.parquet"
        stored = pq.read_schema(path)
        assert stored.equals(schema(table))
        assert stored.metadata[b"citynews.schema"] == str(SCHEMA_VERSION).encode()
        assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD" or not (
            pq.ParquetFile(path).metadata.num_rows
        )


def test_row_digest_by_hand(filled: SmallArchive) -> None:
    """RULES: canonical JSON of all columns but eight, instants as integer microseconds."""
    (path,) = (filled.root / "articles").rglob("*.parquet")
    for row in pq.read_table(path, partitioning=None).to_pylist():
        left_out = "article_id version first_captured_at last_captured_at canonical_url duplicate_of crawl_id"
        values = {k: v for k, v in row.items() if k not in (*left_out.split(), "row_sha256")}
        for name, value in values.items():
            if isinstance(value, datetime):
                values[name] = round((value - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 10**6
            elif isinstance(value, date):
                values[name] = value.isoformat()
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == row["row_sha256"]


def test_duckdb_pandas_and_polars_read_articles(filled: SmallArchive) -> None:
    root = filled.root / "articles"
    glob = f"{root}/**/*.parquet"
    wanted = "title, published_at, archived_month, len(paragraphs)"
    told = duckdb.sql(f"select {wanted} from read_parquet('{glob}') order by title").fetchall()
    assert [(t[0], str(t[2]), t[3]) for t in told] == [("Hai", "2026-03", 3), ("Một", "2026-03", 4)]
    assert told[0][1].astimezone(UTC) == datetime(2021, 10, 11, 2, 5, tzinfo=UTC)
    frame = pd.read_parquet(root)
    assert list(frame["title"]) == ["Hai", "Một"]
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    polar = pl.read_parquet(glob, hive_partitioning=True)
    assert polar["title"].to_list() == ["Hai", "Một"]
    assert polar.schema["published_at"] == pl.Datetime("us", "UTC")
    assert len(frame) == len(polar) == polar["article_id"].n_unique() == 2


def test_readers_take_empty_tables(filled: SmallArchive) -> None:
    root = filled.root / "rejections"
    assert duckdb.sql(f"select count(*) from read_parquet('{root}/**/*.parquet')").fetchall() == [(0,)]
    assert len(pd.read_parquet(root)) == len(pl.read_parquet(f"{root}/**/*.parquet")) == 0


def test_rows_are_sorted_by_publication_none_last(filled: SmallArchive) -> None:
    (path,) = (filled.root / "articles").rglob("*.parquet")
    row = ArticleRow(**pq.read_table(path, partitioning=None).to_pylist()[0])
    noon = datetime(2021, 10, 13, 5, tzinfo=UTC)

    def at(key: str, day: date | None, instant: datetime | None) -> Placed:
        changed = replace(row, article_id=key, published_date=day, published_at=instant)
        return Placed(month="2026-03", row=changed)

    mixed = [
        at("e", None, None), at("d", date(2021, 10, 13), None), at("c", date(2021, 10, 13), noon),
        at("a", date(2021, 10, 14), noon), at("b", date(2021, 10, 13), noon),
    ]  # fmt: skip
    assert [p.row.article_id for p in in_order("articles", mixed)] == ["b", "c", "d", "a", "e"]


def _coverage(number: int) -> Placed:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    row = CoverageRow(
        portal="x", url=f"{SITE}/{number:04}", url_key="k", kind="page", verdict="captured", reason=None,
        found_by=(), found_on=None, first_seen=moment, asked_at=None, next_due=None, record=None,
        robots_record=None, article_id=None, crawl_id="r",
    )  # fmt: skip
    return Placed(month="2026-03", row=row)


def test_the_order_in_which_rows_come_changes_no_byte(tmp_path: Path) -> None:
    rows = [_coverage(n) for n in range(50)]
    one = write_table(tmp_path / "a", "coverage", rows, "2026-01")
    two = write_table(tmp_path / "b", "coverage", rows[::-1], "2026-01")
    assert one == two


def test_large_partitions_are_split_and_keep_their_logical_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [_coverage(n) for n in range(25)]
    whole = write_table(tmp_path / "a", "coverage", rows, "2026-01")
    monkeypatch.setattr(tables, "ROWS_PER_FILE", 10)
    split = write_table(tmp_path / "b", "coverage", rows, "2026-01")
    assert [f.rows for f in split.files] == [10, 10, 5]
    assert split.logical_sha256 == whole.logical_sha256
    assert logical_digest(tables.read_table(tmp_path / "b", "coverage")) == whole.logical_sha256


def test_a_logical_digest_by_hand(filled: SmallArchive) -> None:
    """RULES: the sum of all rows' lines through SHAKE-128, so that no order and no history is in it."""
    total = 0
    for path in (filled.root / "captures").rglob("*.parquet"):
        for row in pq.read_table(path, partitioning=None).to_pylist():
            named = {**row, "archived_month": path.parent.name[-7:]}
            named["captured_at"] = round((row["captured_at"].timestamp()) * 10**6)
            text = json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            total += int.from_bytes(hashlib.shake_128(text.encode()).digest(512), "big")
    by_hand = hashlib.sha256((total % 2**4096).to_bytes(512, "big")).hexdigest()
    assert by_hand == read_chain(filled.archive)[-1].manifest.tables["captures"].logical_sha256


def test_rows_are_taken_out_of_a_sum_and_put_into_it(tmp_path: Path) -> None:
    rows = [("2026-03", {"url": f"{SITE}/{n}"}) for n in range(9)]
    changed = changed_sum(sum_of_rows(rows[:6]), out=rows[:2], into=rows[6:])
    assert digest_of_sum(changed) == logical_digest(rows[:1:-1])
    assert len({logical_digest(rows), logical_digest(rows[1:]), logical_digest([*rows, rows[0]])}) == 3
    assert logical_digest([("2026-04", rows[0][1])]) != logical_digest(rows[:1])


def test_no_rows_make_one_file_in_the_month_of_creation(tmp_path: Path) -> None:
    facts = write_table(tmp_path, "links", [], "2026-01")
    assert [f.path for f in facts.files] == ["links/archived_month=2026-01/links.parquet"]
    assert facts.rows == 0


def test_arrow_and_parquet_keep_no_memory_of_their_own() -> None:
    code = "import pipelines.inspect, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    bare = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    asked = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=bare, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "system"


def test_page_checksums_catch_a_flipped_data_byte(filled: SmallArchive, tmp_path: Path) -> None:
    (path,) = (filled.root / "articles").rglob("*.parquet")
    good = path.read_bytes()
    rows = read_file(path)
    start = pq.ParquetFile(path).metadata.row_group(0).column(5).data_page_offset
    broken = tmp_path / "broken.parquet"
    silent = 0
    for offset in range(start, start + 60):
        broken.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        try:
            silent += read_file(broken) != rows
        except (OSError, pa.ArrowException):
            continue
    assert silent == 0
