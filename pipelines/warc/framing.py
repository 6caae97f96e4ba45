"""How a record becomes bytes, and where a file of records lies.

One gzip member per record (WARC/1.1, annex D), so that each can be read alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from isal import igzip

from pipelines.warc.record import WARC_FIELDS, Record, make_record, warc_fields

OPEN = ".open"
_NAME = re.compile(r"(?P<slug>.+)-(?P<run>\d{8}T\d{6}Z-[0-9a-f]{6})-(?P<number>\d{5,})\.warc\.gz")


@dataclass(frozen=True, slots=True, order=True)
class WarcName:
    """The parts of a file's name, ``<slug>-<run>-<number>.warc.gz``."""

    slug: str
    run_id: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.slug}-{self.run_id}-{self.number:05d}.warc.gz"

    @property
    def filename(self) -> str:
        """Relative to the archive folder; known before the file is sealed. The year is the run's."""
        return f"warc/{self.run_id[:4]}/{self.name}"


def parse_name(name: str) -> WarcName | None:
    """The parts of a sealed or open file's name; ``None`` for a name that is not ours."""
    match = _NAME.fullmatch(name.removesuffix(OPEN))
    return WarcName(match["slug"], match["run"], int(match["number"])) if match else None


def gzip_member(record: Record, warcinfo_id: str | None) -> bytes:
    """The record as one gzip member, block bytes untouched, no clock inside."""
    fields = list(record.headers)
    if warcinfo_id is not None:
        fields.append(("WARC-Warcinfo-ID", f"<{warcinfo_id}>"))
    fields.append(("Content-Length", str(len(record.block))))
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    data = b"".join((head.encode(), record.block, b"\r\n\r\n"))
    member: bytes = igzip.compress(data, compresslevel=2, mtime=0)
    return member


def warcinfo_record(name: WarcName, date: datetime, *, software: str, portal: str) -> Record:
    """The first record of a file: who wrote it, in which run, of which portal."""
    facts: list[tuple[str, str | None]] = [
        ("software", software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("robots", "obey (RFC 9309)"),
        ("isPartOf", portal),
        ("crawl_id", name.run_id),
    ]
    return make_record("warcinfo", date, warc_fields(facts), WARC_FIELDS, ("WARC-Filename", name.name))
