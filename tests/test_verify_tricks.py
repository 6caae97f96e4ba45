"""What somebody who knows how verification works might try: nothing hides behind a commit that looks cut off,
behind a chain that is broken, or behind files that are no Parquet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.errors import ChainError, UsageError
from pipelines.manifest import read_chain
from pipelines.manifest.checksums import checksums_path, write_checksums
from pipelines.manifest.signature import sign_newest, signature_path
from pipelines.verify import Outside, verify
from pipelines.verify.findings import Report
from pipelines.warc.cdxj import cdxj_path
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive
from tests.test_signature import make_key


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    a = small_archive(tmp_path)
    for name in ("mot", "hai"):
        a.crawl((f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY)))))
    return a


def codes(report: Report) -> set[str]:
    return {f.code for f in report.errors}


def stage(a: SmallArchive) -> Path:
    return a.archive.staging / "000002"


def change(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_forged_file_does_not_hide_behind_the_true_one_in_staging(
    archive: SmallArchive, tmp_path: Path
) -> None:
    key = make_key(tmp_path)
    sign_newest(archive.archive, key)
    outside = Outside(pubkey=key.with_suffix(".pub"), anchor=read_chain(archive.archive)[-1].sha256)
    table = next((archive.root / "articles").rglob("*.parquet"))
    warc = sorted(archive.archive.warc.rglob("*.gz"))[-1]
    for path in (table, warc):
        waiting = stage(archive) / path.relative_to(archive.root)
        waiting.parent.mkdir(parents=True)
        shutil.copy(path, waiting)
    assert codes(verify(archive.archive, outside=outside)) == set()
    change(table, b"another headline")
    change(warc, b"another page")
    for level in ("quick", "files", "deep"):
        report = verify(archive.archive, level=level, outside=outside)
        assert {"table.digest", "warc.digest"} <= codes(report), level


def test_an_empty_stage_hides_nothing(archive: SmallArchive) -> None:
    stage(archive).mkdir(parents=True)
    assert codes(verify(archive.archive)) == set()
    (archive.root / "articles/archived_month=2026-03/more.parquet").write_bytes(b"")
    checksums_path(archive.archive).unlink()
    cdxj_path(archive.archive).unlink()
    report = verify(archive.archive)
    assert codes(report) == {"file.unknown", "file.missing"}
    assert len(report.errors) == 3


def test_tables_that_no_commit_read_are_a_fault(archive: SmallArchive) -> None:
    last = read_chain(archive.archive)[-1]
    change(last.path, last.manifest.model_copy(update={"tables_sequence": 0}).encoded())
    write_checksums(archive.archive, read_chain(archive.archive))
    for level in ("quick", "files", "deep"):
        assert codes(verify(archive.archive, level=level)) == {"manifest.reading"}


def test_a_table_that_nobody_knows_makes_no_manifest(archive: SmallArchive) -> None:
    last = read_chain(archive.archive)[-1]
    tables = {**last.manifest.tables, "secrets": last.manifest.tables["articles"]}
    change(last.path, last.manifest.model_copy(update={"tables": tables}).encoded())
    assert "manifest.unreadable" in codes(verify(archive.archive))


@pytest.mark.parametrize("broken", [b"no parquet", b""])
def test_a_sample_of_a_broken_table_is_a_finding(archive: SmallArchive, broken: bytes) -> None:
    change(next((archive.root / "versions").rglob("*.parquet")), broken)
    assert "table.broken" in codes(verify(archive.archive, level="files", sample=9))


def test_nothing_is_proved_by_a_broken_chain(archive: SmallArchive, tmp_path: Path) -> None:
    key = make_key(tmp_path)
    sign_newest(archive.archive, key)
    first, last = read_chain(archive.archive)
    outside = Outside(pubkey=key.with_suffix(".pub"), anchor=last.sha256)
    assert len(verify(archive.archive, level="quick", outside=outside).proved) == 2
    change(first.path, first.path.read_bytes().replace(b'"complete"', b'"interrupted"'))
    report = verify(archive.archive, level="quick", outside=outside)
    assert (report.exit_code, report.proved) == (21, ())


def test_what_is_no_signature_is_not_taken_for_one(archive: SmallArchive, tmp_path: Path) -> None:
    key = make_key(tmp_path)
    signature_path(read_chain(archive.archive)[-1]).write_bytes(b"signed, honestly\n")
    with pytest.raises(ChainError, match="no signature of it"):
        sign_newest(archive.archive, key)


def test_a_key_of_the_right_look_that_is_none_is_told(archive: SmallArchive, tmp_path: Path) -> None:
    fake = tmp_path / "fake.pub"
    fake.write_text(f"ssh-ed25519 {'A' * 68} me@example.org\n")
    with pytest.raises(UsageError, match="no public key"):
        verify(archive.archive, level="quick", outside=Outside(pubkey=fake))

