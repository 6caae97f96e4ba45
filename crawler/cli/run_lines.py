"""What a run made, in lines for people: printed by ``crawl`` and ``demo``, and in part by ``status``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.counted import counted

if TYPE_CHECKING:
    from crawler.importing import ImportSummary
    from crawler.report import RunSummary

KINDS = {"sweep": "everything that is known", "ordinary": "what was due"}
SUMS = {"pages": "pages and sources", "requisites": "requisites and robots.txt"}


def run_lines(summary: RunSummary) -> list[str]:
    """What a run made, for people."""
    from crawler.discovery.tally import sources_lines
    from pipelines.ledger.completeness import lines as completeness_lines
    from pipelines.report.standing import health_line, how_it_ended

    ended = how_it_ended(summary.status, summary.exit_code)
    asked = "was to be asked" if ended in ("interrupted", "failed") else "was asked"
    lines = [
        f"{summary.portal}: run {summary.run} {ended}",
        f"  {KINDS[summary.kind]} {asked}",
        *(f"  {SUMS.get(name, name)}: {sum_line(part)}" for name, part in summary.sums.items()),
        *(f"  {line}" for line in sources_lines(summary.sources)),
        *(f"  {line}" for line in completeness_lines(summary.completeness)),
        f"  WARC files sealed: {summary.warc_files} ({size(summary.warc_bytes)})",
        f"  {now_line(summary)}",
        f"  events: {events_line(summary.events)}",
        *(f"  note: {note}" for note in summary.notes),
        f"  health: {health_line(summary.health, summary.sums)}",
        *(f"  {sentence}" for sentence in summary.accepted),
        f"  answer key: {answer_key_line(summary.answer_key)}",
    ]
    if summary.manifest:
        signed = ", signed" if summary.signed else ""
        lines.append(f"  manifest {summary.manifest} sha256 {summary.manifest_sha256}{signed}")
    return [*lines, f"  in {summary.archive}"]


def now_line(summary: RunSummary | ImportSummary) -> str:
    """How many rows the tables have."""
    kinds = ("article", "version", "rejection", "capture")
    return "the archive now: " + ", ".join(counted(getattr(summary, f"{kind}s"), kind) for kind in kinds)


def sum_line(addresses: Mapping[str, int]) -> str:
    """The equation of one sum: every known address is in one of its parts.

    ``excluded.x`` and ``failed.x`` are added up, with their kinds in brackets.
    """
    parts = []
    for name in ("captured", "confirmed", "not_due", "excluded", "failed", "pending"):
        kinds = {k.partition(".")[2]: n for k, n in addresses.items() if k.startswith(name + ".") and n}
        count = addresses.get(name, 0) + sum(kinds.values())
        told = ", ".join(f"{kind} {n}" for kind, n in kinds.items())
        parts.append(f"{count} {name.replace('_', ' ')}" + (f" ({told})" if told else ""))
    return f"{addresses.get('known', 0)} known = " + " + ".join(parts)


def events_line(events: Mapping[str, int]) -> str:
    """What happened, as this run found it: ``2 edited, 1 moved, 2 suspected removed``."""
    names = {"removal_suspected": "suspected removed"}
    return ", ".join(f"{count} {names.get(kind, kind)}" for kind, count in events.items()) or "none"


def answer_key_line(key: Mapping[str, Any]) -> str:
    """How far what was read agrees with what REST and feeds say, field by field."""
    shares = {n: s for n, s in key.items() if isinstance(s, Mapping) and "compared" in s}
    if not any(share["compared"] for share in shares.values()):
        return "none, neither REST nor a feed lists an article"
    line = ", ".join(f"{n} {s['agree']} of {s['compared']}" for n, s in shares.items() if s["compared"])
    silent = " and ".join(name for name, share in shares.items() if not share["compared"])
    line = f"agrees on {line}" + (f"; {silent} not compared" if silent else "")
    count = key.get("undated", 0)
    undated = counted(count, "article has no date of its own", "articles have no date of their own")
    return line + (f"; {undated}, REST or a feed states one" if count else "")


def size(count: int) -> str:
    """Bytes as people say them: ``812 B``, ``14.2 kB``, ``3.1 MB``, ``1.5 GB``."""
    number = float(count)
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
