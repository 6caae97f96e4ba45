"""Where imported WARC files come from, as the WARC file of their import says it.

One ``resource`` record, ``urn:citynews:run:<id>:import``, JSON lines, the second record of the import's own
file: the first line names the run; the others, one for each file that it took in, name the place that it was
given and the file that the archivist had. A file that does not name itself is evidence by this record alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.archive import Archive
from pipelines.errors import IntegrityError
from pipelines.text import canonical_json
from pipelines.warc.framing import OPEN, parse_name
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records
from pipelines.warc.record import Record, make_record, sha256_digest

FORMAT = 1
_CONTENT_TYPE = "application/jsonl"
_PLACE = re.compile(r"warc/\d{4}/[^/]+\.warc\.gz")
"""Nobody's record leads out of the archive."""


class Origin(BaseModel):
    """The file that an imported one was copied from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    """Its name, without its folder."""
    bytes: int
    """More than the archive's file has, where that was taken up to the damage only."""
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that was taken in."""

    path: str
    """Its place, relative to the archive folder."""
    bytes: int
    """As many of its bytes were taken."""
    sha256: str
    """Of these."""
    origin: Origin


def import_record(run_id: str, moment: datetime, taken: Sequence[Taken]) -> Record:
    """The record of an import."""
    head = {"format": FORMAT, "run": run_id}
    lines = [head, *({**_facts(t), "origin": t.origin.model_dump()} for t in taken)]
    block = b"".join(canonical_json(line) + b"\n" for line in lines)
    return make_record(
        "resource", moment, block, _CONTENT_TYPE,
        ("WARC-Target-URI", _uri(run_id)), ("WARC-Payload-Digest", sha256_digest(block)),
    )  # fmt: skip


def read_import(stored: StoredRecord, run_id: str) -> tuple[Taken, ...]:
    """What a record says of the files that an import took in; nothing, where it is none of that run.

    Raises:
        IntegrityError: it is of a format that is not understood.
    """
    if stored.type != "resource" or stored.target_uri != _uri(run_id):
        return ()
    try:
        head, *lines = (json.loads(line) for line in stored.block.splitlines())
        if head["format"] != FORMAT:
            raise ValueError(f"format {head['format']}")
        return tuple(_taken(line) for line in lines)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise IntegrityError(f"the record of an import is not understood: {error}") from None


def declared(archive: Archive, run_id: str) -> dict[str, Taken]:
    """The files that a run took in, by their place: as its own files say it, sealed or not."""
    own = f"{archive.portal.slug}-{run_id}-*.warc.gz"
    paths = [*archive.warc.glob(f"*/{own}"), *archive.spool.glob(own + OPEN)]
    return {taken.path: taken for path in sorted(paths) for taken in _said(path, run_id)}


def _said(path: Path, run_id: str) -> Iterator[Taken]:
    if names_itself(path):
        for stored in islice(read_records(path, damage=[]), 1, 2):
            yield from read_import(stored, run_id)


def names_itself(path: Path) -> bool:
    """Whether a file lies under the name it was written under, by us. One whose first record cannot be
    read, or is no warcinfo of ours, may be."""
    name = parse_name(path.name)
    first = next(read_records(path, damage=[]), None)
    if first is None:
        return True
    return not first.foreign and name is not None and first.get("WARC-Filename") in (None, name.name)


def _uri(run_id: str) -> str:
    return f"urn:citynews:run:{run_id}:import"


def _facts(taken: Taken) -> dict[str, str | int]:
    return {"path": taken.path, "bytes": taken.bytes, "sha256": taken.sha256}


def _taken(line: dict[str, object]) -> Taken:
    if not _PLACE.fullmatch(str(line["path"])):
        raise ValueError(f"no place in an archive: {line['path']!r}")
    return Taken(
        path=str(line["path"]),
        bytes=int(str(line["bytes"])),
        sha256=str(line["sha256"]),
        origin=Origin.model_validate(line["origin"]),
    )
