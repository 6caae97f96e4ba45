"""Crawls that are killed again and again, and what they cost."""

from __future__ import annotations

import random
import signal
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.mockcity import MockCity
from tests.running import citynews
from tests.test_kills import archive_of, articles, crawl_words, start, undisturbed, without_ids

__all__ = ["undisturbed"]

KILLS = 3
OPENING = 12
"""So many requests find out what the portal offers; a run that is killed before begins anew."""
IN_FLIGHT = 2
"""A request that was sent, and an answer that is stored and was still being read."""


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
