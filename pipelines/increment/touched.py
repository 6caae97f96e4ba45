"""Which captures of earlier files have to be folded again with new ones.

Whatever the rows of an article depend on must be in hand with it. So from the addresses of the new
captures it goes on, until nothing is added: to all captures of the same article, errors and redirects at its
addresses too; to the page at an
address that one of them states as canonical; to pages that state an address which has a page, or a
title, for the first time; to pages that redirects tie together; and to undated pages that are listed
for the first time. What is taken along needlessly changes nothing but the time it takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.beyond import Hop
from pipelines.identity import HOPS, hops_of
from pipelines.increment.index import AWAY, WHOLE, FoldIndex, mark
from pipelines.increment.indexing import claim, listed_keys, title_mark
from pipelines.increment.key_index import listed_anew
from pipelines.increment.recalled import Recalled
from pipelines.model import Article
from pipelines.read_warc import Reading
from pipelines.urls import url_key
from pipelines.warc.record import sha256_digest

_KEYS_OF = "SELECT DISTINCT key FROM captures WHERE article = ?"
_NOTHING = sha256_digest(b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What is folded again."""

    places: frozenset[int]
    """Of captures of earlier files."""
    articles: frozenset[str]
    """Ids of the articles, those without rows too, that these captures were of."""


def repeated(index: FoldIndex, new: Iterable[Reading]) -> set[int]:
    """Places of the captures that revisits and 304s among the new ones may refer to."""
    found: set[int] = set()
    for reading in new:
        capture = reading.capture
        if capture.record_type != "revisit" and capture.status != 304:
            continue
        sql = f"SELECT place FROM captures WHERE key = ? AND address = ? AND marks & {WHOLE}"
        at = (mark(url_key(capture.url)), mark(capture.url))
        if capture.record_type == "revisit" and capture.payload_digest != _NOTHING:
            digest = mark(capture.payload_digest, 8)
            place = index.one(f"{sql} AND digest = ? ORDER BY place DESC LIMIT 1", *at, digest)
        else:
            place = index.one(f"{sql} ORDER BY captured_at DESC, place DESC LIMIT 1", *at)
        if place is not None:
            found.add(place)
    return found


def touched(index: FoldIndex, new: Sequence[Reading], before: Recalled) -> Touched:
    """What belongs together with new captures.

    Args:
        index: of the tables in place.
        new: all new captures, revisits joined to what they refer to.
        before: what the index knows.
    """
    closure = _Closure(index, new, before)
    closure.start(new)
    closure.go_on()
    pages = "SELECT place, hex(article), key FROM captures WHERE key = ? AND article IS NOT NULL"
    rows = list(index.of_each(pages, closure.keys))
    away = f"SELECT place FROM captures WHERE key = ? AND marks & {AWAY}"
    of_pages = {key for _, _, key in rows} | closure.new_pages
    gone = (place for (place,) in index.of_each(away, of_pages))
    return Touched(
        places=frozenset((*(place for place, _, _ in rows), *gone)),
        articles=frozenset(hexed.lower() for _, hexed, _ in rows),
    )


class _Closure:
    def __init__(self, index: FoldIndex, new: Sequence[Reading], before: Recalled) -> None:
        self._index, self._before = index, before
        self.keys: set[bytes] = set()
        self._waiting: list[bytes] = []
        self._names: dict[bytes, str] = {}
        """The URL keys of new pages in words."""
        self._pages: dict[bytes, list[tuple[bytes, bytes | None]]] = defaultdict(list)
        """Title and stated address of the new pages at a URL key."""
        for reading in new:
            if isinstance(reading.result, Article):
                key, stated = url_key(reading.capture.url), claim(reading.result, reading.capture.url)
                page = (title_mark(reading.result), mark(stated) if stated else None)
                self._pages[mark(key)].append(page)
                self._names[mark(key)] = key
        self._listed = {url_key(entry.url) for r in new for entry in r.listed if entry.news}
        self._forward: Edges = defaultdict(set)
        self._backward: Edges = defaultdict(set)

    @property
    def new_pages(self) -> set[bytes]:
        """The URL keys at which there are new pages."""
        return set(self._pages)

    def start(self, new: Sequence[Reading]) -> None:
        """Begin at the addresses of the new captures, at newly listed pages, at articles of which REST or a
        feed says something else, and at new redirects."""
        for reading in new:
            self._add(mark(url_key(reading.capture.url)))
        for key in listed_keys(new):
            if not self._index.one("SELECT 1 FROM listed WHERE key = ?", mark(key)):
                self._add(mark(key))
        listed = map(bytes.fromhex, listed_anew(self._index, new, self._before))
        self._add_all(row[0] for row in self._index.of_each(_KEYS_OF, listed))
        hops = list(hops_of(new))
        fresh = [hop for hop in hops if hop.target and not self._is_known(hop)]
        for _, source, target in fresh:
            self._forward[source].add(target or "")
            self._backward[target or ""].add(source)
        for _, source, target in hops:
            if target != self._before.leads(source):
                self._turn(source)
        for _, source, target in fresh:
            self._tie(self._reach(source, back=True), self._reach(target or "", back=False))

    def go_on(self) -> None:
        """Go on from what was added, until nothing is."""
        while self._waiting:
            key = self._waiting.pop()
            old, new = self._old(key), self._pages.get(key, [])
            if (old or new) and not self._index.one("SELECT 1 FROM own WHERE key = ?", key):
                name = "SELECT target FROM redirects WHERE target_key = ?"
                self._turn(self._names.get(key) or self._index.one(name, key))
            groups = {article for _, _, article in old}
            self._add_all(row[0] for row in self._index.of_each(_KEYS_OF, groups))
            for _, stated in (*new, *(page[:2] for page in old)):
                if stated is not None and (self._pages.get(stated) or self._old(stated)):
                    self._add(stated)
            if new:
                self._claimers(key, new, first=not old)
                name = self._names[key]
                self._tie({name}, self._reach(name, back=False))
                self._tie(self._reach(name, back=True), {name})

    def _turn(self, name: str | None) -> None:
        """A URL key may lead elsewhere from now on, and so may what redirects to it: the events of articles
        there are others, and where a source lists one, that is the answer key of another article."""
        if name is None:
            return
        sql = "SELECT 1 FROM entries WHERE key = ?"
        back = self._reach(name, back=True)
        self._add_all(map(mark, back))
        listed = [k for k in back if k in self._listed or self._index.one(sql, mark(k))]
        articles = {article for k in listed if (article := self._before.at(k))}
        self._add_all(row[0] for row in self._index.of_each(_KEYS_OF, map(bytes.fromhex, articles)))
        self._add_all(mark(k) for k in (self._reach(name, back=False) if listed else ()))

    def _claimers(self, key: bytes, new: Sequence[tuple[bytes, bytes | None]], *, first: bool) -> None:
        """Pages that state an address at which there are new pages."""
        confirmed = {title for title, stated in new if stated is None}
        claimers = self._index.all("SELECT key, title FROM captures WHERE stated = ?", key)
        self._add_all(claimer for claimer, title in claimers if first or title in confirmed)

    def _tie(self, sources: Iterable[str], targets: Iterable[str]) -> None:
        """Add pages that redirect to one another and have a title in common."""
        ends = {target: self._titles(target) for target in targets}
        titles = frozenset[bytes]().union(*ends.values())
        for source in sources if titles else ():
            if shared := self._titles(source) & titles:
                self._add(mark(source))
                self._add_all(mark(target) for target, own in ends.items() if own & shared)

    def _titles(self, name: str) -> set[bytes]:
        key = mark(name)
        return {page[0] for page in (*self._pages.get(key, ()), *self._old(key))}

    def _reach(self, name: str, *, back: bool) -> set[str]:
        """The URL keys that redirects lead to, or ``back`` to where they may have begun; itself too."""
        return reach(self._index, [name], self._backward if back else self._forward, back=back)

    def _old(self, key: bytes) -> list[tuple[bytes, bytes | None, bytes]]:
        sql = "SELECT DISTINCT title, stated, article FROM captures WHERE key = ? AND article IS NOT NULL"
        return self._index.all(sql, key)

    def _is_known(self, hop: Hop) -> bool:
        sql = "SELECT 1 FROM redirects WHERE source = ? AND target = ?"
        return bool(self._index.one(sql, hop.source, hop.target))

    def _add_all(self, keys: Iterable[bytes]) -> None:
        for key in keys:
            self._add(key)

    def _add(self, key: bytes) -> None:
        if key not in self.keys:
            self.keys.add(key)
            self._waiting.append(key)


Edges = defaultdict[str, set[str]]


def against(readings: Iterable[Reading]) -> Edges:
    """Redirects backwards: URL keys by where they lead."""
    found: Edges = defaultdict(set)
    for hop in hops_of(readings):
        if hop.target:
            found[hop.target].add(hop.source)
    return found


def reach(
    index: FoldIndex, names: Iterable[str], new: Mapping[str, Iterable[str]], *, back: bool
) -> set[str]:
    """URL keys within ten redirects, ever made, of some; these too.

    Args:
        index: of the redirects in earlier files.
        names: where it begins.
        new: redirects in the new files, in the direction asked for.
        back: against the redirects.
    """
    found, layer = set(names), set(names)
    column, along = ("source", "target") if back else ("target", "source")
    for _ in range(HOPS):
        old = index.of_each(f"SELECT {column} FROM redirects WHERE {along} = ?", layer)
        layer = ({row[0] for row in old} | {end for name in layer for end in new.get(name, ())}) - found
        found |= layer
    return found
