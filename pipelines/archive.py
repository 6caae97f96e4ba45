"""One archive: the folder of one portal, and ``archive.json``, which says what it is.

What lies in the folder stands in :mod:`pipelines.places`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import ConfigurationError, Locked, storage_error
from pipelines.model import ReadingContext
from pipelines.tls_exception import TlsException

FORMAT = 1
_SAID = {
    "extra_forbidden": "there is no such field",
    "missing": "it is missing",
    "tuple_type": "it must be a list in square brackets",
    "int_type": "it must be a whole number",
    "string_type": "it must be text in quotation marks, or null where that is allowed",
}
"""What pydantic says, for people who edit the file."""
TABLES = ("articles", "versions", "links", "images", "captures", "coverage", "events", "rejections")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(_Strict):
    """One place where the portal lists its news."""

    kind: Literal["sitemap", "feed", "rest", "listing"]
    url: str


class Portal(_Strict):
    """A portal, as its archive knows it. Users may edit it; only integers and
    strings, so that it has one canonical form."""

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9.\-]*$")
    """The archive's name, which is its folder's; leave it."""
    seed: str
    """The address that was given; the first page asked in every run."""
    scope: tuple[str, ...] = Field(strict=False)
    """Hosts whose pages belong to the portal, in small letters, without ``www.``, with the
    port where one is written."""
    site_name: str | None = None
    """The site's own name, which is never a title; null: only what pages say themselves."""
    language: str | None = None
    """BCP 47 language of pages that state none, like ``vi``."""
    zone: str | None = None
    """Time zone of printed times, like ``Asia/Ho_Chi_Minh``. It is found where the host's
    country has only one; while it is null, a time printed without one gives
    ``published_date``, and ``published_at`` stays null."""
    layout: str | None = None
    """Name of a file in ``pipelines/layouts/`` that says how the pages are marked up, like
    ``wordpress``; null: they are read by the generic reader."""
    delay_ms: int = Field(default=1000, ge=0)
    """Pause between an answer and the next request to its host, in milliseconds."""
    contact: str | None = None
    """Address in the User-Agent, for the city's administrators."""
    detected_at: str | None = None
    """When the portal's sources were looked for, ISO 8601 with Z; null: look in the next run."""
    sources: tuple[Source, ...] = Field(default=(), strict=False)
    """The sitemaps, feeds, REST addresses and listings that were found, each with its kind."""
    tls_exceptions: tuple[TlsException, ...] | None = Field(default=None, strict=False)
    """Hosts whose certificate is believed although no authority vouches for it, each with ``host``,
    ``certificate_sha256``, ``reason`` and ``expires``; null: none."""

    @property
    def context(self) -> ReadingContext:
        """What reading may know of the portal."""
        return ReadingContext(
            zone=self.zone, language=self.language, site_name=self.site_name, scope=self.scope
        )


class Identity(_Strict):
    """The contents of ``archive.json``."""

    format: Literal[1] = 1
    archive_id: str
    created: str
    """Instant of creation, ISO 8601 with Z; its month holds the tables' empty files."""
    portal: Portal


@dataclass(frozen=True, slots=True)
class Archive:
    """Paths and identity of one portal's folder. Opening one writes nothing."""

    root: Path
    identity: Identity

    @property
    def portal(self) -> Portal:
        return self.identity.portal

    @property
    def created_month(self) -> str:
        """``YYYY-MM`` in which the archive was made."""
        return self.identity.created[:7]

    @property
    def warc(self) -> Path:
        return self.root / "warc"

    @property
    def manifests(self) -> Path:
        return self.root / "manifests"

    @property
    def spool(self) -> Path:
        return self.root / "spool"

    @property
    def staging(self) -> Path:
        return self.root / "staging"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def indexes(self) -> Path:
        return self.root / "indexes"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.sqlite3"

    def with_portal(self, portal: Portal) -> Archive:
        """Write a changed portal block to ``archive.json`` and return the archive with it."""
        identity = self.identity.model_copy(update={"portal": portal})
        write_durably(self.root / "archive.json", _dump(identity))
        return Archive(self.root, identity)


def create(output: Path, portal: Portal, *, now: datetime) -> Archive:
    """Make the folder of a new archive. Raises ConfigurationError where that cannot be."""
    root = output / portal.slug
    identity = Identity(archive_id=str(uuid.uuid4()), created=instant(now), portal=portal)
    try:
        make_folder(root)
        write_durably(root / "archive.json", _dump(identity))
    except OSError as error:
        raise ConfigurationError(
            f"cannot write the archive: {error.strerror}; choose another folder with --output",
            place=str(root),
        ) from error
    return Archive(root, identity)


def is_archive(root: Path) -> bool:
    """Whether a folder is an archive, or was one that lost its ``archive.json``: of that
    :func:`open_archive` tells."""
    return (root / "archive.json").is_file() or (root / "warc").is_dir()


def open_archive(root: Path) -> Archive:
    """Read ``archive.json`` of an archive folder.

    Raises:
        ConfigurationError: missing, unreadable, or with a value that is not understood.
    """
    path = root / "archive.json"
    try:
        return Archive(root, Identity.model_validate(json.loads(path.read_bytes())))
    except FileNotFoundError:
        raise ConfigurationError("archive.json is missing; restore it from a copy", place=str(root)) from None
    except OSError as error:
        raise ConfigurationError(f"cannot read it: {error.strerror}", place=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        what = _SAID.get(first["type"], first["msg"])
        raise ConfigurationError(f"field {field}: {what}; mend it by hand", place=str(path)) from error
    except ValueError as error:
        raise ConfigurationError(
            f"it is no JSON: {error}; restore it from a copy", place=str(path)
        ) from error


@contextmanager
def locked(archive: Archive) -> Iterator[None]:
    """Hold the archive's lock. Raises Locked at once where another process holds it."""
    path = archive.root / ".lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise storage_error(error, str(path)) or ConfigurationError(
            f"cannot write the archive: {error.strerror}; mend its permissions", place=str(path)
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Locked(
            "another run is at work on this archive; try again when it is done", place=str(archive.root)
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)


def new_run_id(now: datetime) -> str:
    """Name of a run: its start in UTC to the second, then six hex digits: the microsecond in five, so
    that names sort as the runs began, and a random one, since a clock may step back."""
    start = now.astimezone(UTC)
    return f"{start:%Y%m%dT%H%M%SZ}-{start.microsecond:05x}{uuid.uuid4().hex[0]}"


def instant(moment: datetime) -> str:
    """ISO 8601, UTC, microseconds, ``Z``; always 27 letters, for they are compared as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def moment_of(text: str) -> datetime:
    """The moment that an :func:`instant` is. A year without its leading zeros is read too."""
    year, dash, rest = text.partition("-")
    return datetime.fromisoformat(f"{year:0>4}{dash}{rest}")


def make_folder(path: Path) -> None:
    """Make a folder (0755 whatever the umask), and its parents, durably."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    path.chmod(0o755)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """fsync a folder, so that a name made or renamed in it survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, streamed."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file by way of a temporary neighbour: whole and on disk, or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def write_streamed(path: Path, parts: Iterable[bytes], *, mode: int = 0o644) -> str:
    """The same as :func:`write_durably` for what is too large for memory. Returns its SHA-256."""
    temporary = path.with_name(f".{path.name}.part")
    digest = hashlib.sha256()
    with open(temporary, "wb") as file:
        for part in parts:
            digest.update(part)
            file.write(part)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)
    return digest.hexdigest()


def _dump(identity: Identity) -> bytes:
    value: dict[str, Any] = identity.model_dump(mode="json")
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
