"""A record replaced by its tombstone in a gzip member of the same length, so that nothing else moves.

Where there is room the tombstone is stored without compression and its block padded to fit; in a short
member it is deflated, and what is left over filled with empty deflate blocks (RFC 1951, 3.2.4 and 3.2.6),
which every inflater passes over. Both are ordinary gzip for any reader.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipelines.archive import make_folder
from pipelines.errors import UsageError
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import capture_of_record
from pipelines.warc.record import WARC_FIELDS, sha256_digest, warc_fields
from pipelines.warc.tombstone import TYPE, Tombstone

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""A gzip header without name, comment or clock (RFC 1952, 2.3)."""
_TRAILER = 8
_STORED = 5
"""Bytes before the data of a stored block."""
_LARGEST = 0xFFFF
"""Bytes of data in a stored block."""
_EMPTY = b"\x00\x00\x00\xff\xff"
"""A stored block of nothing."""
_EMPTY_FIXED = b"\x02\x00" + _EMPTY[1:]
"""A block of fixed codes that holds nothing, then a stored one: six bytes, for rests that fives leave."""
_LAST = b"\x03\x00"
"""The last block: fixed codes, nothing in it."""
_CHUNK = 1 << 20
_KEPT = ("warc-concurrent-to", "warc-warcinfo-id", "warc-ip-address", "warc-protocol", "warc-cipher-suite")
_NEEDED = _KEPT[:2]
"""Fields that tie the record to its exchange and its file; the others go where there is no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A gzip member that takes the place of another one."""

    offset: int
    data: bytes


def tombstone_of(stored: StoredRecord, *, at: str, reason: str, article_id: str | None) -> Tombstone:
    """The tombstone of a record.

    Args:
        stored: the record that goes.
        at: the moment of the redaction; ISO 8601, UTC.
        reason: why.
        article_id: the article that it was a capture of, if it was one.
    """
    capture = capture_of_record(stored, crawl_id="") if stored.is_answer else None
    return Tombstone(
        at=at,
        reason=" ".join(reason.split()),
        former_type=stored.type,
        block_digest=sha256_digest(stored.block),
        payload_digest=capture.payload_digest if capture else None,
        status=capture.status if capture else None,
        article_id=article_id,
    )


def redacted_member(stored: StoredRecord, tombstone: Tombstone) -> Member:
    """The member that takes a record's place: of the very same length.

    Raises:
        UsageError: the record's member is too short for any tombstone.
    """
    length = stored.ref.warc_record_length
    for names, told in ((_KEPT, tombstone), (_NEEDED, tombstone), (_NEEDED, replace(tombstone, reason=None))):
        block = warc_fields(told.facts())
        for data in (_stored(stored, names, block, length), _deflated(_record(stored, names, block), length)):
            if data is not None:
                return Member(offset=stored.ref.warc_record_offset, data=data)
    raise UsageError(
        f"the record is {length} bytes long, too short to hold what must stand in its place; name other "
        "records, or leave this one",
        place=f"{stored.ref.warc_filename} at byte {stored.ref.warc_record_offset}",
    )


def write_redacted(source: Path, target: Path, members: Sequence[Member]) -> None:
    """Copy a file with some members replaced. Nothing is synced. Raises OSError."""
    make_folder(target.parent)
    with open(source, "rb") as old, open(target, "wb") as new:
        for member in sorted(members, key=lambda m: m.offset):
            _copy(old, new, member.offset - old.tell())
            new.write(member.data)
            old.seek(len(member.data), 1)
        _copy(old, new, None)


def _copy(old: BinaryIO, new: BinaryIO, length: int | None) -> None:
    while chunk := old.read(_CHUNK if length is None else min(length, _CHUNK)):
        new.write(chunk)
        if length is not None:
            length -= len(chunk)


def _record(stored: StoredRecord, names: Sequence[str], block: bytes) -> bytes:
    """The whole record: the named fields of the one that goes, with the block that stays."""
    kept = [(name, value) for name, value in stored.headers if name.lower() in names]
    named: Mapping[str, str] = {name.lower(): value for name, value in reversed(stored.headers)}
    fields = [
        ("WARC-Type", TYPE),
        ("WARC-Record-ID", named["warc-record-id"]),
        ("WARC-Date", named["warc-date"]),
        *([("WARC-Target-URI", stored.target_uri)] if stored.target_uri else []),
        *kept,
        ("WARC-Block-Digest", sha256_digest(block)),
        ("Content-Type", WARC_FIELDS),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    return b"".join((head.encode(), block, b"\r\n\r\n"))


def _stored(stored: StoredRecord, names: Sequence[str], block: bytes, length: int) -> bytes | None:
    """A member without compression, its block padded to fit; ``None`` where it is too long for that."""
    least = -(-(length - len(_HEAD) - _TRAILER) // (_LARGEST + _STORED))
    for blocks in (least, least + 1):  # the digits of Content-Length can make one of them impossible
        wanted = length - len(_HEAD) - _TRAILER - _STORED * blocks
        short = wanted - len(_record(stored, names, block + warc_fields([("padding", "")])))
        for size in range(max(short - 8, 0), short + 1):
            record = _record(stored, names, block + warc_fields([("padding", "." * size)]))
            if len(record) == wanted:
                return _member(record, _stored_blocks(record, blocks))
    return None


def _stored_blocks(data: bytes, blocks: int) -> bytes:
    parts = []
    for number in range(blocks):
        piece = data[number * _LARGEST : (number + 1) * _LARGEST]
        last = number == blocks - 1
        parts += [struct.pack("<BHH", last, len(piece), len(piece) ^ _LARGEST), piece]
    return b"".join(parts)


def _deflated(record: bytes, length: int) -> bytes | None:
    """A compressed member with its rest filled up; ``None`` where it does not fit."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    data = deflater.compress(record) + deflater.flush(zlib.Z_SYNC_FLUSH)
    rest = length - len(_HEAD) - len(data) - len(_LAST) - _TRAILER
    sixes = rest % len(_EMPTY)
    fives, odd = divmod(rest - sixes * len(_EMPTY_FIXED), len(_EMPTY))
    if fives < 0 or odd:
        return None
    return _member(record, data + _EMPTY_FIXED * sixes + _EMPTY * fives + _LAST)


def _member(record: bytes, deflated: bytes) -> bytes:
    return _HEAD + deflated + struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)
