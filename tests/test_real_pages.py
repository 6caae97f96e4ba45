"""Real pages that none of us wrote, crawled by address from a loopback server.

They lie outside the repository; where they are missing the test says so.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.running import ROOT, citynews, summary
from tests.site import Answer, serve

FOLDERS = [ROOT.parent / "shared" / name for name in ("real_pages", "world_pages")]

pytestmark = pytest.mark.skipif(
    not all(f.is_dir() for f in FOLDERS), reason="the folders of real pages are not on this machine"
)


def labels() -> dict[str, dict[str, Any]]:
    """File name of a page → what it truly says."""
    found = {}
    for folder in FOLDERS:
        for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
            label = json.loads(line)
            found[label["html"]] = label["truth"]
    return found


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """An index page that links the pages, and nothing else. Their own charset labels are kept."""
    pages = {f"/{p.name}": p.read_bytes() for folder in FOLDERS for p in sorted(folder.glob("*.html"))}
    items = "".join(f'<li><a href="{path}">{path}</a></li>' for path in pages)
    index = f"<html><head><title>Pages</title></head><body><ul>{items}</ul></body></html>".encode()
    answers = {path: Answer(body=body, content_type="text/html") for path, body in pages.items()}
    with serve({"/": Answer(body=index), **answers}) as running:
        yield running.url


def same(one: str | None, other: str | None) -> bool:
    def plain(text: str | None) -> str:
        quotes = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
        return " ".join(unicodedata.normalize("NFC", text or "").translate(quotes).split())

    return plain(one) == plain(other)


def is_right(row: dict[str, Any], truth: dict[str, Any]) -> bool:
    """Right title, first paragraph (in the body, or as the lead) and day."""
    if "date" in truth:
        day = str(truth["date"])[:10] if truth["date"] else None
        if (str(row["published_date"]) if row["published_date"] else None) != day:
            return False
    first = " ".join(truth["first_par"].split()[:12])
    head = [" ".join(p.split()[:12]) for p in [row["lead"] or "", *row["paragraphs"][:1]]]
    return same(row["title"], truth["title"]) and any(same(first, h) for h in head)


def test_nineteen_real_pages_are_captured_identified_and_mostly_read_right(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = citynews("crawl", site, "--allow-loopback", "--no-requisites", "--output", tmp_path, "--json")
    result = summary(done)
    assert done.returncode == 0, done.stderr
    archive = Path(result["archive"])
    truths = labels()
    assert len(truths) == 19
    captures = pq.read_table(archive / "captures").to_pylist()
    captured = {c["url"].rsplit("/", 1)[1] for c in captures if c["status"] == 200}
    assert set(truths) <= captured
    articles = pq.read_table(archive / "articles").to_pylist()
    rejections = pq.read_table(archive / "rejections").to_pylist()
    undated = [r for r in rejections if r["reason"] == "undated_unlisted"]
    ids = {r["url"].rsplit("/", 1)[1]: r["article_id"] for r in [*articles, *undated]}
    assert len(set(ids.values())) == len(ids)
    assert set(ids) == set(truths), [r for r in rejections if r["reason"] != "undated_unlisted"]
    rows = {a["url"].rsplit("/", 1)[1]: a for a in articles}
    right = [name for name, truth in truths.items() if name in rows and is_right(rows[name], truth)]
    with capsys.disabled():
        print(f"\nreal pages: {len(truths)} crawled, {len(articles)} rows, {len(right)} read right")
        print("  not right:", ", ".join(sorted(set(truths) - set(right))) or "none")
    assert len(right) >= 12
