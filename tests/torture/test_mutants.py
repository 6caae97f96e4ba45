"""Wrong programs that the other tests here must find: copies of the checkout with a few words changed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running import ROOT, environment
from tests.torture import WHOLE, needs_strace

pytestmark = needs_strace


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """What is changed, which tests see it, and what they say."""

    path: str
    changes: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]
    said: str


TRACE = "test_trace.py::test_file_and_folder_are_synced_before_each_acknowledgement"
LOST = "test_images.py::test_what_a_killed_runs_ledger_lost_is_in_its_records"
IMAGES = "test_images.py::test_the_longest_valid_prefix_stays_and_the_next_run_gets_the_rest"
TORN = "test_full_disk.py::test_a_torn_record_is_cut_off_and_what_was_before_it_stays"
WRITER = "pipelines/warc/writer.py"
RECOVERY = "pipelines/warc/recovery.py"
MUTANTS = {
    "acknowledges before it writes": Mutant(
        path=WRITER,
        changes=(
            (
                'write_all(self._descriptor, b"".join(members))',
                'self._late = getattr(self, "_late", b"") + b"".join(members)',
            ),
            (
                "            os.fdatasync(self._descriptor)\n",
                '            write_all(self._descriptor, getattr(self, "_late", b""))\n'
                '            self._late = b""\n'
                "            os.fdatasync(self._descriptor)\n",
            ),
            ("        with self._lock:\n            self._sync()\n\n", "        return\n\n"),
        ),
        tests=(TRACE, LOST),
        said="acknowledged before it was written",
    ),
    "does not sync the file": Mutant(
        path=WRITER,
        changes=(("            os.fdatasync(self._descriptor)\n", "            pass\n"),),
        tests=(TRACE,),
        said="file not synced",
    ),
    "does not sync the folder": Mutant(
        path=WRITER,
        changes=(("            sync_folder(self._archive.spool)\n", "            pass\n"),),
        tests=(TRACE,),
        said="folder not synced",
    ),
    "does not hold the ledger against the records": Mutant(
        path=RECOVERY,
        changes=(
            (
                "        folded = fold_run(ledger, ",
                '        other = Ledger(work.archive.root.parent / "other.sqlite3")\n'
                "        other.begin(run_id, started_of(run_id))\n"
                "        folded = fold_run(other, ",
            ),
        ),
        tests=(LOST,),
        said="AssertionError",
    ),
    "does not cut off the tail": Mutant(
        path=RECOVERY,
        changes=(("        os.ftruncate(descriptor, scan.valid_bytes)\n", ""),),
        tests=(IMAGES,),
        said="does not read back",
    ),
    "rolls back by opening the file anew": Mutant(
        path=WRITER,
        changes=(
            (
                "os.ftruncate(self._descriptor, self._size)",
                'open(self._path, "wb").truncate(self._size)',
            ),
        ),
        tests=(TORN,),
        said="assert",
    ),
}
"""Each was a fault of some archiver, or would be the easiest one to make."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git knows of the checkout, or would take, copied."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    return folder


def tried(folder: Path, tests: tuple[str, ...], scratch: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", str(scratch)]
    return subprocess.run(
        [*words, *(f"tests/torture/{test}" for test in tests)],
        cwd=folder, env=environment(), capture_output=True, text=True, timeout=600,
    )  # fmt: skip


def test_the_program_as_it_is_passes(checkout: Path, tmp_path: Path) -> None:
    assert WHOLE
    assert "CITYNEWS_TORTURE" in os.environ
    done = tried(checkout, tuple({test for m in MUTANTS.values() for test in m.tests}), tmp_path / "t")
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_program_is_found(name: str, checkout: Path, tmp_path: Path) -> None:
    mutant = MUTANTS[name]
    path = checkout / mutant.path
    good = path.read_text("utf-8")
    wrong = good
    for old, new in mutant.changes:
        assert wrong.count(old) == 1, f"the source is another one now, change the mutant: {old!r}"
        wrong = wrong.replace(old, new)
    path.write_text(wrong, "utf-8")
    try:
        for number, test in enumerate(mutant.tests):
            done = tried(checkout, (test,), tmp_path / str(number))
            assert done.returncode == 1, f"{test} does not see it: {done.stdout[-2000:]}"
            if number == 0:
                assert mutant.said in done.stdout, done.stdout[-3000:]
    finally:
        path.write_text(good, "utf-8")
