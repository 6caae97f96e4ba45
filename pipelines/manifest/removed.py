"""What manifests say of evidence that is no longer what an earlier one named: taken out, or lost."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

WARC_PATH = r"^warc/\d{4}/[^/]+\.warc\.gz$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Redacted(_Strict):
    """A record in whose place a tombstone stands (:mod:`pipelines.warc.tombstone`)."""

    id: str
    """Of the record that was there, and of the tombstone."""
    offset: int
    length: int
    type: str
    """WARC-Type of the record that was there."""
    url: str | None = None


class Redaction(_Strict):
    """What a commit took out of a WARC file that an earlier one named."""

    path: str = Field(pattern=WARC_PATH)
    before: str
    """SHA-256 of the file with the records."""
    after: str
    """SHA-256 of the file with their tombstones, which has the same length."""
    reason: str
    records: tuple[Redacted, ...]


class LostPlace(_Strict):
    """A place in a file that cannot be read any more."""

    offset: int
    what: str


class Loss(_Strict):
    """What a commit acknowledges as lost of a WARC file that an earlier one named."""

    path: str = Field(pattern=WARC_PATH)
    before: str
    """SHA-256 of the file as it was named."""
    records_before: int
    """Records that it had then."""
    after: str | None = None
    """SHA-256 of what is left; left out where the file is gone."""
    bytes: int
    records: int
    """Sound records that are left."""
    places: tuple[LostPlace, ...]
    reason: str
