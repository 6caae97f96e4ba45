"""What every run does first, whatever it is for: take up what an earlier one was cut off at."""

from __future__ import annotations

from datetime import datetime

from pipelines.archive import Archive, instant
from pipelines.commit_point import finish_commit
from pipelines.errors import ChainError, ConfigurationError
from pipelines.layouts import layout
from pipelines.manifest import read_chain
from pipelines.staging import table_paths
from pipelines.warc.recovery import Recovered, recover_spool


def take_up(archive: Archive, now: datetime) -> Recovered:
    """Finish a commit that was cut off and end killed runs. The archive's lock must be held.

    Raises:
        ConfigurationError: the clock is behind the archive's last run, or the portal's layout does not exist.
        ChainError: the manifests do not form a chain, or all are gone.
        DiskFull, WriteFailed: a step could not be written; nothing is lost, start again.
    """
    layout(archive.portal.layout)
    finish_commit(archive)
    recovered = recover_spool(archive)
    chain = read_chain(archive)
    if not chain and (table := next(iter(table_paths(archive.root)), None)):
        # Tables come to their places after their manifest, never before.
        raise ChainError(
            f"there is no manifest, and {table} was committed by one; restore the manifests from a copy "
            "and run verify; where there is no copy, take the tables away, and a run begins a new chain",
            place=str(archive.manifests),
        )
    if chain and chain[-1].manifest.started > instant(now):
        raise ConfigurationError(
            f"the clock ({instant(now)}) is behind the archive's last run "
            f"({chain[-1].manifest.started}); set it right",
            place=str(chain[-1].path),
        )
    return recovered
