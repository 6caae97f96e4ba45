"""``citynews crawl --all``: a process for each portal, one host never asked by two of them."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.all_portals import _portals
from crawler.hosts import alone
from crawler.side_by_side import Budget, _ended
from pipelines.archive import Portal, create
from pipelines.errors import EXIT_CODES, SEVEREST_FIRST
from pipelines.urls import host
from tests.rawserver import RawServer, Step, plain, serving
from tests.running import (
    ROOT,
    argv,
    assert_one_sentence,
    citynews,
    environment,
    settle,
    summary,
    until,
)
from tests.test_run import SITE, news, page

HTML = b"Content-Type: text/html; charset=utf-8"
LEAVE = {"CITYNEWS_ALLOW_LOOPBACK": "1"}


def archive(output: Path, slug: str, seed: str, delay_ms: int = 0) -> None:
    """An archive that nothing was crawled into yet."""
    portal = Portal(slug=slug, seed=seed, scope=(host(seed),), delay_ms=delay_ms)
    create(output, portal, now=datetime.now(UTC))


def city(server: RawServer, pictures: str, number: int) -> None:
    """A site of one article with two pictures that lie on another host."""
    server.on("/", [plain(page("/mot.html").body, HTML)])
    shown = "".join(f'<p><img src="{pictures}/{number}-{i}.png"></p>' for i in range(3))
    article = news(f"Đo lại cao độ đường số {number}", number).body
    server.on("/mot.html", [plain(article.replace(b"</article>", shown.encode() + b"</article>"), HTML)])


def codes(told: dict[str, Any]) -> dict[str, int]:
    return {portal["portal"]: portal["exit_code"] for portal in told["portals"]}


def test_each_portal_has_its_own_end_and_a_shared_host_is_asked_by_one_at_a_time(tmp_path: Path) -> None:
    moments: list[float] = []

    def picture(request: bytes) -> list[Step]:
        moments.append(time.monotonic())
        return [0.05, plain(b"\x89PNG" + request)]

    with serving() as one, serving() as two, serving() as pictures, serving() as gone:
        for path in ("/robots.txt", *(f"/{n}-{i}.png" for n in (1, 2) for i in range(3))):
            pictures.on(path, picture)
        for number, (slug, server) in enumerate({"one.example": one, "two.example": two}.items(), 1):
            city(server, pictures.url, number)
            archive(tmp_path, slug, server.url + "/", delay_ms=200)
        archive(tmp_path, "gone.example", gone.url + "/")
        gone.on("/", [plain(b"", status=b"404 Gone")])
        (tmp_path / "disk.example").mkdir()
        archive(tmp_path, "torn.example", "http://127.0.0.1/")
        (tmp_path / "torn.example/archive.json").write_text("{")
        (tmp_path / "notes").mkdir()
        (tmp_path / "notes/README.md").write_text("nobody's archive")
        done = citynews("crawl", "--all", "--jobs", "3", "--json", "--output", tmp_path, **LEAVE)
        listed = summary(citynews("portals", "--json", "--output", tmp_path))
    told = summary(done)
    assert codes(told) == {
        "disk.example": 4, "gone.example": 5, "one.example": 0, "torn.example": 4, "two.example": 0,
    }  # fmt: skip
    assert done.returncode == told["exit_code"] == 4, "the severest"
    ends = {portal["portal"]: portal for portal in told["portals"]}
    assert "is a disk missing?" in ends["disk.example"]["reason"] and "404" in ends["gone.example"]["reason"]
    assert ends["one.example"]["articles"] == 1 and ends["one.example"]["reason"] is None
    assert ends["one.example"]["captured"] >= 2
    sentence = assert_one_sentence(done)
    for name in ("disk.example (4)", "torn.example (4)", "gone.example (5)"):
        assert name in sentence
    assert len(moments) == 8, "two robots.txt, and all pictures"
    assert min(later - earlier for earlier, later in itertools.pairwise(moments)) > 0.19
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert len([e for e in events if e["event"] == "portal_ended"]) == 5
    assert {a["portal"] for a in listed["archives"]} == ends.keys() - {"disk.example"}, ".hosts is none"


def test_a_signal_ends_every_run_in_order_and_begins_no_other(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/", [plain(page(*(f"/{i}.html" for i in range(50))).body, HTML)])
        under_way = threading.Event()

        def slow(request: bytes) -> list[Step]:
            under_way.set()
            return [0.3, plain(SITE["/mot.html"].body, HTML)]

        for i in range(50):
            server.on(f"/{i}.html", slow)
        archive(tmp_path, "a.example", server.url + "/")
        archive(tmp_path, "b.example", server.url + "/")
        words = argv("crawl", "--all", "--jobs", "1", "--json", "--output", tmp_path, "--allow-loopback")
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert under_way.wait(60)
        second = citynews("crawl", "--all", "--output", tmp_path, **LEAVE)
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=60)
        assert len(server.log) < 20
    assert second.returncode == 75 and "another crawl --all" in assert_one_sentence(second)
    assert process.returncode == 11 and "Traceback" not in stderr, stderr
    told = json.loads(stdout)
    assert codes(told) == {"a.example": 11, "b.example": 11}
    first, other = told["portals"]
    assert first["articles"] and "SIGTERM" in first["reason"], "what was captured was committed"
    assert "not begun" in other["reason"] and not list((tmp_path / "b.example").glob("manifests/*"))


def test_a_second_signal_ends_all_at_once(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/robots.txt", ["hang"])
        archive(tmp_path, "a.example", server.url + "/")
        words = argv("crawl", "--all", "--output", tmp_path, "--allow-loopback")
        process = subprocess.Popen(words, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True)
        until(lambda: server.log)
        process.send_signal(signal.SIGINT)
        settle(process.pid)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 13 and "a.example (13)" in stderr and "Traceback" not in stderr


def test_what_is_here_of_this_machine_is_left_out_without_leave(tmp_path: Path) -> None:
    archive(tmp_path, "mockcity", "http://127.0.0.1:9/")
    done = citynews("crawl", "--all", "--output", tmp_path)
    assert done.returncode == 4 and "all archives here are of this machine (mockcity)" in done.stderr
    (tmp_path / "gone.example").mkdir()
    done = citynews("crawl", "--all", "--output", tmp_path)
    assert done.returncode == 4 and "mockcity  left out: this machine" in done.stdout
    assert "1 of 1 portal: gone.example (4)" in done.stderr


def test_a_budget_that_is_spent_begins_nothing(tmp_path: Path) -> None:
    archive(tmp_path, "a.example", "http://127.0.0.1:9/")
    done = citynews("crawl", "--all", "--deadline", "0.5", "--json", "--output", tmp_path, **LEAVE)
    assert done.returncode == 15 and codes(summary(done)) == {"a.example": 15}
    done = citynews("crawl", "--all", "--max-bytes", "0.1", "--json", "--output", tmp_path, **LEAVE)
    assert done.returncode == 14 and codes(summary(done)) == {"a.example": 14}


@pytest.mark.parametrize(
    "words",
    [
        ["crawl"],
        ["crawl", "--all", "city.example"],
        ["crawl", "--all", "--new"],
        ["crawl", "--all", "--urls", __file__],
    ],
)
def test_a_portal_or_all_of_them(words: list[str], tmp_path: Path) -> None:
    done = citynews(*words, "--output", tmp_path)
    assert done.returncode == 2 and "or --all" in assert_one_sentence(done)


def test_where_there_is_nothing_it_says_so(tmp_path: Path) -> None:
    done = citynews("crawl", "--all", "--output", tmp_path / "nowhere")
    assert done.returncode == 4 and "is a disk missing?" in assert_one_sentence(done)
    assert not (tmp_path / "nowhere").exists(), "and makes nothing"


def test_who_waited_longest_comes_first(tmp_path: Path) -> None:
    for slug, last in (("a.example", "20261102T"), ("b.example", "20261101T"), ("c.example", None)):
        archive(tmp_path, slug, f"https://{slug}/")
        if last:
            (tmp_path / slug / "runs" / last).mkdir(parents=True)
    assert _portals(tmp_path, loopback=False) == (["c.example", "b.example", "a.example"], [])


def test_bytes_are_shared_and_what_is_left_goes_on() -> None:
    budget = Budget(bytes=100)
    first = budget.words(waiting=4)
    assert first == ["--max-bytes", "25"] and budget.words(waiting=3) == ["--max-bytes", "25"]
    budget.returned(first, used=5)
    assert budget.words(waiting=2) == ["--max-bytes", "35"]
    assert budget.words(waiting=1) == ["--max-bytes", "35"] and budget.words(waiting=1) is None
    assert Budget().words(waiting=3) == []
    timed = Budget(until=time.monotonic() + 60).words(waiting=1)
    assert timed is not None and timed[0] == "--deadline" and 58 < float(timed[1]) <= 60


def test_a_process_that_is_killed_is_named_and_last_words_are_kept() -> None:
    killed = _ended("a.example", -signal.SIGKILL, b"", b"", 10)
    assert killed.exit_code == 1 and "SIGKILL" in str(killed.reason)
    begun = _ended("a.example", -signal.SIGTERM, b"", b"", 10)
    assert begun.exit_code == 11 and str(begun.reason).endswith("SIGTERM; start it again to go on")
    silent = _ended("a.example", 139, b"no JSON", b"Fatal Python error: it fell\n", 10)
    assert silent.exit_code == 139 and silent.reason == "Fatal Python error: it fell"


def test_every_exit_code_has_its_place(tmp_path: Path) -> None:
    assert sorted(SEVEREST_FIRST) == sorted(EXIT_CODES)
    with alone(tmp_path), pytest.raises(Exception, match="another crawl --all"), alone(tmp_path):
        pass
