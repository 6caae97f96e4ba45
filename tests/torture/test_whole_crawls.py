"""Two hundred whole crawls of the sample city, each killed at a moment that a seed draws.

Acknowledged is what has a row in the ledger when the process is dead: the row is written after the sync of
the records, and before the sink lets the answer go on. The city knows how often it answered each address.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.main import main
from pipelines.archive import Archive, open_archive
from pipelines.manifest import read_chain
from pipelines.verify import verify
from tests.mockcity import MockCity
from tests.test_kills import archive_of, articles, crawl_words, without_ids
from tests.torture.replay import check_ledger, stored

PARTS, KILLS = 20, 10
"""So many tests of so many kills each."""
_NOTHING = "-"


class Waiting:
    """A process that waits for a command line and carries it out; forked before the city has threads."""

    def __init__(self) -> None:
        wait, self._go = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._go)
            with open(os.devnull, "r+") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
                told = os.read(wait, 65536).decode().splitlines()
                os._exit(main(told) if told != [_NOTHING] else 0)
        os.close(wait)

    def start(self, *words: str | Path) -> None:
        os.write(self._go, "\n".join(map(str, words or (_NOTHING,))).encode())
        os.close(self._go)

    def ended(self) -> bool:
        """Whether it came to its end by itself."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def wait(self) -> int:
        """Its exit code, or the signal as a negative number."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


Crawled = tuple[float, dict[str, Any], Archive | None]


def crawl_whole(output: Path, killed_after: float | None = None) -> Crawled:
    """A crawl, and where it is killed the next.

    Returns how long it took from the first request on, its articles, and the archive; no archive where it
    ended before it could be killed.
    """
    first, next_run = Waiting(), Waiting()
    with MockCity() as city:
        words = crawl_words(city, output)
        first.start(*words)
        while not city.log:
            assert not first.ended()
            time.sleep(0.001)
        began = time.monotonic()
        if killed_after is None:
            assert first.wait() == 0
            took = time.monotonic() - began
            next_run.start()
            next_run.wait()
            root = archive_of(city, output)
            return took, without_ids(articles(root)), open_archive(root)
        time.sleep(killed_after)
        alive = not first.ended()
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        acknowledged = rows(archive_of(city, output))
        next_run.start(*(words if alive else ()))
        assert next_run.wait() == 0
        if not alive:
            return 0.0, {}, None
        archive = open_archive(archive_of(city, output))
        check(archive, acknowledged, city)
        return 0.0, without_ids(articles(archive.root)), archive


def rows(root: Path) -> dict[str, str]:
    """Address and record of all that the ledger of a killed run knows, read in a copy."""
    copy = root.parent / "as-killed"
    copy.mkdir()
    for path in root.glob("ledger.sqlite3*"):
        shutil.copy(path, copy / path.name)
    with closed(copy / "ledger.sqlite3") as database:
        try:
            return dict(database.execute("SELECT url, record FROM addresses WHERE record IS NOT NULL"))
        except sqlite3.OperationalError:  # killed before there was a table
            return {}


@contextmanager
def closed(path: Path) -> Any:
    database = sqlite3.connect(path)
    try:
        yield database
    finally:
        database.close()


def check(archive: Archive, acknowledged: dict[str, str], city: MockCity) -> None:
    """Nothing acknowledged is lost, nothing doubled, all verifies."""
    records = stored(archive)
    ids = Counter(record.ref.warc_record_id for record in records)
    assert set(ids.values()) == {1}, "a record is doubled"
    assert not set(acknowledged.values()) - ids.keys(), "an acknowledged one is lost"
    held = Counter(r.target_uri for r in records if r.type in ("response", "revisit"))
    answered = Counter(f"{city.url}{target[1:]}" for _, target in city.requests)
    assert not held - answered, "more than the city answered"
    assert not list(archive.root.glob("spool/*")) and not archive.staging.exists()
    sequences = [one.manifest.sequence for one in read_chain(archive)]
    assert sequences == list(range(1, len(sequences) + 1))
    check_ledger(archive)
    report = verify(archive)
    assert (report.verdict, report.findings) == ("VERIFIED", ())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, Any]]:
    took, found, _ = crawl_whole(tmp_path_factory.mktemp("undisturbed"))
    return took, found


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_moment_a_crawl_is_whole_after_the_next(
    part: int,
    undisturbed: tuple[float, dict[str, Any]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    took, expected = undisturbed
    kills = 0
    for seed in range(part * KILLS, (part + 1) * KILLS):
        share = random.Random(seed).random()
        for attempt in range(9):
            _, found, archive = crawl_whole(tmp_path / f"{seed}-{attempt}", share * took)
            if archive is not None:
                break
            took *= 0.7  # the machine has more time for us than it had
        assert archive is not None, f"seed {seed}: the crawl always ended before it was killed"
        assert found == expected, f"seed {seed}"
        kills += 1
    record_property("kills", kills)
