"""Import, retract, accept and retract --lost, killed at any call that changes a file; or a call fails."""

from __future__ import annotations

import shutil
import signal
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from pipelines.archive import Archive, open_archive
from tests.torture import needs_strace, sample
from tests.torture.traced import Ended, Point, Work, points, traced
from tests.torture.verbs import SCENES, Scene, again, check_done, check_next, rows

pytestmark = needs_strace

CODES = {"ENOSPC": {0, 3, 17}, "EIO": {0, 17}}
"""A verb may do without what failed. SQLite says of a full disk only that a call failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A verb, every call of it, and the rows that it leaves."""

    scene: Scene
    points: Sequence[Point]
    wanted: Mapping[str, Counter[str]]


@pytest.fixture(scope="module", params=SCENES)
def swept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """All of it is done once in this process before any is forked."""
    scene = SCENES[request.param](tmp_path_factory.mktemp(request.param))
    archive = copy(scene, tmp_path_factory.mktemp("warm"))
    scene.do(archive)
    wanted = rows(archive)
    check_done(scene, archive, wanted)
    other = copy(scene, tmp_path_factory.mktemp("points"))
    return Swept(scene=scene, points=telling(points(other, work(scene, other))), wanted=wanted)


def telling(every: Iterable[Point]) -> list[Point]:
    """All points, but of the writes to one staged file in a row the first and the last only: there are
    hundreds, and what is staged is nothing until its manifest is there."""
    found: list[Point] = []
    for _, own in groupby(every, lambda p: p.text.partition(">")[0] if _stages(p) else str(p)):
        first, *others = own
        found += [first, *others[-1:]]
    return found


def _stages(point: Point) -> bool:
    return point.name == "write" and "/staging/" in point.text.partition(">")[0]


def copy(scene: Scene, folder: Path) -> Archive:
    return open_archive(Path(shutil.copytree(scene.root, folder / scene.root.name)))


def work(scene: Scene, archive: Archive) -> Work:
    return lambda tell, barrier: scene.do(archive)


def done_to(swept: Swept, folder: Path, point: Point, what: str) -> tuple[Archive, Ended]:
    archive = copy(swept.scene, folder)
    inject = f"{point.name}:{what}:when={point.number}"
    return archive, traced(work(swept.scene, archive), inject, point.thread, point.name)


def check(swept: Swept, archive: Archive, ended: Ended, number: int, point: str) -> None:
    """Every other time something else starts first."""
    try:
        if number % 2:
            check_next(swept.scene, archive)
        again(swept.scene, archive)
        check_done(swept.scene, archive, swept.wanted)
    except BaseException as error:
        error.add_note(f"after {point}: {ended.said}")
        raise


def test_it_has_all_that_such_a_verb_does(swept: Swept) -> None:
    texts = " ".join(point.text for point in swept.points)
    for place in ("staging/", "manifests/", "articles/", "SHA256SUMS"):
        assert place in texts, place
    assert len(swept.points) > 80


def test_killed_at_any_call_it_was_done_or_can_be_typed_again(swept: Swept, tmp_path: Path) -> None:
    for number, point in enumerate(sample(swept.points, 3)):
        archive, ended = done_to(swept, tmp_path / str(number), point, "signal=KILL")
        assert ended.status == -signal.SIGKILL, f"{point}: {ended.said}"
        check(swept, archive, ended, number, str(point))


@pytest.mark.parametrize("error", CODES)
def test_a_call_that_fails_ends_it_in_order(error: str, swept: Swept, tmp_path: Path) -> None:
    for number, point in enumerate(sample(swept.points, 1, seed=len(error))):
        archive, ended = done_to(swept, tmp_path / str(number), point, f"error={error}")
        assert any("(INJECTED)" in call.text for call in ended.calls), point
        assert ended.status in CODES[error], f"{point} {point.text}: {ended.said}"
        check(swept, archive, ended, number, f"{error} of {point}")
