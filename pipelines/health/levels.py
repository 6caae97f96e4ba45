"""Shares that are judged by their level, not by a fall, and what was accepted of them.

An accepted level holds while the share stays about there: until it is well again, or worse by a tenth of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.health.shares import accepts
from pipelines.manifest import Stored
from pipelines.manifest.judged import Share, Vitals

WORSE = 10
"""One part of so many, of all that is compared."""
KINDS = {"less_than_listed": "listed", "unlike_answer_key": "key"}
"""Under which kind of :class:`pipelines.manifest.judged.Vitals` a check's shares are kept."""


def is_low(share: Share) -> bool:
    """Whether it holds for less than half."""
    return 2 * share.agree < share.compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Accepted shares that hold still."""

    accepted: Mapping[tuple[str, str], Share] = field(default_factory=dict)
    """By check and name."""

    @classmethod
    def of(cls, chain: tuple[Stored, ...]) -> Levels:
        """What holds after some commits."""
        return cls(accepted={at: share for check in KINDS for at, share in _holding(chain, check).items()})

    def allows(self, check: str, name: str, share: Share) -> bool:
        """Whether a low share was accepted and is not much worse since."""
        known = self.accepted.get((check, name))
        if known is None:
            return False
        lost = known.agree * share.compared - share.agree * known.compared
        return WORSE * lost <= known.compared * share.compared


def with_levels(vitals: Vitals, listed: Share | None, key: Mapping[str, Share]) -> Vitals | None:
    """Figures as a manifest keeps them, the levels among them; ``None`` where nothing was counted.

    Args:
        vitals: what was counted of the captures.
        listed: addresses that sources list and that were captured or failed; of a complete run.
        key: articles of the whole archive that agree with their answer key.
    """
    levels = {"listed": {"captured": listed} if listed else {}, "key": dict(key)}
    found = {
        kind: {name: share for name, share in shares.items() if share.compared}
        for kind, shares in {**vitals.shares, **levels}.items()
    }
    shares = {kind: told for kind, told in found.items() if told}
    return Vitals(shares=shares, days=vitals.days) if shares else None


def _holding(chain: tuple[Stored, ...], check: str) -> Mapping[tuple[str, str], Share]:
    """The shares that were accepted last, but for those that were well in a healthy commit since."""
    well: set[str] = set()
    for stored in reversed(chain):
        manifest = stored.manifest
        if manifest.status == "unhealthy":
            continue
        shares = manifest.vitals.shares.get(KINDS[check], {}) if manifest.vitals else {}
        if accepts(manifest, check):
            return {(check, n): s for n, s in shares.items() if is_low(s) and n not in well}
        well |= {name for name, share in shares.items() if not is_low(share)}
    return {}
