"""The answer key in the index of the fold: which answers of REST and feeds say what of which address, and
how each article compared with its key, so that a commit compares again only what is new."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipelines import answer_key
from pipelines.answer_key import FIELDS, KINDS, WORST, AnswerKey, kinds_of, sum_up, wrong_ones
from pipelines.answer_key.comparison import Compared, Disagreement, Rank
from pipelines.archive import Portal
from pipelines.increment.index import PLACE_BITS, FoldIndex, mark
from pipelines.increment.recalled import Recalled
from pipelines.manifest.judged import Share
from pipelines.model import RecordRef
from pipelines.read_warc import Reading
from pipelines.sources.entry import SourceEntry
from pipelines.text import canonical_json
from pipelines.urls import url_key

TOLD = 100
"""How many of the worst are kept in words: ten are asked for, and some get better."""


def rules(portal: Portal) -> str:
    """What decides how a key is compared, beyond what was read: our own rules, and the sources that count."""
    sources = (path.read_bytes() for path in sorted(Path(answer_key.__file__).parent.glob("*.py")))
    return f"{sha256(b''.join(sources)).hexdigest()} {' '.join(kinds_of(portal))}"


def listed_anew(index: FoldIndex, new: Iterable[Reading], before: Recalled) -> Iterator[str]:
    """Articles of which new answers say something else than was known, or that reading disagrees on."""
    sql = "SELECT digest FROM entries WHERE key = ? AND kind = ?"
    wrong = "SELECT 1 FROM compared WHERE article = ? AND wrong < 0"
    for reading in new:
        for entry in _news(reading):
            key = url_key(entry.url)
            article = before.at(key)
            said = index.one(sql, mark(key), reading.source) == _digest(entry)
            if article and (not said or index.one(wrong, article)):
                yield article


def listing_places(index: FoldIndex, keys: Iterable[str]) -> set[int]:
    """Places of the captures that hold the newest entries of some URL keys."""
    rows = index.of_each("SELECT place, holder FROM entries WHERE key = ?", map(mark, keys))
    return {place for row in rows for place in row}


def enter_entries(index: FoldIndex, readings: Iterable[Reading], numbers: Mapping[str, int]) -> None:
    """Write the entries of captures in commit order; later ones take the place of earlier ones."""
    for reading in readings:
        if not reading.listed or reading.source not in KINDS:
            continue
        place = _place(reading.capture.record, numbers)
        holder = _place(reading.repeats, numbers) if reading.repeats else place
        known = "SELECT place FROM entries WHERE key = ? AND kind = ?"
        for entry in _news(reading):
            key = mark(url_key(entry.url))
            if (index.one(known, key, reading.source) or 0) <= place:
                index.put("entries", [(key, reading.source, _digest(entry), place, holder)])


def enter_compared(index: FoldIndex, compared: Sequence[Compared], in_hand: Collection[str]) -> None:
    """Write comparisons in the place of all that the index has of articles in hand."""
    index.drop("compared", "article", in_hand)
    told = {c.page.article_id: json.dumps(asdict(c.told())) for c in wrong_ones(compared)[:TOLD]}
    index.put("compared", (_row(c, told.get(c.page.article_id)) for c in compared))


def whole_key(index: FoldIndex, compared: Sequence[Compared], in_hand: Collection[str]) -> AnswerKey | None:
    """The answer key of the whole archive, without examples; ``None`` where what it says in words is not
    known.

    Args:
        index: of what was compared before.
        compared: the articles in hand that have a key.
        in_hand: ids of all articles in hand, and of those that they were before.
    """
    own = sum_up(compared)
    before = _shares(index, in_hand)
    told = {d.article_id: d for d in (c.told() for c in wrong_ones(compared)[:WORST])}
    ranks = sorted((_rank(d), d.article_id) for d in told.values())
    others = _worst(index, in_hand)
    worst = sorted([*((r, a, None) for r, a in ranks), *others], key=lambda item: item[:2])[:WORST]
    found = [told.get(article) or _disagreement(text) for _, article, text in worst]
    if None in found:
        return None
    return AnswerKey(
        fields={name: _sum(own.fields[name], before[name]) for name in FIELDS},
        worst=tuple(d for d in found if d is not None),
        dated=_sum(own.dated, before["dated"]),
    )


def _news(reading: Reading) -> Iterator[SourceEntry]:
    if reading.source in KINDS:
        yield from (entry for entry in reading.listed if entry.news and not entry.bare)


def _digest(entry: SourceEntry) -> bytes:
    return sha256(canonical_json(asdict(entry))).digest()[:8]


def _place(ref: RecordRef | None, numbers: Mapping[str, int]) -> int:
    assert ref is not None
    return numbers[ref.warc_filename] << PLACE_BITS | ref.warc_record_offset


def _row(compared: Compared, told: str | None) -> tuple[Any, ...]:
    verdicts = (compared.verdicts.get(name) for name in FIELDS)
    dated = compared.page.article.published_date is not None if compared.has_day else None
    return (compared.page.article_id, *compared.rank, *verdicts, dated, told)


def _shares(index: FoldIndex, in_hand: Collection[str]) -> dict[str, Share]:
    """Of all articles but those in hand."""
    names = (*FIELDS, "dated")
    counts = ", ".join(f"count({name}), total({name})" for name in names)
    (every,) = index.all(f"SELECT {counts} FROM compared")
    sums = list(map(int, every))
    for row in index.of_each(f"SELECT {', '.join(names)} FROM compared WHERE article = ?", in_hand):
        for number, verdict in enumerate(row):
            sums[2 * number] -= verdict is not None
            sums[2 * number + 1] -= verdict or 0
    return {name: Share(compared=sums[2 * i], agree=sums[2 * i + 1]) for i, name in enumerate(names)}


def _worst(index: FoldIndex, in_hand: Collection[str]) -> list[tuple[Rank, str, str | None]]:
    sql = "SELECT wrong, permille, url, article, told FROM compared WHERE wrong < 0"
    rows = index.all(f"{sql} ORDER BY wrong, permille, url LIMIT ?", WORST + len(in_hand))
    return [((w, p, url), article, told) for w, p, url, article, told in rows if article not in in_hand]


def _rank(told: Disagreement) -> Rank:
    return -len(told.fields), 1000 if told.text_permille is None else told.text_permille, told.url


def _disagreement(text: str | None) -> Disagreement | None:
    if text is None:
        return None
    value = json.loads(text)
    return Disagreement(**(value | {"fields": tuple(value["fields"])}))


def _sum(one: Share, other: Share) -> Share:
    return Share(compared=one.compared + other.compared, agree=one.agree + other.agree)
