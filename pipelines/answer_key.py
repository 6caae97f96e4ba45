"""The answer key: what REST and feeds say of the articles, against what was read in their pages.

A city's REST and feeds give title, day and text of an article in a form that needs no reading
of HTML. Where they answer, they are the key for pages that nobody has seen: a rule of reading
that is wrong shows as a share of articles on which the two disagree. Nothing is ever corrected
by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, tzinfo
from typing import Any

from pipelines.archive import Portal
from pipelines.extract.zones import zone
from pipelines.fold import Folded
from pipelines.rows import ArticleRow
from pipelines.sources.entry import SourceEntry, local_day, moment
from pipelines.text import clean, words
from pipelines.urls import url_key

FIELDS = ("title", "day", "text")
WORST = 10
"""How many articles are named on which reading and key disagree."""
ALIKE = 900
"""F1 of the texts, in thousandths, from which on they agree."""
KINDS = ("rest", "feed")
"""Sources that make a key, the better one first."""

_SHINGLE = 5
_SHOWN = 200
_MARKS = {
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'), **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"), ord("…"): "...",
}  # fmt: skip
"""Punctuation that a platform rewrites for show, in one place and not in another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How far reading and key agree on one field."""

    compared: int
    agree: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An article on which they do not."""

    url: str
    article_id: str
    source: str
    """Address of the answer that gave the key."""
    fields: tuple[str, ...]
    """The fields that differ."""
    text_permille: int | None
    """F1 of the texts over runs of five words, in thousandths; ``None`` where the key has no text."""
    read: Mapping[str, str | None]
    """Title and day, and the beginning of the text, as read."""
    listed: Mapping[str, str | None]
    """The same as the source says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """How far reading and key agree, and where they do not."""

    fields: Mapping[str, Share]
    worst: tuple[Disagreement, ...]
    undated: int = 0
    """Articles whose pages print no date that could be read, where the key has a day. A theme may print
    none: this is told and is no disagreement."""

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` keeps it: field by field, ``undated`` and ``worst``."""
        return {name: asdict(share) for name, share in self.fields.items()} | {
            "undated": self.undated,
            "worst": [asdict(d) for d in self.worst],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    entry: SourceEntry
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    row: ArticleRow
    key: _Key
    verdicts: Mapping[str, bool]
    permille: int | None


def answer_key(folded: Folded, *, portal: Portal) -> AnswerKey:
    """Compare every article that REST or a feed lists, in its newest version.

    Args:
        folded: the whole archive.
        portal: its zone gives moments of the key their day. A kind of source that was taken out of its
            block is no key any more: a city's feed can be wrong.
    """
    used = {s.kind for s in portal.sources} if portal.detected_at else set(KINDS)
    keys = _keys(folded, used & set(KINDS))
    place = zone(portal.zone) if portal.zone else None
    compared = [_compare(row, keys[row.article_id], place) for row in _listed_rows(folded, keys)]
    shares = {
        name: Share(
            compared=sum(name in c.verdicts for c in compared),
            agree=sum(c.verdicts.get(name, False) for c in compared),
        )
        for name in FIELDS
    }
    wrong = sorted((c for c in compared if not all(c.verdicts.values())), key=_badness)
    undated = sum(c.row.published_date is None and _day(c.key, place) is not None for c in compared)
    return AnswerKey(fields=shares, worst=tuple(_told(c, place) for c in wrong[:WORST]), undated=undated)


def likeness(listed: str, written: Sequence[str], printed: Sequence[str]) -> int:
    """F1 of two texts in thousandths, over runs of five words.

    Args:
        listed: the key's text, one block per line. It holds captions and the byline too.
        written: what was read as the body; all of it must stand in the key.
        printed: all that was read, captions and byline included; all of the key must stand in it.
    """
    key = _lines(listed.split("\n"))
    found, kept = _share(key, _lines(printed)), _share(_lines(written), key)
    return 2 * found * kept // (found + kept) if found + kept else 0


def _keys(folded: Folded, used: Collection[str]) -> dict[str, _Key]:
    """The newest entry for each article; one of REST comes before one of a feed."""
    found: dict[str, _Key] = {}
    for reading in folded.readings:
        for entry in reading.listed if reading.source in used else ():
            article = folded.identities.by_key.get(url_key(entry.url)) if entry.news else None
            known = found.get(article or "")
            if article and not (known and known.kind == "rest" and reading.source == "feed"):
                found[article] = _Key(entry=entry, kind=str(reading.source), source=reading.capture.url)
    return found


def _listed_rows(folded: Folded, keys: Mapping[str, _Key]) -> Iterator[ArticleRow]:
    """Articles with a key that speaks of the text that was captured: not of a later one."""
    for item in folded.rows["articles"]:
        row = item.row
        if not isinstance(row, ArticleRow) or row.article_id not in keys:
            continue
        changed = moment(keys[row.article_id].entry.modified)
        if changed is None or changed.tzinfo is None or changed <= row.last_captured_at:
            yield row


def _compare(row: ArticleRow, key: _Key, place: tzinfo | None) -> _Compared:
    entry = key.entry
    verdicts: dict[str, bool] = {}
    if entry.title:
        verdicts["title"] = _plain(entry.title) == _plain(row.title)
    day = _day(key, place)
    if day and row.published_date:
        verdicts["day"] = day == row.published_date
    whole = entry.text and not (key.kind == "feed" and _shortened(entry.text, row))
    permille = likeness(entry.text or "", row.paragraphs, tuple(_printed(row))) if whole else None
    if permille is not None:
        verdicts["text"] = permille >= ALIKE
    return _Compared(row=row, key=key, verdicts=verdicts, permille=permille)


def _day(key: _Key, place: tzinfo | None) -> date | None:
    return local_day(key.entry.published, place)


def _shortened(text: str, row: ArticleRow) -> bool:
    """Whether a feed gives the beginning of a text in place of the whole."""
    return 2 * len(words(text)) < sum(len(words(paragraph)) for paragraph in row.paragraphs)


def _printed(row: ArticleRow) -> Iterator[str]:
    yield from filter(None, (row.lead, *row.paragraphs, row.byline, row.source))
    yield from (image.caption for image in row.images if image.caption)
    yield from (attachment.name for attachment in row.attachments if attachment.name)


def _share(lines: Sequence[str], within: Sequence[str]) -> int:
    """How many of the runs of five words in some lines stand in others, in thousandths. A line
    that is shorter is one run; runs do not cross from line to line, but may be found so."""
    text = f" {' '.join(within)} "
    runs: set[str] | None = None
    total = found = 0
    for line in lines:
        own = list(_runs(line.split()))
        total += len(own)
        if f" {line} " in text:
            found += len(own)
            continue
        runs = runs if runs is not None else set(_runs(text.split()))
        found += sum(run in runs for run in own)
    return found * 1000 // total if total else 1000 if not within else 0


def _runs(line: Sequence[str]) -> Iterator[str]:
    for start in range(max(1, len(line) - _SHINGLE + 1)):
        yield " ".join(line[start : start + _SHINGLE])


def _lines(blocks: Iterable[str]) -> list[str]:
    lines = (" ".join(words(block.casefold())) for block in blocks)
    return [line for line in lines if line]


def _plain(title: str) -> str:
    """A title by which two prints of it are one."""
    text = re.sub(r"\s*([-\"'])\s*", r"\1", title.translate(_MARKS))
    return clean(text) or ""


def _badness(compared: _Compared) -> tuple[int, int, str]:
    permille = 1000 if compared.permille is None else compared.permille
    return (-sum(not right for right in compared.verdicts.values()), permille, compared.row.url)


def _told(compared: _Compared, place: tzinfo | None) -> Disagreement:
    row, entry = compared.row, compared.key.entry
    day = _day(compared.key, place)
    return Disagreement(
        url=row.url,
        article_id=row.article_id,
        source=compared.key.source,
        fields=tuple(name for name, right in compared.verdicts.items() if not right),
        text_permille=compared.permille,
        read={
            "title": row.title,
            "day": row.published_date.isoformat() if row.published_date else None,
            "text": row.body_text[:_SHOWN],
        },
        listed={
            "title": entry.title,
            "day": day.isoformat() if day else None,
            "text": entry.text[:_SHOWN] if entry.text else None,
        },
    )
