"""What a retraction takes out: the records that hold a text, and what else in the archive speaks of it.

Looked for in the evidence itself, not in the tables, so that it is found whatever state these are in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.archive import Archive
from pipelines.commit import fold_now
from pipelines.errors import IntegrityError, UsageError
from pipelines.fold import Folded
from pipelines.identity import article_id
from pipelines.manifest import files_of, read_chain
from pipelines.model import Article, Rejection
from pipelines.read_warc import Reading
from pipelines.retract.traces import Words, in_record, other_files, words_of
from pipelines.sealed import read_evidence
from pipelines.urls import url_key
from pipelines.warc.reader import read_records

NEVER = ("warcinfo", "request")
"""Types of record that hold nothing of what was received."""
LISTS = ("source", "listing")
"""What lists articles, and is asked again however often it was redacted."""

REST = "rest of an answer"
"""Interim answers, and bytes that came after the answer's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record that a retraction takes out, or names."""

    path: str
    offset: int
    length: int
    id: str
    type: str
    url: str | None
    what: str
    """article, source, listing, page, requisite, or the type of a record that is no answer."""
    holds: str | None
    """text, title, or ``None`` where it was named by its id or address alone."""
    article_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of a text."""

    article_ids: tuple[str, ...]
    titles: tuple[str, ...]
    records: tuple[Held, ...]
    """To be redacted."""
    left: tuple[Held, ...]
    """These hold title or text too, and are left as they are."""
    files: tuple[Path, ...]
    """Reports, logs and cut-off pieces that hold it."""
    words: Words

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that are not asked again."""
        return tuple(sorted({r.url for r in self.records if r.url and r.what not in LISTS}))


def find(archive: Archive, target: str | None, ids: Collection[str], *, sources: bool) -> Found:
    """Find the records of an article, and all that carry its title or passages of its text.

    Args:
        archive: all its sealed files are committed.
        target: an address in any spelling, or an ``article_id``.
        ids: of further records to be redacted.
        sources: whether feeds, REST answers, sitemaps and listings that carry it are redacted as well.

    Raises:
        UsageError: nothing is known of the target, or of an id.
        IntegrityError: evidence is damaged.
    """
    read, _ = read_evidence(archive, files_of(read_chain(archive)), (), portal=archive.portal)
    if damage := [place for file in read for place in file.damaged_places]:
        raise IntegrityError(
            f"evidence is damaged (places: {len(damage)}), first in {damage[0]}; restore the file from a "
            "copy before anything is taken out",
            place=str(archive.root),
        )
    folded = fold_now(archive, read)
    own = _own(folded, target) if target else {}
    readings = {_place(r): r for r in folded.readings}
    articles = [r.result for p, r in readings.items() if p in own and isinstance(r.result, Article)]
    wanted = words_of(articles, (name for name in own.values() if name))
    named = frozenset(f"urn:uuid:{i.strip('<>').removeprefix('urn:uuid:').lower()}" for i in ids)
    held = [_with_id(h, own) for h in _held(archive, [f.path for f in read], readings, own, named, wanted)]
    if missing := named - {h.id for h in held}:
        raise UsageError(f"there is no record that can be redacted with this id: {min(missing)}")
    chosen = [h for h in held if (h.path, h.offset) in own or h.id in named or (sources and h.what in LISTS)]
    beside = {(h.path, h.url) for h in chosen}  # what came after the answer, in a record of its own
    chosen += [h for h in held if h.what == REST and h not in chosen and (h.path, h.url) in beside]
    return Found(
        article_ids=tuple(sorted({i for i in own.values() if i})),
        titles=tuple(sorted({a.title for a in articles})),
        records=tuple(chosen),
        left=tuple(h for h in held if h not in chosen),
        files=tuple(other_files(archive, wanted)),
        words=wanted,
    )


def _own(folded: Folded, target: str) -> dict[tuple[str, int], str | None]:
    """The places of the captures of an article, or of an address, each with the id of its article."""
    key = url_key(target)
    groups = [g for g in folded.identities.groups if target == g.article_id or key in g.keys]
    found: dict[tuple[str, int], str | None] = {}
    for group in groups:
        found |= {_place(folded.readings[i]): group.article_id for i in group.positions}
    keys = {key}.union(*(g.keys for g in groups))
    led = folded.identities.article_at(target)
    if not groups and led and led != target:
        return _own(folded, led)
    for reading in folded.readings:
        capture = reading.capture
        if url_key(capture.url) in keys and 200 <= (capture.status or 0) < 300:
            found.setdefault(_place(reading), groups[0].article_id if groups else None)
    stored = {_place(r) for r in folded.readings if r.capture.record_type in ("response", "resource")}
    found = {place: name for place, name in found.items() if place in stored}
    if not found:
        raise UsageError("the archive holds no text of this; look with inspect", place=target)
    return found


def _held(
    archive: Archive,
    paths: Sequence[str],
    readings: dict[tuple[str, int], Reading],
    own: Collection[tuple[str, int]],
    named: Collection[str],
    wanted: Words,
) -> Iterator[Held]:
    """All records that are meant, or that hold some of the words."""
    for path in paths:
        for stored in read_records(archive.root / path, warc_filename=path, damage=[]):
            ref = stored.ref
            place, by_id = (path, ref.warc_record_offset), ref.warc_record_id in named
            if stored.type in NEVER or stored.tombstone:
                continue
            holds = in_record(stored, wanted)
            if place in own or by_id or holds:
                yield Held(
                    path=path, offset=ref.warc_record_offset, length=ref.warc_record_length,
                    id=ref.warc_record_id, type=stored.type, url=stored.target_uri,
                    what=_what(readings.get(place), stored.type), holds=holds, article_id=None,
                )  # fmt: skip


def _what(reading: Reading | None, kind: str) -> str:
    """What a record is, in a word."""
    if reading is None:
        return REST if kind == "metadata" else kind
    if isinstance(reading.result, Article):
        return "article"
    if isinstance(reading.result, Rejection) and reading.result.reason == "listing":
        return "listing"
    return reading.kind


def _with_id(held: Held, own: dict[tuple[str, int], str | None]) -> Held:
    name = own.get((held.path, held.offset))
    if name is None and (held.path, held.offset) in own and held.url:
        name = article_id(held.url)
    return replace(held, article_id=name)


def _place(reading: Reading) -> tuple[str, int]:
    record = reading.capture.record
    assert record is not None
    return record.warc_filename, record.warc_record_offset
