"""Verification of files beside the evidence: each that a manifest names is there with its bytes, and nothing
else lies beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.archive import Archive, file_digest
from pipelines.ledger.table import seal_path
from pipelines.manifest import Stored, reading_of
from pipelines.manifest.checksums import checksums, checksums_path
from pipelines.staging import stage_name, table_paths
from pipelines.tables import TableFile
from pipelines.text import sha256_hex
from pipelines.verify.findings import Finding
from pipelines.verify.unfinished import unfinished


def in_place(archive: Archive, chain: tuple[Stored, ...], file: TableFile) -> Path:
    """Where a table's file lies: in its place, or still in staging after a commit cut off."""
    if chain:
        staged = archive.staging / stage_name(chain[-1].manifest.sequence) / file.path
        if staged.is_file():
            return staged
    return archive.root / file.path


def check_tables(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """The tables' files against the newest manifest."""
    named = {f.path: f for f in chain[-1].manifest.table_files()} if chain else {}
    for path, file in named.items():
        where = in_place(archive, chain, file)
        if not where.is_file():
            yield Finding(code="file.missing", path=path, expected=file.sha256)
        elif (digest := file_digest(where)) != file.sha256:
            yield Finding(code="table.digest", path=path, expected=file.sha256, found=digest)
    if unfinished(archive, chain):
        return
    for path in table_paths(archive.root):
        if path not in named:
            yield Finding(code="file.unknown", path=path)


def check_checksums(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """The list for ``sha256sum`` against the manifests."""
    if unfinished(archive, chain) or not chain:
        return
    path = checksums_path(archive)
    expected, place = sha256_hex(checksums(archive, chain)), path.relative_to(archive.root).as_posix()
    if not path.is_file():
        yield Finding(code="file.missing", path=place, expected=expected)
    elif (digest := file_digest(path)) != expected:
        yield Finding(code="checksums.differ", path=place, expected=expected, found=digest)


def check_ledger(archive: Archive) -> Iterator[Finding]:
    """A ledger that was closed in order and has other bytes now. Without its digest it is in
    use, or was left by a kill: the next start looks after it."""
    seal = seal_path(archive.ledger)
    if archive.ledger.is_file() and seal.is_file():
        expected, digest = seal.read_text("ascii", "replace"), file_digest(archive.ledger)
        if digest != expected:
            path = archive.ledger.relative_to(archive.root).as_posix()
            yield Finding(code="ledger.altered", path=path, expected=expected, found=digest)


def check_reading_manifest(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """A manifest of the chain read the tables that the newest one names: else nothing would be compared."""
    if chain and chain[-1].manifest.tables and reading_of(chain) is None:
        last = chain[-1]
        yield Finding(
            code="manifest.reading", path=last.path.relative_to(archive.root).as_posix(),
            expected="the number of a commit that read the tables", found=str(last.manifest.tables_sequence),
        )  # fmt: skip


def check_manifest_folder(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """Nothing but manifests lies among the manifests."""
    if archive.manifests.is_dir():
        for path in sorted(archive.manifests.iterdir()):
            if not re.fullmatch(r"\d{6}-.+\.json(\.sig)?", path.name):
                yield Finding(code="file.unknown", path=path.relative_to(archive.root).as_posix())
