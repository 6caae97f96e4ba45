"""Everything derived can be deleted and comes back; other rows are never passed off as the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pipelines.commit
import pipelines.manifest.contents
import pipelines.rebuild
from pipelines import tables
from pipelines.archive import TABLES
from pipelines.errors import ConfigurationError, IntegrityError
from pipelines.manifest import read_chain
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from tests.small_archive import (
    BODY,
    SITE,
    SmallArchive,
    answer,
    page,
    redirect,
    sitemap,
    small_archive,
)

TRUTH = {"archive.json", "warc", "manifests"}


def _article(name: str, *, date: str | None = "Thứ Tư, 13/10/2021 17:46") -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY), date=date))


@pytest.fixture
def rich(tmp_path: Path) -> SmallArchive:
    """Two months, versions, a redirect, a duplicate, a rejection, an unhealthy run in between."""
    a = small_archive(tmp_path)
    listed = ("/wp-sitemap-posts-post-1.xml", answer(sitemap(f"{SITE}/hai.html"), kind="text/xml"))
    a.crawl(listed, _article("mot"), _article("hai", date=None), _article("ba", date=None))
    a.crawl(("/mot.html", answer(b"", status="503 Busy")), ("/hai.html", answer(b"")))
    a.now = a.now.replace(month=5)
    a.crawl(("/mot.html", answer(page("Tin mot, đã sửa"))), ("/cu", redirect("/mot.html")), _article("tư"))
    return a


def _state(a: SmallArchive) -> dict[str, list]:
    return {table: a.rows(table) for table in TABLES}


def _delete_derived(root: Path) -> None:
    for path in root.iterdir():
        if path.name not in TRUTH:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_delete_and_rebuild_gives_every_column_of_every_table(rich: SmallArchive) -> None:
    before = _state(rich)
    assert all(before[t] for t in ("articles", "versions", "captures", "coverage", "rejections"))
    files = {p: p.read_bytes() for t in TABLES for p in (rich.root / t).rglob("*.parquet")}
    manifests = len(read_chain(rich.archive))
    _delete_derived(rich.root)
    told: list[tuple[int, int]] = []
    done = rebuild(rich.archive, now=rich.now, tell=lambda *bytes_of: told.append(bytes_of))
    assert told[-1] == (sum(p.stat().st_size for p in rich.archive.warc.rglob("*.gz")),) * 2
    assert (done.kind, done.manifest) == ("same", None)
    assert len(done.restored) == len(files)
    assert _state(rich) == before
    assert {p: p.read_bytes() for t in TABLES for p in (rich.root / t).rglob("*.parquet")} == files
    assert len(read_chain(rich.archive)) == manifests
    assert (rich.root / "indexes" / "tin.example.vn.cdxj").is_file()
    assert rich.archive.ledger.is_file()
    assert verify(rich.archive).findings == ()


def test_a_rebuild_of_what_is_whole_changes_nothing(rich: SmallArchive) -> None:
    done = rebuild(rich.archive, now=rich.now)
    assert (done.kind, done.restored) == ("same", ())
    assert not rich.archive.staging.exists()


def test_a_broken_file_is_put_back(rich: SmallArchive) -> None:
    before = _state(rich)
    path = next((rich.root / "articles").rglob("*.parquet"))
    path.chmod(0o644)
    path.write_bytes(b"PAR1 no more")
    stray = path.with_name("note.json")
    stray.write_text("{}")
    done = rebuild(rich.archive, now=rich.now)
    assert done.restored == (path.relative_to(rich.root).as_posix(),)
    assert not stray.exists()
    assert _state(rich) == before


def test_other_bytes_of_the_same_rows_are_named_by_a_manifest(
    rich: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _state(rich)
    monkeypatch.setattr(tables, "ROWS_PER_FILE", 1)
    done = rebuild(rich.archive, now=rich.now)
    assert done.kind == "rebuild"
    last, former = read_chain(rich.archive)[-1].manifest, read_chain(rich.archive)[-2].manifest
    assert (last.kind, last.files, last.tables_sequence) == ("rebuild", (), former.tables_sequence)
    for name, facts in last.tables.items():
        assert facts.logical_sha256 == former.tables[name].logical_sha256
    assert _state(rich) == before
    assert verify(rich.archive).findings == ()
    assert rebuild(rich.archive, now=rich.now).kind == "same"


def test_other_rows_under_the_same_reader_are_refused(
    rich: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _state(rich)
    monkeypatch.setattr("pipelines.record_rows._NEVER_PAGES", ("page", "robots", "requisite"))
    with pytest.raises(IntegrityError, match="in captures, rejections;") as caught:
        rebuild(rich.archive, now=rich.now)
    assert caught.value.exit_code == 20
    assert _state(rich) == before
    assert not rich.archive.staging.exists()


def test_another_reader_makes_a_commit_of_kind_reread(
    rich: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _state(rich)
    for module in (pipelines.commit, pipelines.rebuild):
        monkeypatch.setattr(module, "reader_id", lambda: "e" * 64)
    done = rebuild(rich.archive, now=rich.now)
    assert done.kind == "reread"
    assert {r["reader"] for r in rich.rows("versions")} == {"e" * 64}
    kept = ("article_id", "version", "warc_record_id", "content_sha256")
    versions = [{k: r[k] for k in kept} for r in rich.rows("versions")]
    assert versions == [{k: r[k] for k in kept} for r in before["versions"]]
    assert rebuild(rich.archive, now=rich.now).kind == "same"


def test_a_reread_takes_the_records_of_an_unhealthy_run_too(
    rich: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifests name them; tables that lack them would be none of any manifest."""
    busy = [(row["url"], answer(b"", status="503 Busy")) for row in rich.rows("articles")]
    rich.crawl(*busy)
    assert read_chain(rich.archive)[-1].manifest.status == "unhealthy"
    captures = len(rich.rows("captures"))
    for module in (pipelines.commit, pipelines.rebuild):
        monkeypatch.setattr(module, "reader_id", lambda: "e" * 64)
    assert rebuild(rich.archive, now=rich.now).kind == "reread"
    assert len(rich.rows("captures")) == captures + len(busy)
    assert rebuild(rich.archive, now=rich.now).kind == "same"


def test_another_schema_is_another_reading(rich: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of other rules are no fault of the evidence."""
    monkeypatch.setattr(pipelines.manifest.contents, "SCHEMA_VERSION", 99)
    report = verify(rich.archive)
    assert (report.exit_code, report.errors) == (22, ())
    assert rebuild(rich.archive, now=rich.now).kind == "reread"
    assert read_chain(rich.archive)[-1].manifest.read_with.schema_version == 99
    assert verify(rich.archive).exit_code == 0


def test_evidence_with_other_bytes_is_damaged_whatever_its_rows(rich: SmallArchive) -> None:
    """Its records are sound and give the same rows, but it is not the file that was sealed."""
    path = sorted(rich.archive.warc.rglob("*.gz"))[0]
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[9] ^= 0xFF  # the operating system, in the first gzip header
    path.write_bytes(data)
    with pytest.raises(IntegrityError, match="not the bytes that its manifest names; the tables in place"):
        rebuild(rich.archive, now=rich.now)


def _damage(a: SmallArchive, title: str) -> Path:
    row = next(r for r in a.rows("articles") if r["title"] == title)
    path = a.root / row["warc_filename"]
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[row["warc_record_offset"] + row["warc_record_length"] // 2] ^= 0xFF
    path.write_bytes(data)
    return path


def test_a_damaged_warc_leaves_whole_tables_alone(rich: SmallArchive) -> None:
    before = _state(rich)
    _damage(rich, "Tin hai")
    with pytest.raises(IntegrityError, match="kept"):
        rebuild(rich.archive, now=rich.now)
    assert _state(rich) == before


def test_of_a_damaged_warc_all_readable_records_are_used(rich: SmallArchive) -> None:
    path = _damage(rich, "Tin hai")
    _delete_derived(rich.root)
    with pytest.raises(IntegrityError) as caught:
        rebuild(rich.archive, now=rich.now)
    assert caught.value.exit_code == 20
    assert path.name in str(caught.value)
    titles = {r["title"] for r in rich.rows("articles")}
    assert titles == {"Tin mot, đã sửa", "Tin tư"}
    assert verify(rich.archive).exit_code == 20


def test_of_a_missing_warc_the_others_are_used(rich: SmallArchive) -> None:
    row = next(r for r in rich.rows("articles") if r["title"] == "Tin tư")
    (rich.root / row["warc_filename"]).unlink()
    _delete_derived(rich.root)
    with pytest.raises(IntegrityError, match="missing"):
        rebuild(rich.archive, now=rich.now)
    assert {r["title"] for r in rich.rows("articles")} == {"Tin mot", "Tin hai"}


def test_nothing_committed_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="run crawl"):
        rebuild(small_archive(tmp_path).archive, now=small_archive(tmp_path).now)
