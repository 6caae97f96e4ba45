"""The way of files from staging into place, which a cut at any instant leaves whole.

Tables are written below ``staging/<sequence>/`` and synced. The manifest that names them is
written there too, and its rename into ``manifests/`` is the commit point. Only then are the
tables renamed into place, files that no longer belong removed, the index written, and the
folder dropped. A start after a crash
finishes what was committed and discards the rest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from pipelines.archive import TABLES, Archive, file_digest, make_folder, sync_folder
from pipelines.manifest import Manifest, file_name
from pipelines.tables import TableFile

SEALED = 0o444
"""Mode of everything that is never written again."""


def new_stage(archive: Archive, name: str) -> Path:
    """An empty folder below ``staging/``."""
    folder = archive.staging / name
    if folder.exists():
        shutil.rmtree(folder)
    make_folder(folder)
    return folder


def stage_name(sequence: int) -> str:
    """Name of a commit's folder below ``staging/``."""
    return f"{sequence:06}"


def sync_tree(folder: Path) -> None:
    """Make every file below a folder durable, with its final mode."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.chmod(0o755)
            sync_folder(path)
        else:
            with open(path, "rb") as file:
                os.fchmod(file.fileno(), SEALED)
                os.fsync(file.fileno())
    sync_folder(folder)


def seal_manifest(archive: Archive, stage: Path, manifest: Manifest) -> Path:
    """Write the manifest and rename it into place: after this the commit is made."""
    make_folder(archive.manifests)
    staged = stage / "manifest.json"
    with open(staged, "wb") as file:
        file.write(manifest.encoded())
        file.flush()
        os.fchmod(file.fileno(), SEALED)
        os.fsync(file.fileno())
    sync_folder(stage)
    target = archive.manifests / file_name(manifest.sequence, manifest.run_id)
    staged.replace(target)
    sync_folder(archive.manifests)
    return target


def place(archive: Archive, stage: Path, files: Collection[TableFile]) -> None:
    """Rename staged tables into place, and remove what is none of ``files``.

    Only what has the digest that the manifest names is taken from the stage.
    """
    for file in files:
        staged = stage / file.path
        if staged.exists() and file_digest(staged) == file.sha256:
            _replace(staged, archive.root / file.path)
    _remove_others(archive.root, frozenset(f.path for f in files))


def place_redacted(archive: Archive, stage: Path, manifest: Manifest) -> None:
    """Rename WARC files from which something was taken out over those that still have it."""
    for redaction in manifest.redactions or ():
        staged = stage / redaction.path
        if staged.exists() and file_digest(staged) == redaction.after:
            _replace(staged, archive.root / redaction.path)


def discard(stage: Path) -> None:
    """Remove a folder of staging, and ``staging/`` itself when it is empty."""
    shutil.rmtree(stage, ignore_errors=True)
    if stage.parent.is_dir() and not any(stage.parent.iterdir()):
        stage.parent.rmdir()


def stages(archive: Archive) -> list[Path]:
    """What lies in staging."""
    return sorted(archive.staging.iterdir()) if archive.staging.is_dir() else []


def table_paths(root: Path) -> Iterable[str]:
    """Everything that lies in the tables' folders, relative to the archive."""
    for table in TABLES:
        for path in sorted((root / table).rglob("*")):
            if not path.is_dir():
                yield path.relative_to(root).as_posix()


def _replace(staged: Path, target: Path) -> None:
    make_folder(target.parent)
    staged.replace(target)
    sync_folder(target.parent)


def _remove_others(root: Path, keep: Collection[str]) -> None:
    for path in list(table_paths(root)):
        if path not in keep:
            (root / path).unlink()
            if not any((root / path).parent.iterdir()):
                (root / path).parent.rmdir()
