"""``citynews changes``: what happened, how sure it is, and the words that an edit added and removed."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli.main import main
from pipelines.manifest import read_chain, tables_of
from pipelines.report.word_diff import plain, word_diff
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, redirect, small_archive

LONG = " ".join(f"câu{n} nói về việc thi công tuyến đê ở phía nam thành phố" for n in range(9))
OLD = (BODY[0], f"{LONG} và hoàn thành trước mùa mưa bão. {LONG}", BODY[2])
NEW = (BODY[0], f"{LONG} và khánh thành trước mùa mưa bão. {LONG}", BODY[2], "Đoạn mới thêm vào.")
GONE = answer(b"?", status="404 Not Found")
NAME = "tin.example.vn"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    """Four articles: one edited, one moved, one suspected to be removed, one merged onto the first."""
    a = small_archive(tmp_path_factory.mktemp("output") / NAME)
    titles = {"/cau.html": "Cầu mới", "/di.html": "Lễ hội", "/mat.html": "Họp báo", "/gop.html": "Cầu cũ"}
    titles["/x.html"] = "Chợ \x1b[31mhoa"
    a.crawl(*((path, answer(page(title, (*OLD, title)))) for path, title in titles.items()))
    a.now += timedelta(days=1)
    a.crawl(
        ("/cau.html", answer(page("Cầu mới thông xe", NEW))),
        ("/di.html", redirect("/den.html")),
        ("/den.html", answer(page("Lễ hội", (*OLD, "Lễ hội")))),
        ("/mat.html", GONE),
        ("/gop.html", redirect("/cau.html")),
    )
    return a


def ask(archive: SmallArchive, *options: str) -> list[str]:
    return ["changes", NAME, "--output", str(archive.root.parent), *options]


def test_edits_are_shown_word_by_word_with_little_around(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(ask(archive, "--kind", "edited")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026-03-31 08:05 UTC  edited: Cầu mới thông xe"
    assert lines[1] == f"  {SITE}/cau.html"
    assert lines[2] == (
        "  version 1 to 2, title, paragraphs: 7 words added, 1 removed; "
        "between 2026-03-30 08:00 UTC and 2026-03-31 08:05 UTC"
    )
    assert lines[3] == "  title: Cầu mới{+ thông xe+}"
    assert lines[4] == ("  paragraphs: …ở phía nam thành phố và [-hoàn-]{+khánh+} thành trước mùa mưa bão. …")
    assert lines[5:] == ["  paragraphs: {+Đoạn mới thêm vào.+}", "", "1 event"]


def test_each_kind_says_how_sure_it_is(archive: SmallArchive, capsys: pytest.CaptureFixture[str]) -> None:
    main(ask(archive, "--since", "2026-03-31"))
    told = capsys.readouterr().out
    assert told.endswith("\n4 events\n") and "published" not in told
    between = "between 2026-03-30 08:01 UTC and 2026-03-31 08:06 UTC"
    assert f"moved: Lễ hội\n  {SITE}/di.html\n  to {SITE}/den.html; {between}\n" in told
    assert f"suspected removed: Họp báo\n  {SITE}/mat.html\n  answered 404, not confirmed; between" in told
    assert f"merged: Cầu cũ\n  {SITE}/gop.html\n  redirects onto Cầu mới thông xe, {SITE}/cau.html; " in told
    moments = [line[:16] for line in told.splitlines() if line.startswith("2026-")]
    assert moments == sorted(moments)


def test_what_is_left_out_is_told(archive: SmallArchive, capsys: pytest.CaptureFixture[str]) -> None:
    main(ask(archive, "--limit", "2"))
    assert capsys.readouterr().out.endswith("\n2 events of 9; --limit shows more\n")
    main(ask(archive, "--since", "2027-01-01"))
    assert capsys.readouterr().out == "nothing happened that is known here\n"
    assert main(ask(archive, "--since", "gestern")) == 2
    assert "--since 'gestern' is no date" in capsys.readouterr().err


def test_programs_get_rows_and_passages(archive: SmallArchive, capsys: pytest.CaptureFixture[str]) -> None:
    main(ask(archive, "--json", "--kind", "edited", "--kind", "merged"))
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], [e["kind"] for e in told["events"]]) == (2, ["edited", "merged"])
    edited, merged = told["events"]
    assert edited["seen_at"] == "2026-03-31T08:05:00.000000Z"
    assert edited["passages"][0] == {"field": "title", "words": "Cầu mới{+ thông xe+}"}
    assert merged["target_title"] == "Cầu mới thông xe" and merged["passages"] == []


@pytest.mark.parametrize("no_color", [None, "1"])
def test_a_terminal_gets_colours_and_no_commands_of_the_server(
    archive: SmallArchive, no_color: str | None
) -> None:
    parent, child = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
    if no_color:
        environment["NO_COLOR"] = no_color
    command = [sys.executable, "-m", "crawler.cli", *ask(archive)]
    with subprocess.Popen(command, stdout=child, stdin=child, env=environment) as running:
        os.close(child)
        told = b""
        while True:
            try:
                told += os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
    os.close(parent)
    text = told.decode()
    assert running.returncode == 0
    if no_color:
        assert "\x1b" not in text and "[-hoàn-]{+khánh+}" in text
    else:
        assert "\x1b[9;31mhoàn\x1b[0m\x1b[32mkhánh\x1b[0m thành" in text
        assert "[-" not in text and "{+" not in text
    assert "\x1b[31m" not in text


def test_an_archive_without_the_table_says_what_to_do(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / NAME
    shutil.copytree(archive.root, copy)
    before = tables_of(read_chain(archive.archive))
    del before["events"]
    monkeypatch.setattr("pipelines.report.happened.tables_of", lambda chain: before)
    assert main(["changes", NAME, "--output", str(tmp_path)]) == 4
    assert f"run citynews rebuild {NAME}, or crawl it again" in capsys.readouterr().err


def test_a_table_that_was_changed_is_not_read(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / NAME
    shutil.copytree(archive.root, copy)
    (path,) = (copy / "versions").rglob("*.parquet")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    assert main(["changes", NAME, "--output", str(tmp_path)]) == 20
    assert "is missing or not what its manifest says" in capsys.readouterr().err


def diff(old: str, new: str) -> list[str]:
    return [plain(p) for p in word_diff(old.split("|"), new.split("|"), around=2)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("một hai ba", "một hai ba", []),
        ("một hai ba", "một bốn ba", ["một [-hai-]{+bốn+} ba"]),
        ("một hai ba bốn", "năm sáu ba bốn", ["[-một hai-]{+năm sáu+} ba bốn"]),
        ("tin", "tin|thêm", ["{+thêm+}"]),
        ("tin|bớt", "tin", ["[-bớt-]"]),
        ("hoà bình", "hòa bình", ["[-hoà-]{+hòa+} bình"]),
        ("ho\u0300a bi\u0300nh", "hòa bình", []),  # NFD and NFC are one text
        ("đường, phố", "đường; phố", ["đường[-,-]{+;+} phố"]),
        ("a b c d e f g h i k", "a b c d e f g h i l", ["…h i [-k-]{+l+}"]),
        ("a b c d e f g h i k", "b b c d e f g h i l", ["[-a-]{+b+} b c…h i [-k-]{+l+}"]),
        ("một đoạn|hai đoạn", "một câu|hai câu", ["một [-đoạn-]{+câu+}", "hai [-đoạn-]{+câu+}"]),
    ],
)
def test_words_that_differ(old: str, new: str, expected: list[str]) -> None:
    assert diff(old, new) == expected
