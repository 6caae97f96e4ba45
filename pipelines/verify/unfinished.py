"""Verification of an archive whose newest commit was cut off after its manifest's rename.

Some of its files then still wait in staging, and what lies in their place is of the commit before. That is
no fault, but nothing else may hide behind it: whatever lies in place is of one commit or of the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.archive import Archive, file_digest
from pipelines.manifest import Stored, files_of
from pipelines.manifest.checksums import checksums, checksums_path
from pipelines.staging import stage_name, table_paths
from pipelines.text import sha256_hex
from pipelines.verify.findings import Finding
from pipelines.warc.cdxj import cdxj_path


def unfinished(archive: Archive, chain: tuple[Stored, ...]) -> bool:
    """Whether the newest commit was cut off after its manifest's rename."""
    return bool(chain) and (archive.staging / stage_name(chain[-1].manifest.sequence)).is_dir()


def check_unfinished(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """What lies in place while the newest commit waits to be finished."""
    if not unfinished(archive, chain):
        return
    yield Finding(code="commit.unfinished", path=chain[-1].path.relative_to(archive.root).as_posix())
    now, before = _named(chain), _named(chain[:-1])
    stage = archive.staging / stage_name(chain[-1].manifest.sequence)
    for path, wanted in now.items():
        place = archive.root / path
        if not ((stage / path).is_file() and place.is_file()):
            continue  # where only one of the two is there, it is checked as any file is
        if (digest := file_digest(place)) not in (wanted, before.get(path)):
            code = "warc.digest" if path.startswith("warc/") else "table.digest"
            yield Finding(code=code, path=path, expected=before.get(path, wanted), found=digest)
    for path in table_paths(archive.root):
        if path not in now and path not in before:
            yield Finding(code="file.unknown", path=path)
    yield from _check_derived(archive, chain)


def _check_derived(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """Index and checksums, which a commit writes last: the first one may have neither yet."""
    sums, index = checksums_path(archive), cdxj_path(archive)
    if len(chain) > 1:
        for path in (sums, index):
            if not path.is_file():
                yield Finding(code="file.missing", path=path.relative_to(archive.root).as_posix())
    known = [sha256_hex(checksums(archive, told)) for told in (chain[:-1], chain)]
    if sums.is_file() and (digest := file_digest(sums)) not in known:
        where = sums.relative_to(archive.root).as_posix()
        yield Finding(code="checksums.differ", path=where, expected=known[0], found=digest)


def _named(chain: tuple[Stored, ...]) -> dict[str, str]:
    """Digests of the WARC files and tables, as the newest of some manifests has them."""
    tables = {f.path: f.sha256 for s in chain[-1:] for f in s.manifest.table_files()}
    return tables | {f.path: f.sha256 for f in files_of(chain)}
