"""Manifests: what each commit added and what the tables then were, chained by hash.

A manifest is one file of canonical JSON (sorted keys, no white space, integers and strings
only; what is unknown is left out) and a line break, ``manifests/NNNNNN-<run>.json``.
``previous`` is the SHA-256 of the manifest before it, as ``sha256sum`` prints it;
``self_sha256`` covers all its other fields, so that a change of the newest manifest, which no
other one vouches for yet, shows as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipelines.archive import TABLES, Archive, Portal
from pipelines.errors import ChainError
from pipelines.judged import Acceptance, Health, Share, Vitals
from pipelines.layouts import layout, names
from pipelines.origins import Origin
from pipelines.removed import WARC_PATH, Loss, Redaction
from pipelines.rows import SCHEMA_VERSION
from pipelines.tables import TableFacts, TableFile
from pipelines.text import canonical_json, sha256_hex
from pipelines.urls import url_key

_NAME = re.compile(r"(\d{6})-(.+)\.json")
Kind = Literal["crawl", "import", "reread", "rebuild", "retract", "loss", "accept"]
RUNS = ("crawl", "import")
"""Kinds of commit by which captures come in."""
Status = Literal["complete", "interrupted", "unhealthy"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WarcFile(_Strict):
    """A sealed WARC file that a commit takes in."""

    path: str = Field(pattern=WARC_PATH)
    """Relative to the archive folder, like all paths: nobody's manifest leads out of it."""
    bytes: int
    sha256: str
    records: int
    origin: Origin | None = None
    """Of an imported file: the one that it was copied from."""


class ReadWith(_Strict):
    """What decides what reading gives; where it changes, the archive is read again."""

    reader: str
    layout: str | None = None
    zone: str | None = None
    language: str | None = None
    site_name: str | None = None
    scope: tuple[str, ...] = ()
    schema_version: int
    """Of the rows, and of the rules by which they are made from what was read."""

    @classmethod
    def now(cls, reader: str, portal: Portal) -> ReadWith:
        """What a commit of this moment reads a portal with."""
        context, found = portal.context, layout(portal.layout)
        return cls(
            schema_version=SCHEMA_VERSION,
            reader=reader,
            layout=found.name if found else None,
            zone=context.zone,
            language=context.language,
            site_name=context.site_name,
            scope=context.scope,
        )


class Manifest(_Strict):
    """The contents of one manifest."""

    format: Literal[1] = 1
    sequence: int = Field(ge=1)
    previous: str | None = None
    """SHA-256 of the file of the manifest before; the first has none."""
    archive_id: str
    run_id: str
    kind: Kind
    status: Status
    started: str
    ended: str
    committed: str
    """The moment of the commit, the only one that the clock gave; ISO 8601, UTC."""
    portal: Portal
    """The portal block with which the tables were read."""
    read_with: ReadWith
    files: tuple[WarcFile, ...]
    """WARC files that this commit added, in commit order."""
    redactions: tuple[Redaction, ...] | None = None
    """What a commit of kind retract took out; left out in all others."""
    losses: tuple[Loss, ...] | None = None
    """What a commit of kind loss acknowledges as lost; left out in all others."""
    retracted: tuple[str, ...] | None = None
    """The addresses of what it took out, which are not asked again; left out in all others."""
    tables: dict[str, TableFacts]
    """The tables after this commit; those of before where it is unhealthy."""
    tables_sequence: int
    """Sequence of the commit that read ``tables``; 0 where there are none yet."""
    sums: dict[str, dict[str, int]]
    """The equation of the run: known = captured + confirmed + …, for pages and for requisites."""
    health: tuple[Health, ...] = ()
    agreement: dict[str, dict[str, Share]] | None = None
    """How far reading agrees with the answer key over the captures that the tables did not have yet (all, in
    a commit of kind reread), by kind of source and field; left out where nothing was compared, and in
    manifests of before these figures."""
    vitals: Vitals | None = None
    """Figures by which later commits are judged; left out where nothing was counted, and in manifests of
    before them."""
    acceptances: tuple[Acceptance, ...] | None = None
    """Failed checks that a commit of kind accept declares to be no fault; left out in all others."""
    software: dict[str, str]
    lock_sha256: str | None = None
    """Digest of the lock file of the installed software, where it has one."""

    @field_validator("tables")
    @classmethod
    def _known_tables(cls, tables: dict[str, TableFacts]) -> dict[str, TableFacts]:
        if unknown := tables.keys() - set(TABLES):
            raise ValueError(f"no table is called {sorted(unknown)[0]}")
        return tables

    def encoded(self) -> bytes:
        """The bytes of the file."""
        value = self.model_dump(mode="json", exclude_none=True)
        return canonical_json(value | {"self_sha256": sha256_hex(canonical_json(value))}) + b"\n"

    def read_as_now(self, reader: str) -> bool:
        """Whether its tables would be read and made likewise today, with the portal block of then.
        Not where that names a layout which is no more."""
        if self.portal.layout is not None and self.portal.layout not in names():
            return False
        return self.read_with == ReadWith.now(reader, self.portal)

    def table_files(self) -> Iterator[TableFile]:
        """All files of all tables."""
        for table in self.tables.values():
            yield from table.files


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


def files_of(chain: Iterable[Stored], *, up_to: int | None = None) -> tuple[WarcFile, ...]:
    """The WARC files that manifests name, in commit order, each with the digest that it has now.

    Args:
        chain: the manifests.
        up_to: the last sequence whose files count; all by default. What was redacted later counts even so.
    """
    manifests = [s.manifest for s in chain]
    files = tuple(f for m in manifests if up_to is None or m.sequence <= up_to for f in m.files)
    for manifest in manifests:
        if manifest.redactions:
            now = {r.path: r.after for r in manifest.redactions}
            files = tuple(f.model_copy(update={"sha256": now.get(f.path, f.sha256)}) for f in files)
        files = with_losses(files, manifest.losses or ())
    return files


def with_losses(files: tuple[WarcFile, ...], losses: Sequence[Loss]) -> tuple[WarcFile, ...]:
    """Files as they are once something of them is acknowledged as lost; those that are gone are left out."""
    lost = {loss.path: loss for loss in losses}
    left = (f for f in files if f.path not in lost or lost[f.path].after)
    return tuple(
        f.model_copy(update={"sha256": loss.after, "bytes": loss.bytes, "records": loss.records})
        if (loss := lost.get(f.path))
        else f
        for f in left
    )


def losses_of(chain: Iterable[Stored]) -> tuple[tuple[Stored, Loss], ...]:
    """Everything that was acknowledged as lost, oldest first, each with the manifest that says so."""
    return tuple((s, loss) for s in chain for loss in s.manifest.losses or ())


def redactions_of(chain: Iterable[Stored]) -> tuple[tuple[Stored, Redaction], ...]:
    """Everything that was taken out, oldest first, each with the manifest that says so."""
    return tuple((s, r) for s in chain for r in s.manifest.redactions or ())


def retracted_keys(chain: Iterable[Stored]) -> frozenset[str]:
    """URL keys of the addresses that are not asked again."""
    return frozenset(url_key(url) for s in chain for url in s.manifest.retracted or ())


def tables_of(chain: tuple[Stored, ...]) -> Mapping[str, TableFacts]:
    """The tables as the newest manifest says they are."""
    return chain[-1].manifest.tables if chain else {}


def reading_of(chain: tuple[Stored, ...]) -> Manifest | None:
    """The manifest of the commit that read the tables in place; ``None`` where there are none."""
    stored = stored_reading_of(chain)
    return stored.manifest if stored else None


def stored_reading_of(chain: tuple[Stored, ...]) -> Stored | None:
    """The same, with its digest."""
    sequence = chain[-1].manifest.tables_sequence if chain else 0
    return next((s for s in chain if s.manifest.sequence == sequence), None)
