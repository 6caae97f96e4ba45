"""What others captured, imported, gives the articles that our own crawl of the same city gives."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.archive import create, open_archive
from pipelines.warc.reader import read_records
from tests.foreign_warcs import Given, browsertrix, common_crawl, heritrix
from tests.golden import FIELDS
from tests.mockcity import MockCity
from tests.once import once
from tests.running import assert_one_sentence, citynews, summary
from tests.site import Answer, serve
from tests.small_archive import answer, page

RECORDER = """
import sys
from warcio.capture_http import capture_http
from urllib.request import urlopen
with capture_http(sys.argv[1], warc_version="1.1"):
    for url in sys.argv[2:]:
        urlopen(url).read()
"""
MADE = ("wget", "recorder", "browsertrix", "heritrix", "common-crawl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A city, crawled by us and by others."""

    folder: Path
    address: str

    @property
    def slug(self) -> str:
        return self.address.removeprefix("http://").rstrip("/").replace(":", "-")

    @property
    def own(self) -> Path:
        return self.folder / "own" / self.slug

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.warc.gz"


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Captured:
    """Made once; nobody may write there."""
    folder = once(tmp_path_factory, "import-captured", _capture)
    return Captured(folder=folder, address=(folder / "address").read_text())


def _capture(folder: Path) -> None:
    with MockCity() as city:
        (folder / "address").write_text(city.url)
        done = citynews("crawl", city.url, "--allow-loopback", "--output", folder / "own")
        assert done.returncode == 0, done.stderr
        wget = ["wget", "-q", "--mirror", "--page-requisites", "--level=inf", "--no-directories"]
        subprocess.run([*wget, f"--warc-file={folder}/wget", f"-P{folder}/saved", city.url], timeout=60)
        captured = Captured(folder=folder, address=city.url)
        pages = [g.url for g in _given(captured) if ("Content-Type", "text/html; charset=UTF-8") in g.head[1]]
        recorder = [sys.executable, "-c", RECORDER, folder / "recorder.warc.gz", *pages]
        subprocess.run(recorder, check=True, timeout=60)
    answers = _given(captured)
    browsertrix(captured.file("browsertrix"), answers)
    heritrix(captured.file("heritrix"), answers)
    common_crawl(captured.file("common-crawl"), answers)


def _given(captured: Captured) -> list[Given]:
    """The answers of our own crawl."""
    return [
        Given(url=record.target_uri or "", at=record.date, response=record.block)
        for path in sorted(captured.own.glob("warc/*/*.warc.gz"))
        for record in read_records(path)
        if record.type == "response" and b" 200 " in record.block[:20]
    ]


def rows(root: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(root / table).to_pylist()
    return found


def articles(root: Path) -> dict[str, dict[str, Any]]:
    """What every article says, by its address."""
    return {row["url"]: {name: row[name] for name in FIELDS} for row in rows(root, "articles")}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("made", MADE)
def test_what_others_captured_gives_the_articles_of_our_own_crawl(
    captured: Captured, tmp_path: Path, made: str
) -> None:
    file = captured.file(made)
    create(tmp_path, open_archive(captured.own).portal, now=datetime.now(UTC))
    done = citynews("import", captured.slug, file, "--output", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    told = summary(done)
    root = tmp_path / captured.slug
    assert articles(root) == articles(captured.own)
    assert (root / told["files"][0]["path"]).read_bytes() == file.read_bytes()
    assert told["files"][0]["wrong_digests"] == 0
    (manifest,) = (json.loads(p.read_bytes()) for p in root.glob("manifests/*.json"))
    first, own = manifest["files"]
    assert manifest["kind"] == "import" and "origin" not in own
    assert first["origin"] == {"name": file.name, "bytes": file.stat().st_size, "sha256": sha256(file)}
    for part in told["sums"].values():
        assert part["known"] == sum(count for name, count in part.items() if name != "known")
    verified = citynews("verify", captured.slug, "--output", tmp_path)
    assert verified.returncode == 0, verified.stdout


def test_a_crawl_goes_on_from_what_was_imported(tmp_path: Path) -> None:
    cu, moi = page("Cầu cũ được sửa"), page("Trường mới khai giảng")
    home = b"<html><body><a href='/cu.html'>Tin</a> <a href='/moi.html'>Tin</a></body></html>"
    answers = {"/": Answer(body=home), "/cu.html": Answer(body=cu), "/moi.html": Answer(body=moi)}
    with serve(answers) as site:
        then = datetime(2024, 5, 4, 3, 2, 1, tzinfo=UTC)
        known = {"cu.html": cu, "moi.html": page("Trường mới đang xây"), "mat.html": page("Chợ nổi đã dời")}
        given = [Given(url=site.url + path, at=then, response=answer(body)) for path, body in known.items()]
        file = heritrix(tmp_path / "x.warc.gz", given)
        where = ("--output", tmp_path / "out")
        assert citynews("import", site.url, file, *where).returncode == 0
        crawl = ("crawl", site.url, "--allow-loopback", *where, "--json")
        told = summary(citynews(*crawl))
        assert told["exit_code"] == 0
        root = tmp_path / "out" / site.slug
        coverage = {row["url"].removeprefix(site.url): row for row in rows(root, "coverage")}
        assert {path: coverage[path]["verdict"] for path in known} == {
            "cu.html": "confirmed", "moi.html": "captured", "mat.html": "captured",
        }  # fmt: skip
        assert coverage["mat.html"]["found_by"] == ["import"]
        titles = {(row["title"], row["version"]) for row in rows(root, "articles")}
        assert titles == {("Cầu cũ được sửa", 1), ("Trường mới khai giảng", 2), ("Chợ nổi đã dời", 1)}
        own = [r for r in rows(root, "captures") if r["captured_at"] > then]
        assert {r["record_type"] for r in own} == {"response"}, "nothing refers to what others captured"
        assert summary(citynews(*crawl, "--full"))["exit_code"] == 0
        again = [r for r in rows(root, "captures") if r["record_type"] == "revisit"]
        assert site.url + "cu.html" in {r["url"] for r in again}
        verified = citynews("verify", site.slug, *where)
        assert verified.returncode == 0, verified.stdout
        status = citynews("status", site.slug, *where).stdout
        assert status.count("  import ") == 1 and status.count("  run ") == 2


def test_an_address_makes_the_archive_and_a_name_needs_one(captured: Captured, tmp_path: Path) -> None:
    file, key = captured.file("heritrix"), tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    missing = citynews("import", captured.slug, file, "--output", tmp_path)
    assert missing.returncode == 4 and captured.slug in assert_one_sentence(missing)
    wrong = citynews("import", captured.slug, tmp_path / "none", "--output", tmp_path, "--json")
    assert wrong.returncode == 4 and summary(wrong)["exit_code"] == 4
    made = citynews("import", captured.address, file, "--output", tmp_path, "--sign-key", key)
    assert made.returncode == 0, made.stderr
    assert "heritrix.warc.gz: " in made.stdout and ", signed" in made.stdout
    again = citynews("import", captured.slug, file, "--output", tmp_path)
    assert again.returncode == 0 and "nothing new to import" in again.stdout
    verified = citynews("verify", captured.slug, "--pubkey", f"{key}.pub", "--output", tmp_path)
    assert verified.returncode == 0, verified.stdout
