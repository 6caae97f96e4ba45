"""What was folded, into the index of the fold: all of it, or what a commit has folded again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.coverage import is_captured
from pipelines.dedupe import is_long
from pipelines.events import says_away
from pipelines.fold import Folded
from pipelines.increment.index import AWAY, PAGE, WHOLE, FoldIndex, mark
from pipelines.increment.key_index import enter_entries
from pipelines.increment.recalled import place_of
from pipelines.model import Article, Capture
from pipelines.read_warc import FileReading, Reading
from pipelines.rows import ArticleRow, CoverageRow, EventRow, LinkRow, microseconds
from pipelines.urls import absolute, url_key

Rows = Iterator[tuple[Any, ...]]


def enter(
    index: FoldIndex, folded: Folded, numbers: Mapping[str, int], *, root: Path, gone: Collection[str] = ()
) -> None:
    """Write what a fold gave in the place of what the index had of the same captures.

    Args:
        index: in a transaction.
        folded: its files, all or those that a commit has in hand.
        numbers: of all files in commit order.
        root: the archive folder.
        gone: articles that had rows before and whose captures are all in hand.
    """
    known = index.numbers()
    index.put("files", (_file(numbers, f, root) for f in folded.files if f.path not in known))
    groups = {i: g.article_id for g in folded.identities.groups for i in g.positions}
    index.put("captures", _captures(folded, numbers, groups))
    moments = (microseconds(r.capture.captured_at) for r in folded.readings)
    index.put("state", [("latest", max((index.state("latest") or 0, *moments)))])
    index.put("listed", ((mark(key),) for key in listed_keys(folded.readings)))
    _redirects(index, folded)
    told = frozenset(line.url for f in folded.files for run in f.runs for line in run.lines)
    index.put("coverage", _coverage(folded, told))
    index.drop("articles", "article", gone)
    pages = {url_key(folded.readings[i].capture.url) for i in groups}
    index.drop("own", "key", map(mark, pages))
    admitted = [g for g in folded.identities.groups if g.admitted]
    index.put("own", ((mark(key), g.article_id) for g in admitted for key in g.keys))
    firsts = {g.article_id: place_of(folded.readings[g.first], numbers) for g in admitted}
    index.put("articles", _articles(folded, firsts))
    index.put("links", _links(folded))
    index.drop("events", "article", gone)
    index.put("events", _events(folded))
    enter_entries(index, folded.readings, numbers)


def listed_keys(readings: Iterable[Reading]) -> set[str]:
    """URL keys that feeds and news sitemaps list."""
    return {url_key(entry.url) for r in readings for entry in r.listed if entry.news}


def claim(article: Article, url: str) -> str | None:
    """URL key of another address that a page states as its own; ``None`` where it states none."""
    stated = absolute(article.url, article.canonical_url) if article.canonical_url else None
    key = url_key(stated) if stated else None
    return None if key == url_key(url) else key


def title_mark(article: Article) -> bytes:
    """A short form of a title."""
    return mark(article.title, 8)


def is_whole(capture: Capture) -> bool:
    """Whether later captures may repeat it (:func:`pipelines.fold.join_revisits`)."""
    return capture.record_type != "revisit" and capture.status != 304 and is_captured(capture)


def _file(numbers: Mapping[str, int], file: FileReading, root: Path) -> tuple[Any, ...]:
    crawl_id = file.readings[0].capture.crawl_id if file.readings else None
    path = root / file.path
    mtime = path.stat().st_mtime_ns if path.exists() else 0
    return numbers[file.path], file.path, crawl_id, file.bytes, mtime


def _captures(folded: Folded, numbers: Mapping[str, int], groups: Mapping[int, str]) -> Rows:
    for i, reading in enumerate(folded.readings):
        capture, result = reading.capture, reading.result
        article = result if isinstance(result, Article) else None
        stated = claim(article, capture.url) if article else None
        page = 200 <= (capture.status or 0) < 300
        yield (
            place_of(reading, numbers),
            mark(url_key(capture.url)),
            mark(capture.url),
            microseconds(capture.captured_at),
            mark(capture.payload_digest, 8),
            WHOLE * is_whole(capture) | PAGE * page | AWAY * says_away(capture),
            title_mark(article) if article else None,
            mark(stated) if stated else None,
            bytes.fromhex(groups[i]) if article else None,
        )


def _redirects(index: FoldIndex, folded: Folded) -> None:
    hops = folded.identities.hops
    index.put("redirects", {(h.source, h.target, mark(h.target)): None for h in hops if h.target})
    ever = {h.source for h in hops if h.target}
    latest = {h.source: h for h in hops if h.source in ever}
    index.put("latest", ((h.source, microseconds(h.captured_at), h.target) for h in latest.values()))


def _coverage(folded: Folded, told: Collection[str]) -> Rows:
    for item in folded.rows["coverage"]:
        row = item.row
        assert isinstance(row, CoverageRow)
        yield (
            mark(row.url), mark(row.url_key), item.month, microseconds(row.first_seen),
            row.kind, row.url in told, row.verdict,
        )  # fmt: skip


def _articles(folded: Folded, firsts: Mapping[str, int]) -> Rows:
    for item in folded.rows["articles"]:
        row = item.row
        assert isinstance(row, ArticleRow)
        yield (
            row.article_id, item.month, bytes.fromhex(row.text_sha256)[:16], is_long(row.body_text),
            row.published_date.isoformat() if row.published_date else None,
            firsts[row.article_id], row.duplicate_of,
        )  # fmt: skip


def _links(folded: Folded) -> Rows:
    for item in folded.rows["links"]:
        assert isinstance(item.row, LinkRow)
        yield mark(url_key(item.row.url)), item.row.article_id


def _events(folded: Folded) -> Rows:
    for item in folded.rows["events"]:
        assert isinstance(item.row, EventRow)
        target = item.row.target_url if item.row.target_article_id else None
        yield item.row.article_id, item.month, mark(url_key(target)) if target else b""
