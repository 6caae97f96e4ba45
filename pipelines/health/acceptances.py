"""What was accepted although a check failed on it: what a commit says of that, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipelines.errors import UsageError
from pipelines.manifest import Stored
from pipelines.manifest.judged import Acceptance, Health

NOTHING_ACCEPTED: Mapping[str, str] = {}


def accepting(health: Sequence[Health], accepted: Mapping[str, str]) -> tuple[Acceptance, ...] | None:
    """The acceptances of a commit; ``None`` where nothing is accepted.

    Args:
        health: the checks that fail.
        accepted: those that are accepted, and why.

    Raises:
        UsageError: one of these does not fail, or another one fails as well: then nothing could go in.
    """
    told = {check.check: check.sentence for check in health}
    for check in accepted:
        if check not in told:
            failing = f"these fail: {', '.join(told)}" if told else "every check is well; crawl takes all in"
            raise UsageError(f"{check} does not fail, so there is nothing to accept; {failing}")
    if accepted and (others := [check for check in told if check not in accepted]):
        raise UsageError(f"{' and '.join(others)} fails as well; accept it too, or wait until it is well")
    found = (
        Acceptance(check=check, sentence=told[check], reason=reason) for check, reason in accepted.items()
    )
    return tuple(found) or None


def told_of(chain: Sequence[Stored], *, last: bool = False) -> Iterator[str]:
    """What was accepted, oldest first, in a sentence each.

    Args:
        chain: the manifests.
        last: only what each check was accepted for last, which it is compared with since.
    """
    found = [(s.manifest, a) for s in chain for a in s.manifest.acceptances or ()]
    newest = {accepted.check: accepted for _, accepted in found}
    for manifest, accepted in found:
        if not last or newest[accepted.check] is accepted:
            number, day = manifest.sequence, manifest.committed[:10]
            yield f"ACCEPTED: {accepted.check}, by manifest {number}, {day}: {accepted.reason}"
