"""What an archive holds already of the files that somebody brings."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.archive import Archive, file_digest
from pipelines.importing.examine import Examined, fingerprint
from pipelines.importing.origins import Taken, declared
from pipelines.manifest import Stored, files_of, redactions_of, tables_of
from pipelines.sealed import pending_files
from pipelines.warc.framing import parse_name

_TOLD = ("warc_record_id", "url", "captured_at", "payload_digest")
"""The columns of a capture's fingerprint, in its order."""


class Held:
    """The files of an archive, and those that were looked at before in the same import.

    Args:
        archive: the archive; it is only read.
        chain: its manifests.
    """

    def __init__(self, archive: Archive, chain: tuple[Stored, ...]) -> None:
        self._files = {file.sha256: file.path for file in files_of(chain)}
        self._files |= {file.origin.sha256: file.path for file in files_of(chain) if file.origin}
        self._files |= {redaction.before: redaction.path for _, redaction in redactions_of(chain)}
        for path in pending_files(archive, chain):
            self._files[file_digest(archive.root / path)] = path
            if taken := _taken(archive, path):
                self._files[taken.origin.sha256] = path
        self._captures = _captures(archive, chain)

    def why(self, file: Examined) -> str | None:
        """Why a file need not be taken in, or ``None``."""
        if path := self._files.get(file.sha256):
            return f"it is here already, as {path}"
        if file.captures and file.captures <= self._captures and not file.misdated:
            return "every answer in it is here already, record by record"
        return None

    def known(self, file: Examined) -> int:
        """How many of a file's answers are here already, by the ids of their records and by what they say."""
        return len(file.captures & self._captures)

    def add(self, file: Examined, path: str) -> None:
        """A file will be taken in."""
        self._files[file.sha256] = path
        self._captures |= file.captures


def _taken(archive: Archive, path: str) -> Taken | None:
    name = parse_name(Path(path).name)
    return declared(archive, name.run_id).get(path) if name else None


def _captures(archive: Archive, chain: tuple[Stored, ...]) -> set[bytes]:
    """All captures in the tables in place, as far as these can be read: they are derived, and a copy that is
    not noticed does no harm."""
    facts = tables_of(chain).get("captures")
    found: set[bytes] = set()
    for file in facts.files if facts else ():
        unreadable = (OSError, ValueError, pa.ArrowException)
        with suppress(*unreadable), pq.ParquetFile(archive.root / file.path) as rows:
            for batch in rows.iter_batches(columns=list(_TOLD)):
                found.update(map(fingerprint, *(batch.column(name).to_pylist() for name in _TOLD)))
    return found
