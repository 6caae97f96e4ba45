"""Capture: what went over the wire is what lies in the records, whatever went wrong."""

from __future__ import annotations

from pathlib import Path

from tests.crawling import crawl
from tests.rawserver import plain, serving


def test_an_answer_is_stored_and_decoded(tmp_path: Path) -> None:
    with serving() as server:
        url = server.on("/a", [plain(b"hello")])
        done = crawl(tmp_path, [[url]])
    assert [r.body for r in done.responses] == [b"hello"]
