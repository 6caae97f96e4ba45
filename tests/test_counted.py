"""One of a thing is not many: what the commands print of small portals."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli.run_lines import now_line
from crawler.cli.terminal import moving_line
from crawler.counted import counted
from crawler.progress import Counts
from tests.site import serve
from tests.test_run import SITE, crawl


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (2, ("page",), "2 pages"),
        (1, ("address", "addresses"), "1 address"),
        (7, ("address", "addresses"), "7 addresses"),
    ],
)
def test_a_noun_is_counted(count: int, words: tuple[str, ...], said: str) -> None:
    assert counted(count, *words) == said


def test_a_portal_with_one_article(tmp_path: Path) -> None:
    with serve({path: SITE[path] for path in ("/", "/mot.html")}) as site:
        summary = crawl(site.url, tmp_path, limit=1)
        assert "the limit of 1 page is reached, 2 addresses wait;" in str(summary.reason)
        summary = crawl(site.url, tmp_path)
    assert now_line(summary).startswith("the archive now: 1 article, 1 version, ")
    counts = Counts(asked=1, files=1, new=1, confirmed=0, failed=0, pending=2, articles=1, elapsed_s=1.0)
    assert moving_line(counts).startswith("1 page · 1 file · 2 to go")
