"""A check that failed is accepted: somebody has looked, and it is no fault of capture or reading.

The commit of kind ``accept`` adds no file. It takes the captures that were held back into the tables, and
names the check, what it said, and why it is no fault. From then on the portal is compared with what it was
then: what goes on as it is stays quiet, and what falls further fails again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from pipelines.archive import Archive, new_run_id
from pipelines.commit import Commit, commit
from pipelines.commit_point import RunFacts
from pipelines.errors import UsageError
from pipelines.health import ACCEPTABLE, CHECKS
from pipelines.manifest import read_chain
from pipelines.sealed import pending_files
from pipelines.starting import take_up


def accept(archive: Archive, checks: Collection[str], *, reason: str, now: datetime) -> Commit:
    """Accept what some checks say. The archive's lock must be held.

    Args:
        archive: the archive.
        checks: names of checks that fail.
        reason: why it is no fault; it stands in the manifest for ever.
        now: names the run, and dates the manifest.

    Raises:
        UsageError: there is no such check, it cannot be accepted or does not fail, or another one fails as
            well; nothing was accepted.
        ConfigurationError, ChainError: it cannot be done.
    """
    for check in checks:
        _refuse(check)
    take_up(archive, now)
    if pending_files(archive, read_chain(archive)):
        killed = RunFacts(run_id=new_run_id(now), started=now, ended=now, status="interrupted")
        commit(archive, killed, now=now)
    run = RunFacts(run_id=new_run_id(now), started=now, ended=now, status="complete")
    why = " ".join(reason.split())
    return commit(archive, run, now=now, kind="accept", accepted=dict.fromkeys(checks, why))


def _refuse(check: str) -> None:
    if check in ACCEPTABLE:
        return
    if check not in {c.__name__ for c in CHECKS}:
        raise UsageError(f"there is no check {check!r}; these can be accepted: {', '.join(ACCEPTABLE)}")
    if check == "evidence_damaged":
        raise UsageError("damaged evidence is restored from a copy, or acknowledged with retract --lost")
    raise UsageError(
        f"{check} cannot be accepted: there is nothing to take in; the next run that reads an article is well"
    )
