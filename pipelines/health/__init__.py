"""Whether a commit may replace the tables: a list of checks, judged across runs.

A check looks at figures of the run, of the archive, and of the commits before as their manifests keep them.
One failed check makes the commit unhealthy: the evidence is kept and named, the tables stay as they were. The
next run judges what the tables do not have yet together with its own captures, so that it stays unhealthy
until it is well, or somebody accepts it (:mod:`pipelines.health.accept`). Nothing is judged by what an
interrupted run left undone.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.health.checks import (
    agreement_fell,
    articles_gone,
    evidence_damaged,
    field_fell,
    layout_misses,
    less_than_listed,
    no_article,
    soft_errors,
    stale,
    unlike_answer_key,
)
from pipelines.health.figures import NOTHING_ELSE, Figures, Rest, across_runs, figures, kept_vitals
from pipelines.manifest.judged import Health

__all__ = [
    "ACCEPTABLE",
    "CHECKS",
    "NOTHING_ELSE",
    "Figures",
    "Rest",
    "across_runs",
    "examine",
    "figures",
    "kept_vitals",
]

Check = Callable[[Figures], str | None]
CHECKS: tuple[Check, ...] = (
    no_article,
    less_than_listed,
    soft_errors,
    articles_gone,
    layout_misses,
    field_fell,
    unlike_answer_key,
    agreement_fell,
    stale,
    evidence_damaged,
)
ACCEPTABLE = tuple(c.__name__ for c in CHECKS if c not in (no_article, evidence_damaged))
"""The checks that may be no fault. Without articles there is nothing to take in, and damaged evidence is
restored, or acknowledged as lost."""
ACCEPT = "; where it is no fault: accept {slug} {check} --reason TEXT"


def examine(f: Figures, slug: str) -> tuple[Health, ...]:
    """The checks that failed.

    Args:
        f: what is judged.
        slug: the archive's name, as the commands take it.
    """
    found = ((check.__name__, check(f)) for check in CHECKS)
    failed = ((name, sentence) for name, sentence in found if sentence)
    return tuple(Health(check=name, sentence=_whole(name, sentence, slug)) for name, sentence in failed)


def _whole(check: str, sentence: str, slug: str) -> str:
    return sentence + (ACCEPT.format(check=check, slug=slug) if check in ACCEPTABLE else "")
