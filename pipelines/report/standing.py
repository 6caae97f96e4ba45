"""How an archive stands, out of what lies in it. Only read; what is derived may be gone.

Nothing here needs the whole chain or the ledger, so that a look at some hundred archives is quick and
disturbs no run.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.archive import TABLES, Archive
from pipelines.errors import Forced
from pipelines.manifest import newest

KINDS: Mapping[str, str] = {
    "warc": "evidence",
    "manifests": "evidence",
    "archive.json": "evidence",
    "indexes": "indexes",
    "ledger.sqlite3": "indexes",
    "ledger.sqlite3.sha256": "indexes",
    "SHA256SUMS": "indexes",
    "runs": "reports",
    "spool": "in work",
    "staging": "in work",
    "quarantine": "in work",
    **dict.fromkeys(TABLES, "tables"),
}
"""What the parts of an archive's folder are, by their name in it."""
SPANS: tuple[tuple[str, timedelta], ...] = (
    ("now", timedelta()),
    ("in a day", timedelta(days=1)),
    ("in a week", timedelta(weeks=1)),
    ("in 30 days", timedelta(days=30)),
)
"""By when addresses become due; what is due after the last is ``later``."""
CHANGE = ("kind", "url", "changed", "words_added", "words_removed", "target_url")
"""What a report shows of an event."""
FIELDS = (
    "lead", "byline", "authors", "published_date", "published_at", "modified_at",
    "sections", "tags", "images", "photo_credits", "related", "source",
)  # fmt: skip
"""Fields of an article whose coverage a report shows."""
RUNS_SHOWN = 30
"""Most runs in the charts of a report."""
WEEKS = 8
"""Weeks of the trend."""
UNJUDGED = "not judged, since no answer could be used"
"""What is said of the health of a run that asked in vain."""

State = Literal["ended", "at work", "cut off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The newest run that left anything."""

    run: str
    state: State
    report: Mapping[str, Any]
    """What it reported; empty where it did not come to that."""

    @property
    def exit_code(self) -> int | None:
        """The code with which it ended: that of a forced end where it was cut off; ``None`` at work."""
        if self.state == "cut off":
            return Forced.exit_code
        code = self.report.get("exit_code")
        return code if isinstance(code, int) else None

    @property
    def reason(self) -> str | None:
        """One sentence where it did not end with 0."""
        if self.state == "cut off":
            return "the last run was killed, or the machine went down; the next one takes up what it captured"
        return self.report.get("reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the report of a run shows beside what the run says itself."""

    runs: Sequence[Mapping[str, Any]] = ()
    """The reports of the last runs, oldest first, this one at the end."""
    per_month: Mapping[str, int] = field(default_factory=dict)
    """Articles by month of publication, oldest first."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Of how many articles each field is known."""
    articles: int = 0
    """Rows of the tables in place."""
    disk: Mapping[str, int] = field(default_factory=dict)
    """Bytes by kind."""
    changes: Sequence[Mapping[str, Any]] = ()
    """Rows of ``events`` that the newest run brought or confirmed: kind, url, changed, words, target_url."""
    due: Mapping[str, int] = field(default_factory=dict)
    """Addresses by when they are due."""


def how_it_ended(status: str, exit_code: int | None) -> str:
    """A run's end in a word: a manifest calls a run *complete* that leaves the next one nothing to take
    up, also where the portal could not be crawled; for people that one *failed*."""
    return "failed" if status == "complete" and exit_code else status


def is_judged(sums: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether there was anything for the checks of health to judge.

    Args:
        sums: what became of the addresses, as in the manifest of a run.
    """
    pages = sums.get("pages", {})
    return not pages.get("known") or bool(pages.get("captured", 0) + pages.get("confirmed", 0))


def health_line(failed: Sequence[str], sums: Mapping[str, Mapping[str, int]]) -> str:
    """The checks that failed in a run, in words; ``good`` where none did, and anything was judged."""
    return "; ".join(failed) or ("good" if is_judged(sums) else UNJUDGED)


def last_run(archive: Archive) -> LastRun | None:
    """The newest run, ended or not; ``None`` where there was none."""
    runs = run_names(archive)
    if not runs:
        return None
    told = report(archive, runs[-1])
    state: State = "ended" if told else "at work" if at_work(archive) else "cut off"
    return LastRun(run=runs[-1], state=state, report=told)


def run_names(archive: Archive) -> list[str]:
    """The runs that left a folder, oldest first, as their names sort."""
    with suppress(OSError):
        return sorted(entry.name for entry in os.scandir(archive.runs) if entry.is_dir())
    return []


def report(archive: Archive, run_id: str) -> dict[str, Any]:
    """What a run reported; empty where that is gone."""
    try:
        value = json.loads((archive.runs / run_id / "run.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def at_work(archive: Archive) -> bool:
    """Whether a run holds the archive's lock, by the kernel's list: trying it could keep a run from it."""
    with suppress(OSError, ValueError):
        held = (archive.root / ".lock").stat()
        place = f"{os.major(held.st_dev):02x}:{os.minor(held.st_dev):02x}:{held.st_ino}"
        return any(place in line.split() for line in Path("/proc/locks").read_text("ascii").splitlines())
    return False


def disk(root: Path) -> dict[str, int]:
    """Bytes of an archive's files by what they are, all kinds named."""
    found = Counter(dict.fromkeys(KINDS.values(), 0))
    for name, size in _sizes(root):
        found[KINDS.get(name.partition("/")[0].removesuffix("-wal"), "other")] += size
    return dict(found)


def _sizes(root: Path, below: str = "") -> Iterator[tuple[str, int]]:
    """Every file's path relative to the archive, and its length. What vanishes meanwhile is passed over."""
    with suppress(OSError):
        for entry in os.scandir(root / below):
            name = f"{below}/{entry.name}" if below else entry.name
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(root, name)
                else:
                    yield name, entry.stat(follow_symlinks=False).st_size


def due(root: Path, now: datetime) -> dict[str, int]:
    """How many pages and sources become due by when, as the tables in place know them."""
    found = Counter(dict.fromkeys((*(name for name, _ in SPANS), "later"), 0))
    for batch in _columns(root, "coverage", "kind", "verdict", "next_due"):
        for row in batch.to_pylist():
            if row["kind"] in ("page", "source") and row["verdict"] != "excluded":
                found[_span(row["next_due"], now)] += 1
    return dict(found)


def _span(moment: datetime | None, now: datetime) -> str:
    left = moment - now if moment else timedelta()
    return next((name for name, span in SPANS if left <= span), "later")


def per_week(root: Path, today: date, weeks: int = WEEKS) -> dict[str, int]:
    """How many articles were published in each of the last weeks, by the Monday that each begins with."""
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=n) for n in reversed(range(weeks))]
    found = Counter(dict.fromkeys(mondays, 0))
    for batch in _columns(root, "articles", "published_date", since=mondays[0]):
        for day in batch.column("published_date").to_pylist():
            if day is not None and (monday := day - timedelta(days=day.weekday())) in found:
                found[monday] += 1
    return {monday.isoformat(): count for monday, count in found.items()}


def per_month(root: Path) -> dict[str, int]:
    """How many articles were published in each month, oldest first; months without any are there too."""
    found: Counter[str] = Counter()
    for batch in _columns(root, "articles", "published_date"):
        found.update(day.isoformat()[:7] for day in batch.column("published_date").to_pylist() if day)
    return {month: found[month] for month in months(min(found), max(found))} if found else {}


def known_fields(root: Path) -> dict[str, int]:
    """Of how many articles in the tables each field is known: not null, and no empty list."""
    found = Counter(dict.fromkeys(FIELDS, 0))
    for batch in _columns(root, "articles", *FIELDS):
        for name in FIELDS:
            column = batch.column(name)
            lists = pa.types.is_list(column.type)
            known = pc.greater(pc.list_value_length(column), 0) if lists else pc.is_valid(column)
            found[name] += pc.sum(known).as_py() or 0
    return dict(found)


def figures(archive: Archive, now: datetime) -> Figures:
    """How an archive stands now, for the report of its newest run."""
    root, runs = archive.root, run_names(archive)
    last = newest(archive)
    articles = last.manifest.tables.get("articles") if last else None
    return Figures(
        runs=tuple(report(archive, run) for run in runs[-RUNS_SHOWN:]),
        changes=changes_of(root, runs[-1]) if runs else (),
        per_month=per_month(root),
        fields=known_fields(root),
        articles=articles.rows if articles else 0,
        disk=disk(root),
        due=due(root, now),
    )


def changes_of(root: Path, run: str) -> tuple[dict[str, Any], ...]:
    """The rows of ``events`` that a run brought or confirmed, what was published last."""
    columns = ("crawl_id", "confirmed_crawl_id", *CHANGE)
    rows = (row for batch in _columns(root, "events", *columns) for row in batch.to_pylist())
    found = [row for row in rows if run in (row["crawl_id"], row["confirmed_crawl_id"])]
    return tuple(sorted(found, key=lambda row: (row["kind"] == "published", row["kind"], row["url"])))


def months(first: str, last: str) -> list[str]:
    """All months from one to another, ``YYYY-MM``."""
    numbers = [int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last)]
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(numbers[0], numbers[1] + 1)]


def _columns(root: Path, table: str, *names: str, since: date | None = None) -> Iterator[pa.RecordBatch]:
    """Some columns of a table in place; of the months from ``since`` on. A file that cannot be read is
    passed over: ``verify`` says what is wrong with it."""
    for path in sorted((root / table).glob("archived_month=*/*.parquet")):
        month = path.parent.name.partition("=")[2]
        if since is not None and month < f"{since:%Y-%m}":
            continue
        with suppress(OSError, pa.ArrowException), pq.ParquetFile(path) as file:
            yield from file.iter_batches(columns=list(names))
