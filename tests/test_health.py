"""The checks by which a commit is judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.health import Figures, examine
from pipelines.manifest.judged import Share
from tests.running import citynews, summary
from tests.site import serve
from tests.test_bad_input import SITE, home

GOOD = Figures(
    complete=True, articles_before=10, articles=12, kept=10, read=12, listed=12, answered=12, failed=0,
    asked=12, again=10,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({}, []),
        ({"articles": 0, "articles_before": 0, "read": 0}, ["no_article"]),
        ({"articles": 0, "read": 0}, ["no_article"]),
        ({"articles": 0, "articles_before": 0, "read": 0, "complete": False}, []),
        ({"articles": 0, "kept": 0, "complete": False}, ["no_article"]),
        ({"kept": 0}, ["no_article"]),
        ({"kept": 0, "articles_before": 0}, []),
        ({"read": 0}, ["no_article"]),
        ({"read": 0, "listed": 0, "asked": 0, "answered": 0}, ["no_article"]),
        ({"read": 0, "asked": 0}, ["no_article"]),
        ({"read": 0, "again": 0}, ["no_article"]),
        ({"read": 0, "asked": 0, "again": 0}, []),  # only what is no article was left to ask
        ({"failed": 6, "answered": 6}, []),
        ({"failed": 7, "answered": 5}, ["less_than_listed"]),
        ({"failed": 7, "answered": 5, "complete": False}, []),
        ({"agreement": {"day": Share(compared=10, agree=4)}}, ["unlike_answer_key"]),
        ({"agreement": {"title": Share(compared=40, agree=19)}, "complete": False}, ["unlike_answer_key"]),
        ({"agreement": {"text": Share(compared=40, agree=0)}}, []),
        ({"agreement": {"day": Share(compared=10, agree=5), "title": Share(compared=9, agree=0)}}, []),
        ({"damaged": ("warc/x at byte 7: cut",)}, ["evidence_damaged"]),
    ],
)
def test_checks(change: dict, failed: list[str]) -> None:
    assert [h.check for h in examine(replace(GOOD, **change), "city.example")] == failed


def test_a_sentence_says_what_is_wrong() -> None:
    (found,) = examine(replace(GOOD, failed=8, answered=4), "ben-go")
    told = "of 12 addresses that sources list, 4 were captured and 8 failed"
    assert found.sentence == f"{told}; where it is no fault: accept ben-go less_than_listed --reason TEXT"


def test_a_resumed_run_that_had_no_article_left_to_ask_is_healthy(tmp_path: Path) -> None:
    """Its own pages give no article, and none was to be expected of them."""
    front = home("/mot.html", "/hai.html", "/lien-he.html")
    with serve({**SITE, "/": front, "/lien-he.html": home()}) as site:
        words = ["crawl", site.url, "--allow-loopback", "--output", tmp_path, "--json"]
        first = citynews(*words, "--limit", "3")
        assert first.returncode == 14 and summary(first)["articles"] == 2, first.stderr
        done = citynews(*words)
        assert done.returncode == 0, done.stderr
        assert summary(done)["articles"] == 2
        assert summary(done)["sums"]["pages"]["captured"] == 1


def test_a_first_crawl_whose_articles_print_no_date_says_so(tmp_path: Path) -> None:
    bare = {
        path: replace(page, body=page.body.replace("Thứ Tư, 13/10/2021 17:46".encode(), b""))
        for path, page in SITE.items()
    }
    with serve(bare) as site:
        done = citynews("crawl", site.url, "--allow-loopback", "--output", tmp_path)
    assert done.returncode == 5
    assert "2 pages read as articles, but print no date" in done.stderr
