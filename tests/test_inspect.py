"""Look-ups: an address, an article, a file."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from crawler.cli.explained import CAPTURES, lines
from pipelines.archive import Portal
from pipelines.errors import UsageError
from pipelines.inspect import inspect_article, inspect_file, inspect_url, is_article_id
from tests.running import assert_one_sentence, citynews
from tests.small_archive import SITE, SmallArchive, answer, page, redirect, small_archive


@pytest.fixture
def a(tmp_path: Path) -> SmallArchive:
    made = small_archive(tmp_path)
    made.crawl(
        ("/tin.html", answer(page("Một tin"))),
        ("/cu", redirect("/tin.html")),
        ("/rong.html", answer("<html><body><p>Trống.</p></body></html>".encode())),
    )
    return made


def test_an_address_in_another_spelling(a: SmallArchive) -> None:
    told = inspect_url(a.archive, "https://www.tin.example.vn/tin.html?utm_source=x")
    json.dumps(told)
    assert [f["verdict"] for f in told["fate"]] == ["captured"]
    assert told["reading"]["title"] == "Một tin"
    assert told["reading"]["rules"]["title"]
    assert told["fate"][0]["article_id"] == a.rows("articles")[0]["article_id"]


def test_why_an_address_was_asked_is_said_whole(a: SmallArchive) -> None:
    told = inspect_url(a.archive, f"{SITE}/tin.html")
    said = [line.strip() for line in lines({"fate": told["fate"]}, 60)]
    assert all(why in " ".join(said) for why in told["fate"][0]["why"])


def test_of_many_captures_the_first_and_the_newest_are_shown() -> None:
    many = [{"captured_at": f"day {n}"} for n in range(365)]
    shown = "\n".join(lines({"url": SITE, "captures": many}, 80))
    assert "day 0\n" in shown and "day 364" in shown and shown.count("day ") == CAPTURES
    assert f"and {365 - CAPTURES} more between these; --json shows them" in shown


def test_the_shell_line_shows_the_record(a: SmallArchive) -> None:
    told = inspect_url(a.archive, f"{SITE}/tin.html")
    shown = subprocess.run(told["custody"]["shell"], shell=True, capture_output=True, check=True).stdout
    assert shown.startswith(b"WARC/1.1\r\n")
    assert page("Một tin") in shown


def test_custody_leads_from_the_row_to_the_manifest(a: SmallArchive) -> None:
    (row,) = a.rows("articles")
    told = inspect_article(a.archive, row["article_id"])
    assert told["article"]["row_sha256"] == row["row_sha256"]
    assert [v["version"] for v in told["versions"]] == [1]
    assert set(told["addresses"]) == {f"{SITE}/tin.html", f"{SITE}/cu"}
    custody = told["custody"]
    stored = (a.root / custody["file"]["path"]).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == custody["file"]["sha256"]
    manifest = (a.root / custody["manifest"]["path"]).read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == custody["manifest"]["sha256"]


def test_a_page_without_an_article_gives_its_rejection(a: SmallArchive) -> None:
    told = inspect_url(a.archive, f"{SITE}/rong.html")
    assert told["reading"]["kind"] == "rejection"
    assert told["reading"]["reason"]


def test_what_is_not_archived_is_said_so(a: SmallArchive) -> None:
    with pytest.raises(UsageError, match="not in the archive"):
        inspect_url(a.archive, f"{SITE}/nie-gesehen")
    with pytest.raises(UsageError, match="no article"):
        inspect_article(a.archive, "0" * 32)


def test_a_table_that_was_deleted_is_said_so_and_not_that_the_article_is_unknown(a: SmallArchive) -> None:
    (table,) = a.root.glob("articles/*/*.parquet")
    table.unlink()
    done = citynews("inspect", "0" * 32, "--output", a.root.parent)
    assert done.returncode == 20
    assert "run rebuild" in assert_one_sentence(done) and "articles.parquet" in done.stderr


def test_the_evidence_of_an_unhealthy_run_is_found(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/bao-tri", answer(b"<html><title>x</title></html>")))
    told = inspect_url(a.archive, f"{SITE}/bao-tri")
    assert told["captures"][0]["status"] == 200


def test_a_page_in_a_file(tmp_path: Path) -> None:
    portal = Portal(slug="ha-noi", seed=SITE, scope=(), zone="Asia/Ho_Chi_Minh")
    path = tmp_path / "trang.html"
    path.write_bytes(page("Một tin"))
    told = inspect_file(path, url=f"{SITE}/tin.html", portal=portal)
    assert told["reading"]["published_at"] == "2021-10-13T10:46:00.000000Z"
    packed = tmp_path / "trang.html.gz"
    packed.write_bytes(gzip.compress(page("Một tin")))
    assert inspect_file(packed)["reading"]["title"] == "Một tin"


def test_a_warc_file(a: SmallArchive) -> None:
    (path,) = a.archive.warc.rglob("*.gz")
    told = inspect_file(path, portal=a.archive.portal)
    assert [r["kind"] for r in told["readings"]] == ["article", "rejection"]


def test_a_warc_file_without_compression_is_not_called_damaged(a: SmallArchive) -> None:
    (path,) = a.archive.warc.rglob("*.gz")
    plain = a.archive.root / "plain.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    with pytest.raises(UsageError, match="not compressed"):
        inspect_file(plain)


def test_an_unreadable_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        inspect_file(tmp_path / "gibt-es-nicht.html")
    with pytest.raises(UsageError):
        inspect_file(tmp_path)


def test_words() -> None:
    assert is_article_id("0123456789abcdef" * 2)
    assert not is_article_id("0123456789ABCDEF" * 2)
