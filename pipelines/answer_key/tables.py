"""The answer key of the tables in place, made again: from their rows, and from the records of what REST and
feeds answered. No page is read for it, nothing is written, and no lock is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.answer_key import AnswerKey, compare, keys, kinds_of, listings, page_of_row
from pipelines.archive import Archive
from pipelines.fold import join_revisits
from pipelines.manifest import Manifest, read_chain, reading_of, tables_of
from pipelines.model import Attachment, Image, ReadingContext, RecordRef
from pipelines.read_warc import Reading, read_capture
from pipelines.rows import ArticleRow
from pipelines.tables import committed_rows
from pipelines.warc.reader import capture_of_record, read_one


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesKey:
    """The answer key of the tables in place, and the commit that read them."""

    commit: Manifest
    key: AnswerKey


def tables_key(archive: Archive) -> TablesKey | None:
    """Compare the rows of the last healthy commit with its answer key; ``None`` where there are no tables.

    Raises:
        ChainError: the manifests do not form a chain.
        IntegrityError: a table or a source's record is missing, or not what it was.
    """
    chain = read_chain(archive)
    commit = reading_of(chain)
    if commit is None:
        return None
    tables = tables_of(chain)
    coverage = list(committed_rows(archive.root, tables["coverage"]))
    articles = {row["url_key"]: row["article_id"] for row in coverage if row["article_id"]}
    needed = {row["url"] for row in coverage if row["kind"] in ("requisite", "robots")}
    captures = (r for r in committed_rows(archive.root, tables["captures"]) if r["url"] not in needed)
    listed = listings(join_revisits(_answers(archive, captures, commit.portal.context)))
    found = keys(listed, articles, kinds_of(commit.portal))
    rows = (_article(row) for row in committed_rows(archive.root, tables["articles"]))
    return TablesKey(commit=commit, key=compare(map(page_of_row, rows), found, commit.portal))


def _answers(
    archive: Archive, rows: Iterable[Mapping[str, Any]], context: ReadingContext
) -> Iterator[Reading]:
    """The answers of sources, read again in the order of capture. A page that was read is left out; what
    is left is told by its bytes, as in a commit."""
    for row in sorted(rows, key=lambda row: row["captured_at"]):
        if row["reading"] is None and row["status"] in (200, 304, None):
            ref = RecordRef(**{name: row[name] for name in RecordRef.__dataclass_fields__})
            capture = capture_of_record(read_one(archive.root, ref), crawl_id=row["crawl_id"])
            yield read_capture(capture, context)


def _article(row: Mapping[str, Any]) -> ArticleRow:
    """A row of the table as the value that it was written from, as far as it is compared."""
    images = tuple(Image(**image) for image in row["images"])
    attachments = tuple(Attachment(**attachment) for attachment in row["attachments"])
    return ArticleRow(**dict(row) | {"images": images, "attachments": attachments})
