"""What every run does first, whatever it is for: take up what an earlier one was cut off at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.archive import Archive, instant
from pipelines.commit_point import finish_commit
from pipelines.errors import ChainError, ConfigurationError
from pipelines.layouts import layout
from pipelines.manifest import Stored, read_chain
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
    if told := behind(chain, now):
        raise ConfigurationError("; ".join(told), place=str(chain[-1].path))
    return recovered


def behind(chain: Sequence[Stored], now: datetime) -> tuple[str, str] | None:
    """What is wrong, and what to do, where the clock is behind the archive's last run: what is captured now
    would be entered before what is there, and versions, events and what is due go by time."""
    last = chain[-1].manifest.started if chain else ""
    if last <= instant(now):
        return None
    return (
        f"the clock ({instant(now)}) is behind the archive's last run, which began at {last}",
        "set it right; where it was wrong then and is right now, wait until that moment, "
        "or go on in a new archive as docs/cron.md says",
    )
