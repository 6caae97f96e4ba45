"""The pages "Your city" and "From cron" are followed, with the sample city in the place of city.example."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.mockcity import MockCity
from tests.running import ROOT, argv, environment
from tests.test_docs import blocks

PAGE = (ROOT / "docs/your-city.md").read_text("utf-8")
CRON = (ROOT / "docs/cron.md").read_text("utf-8")
ADDRESS, NAME = "https://city.example/", "city.example"
LOOPBACK = "CITYNEWS_ALLOW_LOOPBACK"


class Reader:
    """Somebody who follows the page, in a folder of their own."""

    def __init__(self, folder: Path, city: MockCity) -> None:
        self.folder, self.city = folder, city
        self.output = folder / "output"
        self.name = f"127.0.0.1-{city.port}"

    def here(self, text: str) -> str:
        """What the page says, for the city that is here."""
        return text.replace(ADDRESS, self.city.url).replace(NAME, self.name)

    def run(self, line: str) -> str:
        done = subprocess.run(
            argv(*shlex.split(self.here(line))[1:]),
            cwd=self.folder,
            env=environment(PYTHONPATH=str(ROOT), CITYNEWS_OUTPUT=str(self.output), **{LOOPBACK: "1"}),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        return done.stdout

    def cron(self, output: Path) -> subprocess.CompletedProcess[str]:
        """Run the line of the page about cron as cron does: /bin/sh, an empty environment."""
        (line,) = re.findall(r"^\d+ \d+ \* \* \*\s+(\S+/citynews .+)$", CRON, re.M)
        assert "%" not in line  # which is a line break in a crontab
        starter = f"{shlex.quote(sys.executable)} -m crawler.cli"
        line = self.here(line).replace("/srv/citynews/citynews", starter).replace("/data/news", str(output))
        bare = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), LOOPBACK: "1"}
        return subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, env=bare, capture_output=True, text=True)


def lines(verb: str, page: str = PAGE) -> list[str]:
    return [line for line in blocks(page, "sh") if line.startswith(f"./citynews {verb} ")]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """After the first crawl by address."""
    with MockCity(sources=("sitemap", "feed", "listings")) as city:
        reader = Reader(tmp_path_factory.mktemp("new-user"), city)
        (first,) = lines("crawl")
        assert "complete" in reader.run(first)
        yield reader


def test_the_summary_of_the_page_is_made_of_the_words_of_a_real_one(reader: Reader) -> None:
    shown = re.search(r"^```\ncity\.example: run .*?^```", PAGE, re.S | re.M)
    assert shown is not None
    log = json.loads(next(reader.output.glob("*/runs/*/run.json")).read_text("utf-8"))
    for word in ("captured", "confirmed", "not due", "excluded", "failed", "pending"):
        assert shown[0].count(f" {word}") == 2
        assert f"| {word} |" in PAGE
    assert set(log["sums"]) == {"pages", "requisites"}
    real = reader.run(f"./citynews status {NAME}")
    labels = re.findall(r"^  ([a-z][a-z .]*):", shown[0], re.M)
    assert len(labels) == 8
    for label in set(labels) - {"the archive now", "events"}:
        assert f"  {label}:" in real


@pytest.mark.parametrize("line", blocks(PAGE, "python"))
def test_the_lines_of_duckdb_read_the_archive(
    line: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reader.folder)
    assert eval(reader.here(line), {"duckdb": duckdb}).fetchall()


@pytest.mark.parametrize("verb", ["inspect", "status"])
def test_the_commands_of_the_page_run(verb: str, reader: Reader) -> None:
    (line,) = lines(verb)
    article = reader.city.url + reader.city.truth[0]["slug"] + ".html"
    told = reader.run(re.sub(rf"{ADDRESS}\S+", article, line))
    assert {"inspect": "title: ", "status": "answer key: agrees"}[verb] in told


@pytest.mark.parametrize("verb", ["schedule", "status", "verify"])
def test_the_commands_of_the_page_about_cron_run(verb: str, reader: Reader) -> None:
    for line in lines(verb, CRON):
        told = reader.run(line.replace("/data/news", str(reader.output)))
        assert {"schedule": f" crawl {NAME}", "status": NAME, "verify": "VERIFIED"}[verb].replace(
            NAME, reader.name
        ) in told


def test_an_edit_counts_from_the_run_that_cron_starts_and_reads_all_again(reader: Reader) -> None:
    path = reader.output / reader.name / "archive.json"
    identity = json.loads(path.read_text("utf-8"))
    assert identity["portal"]["zone"] is None
    identity["portal"] |= {"zone": "Asia/Ho_Chi_Minh", "delay_ms": 1, "detected_at": None, "sources": []}
    path.write_text(json.dumps(identity), "utf-8")
    silent = reader.cron(reader.output)
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "", "")
    assert "health: good" in reader.run(f"./citynews status {NAME}")
    assert json.loads(path.read_text("utf-8"))["portal"]["sources"]
    kinds = [json.loads(p.read_text("utf-8"))["kind"] for p in sorted(path.parent.glob("manifests/*.json"))]
    assert kinds == ["crawl", "reread", "crawl"]
    articles = duckdb.sql(f"from '{path.parent}/articles/*/*.parquet' where published_at is null").fetchall()
    assert articles == []


def test_cron_mails_why_an_archive_is_not_there(reader: Reader, tmp_path: Path) -> None:
    loud = reader.cron(tmp_path)
    assert (loud.returncode, loud.stdout) == (4, "")
    assert f"there is no archive named {reader.name} here" in loud.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_archive_is_copied_by_its_three_parts(reader: Reader, tmp_path: Path) -> None:
    assert "to take `archive.json`,\n`warc/` and `manifests/`" in PAGE
    copy = tmp_path / reader.name
    copy.mkdir()
    for name in ("archive.json", "warc", "manifests"):
        there = reader.output / reader.name / name
        (shutil.copytree if there.is_dir() else shutil.copy)(there, copy / name)
    assert reader.run(f"./citynews rebuild {NAME} --output {tmp_path}")
    assert "VERIFIED" in reader.run(f"./citynews verify {NAME} --output {tmp_path}")
