"""What an increment changes in each table: rows that go, rows that come, and rows that say something else
because of what is new, although nothing of them was read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.dedupe import Candidate, is_long, originals
from pipelines.increment import Increment
from pipelines.increment.index import PLACE_BITS, mark
from pipelines.increment.recalled import Recalled, moment, place_of
from pipelines.increment.replaced import Amend, Change, Columns, as_columns
from pipelines.increment.touched import against, reach
from pipelines.model import Article
from pipelines.read_warc import Reading
from pipelines.rows import ArticleRow, CaptureRow, CoverageRow, RecordPlace, RejectionRow, record_place
from pipelines.tables import Placed
from pipelines.urls import url_key

Moved = Mapping[str, str | None]
"""URL keys that lead to another article than before, and to which."""
Copies = Mapping[str, tuple[str, str | None]]
"""Articles that are not in hand and whose original is another one now: their text (its digest, halved)
and the original."""
Values = dict[str, set[Any]]
"""By month, values by which rows that may change are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changes."""

    by_table: Mapping[str, Change]
    gone: frozenset[str]
    """Articles whose rows are made anew, or are no more."""
    copies: Copies


def changes(increment: Increment) -> Changes:
    """The changes of all tables."""
    moved, copies = _moved(increment), _copies(increment)
    month = "SELECT month FROM articles WHERE article = ?"
    had = {a: m for a in increment.touched.articles if (m := increment.index.one(month, a))}
    places = _Captures(increment, frozenset(had))
    texts = _values((*had.items(), *((a, increment.index.one(month, a)) for a in copies)))
    rows = increment.folded.rows
    return Changes(
        by_table={
            "articles": _of_articles("articles", rows["articles"], had, copies, texts),
            "versions": _of_articles("versions", rows["versions"], had, copies, texts),
            "images": _of_articles("images", rows["images"], had, {}, _values(had.items())),
            "links": _of_links(increment, had, moved),
            "captures": places.captures(moved),
            "events": _of_events(increment, had, moved),
            "rejections": places.rejections(),
            "coverage": _of_coverage(increment, moved),
        },
        gone=frozenset(had),
        copies=copies,
    )


def _values(pairs: Iterable[tuple[Any, str]]) -> Values:
    """Values and their months, by month."""
    found: Values = defaultdict(set)
    for value, month in pairs:
        found[month].add(value)
    return found


def _of_articles(table: str, new: Any, gone: Mapping[str, str], copies: Copies, values: Values) -> Change:
    def amend(_: str, row: Columns) -> Columns | None:
        if row["article_id"] in gone:
            return None
        if row["article_id"] in copies:
            text, original = copies[row["article_id"]]
            if row["text_sha256"].startswith(text):
                row["duplicate_of"] = original
        return row

    return Change(column="article_id", values=values, amend=amend, new=new)


def _of_links(increment: Increment, gone: Mapping[str, str], moved: Moved) -> Change:
    index = increment.index
    sql = (
        "SELECT links.article, month FROM links JOIN articles ON articles.article = links.article"
        " WHERE target = ?"
    )
    linking = index.of_each(sql, map(mark, moved))

    def amend(_: str, row: Columns) -> Columns | None:
        if row["article_id"] in gone:
            return None
        key = url_key(row["url"])
        if key in moved:
            row["target_article_id"] = moved[key]
        return row

    values = _values((*gone.items(), *((article, month) for article, month in linking)))
    return Change(column="article_id", values=values, amend=amend, new=increment.folded.rows["links"])


def _of_events(increment: Increment, gone: Mapping[str, str], moved: Moved) -> Change:
    """Those of articles in hand, and articles that others were merged into and that are others now."""
    index = increment.index
    months = "SELECT article, month FROM events WHERE article = ?"
    led = "SELECT article, month FROM events WHERE target = ?"
    old = (*index.of_each(months, gone), *index.of_each(led, map(mark, moved)))

    def amend(_: str, row: Columns) -> Columns | None:
        if row["article_id"] in gone:
            return None
        if row["target_article_id"] and (key := url_key(row["target_url"])) in moved:
            row["target_article_id"] = moved[key]
        return row

    new = increment.folded.rows["events"]
    return Change(column="article_id", values=_values(old), amend=amend, new=new)


def _of_coverage(increment: Increment, moved: Moved) -> Change:
    new = increment.folded.rows["coverage"]
    told = {item.row.url: item.row.url_key for item in new if isinstance(item.row, CoverageRow)}
    index = increment.index
    month = "SELECT month FROM coverage WHERE address = ?"
    old = [(key, m) for url, key in told.items() if (m := index.one(month, mark(url)))]
    months = "SELECT DISTINCT month FROM coverage WHERE key = ?"
    old += [(key, row[0]) for key in moved for row in index.all(months, mark(key))]

    def amend(_: str, row: Columns) -> Columns | None:
        if row["url"] in told:
            return None
        if row["url_key"] in moved:
            row["article_id"] = moved[row["url_key"]]
        return row

    return Change(column="url_key", values=_values(old), amend=amend, new=new)


class _Captures:
    """The tables with a row per capture."""

    def __init__(self, increment: Increment, had: frozenset[str]) -> None:
        self._increment, self._had = increment, had
        self._recalled = increment.recalled
        rows = increment.folded.rows
        self._rows = _by_place(rows["captures"])
        self._refused = _by_place(rows["rejections"])
        readings = increment.folded.readings
        self._new = {_at(r) for r in readings if not increment.recalled.has_folded(r)}
        self._pages = [r for r in readings if isinstance(r.result, Article) and _at(r) not in self._new]

    def captures(self, moved: Moved) -> Change:
        """New rows; pages that make an article now; addresses that lead to another one."""
        made = [r for r in self._pages if self._row(r).reading == "article" and not self._made(r)]
        again = {_at(r): self._rows[_at(r)] for r in made}
        index = self._increment.index
        here = index.of_each("SELECT place, captured_at FROM captures WHERE key = ?", map(mark, moved))
        places = [(place & (1 << PLACE_BITS) - 1, f"{moment(at):%Y-%m}") for place, at in here]

        def amend(_: str, row: Columns) -> Columns | None:
            item = again.get((row["warc_filename"], row["warc_record_offset"]))
            if item is not None:
                return as_columns(item)
            if (key := url_key(row["url"])) in moved:
                row["article_id"] = moved[key]
            return row

        new = [p for at, p in self._rows.items() if at in self._new]
        return self._change((*places, *map(_place, made)), amend, new)

    def rejections(self) -> Change:
        """New rows; pages that were listed nowhere, and are, or belong to another page now."""
        left = [r for r in self._pages if not self._made(r)]
        now = {_at(r): self._refused.get(_at(r)) for r in left}

        def amend(_: str, row: Columns) -> Columns | None:
            at = row["warc_filename"], row["warc_record_offset"]
            item = now.get(at)
            return row if at not in now else as_columns(item) if item else None

        lost = {_at(r) for r in self._pages if self._made(r)}
        new = [p for at, p in self._refused.items() if at in self._new | lost]
        return self._change(map(_place, left), amend, new)

    def _change(self, places: Iterable[tuple[int, str]], amend: Amend, new: list[Placed]) -> Change:
        return Change(column="warc_record_offset", values=_values(places), amend=amend, new=new)

    def _row(self, reading: Reading) -> CaptureRow:
        row = self._rows[_at(reading)].row
        assert isinstance(row, CaptureRow)
        return row

    def _made(self, reading: Reading) -> bool:
        """Whether a page's article had a row before."""
        place = place_of(reading, self._increment.numbers)
        sql = "SELECT lower(hex(article)) FROM captures WHERE place = ?"
        return self._increment.index.one(sql, place) in self._had


def _moved(increment: Increment) -> Moved:
    index, readings = increment.index, increment.folded.readings
    before, now = Recalled(index, increment.numbers), increment.folded.identities.by_key
    keys = {url_key(r.capture.url) for r in readings}
    changed = {k for k in keys if (before.own(k), before.leads(k)) != (now.own(k), now.leads(k))}
    found = ((key, now.get(key)) for key in reach(index, changed, against(readings), back=True))
    return {key: article for key, article in found if article != before.at(key)}


def _copies(increment: Increment) -> Copies:
    index = increment.index
    own = list(_candidates(increment))
    before = "SELECT lower(hex(text)) FROM articles WHERE article = ?"
    texts = {c.text_sha256 for c in own} | {index.one(before, a) for a in increment.touched.articles}
    others = increment.recalled.alike(texts - {None})
    long = {c.text_sha256 for c in (*own, *others) if c.long}
    found = originals((*own, *(c._replace(long=c.text_sha256 in long) for c in others)))
    current = "SELECT original FROM articles WHERE article = ?"
    return {
        c.article_id: (c.text_sha256, found.get(c.article_id))
        for c in others
        if found.get(c.article_id) != index.one(current, c.article_id)
    }


def _candidates(increment: Increment) -> Iterator[Candidate]:
    """The articles in hand."""
    readings, groups = increment.folded.readings, increment.folded.identities.groups
    entered = {g.article_id: place_of(readings[g.first], increment.numbers) for g in groups}
    for item in increment.folded.rows["articles"]:
        row = item.row
        assert isinstance(row, ArticleRow)
        yield Candidate(
            article_id=row.article_id,
            text_sha256=row.text_sha256[:32],
            long=is_long(row.body_text),
            published_date=row.published_date,
            position=entered[row.article_id],
        )


def _at(reading: Reading) -> RecordPlace:
    assert reading.capture.record is not None
    return record_place(reading.capture.record)


def _place(reading: Reading) -> tuple[int, str]:
    """Offset and month of a capture."""
    return _at(reading)[1], f"{reading.capture.captured_at:%Y-%m}"


def _by_place(items: Iterable[Placed]) -> dict[RecordPlace, Placed]:
    return {record_place(p.row): p for p in items if isinstance(p.row, CaptureRow | RejectionRow)}
