"""A disk that is full for real: a limit on the size of files, and a small disk of its own."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

import crawler.run
from pipelines.archive import Archive, locked, open_archive
from pipelines.errors import CitynewsError, DiskFull, storage_error
from pipelines.ledger import open_ledger
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records, strict_scan
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.recovery import recover_spool
from pipelines.warc.writer import WarcWriter
from tests.small_archive import SITE, START, answer
from tests.torture import WHOLE, sample
from tests.torture.replay import (
    FILE_BYTES,
    RECORDED,
    ROUNDS,
    Acknowledged,
    Replay,
    base_archive,
    check_ledger,
    check_whole,
    replay,
    resume,
    stored,
)


def in_a_child(archive: Archive, limit: int) -> tuple[int, list[Acknowledged]]:
    """A replayed run in a process whose files may not grow beyond ``limit`` bytes: exit code, promises."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 0
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            replay(Replay(archive, ROUNDS, lambda one: os.write(tell, one.line())))
        except BaseException as error:
            status = (storage_error(error) or CitynewsError()).exit_code
        finally:
            os._exit(status)
    os.close(tell)
    with open(told) as lines:
        acknowledged = [Acknowledged.of_line(line) for line in lines]
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), acknowledged


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_archive(tmp_path_factory.mktemp("base")).root


LIMITS = range(100, 100_000, 997)
"""From before the first record to beyond the largest table, the ledger and the fold's index."""


def test_files_may_not_grow_beyond_a_limit(base: Path, tmp_path: Path) -> None:
    """The kernel writes what still fits: a torn record, which is cut off at once."""
    ends = set()
    for limit in sample([*LIMITS, 1_000_000], 3):
        archive = open_archive(Path(shutil.copytree(base, tmp_path / str(limit) / base.name)))
        code, acknowledged = in_a_child(archive, limit)
        ends.add(code)
        for path in archive.spool.glob("*.open"):
            assert strict_scan(path).damage is None, f"limit {limit}: not cut back to a boundary"
        resume(archive)
        check_whole(archive, acknowledged)
    assert ends <= {0, 17}
    assert not WHOLE or ends == {0, 17}


def test_a_torn_record_is_cut_off_and_what_was_before_it_stays(base: Path, tmp_path: Path) -> None:
    """The limit lies within the evidence, and the ledger is small enough: so records are torn."""
    torn = 0
    for limit in sample(range(800, FILE_BYTES, 211), 4):
        writer = WarcWriter(
            open_archive(Path(shutil.copytree(base, tmp_path / str(limit) / base.name))),
            "20261126T000000Z-000000", low_water=0,
        )  # fmt: skip
        torn += _torn(writer, limit)
    assert torn


def _torn(writer: WarcWriter, limit: int) -> bool:
    """Append in a child until the limit; what is on the disk then is a whole prefix of it."""
    path, pid = writer._path, os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        kept = 0
        try:
            for one in RECORDED * 4:
                writer.append(exchange_records(one))
                kept = writer.size
        except CitynewsError as error:
            whole = path.stat().st_size == kept or kept == 0
            os._exit(error.exit_code if whole else 1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 17, f"limit {limit}"
    writer.close()
    assert path.read_bytes()[:2] == b"\x1f\x8b", "the file begins as it did"
    assert strict_scan(path).damage is None
    return True


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ("mount", "-t", "tmpfs", "-o", "size=6m", "citynews-test", folder), capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"a small disk needs root: {made.stderr.strip()}")
    yield folder
    subprocess.run(("umount", "-l", folder), check=True)  # a caught error still holds what its run had open


LOW_WATER = 1 << 20
"""Free bytes at which a run stops in these tests."""


def large(number: int) -> Exchange:
    """A page that does not compress."""
    body = os.urandom(200_000)
    return Exchange(url=f"{SITE}/lon-{number}", started_at=START, response=answer(body, kind="image/png"))


class _Large(Replay):
    async def _keep(self, session: object, one: Exchange) -> None:
        session.ledger.observe(one.url, found_by="listing")  # type: ignore[attr-defined]
        await session.sink.keep(one)  # type: ignore[attr-defined]


def test_a_run_stops_at_the_low_water_mark_and_recovery_works_on_the_full_disk(small_disk: Path) -> None:
    """Before ENOSPC: the room below the mark is what recovery and the next start need."""
    archive = base_archive(small_disk).archive
    run = _Large(archive, [[large(number)] for number in range(40)])
    writer = partial(WarcWriter, low_water=LOW_WATER)
    refused = pytest.raises(DiskFull, match="are free on the disk")
    with patch.object(crawler.run, "WarcWriter", writer), locked(archive), refused:
        run.carry_out()
    assert shutil.disk_usage(small_disk).free > LOW_WATER - 250_000, "only the ledger grows below it"
    (open_file,) = archive.spool.glob("*.open")
    kept = _large_answers(read_records(open_file))
    assert kept > 12, "it did not stop too early"
    done = recover_spool(archive)
    assert [path.name for path in done.files] == [open_file.name.removesuffix(".open")]
    assert _large_answers(stored(archive)) == kept
    check_ledger(archive)


def fill(disk: Path) -> None:
    """Leave no byte free."""
    with pytest.raises(OSError, match="No space"), open(disk / "filler", "wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))


def test_a_start_on_a_disk_without_any_room_says_so_and_harms_nothing(small_disk: Path) -> None:
    archive = base_archive(small_disk).archive
    fill(small_disk)
    before = {p: p.read_bytes() for p in archive.root.rglob("*.parquet")}
    code, _ = in_a_child(archive, 1 << 30)
    assert code in (3, 17)
    (small_disk / "filler").unlink()
    assert {p: p.read_bytes() for p in archive.root.rglob("*.parquet")} == before
    resume(archive)
    check_whole(archive, [])
    open_ledger(archive).close()


def _large_answers(records: Iterable[StoredRecord]) -> int:
    return sum("/lon-" in (r.target_uri or "") and r.type == "response" for r in records)


def test_the_front_door_says_that_the_disk_is_full(small_disk: Path) -> None:
    """A full disk is a sentence and exit code 3, whichever step met it."""
    archive = base_archive(small_disk).archive
    fill(small_disk)
    done = subprocess.run(
        [sys.executable, "-m", "crawler.cli", "rebuild", archive.root.name, "--output", small_disk],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode in (3, 17), done.stderr
    assert "Traceback" not in done.stderr
