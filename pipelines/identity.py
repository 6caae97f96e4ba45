"""Which captures are one article, and what it is called.

A page's stated canonical address is believed when it is in scope, was itself captured with
status 200, states itself or nothing, and carries the same title. Pages that are tied by such
a belief, or by redirects that kept the title, are one article for ever, also when the redirect
ends some day: ties are only added, so an ``article_id`` never splits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from pipelines.beyond import ALONE, Beyond, Hop
from pipelines.model import Article, FieldRule
from pipelines.read_warc import Reading
from pipelines.text import sha256_hex
from pipelines.urls import absolute, in_scope, url_key

_VARIANT = re.compile(r"(?:^|[/?&=._-])(?:amp|print|printitem|printview)(?:[/?&=._-]|$)", re.I)
HOPS = 10
"""Redirects that are followed, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What the commit holds to be the canonical address of one capture."""

    url: str
    key: str
    """URL key of ``url``."""
    own: bool
    """Whether it is the page's own address; if not, the capture makes no version."""
    rules: tuple[FieldRule, ...]
    """Entries of ``provenance`` for ``canonical_url``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One article: all captures that show it, by their position in commit order."""

    article_id: str
    first: int
    """Position of the capture by which it entered the archive."""
    month: str
    """``archived_month`` of all its rows."""
    positions: tuple[int, ...]
    keys: frozenset[str]
    admitted: bool
    """Whether it has a date or a source that lists it; else its captures are rejections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """All articles of an archive."""

    groups: tuple[Group, ...]
    beliefs: Mapping[int, Belief]
    """By position of the capture."""
    by_key: Addresses
    """URL key to ``article_id``, over the articles' own addresses and redirects to them."""
    hops: tuple[Hop, ...]
    """In order of time: redirects, and pages."""

    def article_at(self, url: str) -> str | None:
        """The article that an address leads to, in any spelling; ``None`` where there is none."""
        return self.by_key.get(url_key(url))


def identify(
    readings: Sequence[Reading], scope: Collection[str], listed: Collection[str], beyond: Beyond = ALONE
) -> Identities:
    """Fold captures in commit order into articles.

    Args:
        readings: all captures, read; revisits already joined to what they refer to.
        scope: hosts of the portal.
        listed: URL keys that a captured feed or news sitemap lists.
        beyond: the rest of the archive, where these are not all its captures.
    """
    pages = {i: r.result for i, r in enumerate(readings) if isinstance(r.result, Article)}
    keys = {i: url_key(readings[i].capture.url) for i in pages}
    by_key = _positions(keys)
    beliefs = {i: _belief(i, pages, keys, by_key, scope) for i in pages}
    hops = _all_hops(readings, beyond)
    ties = _Ties()
    for i, belief in beliefs.items():
        ties.join(keys[i], belief.key)
    for source, target in _moves(by_key, hops):
        if _titles(source, by_key, pages) & _titles(target, by_key, pages):
            ties.join(source, target)
    members = _positions({i: ties.root(key) for i, key in keys.items()})
    groups = tuple(_group(p, readings, keys, pages, listed) for p in members.values())
    own = {key: g.article_id for g in groups if g.admitted for key in g.keys}
    here = {key: own.get(key) for key in by_key}
    leading = {hop.source: hop.target for hop in hops}
    return Identities(groups=groups, beliefs=beliefs, by_key=Addresses(here, leading, beyond), hops=hops)


def article_id(url: str) -> str:
    """The id of an article that enters the archive at an address."""
    return sha256_hex(url_key(url))[:32]


def _group(
    positions: Sequence[int],
    readings: Sequence[Reading],
    keys: Mapping[int, str],
    pages: Mapping[int, Article],
    listed: Collection[str],
) -> Group:
    first = readings[positions[0]].capture
    own = frozenset(keys[i] for i in positions)
    dated = any(pages[i].published_date or pages[i].published_at for i in positions)
    return Group(
        article_id=article_id(first.url),
        first=positions[0],
        month=f"{first.captured_at.astimezone(UTC):%Y-%m}",
        positions=tuple(positions),
        keys=own,
        admitted=dated or not own.isdisjoint(listed),
    )


def _belief(
    position: int,
    pages: Mapping[int, Article],
    keys: Mapping[int, str],
    by_key: Mapping[str, Sequence[int]],
    scope: Collection[str],
) -> Belief:
    page, own = pages[position], keys[position]
    stated = absolute(page.url, page.canonical_url) if page.canonical_url else None
    if stated is None:
        return _own(page.url, own, "own_address")
    key = url_key(stated)
    if key == own:
        return Belief(url=stated, key=own, own=True, rules=_stated(page))
    others = by_key.get(key, ())
    if in_scope(stated, scope) and any(_confirms(pages[i], key, page.title) for i in others):
        return Belief(url=stated, key=key, own=False, rules=_stated(page))
    refused = FieldRule(field="canonical_url", rule=f"refused: {stated}")
    alone = not others and in_scope(stated, scope) and _is_variant(own, key)
    return Belief(url=page.url, key=own, own=not alone, rules=(_rule("own_address"), refused))


def _confirms(other: Article, key: str, title: str) -> bool:
    """Whether a page at a stated address states itself or nothing and carries the title."""
    stated = absolute(other.url, other.canonical_url) if other.canonical_url else None
    return other.title == title and (stated is None or url_key(stated) == key)


def _is_variant(own: str, canonical: str) -> bool:
    """Whether an address looks like the AMP or print form of another: it lies below it, adds
    a query to it, or says so. Everything lies below a home page, so that proves nothing."""
    if looks_like_variant(own) and not looks_like_variant(canonical):
        return True
    return not canonical.endswith(")/") and own.startswith(tuple(canonical + end for end in "/?&"))


def looks_like_variant(key: str) -> bool:
    """Whether a URL key says that it is the AMP or print form of something."""
    return bool(_VARIANT.search(key))


def _own(url: str, key: str, rule: str) -> Belief:
    return Belief(url=url, key=key, own=True, rules=(_rule(rule),))


def _rule(rule: str) -> FieldRule:
    return FieldRule(field="canonical_url", rule=rule)


def _stated(page: Article) -> tuple[FieldRule, ...]:
    """The reader's own entries, which say where the page states it."""
    return tuple(r for r in page.provenance if r.field == "canonical_url") or (_rule("stated"),)


def _all_hops(readings: Sequence[Reading], beyond: Beyond) -> tuple[Hop, ...]:
    """In order of time; those of a moment in commit order."""
    keys = {url_key(r.capture.url) for r in readings}
    new = list(hops_of(r for r in readings if not beyond.has_folded(r)))
    keys |= {hop.target for hop in new if hop.target}
    return tuple(sorted((*beyond.hops(keys), *new), key=lambda hop: hop.captured_at))


def hops_of(readings: Iterable[Reading]) -> Iterator[Hop]:
    """Redirects and pages. Errors are left out: they do not change where an address led."""
    for reading in readings:
        capture = reading.capture
        key, status = url_key(capture.url), capture.status or 0
        target = absolute(capture.url, capture.location) if capture.location else None
        if 200 <= status < 300:
            yield Hop(capture.captured_at, key, None)
        elif 300 <= status < 400 and target and url_key(target) != key:
            yield Hop(capture.captured_at, key, url_key(target))


def _moves(by_key: Mapping[str, Sequence[int]], hops: Iterable[Hop]) -> Iterator[tuple[str, str]]:
    """Pages that ever redirected, and each address that their redirects led to."""
    ever: dict[str, set[str]] = defaultdict(set)
    for _, source, target in hops:
        if target:
            ever[source].add(target)
    for source in ever.keys() & by_key.keys():
        reached, layer = {source}, {source}
        for _ in range(HOPS):
            layer = {target for key in layer for target in ever.get(key, ())} - reached
            reached |= layer
        yield from ((source, target) for target in reached - {source})


def _titles(key: str, by_key: Mapping[str, Sequence[int]], pages: Mapping[int, Article]) -> set[str]:
    return {pages[i].title for i in by_key.get(key, ())}


def _positions(keys: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, key in keys.items():
        found[key].append(position)
    return found


class Addresses:
    """Where addresses lead, a redirect's as far as ten hops.

    Args:
        own: article of the URL keys that have captures in hand; ``None`` where it makes no row.
        leading: where the URL keys in hand redirect to by their latest capture; ``None`` for a page.
        beyond: where all others lead.
    """

    def __init__(
        self, own: Mapping[str, str | None], leading: Mapping[str, str | None], beyond: Beyond
    ) -> None:
        self._own, self._leading, self._beyond = own, leading, beyond

    def get(self, key: str, /) -> str | None:
        """The article that a URL key leads to; ``None`` where there is none."""
        for _ in range(HOPS):
            article = self.own(key)
            target = None if article else self.leads(key)
            if target is None:
                return article
            key = target
        return self.own(key)

    def own(self, key: str) -> str | None:
        """The article with captures at a URL key."""
        return self._own[key] if key in self._own else self._beyond.own(key)

    def leads(self, key: str) -> str | None:
        """The URL key that a URL key redirects to."""
        return self._leading[key] if key in self._leading else self._beyond.leads(key)


class _Ties:
    """Disjoint sets of URL keys."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        while (parent := self._parent.get(key, key)) != key:
            self._parent[key] = self._parent.get(parent, parent)
            key = parent
        return key

    def join(self, a: str, b: str) -> None:
        self._parent[self.root(b)] = self.root(a)
