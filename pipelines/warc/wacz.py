"""An archive as one WACZ file, which ReplayWeb.page opens without a server.

A zip file after the WACZ standard, 1.1.1 (specs.webrecorder.net/wacz/1.1.1)::

    archive/<slug>-<run>-<number>.warc.gz    the evidence, byte for byte
    indexes/index.cdxj                       where each answer lies
    pages/pages.jsonl                        the articles: address, instant, title
    datapackage.json                         name, length and SHA-256 of each of these
    datapackage-digest.json                  SHA-256 of datapackage.json

The same archive gives the same bytes: everything is stored as it is, in a fixed
order, with no clock but the one of the newest manifest. Names come from the
names of WARC files only, never from titles or addresses.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pipelines.archive import Archive, file_digest, sync_folder
from pipelines.errors import ConfigurationError, DiskFull, IntegrityError, WriteFailed
from pipelines.manifest import Stored, WarcFile, files_of, read_chain
from pipelines.tables import committed_rows
from pipelines.warc.cdxj import cdxj_line
from pipelines.warc.reader import Damage, read_captures

VERSION = "1.1.1"
_CHUNK = 1 << 20
_NO_ROOM = (28, 122)
"""ENOSPC and EDQUOT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wacz:
    """A WACZ file that was written."""

    path: Path
    bytes: int
    sha256: str
    warc_files: int
    pages: int
    """Articles in the list of pages."""
    captures: int
    """Lines of the index."""


def write_wacz(archive: Archive, path: Path) -> Wacz:
    """Write the evidence that the archive's manifests name, and its articles, to one file.

    The file appears whole and durable under its name, or not at all.

    Raises:
        ConfigurationError: nothing was committed yet, or the file cannot be made there.
        IntegrityError: a WARC file or the list of articles is missing or not what its manifest says.
        DiskFull, WriteFailed: the file cannot be finished.
    """
    chain = read_chain(archive)
    files = files_of(chain)
    if not files:
        raise ConfigurationError(
            "this archive holds no evidence yet; crawl its portal first", place=str(archive.root)
        )
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            with open(part, "wb") as target:
                facts = _write(archive, chain, files, target)
                target.flush()
                os.fchmod(target.fileno(), 0o644)
                os.fsync(target.fileno())
            part.replace(path)
            sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise _cannot_write(error, path) from error
    size, digest = path.stat().st_size, file_digest(path)
    return Wacz(path=path, bytes=size, sha256=digest, warc_files=len(files), **facts)


def _cannot_write(error: OSError, path: Path) -> Exception:
    if error.errno in _NO_ROOM:
        return DiskFull("no room for the WACZ file; choose another place for it", place=str(path))
    if isinstance(error, FileNotFoundError | PermissionError | NotADirectoryError | IsADirectoryError):
        return ConfigurationError(
            f"cannot write the WACZ file: {error.strerror}; choose another place for it", place=str(path)
        )
    return WriteFailed(f"cannot write the WACZ file: {error.strerror}", place=str(path))


def _write(
    archive: Archive, chain: tuple[Stored, ...], files: tuple[WarcFile, ...], target: BinaryIO
) -> dict[str, int]:
    resources: list[dict[str, Any]] = []
    lines = sorted(line for file in files for line in _index(archive, file))
    articles = chain[-1].manifest.tables.get("articles")
    pages = [page_line(row) for row in committed_rows(archive.root, articles)] if articles else []
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for file in files:
            resources.append(_add_warc(packed, archive, file))
        resources.append(_add(packed, "indexes/index.cdxj", b"".join(lines)))
        resources.append(_add(packed, "pages/pages.jsonl", b"".join([_PAGES_HEAD, *pages])))
        package = _json(_package(archive, chain, resources), indent=2)
        _add(packed, "datapackage.json", package)
        digest = {"path": "datapackage.json", "hash": _sha256(package)}
        _add(packed, "datapackage-digest.json", _json(digest, indent=2))
    return {"pages": len(pages), "captures": len(lines)}


def _package(archive: Archive, chain: tuple[Stored, ...], resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The contents of ``datapackage.json`` (WACZ 1.1.1, 5.2.6)."""
    newest = chain[-1].manifest
    committed = _second(datetime.fromisoformat(newest.committed))
    portal = newest.portal
    return {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": portal.site_name or portal.slug,
        "description": f"Archive of {portal.seed}; manifest {newest.sequence}, sha256:{chain[-1].sha256}",
        "created": committed,
        "modified": committed,
        "software": f"citynews {newest.software.get('citynews', '')}".strip(),
        "mainPageUrl": portal.seed,
        "resources": resources,
    }


_PAGES_HEAD = b'{"format": "json-pages-1.0", "id": "pages", "title": "Articles"}\n'


def page_line(row: dict[str, Any]) -> bytes:
    """One article as a line of ``pages.jsonl``, given its row (WACZ 1.1.1, 5.2.4)."""
    page = {
        "id": row["article_id"],
        "url": row["url"],
        "ts": _second(row["captured_at"]),
        "title": row["title"],
    }
    return _json(page)


def _index(archive: Archive, file: WarcFile) -> Iterator[bytes]:
    """Lines of the index; in a WACZ they name the files without their folder (5.2.2)."""
    damage: list[Damage] = []
    path = archive.root / file.path
    if not path.is_file():
        raise IntegrityError("the WARC file is missing; restore it from a copy", place=str(path))
    for capture in read_captures(path, warc_filename=path.name, damage=damage):
        yield cdxj_line(capture)


def _add_warc(packed: ZipFile, archive: Archive, file: WarcFile) -> dict[str, Any]:
    """Copy a WARC file, and see on the way that it is what its manifest says."""
    path = archive.root / file.path
    digest = hashlib.sha256()
    with (
        open(path, "rb") as source,
        packed.open(_entry(f"archive/{path.name}", path.stat().st_size), "w") as out,
    ):
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != file.sha256:
        raise IntegrityError(
            "the WARC file is not what its manifest says; run verify and restore it from a copy",
            place=str(path),
        )
    return _resource(f"archive/{path.name}", f"sha256:{file.sha256}", file.bytes)


def _add(packed: ZipFile, name: str, data: bytes) -> dict[str, Any]:
    packed.writestr(_entry(name, len(data)), data)
    return _resource(name, _sha256(data), len(data))


def _entry(name: str, size: int) -> ZipInfo:
    """A zip entry with no clock, stored (readers take ranges out of it), 0644 on Unix."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.file_size = size  # decides between zip and zip64 before the first byte
    return entry


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    """One entry of ``resources``; a name there may hold no capitals (Data Package v1)."""
    return {"name": path.rpartition("/")[2].lower(), "path": path, "hash": digest, "bytes": size}


def _json(value: dict[str, Any], indent: int | None = None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode()


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _second(moment: datetime) -> str:
    """RFC 3339 in whole seconds, as the index has them."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
