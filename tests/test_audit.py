"""The page for auditors: its lines, run as they stand, are silent over a sound archive and name a fault."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipelines.loss import acknowledge, find_losses
from pipelines.manifest import read_chain
from pipelines.manifest.signature import sign_newest
from pipelines.retract import retract
from pipelines.retract.retractable import find
from tests.running import ROOT
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive
from tests.test_signature import make_key

PAGE = (ROOT / "docs/audit.md").read_text("utf-8")
SIGNED, DIGESTS, CHAIN, LISTED, NAMED, RECORD, REDACTED = re.findall(r"^```sh\n(.*?)^```", PAGE, re.S | re.M)


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    a = small_archive(tmp_path)
    for name in ("mot", "hai", "ba"):
        a.crawl((f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY)))))
    key = make_key(tmp_path)
    sign_newest(a.archive, key)
    shutil.copy(key.with_suffix(".pub"), a.root / "archivist.pub")
    return a


def shell(a: SmallArchive, lines: str, tmp_path: Path, **variables: Any) -> subprocess.CompletedProcess[str]:
    """The lines as an auditor types them; only the place of the list of signers is the test's own."""
    given = "".join(f"{name}={value}\n" for name, value in variables.items())
    script = given + lines.replace("/tmp/signers", str(tmp_path / "signers"))
    return subprocess.run(["bash", "-c", script], cwd=a.root, capture_output=True, text=True, timeout=60)


def alter(path: Path) -> None:
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])


def test_a_sound_archive(archive: SmallArchive, tmp_path: Path) -> None:
    good = shell(archive, SIGNED, tmp_path)
    assert (good.returncode, 'Good "citynews-manifest" signature' in good.stdout) == (0, True), good.stderr
    assert read_chain(archive.archive)[-1].sha256 in shell(archive, DIGESTS, tmp_path).stdout
    for lines in (CHAIN, LISTED, NAMED):
        done = shell(archive, lines, tmp_path)
        assert (done.stdout, done.stderr) == ("", "")


def test_a_row_leads_to_its_record(archive: SmallArchive, tmp_path: Path) -> None:
    row = next(r for r in archive.rows("articles") if r["title"] == "Tin hai")
    names = ("warc_filename", "warc_record_offset", "warc_record_length")
    shown = shell(archive, RECORD, tmp_path, **{name: row[name] for name in names}).stdout
    assert row["warc_record_id"] in shown
    assert "Tin hai" in shown


def test_a_changed_file_is_named(archive: SmallArchive, tmp_path: Path) -> None:
    path = archive.root / archive.rows("articles")[0]["warc_filename"]
    alter(path)
    for lines in (LISTED, NAMED):
        done = shell(archive, lines, tmp_path)
        assert (done.returncode, f"{path.relative_to(archive.root)}: FAILED" in done.stdout) == (1, True)


def test_the_list_names_every_file_that_counts(archive: SmallArchive) -> None:
    listed = {line.split("  ", 1)[1] for line in (archive.root / "SHA256SUMS").read_text().splitlines()}
    folders = ("warc", "manifests", "articles", "versions", "captures", "coverage", "links", "images")
    held = [p for f in folders for p in (archive.root / f).rglob("*") if p.is_file() and p.suffix != ".sig"]
    assert {p.relative_to(archive.root).as_posix() for p in held} <= listed
    assert sum(p.suffix == ".json" for p in held) == 3


def test_a_changed_manifest_breaks_the_chain(archive: SmallArchive, tmp_path: Path) -> None:
    alter(read_chain(archive.archive)[1].path)
    assert "broken before manifests/000003" in shell(archive, CHAIN, tmp_path).stdout


def test_a_changed_newest_manifest_has_no_good_signature(archive: SmallArchive, tmp_path: Path) -> None:
    alter(read_chain(archive.archive)[-1].path)
    assert shell(archive, SIGNED, tmp_path).returncode != 0


def test_what_was_retracted_is_seen(archive: SmallArchive, tmp_path: Path) -> None:
    assert shell(archive, REDACTED, tmp_path).stdout == ""
    url = next(r["url"] for r in archive.rows("articles") if r["title"] == "Tin hai")
    found = find(archive.archive, url, (), sources=False)
    retract(archive.archive, found, reason="theo quyết định số 12", now=archive.now)
    for lines in (CHAIN, LISTED, NAMED):
        done = shell(archive, lines, tmp_path)
        assert (done.stdout, done.stderr) == ("", "")
    manifest, path, offset, length, name, reason = shell(archive, REDACTED, tmp_path).stdout.split(" ", 5)
    assert (manifest[:16], reason) == ("manifests/000004", "theo quyết định số 12\n")
    place = {"warc_filename": path, "warc_record_offset": offset, "warc_record_length": length}
    shown = shell(archive, RECORD, tmp_path, **place).stdout
    assert name in shown
    assert "citynews-redacted: " in shown
    assert "reason: theo quyết định số 12" in shown
    assert "Tin hai" not in shown


def test_a_file_that_is_acknowledged_as_lost_is_not_looked_for(archive: SmallArchive, tmp_path: Path) -> None:
    path = archive.root / archive.rows("articles")[0]["warc_filename"]
    path.unlink()
    assert "FAILED" in shell(archive, NAMED, tmp_path).stdout
    losses = find_losses(archive.archive, [path.relative_to(archive.root).as_posix()], reason="no copy")
    acknowledge(archive.archive, losses, now=archive.now)
    for lines in (CHAIN, LISTED, NAMED):
        done = shell(archive, lines, tmp_path)
        assert (done.stdout, done.stderr) == ("", "")
