"""The commit: what it leaves on the disk, what it refuses, and what a kill at any step leaves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import pipelines.commit
from pipelines.archive import TABLES, open_archive
from pipelines.commit import commit
from pipelines.commit_point import finish_commit
from pipelines.manifest import read_chain
from pipelines.verify import verify
from tests.small_archive import BODY, SITE, START, SmallArchive, answer, page, sitemap, small_archive

REPOSITORY = Path(__file__).parents[1]
KEPT_OPEN = {"indexes/fold.sqlite3", "indexes/fold.sqlite3.sha256"}
"""Files of an archive that the next commit changes in place."""
DOWN = answer("Hệ thống đang bảo trì, mời quay lại sau.".encode(), kind="text/html; charset=utf-8")

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pipelines.archive import open_archive
from pipelines.commit import commit
from pipelines.commit_point import RunFacts
root, run_id, moment, step, when = sys.argv[1:]
now = datetime.fromisoformat(moment)
count = 0
rename = Path.replace
def counted(self, target):
    global count
    count += 1
    hit = count == int(step)
    if hit and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = rename(self, target)
    if hit:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
Path.replace = counted
run = RunFacts(run_id=run_id, started=now, ended=now, status="complete")
commit(open_archive(Path(root)), run, now=now)
"""


def _article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của ngày hôm nay.", *BODY)))


def _tables(a: SmallArchive) -> dict[str, list]:
    return {table: a.rows(table) for table in TABLES}


def _tree(root: Path) -> dict[str, tuple[int, bytes]]:
    files = (p for p in root.rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): (stat.S_IMODE(p.stat().st_mode), p.read_bytes()) for p in files}


def test_a_commit_leaves_named_sealed_files_and_nothing_else(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    done = a.crawl(_article("mot"), _article("hai"))
    assert (done.sequence, done.status, done.articles_before) == (1, "complete", 0)
    assert done.rows["articles"] == 2
    manifest = json.loads(done.path.read_bytes())
    named = {f["path"] for f in manifest["files"]}
    named |= {f["path"] for t in manifest["tables"].values() for f in t["files"]}
    named |= {"archive.json", "SHA256SUMS", "indexes/tin.example.vn.cdxj"}
    named |= {done.path.relative_to(a.root).as_posix()}
    tree = _tree(a.root)
    assert tree.keys() == named | KEPT_OPEN
    assert {mode for path, (mode, _) in tree.items() if path not in {"archive.json", *KEPT_OPEN}} == {0o444}
    folders = [p for p in a.root.rglob("*") if p.is_dir()]
    assert {stat.S_IMODE(p.stat().st_mode) for p in folders} == {0o755}
    assert not a.archive.staging.exists()


def test_the_umask_changes_nothing(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        a = small_archive(tmp_path)
        a.crawl(_article("mot"))
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(p.stat().st_mode) for t in TABLES for p in (a.root / t).rglob("*")}
    assert modes == {0o444, 0o755}


def test_a_clock_changes_no_byte_of_a_table(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    run_id = a.write(_article("mot"))
    other = tmp_path / "other"
    shutil.copytree(a.root, other)
    commit(a.archive, a.facts(run_id), now=START)
    commit(open_archive(other), a.facts(run_id), now=START.replace(year=2036))
    for table in TABLES:
        assert _tree(a.root / table) == _tree(other / table)


def test_manifests_chain_and_name_only_what_is_new(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(_article("mot"))
    killed = a.write(_article("hai"))
    done = a.crawl(_article("ba"))
    first, second = read_chain(a.archive)
    assert second.manifest.previous == first.sha256
    assert len(first.manifest.files) == 1
    assert [killed in f.path for f in second.manifest.files] == [True, False], "a killed run's file too"
    assert done.rows["articles"] == 3
    assert done.sha256 == second.sha256


def test_an_unhealthy_commit_keeps_the_tables_and_the_next_one_takes_its_records(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(_article("mot"))
    before = {t: _tree(a.root / t) for t in TABLES}
    bad = a.crawl(("/mot.html", DOWN), ("/hai.html", DOWN))
    assert bad.status == "unhealthy"
    assert [h.check for h in bad.health] == ["no_article"]
    assert {t: _tree(a.root / t) for t in TABLES} == before
    assert read_chain(a.archive)[1].manifest.files, "the evidence is named"
    assert verify(a.archive).findings == ()
    good = a.crawl(_article("ba"))
    assert (good.status, good.rows["articles"]) == ("complete", 2)
    assert f"{SITE}/hai.html" in {r["url"] for r in a.rows("captures")}
    assert verify(a.archive).findings == ()


def test_a_first_commit_without_articles_is_unhealthy_and_writes_no_table(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    done = a.crawl(("/", DOWN))
    assert (done.status, done.articles_before, dict(done.rows)) == ("unhealthy", 0, {})
    assert not any((a.root / t).exists() for t in TABLES)


def test_an_interrupted_run_is_committed_as_such(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    done = a.crawl(("/", DOWN), status="interrupted")
    assert (done.status, done.rows["articles"], done.rows["captures"]) == ("interrupted", 0, 1)
    assert verify(a.archive).findings == ()


def test_sources_whose_addresses_fail_are_unhealthy(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    listed = sitemap(*(f"{SITE}/{n}.html" for n in range(4)))
    broken = answer(b"", status="500 Broken")
    first = a.crawl(("/sitemap.xml", answer(listed, kind="text/xml")), _article("mot"))
    assert first.status == "complete"
    failing = [(f"/{n}.html", broken) for n in range(4)]
    a.verdicts = {f"{SITE}/{n}.html": ("failed", "http_500") for n in range(4)}
    done = a.crawl(("/sitemap.xml", answer(listed, kind="text/xml")), *failing, _article("mot"))
    assert [h.check for h in done.health] == ["less_than_listed"]


def test_damaged_evidence_never_makes_the_tables_poorer(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(_article("mot"), _article("hai"))
    (path,) = a.archive.warc.rglob("*.gz")
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[a.rows("articles")[0]["warc_record_offset"] + 100] ^= 1
    path.write_bytes(data)
    done = a.crawl(_article("ba"))
    assert [h.check for h in done.health] == ["evidence_damaged"]
    assert len(done.damaged) == 1
    assert {r["title"] for r in a.rows("articles")} == {"Tin mot", "Tin hai"}


def test_evidence_that_lost_sound_records_never_makes_the_tables_poorer(tmp_path: Path) -> None:
    """A file cut at a record's boundary reads without a fault: only its digest tells."""
    a = small_archive(tmp_path)
    a.crawl(_article("mot"), _article("hai"))
    before = _tables(a)
    row = next(r for r in a.rows("articles") if r["title"] == "Tin hai")
    path = a.root / row["warc_filename"]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: row["warc_record_offset"]])
    done = a.crawl(_article("ba"))
    assert (done.status, [h.check for h in done.health]) == ("unhealthy", ["evidence_damaged"])
    assert done.damaged == (f"{row['warc_filename']} at byte 0: not the bytes that its manifest names",)
    assert _tables(a) == before


@pytest.mark.parametrize(
    "name",
    [
        "anders.warc.gz",
        "tin.example.vn-20260401T000000Z-abcdef-00000.warc.gz",
        "andere.example-{run}-00000.warc.gz",
        "tin.example.vn-{run}-00001.warc.gz",
    ],
)
def test_only_files_of_the_archives_own_runs_are_taken(tmp_path: Path, name: str) -> None:
    """A copy laid beside its file is no evidence; a manifest that named it could never be undone."""
    a = small_archive(tmp_path)
    done = a.crawl(_article("mot"))
    original = next(a.archive.warc.rglob("*.gz"))
    run_id = read_chain(a.archive)[0].manifest.run_id
    stray = original.with_name(name.format(run=run_id))
    shutil.copy(original, stray)
    done = a.crawl(_article("hai"))
    (added,) = read_chain(a.archive)[1].manifest.files
    assert added.path == a.rows("captures")[1]["warc_filename"]
    assert done.rows["captures"] == 2
    assert {f.code for f in verify(a.archive).errors} == {"file.unknown"}
    stray.unlink()
    assert verify(a.archive).findings == ()


def test_a_context_that_reads_nothing_old_stays_unhealthy_whatever_is_new(tmp_path: Path) -> None:
    """A slip in the scope must not replace all rows by those of one run."""
    a = small_archive(tmp_path)
    a.crawl(_article("mot"), _article("hai"))
    before = _tables(a)
    wrong = a.archive.portal.model_copy(update={"scope": ("moi.example.vn",)})
    a.archive = a.archive.with_portal(wrong)
    done = a.crawl(("http://moi.example.vn/ba.html", _article("ba")[1]))
    kinds = [(s.manifest.kind, s.manifest.status) for s in read_chain(a.archive)]
    assert kinds[1:] == [("reread", "unhealthy"), ("crawl", "unhealthy")]
    assert [h.check for h in done.health] == ["no_article"]
    assert _tables(a) == before
    assert verify(a.archive).findings == ()


def test_another_context_reads_old_files_again_in_a_commit_of_its_own(tmp_path: Path) -> None:
    a = small_archive(tmp_path, zone="UTC")
    a.crawl(_article("mot"))
    (before,) = a.rows("versions")
    a.archive = a.archive.with_portal(a.archive.portal.model_copy(update={"zone": "Asia/Ho_Chi_Minh"}))
    done = a.crawl(_article("hai"))
    assert done.reread
    manifests = [s.manifest for s in read_chain(a.archive)]
    assert [m.kind for m in manifests] == ["crawl", "reread", "crawl"]
    assert [len(m.files) for m in manifests] == [1, 0, 1]
    assert [m.tables["articles"].rows for m in manifests] == [1, 1, 2]
    after = next(r for r in a.rows("versions") if r["title"] == "Tin mot")
    assert before["published_at"] - after["published_at"] == timedelta(hours=7)
    assert (after["version"], after["warc_record_id"]) == (1, before["warc_record_id"])


def test_another_reader_mints_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = small_archive(tmp_path)
    a.crawl(_article("mot"))
    monkeypatch.setattr(pipelines.commit, "reader_id", lambda: "f" * 64)
    a.crawl(_article("mot"))
    assert [s.manifest.kind for s in read_chain(a.archive)] == ["crawl", "reread", "crawl"]
    (row,) = a.rows("versions")
    assert (row["version"], row["reader"]) == (1, "f" * 64)
    a.crawl(_article("mot"))
    assert [s.manifest.kind for s in read_chain(a.archive)][3:] == ["crawl"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", [1, 2, 6, 7, 8, 9])
def test_a_kill_at_any_rename_leaves_the_same_rows(tmp_path: Path, step: int, when: str) -> None:
    """Rename 1 is the manifest's, the commit point; 2 to 6 are those of the five tables that change, 7 is the
    CDXJ's, 8 that of the digest of the fold's index, 9 that of the checksums."""
    a = small_archive(tmp_path)
    a.crawl(_article("mot"))
    run_id = a.write(_article("hai"), ("/mot.html", answer(page("Tin mot, đã sửa"))))
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(a.root, undisturbed)
    commit(open_archive(undisturbed), a.facts(run_id), now=a.now)
    before = _tables(a)

    _killed(a, run_id, step, when)
    made = (step, when) != (1, "before")
    assert len(read_chain(a.archive)) == (2 if made else 1)
    left = verify(a.archive)
    assert left.exit_code == 0, left.findings

    assert finish_commit(a.archive) is made
    assert not finish_commit(a.archive), "once is enough"
    assert not a.archive.staging.exists()
    if made:
        assert all(_tree(a.root / t) == _tree(undisturbed / t) for t in TABLES)
    else:
        assert _tables(a) == before
        commit(a.archive, a.facts(run_id), now=a.now)
    assert all(_tree(a.root / t) == _tree(undisturbed / t) for t in TABLES)
    index = Path("indexes", "tin.example.vn.cdxj")
    assert (a.root / index).read_bytes() == (undisturbed / index).read_bytes()
    assert len(read_chain(a.archive)) == 2, "no manifest twice"
    assert verify(a.archive).findings == ()


def _killed(a: SmallArchive, run_id: str, step: int, when: str) -> None:
    child = [sys.executable, "-c", KILLED, str(a.root), run_id, a.now.isoformat(), str(step), when]
    ended = subprocess.run(child, cwd=REPOSITORY, capture_output=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def test_the_next_commit_finishes_the_one_cut_off(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    _killed(a, a.write(_article("mot")), 1, "after")
    assert a.rows("articles") == []
    done = a.crawl(_article("hai"))
    assert (done.sequence, done.articles_before, done.rows["articles"]) == (2, 1, 2)
    assert not a.archive.staging.exists()
    assert verify(a.archive).findings == ()


def test_only_what_the_manifest_names_comes_out_of_staging(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    _killed(a, a.write(_article("mot")), 1, "after")
    (staged,) = a.archive.staging.rglob("articles.parquet")
    staged.chmod(0o644)
    staged.write_bytes(b"slipped in")
    finish_commit(a.archive)
    assert not (a.root / "articles").exists()
    assert {f.code for f in verify(a.archive, level="files").findings} == {"file.missing"}


def test_a_partition_that_no_longer_exists_is_removed(tmp_path: Path) -> None:
    """Zero rows stood in the month of creation; later rows stand elsewhere."""
    a = small_archive(tmp_path)
    a.crawl(_article("mot"))
    a.now = a.now.replace(month=6)
    empty = next((a.root / "rejections").rglob("*.parquet"))
    undated = answer(page("Không ngày", ("Một đoạn khác hẳn.", *BODY), date=None))
    a.crawl(("/trang.html", undated), _article("hai"))
    assert len(a.rows("rejections")) == 1
    assert not empty.exists()
    assert not empty.parent.exists()


def test_software_facts_of_the_run_are_kept(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    run_id = a.write(_article("mot"))
    facts = replace(a.facts(run_id), software={"openssl": "3.0.13"}, sums={"pages": {"known": 1}})
    commit(a.archive, facts, now=a.now)
    manifest = read_chain(a.archive)[0].manifest
    assert manifest.software["openssl"] == "3.0.13"
    assert {"citynews", "python", "pyarrow", "lxml"} <= manifest.software.keys()
    assert manifest.sums == {"pages": {"known": 1}}
    assert len(manifest.lock_sha256 or "") == 64
