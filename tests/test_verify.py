"""verify finds what was changed, removed or slipped in, with a stable code and a place."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.archive import TABLES, open_archive
from pipelines.commit import commit
from pipelines.dispositions import Disposition
from pipelines.ledger import open_ledger
from pipelines.manifest import Manifest, read_chain
from pipelines.manifest.checksums import write_checksums
from pipelines.rebuild import rebuild
from pipelines.row_sum import logical_digest
from pipelines.tables import TableFacts, TableFile, read_table
from pipelines.text import canonical_json, sha256_hex
from pipelines.verify import verify
from pipelines.verify.findings import Report
from tests.running import ROOT, citynews
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, small_archive


def _article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY)))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    a = small_archive(tmp_path_factory.mktemp("verify"))
    a.crawl(_article("mot"), _article("hai"))
    a.crawl(_article("ba"))
    return a


@pytest.fixture
def copy(original: SmallArchive, tmp_path: Path) -> SmallArchive:
    root = tmp_path / "copy"
    shutil.copytree(original.root, root)
    return SmallArchive(open_archive(root), now=original.now, runs=original.runs)


def _codes(report: Report) -> set[str]:
    return {f.code for f in report.errors}


def _change(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def _flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    _change(path, bytes(data))


def _articles(a: SmallArchive) -> Path:
    return next((a.root / "articles").rglob("*.parquet"))


def _warc(a: SmallArchive) -> Path:
    return sorted(a.archive.warc.rglob("*.gz"))[0]


def test_a_whole_archive_is_verified(original: SmallArchive) -> None:
    report = verify(original.archive)
    assert (report.verdict, report.exit_code, report.findings) == ("VERIFIED", 0, ())
    assert report.checked["manifests"] == report.checked["warc_files"] == 2
    assert report.checked["rows"] == sum(len(original.rows(t)) for t in TABLES)
    said = " ".join(report.not_checked)
    assert "NOT SIGNED" in said
    assert "NOT ANCHORED" in said


def test_verifying_writes_nothing(original: SmallArchive) -> None:
    def tree() -> dict[Path, int]:
        return {p: p.stat().st_mtime_ns for p in original.root.rglob("*")}

    before = tree()
    verify(original.archive)
    assert tree() == before


def test_every_flip_of_a_table_is_found(copy: SmallArchive) -> None:
    path = _articles(copy)
    good = path.read_bytes()
    path.chmod(0o644)
    for offset in range(0, len(good), 1501):
        path.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        assert "table.digest" in _codes(verify(copy.archive, level="files")), offset
    path.write_bytes(good)
    assert verify(copy.archive).exit_code == 0


def test_a_broken_table_is_named_and_never_a_traceback(copy: SmallArchive) -> None:
    _change(_articles(copy), b"no parquet at all")
    report = verify(copy.archive)
    assert {"table.digest", "table.broken", "table.rows", "row.missing"} <= _codes(report)
    broken = next(f for f in report.findings if f.code == "table.broken")
    assert broken.path == "articles/archived_month=2026-03/articles.parquet"
    assert report.exit_code == 20


def test_flips_and_cuts_of_a_warc_are_found(copy: SmallArchive) -> None:
    path = _warc(copy)
    good = path.read_bytes()
    path.chmod(0o644)
    for offset in range(0, len(good), 97):
        path.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        assert "warc.digest" in _codes(verify(copy.archive, level="files")), offset
    for length in range(0, len(good), 499):
        path.write_bytes(good[:length])
        assert "warc.digest" in _codes(verify(copy.archive, level="files")), length


def test_damage_in_a_warc_has_its_place(copy: SmallArchive) -> None:
    row = next(r for r in copy.rows("articles") if r["title"] == "Tin mot")
    _flip(copy.root / row["warc_filename"], row["warc_record_offset"] + 200)
    report = verify(copy.archive)
    damage = next(f for f in report.findings if f.code == "warc.damaged")
    assert (damage.path, damage.offset) == (row["warc_filename"], row["warc_record_offset"])
    assert {"warc.digest", "warc.records", "row.record_missing", "row.unknown"} <= _codes(report)


def test_a_cut_at_a_record_boundary_is_found(copy: SmallArchive) -> None:
    """Every record left is sound; only digest and count tell."""
    row = next(r for r in copy.rows("articles") if r["title"] == "Tin hai")
    path = copy.root / row["warc_filename"]
    _change(path, path.read_bytes()[: row["warc_record_offset"]])
    codes = _codes(verify(copy.archive, level="files"))
    assert codes == {"warc.digest", "warc.records"}


def test_a_flip_in_any_manifest_exits_21(copy: SmallArchive) -> None:
    for number, path in enumerate(sorted(copy.archive.manifests.iterdir())):
        good = path.read_bytes()
        _flip(path, good.index(b'"started":"2026') + 14)
        report = verify(copy.archive)
        assert report.exit_code == 21, number
        assert _codes(report) & {"manifest.altered", "manifest.unreadable"}
        _change(path, good)


def _index(a: SmallArchive) -> Path:
    return a.archive.indexes / "tin.example.vn.cdxj"


def test_flips_and_cuts_of_the_index_are_found(copy: SmallArchive) -> None:
    """A replay tool that follows a wrong line shows another page, or none."""
    path = _index(copy)
    good = path.read_bytes()
    lines = good.splitlines(keepends=True)
    assert len(lines) == len(copy.rows("captures"))
    path.chmod(0o644)
    changed = [good[:n] + bytes([good[n] ^ 1]) + good[n + 1 :] for n in range(0, len(good), 101)]
    changed += [b"".join(lines[:n]) for n in range(len(lines))]
    changed += [good + lines[0], b"".join(reversed(lines))]
    for data in changed:
        path.write_bytes(data)
        assert _codes(verify(copy.archive)) == {"index.differs"}
    path.unlink()
    assert _codes(verify(copy.archive)) == {"file.missing"}
    rebuild(copy.archive, now=copy.now)
    assert path.read_bytes() == good
    assert verify(copy.archive).findings == ()


def test_the_index_may_know_what_is_not_committed_yet(copy: SmallArchive) -> None:
    copy.write(_article("tư"))
    rebuild(copy.archive, now=copy.now)
    assert b"/t%C6%B0.html" in _index(copy).read_bytes()
    assert [f.code for f in verify(copy.archive).findings] == ["file.uncommitted"]


def test_a_changed_ledger_is_noted_and_made_again(copy: SmallArchive) -> None:
    """It is no evidence: the next start makes it again."""
    open_ledger(copy.archive).close()
    _flip(copy.archive.ledger, 5000)
    report = verify(copy.archive)
    assert (report.exit_code, [f.code for f in report.findings]) == (0, ["ledger.altered"])
    open_ledger(copy.archive).close()
    assert verify(copy.archive).findings == ()


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "articles/x.parquet", "warc/2026/../../../x.warc.gz"]
)
@pytest.mark.parametrize("named", ["table", "warc"])
def test_a_manifest_that_names_a_file_elsewhere_is_none(
    copy: SmallArchive, path: str, named: str
) -> None:
    """It may come from anyone; nothing outside the archive is read, and nothing raises."""
    last = read_chain(copy.archive)[-1]
    data = json.loads(last.manifest.encoded())
    file = data["tables"]["articles"]["files"][0] if named == "table" else data["files"][0]
    file["path"] = path
    del data["self_sha256"]
    data["self_sha256"] = sha256_hex(canonical_json(data))
    _change(last.path, canonical_json(data) + b"\n")
    report = verify(copy.archive)
    assert report.exit_code == 21
    assert "manifest.unreadable" in _codes(report)


def test_the_last_run_rolled_back_is_found(copy: SmallArchive) -> None:
    sorted(copy.archive.manifests.iterdir())[-1].unlink()
    report = verify(copy.archive)
    assert "table.digest" in _codes(report)
    assert "file.uncommitted" in {f.code for f in report.findings}


@pytest.mark.parametrize("kind", ["warc", "table"])
def test_removed_renamed_doubled_added(copy: SmallArchive, kind: str) -> None:
    path = _warc(copy) if kind == "warc" else _articles(copy)
    relative = path.relative_to(copy.root).as_posix()
    other = path.with_name("anders" + "".join(path.suffixes[-2:]))
    path.rename(other)
    report = verify(copy.archive, level="files")
    assert {(f.code, f.path) for f in report.errors} >= {("file.missing", relative)}
    assert any(f.code == "file.unknown" and "anders" in f.path for f in report.errors)
    shutil.copy(other, path)
    assert _codes(verify(copy.archive)) == {"file.unknown"}, "doubled"
    other.unlink()
    assert verify(copy.archive).exit_code == 0


def test_files_swapped_are_found(copy: SmallArchive) -> None:
    one, two = sorted(copy.archive.warc.rglob("*.gz"))
    first, second = one.read_bytes(), two.read_bytes()
    _change(one, second)
    _change(two, first)
    assert "warc.digest" in _codes(verify(copy.archive))


def test_strays_are_found(copy: SmallArchive) -> None:
    (_articles(copy).with_name("_SUCCESS")).write_text("")
    (copy.archive.manifests / "note.txt").write_text("")
    (copy.archive.warc / "2026" / "x.txt").write_text("")
    paths = {f.path.rpartition("/")[2] for f in verify(copy.archive).errors if f.code == "file.unknown"}
    assert paths == {"_SUCCESS", "note.txt", "x.txt"}


def test_a_killed_runs_sealed_file_is_no_fault(copy: SmallArchive) -> None:
    copy.write(_article("tư"))
    report = verify(copy.archive)
    assert (report.exit_code, [f.code for f in report.findings]) == (0, ["file.uncommitted"])


def test_a_sealed_file_under_a_false_run_is_a_fault(copy: SmallArchive) -> None:
    path = _warc(copy)
    shutil.copy(path, path.with_name("tin.example.vn-20260401T000000Z-abcdef-00000.warc.gz"))
    assert _codes(verify(copy.archive)) == {"file.unknown"}, "its records are known from another file"


def _reseal(a: SmallArchive, table: str, change: object) -> None:
    """Rewrite a table and the newest manifest as one would who knows the format."""
    (path,) = (a.root / table).rglob("*.parquet")
    stored = pq.read_table(path, partitioning=None)
    rows = change(stored.to_pylist())  # type: ignore[operator]
    path.chmod(0o644)
    pq.write_table(pa.Table.from_pylist(rows, schema=stored.schema), path)
    last = read_chain(a.archive)[-1]
    data = path.read_bytes()
    file = TableFile(
        path=path.relative_to(a.root).as_posix(), bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(), rows=len(rows),
    )  # fmt: skip
    logical = logical_digest(read_table(a.root, table))
    facts = TableFacts(rows=len(rows), logical_sha256=logical, files=(file,))
    manifest: Manifest = last.manifest.model_copy(update={"tables": {**last.manifest.tables, table: facts}})
    _change(last.path, manifest.encoded())
    write_checksums(a.archive, read_chain(a.archive))


def test_a_row_deleted_and_everything_rewritten(copy: SmallArchive) -> None:
    _reseal(copy, "articles", lambda rows: rows[1:])
    report = verify(copy.archive)
    assert _codes(report) == {"row.missing"}


def test_a_row_added(copy: SmallArchive) -> None:
    _reseal(copy, "captures", lambda rows: [*rows, {**rows[0], "warc_record_offset": 5}])
    assert _codes(verify(copy.archive)) == {"row.record_missing", "row.unknown"}


def test_a_text_changed(copy: SmallArchive) -> None:
    def lie(rows: list[dict]) -> list[dict]:
        rows[0]["title"] = "Tin khác hẳn"
        return rows

    _reseal(copy, "articles", lie)
    report = verify(copy.archive)
    assert _codes(report) == {"row.digest", "row.differs"}
    differs = next(f for f in report.findings if f.code == "row.differs")
    assert differs.found == "title"


def test_a_row_that_points_to_another_record(copy: SmallArchive) -> None:
    def lie(rows: list[dict]) -> list[dict]:
        rows[0]["warc_record_id"] = rows[1]["warc_record_id"]
        return rows

    _reseal(copy, "rejections" if copy.rows("rejections") else "captures", lie)
    assert {"row.record_differs", "row.differs"} <= _codes(verify(copy.archive))


def test_the_equation_of_a_run_is_that_of_its_dispositions(copy: SmallArchive) -> None:
    told = {"known": 4, "captured": 1, "confirmed": 0, "not_due": 2, "pending": 0, "failed.dns": 1}
    none = dict.fromkeys(("known", "captured", "confirmed", "not_due", "pending"), 0)
    copy.lines = [Disposition(url=f"{SITE}/mat", verdict="failed", reason="dns")]
    run_id = copy.write(_article("ba"))
    facts = replace(copy.facts(run_id), sums={"pages": told, "requisites": none})
    commit(copy.archive, facts, now=copy.now)
    assert verify(copy.archive).findings == ()
    last = read_chain(copy.archive)[-1]
    lie = {"pages": {**told, "known": 5, "not_due": 3}, "requisites": none}
    _change(last.path, last.manifest.model_copy(update={"sums": lie}).encoded())
    write_checksums(copy.archive, read_chain(copy.archive))
    assert _codes(verify(copy.archive)) == {"sums.differ"}


def test_rows_of_another_reader_are_not_checked_and_never_failed(
    copy: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pipelines.verify", "pipelines.verify.rows"):
        monkeypatch.setattr(f"{name}.reader_id", lambda: "a" * 64)
    report = verify(copy.archive)
    assert (report.verdict, report.exit_code, report.errors) == ("UNVERIFIABLE", 22, ())
    assert any("NOT CHECKED" in line for line in report.unverifiable)


def test_findings_are_plain_values(copy: SmallArchive) -> None:
    _change(_articles(copy), b"")
    report = verify(copy.archive).as_json()
    assert report["verdict"] == "FAILED"
    assert set(report["findings"][0]) == {"code", "severity", "path", "offset", "expected", "found"}


def test_every_code_is_documented() -> None:
    """Codes are stable: each that the source names stands in the table."""
    folder, table = ROOT / "pipelines/verify", ROOT / "pipelines/verify/findings.py"
    checks = [path for path in folder.glob("*.py") if path != table]
    source = "".join(path.read_text() for path in [*checks, ROOT / "pipelines/manifest/chain.py"])
    of = "manifest|file|warc|index|checksums|ledger|sums|table|row|commit"
    named = set(re.findall(rf'"((?:{of})\.[a-z_]+)"', source))
    named.discard("manifest.json")
    documented = set(re.findall(r"``([a-z]+\.[a-z_]+)``", table.read_text()))
    assert named == documented


def _sampled(a: SmallArchive, count: int = 100) -> Report:
    return verify(a.archive, level="quick", sample=count)


def test_quick_looks_at_lengths(copy: SmallArchive) -> None:
    assert verify(copy.archive, level="quick").findings == ()
    path = _warc(copy)
    _flip(path, 100)
    assert verify(copy.archive, level="quick").findings == ()
    _change(path, path.read_bytes()[:-1])
    (found,) = verify(copy.archive, level="quick").findings
    assert (found.code, found.path) == ("file.size", path.relative_to(copy.root).as_posix())
    path.unlink()
    assert _codes(verify(copy.archive, level="quick")) == {"file.missing"}


def test_each_level_says_what_it_left_out(original: SmallArchive) -> None:
    quick, files = (verify(original.archive, level=level) for level in ("quick", "files"))
    assert quick.checked == {"manifests": 2, "warc_files": 2, "rows": files.checked["rows"]}
    assert files.checked == verify(original.archive).checked
    assert any("--deep" in line for line in files.not_checked)
    assert not any("NOT CHECKED" in line for line in verify(original.archive).not_checked)


def test_a_row_that_was_changed_is_left_to_deep_and_sample(copy: SmallArchive) -> None:
    def lie(rows: list[dict]) -> list[dict]:
        rows[0]["title"] = "Tin khác"
        return rows

    _reseal(copy, "versions", lie)
    assert verify(copy.archive, level="files").findings == ()
    assert _codes(_sampled(copy)) == {"row.digest", "row.differs"}
    assert {"row.digest", "row.differs"} <= _codes(verify(copy.archive))


def test_a_sample_of_sound_rows_finds_nothing_and_says_how_many(copy: SmallArchive) -> None:
    report = _sampled(copy, 2)
    assert (report.findings, report.exit_code) == ((), 0)
    assert "SAMPLED: 2 of 3 versions" in report.proved[-1]
    assert "SAMPLED: 3 of 3 versions" in _sampled(copy).proved[-1]


def test_a_sample_finds_a_record_that_is_damaged_or_another(copy: SmallArchive) -> None:
    row = copy.rows("versions")[0]
    _flip(copy.root / row["warc_filename"], row["warc_record_offset"] + 200)
    (found,) = _sampled(copy).errors
    assert (found.code, found.offset) == ("row.record_missing", row["warc_record_offset"])


def test_a_sample_finds_a_row_that_names_another_payload(copy: SmallArchive) -> None:
    def lie(rows: list[dict]) -> list[dict]:
        rows[0]["payload_digest"] = "sha256:" + "0" * 64
        return rows

    _reseal(copy, "versions", lie)
    assert _codes(_sampled(copy)) == {"row.digest", "row.record_differs"}


def test_a_sample_of_rows_of_another_reader_is_not_checked(
    copy: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.verify.reader_id", lambda: "a" * 64)
    assert _sampled(copy).exit_code == 22


def test_a_table_with_other_rows_than_it_should_have_is_told_by_its_head(copy: SmallArchive) -> None:
    last = read_chain(copy.archive)[-1]
    facts = last.manifest.tables["articles"]
    lie = facts.files[0].__class__(**{**asdict(facts.files[0]), "rows": 9})
    tables = {**last.manifest.tables, "articles": replace(facts, files=(lie,))}
    _change(last.path, last.manifest.model_copy(update={"tables": tables}).encoded())
    write_checksums(copy.archive, read_chain(copy.archive))
    assert _codes(verify(copy.archive, level="files")) == {"table.rows"}


def test_progress_is_told_in_bytes(original: SmallArchive) -> None:
    told: list[tuple[int, int]] = []
    verify(original.archive, level="files", tell=lambda done, total: told.append((done, total)))
    total = sum(f.stat().st_size for f in original.archive.warc.rglob("*.gz"))
    assert [t for _, t in told] == [total] * 2
    assert told[0][0] == 0 < told[1][0] < total


def test_findings_go_to_a_file_as_lines(copy: SmallArchive, tmp_path: Path) -> None:
    _change(_articles(copy), b"")
    lines = tmp_path / "findings.jsonl"
    words = ("verify", copy.root.name, "--output", copy.root.parent, "--findings", lines)
    assert citynews(*words).returncode == 20
    found = [json.loads(line) for line in lines.read_text().splitlines()]
    assert {"table.digest", "table.broken"} <= {f["code"] for f in found}
    assert set(found[0]) == {"code", "severity", "path", "offset", "expected", "found"}


def test_findings_that_cannot_be_written_are_told_before_the_work(copy: SmallArchive, tmp_path: Path) -> None:
    words = ("verify", copy.root.name, "--output", copy.root.parent, "--findings", tmp_path / "no/such")
    refused = citynews(*words)
    assert (refused.returncode, "verifying" in refused.stderr) == (4, False)
