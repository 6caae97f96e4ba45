"""The way from a row back to its evidence: record, file, manifest and signature."""

from __future__ import annotations

from collections.abc import Mapping
from shlex import quote
from typing import Any

from pipelines.archive import Archive
from pipelines.inspect.retracted import redaction
from pipelines.manifest import Stored, files_of, read_chain, redactions_of
from pipelines.manifest.signature import check_signature, signature_path


def custody(archive: Archive, row: Mapping[str, Any]) -> dict[str, Any]:
    """The chain of custody of a row: its record, the file, the manifest, and the shell line
    that shows the record without this software."""
    chain = read_chain(archive)
    file, offset, length = row["warc_filename"], row["warc_record_offset"], row["warc_record_length"]
    stored = next((s for s in chain for f in s.manifest.files if f.path == file), None)
    named = next((f for f in files_of(chain) if f.path == file), None)
    changed = [(s, r) for s, r in redactions_of(chain) if r.path == file]
    newest = changed[-1][0] if changed else stored
    return {
        "record": {"id": row["warc_record_id"], "file": file, "offset": offset, "length": length},
        "file": named.model_dump() if named else None,
        "manifest": _manifest(archive, stored) if stored else None,
        "redactions": [redaction(archive, s, r) for s, r in changed],
        "signature": _signature(archive, chain, newest) if newest else None,
        "shell": f"tail -c +{offset + 1} {quote(str(archive.root / file))} | head -c {length} | gunzip",
    }


def _signature(archive: Archive, chain: tuple[Stored, ...], stored: Stored) -> dict[str, Any] | None:
    """The oldest signature that covers a manifest: its own, or that of one after it."""
    covering = (s for s in chain if s.manifest.sequence >= stored.manifest.sequence)
    signed = next((s for s in covering if signature_path(s).is_file()), None)
    if signed is None:
        return None
    checked = check_signature(signed)
    return {
        "path": signature_path(signed).relative_to(archive.root).as_posix(),
        "key": checked.key,
        "fault": checked.fault,
    }


def _manifest(archive: Archive, stored: Stored) -> dict[str, Any]:
    manifest = stored.manifest
    return {
        "path": stored.path.relative_to(archive.root).as_posix(),
        "sha256": stored.sha256,
        "sequence": manifest.sequence,
        "run_id": manifest.run_id,
        "previous": manifest.previous,
    }
