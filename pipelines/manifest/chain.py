"""Manifests as they lie in an archive: read, and held one against the other."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines.archive import Archive
from pipelines.errors import ChainError
from pipelines.manifest.contents import Manifest
from pipelines.text import canonical_json, sha256_hex

_NAME = re.compile(r"(\d{6})-(.+)\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A manifest as it lies in the archive."""

    path: Path
    sha256: str
    manifest: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a manifest or its place in the chain."""

    code: str
    """manifest.unreadable, manifest.altered, manifest.chain or manifest.foreign."""
    path: Path
    expected: str
    found: str


def file_name(sequence: int, run_id: str) -> str:
    """Name of a manifest's file."""
    return f"{sequence:06}-{run_id}.json"


def read_chain(archive: Archive) -> tuple[Stored, ...]:
    """All manifests, oldest first.

    Raises:
        ChainError: one is missing, altered, or belongs to another archive.
    """
    chain, faults = check_chain(archive)
    if faults:
        raise _broken(faults[0])
    return chain


def newest(archive: Archive, kinds: Collection[str] = ()) -> Stored | None:
    """The newest manifest (of some kinds, where they are given), read alone; ``None`` where there is none.

    Raises:
        ChainError: it, or a newer one of another kind, cannot be read or was altered.
    """
    for path in reversed(_paths(archive.manifests)):
        stored = _read(path)
        if isinstance(stored, Fault):
            raise _broken(stored)
        if not kinds or stored.manifest.kind in kinds:
            return stored
    return None


def _broken(fault: Fault) -> ChainError:
    return ChainError(
        f"{fault.code}: expected {fault.expected}, found {fault.found}; "
        "restore the manifests from a copy and run verify",
        place=str(fault.path),
    )


def check_chain(archive: Archive) -> tuple[tuple[Stored, ...], tuple[Fault, ...]]:
    """All manifests that can be read, oldest first, and everything that is wrong with them."""
    chain: list[Stored] = []
    faults: list[Fault] = []
    for path in _paths(archive.manifests):
        stored = _read(path)
        if isinstance(stored, Fault):
            faults.append(stored)
            continue
        faults += _links(stored, chain[-1] if chain else None, archive.identity.archive_id)
        chain.append(stored)
    return tuple(chain), tuple(faults)


def _paths(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*.json") if _NAME.fullmatch(p.name)) if folder.is_dir() else []


def _read(path: Path) -> Stored | Fault:
    try:
        data = path.read_bytes()
        value = _without_seal(data)
        manifest = Manifest.model_validate_json(canonical_json(value))
    except OSError as error:
        return Fault(code="manifest.unreadable", path=path, expected="a file", found=error.strerror or "")
    except (ValidationError, ValueError, TypeError, AttributeError) as error:
        what = str(error).splitlines()[0][:200]
        return Fault(code="manifest.unreadable", path=path, expected="a manifest", found=what)
    if manifest.encoded() != data:
        return Fault(
            code="manifest.altered", path=path, expected="the bytes it was sealed with", found="others"
        )
    return Stored(path=path, sha256=sha256_hex(data), manifest=manifest)


def _without_seal(data: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(data)
    value.pop("self_sha256", None)
    return value


def _links(stored: Stored, before: Stored | None, archive_id: str) -> Iterator[Fault]:
    manifest = stored.manifest
    expected = before.manifest.sequence + 1 if before else 1
    if manifest.sequence != expected or stored.path.name != file_name(manifest.sequence, manifest.run_id):
        yield Fault(
            code="manifest.chain", path=stored.path, expected=f"sequence {expected}",
            found=f"sequence {manifest.sequence}",
        )  # fmt: skip
    previous = before.sha256 if before else None
    if manifest.previous != previous:
        yield Fault(
            code="manifest.chain", path=stored.path, expected=f"previous {previous}",
            found=f"previous {manifest.previous}",
        )  # fmt: skip
    if manifest.archive_id != archive_id:
        yield Fault(
            code="manifest.foreign", path=stored.path, expected=f"archive {archive_id}",
            found=f"archive {manifest.archive_id}",
        )  # fmt: skip
