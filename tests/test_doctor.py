"""``citynews doctor``: each finding, by real machines, disks and portals that are broken that way."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import checkup
from crawler.checkup import filesystem, machine, of_archive
from pipelines.archive import locked, open_archive
from tests.mockcity import Answer, MockCity
from tests.running import assert_one_sentence, citynews, summary
from tests.site import serve
from tests.small_archive import answer, page, small_archive
from tests.test_run import SITE, crawl

MOST_QUESTIONS = 20


def asked(word: str, output: Path, *options: str) -> dict[str, Any]:
    done = citynews("doctor", word, "--allow-loopback", "--output", output, "--json", *options)
    told = summary(done)
    assert told["exit_code"] == done.returncode, done.stderr
    return told


def about(told: dict[str, Any], name: str) -> str:
    return "\n".join(f"{f['mark']} {f['says']} {f['to_do']}" for f in told["findings"] if f["about"] == name)


def test_a_good_portal_is_looked_at_with_a_handful_of_questions_and_nothing_is_kept(tmp_path: Path) -> None:
    with MockCity(articles=60) as city:
        told = asked(city.url, tmp_path)
        first = [path for _, path in city.requests]
        assert told["exit_code"] == 0 and all(f["mark"] == "ok" for f in told["findings"]), told
        assert first[0] == "/robots.txt" and len(first) == len(set(first)) <= MOST_QUESTIONS
        assert list(tmp_path.iterdir()) == []
        assert "5 of 5 listed pages read as articles, layout wordpress" in about(told, "pages")
        assert "it states 60" in about(told, "source") and "Asia/Ho_Chi_Minh" in about(told, "portal")
        whole = crawl(city.url, tmp_path)
        count = len(city.requests) - len(first)
    assert whole.exit_code == 0
    assert count / 3 < told["estimate"]["requests"] < count * 3, "the estimate is of the right size"


def test_an_archive_is_looked_at_without_a_change(tmp_path: Path) -> None:
    with serve(SITE) as site:
        archive = open_archive(Path(crawl(site.url, tmp_path).archive))
        gone = {"kind": "feed", "url": f"{site.url}feed/"}
        portal = archive.portal.model_validate({**archive.portal.model_dump(), "sources": [gone]})
        archive.with_portal(portal)
        before = {p: p.stat().st_mtime_ns for p in archive.root.rglob("*")}
        told = asked(archive.root.name, tmp_path)
        assert {p: p.stat().st_mtime_ns for p in archive.root.rglob("*")} == before
        assert "answers 404" in about(told, "source") and "take it out of sources" in about(told, "source")
        assert ": 1 commit, " in about(told, "archive") and "after the archive's last run" in about(
            told, "clock"
        )
        site.asked.clear()
        with locked(archive):
            assert "a run is at work" in about(asked(archive.root.name, tmp_path), "last run")
        assert asked(archive.root.name, tmp_path, "--offline")["exit_code"] == 0
        assert site.asked == [], "nobody is asked beside a run, nor offline"


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        ("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /", content_type="text/plain"), "forbids"),
        ("/robots.txt", Answer(status=503), "robots.txt"),
        ("/", Answer(status=500), "answers 500"),
    ],
)
def test_a_portal_that_a_crawl_would_leave(path: str, given: Answer, words: str, tmp_path: Path) -> None:
    with MockCity() as city:
        city.override(path, given)
        told = asked(city.url, tmp_path)
        assert len(city.requests) <= 4
    assert told["exit_code"] == 5 and words in about(told, "portal")
    assert list(tmp_path.iterdir()) == []


def test_a_port_where_nobody_listens_and_a_name_that_is_none(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        told = asked(f"http://127.0.0.1:{taken.getsockname()[1]}/", tmp_path)
        assert told["exit_code"] == 5 and "refuses the connection" in about(told, "portal")
    done = citynews("doctor", "https://nobody.invalid/", "--output", tmp_path, "--contact", "a@example.org")
    sentence = done.stderr.splitlines()[-1]
    assert done.returncode == 5 and "does not resolve" in sentence
    assert sentence.count("check the address") == done.stdout.count("check the address") == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("https://city.example/",), 2, "needs your address"),
        (("http://127.0.0.1:9/",), 2, "--allow-loopback"),
        (("city.example",), 4, "no archive named"),
    ],
)
def test_what_is_no_portal_to_look_at(words: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    done = citynews("doctor", *words, "--output", tmp_path)
    assert done.returncode == code and says in assert_one_sentence(done)


def test_archives_that_are_broken_are_named_each(tmp_path: Path) -> None:
    broken = small_archive(tmp_path)
    broken.crawl(("/a", answer(page("Tin"))))
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd/archive.json").write_text("{")
    done = citynews("doctor", "--output", tmp_path)
    assert done.returncode == 4 and "it is no JSON" in done.stdout and ": 1 commit, " in done.stdout


def test_the_clock_and_the_chain(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    stored = a.crawl(("/a", answer(page("Tin"))))
    late = list(of_archive(a.archive, a.now - timedelta(days=3)))
    assert any(f.about == "clock" and f.exit_code == 4 for f in late)
    a.crawl(("/b", answer(page("Tin khác"))))
    stored.path.chmod(0o644)
    stored.path.write_text("{}")
    assert [f.exit_code for f in of_archive(a.archive, a.now)] == [21], "the first of two is looked at, too"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_another_user(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    assert any(f.exit_code == 4 for f in machine(tmp_path, datetime.now(UTC)))


def test_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {f.about: f for f in machine(tmp_path, datetime.now(UTC))}
    assert all(f.mark == "ok" for f in found.values()), found
    assert filesystem(Path("/proc")) == "proc" and filesystem(tmp_path) in found["filesystem"].says
    assert list(tmp_path.iterdir()) == []
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 1 0:1 / / rw - ext4 x rw\n2 1 0:2 / {tmp_path} rw - nfs4 x rw\n")
    monkeypatch.setattr(checkup, "MOUNTS", mounts)
    assert filesystem(tmp_path) == "nfs4"
    (note,) = (f for f in machine(tmp_path, datetime.now(UTC)) if f.mark == "note")
    assert "another machine (nfs4)" in note.says
    monkeypatch.setattr(checkup, "LOW_WATER", 1 << 62)
    assert [f.exit_code for f in machine(tmp_path, datetime.now(UTC)) if f.exit_code] == [3]
