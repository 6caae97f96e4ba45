"""What stands where a record was taken out of the archive, and how it is read.

A tombstone is a ``metadata`` record with the id, date and address of the record whose place it has, and a
block of ``application/warc-fields`` that begins with ``citynews-redacted``. It says what was there and why it
is gone; of what was there it keeps two digests, so that who has the page elsewhere can show that this was it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MARK = "citynews-redacted"
"""The first field of a tombstone's block; its value is the moment of the redaction."""
TYPE = "metadata"
"""WARC-Type of a tombstone, and ``record_type`` of its row in ``captures``."""
NO_REASON = "the manifest of the retraction says why"
RETRACTED = "retracted"
"""Reason of its row in ``rejections``, and of the exclusion of its address."""
ANSWERS = ("response", "revisit", "resource")
"""Types of record that had rows, and whose tombstones have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What a tombstone says."""

    at: str
    """When the record was redacted; ISO 8601, UTC."""
    reason: str | None
    """As it was given; ``None`` where the place was too short for it, and only the manifest has it."""
    former_type: str
    """WARC-Type of the record that was here."""
    block_digest: str
    """``sha256:`` and hex over its block."""
    payload_digest: str | None
    """The same over its payload, where it was an answer."""
    status: int | None
    """HTTP status of that answer."""
    article_id: str | None
    """The article that it was a capture of."""

    @property
    def was_answer(self) -> bool:
        """Whether an answer of the web was here, so that rows speak of it."""
        return self.former_type in ANSWERS

    def facts(self) -> list[tuple[str, str | None]]:
        """The lines of the block."""
        return [
            (MARK, self.at),
            ("reason", self.reason),
            ("formerType", self.former_type),
            ("formerBlockDigest", self.block_digest),
            ("formerPayloadDigest", self.payload_digest),
            ("formerStatus", str(self.status) if self.status is not None else None),
            ("articleId", self.article_id),
        ]


def read_tombstone(kind: str, fields: Mapping[str, str]) -> Tombstone | None:
    """What a record says as a tombstone; ``None`` where it is none.

    Args:
        kind: its WARC-Type.
        fields: the lines of its block, empty for other blocks.
    """
    if kind != TYPE or MARK not in fields or "formerBlockDigest" not in fields:
        return None
    status = fields.get("formerStatus", "")
    return Tombstone(
        at=fields[MARK],
        reason=fields.get("reason"),
        former_type=fields.get("formerType", ""),
        block_digest=fields["formerBlockDigest"],
        payload_digest=fields.get("formerPayloadDigest"),
        status=int(status) if status.isascii() and status.isdigit() else None,
        article_id=fields.get("articleId"),
    )
