"""Reading WARC files, member by member.

Every gzip member is inflated by the standard library (which checks CRC and
length), must hold exactly one record, and its block must have the digest that
it names. warcio parses the record's head; finding the next record after damage
is ours, because warcio gives up the rest of the file. Nothing is skipped in
silence: damage is collected where the caller asks for it, else it is raised.

Files that other software wrote are read more leniently (:mod:`pipelines.warc.foreign`): a digest of theirs
judges nothing, and zeros may stand between members.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from pipelines.errors import IntegrityError
from pipelines.model import Capture, RecordRef
from pipelines.urls import split
from pipelines.warc.foreign import as_others_store, bare_uri, date_of, is_believable
from pipelines.warc.record import WARC_FIELDS, Headers, capture_of, sha256_digest
from pipelines.warc.revisit import NOT_MODIFIED
from pipelines.warc.tombstone import MARK, TYPE, Tombstone, read_tombstone

MAX_RECORD = 1 << 30
"""Largest record that is read, in bytes; a larger member is damage, not a reason to run out of memory."""

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 16 << 10
_END = b"\r\n\r\n"
_PLAIN_HEAD = re.compile(
    rb"WARC/1\.1\r\n([A-Za-z0-9-]+: [!-~]+(?: [!-~]+)*(?:\r\n[A-Za-z0-9-]+: [!-~]+(?: [!-~]+)*)*)\r\n\r\n"
)
_HEAD = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"], verify=True)
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
class StoredRecord:
    """A record as it lies in a file."""

    ref: RecordRef
    type: str
    date: datetime
    target_uri: str | None
    headers: Headers
    block: bytes = field(repr=False)
    foreign: bool = False
    """Whether other software wrote its file."""

    def get(self, name: str) -> str | None:
        """The first value of a named field, or ``None``. Names compare without case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def concurrent_to(self) -> str | None:
        """Id of the first record of its exchange; ``None`` for that one itself."""
        value = self.get("WARC-Concurrent-To")
        return value.strip("<>") if value else None

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer of the web: a response or revisit. Others have such records of name
        servers and FTP too, which are none, pages without the head of their answer (``resource``), and dates
        on which nothing can have been captured: such a record stays in its file, and is no capture."""
        if not self.foreign:
            return self.type in ("response", "revisit")
        return self._answers and is_believable(self.date, self.ref.warc_filename)

    @property
    def is_misdated(self) -> bool:
        """Whether it would be an answer, had it a date at which it can have been captured."""
        return self.foreign and self._answers and not is_believable(self.date, self.ref.warc_filename)

    @property
    def _answers(self) -> bool:
        kinds = ("response", "revisit", "resource")
        return self.type in kinds and split(self.target_uri or "") is not None

    @property
    def tombstone(self) -> Tombstone | None:
        """What it says where it stands in the place of a record that was redacted; else ``None``."""
        marked = self.type == TYPE and self.block.startswith(MARK.encode())
        return read_tombstone(self.type, self.fields) if marked else None

    @property
    def fields(self) -> dict[str, str]:
        """The lines of an ``application/warc-fields`` block; empty for other blocks."""
        if self.get("Content-Type") != WARC_FIELDS:
            return {}
        lines = (line.partition(":") for line in self.block.decode("utf-8", "replace").splitlines())
        return {name.strip(): value.strip() for name, colon, value in lines if colon}


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


class _Broken(Exception):
    """A member that is no sound record."""


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
            return _record_at(file, offset, warc_filename, _is_foreign(file))
    except FileNotFoundError:
        raise IntegrityError("the WARC file is missing; restore it from a copy", place=str(path)) from None
    except _Broken as error:
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
            stored = _record_at(file, offset, name, foreign)
        except _Broken as error:
            damage.append(Damage(offset=offset, what=str(error)))
            if not resynchronise:
                return
            offset = _next_sound(file, offset + 1, name, size, foreign)
            continue
        yield stored
        offset += stored.ref.warc_record_length
        if foreign:
            offset = _after_zeros(file, offset)


def _is_foreign(file: BinaryIO) -> bool:
    """Whether other software wrote a file: its first record says so, or does not say that we did."""
    try:
        first = _record_at(file, 0, "", True)
    except _Broken:
        return False
    return first.type != "warcinfo" or not first.fields.get("software", "").startswith(_OURS)


def _after_zeros(file: BinaryIO, offset: int) -> int:
    """Where what follows begins, once zeros are passed: padding, which gzip(1) takes for nothing as well."""
    file.seek(offset)
    while window := file.read(_CHUNK):
        rest = window.lstrip(b"\0")
        offset += len(window) - len(rest)
        if rest:
            break
    return offset


def _next_sound(file: BinaryIO, offset: int, name: str, size: int, foreign: bool) -> int:
    """Offset of the next sound record, or the file's end."""
    while (offset := _find(file, offset)) >= 0:
        try:
            _record_at(file, offset, name, foreign)
            return offset
        except _Broken:
            offset += 1
    return size


def _find(file: BinaryIO, offset: int) -> int:
    """Where gzip's magic number comes next, or -1."""
    while True:
        file.seek(offset)
        window = file.read(1 << 20)
        at = window.find(_MAGIC)
        if at >= 0:
            return offset + at
        if len(window) < len(_MAGIC):
            return -1
        offset += len(window) - len(_MAGIC) + 1


def _record_at(file: BinaryIO, offset: int, name: str, foreign: bool) -> StoredRecord:
    data, length = _inflate(file, offset)
    fields, block = _split(data, foreign)
    named = {key.lower(): value for key, value in reversed(fields)}
    try:
        ref = RecordRef(
            warc_filename=name, warc_record_offset=offset, warc_record_length=length,
            warc_record_id=named["warc-record-id"].strip("<>"),
        )  # fmt: skip
        date = date_of(named["warc-date"])
        kind = sys.intern(named["warc-type"])
    except (KeyError, ValueError, OverflowError) as error:
        raise _Broken(f"a mandatory field is missing or unreadable: {error}") from None
    digest = named.get("warc-block-digest", "")
    if not foreign and digest.startswith("sha256:") and digest != sha256_digest(block):
        raise _Broken("the block is not what its digest says")
    target = named.get("warc-target-uri")
    return StoredRecord(
        ref=ref, type=kind, date=date, target_uri=target and bare_uri(target),
        headers=tuple(fields), block=block, foreign=foreign,
    )  # fmt: skip


def _inflate(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """One gzip member: its contents and its length in the file. A large one is gathered in one piece
    of memory that grows: many pieces, and then their sum, leave holes behind that nothing else fills."""
    file.seek(offset)
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    data: bytes | bytearray = b""
    read = 0
    while not inflater.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            raise _Broken("the file ends within a record")
        try:
            piece = inflater.decompress(chunk)
        except zlib.error as error:
            raise _Broken(f"no sound gzip member ({error})") from None
        read += len(chunk)
        if not data:
            data = piece  # all of most records
            continue
        if isinstance(data, bytes):
            data = bytearray(data)
        data += piece
        if len(data) > MAX_RECORD:
            raise _Broken("a record larger than is read")
    return bytes(data), read - len(inflater.unused_data)


def _head(data: bytes) -> tuple[list[tuple[str, str]], int]:
    """The named fields, and where the block begins. A head as we write it (one line per field, all
    ASCII) is taken apart here, three times as fast; any other one is left to warcio."""
    if plain := _PLAIN_HEAD.match(data):
        lines = data[plain.start(1) : plain.end(1)].decode("ascii").split("\r\n")
        return [(name, value) for name, _, value in (line.partition(": ") for line in lines)], plain.end()
    stream = BytesIO(data)
    try:
        head = _HEAD.parse(stream)
    except (StatusAndHeadersParserException, EOFError):
        raise _Broken("a gzip member that begins no WARC record") from None
    return list(head.headers), stream.tell()


def _split(data: bytes, foreign: bool) -> tuple[list[tuple[str, str]], bytes]:
    """Named fields and block of one record, which must fill its member exactly; others may end
    it in line breaks of their own."""
    fields, start = _head(data)
    length = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not length.isascii() or not length.isdigit():
        raise _Broken("Content-Length is no number")
    end = start + int(length)
    closing = data[end:]
    if foreign and len(data) >= end and len(closing) <= len(_END) and not closing.strip(b"\r\n"):
        return fields, data[start:end]
    if len(data) != end + len(_END):
        raise _Broken("Content-Length does not fit the record")
    if closing != _END:
        raise _Broken("no empty lines after the record")
    return fields, data[start:end]
