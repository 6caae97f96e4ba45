"""The sealed WARC files of an archive as a commit takes them: which are new, and what all of them hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.archive import Archive, Portal, file_digest
from pipelines.kept import KeptReadings
from pipelines.ledger import sealed_runs
from pipelines.manifest import RUNS, Stored, WarcFile, files_of
from pipelines.read_warc import NOTHING_KEPT, FileReading, Tell, in_silence, read_all
from pipelines.warc.reader import Damage


def read_evidence(
    archive: Archive,
    named: Sequence[WarcFile],
    pending: Sequence[str],
    *,
    portal: Portal,
    kept: KeptReadings = NOTHING_KEPT,
    tell: Tell = in_silence,
) -> tuple[list[FileReading], list[FileReading]]:
    """Read WARC files in commit order: those that manifests name, and those to be added.

    A named file that is not the one that was sealed is damaged, however sound its records are.
    """
    paths = [f.path for f in named] + list(pending)
    context, layout = portal.context, portal.layout
    read = read_all(paths, archive_root=archive.root, context=context, layout=layout, kept=kept, tell=tell)
    return [_as_sealed(r, f) for r, f in zip(read, named, strict=False)], read[len(named) :]


def read_staged(archive: Archive, paths: Sequence[str], stage: Path, *, portal: Portal) -> list[FileReading]:
    """Read WARC files in their order, each as it lies in a stage, where it is there, else in its place."""
    found: dict[str, FileReading] = {}
    staged = [path for path in paths if (stage / path).is_file()]
    for root, part in ((stage, staged), (archive.root, [p for p in paths if p not in staged])):
        read = read_all(part, archive_root=root, context=portal.context, layout=portal.layout)
        found |= {file.path: file for file in read}
    return [found[path] for path in paths]


def pending_files(archive: Archive, chain: tuple[Stored, ...]) -> list[str]:
    """Sealed WARC files of this portal's runs that no manifest names yet, relative to the
    archive, in commit order. A run that was committed leaves none."""
    named = {f.path for f in files_of(chain)}
    done = {s.manifest.run_id for s in chain if s.manifest.kind in RUNS}
    sealed = (path for run_id, own in sealed_runs(archive).items() if run_id not in done for path in own)
    paths = (path.relative_to(archive.root).as_posix() for path in sealed)
    return [path for path in paths if path not in named]


def is_as_sealed(path: Path, file: WarcFile) -> bool:
    """Whether a file has the bytes that its manifest names."""
    return path.is_file() and path.stat().st_size == file.bytes and file_digest(path) == file.sha256


def _as_sealed(read: FileReading, file: WarcFile) -> FileReading:
    if (read.bytes, read.sha256) == (file.bytes, file.sha256):
        return replace(read, damage=()) if read.damage else read  # what is acknowledged as lost is known
    if read.damage:
        return read
    return replace(read, damage=(Damage(offset=0, what="not the bytes that its manifest names"),))
