"""What was synced before what: only a trace shows it, since a killed process leaves the page cache alive."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.archive import Archive
from tests.torture import needs_strace
from tests.torture.replay import RECORDED, base_archive
from tests.torture.traced import Call, Ended, run_traced

pytestmark = needs_strace

_FD = re.compile(r"^\d+<([^>]+)>")
_PATHS = re.compile(r'"([^"]+)"')


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return base_archive(tmp_path_factory.mktemp("traced")).archive


@pytest.fixture(scope="module")
def ended(archive: Archive) -> Ended:
    """An undisturbed run."""
    ended = run_traced(archive)
    assert ended.status == 0, ended.said
    assert [one.number for one in ended.acknowledged] == list(range(len(RECORDED)))
    return ended


def path_of(call: Call) -> str:
    """The file that a call on a descriptor is about."""
    match = _FD.match(call.text)
    return match[1] if match else ""


def named(call: Call) -> list[str]:
    """The paths that a call names."""
    return _PATHS.findall(call.text)


def done(call: Call) -> bool:
    return re.search(r"= -1 ", call.text) is None


def synced(calls: list[Call], path: str, *, after: int, before: int) -> bool:
    """Whether a file or folder was synced wholly between two lines of the trace."""
    return any(
        call.name in ("fsync", "fdatasync") and path_of(call) == path and done(call)
        and after < call.begun and call.ended < before
        for call in calls
    )  # fmt: skip


def test_file_and_folder_are_synced_before_each_acknowledgement(archive: Archive, ended: Ended) -> None:
    calls = list(ended.calls)
    told = [c for c in calls if c.name == "write" and path_of(c).startswith("pipe:") and '"#' not in c.text]
    assert len(told) == len(ended.acknowledged)
    for one, acknowledgement in zip(ended.acknowledged, told, strict=True):
        path = str(archive.spool / (one.ref.warc_filename.rpartition("/")[2] + ".open"))
        writes = [
            c for c in calls if c.name == "write" and path_of(c) == path and c.ended < acknowledgement.begun
        ]
        sizes = [int(c.text.rpartition("= ")[2]) for c in writes]
        end, covering = 0, -1
        for call, size in zip(writes, sizes, strict=True):
            end, covering = end + size, call.ended
            if end >= one.ref.warc_record_offset + one.ref.warc_record_length:
                break
        else:
            pytest.fail(f"acknowledged before it was written: {one}")
        assert synced(calls, path, after=covering, before=acknowledgement.begun), f"file not synced: {one}"
        (made,) = (
            c.ended for c in calls if c.name == "openat" and path in named(c) and "O_CREAT|O_EXCL" in c.text
        )
        folder = str(archive.spool)
        assert synced(calls, folder, after=made, before=acknowledgement.begun), f"folder not synced: {one}"


KEPT = ("warc", "manifests", "articles", "versions", "captures", "coverage", "indexes", "SHA256SUMS")


def test_what_is_renamed_into_place_was_synced_and_so_is_its_folder_after(
    archive: Archive, ended: Ended
) -> None:
    """WARC files, manifest, tables, index and list: whole under their names, or not there."""
    calls = list(ended.calls)
    moved = [(c, *named(c)[:2]) for c in calls if c.name.startswith("rename")]
    seen = set()
    for call, source, target in moved:
        place = Path(target).relative_to(archive.root).parts[0]
        seen.add(place)
        writes = [c.ended for c in calls if c.name == "write" and path_of(c) == source]
        written = max(end for end in writes if end < call.begun)
        assert synced(calls, source, after=written, before=call.begun), f"{source} was not synced"
        folder = str(Path(target).parent)
        assert synced(calls, folder, after=call.ended, before=1 << 60), f"{folder} was not synced"
    assert seen >= set(KEPT)


def test_the_manifest_comes_after_all_that_it_names(archive: Archive, ended: Ended) -> None:
    """Sealed files are in place, and staged tables synced, before the rename that is the commit."""
    calls = list(ended.calls)
    moves = {named(c)[1]: c for c in calls if c.name.startswith("rename")}
    (point,) = (c for target, c in moves.items() if target.startswith(str(archive.manifests)))
    for target, call in moves.items():
        place = Path(target).relative_to(archive.root).parts[0]
        if place == "warc":
            assert call.ended < point.begun
            assert synced(calls, str(Path(target).parent), after=call.ended, before=point.begun)
        elif target.endswith(".parquet"):
            assert point.ended < call.begun
            source = named(call)[0]
            assert synced(calls, source, after=-1, before=point.begun)
            assert synced(calls, str(Path(source).parent), after=-1, before=point.begun)
    assert synced(calls, str(archive.manifests), after=point.ended, before=1 << 60)


def test_the_ledgers_row_comes_before_the_acknowledgement(archive: Archive, ended: Ended) -> None:
    """Between the sync of a record and its acknowledgement the ledger is written."""
    calls = list(ended.calls)
    told = [c for c in calls if c.name == "write" and path_of(c).startswith("pipe:") and '"#' not in c.text]
    assert told
    for acknowledgement in told:
        last = max(
            c.ended for c in calls if c.name == "fdatasync" and path_of(c).endswith(".open")
            and c.ended < acknowledgement.begun
        )  # fmt: skip
        rows = [c for c in calls if c.name == "pwrite64" and path_of(c).endswith("ledger.sqlite3-wal")]
        assert any(last < c.begun and c.ended < acknowledgement.begun for c in rows)
