"""Whom a failing run tells: ``crawl --on-failure``, with real commands of the shell."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import pytest

from crawler.cli import failure
from crawler.cli.failure import call, code_of
from crawler.logs import LOGS, forget_logs
from pipelines.archive import Archive, locked, open_archive
from pipelines.errors import DiskFull
from tests.running import citynews
from tests.site import Answer, serve
from tests.test_run import SITE, crawl

NOTED = ("PORTAL", "EXIT_CODE", "REASON", "ARCHIVE", "REPORT", "LOG")


def noting(file: Path) -> str:
    """A command that notes what it is told."""
    told = " ".join(f'"$CITYNEWS_{name}"' for name in NOTED)
    return f"printf '%s\\n' {told} >> {shlex.quote(str(file))}"


def crawled(word: str, output: Path, command: str, *options: str) -> tuple[int, str, str]:
    done = citynews("crawl", word, *options, "--allow-loopback", "--output", output, "--on-failure", command)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of a small site that is no longer there."""
    with serve(SITE) as site:
        return open_archive(Path(crawl(site.url, tmp_path / "a b").archive))


def test_a_run_that_fails_in_order_calls_with_its_reason_and_report(archive: Archive, tmp_path: Path) -> None:
    noted = tmp_path / "it's noted"
    name, output = archive.root.name, archive.root.parent
    code, _, stderr = crawled(name, output, noting(noted) + "; echo heard; exit 3")
    portal, told, reason, folder, report, log = noted.read_text("utf-8").splitlines()
    assert (portal, told, folder) == (name, str(code), str(archive.root)) and code not in (0, 3)
    assert reason in stderr and Path(log).is_file()
    assert json.loads((Path(report).parent / "run.json").read_bytes())["exit_code"] == code
    assert "heard" in stderr and "the command of --on-failure ended with 3" in stderr


def test_a_run_that_breaks_off_calls_too_and_leaves_a_report(archive: Archive, tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    (archive.root / "spool").rmdir()
    (archive.root / "spool").write_text("no folder, so that no evidence can be written")
    code, _, _ = crawled(archive.root.name, archive.root.parent, noting(noted))
    told = noted.read_text("utf-8").splitlines()
    assert code and told[1] == str(code) and Path(told[4]).name == "run.json"
    report = json.loads(Path(told[4]).read_bytes())
    assert (report["status"], report["exit_code"], report["reason"]) == ("failed", code, told[2])
    shown = citynews("status", archive.root.name, "--check", "--output", archive.root.parent)
    assert shown.returncode == code


def test_an_archive_that_is_not_there_calls_without_a_report(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    code, _, _ = crawled("city.example", tmp_path, noting(noted))
    assert code == 4
    assert noted.read_text("utf-8").splitlines()[0] == "city.example"
    assert noted.read_text("utf-8").splitlines()[4:] == ["", ""]


def test_nobody_is_called_for_0_and_75_and_no_secret_is_written(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    secret = "https://hooks.example/T0K3N"
    with serve(SITE) as site:
        code, stdout, stderr = crawled(site.url, tmp_path, f"{noting(noted)}; : {secret}")
        assert code == 0 and not noted.exists()
        archive = open_archive(tmp_path / site.slug)
        with locked(archive):
            code, *_ = crawled(site.url, tmp_path, noting(noted))
            assert code == 75 and not noted.exists()
        site.answers["/"] = Answer(status=500)
        code, more, still = crawled(site.url, tmp_path, f"{noting(noted)}; : {secret}", "--json")
    assert code == 5 and noted.exists()
    files = [path.read_bytes() for path in archive.root.rglob("*") if path.is_file()]
    assert all(secret.encode() not in text for text in files)
    assert secret not in stdout + stderr + more + still


def test_a_command_that_does_not_end_is_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failure, "TIME_S", 1.0)
    monkeypatch.setattr(failure, "GRACE_S", 0.2)
    call(f"trap '' TERM; echo $$ > {tmp_path}/pid; while :; do sleep 0.05; done", {})
    assert "longer than 1 s" in capsys.readouterr().err
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_what_reason_says_commands_no_terminal(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    code, *_ = crawled("khong\x1b[2J\nco", tmp_path, noting(noted))
    assert code == 2 and "\x1b" not in noted.read_text("utf-8")


def test_errors_have_the_codes_that_the_command_line_gives_them() -> None:
    assert code_of(DiskFull("the disk is full"))[0] == 3 and code_of(KeyboardInterrupt())[0] == 11
    assert code_of(OSError(28, "No space left on device"))[0] == 3 and code_of(ValueError("x"))[0] == 1


def test_logs_of_old_runs_go_and_reports_stay(tmp_path: Path) -> None:
    names = [f"20260101T000000Z-{n:06}" for n in range(LOGS + 5)]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text("{}")
        (tmp_path / name / "crawl.log").write_text("x")
    forget_logs(tmp_path, keep=names[-1])
    assert sorted(p.parent.name for p in tmp_path.glob("*/crawl.log")) == names[5:]
    with open(tmp_path / names[-3] / "crawl.log", "wb") as log:
        log.truncate(60_000_000)
    forget_logs(tmp_path, keep=names[-1])
    assert sorted(p.parent.name for p in tmp_path.glob("*/crawl.log")) == names[-2:]
    assert len(list(tmp_path.glob("*/run.json"))) == len(names)


def test_under_all_each_portal_that_fails_calls_and_a_missing_disk_once(tmp_path: Path) -> None:
    noted, output = tmp_path / "noted", tmp_path / "news"
    options = ("--all", "--allow-loopback", "--output", output, "--on-failure", noting(noted))
    assert citynews("crawl", *options).returncode == 4
    assert noted.read_text("utf-8").splitlines()[:2] == ["", "4"]
    noted.unlink()
    with serve(SITE) as good, serve(SITE) as bad:
        for site in (good, bad):
            assert crawl(site.url, output).exit_code == 0
        bad.answers["/"] = Answer(status=500)
        assert citynews("crawl", *options).returncode == 5
        told = noted.read_text("utf-8").splitlines()
    assert told[:2] == [bad.slug, "5"] and len(told) == len(NOTED)
