"""One member of a WARC file: a gzip member that holds one record.

The standard library inflates it (and so checks CRC and length), warcio parses the record's head; it must be
filled by exactly one record, and the block must have the digest that it names.
"""

from __future__ import annotations

import re
import sys
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from pipelines.model import RecordRef
from pipelines.urls import split
from pipelines.warc.foreign import bare_uri, date_of, is_believable
from pipelines.warc.record import WARC_FIELDS, Headers, sha256_digest
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


class Broken(Exception):
    """A member that is no sound record."""


def after_zeros(file: BinaryIO, offset: int) -> int:
    """Where what follows begins, once zeros are passed: padding, which gzip(1) takes for nothing as well."""
    file.seek(offset)
    while window := file.read(_CHUNK):
        rest = window.lstrip(b"\0")
        offset += len(window) - len(rest)
        if rest:
            break
    return offset


def next_sound(file: BinaryIO, offset: int, name: str, size: int, foreign: bool) -> int:
    """Offset of the next sound record, or the file's end."""
    while (offset := _find(file, offset)) >= 0:
        try:
            record_at(file, offset, name, foreign)
            return offset
        except Broken:
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


def record_at(file: BinaryIO, offset: int, name: str, foreign: bool) -> StoredRecord:
    """The record whose member begins at ``offset``. Raises Broken where none that is sound does."""
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
        raise Broken(f"a mandatory field is missing or unreadable: {error}") from None
    digest = named.get("warc-block-digest", "")
    if not foreign and digest.startswith("sha256:") and digest != sha256_digest(block):
        raise Broken("the block is not what its digest says")
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
            raise Broken("the file ends within a record")
        try:
            piece = inflater.decompress(chunk)
        except zlib.error as error:
            raise Broken(f"no sound gzip member ({error})") from None
        read += len(chunk)
        if not data:
            data = piece  # all of most records
            continue
        if isinstance(data, bytes):
            data = bytearray(data)
        data += piece
        if len(data) > MAX_RECORD:
            raise Broken("a record larger than is read")
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
        raise Broken("a gzip member that begins no WARC record") from None
    return list(head.headers), stream.tell()


def _split(data: bytes, foreign: bool) -> tuple[list[tuple[str, str]], bytes]:
    """Named fields and block of one record, which must fill its member exactly; others may end
    it in line breaks of their own."""
    fields, start = _head(data)
    length = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not length.isascii() or not length.isdigit():
        raise Broken("Content-Length is no number")
    end = start + int(length)
    closing = data[end:]
    if foreign and len(data) >= end and len(closing) <= len(_END) and not closing.strip(b"\r\n"):
        return fields, data[start:end]
    if len(data) != end + len(_END):
        raise Broken("Content-Length does not fit the record")
    if closing != _END:
        raise Broken("no empty lines after the record")
    return fields, data[start:end]
