"""The captures that a commit need not read again, as far as those that it reads depend on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from pipelines.beyond import Beyond, Hop, Known
from pipelines.dedupe import Candidate
from pipelines.identity import HOPS, Addresses
from pipelines.increment.index import PAGE, PLACE_BITS, FoldIndex, mark
from pipelines.read_warc import Reading

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Recalled(Beyond):
    """What the index knows, but for the articles that are in hand.

    Args:
        index: of the tables in place.
        numbers: of all files, those in hand included, in commit order.
        in_hand: ids of the articles that are folded again.
        turned: URL keys that redirect in the captures in hand.
    """

    def __init__(
        self,
        index: FoldIndex,
        numbers: Mapping[str, int],
        *,
        in_hand: Collection[str] = (),
        turned: Collection[str] = (),
    ) -> None:
        self._index, self._numbers = index, numbers
        self._in_hand, self._turned = frozenset(in_hand), frozenset(turned)
        self._folded = frozenset(index.numbers())

    def has_folded(self, reading: Reading) -> bool:
        return self._file(reading) in self._folded

    def kinds(self, urls: Iterable[str]) -> Mapping[str, str]:
        sql = "SELECT kind FROM coverage WHERE address = ? AND told"
        found = ((url, self._index.one(sql, mark(url))) for url in urls)
        return {url: kind for url, kind in found if kind}

    def known(self, url: str) -> Known | None:
        rows = self._index.all("SELECT first_seen, kind, told FROM coverage WHERE address = ?", mark(url))
        return next((Known(first_seen=moment(r[0]), kind=r[1], told=bool(r[2])) for r in rows), None)

    def listed(self, keys: Iterable[str]) -> set[str]:
        return {k for k in keys if self._index.one("SELECT 1 FROM listed WHERE key = ?", mark(k))}

    def hops(self, keys: Collection[str]) -> list[Hop]:
        reached, layer = set(keys), set(keys)
        found: list[Hop] = []
        for _ in range(HOPS + 1):
            new = [hop for key in layer for hop in self._hops_of(key)]
            found += new
            layer = {hop.target for hop in new if hop.target} - reached
            reached |= layer
        return found

    def _hops_of(self, key: str) -> Iterator[Hop]:
        for (target,) in self._index.all("SELECT target FROM redirects WHERE source = ?", key):
            yield Hop(_LONG_AGO, key, target)
        last = self._index.all("SELECT captured_at, target FROM latest WHERE source = ?", key)
        for captured_at, target in last:
            yield Hop(moment(captured_at), key, target)
        if not last and key in self._turned:
            page = f"SELECT max(captured_at) FROM captures WHERE key = ? AND marks & {PAGE}"
            if (captured_at := self._index.one(page, mark(key))) is not None:
                yield Hop(moment(captured_at), key, None)

    def own(self, key: str) -> str | None:
        article: str | None = self._index.one("SELECT article FROM own WHERE key = ?", mark(key))
        return article

    def leads(self, key: str) -> str | None:
        target: str | None = self._index.one("SELECT target FROM latest WHERE source = ?", key)
        return target

    def at(self, key: str) -> str | None:
        """The article that a URL key leads to."""
        return Addresses({}, {}, self).get(key)

    def alike(self, texts: Collection[str]) -> list[Candidate]:
        sql = "SELECT article, long, published, place FROM articles WHERE text = ?"
        return [
            Candidate(
                article_id=article,
                text_sha256=text,
                long=bool(long),
                published_date=date.fromisoformat(published) if published else None,
                position=place,
            )
            for text in texts
            for article, long, published, place in self._index.all(sql, bytes.fromhex(text)[:16])
            if article not in self._in_hand
        ]

    def entered(self, reading: Reading, position: int) -> int:
        return place_of(reading, self._numbers)

    def _file(self, reading: Reading) -> str:
        assert reading.capture.record is not None
        return reading.capture.record.warc_filename


def place_of(reading: Reading, numbers: Mapping[str, int]) -> int:
    """The place of a stored capture in commit order."""
    ref = reading.capture.record
    assert ref is not None
    return numbers[ref.warc_filename] << PLACE_BITS | ref.warc_record_offset


def moment(microseconds: int) -> datetime:
    """An instant of the index."""
    return _EPOCH + timedelta(microseconds=microseconds)
