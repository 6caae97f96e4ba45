"""``SHA256SUMS``: what the manifests name, as a list for ``sha256sum -c``.

Derived from the manifests, so that anybody can check the files with what every system has: run
in the archive's folder, ``sha256sum --quiet -c SHA256SUMS`` says nothing where all is well.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.archive import Archive, write_durably
from pipelines.manifest import Stored, files_of

NAME = "SHA256SUMS"


def checksums_path(archive: Archive) -> Path:
    """Where the list lies."""
    return archive.root / NAME


def checksums(archive: Archive, chain: tuple[Stored, ...]) -> bytes:
    """The list: all WARC files and manifests, and the tables as they are now, sorted by path."""
    named = {f.path: f.sha256 for f in files_of(chain)}
    named |= {s.path.relative_to(archive.root).as_posix(): s.sha256 for s in chain}
    named |= {f.path: f.sha256 for s in chain[-1:] for f in s.manifest.table_files()}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(named.items())).encode()


def write_checksums(archive: Archive, chain: tuple[Stored, ...]) -> Path:
    """Write the list anew."""
    path = checksums_path(archive)
    write_durably(path, checksums(archive, chain), mode=0o444)
    return path
