"""What ``inspect`` says of what was taken out: when, why, and by which manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from pipelines.archive import Archive, instant
from pipelines.manifest import Stored, read_chain, redactions_of
from pipelines.manifest.removed import Redaction
from pipelines.model import RecordRef
from pipelines.warc.reader import read_one
from pipelines.warc.tombstone import TYPE


def redaction(archive: Archive, stored: Stored, redaction: Redaction) -> dict[str, Any]:
    """What was taken out of a file, and the manifest that says so."""
    return {
        "manifest": stored.path.relative_to(archive.root).as_posix(),
        "before": redaction.before,
        "after": redaction.after,
        "records": len(redaction.records),
        "reason": redaction.reason,
    }


def tombstones(captures: Iterable[Mapping[str, Any]], article_id: str) -> list[Mapping[str, Any]]:
    """The captures of an article that were retracted, oldest first, out of all rows of ``captures``."""
    found = [r for r in captures if r["record_type"] == TYPE and r["article_id"] == article_id]
    return sorted(found, key=lambda r: (r["captured_at"], r["warc_record_offset"]))


def retraction(archive: Archive, row: Mapping[str, Any]) -> dict[str, Any]:
    """When and why a capture was taken out, by which manifest, and the digests of what was there.

    Args:
        archive: the archive.
        row: of the tombstone, in ``captures``.
    """
    name = row["warc_record_id"]
    told = read_one(archive.root, RecordRef(**{f.name: row[f.name] for f in fields(RecordRef)})).tombstone
    by = [(s, r) for s, r in redactions_of(read_chain(archive)) if any(one.id == name for one in r.records)]
    return {
        "url": row["url"],
        "captured_at": instant(row["captured_at"]),
        "at": told.at if told else None,
        "reason": by[-1][1].reason if by else None,
        "manifest": by[-1][0].path.relative_to(archive.root).as_posix() if by else None,
        "former_block_digest": told.block_digest if told else None,
        "former_payload_digest": told.payload_digest if told else None,
        "warc_record_id": name,
    }
