"""The CDXJ index: where each answer lies, for replay tools.

One line per response or revisit record, ``SURT TIMESTAMP JSON``, sorted bytewise;
every line carries the payload digest, of chunked answers too, whose records
cannot (see :func:`pipelines.warc.record.exchange_records`); of imported records
it is the one that they state, by which replay tools find what their revisits
repeat. Derived: it can be removed and written again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path

from pipelines.archive import Archive, file_digest, make_folder, write_streamed
from pipelines.ledger import sealed_runs
from pipelines.model import Capture
from pipelines.warc.framing import parse_name
from pipelines.warc.reader import Damage, read_captures
from pipelines.warc.surt import surt
from pipelines.warc.tombstone import TYPE

_PARAMETERS = re.compile(r"[;\s]")


def write_cdxj(archive: Archive, captures: Iterable[Capture] | None = None) -> str:
    """Write ``indexes/<slug>.cdxj`` over all sealed files. Records that cannot be read
    have no line; ``verify`` names them.

    Args:
        archive: whose index is written.
        captures: all that the files hold, where they were read already; else they are read.

    Returns:
        SHA-256 of the index.
    """
    if captures is None:
        captures = (c for paths in sealed_runs(archive).values() for path in paths for c in _captures(path))
    lines = sorted(cdxj_line(c) for c in captures if c.record_type != TYPE)
    make_folder(archive.indexes)
    return write_streamed(cdxj_path(archive), lines, mode=0o444)


def merge_cdxj(archive: Archive, captures: Iterable[Capture], before: str | None) -> str:
    """Put the lines of some captures into the index.

    Args:
        archive: whose index is written.
        captures: of files that it has no lines of.
        before: SHA-256 of the index as it must be; one with another is written anew from all files.

    Returns:
        SHA-256 of the index.
    """
    path = cdxj_path(archive)
    if not path.is_file() or file_digest(path) != before:
        return write_cdxj(archive)
    lines = sorted(map(cdxj_line, captures))
    with open(path, "rb") as old:
        every = (line for line, _ in groupby(merge(old, lines)))  # some may be there, by a rebuild
        return write_streamed(path, every, mode=0o444)


def cdxj_path(archive: Archive) -> Path:
    """Where the index lies."""
    return archive.indexes / f"{archive.portal.slug}.cdxj"


def _captures(path: Path) -> Iterator[Capture]:
    name = parse_name(path.name)
    damage: list[Damage] = []
    return read_captures(path, warc_filename=name.filename if name else path.name, damage=damage)


def cdxj_line(capture: Capture) -> bytes:
    """One line, with its line break: fields, their order and text values as cdxj-indexer
    writes them; what the answer does not say (type, status) is left out. So is the status
    of a revisit that was not modified: what is shown is the answer that it repeats."""
    assert capture.record is not None
    record = capture.record
    revisit = capture.record_type == "revisit"
    mime = "warc/revisit" if revisit else _media_type(capture.content_type or "")
    value = {
        "url": capture.url,
        "mime": mime,
        "status": "" if revisit and capture.status == 304 else str(capture.status or ""),
        "digest": capture.stated_digest or capture.payload_digest,
        "length": str(record.warc_record_length),
        "offset": str(record.warc_record_offset),
        "filename": record.warc_filename,
    }
    key = f"{surt(capture.url)} {capture.captured_at:%Y%m%d%H%M%S}"
    stated = {name: text for name, text in value.items() if text}
    return f"{key} {json.dumps(stated, ensure_ascii=True)}\n".encode()


def _media_type(content_type: str) -> str:
    """``Content-Type`` up to its parameters, spelled as it was sent."""
    return _PARAMETERS.split(content_type, maxsplit=1)[0].strip()
