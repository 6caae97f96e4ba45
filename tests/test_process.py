"""What a run meets as a process: another run, pipes that nobody reads, cron's world, the clock, few means."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import time_machine

from pipelines.archive import open_archive
from pipelines.errors import ConfigurationError, Locked, WriteFailed, shortage
from pipelines.manifest import read_chain
from pipelines.tables import read_table
from pipelines.verify import verify
from tests.golden import FIELDS
from tests.mockcity import MockCity
from tests.running import ROOT, argv, citynews, environment, settle
from tests.test_kills import archive_of, crawl_words
from tests.test_run import crawl, holds

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
PLAIN = [
    "title",
    *(name for name in FIELDS if name != "modified_at"),
    "content_sha256",
    "provenance",
    "layout",
]


@pytest.fixture
def city() -> Iterator[MockCity]:
    with MockCity() as city:
        yield city


def everything(root: Path) -> dict[str, tuple[int, int, int]]:
    """Each file and folder of an archive: mode, size and time of its last change."""
    found = {}
    for path in sorted([root, *root.rglob("*")]):
        facts = path.stat()
        found[str(path)] = (facts.st_mode, facts.st_size, facts.st_mtime_ns)
    return found


def rows(archive: Path) -> dict[str, dict[str, Any]]:
    return {row["url"]: {name: row[name] for name in PLAIN} for _, row in read_table(archive, "articles")}


def whole(city: MockCity, output: Path) -> bool:
    """Whether the archive has every article and verifies."""
    archive = open_archive(archive_of(city, output))
    return len(rows(archive.root)) == len(city.truth) and verify(archive).findings == ()


class Held:
    """A crawl in a process of its own that waits in the middle, because the city does."""

    def __init__(self, city: MockCity, output: Path, answers: int = 12) -> None:
        self._reached, self._go = threading.Event(), threading.Event()

        def hold(number: int, target: str) -> None:
            if number >= answers:
                self._reached.set()
                self._go.wait(60)

        city.on_answer = hold
        self.process = subprocess.Popen(
            argv(*crawl_words(city, output)),
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._reached.wait(60), "the crawl never came so far"
        settle(self.process.pid)  # until it has written down the answers that it has

    def let_go(self) -> None:
        self._go.set()


def test_a_second_run_ends_at_once_and_touches_nothing_and_a_kill_frees_the_lock(
    city: MockCity, tmp_path: Path
) -> None:
    first = Held(city, tmp_path)
    archive, asked = archive_of(city, tmp_path), len(city.log)
    before = everything(archive)
    second = subprocess.Popen(
        argv(*crawl_words(city, tmp_path)),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, status, used = os.wait4(second.pid, 0)
    assert os.waitstatus_to_exitcode(status) == Locked.exit_code == 75
    assert used.ru_utime + used.ru_stime < 1.5, "of the processor's time; how long that takes is its affair"
    assert second.stderr and second.stderr.read().count(b"\n") == 1
    assert everything(archive) == before and len(city.log) == asked
    assert first.process.poll() is None
    first.process.send_signal(signal.SIGKILL)
    first.process.communicate()
    city.on_answer = None
    first.let_go()
    third = citynews(*crawl_words(city, tmp_path))
    assert third.returncode == 0, third.stderr
    assert whole(city, tmp_path)


def test_pipes_that_nobody_reads_any_more_end_no_capture(city: MockCity, tmp_path: Path) -> None:
    run = Held(city, tmp_path)
    assert run.process.stdout and run.process.stderr
    run.process.stdout.close()
    run.process.stderr.close()
    run.let_go()
    assert run.process.wait(60) == 0
    (manifest,) = read_chain(open_archive(archive_of(city, tmp_path)))
    assert manifest.manifest.status == "complete" and whole(city, tmp_path)


def test_cron_starts_it_in_another_world_and_gets_the_same(city: MockCity, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    assert citynews(*crawl_words(city, here), LANG="C.UTF-8", TZ="Asia/Ho_Chi_Minh").returncode == 0
    bare = {"PATH": "/usr/bin:/bin", "LANG": "C", "LC_ALL": "C", "TZ": "America/St_Johns", "SHELL": "/bin/sh"}
    done = subprocess.run(
        argv(*crawl_words(city, there)),
        cwd=ROOT,
        env=bare,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        umask=0o077,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\n") == 1 and all(line[:1] == b"{" for line in done.stderr.splitlines())
    one, other = archive_of(city, here), archive_of(city, there)
    assert rows(one) == rows(other) and len(rows(one)) == len(city.truth)
    for kind, mode in (("*/*/*.parquet", 0o444), ("warc/*/*.warc.gz", 0o444), ("manifests/*.json", 0o444)):
        modes = {stat.S_IMODE(path.stat().st_mode) for path in other.glob(kind)}
        assert modes == {mode}, kind
    folders = Counter(
        stat.S_IMODE(path.stat().st_mode) for path in [other, *other.rglob("*")] if path.is_dir()
    )
    assert set(folders) == {0o755}


def test_a_run_right_after_a_success_changes_nothing(city: MockCity, tmp_path: Path) -> None:
    first = crawl(city.url, tmp_path)
    before, asked = rows(Path(first.archive)), len(city.log)
    second = crawl(city.url, tmp_path)
    assert (second.exit_code, second.versions, second.articles) == (0, first.versions, first.articles)
    assert holds(second) and rows(Path(second.archive)) == before
    assert len(city.log) - asked <= asked and whole(city, tmp_path)


def test_names_are_unique_and_runs_in_order_whatever_the_clock_does(city: MockCity, tmp_path: Path) -> None:
    with time_machine.travel(START, tick=True):
        first = crawl(city.url, tmp_path, requisites=False)
    with time_machine.travel(START + timedelta(days=400), tick=True):
        crawl(city.url, tmp_path, requisites=False)
    asked = len(city.log)
    before = everything(Path(first.archive))
    with (
        time_machine.travel(START + timedelta(days=399), tick=True),
        pytest.raises(ConfigurationError, match="clock") as refused,
    ):
        crawl(city.url, tmp_path, requisites=False)
    assert refused.value.exit_code == 4 and len(city.log) == asked
    assert set(everything(Path(first.archive))) == set(before)
    with time_machine.travel(START + timedelta(days=401), tick=True) as clock:
        step = iter([timedelta(hours=-3), timedelta(hours=7), timedelta(hours=-5)])

        def stepping(number: int, target: str) -> None:
            if number % 5 == 0:
                clock.shift(next(step, timedelta()))

        city.on_answer = stepping
        stepped = crawl(city.url, tmp_path, requisites=False)
    city.on_answer = None
    assert stepped.exit_code == 0 and holds(stepped)
    with time_machine.travel(START + timedelta(days=402), tick=True):
        assert crawl(city.url, tmp_path, requisites=False).exit_code == 0
    archive = open_archive(Path(first.archive))
    chain = [one.manifest for one in read_chain(archive)]
    assert [one.sequence for one in chain] == [1, 2, 3, 4]
    runs = [one.run_id for one in chain]
    assert len(set(runs)) == 4 and runs == sorted(runs)
    files = [file.name for one in chain for file in archive.root.glob("warc/*/*") if one.run_id in file.name]
    assert len(files) == len(set(files)) == 4
    assert verify(archive).findings == ()


def test_a_thread_that_cannot_begin_is_a_lack_of_memory() -> None:
    """In the words of Python and of Arrow."""
    unavailable = "Unknown error: Failed to launch worker thread: Resource temporarily unavailable"
    for error in (RuntimeError("can't start new thread"), pa.lib.ArrowException(unavailable)):
        told = shortage(error)
        assert isinstance(told, WriteFailed) and "memory" in str(told)
    assert shortage(RuntimeError("another thing")) is None


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        (resource.RLIMIT_NOFILE, 11),
        *((resource.RLIMIT_NOFILE, n) for n in (12, 13, 14)),
        (resource.RLIMIT_DATA, 100 << 20),
    ],
)
def test_a_run_that_gets_too_little_ends_resumable(
    what: int, limit: int, city: MockCity, tmp_path: Path
) -> None:
    done = subprocess.run(
        argv(*crawl_words(city, tmp_path)),
        cwd=ROOT,
        env=environment(OPENBLAS_NUM_THREADS="1"),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(what, (limit, limit)),
    )
    # What is just enough differs by machine; where memory ends in C++, that ends the process itself.
    others = {0} if what == resource.RLIMIT_NOFILE else {-signal.SIGABRT}
    assert done.returncode in {WriteFailed.exit_code, *others}, done.stderr
    assert "report it" not in done.stderr
    if done.returncode == 17:
        assert ("memory" if what == resource.RLIMIT_DATA else "open files") in done.stderr
    assert crawl(city.url, tmp_path).exit_code == 0 and whole(city, tmp_path)
