"""The judgement of a commit: its figures, compared with those of commits before, and the checks that fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.archive import Archive
from pipelines.commit_point import RunFacts
from pipelines.drafts import Draft
from pipelines.fold import Folded
from pipelines.health import Figures, across_runs, examine, figures, kept_vitals
from pipelines.health.acceptances import accepting
from pipelines.health.agreement import Agreement, in_tables
from pipelines.health.vitals import NOTHING_COUNTED, Counted, count_vitals
from pipelines.manifest import Kind, Stored, tables_of
from pipelines.manifest.judged import Acceptance, Health, Share, Vitals
from pipelines.read_warc import FileReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a manifest says of health."""

    health: tuple[Health, ...]
    agreement: dict[str, dict[str, Share]] | None
    vitals: Vitals | None
    acceptances: tuple[Acceptance, ...] | None

    def as_manifest(self) -> dict[str, Any]:
        """The fields of the manifest."""
        return {
            "health": self.health,
            "agreement": self.agreement,
            "vitals": self.vitals,
            "acceptances": self.acceptances,
        }


def judge(
    archive: Archive,
    chain: tuple[Stored, ...],
    draft: Draft,
    new: Sequence[FileReading],
    *,
    run: RunFacts,
    kind: Kind,
    key: Agreement,
    again: bool,
    accepted: Mapping[str, str],
) -> Judgement:
    """Judge what a commit is about to write; the arguments are those of the commit.

    Raises:
        UsageError: others fail than those that are accepted.
    """
    counted = NOTHING_COUNTED if kind == "import" else _counted(archive, chain, draft, again=again)
    found = _figures(archive, chain, draft, new, run=run, kind=kind, key=key)
    folded, files = draft.folded, frozenset(r.path for r in new)
    found = across_runs(
        found, folded, files, chain=chain, today=run.ended, counted=counted, again=again, rest=draft.rest
    )
    acceptances = accepting(failing := examine(found, archive.portal.slug), accepted)
    return Judgement(
        health=() if acceptances else failing,
        agreement=key.figures(),
        vitals=kept_vitals(counted, found),
        acceptances=acceptances,
    )


def _figures(
    archive: Archive,
    chain: tuple[Stored, ...],
    draft: Draft,
    new: Sequence[FileReading],
    *,
    run: RunFacts,
    kind: Kind,
    key: Agreement,
) -> Figures:
    before = tables_of(chain)
    found = figures(
        draft.folded,
        frozenset(r.path for r in new),
        scope=archive.portal.scope,
        complete=run.status == "complete" and kind in ("crawl", "accept"),
        articles_before=before["articles"].rows if before else 0,
        key=key,
        rest=draft.rest,
    )
    if kind == "accept":  # nothing of it is new: whatever is damaged was sound when it was committed
        return replace(found, damaged=damaged_places(draft.folded))
    return found


def _counted(archive: Archive, chain: tuple[Stored, ...], draft: Draft, *, again: bool) -> Counted:
    folded = draft.folded
    complete = any(s.manifest.kind == "crawl" and s.manifest.status == "complete" for s in chain)
    return count_vitals(
        folded,
        frozenset(f.path for f in folded.files) - (frozenset() if again else in_tables(chain)),
        portal=archive.portal,
        was_article=draft.rest.was_article,
        first=again or not complete,
    )


def damaged_places(folded: Folded) -> tuple[str, ...]:
    """Places of records that cannot be read, as ``file at byte N: what``."""
    return tuple(place for file in folded.files for place in file.damaged_places)
