"""The vital signs of a portal, commit by commit: figures of what was captured, kept in its manifest.

Each commit counts the captures that the tables in place do not have yet. Later commits compare theirs with
what was counted before (:mod:`pipelines.health.falls`). Four kinds are counted:

- ``new``: articles captured for the first time and published within a year before, and those of them that
  have a field. Older ones are left out: an archive of fifteen years says nothing of how news look today.
- ``again``: pages of articles that answered with other bytes than before, and those that kept a field which
  they had; as ``article``, addresses of articles that were asked again and still give one.
- ``answers``: pages that were answered, and those that are ``sound``: no error, login or challenge page.
- ``listed`` and ``key``: two levels that checks of one commit judge by (:mod:`pipelines.health`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pipelines.archive import Portal
from pipelines.coverage import is_captured
from pipelines.fold import Folded
from pipelines.health.agreement import is_new_page
from pipelines.identity import Group
from pipelines.manifest.judged import Share, Vitals
from pipelines.model import Article, Rejection
from pipelines.read_warc import Reading
from pipelines.urls import absolute, in_scope, url_key
from pipelines.warc.tombstone import RETRACTED

Fields = Mapping[str, Callable[[Article], bool]]
EXAMPLES = 2
NEW = timedelta(days=365)
"""Age of the articles that count as new ones, at most."""
AHEAD = timedelta(days=2)
"""How far after its capture an article may be dated: zones, and news that is dated tomorrow."""
DAYS = 10
"""Days of publication that a manifest keeps."""
FIELDS: Fields = {
    "date": lambda a: a.published_date is not None,
    "byline": lambda a: a.byline is not None,
    "lead": lambda a: a.lead is not None,
    "sections": lambda a: bool(a.sections),
    "tags": lambda a: bool(a.tags),
    "images": lambda a: bool(a.images),
    "credits": lambda a: bool(a.photo_credits) or any(i.credit for i in a.images),
}
"""What an article may have."""
LAYOUT: Fields = {"layout": lambda a: a.layout is not None}
"""The same, of a portal that has a layout: it fits the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted."""

    vitals: Vitals = field(default_factory=lambda: Vitals(shares={}))
    examples: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By kind and name, two addresses each where it is not so."""


NOTHING_COUNTED = Counted()


def count_vitals(
    folded: Folded,
    files: Collection[str],
    *,
    portal: Portal,
    was_article: Callable[[str], bool | None],
    first: bool,
) -> Counted:
    """Count the captures of some files.

    Args:
        folded: the whole archive, or what is new and what that touches.
        files: those whose captures the tables in place do not have.
        portal: the portal block.
        was_article: of a URL key, whether its last capture in the other files reads as an article; ``None``
            where these are all in hand.
        first: whether no complete crawl has been taken in yet, so that what is new here may be old there.
    """
    tally, scope = _Tally(), portal.scope
    fields = {**FIELDS, **LAYOUT} if portal.layout else FIELDS
    before, now = _by_key(folded, files, scope)
    for group in folded.identities.groups:
        _count_new(tally, folded, group, files, fields, first=first)
    for key, reading in now.items():
        _count_answer(tally, reading)
        old, known = before.get(key), was_article(key)
        if old is None or not isinstance(old.result, Article) or known is False:
            continue
        tally.add("again", "article", _gives_one(folded, reading, now, scope), reading.capture.url)
        if is_new_page(reading) and isinstance(reading.result, Article):
            _count_again(tally, old.result, reading.result, fields)
    return tally.counted()


class _Tally:
    """Shares while they are counted."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.days: set[str] = set()

    def add(self, kind: str, name: str, holds: bool | None, url: str) -> None:
        """Count one; ``None`` is not counted."""
        if holds is not None:
            self._counts[kind, name].append(holds)
        if holds is False:
            self._examples[kind, name].append(url)

    def counted(self) -> Counted:
        shares: dict[str, dict[str, Share]] = defaultdict(dict)
        for (kind, name), found in sorted(self._counts.items()):
            shares[kind][name] = Share(compared=len(found), agree=sum(found))
        return Counted(
            vitals=Vitals(shares=dict(shares), days=tuple(sorted(self.days)[-DAYS:])),
            examples={at: tuple(sorted(urls)[:EXAMPLES]) for at, urls in self._examples.items()},
        )


def _by_key(
    folded: Folded, files: Collection[str], scope: Collection[str]
) -> tuple[dict[str, Reading], dict[str, Reading]]:
    """By URL key the last complete answer of a page in other files, and the last in these."""
    before: dict[str, Reading] = {}
    now: dict[str, Reading] = {}
    for reading in folded.readings:
        capture = reading.capture
        if reading.kind != "page" or capture.record is None or not in_scope(capture.url, scope):
            continue
        if is_captured(capture):
            (now if capture.record.warc_filename in files else before)[url_key(capture.url)] = reading
    return before, now


def _count_new(
    tally: _Tally, folded: Folded, group: Group, files: Collection[str], fields: Fields, *, first: bool
) -> None:
    """One article that no other file has, by its last capture at its own address."""
    own = [folded.readings[i] for i in group.positions]
    if not all(r.capture.record and r.capture.record.warc_filename in files for r in own):
        return
    beliefs = folded.identities.beliefs
    shown = [r for i, r in zip(group.positions, own, strict=True) if is_new_page(r) and beliefs[i].own]
    if not shown or not isinstance(article := shown[-1].result, Article):
        return
    day, url = article.published_date, shown[-1].capture.url
    if day is None:
        # Undated pages of a first crawl may be of any age: they say only how many have no date.
        counts = ["date"] if first or not group.admitted else list(fields)
    elif not -AHEAD <= shown[-1].capture.captured_at.date() - day <= NEW:
        return
    else:
        counts = list(fields)
        tally.days.add(day.isoformat())
    for name in counts:
        tally.add("new", name, fields[name](article), url)


def _count_answer(tally: _Tally, reading: Reading) -> None:
    capture, result = reading.capture, reading.result
    if result is None or capture.status not in (200, 304):
        return
    error = isinstance(result, Rejection) and result.reason == "soft_error"
    tally.add("answers", "sound", not error, capture.url)


def _count_again(tally: _Tally, old: Article, new: Article, fields: Fields) -> None:
    """The fields that a page had, where it answered with other bytes."""
    for name, has in fields.items():
        if has(old):
            tally.add("again", name, has(new), new.url)


def _gives_one(
    folded: Folded, reading: Reading, now: Mapping[str, Reading], scope: Collection[str]
) -> bool | None:
    """Whether an article's address gives one still, itself or by a redirect; ``None`` where that cannot be
    said: the answer is an error page (which is counted as such), or leads to what was not asked."""
    capture, result, status = reading.capture, reading.result, reading.capture.status or 0
    if isinstance(result, Rejection) and result.reason in ("soft_error", RETRACTED):
        return None
    if status in (404, 410):
        return False
    if status in (200, 304):
        return None if result is None else isinstance(result, Article)
    target = absolute(capture.url, capture.location) if 300 <= status < 400 and capture.location else None
    if target is None or (key := url_key(target)) == url_key(capture.url):
        return None
    if folded.identities.by_key.get(key):
        return True
    return False if key in now or not in_scope(target, scope) else None
