"""A crawl that is killed loses nothing that was acknowledged.

The sample city says when it has sent its n-th answer; there the crawling
process is killed for real. The next run must end with the articles of an
undisturbed run, and with every acknowledged capture in the archive once.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.warc.reader import read_records, strict_scan
from tests.mockcity import MockCity
from tests.running import ROOT, argv, citynews, environment

SHARES = [5, 15, 25, 35, 45, 55, 65, 75, 85]
COMPARED = (
    "title",
    "lead",
    "paragraphs",
    "byline",
    "authors",
    "photo_credits",
    "published_at",
    "duplicate_of",
)


def crawl_words(city: MockCity, output: Path) -> list[str | Path]:
    return ["crawl", city.url, "--allow-loopback", "--output", output, "--json"]


def archive_of(city: MockCity, output: Path) -> Path:
    return output / f"127.0.0.1-{city.port}"


def articles(archive: Path) -> dict[str, dict[str, Any]]:
    rows = pq.read_table(archive / "articles").to_pylist()
    return {row["url"].split("/", 3)[3]: {name: row[name] for name in COMPARED} for row in rows}


def without_ids(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Identities hold the port, which differs between servers: a duplicate is compared as yes or no."""
    return {path: {**row, "duplicate_of": bool(row["duplicate_of"])} for path, row in rows.items()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, dict[str, Any]]]:
    """How many answers a whole crawl takes, and the articles it gives."""
    output = tmp_path_factory.mktemp("undisturbed")
    with MockCity() as city:
        done = citynews(*crawl_words(city, output))
        assert done.returncode == 0, done.stderr
        return len(city.requests), without_ids(articles(archive_of(city, output)))


def start(city: MockCity, output: Path, *, environ: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        argv(*crawl_words(city, output)),
        cwd=ROOT,
        env=environ or environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def acknowledged(archive: Path) -> Counter[str]:
    """Ids of the whole response records that lie in spool and warc after the kill."""
    found: Counter[str] = Counter()
    for path in [*archive.glob("spool/*"), *archive.glob("warc/*/*.warc.gz")]:
        end = strict_scan(path).valid_bytes
        found.update(
            r.ref.warc_record_id
            for r in read_records(path, damage=[])
            if r.type == "response" and r.ref.warc_record_offset < end
        )
    return found


KILL_ITSELF = """
import os, runpy, signal, sys
import {module} as module
whole = module.{name}
def cut(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
module.{name} = cut
sys.argv[0] = "citynews"
runpy.run_module("crawler.cli", run_name="__main__")
"""


def killed_at(module: str, name: str, words: list[str | Path]) -> None:
    """Run a command in a process that kills itself where ``module.name`` is called."""
    code = KILL_ITSELF.format(module=module, name=name)
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, "the kill hit no live process"


def assert_whole(city: MockCity, output: Path, before: Counter[str], expected: dict[str, Any]) -> None:
    """After the next run: the same articles, every acknowledged capture once, nothing left over."""
    archive = archive_of(city, output)
    done = citynews(*crawl_words(city, output))
    assert done.returncode == 0, done.stderr
    assert without_ids(articles(archive)) == expected
    after = acknowledged(archive)
    assert all(after[name] == 1 for name in before), "an acknowledged capture is not there once"
    assert not list(archive.glob("spool/*.open"))
    assert not list(archive.glob("staging/*"))
    checked = citynews("verify", archive.name, "--output", output)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("share", SHARES)
def test_a_crawl_killed_on_the_way_is_whole_after_the_next(
    share: int, tmp_path: Path, undisturbed: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    answers, expected = undisturbed
    wanted, reached = -(-answers * share // 100), threading.Event()
    with MockCity() as city:
        running: list[subprocess.Popen[bytes]] = []

        def kill(n: int, path: str) -> None:
            if n == wanted and not reached.is_set():
                assert running[0].poll() is None, "the kill hit no live process"
                running[0].send_signal(signal.SIGKILL)
                reached.set()

        city.on_answer = kill
        running.append(start(city, tmp_path))
        assert running[0].wait(60) == -signal.SIGKILL
        assert reached.is_set()
        before = acknowledged(archive_of(city, tmp_path))
        assert_whole(city, tmp_path, before, expected)


def test_a_recovery_that_is_killed_is_done_again(
    tmp_path: Path, undisturbed: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    with MockCity() as city:
        words = crawl_words(city, tmp_path)
        killed_at("crawler.run", "dispositions_record", words)
        before = acknowledged(archive_of(city, tmp_path))
        assert len(before) > 30, "the first kill came too early to prove anything"
        killed_at("pipelines.warc.recovery", "seal_file", words)
        assert_whole(city, tmp_path, before, undisturbed[1])


def test_a_commit_killed_after_its_manifest_is_finished_by_the_next_start(
    tmp_path: Path, undisturbed: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    with MockCity() as city:
        words = crawl_words(city, tmp_path)
        archive = archive_of(city, tmp_path)
        killed_at("pipelines.commit_point", "place", words)
        assert len(list(archive.glob("manifests/*.json"))) == 1
        assert not list(archive.glob("articles/*/*.parquet"))
        assert_whole(city, tmp_path, acknowledged(archive), undisturbed[1])
        assert len(list(archive.glob("manifests/*.json"))) == 2


def test_a_commit_killed_before_its_manifest_never_was(
    tmp_path: Path, undisturbed: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    with MockCity() as city:
        words = crawl_words(city, tmp_path)
        archive = archive_of(city, tmp_path)
        killed_at("pipelines.commit_point", "seal_manifest", words)
        assert list(archive.glob("staging/*")) and not list(archive.glob("manifests/*.json"))
        assert_whole(city, tmp_path, acknowledged(archive), undisturbed[1])
