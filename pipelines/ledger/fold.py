"""The ledger as a fold: what the records of a run say, entered in their order.

Of each exchange one entry, and of the dispositions that close the run what they tell. A run that left none is
known by its records alone, and stays unended until recovery closes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.dispositions import answer_digest, read_dispositions, read_head, speaks_of_nothing
from pipelines.importing.origins import names_itself
from pipelines.ledger.addresses import RunState
from pipelines.ledger.entries import Ledger
from pipelines.ledger.imported import enter_imported
from pipelines.warc.framing import parse_name
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import Damage, capture_of_record, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What the files of a run hold."""

    told: bool
    """Whether the run's dispositions are among their records."""
    records: frozenset[str]
    """Ids of all sound records."""


def fold_run(ledger: Ledger, paths: Iterable[Path], damage: list[Damage]) -> Folded:
    """Enter into ``ledger``, whose run has begun, what the run's files say and it does
    not know yet. ``damage`` takes what cannot be read."""
    told = False
    ids: set[str] = set()
    group: list[StoredRecord] = []
    for stored, imported in _records(paths, damage):
        ids.add(stored.ref.warc_record_id)
        if imported:
            enter_imported(ledger, stored)
            continue
        if stored.concurrent_to is None:
            _enter(ledger, group)
            group = []
        if stored.type in ("request", "response", "revisit", "metadata"):
            group.append(stored)
        elif is_dispositions(stored):
            told = True
            _learn(ledger, stored.block)
    _enter(ledger, group)
    return Folded(told=told, records=frozenset(ids))


def _records(paths: Iterable[Path], damage: list[Damage]) -> Iterator[tuple[StoredRecord, bool]]:
    """All records, and of each whether its file was imported."""
    for path in paths:
        name, imported = parse_name(path.name), not names_itself(path)
        for stored in read_records(path, warc_filename=name.filename if name else None, damage=damage):
            yield stored, imported


def is_dispositions(stored: StoredRecord) -> bool:
    """Whether a record closes a run."""
    uri = stored.target_uri or ""
    return stored.type == "resource" and uri.startswith("urn:citynews:run:") and uri.endswith(":dispositions")


def _learn(ledger: Ledger, block: bytes) -> None:
    for line in read_dispositions(block):
        ledger.learn(line)
    head = read_head(block)
    state = RunState(
        started=datetime.fromisoformat(head["started"]),
        kind=head.get("kind"),
        queued=head.get("queued", False),
        complete=head.get("complete", False),
    )
    ledger.told(state, rebuilt=head.get("rebuilt", False))


def _hold(ledger: Ledger, answer: StoredRecord, digest: str) -> None:
    """What later answers may refer to, as the crawl notes it (``Revisits.kept``)."""
    url = answer.target_uri or ""
    if answer.type == "response":
        ledger.payloads.answered(url, answer.block, answer.ref, digest)
    else:
        ledger.payloads.repeated(url, answer.get("WARC-Refers-To-Target-URI") or "")


def _enter(ledger: Ledger, group: list[StoredRecord]) -> None:
    """One exchange, unless the ledger knows it or a later one of the same run."""
    answer = next((r for r in group if r.type in ("response", "revisit")), None)
    facts = next((r.fields for r in group if r.type == "metadata" and r.fields and not r.tombstone), None)
    if answer is None and facts is None:
        return
    first = group[0]
    url = first.target_uri or ""
    known = ledger.get(url)
    if known and known.run == ledger.run and known.asked_at and known.asked_at >= first.date:
        return
    if facts and facts.get("found_by") == "requisite":
        ledger.observe(url, kind="requisite", found_by="requisite", found_on=facts.get("found_on"))
    capture = capture_of_record(answer, crawl_id="") if answer else None
    error = (facts or {}).get("error")
    if answer and capture and error is None and capture.truncated is None:
        _hold(ledger, answer, capture.payload_digest)
    ledger.exchanged(
        url,
        asked_at=first.date,
        ref=(answer or group[-1]).ref,
        status=capture.status if capture else None,
        answer_digest=(
            answer_digest(capture.status, capture.location, capture.payload_digest) if capture else ""
        ),
        complete=capture is not None
        and error is None
        and capture.truncated is None
        and not speaks_of_nothing(capture.status, repeats=capture.record_type == "revisit"),
        error=error,
    )
