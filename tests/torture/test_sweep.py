"""A run that is killed at any call that changes a file, or of which any such call fails."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.archive import Archive, open_archive
from pipelines.warc.reader import strict_scan
from tests.torture import WHOLE, needs_strace, sample
from tests.torture.replay import ROUNDS, Replay, base_archive, check_whole, replay, resume
from tests.torture.traced import Ended, Point, points, run_traced

pytestmark = needs_strace

PARTS = 8
"""Tests into which a sweep is cut, so that all cores have work."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive to go on from. All of a run was done once in this process before any is forked."""
    warm = base_archive(tmp_path_factory.mktemp("warm"))
    acknowledged: list = []
    replay(Replay(warm.archive, ROUNDS, acknowledged.append))
    check_whole(warm.archive, acknowledged)
    return base_archive(tmp_path_factory.mktemp("base")).root


@pytest.fixture(scope="module")
def swept(base: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Point]:
    return points(copy(base, tmp_path_factory.mktemp("points")))


def copy(base: Path, folder: Path) -> Archive:
    return open_archive(Path(shutil.copytree(base, folder / base.name)))


def done_to(base: Path, folder: Path, point: Point, what: str) -> tuple[Archive, Ended]:
    archive = copy(base, folder)
    inject = f"{point.name}:{what}:when={point.number}"
    return archive, run_traced(archive, inject, point.thread, point.name)


def test_a_sweep_has_all_that_a_run_does(swept: Sequence[Point]) -> None:
    """Both threads, each kind of step, each place of the archive."""
    texts = {name: " ".join(p.text for p in swept if p.name == name) for name in {p.name for p in swept}}
    assert {p.thread for p in swept} == {"main", "sink"}
    assert {"openat", "write", "pwrite64", "fsync", "fdatasync", "fchmod", "unlink", "mkdir"} <= texts.keys()
    for place in ("spool/", "warc/", "staging/", "manifests/", "indexes/", "runs/", "SHA256SUMS"):
        assert place in " ".join(texts.values()), place
    assert len(swept) > 150


@pytest.mark.parametrize("part", range(PARTS if WHOLE else 1))
def test_killed_at_any_call_nothing_acknowledged_is_lost_or_doubled(
    part: int, base: Path, swept: Sequence[Point], tmp_path: Path
) -> None:
    mine = swept[part::PARTS] if WHOLE else sample(swept, 7)
    for number, point in enumerate(mine):
        archive, ended = done_to(base, tmp_path / str(number), point, "signal=KILL")
        assert ended.status == -signal.SIGKILL, f"{point}: {ended.said}"
        check_next(archive, ended, str(point))


def check_next(archive: Archive, ended: Ended, point: str) -> None:
    try:
        resume(archive)
        check_whole(archive, ended.acknowledged)
    except BaseException as error:
        error.add_note(f"after {point}: {ended.said}")
        raise


# ---- calls that fail -------------------------------------------------------------------


ERRORS = ("ENOSPC", "EIO", "EDQUOT")
CODES = {"ENOSPC": {3}, "EDQUOT": {3}, "EIO": {17}}
"""DiskFull and WriteFailed. SQLite says of a failed call only that it failed: 17 will do."""


def harmful(point: Point) -> bool:
    """Whether the call writes something that the run needs, and not to the pipe of acknowledgements."""
    return "pipe:" not in point.text


def expected(point: Point, error: str) -> set[int]:
    codes = {0} | CODES[error]
    return codes | {17} if ".sqlite3" in point.text else codes


@pytest.mark.parametrize("part", range(PARTS if WHOLE else 1))
@pytest.mark.parametrize("error", ERRORS)
def test_a_call_that_fails_ends_the_run_in_order_and_the_next_goes_on(
    error: str, part: int, base: Path, swept: Sequence[Point], tmp_path: Path
) -> None:
    """Where the run can do without what failed it may end well."""
    able = [point for point in swept if harmful(point)]
    mine = able[part::PARTS] if WHOLE else sample(able, 2, seed=ERRORS.index(error))
    for number, point in enumerate(mine):
        archive, ended = done_to(base, tmp_path / str(number), point, f"error={error}")
        assert any("(INJECTED)" in call.text for call in ended.calls), point
        assert ended.status in expected(point, error), f"{point} {point.text}: {ended.said}"
        for path in archive.spool.glob("*.open"):
            assert strict_scan(path).damage is None, f"{point}: not cut back to a boundary"
        check_next(archive, ended, f"{error} of {point}")


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("name", ["fdatasync", "fsync"])
def test_a_failed_sync_of_evidence_is_final(
    error: str, name: str, base: Path, swept: Sequence[Point], tmp_path: Path
) -> None:
    """What the kernel could not write it may have dropped: nothing is synced or acknowledged after it."""
    syncs = [p for p in swept if p.name == name and ".open>" in p.text]
    assert syncs
    for number, point in enumerate(syncs if WHOLE else syncs[:1]):
        archive = copy(base, tmp_path / str(number))
        ended = run_traced(archive, f"{name}:error={error}:when={point.number}", point.thread)
        assert ended.status in CODES[error], ended.said
        (at,) = (n for n, call in enumerate(ended.calls) if "(INJECTED)" in call.text)
        after = [call for call in ended.calls[at + 1 :] if call.changes]
        assert not [c for c in after if c.name in ("fsync", "fdatasync") and ".open>" in c.text], point
        assert not [c for c in after if c.name == "write" and ".open>" in c.text], point
        check_next(archive, ended, str(point))
