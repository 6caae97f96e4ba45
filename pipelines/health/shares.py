"""Shares of captures across commits: what is a fall, and which commits are compared with.

Why the numbers below are what they are stands in docs/decisions (agreement that falls; health across runs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, lgamma

from pipelines.manifest import Manifest, Stored
from pipelines.manifest.judged import Share

COMPARED = 10
"""Captures, at least, on either side of a comparison."""
PARTS = 3
"""A fall is one by at least a third of all."""
ODDS = 1000
"""And one that chance would bring in less than one of so many cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A share that is much less than it was."""

    kind: str
    """What is counted: a source, rest or feed, or a kind of :class:`pipelines.manifest.judged.Vitals`."""
    name: str
    earlier: Share
    now: Share
    again: bool
    """Whether old captures were read again, by another reader than that of ``earlier``."""
    urls: tuple[str, ...]
    """Pages of which it is not so, two at most."""


def history(chain: Iterable[Stored], check: str) -> Iterator[Manifest]:
    """Healthy commits, the newest first, back to where one reader read all, or somebody accepted what the
    check had said: from then on it is compared with what was then."""
    for stored in reversed(tuple(chain)):
        manifest = stored.manifest
        if manifest.status == "unhealthy" or manifest.kind in ("rebuild", "retract", "loss"):
            continue
        yield manifest
        if manifest.kind == "reread" or accepts(manifest, check):
            return


def accepts(manifest: Manifest, check: str) -> bool:
    """Whether a commit accepts what a check said."""
    return any(a.check == check for a in manifest.acceptances or ())


def fell(earlier: Share, now: Share, parts: int = PARTS) -> bool:
    """Whether a share fell by one of so many parts of all or more, and not by chance."""
    if min(earlier.compared, now.compared) < COMPARED:
        return False
    lost = earlier.agree * now.compared - now.agree * earlier.compared
    return parts * lost >= earlier.compared * now.compared and chance(earlier, now) * ODDS < 1


def chance(earlier: Share, now: Share) -> float:
    """How likely it is that ``now`` agrees so rarely, or more rarely, if all captures are alike: Fisher's
    exact test, one-sided, which holds for ten captures as for ten thousand."""
    right = earlier.agree + now.agree
    total = earlier.compared + now.compared
    every = _log_choose(total, now.compared)
    least = max(0, now.compared - (total - right))
    return sum(
        exp(_log_choose(right, n) + _log_choose(total - right, now.compared - n) - every)
        for n in range(least, now.agree + 1)
    )


def total(shares: Iterable[Share]) -> Share:
    """Several shares as one."""
    every = tuple(shares)
    return Share(compared=sum(s.compared for s in every), agree=sum(s.agree for s in every))


def less(whole: Share, part: Share) -> Share:
    """A share without one that it has in it."""
    return Share(compared=whole.compared - part.compared, agree=whole.agree - part.agree)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
