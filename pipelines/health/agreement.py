"""Whether reading agrees with its answer key as it did: what each commit's own captures say, and a fall.

A city that changes its pages is read wrongly from that day on, while thousands of old articles still
agree. So each commit counts apart what it captured, source by source, and its manifest keeps the
figures: to judge by them needs no older reading, only the manifests. Why the numbers below are what they
are stands in docs/decisions (agreement that falls).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.answer_key import EXAMPLES, AnswerKey, compare, keys, kinds_of, listings
from pipelines.answer_key.comparison import ReadPage
from pipelines.archive import Portal
from pipelines.fold import Folded
from pipelines.health.shares import COMPARED, Fall, fell, history, total
from pipelines.manifest import Stored, files_of
from pipelines.manifest.judged import NONE, Share
from pipelines.model import Article
from pipelines.read_warc import Reading
from pipelines.urls import url_key

JUDGED = ("article", "title", "day", "text", "dated")
"""What must not fall, the worst first. ``article``: of the pages that a source lists, those that read as
one; ``dated``: of the articles whose source has a day, those in which a date was read; the others are
fields. Pictures are left out: a CDN that renames them makes no reading wrong."""
CHECK = "agreement_fell"
"""The check that judges by this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What some captures say by themselves, against one kind of source."""

    key: AnswerKey
    article: Share
    """Pages that the source lists, and those that read as an article."""
    unread: tuple[str, ...]
    """Two of the others."""

    @property
    def shares(self) -> dict[str, Share]:
        """All that is counted, by name."""
        return {**self.key.fields, "dated": self.key.dated, "article": self.article}

    @property
    def examples(self) -> dict[str, tuple[str, ...]]:
        """By the same names, two addresses each where it is not so."""
        return {**self.key.examples, "article": self.unread}

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` keeps it: as the answer key, and ``listed_pages`` with those that were read."""
        pages = {"listed_pages": self.article.compared, "read_as_article": self.article.agree}
        return self.key.as_json() | pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How a commit's reading stands to its answer key."""

    whole: AnswerKey
    """Over the whole archive."""
    captured: Mapping[str, Captured]
    """By kind of source, over the captures that the tables in place do not have yet."""
    falls: tuple[Fall, ...]

    def of_other_days(self) -> Agreement:
        """Without what the new captures say by themselves: those that others made are of days long gone, and
        say nothing of a portal that changes today."""
        return replace(self, captured={}, falls=())

    def figures(self) -> dict[str, dict[str, Share]] | None:
        """What the manifest keeps: of ``captured``, all that could be compared."""
        found = {
            kind: {name: share for name, share in captured.shares.items() if share.compared}
            for kind, captured in self.captured.items()
        }
        return {kind: shares for kind, shares in found.items() if shares} or None

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` keeps it: that of the whole archive, and under ``captured`` that of the run."""
        return self.whole.as_json() | {"captured": {k: c.as_json() for k, c in self.captured.items()}}


def agreement(
    folded: Folded, chain: tuple[Stored, ...], *, whole: AnswerKey, portal: Portal, again: bool
) -> Agreement:
    """Compare a fold with its answer key, and its new captures with those of before.

    Args:
        folded: the whole archive, or what is new and what that touches.
        chain: all manifests before the commit.
        whole: the answer key of the whole archive.
        portal: the portal block; a kind of source that is not in it is no key.
        again: whether the tables in place were read otherwise: then every capture counts as new.
    """
    files = frozenset(f.path for f in folded.files) - (frozenset() if again else in_tables(chain))
    captured = captured_by_kind(folded, files, portal)
    falls = (
        fall
        for kind, found in captured.items()
        for name in JUDGED
        if (fall := _fall(kind, name, found, tuple(_before(chain, kind, name)), again=again))
    )
    return Agreement(whole=whole, captured=captured, falls=tuple(falls))


def captured_by_kind(folded: Folded, files: Collection[str], portal: Portal) -> dict[str, Captured]:
    """What some files alone say: pages whose bytes were captured there, against what each kind of source
    said there. Pages that answered as before were read before, and do not count again."""
    own = [r for r in folded.readings if r.capture.record and r.capture.record.warc_filename in files]
    articles, listed = folded.identities.by_key, list(listings(own))
    pages, read = _pages(folded, files), {url_key(r.capture.url): r for r in own if is_new_page(r)}
    found = {}
    for kind in kinds_of(portal):
        named = {url_key(entry.entry.url) for entry in listed if entry.kind == kind}
        shown = [read[key] for key in read.keys() & named]
        unread = sorted(r.capture.url for r in shown if not isinstance(r.result, Article))
        found[kind] = Captured(
            key=compare(pages, keys(listed, articles, (kind,)), portal),
            article=Share(compared=len(shown), agree=len(shown) - len(unread)),
            unread=tuple(unread[:EXAMPLES]),
        )
    return found


def _fall(kind: str, name: str, found: Captured, before: Sequence[Share], *, again: bool) -> Fall | None:
    """The fall of one share. Where few articles are captured at a time, the last runs count together."""
    now = found.shares[name]
    if now.agree == now.compared:
        return None
    older = list(before)
    while not again and older and now.compared < COMPARED:
        now = total((now, older.pop(0)))
    earlier = total(older)
    if not fell(earlier, now):
        return None
    return Fall(kind=kind, name=name, earlier=earlier, now=now, again=again, urls=found.examples[name])


def _before(chain: Iterable[Stored], kind: str, name: str) -> Iterator[Share]:
    """The figures of the commits before. A kind of source that was taken out of the portal block begins anew
    when it is put in again."""
    for manifest in history(chain, CHECK):
        if kind not in kinds_of(manifest.portal):
            return
        yield (manifest.agreement or {}).get(kind, {}).get(name, NONE)


def in_tables(chain: tuple[Stored, ...]) -> frozenset[str]:
    """Files whose captures the tables in place have: those of a run that failed a check are not there."""
    sequence = chain[-1].manifest.tables_sequence if chain else 0
    return frozenset(f.path for f in files_of(chain, up_to=sequence))


def _pages(folded: Folded, files: Collection[str]) -> list[ReadPage]:
    """Each article by its last capture in some files, at its own address."""
    found: dict[str, ReadPage] = {}
    for place, reading in enumerate(folded.readings):
        capture, article = reading.capture, reading.result
        if not isinstance(article, Article) or not is_new_page(reading):
            continue
        name = folded.identities.by_key.get(url_key(capture.url))
        belief = folded.identities.beliefs.get(place)
        if name and belief and belief.own and capture.record and capture.record.warc_filename in files:
            found[name] = ReadPage(
                article_id=name, article=article, seen_at=capture.captured_at, record=capture.record
            )
    return list(found.values())


def is_new_page(reading: Reading) -> bool:
    """Whether a capture is a page whose bytes were sent, and no error."""
    capture = reading.capture
    return reading.result is not None and capture.record_type == "response" and capture.status == 200
