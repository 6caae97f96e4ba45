"""New files, folded with what they touch of the old ones: the rows that change, and no others.

::

    new files ─ referents ─ touched captures, read again ─ fold ─ which rows go, come, or say something else

The result is what folding everything gives, row by row; what makes that hard to see is refused
(:class:`ReadEverything`), and then everything is folded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.archive import Portal
from pipelines.coverage import kinds
from pipelines.errors import IntegrityError
from pipelines.fold import Folded, fold, join_revisits
from pipelines.identity import hops_of
from pipelines.increment.index import PLACE_BITS, FoldIndex, mark
from pipelines.increment.key_index import listing_places
from pipelines.increment.recalled import Recalled, moment
from pipelines.increment.touched import Touched, against, reach, repeated, touched
from pipelines.read_warc import FileReading, Reading, read_capture
from pipelines.reader import reader_id
from pipelines.urls import url_key
from pipelines.warc.reader import capture_of_record, read_at


class ReadEverything(Exception):
    """What is new cannot be folded alone; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Increment:
    """What new files change."""

    index: FoldIndex
    """Of the tables in place."""
    numbers: Mapping[str, int]
    """All files in commit order, the new ones too."""
    folded: Folded
    """The new files, and of the old ones the captures that belong together with theirs."""
    recalled: Recalled
    """What is known of the others."""
    touched: Touched


def fold_new(index: FoldIndex, new: Sequence[FileReading], *, root: Path, portal: Portal) -> Increment:
    """Fold new files, in commit order, with what they touch of those that the index knows.

    Raises:
        ReadEverything: that cannot be done.
    """
    if any(file.imports for file in new):
        raise ReadEverything("captures were imported, which may be older than those that are here")
    known = index.numbers()
    numbers = {**known, **{f.path: len(known) + i for i, f in enumerate(new)}}
    _refuse_older(index, new)
    _refuse_other_kinds(index, new)
    evidence = _Earlier(index, root, portal)
    fresh = [r for f in new for r in f.readings]
    referents = evidence.read(repeated(index, fresh))
    repeats = [r for f in referents for r in f.readings]
    joined = join_revisits((*repeats, *fresh))[len(repeats) :]
    again = touched(index, _without_requisites(joined, kinds(new)), Recalled(index, numbers))
    places = again.places | {p for f in referents for p in evidence.places_of(f)}
    pages = (*(r for f in evidence.read(again.places) for r in f.readings), *joined)
    names = reach(index, {url_key(r.capture.url) for r in pages}, against(joined), back=True)
    places |= listing_places(index, names)
    recalled = Recalled(
        index,
        numbers,
        in_hand=again.articles,
        turned={hop.source for hop in hops_of(joined) if hop.target},
    )
    files = (*evidence.read(places), *new)
    folded = fold(files, portal=portal.slug, scope=portal.scope, reader=reader_id(), beyond=recalled)
    return Increment(index=index, numbers=numbers, folded=folded, recalled=recalled, touched=again)


def _without_requisites(readings: Iterable[Reading], told: Mapping[str, str]) -> list[Reading]:
    """As the fold takes them: what was asked only because pages need it is no page."""
    return [
        replace(r, result=None, listed=()) if told.get(r.capture.url) == "requisite" else r for r in readings
    ]


def _refuse_older(index: FoldIndex, new: Sequence[FileReading]) -> None:
    """What is added before other captures, in time, can change what these repeat."""
    if any(f.imports for f in new):
        raise ReadEverything("files of others were imported")
    latest = moment(index.state("latest") or 0)
    if any(r.capture.captured_at < latest for f in new for r in f.readings):
        raise ReadEverything("there are captures that are older than some that were read before")


def _refuse_other_kinds(index: FoldIndex, new: Sequence[FileReading]) -> None:
    """What an address is asked as decides what its captures mean, the old ones too."""
    sql = "SELECT kind FROM coverage WHERE address = ?"
    for url, kind in kinds(new).items():
        before = index.all(sql, mark(url))
        if before and (before[0][0] or "page") != kind:
            captured = "SELECT 1 FROM captures WHERE key = ? AND address = ?"
            if index.one(captured, mark(url_key(url)), mark(url)):
                raise ReadEverything(f"{url} is asked as {kind} and was captured as something else before")


class _Earlier:
    """Captures of earlier files, read again one by one."""

    def __init__(self, index: FoldIndex, root: Path, portal: Portal) -> None:
        self._root, self._portal = root, portal
        files = index.all("SELECT number, path, crawl_id FROM files")
        self._files = {number: (path, crawl_id or "") for number, path, crawl_id in files}
        self._numbers = {path: number for number, (path, _) in self._files.items()}
        self._read: dict[int, Reading] = {}

    def read(self, places: Iterable[int]) -> list[FileReading]:
        """Captures by file, in commit order. Raises ReadEverything where one cannot be read."""
        found: dict[str, list[Reading]] = defaultdict(list)
        for place in sorted(places):
            found[self._files[place >> PLACE_BITS][0]].append(self._at(place))
        return [_part(path, readings) for path, readings in found.items()]

    def places_of(self, file: FileReading) -> Iterator[int]:
        """Places of the captures of a file that was read so."""
        for reading in file.readings:
            assert reading.capture.record is not None
            yield self._numbers[file.path] << PLACE_BITS | reading.capture.record.warc_record_offset

    def _at(self, place: int) -> Reading:
        if place not in self._read:
            path, crawl_id = self._files[place >> PLACE_BITS]
            try:
                stored = read_at(self._root, path, place & (1 << PLACE_BITS) - 1)
            except IntegrityError as error:
                raise ReadEverything(str(error)) from error
            if stored.is_misdated:
                raise ReadEverything(f"{path} has a record that is no capture, although it was taken for one")
            capture = capture_of_record(stored, crawl_id=crawl_id)
            self._read[place] = read_capture(capture, self._portal.context, self._portal.layout)
        return self._read[place]


def _part(path: str, readings: Sequence[Reading]) -> FileReading:
    return FileReading(path=path, bytes=0, sha256="", records=0, readings=tuple(readings), runs=(), damage=())
