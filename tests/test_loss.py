"""Damaged evidence without a copy: once it is said what is lost, the archive is healthy again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.archive import open_archive
from pipelines.errors import UsageError
from pipelines.loss import acknowledge, find_losses
from pipelines.manifest import read_chain
from pipelines.verify import verify
from pipelines.warc.wacz import write_wacz
from tests.running import citynews, summary
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive

REASON = "the disk failed and there is no copy"


def _article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của ngày hôm nay.", *BODY)))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    """Two runs; nobody may write there."""
    a = small_archive(tmp_path_factory.mktemp("loss"))
    a.crawl(_article("mot"), _article("hai"))
    a.crawl(_article("ba"))
    return a


@pytest.fixture
def copy(original: SmallArchive, tmp_path: Path) -> SmallArchive:
    root = tmp_path / original.root.name
    shutil.copytree(original.root, root)
    return SmallArchive(open_archive(root), original.now, original.runs)


def _titles(a: SmallArchive) -> set[str]:
    return {r["title"] for r in a.rows("articles")}


def _damage(a: SmallArchive, how: str) -> str:
    """Damage the file of the first run; returns its path."""
    row = next(r for r in a.rows("articles") if r["title"] == "Tin hai")
    path = a.root / row["warc_filename"]
    data = bytearray(path.read_bytes())
    data[row["warc_record_offset"] + 200] ^= 1
    path.chmod(0o644)
    if how == "flipped":
        path.write_bytes(data)
    elif how == "cut":
        path.write_bytes(data[: row["warc_record_offset"] + 100])
    else:
        path.unlink()
    return str(row["warc_filename"])


@pytest.mark.parametrize(
    ("how", "left"),
    [
        ("flipped", {"Tin mot", "Tin ba", "Tin bon"}),
        ("cut", {"Tin mot", "Tin ba", "Tin bon"}),
        ("gone", {"Tin ba", "Tin bon"}),
    ],
)
def test_what_is_lost_is_said_and_the_rest_goes_on(
    copy: SmallArchive, tmp_path: Path, how: str, left: set[str]
) -> None:
    path = _damage(copy, how)
    assert copy.crawl(_article("bon")).status == "unhealthy"
    losses = find_losses(copy.archive, [path], reason=REASON)
    acknowledge(copy.archive, losses, now=copy.now)
    for level in ("quick", "files", "deep"):
        report = verify(copy.archive, level=level)
        assert (report.findings, report.verdict) == ((), "VERIFIED")
        (said,) = report.removed
        assert said.startswith(f"LOST: {losses[0].records_before - losses[0].records} of ")
        assert said.endswith(REASON)
    done = copy.crawl(_article("nam"))
    assert (done.status, done.damaged) == ("complete", ())
    assert _titles(copy) == left | {"Tin nam"}
    assert verify(copy.archive).findings == ()
    assert write_wacz(copy.archive, tmp_path / "x.wacz").pages == len(left) + 1


def test_more_damage_later_is_a_fault(copy: SmallArchive) -> None:
    path = _damage(copy, "flipped")
    acknowledge(copy.archive, find_losses(copy.archive, [path], reason=REASON), now=copy.now)
    data = bytearray((copy.root / path).read_bytes())
    data[700] ^= 1
    (copy.root / path).write_bytes(data)
    codes = {f.code for f in verify(copy.archive, level="files").findings}
    assert {"warc.digest", "warc.damaged"} <= codes
    assert copy.crawl(_article("bon")).status == "unhealthy"


def test_only_what_is_lost_can_be_given_up(copy: SmallArchive) -> None:
    path = _damage(copy, "gone")
    other = next(r["warc_filename"] for r in copy.rows("articles") if r["title"] == "Tin ba")
    for paths, why in (([other], "nothing of it is lost"), (["warc/2026/x.warc.gz"], "no manifest names")):
        with pytest.raises(UsageError, match=why):
            find_losses(copy.archive, paths, reason=REASON)
    (copy.root / other).unlink()
    with pytest.raises(UsageError, match="damaged as well"):
        find_losses(copy.archive, [path], reason=REASON)


def test_old_manifests_keep_their_bytes(original: SmallArchive) -> None:
    assert all(b"losses" not in s.path.read_bytes() for s in read_chain(original.archive))


def test_the_command_says_what_is_lost_before_it_is_given_up(copy: SmallArchive) -> None:
    path = _damage(copy, "flipped")
    words = ("retract", copy.root.name, "--lost", path, "--reason", REASON, "--output", copy.root.parent)
    refused = citynews(*words)
    assert (refused.returncode, "say --yes" in refused.stderr) == (2, True)
    assert f"lost: 1 of 8 records of {path}" in refused.stderr
    told = summary(citynews(*words, "--yes", "--json"))
    assert told["rows"]["articles"] == 2
    report = verify(copy.archive)
    assert (report.findings, report.verdict) == ((), "VERIFIED")
