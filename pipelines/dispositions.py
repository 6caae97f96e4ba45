"""What became of each address in a run, as the run's last WARC record says it.

One ``resource`` record per run, ``urn:citynews:run:<id>:dispositions``, JSON
lines. The first line names the run; the others follow in order of address, one
for each address with which something happened in the run. An address without a
line keeps its last one and counts as ``not_due``, so the sums of a run are a
fold of its lines (:func:`sums`). Keys that are not understood are kept.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pipelines.archive import instant, moment_of
from pipelines.errors import IntegrityError
from pipelines.warc.record import Record, make_record, sha256_digest

FORMAT = 1
CONTENT_TYPE = "application/jsonl"
VERDICTS = ("captured", "confirmed", "not_due", "excluded", "failed", "pending")
REQUISITES = ("requisite", "robots")
"""Kinds of address that have a sum of their own; pages and sources have the other."""

GONE = (404, 410)
"""Statuses that say that there is nothing (any more) at an address."""
_NOTHING: dict[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """One line: an address and its fate in a run."""

    url: str
    """Verbatim."""
    verdict: str
    """captured, confirmed, excluded, failed, pending, or not_due: known, and left to a later run."""
    reason: str | None = None
    """Why excluded, which failure, why it is still pending or was left."""
    kind: str = "page"
    """page, source, robots or requisite."""
    found_by: tuple[str, ...] = ()
    """sitemap, feed, rest, listing, related, seed, urls, requisite, import."""
    found_on: str | None = None
    """The address where it was first found."""
    first_seen: datetime | None = None
    asked_at: datetime | None = None
    """WARC-Date of its last exchange."""
    record: str | None = None
    """Id of the last exchange's record."""
    robots_record: str | None = None
    """Id of the robots.txt record by which it was judged."""
    next_due: datetime | None = None
    walked: bool = True
    """False where it was captured, but the run ended before its links were taken."""
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """Keys of another version, kept as they were."""


def judge(
    *, status: int | None, complete: bool, error: str | None, answer_digest: str, last_answer: str | None
) -> tuple[str, str | None]:
    """Verdict and reason of an exchange (RULES, "Dispositions and the equation").

    Args:
        last_answer: digest of the same address's last captured answer.
    """
    if error is not None:
        return "failed", error
    if status is None or not complete:
        return "failed", "protocol"
    if not counts_as_captured(status):
        return "failed", f"http_{status}"
    if last_answer is not None and (status == 304 or answer_digest == last_answer):
        return "confirmed", None
    return "captured", None


def speaks_of_nothing(status: int | None, *, repeats: bool) -> bool:
    """Whether an answer is a 304 that speaks of no stored one (``repeats``: it does): nobody asked whether
    that had changed, or the tag is another one's. It confirms nothing, and there is no page in it."""
    return status == 304 and not repeats


def counts_as_captured(status: int) -> bool:
    """Whether a whole answer of this status is a capture: 2xx, 3xx, 404 or 410."""
    return 200 <= status < 400 or status in GONE


def answer_digest(status: int | None, location: str | None, payload_digest: str) -> str:
    """What must be equal for an answer to confirm the last one: status, target and payload."""
    return sha256_digest(f"{status} {location or ''} {payload_digest}".encode())


Told = tuple[str, str, str | None]
"""Kind, verdict and reason of a line: what the sums count."""


def count(lines: Iterable[Disposition]) -> Counter[Told]:
    """How many lines say the same."""
    return Counter((line.kind, line.verdict, line.reason) for line in lines)


def sums(known: Mapping[str, int], told: Mapping[Told, int]) -> dict[str, dict[str, int]]:
    """The two sums of a run.

    Args:
        known: how many addresses of each kind are known at the run's end.
        told: :func:`count` of the run's lines; what has no line is ``not_due``.

    Returns:
        ``pages`` (pages and sources) and ``requisites`` (requisites and robots.txt), each
        with ``known`` and the counts that add up to it: captured, confirmed, not_due,
        pending, ``excluded.<reason>`` and ``failed.<class>``.
    """
    counts: dict[str, Counter[str]] = {"pages": Counter(), "requisites": Counter()}
    total = Counter({"pages": 0, "requisites": 0})
    for kind, number in known.items():
        total[sum_of(kind)] += number
    for (kind, verdict, reason), number in told.items():
        divided = verdict in ("excluded", "failed")
        counts[sum_of(kind)][f"{verdict}.{reason}" if divided else verdict] += number
    return {name: _sum(total[name], counts[name]) for name in counts}


def sum_of(kind: str) -> str:
    """In which of the two sums an address counts."""
    return "requisites" if kind in REQUISITES else "pages"


def dispositions_record(
    run_id: str,
    started: datetime,
    ended: datetime,
    lines: Iterable[Disposition],
    warc_date: datetime,
    *,
    rebuilt: bool = False,
    facts: Mapping[str, Any] = _NOTHING,
) -> Record:
    """The record that closes a run.

    Args:
        rebuilt: the ledger was gone, so the lines come from the run's records and lack what left
            no answer.
        facts: what else the first line says of the run, as :meth:`pipelines.ledger.addresses.RunState.facts`.
    """
    head: dict[str, Any] = {"format": FORMAT, "run": run_id, "started": instant(started)}
    head["ended"] = instant(ended)
    head |= facts
    if rebuilt:
        head["rebuilt"] = True
    ordered = sorted(lines, key=lambda line: line.url)
    block = b"".join(_json_line(value) for value in (head, *map(_to_json, ordered)))
    return make_record(
        "resource", warc_date, block, CONTENT_TYPE,
        ("WARC-Target-URI", f"urn:citynews:run:{run_id}:dispositions"),
        ("WARC-Payload-Digest", sha256_digest(block)),
    )  # fmt: skip


def read_head(block: bytes) -> dict[str, Any]:
    """The first line: format, run, started, ended, rebuilt, and what the run was.

    Raises:
        IntegrityError: it is none, or of a format that is not understood.
    """
    head = _parsed(block.partition(b"\n")[0])
    if head.get("format") != FORMAT:
        raise IntegrityError(f"dispositions of format {head.get('format')!r}; a newer citynews wrote them")
    return head


def read_dispositions(block: bytes, known: Mapping[str, str] = _NOTHING) -> list[Disposition]:
    """The lines of a dispositions record, without the first.

    Args:
        block: of the record.
        known: addresses and ids that the caller holds, each to itself: the lines share these strings.

    Raises:
        IntegrityError: a line is no disposition.
    """
    read_head(block)
    lines = BytesIO(block)
    lines.readline()
    return [_from_json(_parsed(line), known) for line in lines]


def _sum(known: int, counts: Counter[str]) -> dict[str, int]:
    fixed = dict.fromkeys(("captured", "confirmed", "not_due", "pending"), 0)
    not_due = known - counts.total() + counts["not_due"]
    return {"known": known, **fixed, **dict(sorted(counts.items())), "not_due": not_due}


def _to_json(line: Disposition) -> dict[str, Any]:
    value: dict[str, Any] = {
        "url": line.url, "verdict": line.verdict, "reason": line.reason, "kind": line.kind,
        "found_by": list(line.found_by), "found_on": line.found_on,
        "first_seen": _instant(line.first_seen), "asked_at": _instant(line.asked_at),
        "record": line.record, "robots_record": line.robots_record,
        "next_due": _instant(line.next_due),
    }  # fmt: skip
    if not line.walked:
        value["walked"] = False
    return {**line.unknown, **value}


def _from_json(value: dict[str, Any], known: Mapping[str, str]) -> Disposition:
    try:
        url, record = value.pop("url"), value.pop("record", None)
        return Disposition(
            url=known.get(url, url), verdict=_shared(value.pop("verdict")),
            reason=_shared(value.pop("reason", None)), kind=_shared(value.pop("kind", "page")),
            found_by=tuple(map(_shared, value.pop("found_by", ()))),
            found_on=_shared(value.pop("found_on", None)), first_seen=_moment(value.pop("first_seen", None)),
            asked_at=_moment(value.pop("asked_at", None)), record=known.get(record, record),
            robots_record=_shared(value.pop("robots_record", None)),
            next_due=_moment(value.pop("next_due", None)),
            walked=value.pop("walked", True), unknown=value or _NOTHING,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise IntegrityError(f"a line of the dispositions is not understood: {error}") from None


def _shared(value: Any) -> Any:
    """A string that stands in many lines, held in memory once."""
    return sys.intern(value) if type(value) is str else value


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise IntegrityError("a line of the dispositions is no JSON") from None
    if not isinstance(value, dict):
        raise IntegrityError("a line of the dispositions is no JSON object")
    return value


def _json_line(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _instant(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None


def _moment(text: str | None) -> datetime | None:
    return moment_of(text).astimezone(UTC) if text else None
