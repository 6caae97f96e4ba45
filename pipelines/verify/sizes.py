"""Verification by what costs next to nothing: lengths of files, columns and numbers of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.archive import Archive
from pipelines.manifest import Stored, WarcFile, files_of
from pipelines.rows import ROWS, columns
from pipelines.tables import TableFile
from pipelines.verify.files import in_place
from pipelines.verify.findings import Finding


def check_sizes(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """Every WARC file and table that the manifests name is there, with its length."""
    tables = tuple(chain[-1].manifest.table_files()) if chain else ()
    places: list[tuple[WarcFile | TableFile, Path]] = [(f, in_place(archive, chain, f)) for f in tables]
    places += [(f, archive.root / f.path) for f in files_of(chain)]
    for file, path in places:
        if not path.is_file():
            yield Finding(code="file.missing", path=file.path, expected=file.sha256)
        elif (size := path.stat().st_size) != file.bytes:
            yield Finding(code="file.size", path=file.path, expected=str(file.bytes), found=str(size))


def check_counts(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """The columns of the tables' files, and their rows by number."""
    for table, facts in chain[-1].manifest.tables.items() if chain else ():
        for file in facts.files:
            path = in_place(archive, chain, file)
            if not path.is_file():
                continue
            try:
                held, names = pq.read_metadata(path).num_rows, tuple(pq.read_schema(path).names)
            except (pa.ArrowException, OSError, ValueError) as error:
                what = str(error).splitlines()[0][:200]
                yield Finding(code="table.broken", path=file.path, found=what)
                continue
            if names != columns(ROWS[table]):
                yield Finding(code="table.schema", path=file.path, found=", ".join(names))
            elif held != file.rows:
                yield Finding(code="table.rows", path=file.path, expected=str(file.rows), found=str(held))
