"""Manifests: what each commit added and what the tables then were, chained by hash.

A manifest is one file of canonical JSON (sorted keys, no white space, integers and strings
only; what is unknown is left out) and a line break, ``manifests/NNNNNN-<run>.json``.
``previous`` is the SHA-256 of the manifest before it, as ``sha256sum`` prints it;
``self_sha256`` covers all its other fields, so that a change of the newest manifest, which no
other one vouches for yet, shows as well.
"""

from __future__ import annotations

from pipelines.manifest.chain import Fault, Stored, check_chain, file_name, newest, read_chain
from pipelines.manifest.contents import RUNS, Kind, Manifest, ReadWith, Status, WarcFile
from pipelines.manifest.state import (
    files_of,
    losses_of,
    reading_of,
    redactions_of,
    retracted_keys,
    stored_reading_of,
    tables_of,
    with_losses,
)

__all__ = [
    "RUNS",
    "Fault",
    "Kind",
    "Manifest",
    "ReadWith",
    "Status",
    "Stored",
    "WarcFile",
    "check_chain",
    "file_name",
    "files_of",
    "losses_of",
    "newest",
    "read_chain",
    "reading_of",
    "redactions_of",
    "retracted_keys",
    "stored_reading_of",
    "tables_of",
    "with_losses",
]
