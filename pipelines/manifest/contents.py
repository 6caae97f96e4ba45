"""What stands in a manifest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipelines.archive import TABLES, Portal
from pipelines.importing.origins import Origin
from pipelines.layouts import layout, names
from pipelines.manifest.judged import Acceptance, Health, Share, Vitals
from pipelines.manifest.removed import WARC_PATH, Loss, Redaction
from pipelines.rows import SCHEMA_VERSION
from pipelines.tables import TableFacts, TableFile
from pipelines.text import canonical_json, sha256_hex

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
    """The addresses of what it took out, or of what was taken out of the files that it adds where these came
    from another archive, which are not asked again; left out where there are none."""
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
