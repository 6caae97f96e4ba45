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
from tests.torture.replay import base_archive, check_whole, replay, Replay, ROUNDS, resume
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
    mine = swept[part::PARTS] if WHOLE else sample(swept, 10)
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
