"""What a run reports: its summary, its exit code with one sentence, and its log."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crawler.counted import counted
from crawler.session import Session
from pipelines.commit import Commit
from pipelines.dispositions import Disposition
from pipelines.errors import CitynewsError, PortalUnavailable, Unhealthy
from pipelines.ledger.addresses import RunKind
from pipelines.ledger.completeness import LINKS, article_addresses, completeness
from pipelines.manifest import Status
from pipelines.urls import host

FAILURES = 100
"""Most kinds of failure that are told."""
LOGS = 60
"""Runs whose logs are kept, the newest."""
LOG_BYTES = 50_000_000
"""Most bytes of logs that are kept; the log of the run at work counts, and stays however long it gets."""

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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


def completeness_of(session: Session) -> dict[str, Any]:
    """What each way of finding articles knows. Links lead to every article only where all pages were
    asked for them; feeds never do."""
    if session.left_work or session.ending is not None:
        return {}
    ways: set[str] = {str(source.kind) for source in session.portal.sources} & {"rest", "sitemap"}
    ways |= {LINKS} if session.sweep else set()
    return completeness(session.ledger.pages(), article_addresses(session.archive.root), ways)


def verdict(session: Session, done: Commit) -> tuple[int, str | None]:
    """Exit code and sentence of a run that was committed (RULES, "Exit codes")."""
    if session.ending is not None:
        return session.ending.exit_code, session.ending.reason
    if not session.asked and session.refusal is not None and not session.resume:
        return PortalUnavailable.exit_code, session.refusal
    if session.faults:
        return CitynewsError.exit_code, (
            f"an error of citynews kept {counted(len(session.faults), 'answer')} from being used "
            f"(the first: {session.faults[0]}); please report it"
        )
    read = all(check.check != "no_article" for check in done.health)
    if not done.rows.get("articles") and not done.articles_before and not (done.health and read):
        return PortalUnavailable.exit_code, _no_news(session, done)
    if done.health:
        found = "; ".join(check.sentence for check in done.health)
        return Unhealthy.exit_code, f"the run is unhealthy: {found}; the tables stay as they were"
    return 0, None


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


class _Escaped(logging.Formatter):
    """One line per message, whatever stands in an address: no control characters reach a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return _CONTROL.sub(lambda c: c[0].encode("unicode_escape").decode(), super().format(record))


@contextmanager
def log_to(path: Path) -> Iterator[None]:
    """Let everything that is logged go to a file of the run, and nothing to standard error."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_Escaped("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def forget_logs(runs: Path, *, keep: str) -> None:
    """Remove the logs of old runs: all but the newest LOGS, and of these what is over LOG_BYTES.

    Only ``crawl.log`` goes. Reports stay, and evidence is nowhere near.

    Args:
        runs: the folder of an archive's runs.
        keep: the run at work, whose log stays.
    """
    left, room = LOGS, LOG_BYTES
    for log in sorted(runs.glob("*/crawl.log"), reverse=True):
        left, room = left - 1, room - log.stat().st_size
        if log.parent.name != keep and (left < 0 or room < 0):
            log.unlink()
