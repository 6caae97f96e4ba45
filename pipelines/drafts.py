"""What a commit is about to write: the whole archive folded, or what is new and what that touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from pipelines.answer_key import AnswerKey, comparisons, sum_up
from pipelines.answer_key.comparison import Compared
from pipelines.archive import TABLES, Archive, Portal, file_digest
from pipelines.fold import Folded
from pipelines.health import NOTHING_ELSE, Rest
from pipelines.increment import Increment, ReadEverything, fold_new
from pipelines.increment.changes import Changes, changes
from pipelines.increment.index import WHOLE, FoldIndex, mark
from pipelines.increment.indexing import enter
from pipelines.increment.key_index import enter_compared, rules, whole_key
from pipelines.increment.replaced import Change, change_table, month_of
from pipelines.kept import KeptReadings
from pipelines.manifest import Stored, WarcFile, files_of, stored_reading_of, tables_of
from pipelines.model import Capture
from pipelines.read_warc import FileReading
from pipelines.row_sum import BYTES, digest_of_sum
from pipelines.rows import CoverageRow
from pipelines.sealed import is_as_sealed, read_evidence
from pipelines.tables import TableFacts, Tables, is_whole, write_tables
from pipelines.warc.cdxj import cdxj_path, merge_cdxj, write_cdxj


class Draft:
    """All files, folded.

    Args:
        folded: what is in hand.
    """

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self._compared: list[Compared] | None = None

    def compared(self, portal: Portal) -> list[Compared]:
        """The articles in hand that REST or a feed lists, with what it says."""
        if self._compared is None:
            self._compared = comparisons(self.folded, portal)
        return self._compared

    def answer_key(self, portal: Portal) -> AnswerKey:
        """The answer key of the whole archive."""
        return sum_up(self.compared(portal))

    @property
    def rest(self) -> Rest:
        """What is not in hand, for the health figures."""
        return NOTHING_ELSE

    def write(self, archive: Archive, stage: Path) -> Tables:
        """Write the tables below ``stage``, as far as they are others than those in place."""
        return write_tables(stage, self.folded.rows, archive.created_month)

    def settle(self, archive: Archive, new: Collection[str], tables: str, written: Tables | None) -> None:
        """After the commit point: bring the indexes up to it.

        Args:
            archive: the archive.
            new: the WARC files that the commit added.
            tables: digest of the manifest whose tables are in place.
            written: the tables, if they are new.
        """
        captures = [r.capture for f in self.folded.files for r in f.readings]
        cdxj = write_cdxj(archive, captures) if new else file_digest(cdxj_path(archive))
        if written is not None:
            numbers = {f.path: number for number, f in enumerate(self.folded.files)}
            index = FoldIndex.made(archive)
            enter(index, self.folded, numbers, root=archive.root)
            enter_compared(index, self.compared(archive.portal), ())
            index.keep(tables=tables, cdxj=cdxj, rules=rules(archive.portal), **_sums(written))

    def close(self) -> None:
        """Let go of what it holds open."""


class Part(Draft):
    """New files, folded with what they touch.

    Args:
        increment: what is in hand.
        facts: the tables in place.
    """

    def __init__(self, increment: Increment, facts: Mapping[str, TableFacts]) -> None:
        super().__init__(increment.folded)
        self._increment, self._facts = increment, facts
        self._index = increment.index
        self._changes: Changes = changes(increment)

    @property
    def rest(self) -> Rest:
        return _Rest(self._index, self._changes, self.folded, self._in_hand)

    @property
    def _in_hand(self) -> frozenset[str]:
        groups = self.folded.identities.groups
        return self._increment.touched.articles | {g.article_id for g in groups}

    def answer_key(self, portal: Portal) -> AnswerKey:
        key = whole_key(self._index, self.compared(portal), self._in_hand)
        assert key is not None
        return key

    def check(self, root: Path, portal: Portal) -> None:
        """Raises ReadEverything where what it is built on is not what the manifest names, or not enough."""
        if self._index.state("rules") != rules(portal):
            raise ReadEverything("pages are compared with their sources by other rules than before")
        if whole_key(self._index, self.compared(portal), self._in_hand) is None:
            raise ReadEverything("not all of the ten worst articles are known")
        for table, facts in self._facts.items():
            if digest_of_sum(_sum(self._index, table)) != facts.logical_sha256:
                raise ReadEverything(f"the index of the fold has other rows in {table}")
            change = self._changes.by_table[table]
            months = change.values.keys() | {item.month for item in change.new}
            for file in facts.files:
                path = root / file.path
                if not path.is_file() or path.stat().st_size != file.bytes:
                    raise ReadEverything(f"{file.path} is not what the manifest names")
                if month_of(file) in months and not is_whole(root, file):
                    raise ReadEverything(f"{file.path} is not what the manifest names")

    def write(self, archive: Archive, stage: Path) -> Tables:
        written = {table: self._written(archive, stage, table) for table in TABLES}
        return Tables(
            facts={table: facts for table, (facts, _) in written.items()},
            sums={table: total for table, (_, total) in written.items()},
        )

    def _written(self, archive: Archive, stage: Path, table: str) -> tuple[TableFacts, int]:
        change: Change = self._changes.by_table[table]
        facts, total = self._facts[table], _sum(self._index, table)
        if not change.values and not change.new:
            return facts, total
        return change_table(archive.root, stage, table, facts, total, change, archive.created_month)

    def settle(self, archive: Archive, new: Collection[str], tables: str, written: Tables | None) -> None:
        cdxj = merge_cdxj(archive, self._captures(new), self._index.state("cdxj"))
        self._index.begin()
        if written is None:
            self._index.keep(cdxj=cdxj)
            return
        increment, found = self._increment, self._changes
        enter(self._index, self.folded, increment.numbers, root=archive.root, gone=found.gone)
        originals = ((original, article) for article, (_, original) in found.copies.items())
        enter_compared(self._index, self.compared(archive.portal), self._in_hand)
        self._index.change("UPDATE articles SET original = ? WHERE article = ?", originals)
        self._index.keep(tables=tables, cdxj=cdxj, **_sums(written))

    def _captures(self, new: Collection[str]) -> Iterator[Capture]:
        return (r.capture for f in self.folded.files if f.path in new for r in f.readings)

    def close(self) -> None:
        self._index.close()


class _Rest(Rest):
    def __init__(
        self, index: FoldIndex, changes: Changes, folded: Folded, articles: Collection[str]
    ) -> None:
        self._index, self._gone, self._articles = index, len(changes.gone), articles
        rows = (item.row for item in folded.rows["coverage"])
        self._in_hand = {mark(row.url) for row in rows if isinstance(row, CoverageRow)}

    @property
    def articles(self) -> int:
        count: int = self._index.one("SELECT count(*) FROM articles")
        return count - self._gone

    def days(self) -> set[date]:
        found = self._index.all("SELECT published, count(*) FROM articles GROUP BY published")
        counts = Counter({day: number for day, number in found if day})
        again = self._index.of_each("SELECT published FROM articles WHERE article = ?", self._articles)
        counts.subtract(row[0] for row in again if row[0])
        return {date.fromisoformat(day) for day, number in counts.items() if number > 0}

    def was_article(self, key: str) -> bool | None:
        # Of answers that failed neither is known; of a 304 and a revisit, what they repeat.
        sql = f"SELECT article FROM captures WHERE key = ? AND (article IS NOT NULL OR marks & {WHOLE})"
        last = self._index.all(f"{sql} ORDER BY captured_at DESC, place DESC LIMIT 1", mark(key))
        return bool(last) and last[0][0] is not None

    def verdicts(self, key: str) -> set[str]:
        rows = self._index.all("SELECT address, verdict FROM coverage WHERE key = ?", mark(key))
        return {verdict for address, verdict in rows if address not in self._in_hand}


def draft_part(
    archive: Archive,
    chain: tuple[Stored, ...],
    pending: Sequence[str],
    kept: KeptReadings,
    *,
    again: bool,
) -> tuple[Draft, list[FileReading]]:
    """What a commit writes if it reads only what is new, and the files that it adds.

    Args:
        archive: the archive.
        chain: its manifests.
        pending: files that no manifest names yet.
        kept: what the run read already.
        again: whether the tables in place were read otherwise than now.

    Raises:
        ReadEverything: it cannot.
    """
    if again:
        raise ReadEverything("reader, layout or context are no longer those of the tables in place")
    tables = stored_reading_of(chain)
    index = FoldIndex.opened(archive, tables.sha256) if tables else None
    if tables is None or index is None:
        raise ReadEverything("there is no index of what was read before")
    try:
        folded = files_of(chain, up_to=tables.manifest.sequence)
        _check_evidence(archive, index, folded)
        unread = files_of(chain)[len(folded) :]
        old, new = read_evidence(archive, unread, pending, portal=archive.portal, kept=kept)
        part = Part(fold_new(index, (*old, *new), root=archive.root, portal=archive.portal), tables_of(chain))
        part.check(archive.root, archive.portal)
    except BaseException:
        index.close()
        raise
    return part, new


def _check_evidence(archive: Archive, index: FoldIndex, files: Sequence[WarcFile]) -> None:
    """The files that need not be read are there, and nobody wrote to them; those with another time than
    they had are compared with their digests."""
    rows = index.all("SELECT path, bytes, mtime FROM files ORDER BY number")
    stamps = {path: (size, mtime) for path, size, mtime in rows}
    if list(stamps) != [f.path for f in files]:
        raise ReadEverything("the index of the fold is of other files")
    for file in files:
        path = archive.root / file.path
        found = path.stat() if path.is_file() else None
        stamp = (found.st_size, found.st_mtime_ns) if found else None
        if stamp != stamps[file.path] and not is_as_sealed(path, file):
            raise ReadEverything(f"{file.path} is not what the manifest names")


def _sum(index: FoldIndex, table: str) -> int:
    return int.from_bytes(index.state(f"sum_{table}") or b"", "big")


def _sums(written: Tables) -> dict[str, bytes]:
    return {f"sum_{table}": total.to_bytes(BYTES, "big") for table, total in written.sums.items()}
