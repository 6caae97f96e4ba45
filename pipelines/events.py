"""What happened to each article: published, edited, moved, merged, removed, restored.

A pure fold over the captures of an article's own addresses, in order of ``captured_at``, all read by one
reader: a page shows it; 404 and 410 say that it is gone; a permanent redirect says where it went. Whatever
else an address answers (another error, a soft error, a temporary redirect, nothing) says nothing of the
article, and neither does its AMP or print form, nor an error at another spelling of an address than the one
that showed the page. What each kind needs stands in ``docs/decisions/0029-events.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pipelines.article_rows import ArticleRows
from pipelines.coverage import is_captured
from pipelines.edits import edit
from pipelines.identity import HOPS, Identities, looks_like_variant
from pipelines.model import Capture
from pipelines.read_warc import Reading
from pipelines.rows import ArticleRow, EventRow, microseconds, record_columns, record_place
from pipelines.tables import Placed
from pipelines.text import canonical_json, sha256_hex
from pipelines.urls import absolute, in_scope, url_key

CONFIRMED_AFTER = timedelta(hours=6)
"""Between the two errors that make a removal: what is broken for an hour, or asked twice, is not removed."""
KINDS = ("published", "edited", "moved", "merged", "removal_suspected", "removed", "restored")
"""All kinds, in the order in which a run's sum names them."""
_GONE = (404, 410)
_PERMANENT = (301, 308)
"""By RFC 9110, 15.4: the address is given up for another one. After 302, 303 and 307 it stays."""


def says_away(capture: Capture) -> bool:
    """Whether an answer can say that an article is not at its address (any more)."""
    if capture.status in _GONE:
        return is_captured(capture)
    return capture.status in _PERMANENT and bool(capture.location)


def event_rows(
    portal: str,
    scope: Collection[str],
    readings: Sequence[Reading],
    articles: Sequence[ArticleRows],
    identities: Identities,
) -> Iterator[Placed]:
    """All events of some articles.

    Args:
        portal: slug.
        scope: hosts of the portal.
        readings: captures in commit order, those at the articles' own addresses among them.
        articles: the articles, with the rows of their versions.
        identities: which captures are theirs, and where addresses lead.
    """
    away: dict[str, list[int]] = defaultdict(list)
    for position, reading in enumerate(readings):
        if reading.kind == "page" and says_away(reading.capture):
            away[url_key(reading.capture.url)].append(position)
    for article in articles:
        if any(row.version for row in article.rows):
            for row in _History(portal, scope, article, readings, identities).events(away):
                yield Placed(month=f"{row.seen_at.astimezone(UTC):%Y-%m}", row=row)


@dataclass(slots=True)
class _Live:
    """An address at which the article stands, as far as is known."""

    url: str
    """As it was asked, or as a redirect names it."""
    seen_at: datetime | None
    """When it last showed the article; ``None`` while only a redirect says so."""


@dataclass(slots=True)
class _Doubt:
    """An address that seems to be given up."""

    opened: Capture
    error_at: datetime | None = None
    """When it first answered 404 or 410."""


class _History:
    """One article, capture by capture."""

    def __init__(
        self,
        portal: str,
        scope: Collection[str],
        article: ArticleRows,
        readings: Sequence[Reading],
        identities: Identities,
    ) -> None:
        self._portal, self._scope, self._readings = portal, scope, readings
        self._id, self._identities = article.group.article_id, identities
        pages = {i: url_key(readings[i].capture.url) for i in article.group.positions}
        stated = {key for i, key in pages.items() if identities.beliefs[i].own}
        self._own = {key for key in stated if not looks_like_variant(key)} or stated
        self._pages = {i: key for i, key in pages.items() if key in self._own}
        self._versions = {record_place(row): row for row in article.rows}
        self._current: ArticleRow | None = None
        self._live: dict[str, _Live] = {}
        self._doubts: dict[str, _Doubt] = {}
        self._suspected: Capture | None = None
        """The answer since which no address is known to show the article."""
        self._gone = False
        self._last: datetime | None = None
        """When it was last seen."""
        self._absent: datetime | None = None
        """When an address of its own last showed something else."""
        self._events: list[EventRow] = []

    def events(self, away: Mapping[str, Sequence[int]]) -> list[EventRow]:
        """Its events in order of time, given all positions of answers that say it is away, by URL key."""
        others = {i: key for key in self._own for i in away.get(key, ())}
        keys = self._pages | others
        for i in sorted(keys, key=lambda i: (self._readings[i].capture.captured_at, i)):
            (self._page if i in self._pages else self._away)(self._readings[i].capture, keys[i])
            self._judge()
        if self._suspected is not None:
            self._add("removal_suspected", self._suspected, before=self._last)
        return self._events

    def _page(self, capture: Capture, key: str) -> None:
        """The article was seen. That refutes what was suspected."""
        before, new = self._current, self._version_begun(capture)
        self._current = new or before
        if self._gone:
            self._gone = False
            self._add("restored", capture, before=self._absent, old=before, new=self._current)
        if new and before is None:
            self._add("published", capture, before=self._absent, new=new)
        elif new and before:
            changes = edit(before, new)
            self._add("edited", capture, before=self._last, old=before, new=new, **changes)
        self._doubts.pop(key, None)
        self._live[key] = _Live(capture.url, capture.captured_at)
        self._last = capture.captured_at

    def _version_begun(self, capture: Capture) -> ArticleRow | None:
        assert capture.record is not None
        return self._versions.get(record_place(capture.record))

    def _away(self, capture: Capture, key: str) -> None:
        if capture.status in _GONE:
            self._absent = capture.captured_at
            if self._stood(capture, key):
                self._doubt(capture, key, error=True)
            return
        target = absolute(capture.url, capture.location or "") or ""
        led = self._identities.article_at(target)
        if led == self._id:
            if key != self._end(target) and not looks_like_variant(url_key(target)):
                self._moved(capture, key, target)
            return
        self._absent = capture.captured_at
        if not self._stood(capture, key):
            return
        if led is not None:
            self._merged(capture, key, led)
        elif in_scope(target, self._scope):
            self._doubt(capture, key, error=False)

    def _stood(self, capture: Capture, key: str) -> bool:
        """Whether the article was at the very address that was asked."""
        return key in self._live and self._live[key].url == capture.url

    def _end(self, target: str) -> str:
        """The article's own address that a redirect leads to."""
        key = url_key(target)
        for _ in range(HOPS):
            led = None if key in self._own else self._identities.by_key.leads(key)
            if led is None:
                break
            key = led
        return key

    def _moved(self, capture: Capture, key: str, target: str) -> None:
        if not self._stood(capture, key):
            return
        left = self._live.pop(key)
        self._doubts.pop(key, None)
        self._live.setdefault(self._end(target), _Live(target, None))
        self._add("moved", capture, before=left.seen_at or self._last)

    def _merged(self, capture: Capture, key: str, led: str) -> None:
        del self._live[key]
        self._doubts.pop(key, None)
        if not self._live:
            self._gone = True
            self._add("merged", capture, before=self._last, target_article_id=led)

    def _doubt(self, capture: Capture, key: str, *, error: bool) -> None:
        """An address seems to be given up; two errors, long enough apart, make it sure."""
        doubt = self._doubts.setdefault(key, _Doubt(capture))
        if not error:
            return
        if doubt.error_at is None:
            doubt.error_at = capture.captured_at
        elif capture.captured_at - doubt.error_at >= CONFIRMED_AFTER:
            del self._live[key], self._doubts[key]
            if not self._live:
                self._gone = True
                self._add("removed", self._suspected or doubt.opened, before=self._last, confirmed=capture)

    def _judge(self) -> None:
        """Note since when all addresses are in doubt, if they are."""
        if not self._live or not self._live.keys() <= self._doubts.keys():
            self._suspected = None
        elif self._suspected is None:
            opened = (self._doubts[key].opened for key in self._live)
            self._suspected = max(opened, key=lambda capture: capture.captured_at)

    def _add(
        self,
        kind: str,
        capture: Capture,
        *,
        before: datetime | None,
        confirmed: Capture | None = None,
        old: ArticleRow | None = None,
        new: ArticleRow | None = None,
        **further: Any,
    ) -> None:
        shown = new.version if new else None
        old = old or (None if new else self._current)
        away = capture.location if capture.status in _PERMANENT else None
        target = absolute(capture.url, away) if away else None
        none = dict.fromkeys(("words_added", "words_removed", "target_article_id"))
        self._events.append(
            EventRow(
                portal=self._portal,
                event_id=_event_id(self._id, kind, capture, shown),
                article_id=self._id,
                kind=kind,
                url=capture.url,
                seen_at=capture.captured_at,
                before_at=before,
                confirmed_at=confirmed.captured_at if confirmed else None,
                confirmed_by=confirmed.record.warc_record_id if confirmed and confirmed.record else None,
                confirmed_crawl_id=confirmed.crawl_id if confirmed else None,
                version_before=old.version if old else None,
                version_after=shown,
                status=capture.status,
                crawl_id=capture.crawl_id,
                payload_digest=capture.payload_digest,
                **record_columns(capture.record),
                target_url=target,
                **{"changed": (), **none, **further},
            )
        )


def _event_id(article: str, kind: str, capture: Capture, version: int | None) -> str:
    """What was suspected and then confirmed is one event."""
    family = "removed" if kind == "removal_suspected" else kind
    record = capture.record.warc_record_id if capture.record else None
    at = microseconds(capture.captured_at)
    return sha256_hex(canonical_json([article, family, capture.url, at, record, version]))[:32]
