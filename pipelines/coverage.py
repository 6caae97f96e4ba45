"""Every address that the archive knows of, and what became of it: the fold of the
dispositions of all runs, and of captures that no disposition speaks of."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC

from pipelines.beyond import ALONE, Beyond, Known
from pipelines.dispositions import Disposition, counts_as_captured
from pipelines.identity import Identities
from pipelines.model import Capture
from pipelines.read_warc import FileReading, Reading, RunLines
from pipelines.rows import CoverageRow
from pipelines.tables import Placed
from pipelines.urls import url_key


def fold_coverage(
    portal: str,
    files: Sequence[FileReading],
    readings: Sequence[Reading],
    identities: Identities,
    beyond: Beyond = ALONE,
) -> list[Placed]:
    """One row per address as it was observed, in its latest state; none for an address that only files
    speak of which were folded before.

    Args:
        portal: slug.
        files: all files in commit order.
        readings: their captures in the same order.
        identities: which address belongs to which article.
        beyond: what was known of the addresses before.
    """
    rows: dict[str, CoverageRow] = {}
    for file in files:
        for run in file.runs:
            for line in run.lines:
                before = rows.get(line.url) or beyond.known(line.url)
                rows[line.url] = _told(portal, run, line, before if _is_told(before) else None)
    told = frozenset(rows)
    for reading in readings:
        url = reading.capture.url
        if url in told or beyond.has_folded(reading):
            continue
        before = rows.get(url) or beyond.known(url)
        if isinstance(before, CoverageRow) or not _is_told(before):
            rows[url] = _seen(portal, reading, before)
    return [_placed(replace(r, article_id=identities.article_at(r.url))) for r in rows.values()]


def kinds(files: Iterable[FileReading]) -> dict[str, str]:
    """What the runs asked each address as: page, source, robots or requisite."""
    return {line.url: line.kind for file in files for run in file.runs for line in run.lines if line.kind}


def is_captured(capture: Capture) -> bool:
    """Whether an answer counts as captured: complete, and 2xx, 3xx, 404 or 410."""
    return capture.status is not None and not capture.truncated and counts_as_captured(capture.status)


def _is_told(before: CoverageRow | Known | None) -> bool:
    """Whether dispositions spoke of an address before; a row in hand is made of them."""
    return before.told if isinstance(before, Known) else before is not None


def _placed(row: CoverageRow) -> Placed:
    return Placed(month=sys.intern(f"{row.first_seen.astimezone(UTC):%Y-%m}"), row=row)


def _told(portal: str, run: RunLines, line: Disposition, known: CoverageRow | Known | None) -> CoverageRow:
    first = line.first_seen or line.asked_at or run.started
    return CoverageRow(
        portal=portal,
        url=line.url,
        url_key=url_key(line.url),
        kind=line.kind or (known.kind if known else None),
        verdict=line.verdict,
        reason=line.reason,
        found_by=tuple(line.found_by),
        found_on=line.found_on,
        first_seen=min(first, known.first_seen) if known else first,
        asked_at=line.asked_at,
        next_due=line.next_due,
        record=line.record,
        robots_record=line.robots_record,
        article_id=None,
        crawl_id=run.run_id,
    )


def _seen(portal: str, reading: Reading, known: CoverageRow | Known | None) -> CoverageRow:
    """A row from a capture alone: of an import, or of a run whose dispositions are lost."""
    capture = reading.capture
    captured = is_captured(capture)
    failure = capture.truncated or f"http_{capture.status}"
    return CoverageRow(
        portal=portal,
        url=capture.url,
        url_key=url_key(capture.url),
        kind=None,
        verdict="captured" if captured else "failed",
        reason=None if captured else failure,
        found_by=(),
        found_on=None,
        first_seen=min(known.first_seen, capture.captured_at) if known else capture.captured_at,
        asked_at=capture.captured_at,
        next_due=None,
        record=capture.record.warc_record_id if capture.record else None,
        robots_record=None,
        article_id=None,
        crawl_id=capture.crawl_id,
    )
