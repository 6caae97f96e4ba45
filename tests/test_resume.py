"""Crawls that are killed again and again, and what they cost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.mockcity import MockCity
from tests.running import ROOT, citynews, environment
from tests.site import Answer, serve
from tests.test_kills import archive_of, articles, crawl_words, start, undisturbed, without_ids
from tests.test_run import SITE, news

__all__ = ["undisturbed"]

KILLS = 3
OPENING = 12
"""So many requests find out what the portal offers; a run that is killed before begins anew."""
IN_FLIGHT = 1
"""The request that was sent; what was answered to others is read from the archive."""
KILLED_WHILE_READING = """
import os, runpy, signal, sys
import crawler.spiders.{module} as module
whole = module.{name}
def cut(*args, **kwargs):
    if any({path!r} in str(arg) for arg in args):
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*args, **kwargs)
module.{name} = cut
sys.argv[0] = "citynews"
runpy.run_module("crawler.cli", run_name="__main__")
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crawl_killed_again_and_again_asks_for_little_twice(
    seed: int, tmp_path: Path, undisturbed: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    answers, expected = undisturbed
    places = sorted(random.Random(seed).sample(range(OPENING, answers, 6), KILLS))
    with MockCity() as city:
        running: list[subprocess.Popen[bytes]] = []

        def kill(n: int, path: str) -> None:
            if places and n >= places[0] and running[-1].poll() is None:
                places.pop(0)
                running[-1].send_signal(signal.SIGKILL)

        city.on_answer = kill
        while places:
            running.append(start(city, tmp_path))
            assert running[-1].wait(120) == -signal.SIGKILL, "the kill hit no live process"
        done = citynews(*crawl_words(city, tmp_path))
        assert done.returncode == 0, done.stderr
        asked = Counter(path for _, path in city.requests)
        assert without_ids(articles(archive_of(city, tmp_path))) == expected
    assert len(running) == KILLS
    again = asked.pop("/robots.txt") - 1
    assert again <= KILLS, "what it forbids is asked in every run"
    extra = asked.total() - (answers - 1)
    assert extra <= KILLS * IN_FLIGHT, {path: n for path, n in asked.items() if n > 1}


@pytest.mark.parametrize(
    ("module", "name", "path"),
    [("news", "note_reading", "/mot.html"), ("requisites", "style_requisites", "/vo.css")],
)
def test_what_was_recorded_and_not_read_is_read_from_the_archive(
    module: str, name: str, path: str, tmp_path: Path
) -> None:
    """What leads on from it is found all the same, and it is an article like any other."""
    first = SITE["/mot.html"].body.replace(b"</article>", b'<a href="/ba.html">Tin</a></article>')
    first = first.replace(b"<title>", b'<link rel="stylesheet" href="/vo.css"><title>')
    style = Answer(body=b"body { background: url(/nen.png) }", content_type="text/css")
    answers = {**SITE, "/mot.html": Answer(body=first), "/ba.html": news("Tin thứ ba", 3), "/vo.css": style}
    code = KILLED_WHILE_READING.format(module=module, name=name, path=path)
    with serve(answers) as site:
        words = ["crawl", site.url, "--allow-loopback", "--output", str(tmp_path)]
        killed = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=ROOT, env=environment(), capture_output=True, timeout=60
        )
        assert killed.returncode == -signal.SIGKILL and site.asked.count(path) == 1
        done = citynews(*words, "--json")
        assert done.returncode == 0, done.stderr
        assert site.asked.count(path) == 1
        assert {"/ba.html", "/nen.png"} <= set(site.asked)
        assert len(articles(tmp_path / site.slug)) == 3
