"""Reading WARC files, member by member (:mod:`pipelines.warc.member`).

Finding the next record after damage is ours, because warcio gives up the rest of
the file. Nothing is skipped in silence: damage is collected where the caller asks
for it, else it is raised.

Files that other software wrote are read more leniently (:mod:`pipelines.warc.foreign`): a digest of theirs
judges nothing, and zeros may stand between members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipelines.errors import IntegrityError
from pipelines.model import Capture, RecordRef
from pipelines.warc.foreign import as_others_store
from pipelines.warc.member import Broken, StoredRecord, after_zeros, next_sound, record_at
from pipelines.warc.record import capture_of
from pipelines.warc.revisit import NOT_MODIFIED

_OURS = "citynews/"
_UNCHANGED = NOT_MODIFIED.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A place in a file that is no sound record."""

    offset: int
    """Bytes from the start of the file."""
    what: str
    """What is wrong there, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a strict scan of a file found."""

    records: int
    valid_bytes: int
    """Length of the longest prefix that is whole, sound records."""
    damage: Damage | None
    """The first thing that is wrong, or ``None`` where the prefix is the whole file."""
    first: StoredRecord | None
    """The first sound record: the file's warcinfo."""
    last: StoredRecord | None
    """The last sound record."""


def strict_scan(path: Path) -> Scan:
    """Read a file to its first damage. Writes nothing."""
    damage: list[Damage] = []
    count, valid, first, last = 0, 0, None, None
    for last in read_until_damage(path, damage):
        first = first or last
        count += 1
        valid = last.ref.warc_record_offset + last.ref.warc_record_length
    wrong = damage[0] if damage else None
    return Scan(records=count, valid_bytes=valid, damage=wrong, first=first, last=last)


def read_until_damage(
    path: Path, damage: list[Damage], *, warc_filename: str | None = None
) -> Iterator[StoredRecord]:
    """The records of a file up to the first damage, which ``damage`` takes. ``warc_filename`` is the name to
    give in references; the file's own by default."""
    with open(path, "rb", buffering=1 << 18) as file:
        name = path.name if warc_filename is None else warc_filename
        yield from _walk(file, name, damage, resynchronise=False)


def read_records(
    path: Path, *, warc_filename: str | None = None, damage: list[Damage] | None = None
) -> Iterator[StoredRecord]:
    """All sound records of a file, in order.

    Args:
        path: a file of gzip members.
        warc_filename: the name to give in references; the file's own by default.
        damage: takes what is wrong; reading then goes on at the next sound record.

    Raises:
        IntegrityError: something is wrong, and no list was given for it.
    """
    found: list[Damage] = [] if damage is None else damage
    with open(path, "rb", buffering=1 << 18) as file:
        yield from _walk(file, warc_filename or path.name, found, resynchronise=damage is not None)
    if damage is None and found:
        raise IntegrityError(
            f"damaged at byte {found[0].offset}: {found[0].what}; restore the file from a copy",
            place=str(path),
        )


def read_captures(
    path: Path, *, warc_filename: str, damage: list[Damage] | None = None
) -> Iterator[Capture]:
    """All answers of a file, as reading takes them; see :func:`read_records`."""
    crawl_id = ""
    for stored in read_records(path, warc_filename=warc_filename, damage=damage):
        if stored.type == "warcinfo":
            crawl_id = stored.fields.get("crawl_id", "")
        elif stored.is_answer:
            yield capture_of_record(stored, crawl_id=crawl_id)


def capture_of_record(stored: StoredRecord, *, crawl_id: str) -> Capture:
    """The Capture of one answer, or of the tombstone of one: then without any payload but what that says.

    A revisit is nothing that was cut: the standard has a payload that is stored elsewhere called
    truncated. Where it has no block, its profile says that the answer was 304.
    """
    if tombstone := stored.tombstone:
        return Capture(
            url=stored.target_uri or "", captured_at=stored.date, payload=stored.block,
            status=tombstone.status, payload_digest=tombstone.payload_digest or tombstone.block_digest,
            record=stored.ref, record_type=stored.type, crawl_id=crawl_id,
        )  # fmt: skip
    revisit = stored.type == "revisit"
    capture = capture_of(
        url=stored.target_uri or "", captured_at=stored.date, block=stored.block,
        truncated=None if revisit else stored.get("WARC-Truncated"), record=stored.ref, crawl_id=crawl_id,
        record_type=stored.type, payload_digest=stored.get("WARC-Payload-Digest") if revisit else None,
    )  # fmt: skip
    if stored.foreign:
        capture = as_others_store(capture, stored.block, stored.get)
    if revisit and capture.status is None and (stored.get("WARC-Profile") or "").endswith(_UNCHANGED):
        return replace(capture, status=304)
    return capture


def read_one(archive_root: Path, ref: RecordRef, *, path: Path | None = None) -> StoredRecord:
    """The record that a row points to.

    Args:
        path: where its file lies, if not in its place yet.

    Raises:
        IntegrityError: it is missing, damaged, or another one.
    """
    stored = read_at(archive_root, ref.warc_filename, ref.warc_record_offset, path=path)
    if stored.ref != ref:
        place = f"{path or archive_root / ref.warc_filename} at byte {ref.warc_record_offset}"
        raise IntegrityError(f"another record lies here: {stored.ref.warc_record_id}", place=place)
    return stored


def read_at(archive_root: Path, warc_filename: str, offset: int, *, path: Path | None = None) -> StoredRecord:
    """The record at a place.

    Args:
        warc_filename: its file, relative to the archive folder.
        offset: bytes from the start of the file.
        path: where the file lies, if not in its place yet.

    Raises:
        IntegrityError: it is missing or damaged.
    """
    path = path or archive_root / warc_filename
    try:
        with open(path, "rb") as file:
            return record_at(file, offset, warc_filename, _is_foreign(file))
    except FileNotFoundError:
        raise IntegrityError("the WARC file is missing; restore it from a copy", place=str(path)) from None
    except Broken as error:
        place = f"{path} at byte {offset}"
        raise IntegrityError(f"no sound record here: {error}; restore the file", place=place) from None


def _walk(
    file: BinaryIO, name: str, damage: list[Damage], *, resynchronise: bool
) -> Iterator[StoredRecord]:
    size = file.seek(0, 2)
    foreign = _is_foreign(file)
    offset = 0
    while offset < size:
        try:
            stored = record_at(file, offset, name, foreign)
        except Broken as error:
            damage.append(Damage(offset=offset, what=str(error)))
            if not resynchronise:
                return
            offset = next_sound(file, offset + 1, name, size, foreign)
            continue
        yield stored
        offset += stored.ref.warc_record_length
        if foreign:
            offset = after_zeros(file, offset)


def _is_foreign(file: BinaryIO) -> bool:
    """Whether other software wrote a file: its first record says so, or does not say that we did."""
    try:
        first = record_at(file, 0, "", True)
    except Broken:
        return False
    return first.type != "warcinfo" or not first.fields.get("software", "").startswith(_OURS)
