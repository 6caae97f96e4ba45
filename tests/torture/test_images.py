"""What a power cut may leave: files cut, zeroed or with garbage at their end, and what is derived gone.

``tests/test_recovery.py`` holds each image against recovery alone; here the whole next run follows.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import TABLES, Archive, open_archive
from pipelines.manifest import read_chain
from pipelines.rebuild import rebuild
from pipelines.warc.reader import read_records, strict_scan
from tests.running import citynews
from tests.site import Answer, serve
from tests.small_archive import START
from tests.test_recovery import tails
from tests.torture import sample
from tests.torture.replay import (
    ROUNDS,
    Acknowledged,
    Replay,
    base_archive,
    check_ledger,
    check_whole,
    contents,
    replay,
    resume,
)


def killed(archive: Archive, after: int) -> list[Acknowledged]:
    """A run that is killed when so many exchanges are acknowledged."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        count = 0

        def acknowledge(one: Acknowledged) -> None:
            nonlocal count
            os.write(tell, one.line())
            count += 1
            if count == after:
                os.kill(os.getpid(), signal.SIGKILL)

        replay(Replay(archive, ROUNDS, acknowledge))
        os._exit(0)
    os.close(tell)
    with open(told) as lines:
        acknowledged = [Acknowledged.of_line(line) for line in lines]
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    return acknowledged


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Acknowledged]]:
    """What a kill left, and what was acknowledged before it."""
    archive = base_archive(tmp_path_factory.mktemp("torn")).archive
    acknowledged = killed(archive, 6)
    assert len(acknowledged) == 6
    return archive.root, acknowledged


def copied(root: Path, folder: Path) -> Archive:
    return open_archive(Path(shutil.copytree(root, folder / root.name)))


def spooled(root: Path) -> Path:
    """The open file that holds most."""
    return max((root / "spool").glob("*.open"), key=lambda path: path.stat().st_size)


def images(path: Path) -> dict[str, bytes]:
    """A file as a lost write could leave it."""
    whole = path.read_bytes()
    ends = [0, *(r.ref.warc_record_offset + r.ref.warc_record_length for r in read_records(path))]
    rng = random.Random(11)
    found = tails(whole, ends) | {f"cut at {n}": whole[:n] for n in range(0, len(whole), 61)}
    for number in range(20):
        block = rng.randrange(0, len(whole), 512)
        zero = whole[:block] + bytes(len(whole[block : block + 512])) + whole[block + 512 :]
        found[f"lost block {number}"] = zero
    return found


def cut_off(one: Acknowledged, name: str, valid: int) -> bool:
    """Whether a record lay in a part of an open file that is no more."""
    end = one.ref.warc_record_offset + one.ref.warc_record_length
    return one.ref.warc_filename.endswith(name.removesuffix(".open")) and end > valid


def test_the_longest_valid_prefix_stays_and_the_next_run_gets_the_rest(
    torn: tuple[Path, list[Acknowledged]], tmp_path: Path
) -> None:
    root, acknowledged = torn
    name = spooled(root).name
    for number, (what, image) in enumerate(sample(list(images(spooled(root)).items()), 5)):
        archive = copied(root, tmp_path / str(number))
        path = archive.spool / name
        path.write_bytes(image)
        valid = strict_scan(path).valid_bytes
        resume(archive)
        there = [one for one in acknowledged if not cut_off(one, name, valid)]
        try:
            check_whole(archive, there)
        except AssertionError as error:
            error.add_note(what)
            raise
        kept = b"".join(p.read_bytes() for p in archive.quarantine.glob("*.tail"))
        assert kept == image[valid:], what


# ---- the ledger ------------------------------------------------------------------------


def page_flipped(path: Path, number: int) -> None:
    """One bit of one page of SQLite's, at a place that the seed draws."""
    data = bytearray(path.read_bytes())
    at = random.Random(number).randrange(len(data))
    data[at] ^= 1 << number % 8
    path.write_bytes(data)


LEDGER_HARMS: dict[str, Callable[[Path], Any]] = {
    "deleted": lambda path: path.unlink(),
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "emptied": lambda path: path.write_bytes(b""),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "another's": lambda path: path.write_bytes(b"no database at all" * 300),
    **{f"flip {n}": lambda path, n=n: page_flipped(path, n) for n in range(200)},  # type: ignore[misc]
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two runs, closed in order."""
    archive = base_archive(tmp_path_factory.mktemp("whole")).archive
    replay(Replay(archive, ROUNDS))
    check_whole(archive, [])
    return archive.root


def test_a_ledger_that_is_harmed_is_made_again_by_the_next_run(whole: Path, tmp_path: Path) -> None:
    before = contents(Path(shutil.copy(whole / "ledger.sqlite3", tmp_path / "before.sqlite3")))
    names = [*sample(list(LEDGER_HARMS)[:5], 2), *sample(list(LEDGER_HARMS)[5:], 2)]
    for number, name in enumerate(names):
        archive = copied(whole, tmp_path / str(number))
        LEDGER_HARMS[name](archive.ledger)
        resume(archive)
        assert contents(archive.ledger) == before, name
        check_whole(archive, [])


@pytest.mark.parametrize("lost", ["-wal", "", "-wal and -shm"])
def test_what_a_killed_runs_ledger_lost_is_in_its_records(
    lost: str, torn: tuple[Path, list[Acknowledged]], tmp_path: Path
) -> None:
    """A power cut may take the newest rows: they live in the write-ahead log alone."""
    root, acknowledged = torn
    archive = copied(root, tmp_path)
    for ending in lost.split(" and ") if lost else ("",):
        archive.ledger.with_name(archive.ledger.name + ending).unlink(missing_ok=True)
    resume(archive)
    check_whole(archive, acknowledged)


# ---- tables, and the whole disk ---------------------------------------------------------


def test_tables_that_are_gone_are_made_again_with_the_same_digests(whole: Path, tmp_path: Path) -> None:
    archive = copied(whole, tmp_path)
    chain = read_chain(archive)
    for table in TABLES:
        shutil.rmtree(archive.root / table)
    shutil.rmtree(archive.indexes)
    rebuild(archive, now=START)
    again = read_chain(archive)
    assert again == chain, "the same bytes need no manifest"
    check_ledger(archive)
    resume(archive)
    check_whole(archive, [])


def test_a_missing_disk_never_starts_a_new_archive(tmp_path: Path) -> None:
    """An empty folder where an archive was: a crawl by name asks nothing and ends with 4."""
    with serve({"/": Answer(body=b"<title>x</title>")}) as site:
        (tmp_path / site.slug).mkdir()
        done = citynews("crawl", site.slug, "--allow-loopback", "--output", tmp_path)
        assert (done.returncode, site.asked) == (4, [])
        assert list((tmp_path / site.slug).iterdir()) == []
