"""What a run reports: its summary, its exit code with one sentence, and the files that say so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.naming import is_loopback
from crawler.run_options import RunOptions
from crawler.session import Session
from pipelines.archive import Archive, instant, write_durably
from pipelines.commit import Commit
from pipelines.commit_point import RunFacts
from pipelines.counted import counted
from pipelines.dispositions import Disposition
from pipelines.errors import SEVEREST_FIRST, CitynewsError, PortalUnavailable, Unhealthy
from pipelines.ledger.addresses import RunKind
from pipelines.ledger.completeness import LINKS, article_addresses, completeness
from pipelines.manifest import Status
from pipelines.report.page import report_page
from pipelines.report.standing import figures
from pipelines.urls import host

FAILURES = 100
"""Most kinds of failure that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What one run did, and how the archive stands."""

    portal: str
    run: str
    archive: str
    status: Status
    """As in the manifest of the run."""
    exit_code: int
    reason: str | None
    """One sentence where the exit code is not 0."""
    kind: RunKind
    """Whether the run asked everything that is known (``sweep``) or what was due (``ordinary``)."""
    sums: Mapping[str, Mapping[str, int]]
    articles: int
    versions: int
    rejections: int
    captures: int
    warc_files: int
    """Files that this run sealed."""
    warc_bytes: int
    manifest: str | None
    manifest_sha256: str | None
    signed: bool = False
    """Whether the manifest was signed."""
    events: Mapping[str, int] = field(default_factory=dict)
    """By kind, what the run brought to the table ``events``."""
    sources: Mapping[str, Any] = field(default_factory=dict)
    """Which sources listed news, which were missing, and what was used instead."""
    completeness: Mapping[str, Any] = field(default_factory=dict)
    """What each way of finding articles knows, and what one knows and another does not; empty for a
    run that was stopped."""
    answer_key: Mapping[str, Any] = field(default_factory=dict)
    """How far what was read agrees with what REST and feeds say, field by field, and the worst."""
    estimate: Mapping[str, int] = field(default_factory=dict)
    """What the run was thought to be before most of it was asked: requests, seconds, megabytes
    of WARC; empty for a run that was too small for one."""
    failures: Sequence[Mapping[str, Any]] = ()
    """What failed in this run, by class and host, most addresses first, each with an example."""
    latencies: Mapping[str, Any] = field(default_factory=dict)
    """How long the answers took, host by host."""
    health: tuple[str, ...] = field(default=())
    """The checks that failed, in words."""
    notes: tuple[str, ...] = field(default=())
    """What else is to be known of the run: a Crawl-delay that was cut, an exception that was made."""
    accepted: tuple[str, ...] = field(default=())
    """Checks that failed once and were accepted, in words; the portal is compared with what it was then."""
    duration_ms: int

    def as_json(self) -> dict[str, Any]:
        """As ``--json`` prints it and ``run.json`` keeps it."""
        return asdict(self)


def summary_of(session: Session, facts: RunFacts, done: Commit, files: Iterable[Path]) -> RunSummary:
    """The summary of a run that was committed, its failures apart; ``files`` are those that it sealed."""
    sealed = [path.stat().st_size for path in files]
    code, reason = verdict(session, done)
    return RunSummary(
        portal=session.archive.portal.slug,
        run=facts.run_id,
        archive=str(session.archive.root),
        status=done.status,
        exit_code=code,
        reason=reason,
        sums=facts.sums,
        articles=done.rows.get("articles", 0),
        versions=done.rows.get("versions", 0),
        rejections=done.rows.get("rejections", 0),
        captures=done.rows.get("captures", 0),
        warc_files=len(sealed),
        warc_bytes=sum(sealed),
        kind="sweep" if session.sweep else "ordinary",
        manifest=done.path.name,
        manifest_sha256=done.sha256,
        events=done.events,
        sources=session.sources.as_json(session.portal.sources) if session.portal.detected_at else {},
        completeness=completeness_of(session),
        estimate=session.forecast.told,
        latencies=session.sink.latencies.as_json(),
        health=tuple(check.sentence for check in done.health),
        notes=tuple(session.notes),
        accepted=done.accepted,
        duration_ms=round((datetime.now(UTC) - facts.started).total_seconds() * 1000),
        answer_key=done.answer_key.as_json(),
    )


def write_reports(
    folder: Path, summary: RunSummary, archive: Archive, *, options: RunOptions, started: datetime
) -> None:
    """Write ``run.json`` (the summary, and what the run was asked to do) and ``report.html``."""
    portal = archive.portal
    asked = options.as_json() | {
        "loopback": is_loopback(portal.seed),
        "contact": options.contact or portal.contact,
    }
    value = {**summary.as_json(), "started": instant(started), "options": asked}
    write_durably(folder / "run.json", (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
    page = report_page(value, figures(archive, datetime.now(UTC)))
    write_durably(folder / "report.html", page.encode())


def completeness_of(session: Session) -> dict[str, Any]:
    """What each way of finding articles knows. Links lead to every article only where all pages were
    asked for them; feeds never do."""
    if session.left_work or session.ending is not None:
        return {}
    ways: set[str] = {str(source.kind) for source in session.portal.sources} & {"rest", "sitemap"}
    ways |= {LINKS} if session.sweep else set()
    return completeness(session.ledger.pages(), article_addresses(session.archive.root), ways)


def verdict(session: Session, done: Commit) -> tuple[int, str | None]:
    """Exit code and sentence of a run that was committed (RULES, "Exit codes"). Where it ended early and is
    unhealthy as well, the severer of both codes; the sentence says both."""
    told = [*_end(session, done), *_unhealthy(done)]
    told.sort(key=lambda end: SEVEREST_FIRST.index(end[0]))
    return (told[0][0], "; besides, ".join(reason for _, reason in told)) if told else (0, None)


def _end(session: Session, done: Commit) -> Iterator[tuple[int, str]]:
    """Why the crawl is not what it was to be."""
    if session.ending is not None:
        yield session.ending.exit_code, session.ending.reason
    elif not session.asked and session.refusal is not None and not session.resume:
        yield PortalUnavailable.exit_code, session.refusal
    elif session.faults:
        yield (
            CitynewsError.exit_code,
            f"an error of citynews kept {counted(len(session.faults), 'answer')} from being used "
            f"(the first: {session.faults[0]}); please report it",
        )
    elif _never_any(done) and (not done.health or _no_article(done)):
        yield PortalUnavailable.exit_code, _no_news(session, done)


def _unhealthy(done: Commit) -> Iterator[tuple[int, str]]:
    """Which checks failed; that a portal which never had a row gives none is told by its end."""
    if done.health and not (_never_any(done) and _no_article(done)):
        found = "; ".join(check.sentence for check in done.health)
        yield Unhealthy.exit_code, f"the run is unhealthy: {found}; the tables stay as they were"


def _never_any(done: Commit) -> bool:
    return not done.rows.get("articles") and not done.articles_before


def _no_article(done: Commit) -> bool:
    return any(check.check == "no_article" for check in done.health)


def _no_news(session: Session, done: Commit) -> str:
    """Why a first crawl has no rows (RULES, "Is it an article?")."""
    found = f"no news was found at {session.portal.seed}: "
    if done.undated == 1:
        return found + (
            "1 page reads as an article, but prints no date, and no news sitemap, feed or REST lists it: it "
            "cannot be told from other pages"
        )
    if done.undated:
        return found + (
            f"{done.undated} pages read as articles, but print no date, and "
            "no news sitemap, feed or REST lists them: they cannot be told from other pages"
        )
    if session.asked == 1:
        return found + "the only answer does not read as an article; check the address"
    return found + f"none of {session.asked} answers reads as an article; check the address"


def failures_of(lines: Iterable[Disposition]) -> tuple[dict[str, Any], ...]:
    """What failed in a run by class and host, most addresses first, each with one of them.

    Args:
        lines: what became of each address in the run.
    """
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.verdict == "failed":
            where = (line.reason or "unknown", host(line.url))
            counts[where] += 1
            examples.setdefault(where, line.url)
    return tuple(
        {"why": why, "host": at, "count": count, "example": examples[why, at]}
        for (why, at), count in counts.most_common(FAILURES)
    )
