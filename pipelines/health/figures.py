"""What the checks of health judge: figures of a run, and of the archive as the commit would leave it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pipelines.fold import Folded
from pipelines.health.agreement import Agreement
from pipelines.health.falls import falls
from pipelines.health.levels import Levels, with_levels
from pipelines.health.rhythm import Silence, silence
from pipelines.health.shares import Fall, accepts
from pipelines.health.vitals import Counted
from pipelines.manifest import Stored
from pipelines.manifest.judged import Share, Vitals
from pipelines.model import Rejection
from pipelines.read_warc import Reading
from pipelines.rows import ArticleRow
from pipelines.urls import in_scope, url_key

FACTS = ("title", "day")
"""Fields that page and source must mostly agree on. Texts often differ for good reasons: a page builder
puts into REST what no page shows. Their share is told, and judges nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is judged."""

    complete: bool
    """Whether the run came to its end."""
    articles_before: int
    """Rows of ``articles`` in the tables in place."""
    articles: int
    """Rows of ``articles`` that this commit would write."""
    kept: int
    """Captures of earlier files that are still read as articles."""
    read: int
    """Captures of this commit's new files that were read as articles."""
    listed: int
    """Addresses in scope that sources captured in the new files list."""
    answered: int
    """Of these, how many were captured or confirmed by now."""
    failed: int
    """Of these, how many failed at the last attempt."""
    asked: int
    """Of these, how many the new files hold an answer of."""
    again: int
    """Addresses of articles in earlier files that the new files hold an answer of."""
    agreement: Mapping[str, Share] = field(default_factory=dict)
    """How far reading and answer key agree, field by field."""
    falls: tuple[Fall, ...] = ()
    """Fields on which they agree much less than they did."""
    damaged: tuple[str, ...] = ()
    """Places in WARC files committed earlier that can no longer be read."""
    fallen: Mapping[str, tuple[Fall, ...]] = field(default_factory=dict)
    """By check what fell against the commits before (:mod:`pipelines.health.falls`)."""
    silence: Silence | None = None
    """Where the portal has published nothing for too long: how long."""
    levels: Levels = field(default_factory=Levels)
    """What was accepted, of shares that are judged by their level."""

    @property
    def captured(self) -> Share:
        """Of the addresses that sources list and that were captured or failed, the captured ones."""
        return Share(compared=self.answered + self.failed, agree=self.answered)


class Rest:
    """What the archive has beyond a fold: here nothing, since that is of the whole."""

    @property
    def articles(self) -> int:
        """Rows of ``articles``."""
        return 0

    def verdicts(self, key: str) -> set[str]:
        """What ``coverage`` says of the addresses with a URL key."""
        return set()

    def days(self) -> set[date]:
        """The days on which articles were published."""
        return set()

    def was_article(self, key: str) -> bool | None:
        """Whether the last capture at a URL key reads as an article; ``None`` where all are in hand."""
        return None


NOTHING_ELSE = Rest()


def figures(
    folded: Folded,
    new_files: Collection[str],
    *,
    scope: Collection[str],
    complete: bool,
    articles_before: int,
    key: Agreement,
    rest: Rest = NOTHING_ELSE,
) -> Figures:
    """Count a fold.

    Args:
        folded: the whole archive, or what is new and what that touches.
        new_files: the WARC files that this commit adds.
        scope: hosts of the portal.
        complete: whether the run came to its end.
        articles_before: rows of ``articles`` in the tables in place.
        key: what REST and feeds say of the articles, against what was read.
        rest: what is not in hand.
    """
    new = _new(folded, new_files)
    listed = {url_key(e.url) for r in new for e in r.listed if in_scope(e.url, scope)}
    asked = {url_key(r.capture.url) for r in new}
    state = {key: found | rest.verdicts(key) for key, found in _verdicts(folded, listed).items()}
    return Figures(
        complete=complete,
        articles_before=articles_before,
        articles=len(folded.rows["articles"]) + rest.articles,
        kept=_read_in(folded, frozenset(f.path for f in folded.files) - frozenset(new_files)) + rest.articles,
        read=_read_in(folded, new_files),
        listed=len(listed),
        answered=sum(not found.isdisjoint(_ANSWERED) for found in state.values()),
        failed=sum("failed" in found and found.isdisjoint(_ANSWERED) for found in state.values()),
        asked=len(listed & asked),
        again=len(_article_keys(folded, new_files) & asked),
        agreement=key.whole.fields,
        falls=key.falls,
        damaged=tuple(p for f in folded.files if f.path not in new_files for p in f.damaged_places),
    )


def across_runs(
    f: Figures,
    folded: Folded,
    new_files: Collection[str],
    *,
    chain: tuple[Stored, ...],
    today: datetime,
    counted: Counted,
    again: bool,
    rest: Rest = NOTHING_ELSE,
) -> Figures:
    """The same figures, compared with the commits before.

    Args:
        f: the figures.
        folded: what they were counted of.
        new_files: the WARC files that this commit adds.
        chain: all manifests before the commit.
        today: when the run ended.
        counted: the vital signs of the captures that the tables do not have yet.
        again: whether the tables in place were read otherwise.
        rest: what is not in hand.
    """
    looked = f.complete and _looked(_new(folded, new_files))
    return replace(
        f,
        fallen=falls(counted, chain, today=today, again=again),
        silence=_silence(folded, chain, today.date(), rest) if looked else None,
        levels=Levels.of(chain),
    )


def kept_vitals(counted: Counted, f: Figures) -> Vitals | None:
    """What the manifest keeps of all this."""
    key = {name: f.agreement[name] for name in FACTS if name in f.agreement}
    return with_levels(counted.vitals, f.captured if f.complete else None, key)


_ANSWERED = ("captured", "confirmed")


def _read_in(folded: Folded, files: Collection[str]) -> int:
    """How many captures in some files are of articles that make rows."""
    admitted = (i for g in folded.identities.groups if g.admitted for i in g.positions)
    records = (folded.readings[i].capture.record for i in admitted)
    return sum(record is not None and record.warc_filename in files for record in records)


def _article_keys(folded: Folded, new_files: Collection[str]) -> set[str]:
    """URL keys of the captures in earlier files that are of articles."""
    admitted = (i for g in folded.identities.groups if g.admitted for i in g.positions)
    captures = (folded.readings[i].capture for i in admitted)
    return {url_key(c.url) for c in captures if c.record and c.record.warc_filename not in new_files}


def _verdicts(folded: Folded, keys: Collection[str]) -> dict[str, set[str]]:
    """Verdicts on the addresses of some URL keys, in any spelling."""
    found: dict[str, set[str]] = {key: set() for key in keys}
    for item in folded.rows["coverage"]:
        if (key := item.row.url_key) in found:  # type: ignore[union-attr]
            found[key].add(item.row.verdict)  # type: ignore[union-attr]
    return found


def _new(folded: Folded, files: Collection[str]) -> list[Reading]:
    """The captures in some files."""
    return [r for r in folded.readings if r.capture.record and r.capture.record.warc_filename in files]


def _looked(new: Collection[Reading]) -> bool:
    """Whether a run asked where the portal announces its news."""
    pages = (r.result for r in new if isinstance(r.result, Rejection))
    return any(r.kind == "source" for r in new) or any(page.reason == "listing" for page in pages)


def _silence(folded: Folded, chain: tuple[Stored, ...], today: date, rest: Rest) -> Silence | None:
    """Silence counts from the first commit with articles on, and anew from where one was accepted."""
    kept = (s.manifest for s in chain if s.manifest.tables and s.manifest.tables["articles"].rows)
    first = next(kept, None)
    if first is None:
        return None
    since = (m.committed for m in (first, *(s.manifest for s in chain if accepts(s.manifest, "stale"))))
    rows = (item.row for item in folded.rows["articles"])
    days = {row.published_date for row in rows if isinstance(row, ArticleRow) and row.published_date}
    return silence(days | rest.days(), today=today, since=datetime.fromisoformat(max(since)).date())
