"""What fell between commits: the vital signs of a portal against those that earlier manifests keep.

Two comparisons, each by the share of a few captures against that of many:

- Of the *same* pages, asked again: a page that had a byline yesterday is its own measure. Ten are enough.
- Of *new* articles against those that were new before. What is written in a week differs from weekday to
  weekend and from one desk to the other, so that it takes articles of at least seven days, twenty of them,
  of which the field must have fallen to less than half of its share, and each counts half: articles of
  a day resemble each other.

Where few are captured at a time the last commits count together, as many as it takes. Articles that are gone
count together for a week: an ordinary run asks for what was taken off a list, and for little else, so
that what a newsroom takes back one by one would add up to nothing but losses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from pipelines.health.shares import COMPARED, Fall, accepts, chance, fell, history, less, total
from pipelines.health.vitals import FIELDS, Counted
from pipelines.manifest import Manifest, Stored, tables_of
from pipelines.manifest.judged import NONE, Share

LEAST = 20
"""New articles, at least, on either side of a comparison."""
DAYS = 7
"""Days of publication that the new articles must be of, at least."""
ODDS = 5000
"""Chance must bring a fall of a field in less than one of so many cases."""
ALIKE = 2
"""So many articles of a day say as much as one by itself (Kish's design effect)."""
SURGE = 5
"""Errors and articles that are gone are a surge from a fifth of all on, and from ten on: fewer are news."""
WEEK, PART = timedelta(days=7), 50
"""What is gone within a week is a surge from one in so many articles of the archive on: at that rate half
of them were gone within eight months."""
KEPT = Share(compared=COMPARED, agree=COMPARED)
"""Before the first pages are asked again it is held that pages keep what they have."""

WATCHED: dict[str, tuple[tuple[str, str], ...]] = {
    "soft_errors": (("answers", "sound"),),
    "layout_misses": (("again", "layout"), ("new", "layout")),
    "field_fell": tuple((kind, f) for kind in ("again", "new") for f in FIELDS),
}
"""By check the kinds and names of :class:`pipelines.manifest.judged.Vitals` that it watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """One share of one commit, or of several."""

    share: Share
    days: frozenset[str]

    def joined(self, other: _Counts) -> _Counts:
        return _Counts(share=total((self.share, other.share)), days=self.days | other.days)


def falls(
    found: Counted, chain: tuple[Stored, ...], *, today: datetime, again: bool
) -> dict[str, tuple[Fall, ...]]:
    """By check what fell; checks without a fall are left out.

    Args:
        found: what the captures say that the tables do not have yet.
        chain: all manifests before.
        today: when the run ended.
        again: whether old captures were read again, by another reader: then these alone are compared.
    """
    told: dict[str, tuple[Fall, ...]] = {}
    for check, watched in WATCHED.items():
        before = tuple(history(chain, check))
        every = (_fall(found, before, check, kind, name, again=again) for kind, name in watched)
        if fallen := tuple(fall for fall in every if fall):
            told[check] = fallen
    if gone := _gone(found, chain, today, again=again):
        told["articles_gone"] = (gone,)
    return told


def _gone(found: Counted, chain: tuple[Stored, ...], today: datetime, *, again: bool) -> Fall | None:
    """Addresses of articles that give none any more, where they are many within a week, of the archive as of
    what was asked. All articles were there when they were captured: with that it is compared, until somebody
    accepts such a fall, and then with what was since."""
    now = _Counts(share=found.vitals.shares.get("again", {}).get("article", NONE), days=frozenset())
    facts, before = tables_of(chain).get("articles"), tuple(history(chain, "articles_gone"))
    articles = facts.rows if facts else 0
    accepted = any(accepts(manifest, "articles_gone") for manifest in before)
    whole = Share(compared=max(COMPARED, articles), agree=max(COMPARED, articles))
    older = [_counts(manifest, "again", "article") for manifest in before]
    week = _first_held_back(chain, today) - WEEK
    late = sum(datetime.fromisoformat(manifest.committed) > week for manifest in before)
    rest = total(counts.share for counts in older)
    for last, left in _windows(now, [] if again else older[:late], rest):
        earlier = left if accepted else whole
        if surge(earlier, last.share, articles):
            urls = found.examples.get(("again", "article"), ())
            return Fall(kind="again", name="article", earlier=earlier, now=last.share, again=again, urls=urls)
    return None


def surge(earlier: Share, now: Share, articles: int) -> bool:
    """Whether so many articles are gone that it is no news.

    Args:
        earlier: of the articles with which is compared, those that were there.
        now: of those asked within a week, those that are.
        articles: in the archive.
    """
    gone = now.compared - now.agree
    return gone >= max(COMPARED, articles / PART) and fell(earlier, now, SURGE)


def _first_held_back(chain: tuple[Stored, ...], today: datetime) -> datetime:
    """When the captures began that are judged now: those that a failed check holds back are among them."""
    held = takewhile(lambda s: s.manifest.status == "unhealthy", reversed(chain))
    return min((datetime.fromisoformat(s.manifest.committed) for s in held), default=today)


def lost(earlier: Share, now: Share) -> bool:
    """Whether new articles have a field much more rarely than those before."""
    if min(earlier.compared, now.compared) < LEAST:
        return False
    if 2 * now.agree * earlier.compared >= earlier.agree * now.compared:
        return False
    return chance(_thinned(earlier, 0), _thinned(now, ALIKE - 1)) * ODDS < 1


def _thinned(share: Share, up: int) -> Share:
    """As if fewer had been counted, each by itself; rounded so that less is found."""
    return Share(compared=share.compared // ALIKE, agree=(share.agree + up) // ALIKE)


def _fall(
    found: Counted, before: Sequence[Manifest], check: str, kind: str, name: str, *, again: bool
) -> Fall | None:
    now = _Counts(share=found.vitals.shares.get(kind, {}).get(name, NONE), days=frozenset(found.vitals.days))
    if now.share.agree == now.share.compared:
        return None
    older = [_counts(manifest, kind, name) for manifest in before]
    accepted = any(accepts(manifest, check) for manifest in before)
    held = KEPT if kind == "again" and not accepted else NONE
    rest = total((held, *(counts.share for counts in older)))
    for last, earlier in _windows(now, older[:0] if again else older, rest):
        if _is_fall(check, kind, earlier, last):
            urls = found.examples.get((kind, name), ())
            return Fall(kind=kind, name=name, earlier=earlier, now=last.share, again=again, urls=urls)
    return None


def _windows(now: _Counts, older: Sequence[_Counts], rest: Share) -> Iterator[tuple[_Counts, Share]]:
    """The last captures, together with those of ever more commits before, and what is left to compare."""
    yield now, rest
    for counts in older:
        now, rest = now.joined(counts), less(rest, counts.share)
        yield now, rest


def _is_fall(check: str, kind: str, earlier: Share, now: _Counts) -> bool:
    if kind == "new":
        return len(now.days) >= DAYS and lost(earlier, now.share)
    if check == "soft_errors":
        wrong = now.share.compared - now.share.agree
        return wrong >= COMPARED and fell(earlier, now.share, SURGE)
    return fell(earlier, now.share)


def _counts(manifest: Manifest, kind: str, name: str) -> _Counts:
    vitals = manifest.vitals
    if vitals is None:
        return _Counts(share=NONE, days=frozenset())
    return _Counts(share=vitals.shares.get(kind, {}).get(name, NONE), days=frozenset(vitals.days))


def named(falls: Collection[Fall]) -> str:
    """What fell, each once."""
    return ", ".join(dict.fromkeys(fall.name for fall in falls))
