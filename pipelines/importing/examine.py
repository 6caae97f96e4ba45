"""A WARC file that somebody brings, looked at before anything of it is taken.

Nothing is written. What cannot be taken in is refused by name, with what to do instead.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from pipelines.archive import file_digest
from pipelines.decode import decode_content
from pipelines.errors import UsageError
from pipelines.urls import host, in_scope, url_key
from pipelines.warc.foreign import is_digest_of
from pipelines.warc.member import StoredRecord
from pipelines.warc.message import http_view
from pipelines.warc.reader import Damage, capture_of_record, read_until_damage

_PROBE = 8 << 20
"""Bytes of a member that are looked at to say what is wrong with it."""
_RECOMPRESS = "run `{warcio} recompress {name} {stem}.warc.gz`, which keeps every record, and import that"
_BEGINNINGS = {
    b"WARC/": ("it is not compressed", _RECOMPRESS),
    b"filedesc:": ("it is an ARC file and not compressed", _RECOMPRESS),
    b"(\xb5/\xfd": ("it is compressed with zstd", "write it anew as .warc.gz"),
    b"]*M\x18": ("it is compressed with zstd", "write it anew as .warc.gz"),
    b"PK\x03\x04": ("it is a ZIP or WACZ file", "unpack it and import the files in its folder archive/"),
}
"""How files begin that are refused: what they are, and what to do."""
Fingerprint = bytes
"""See :func:`fingerprint`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a file holds, as far as it is sound."""

    path: Path
    bytes: int
    sha256: str
    sound: int
    """Bytes up to the first damage: so many are taken."""
    damage: Damage | None
    records: int
    answers: int
    """Answers of the web."""
    own: int
    """Of these, from hosts of the portal."""
    first: datetime | None
    """Moment of the oldest answer."""
    last: datetime | None
    """Moment of the youngest answer."""
    hosts: Mapping[str, int]
    """Answers by host."""
    wrong: tuple[Damage, ...] = field(repr=False)
    """Records of which a digest that they state is not the right one."""
    misdated: tuple[Damage, ...] = field(repr=False)
    """Answers of a date at which nothing can have been captured: they are taken for none."""
    captures: frozenset[Fingerprint] = field(repr=False)
    """The answers, each by its :func:`fingerprint`."""
    doubled: int
    """Records with the id of another one in the file."""
    retracted: tuple[str, ...] = field(repr=False)
    """Addresses of answers whose text was taken out of the archive."""


def examine(path: Path, scope: Collection[str], retracted: Collection[str] = ()) -> Examined:
    """Read a file strictly, to its end or its first damage.

    Args:
        path: of the file.
        scope: hosts of the portal.
        retracted: URL keys of addresses whose captures were taken out of the archive.

    Raises:
        UsageError: it cannot be read, or cannot be taken in as it is.
    """
    try:
        if path.exists() and not path.is_file():
            raise UsageError("cannot read the file: it is none; name a WARC file", place=str(path))
        return _examine(path, scope, retracted)
    except OSError as error:
        raise UsageError(
            f"cannot read the file: {error.strerror or error}; name a WARC file", place=str(path)
        ) from error


def _examine(path: Path, scope: Collection[str], retracted: Collection[str]) -> Examined:
    tally = _Tally(retracted)
    damage: list[Damage] = []
    for stored in read_until_damage(path, damage, warc_filename=""):
        tally.add(stored)
    size = path.stat().st_size
    _refuse(path, damage[0].offset if damage else tally.sound, size, tally.records)
    return Examined(
        path=path,
        bytes=size,
        sha256=file_digest(path),
        sound=damage[0].offset if damage else size,
        damage=damage[0] if damage else None,
        records=tally.records,
        answers=tally.hosts.total(),
        own=sum(number for name, number in tally.hosts.items() if in_scope(f"http://{name}/", scope)),
        first=min(tally.span, default=None),
        last=max(tally.span, default=None),
        hosts=tally.hosts,
        wrong=tuple(tally.wrong),
        misdated=tuple(tally.misdated),
        captures=frozenset(tally.captures),
        doubled=tally.doubled,
        retracted=tuple(tally.retracted),
    )


def fingerprint(record_id: str, url: str, captured_at: datetime, payload_digest: str) -> Fingerprint:
    """What one capture is told from others by: not by its id alone, since some programs give one to many
    records. 16 bytes, for an archive has millions."""
    told = f"{record_id}\n{url}\n{captured_at.astimezone(UTC).isoformat()}\n{payload_digest}"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).digest()[:16]


class _Tally:
    """Counts the records of one file."""

    def __init__(self, retracted: Collection[str]) -> None:
        self._taken_out = retracted
        self.retracted: dict[str, None] = {}
        self.records = self.sound = self.doubled = 0
        self.hosts: Counter[str] = Counter()
        self.span: tuple[datetime, ...] = ()
        self.wrong: list[Damage] = []
        self.misdated: list[Damage] = []
        self.captures: set[bytes] = set()
        self._seen: set[str] = set()

    def add(self, stored: StoredRecord) -> None:
        ref = stored.ref
        self.records += 1
        self.sound = ref.warc_record_offset + ref.warc_record_length
        self.doubled += ref.warc_record_id in self._seen
        self._seen.add(ref.warc_record_id)
        self.wrong += [Damage(offset=ref.warc_record_offset, what=name) for name in _wrong(stored)]
        if stored.is_misdated:
            date = stored.get("WARC-Date") or ""
            self.misdated.append(Damage(offset=ref.warc_record_offset, what=date))
        if stored.is_answer:
            capture = capture_of_record(stored, crawl_id="")
            told = (ref.warc_record_id, capture.url, capture.captured_at, capture.payload_digest)
            self.captures.add(fingerprint(*told))
            self.hosts[host(stored.target_uri or "")] += 1
            if self._taken_out and url_key(capture.url) in self._taken_out:
                self.retracted[capture.url] = None
            moments = (*self.span, stored.date)
            self.span = (min(moments), max(moments))


def _wrong(stored: StoredRecord) -> list[str]:
    """Names of the digests in a record that are not what they say. A payload's is right where it is that
    of the body in any state: as it was sent, without its transfer coding, or as it is read."""
    found = []
    block, payload = stored.get("WARC-Block-Digest"), stored.get("WARC-Payload-Digest")
    if block and is_digest_of(block, stored.block) is False:
        found.append("WARC-Block-Digest")
    if payload and stored.type != "revisit":
        view = http_view(stored.block)
        states = [stored.block, stored.block.partition(b"\r\n\r\n")[2], view.payload]
        if stored.is_answer:
            capture = capture_of_record(stored, crawl_id="")
            states += [capture.payload, decode_content(capture.payload, capture.content_encoding).body]
        if is_digest_of(payload, *states) is False:
            found.append("WARC-Payload-Digest")
    return found


def _refuse(path: Path, sound: int, size: int, records: int) -> None:
    """Refuse a file that is no WARC file as we keep them, from its beginning or from a place on.

    Raises:
        UsageError: it is such a file.
    """
    with open(path, "rb") as file:
        file.seek(sound)
        raw = file.read(_PROBE)
    if sound < size and raw[:2] == b"\x1f\x8b" and (content := _inflated(raw)):
        if content.startswith(b"filedesc:"):
            raise _refusal(path, "it is an ARC file", _RECOMPRESS)
        if b"\r\n\r\nWARC/" in content[1:] or b"\n\nWARC/" in content[1:]:
            what = "several records are compressed as one, so that none can be read alone"
            raise _refusal(path, what, _RECOMPRESS)
    if records:
        return
    for beginning, (what, to_do) in _BEGINNINGS.items():
        if raw.startswith(beginning):
            raise _refusal(path, what, to_do)
    if not size:
        raise _refusal(path, "it is empty", "look for a copy")
    raise _refusal(path, "its first record is damaged, or it is no WARC file", "look for a copy")


def _inflated(raw: bytes) -> bytes:
    """The beginning of a gzip member's content; nothing where it is none."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(raw, _PROBE)
    except zlib.error:
        return b""


def _refusal(path: Path, what: str, to_do: str) -> UsageError:
    stem = path.name.removesuffix(".gz").removesuffix(".arc").removesuffix(".warc") + "-2"
    to_do = to_do.format(warcio=Path(sys.prefix) / "bin/warcio", name=quote(path.name), stem=quote(stem))
    return UsageError(f"{what}; {to_do}", place=str(path))
