"""What happens to an address: each event as a change of its row."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pipelines import dispositions as lines
from pipelines.archive import instant
from pipelines.dispositions import Disposition
from pipelines.ledger import due
from pipelines.ledger.addresses import COLUMNS, Address, Kind, kind_of, text_of
from pipelines.ledger.runs import Runs
from pipelines.model import RecordRef

_NO_PAGE = (("excluded", "not_a_page"), ("excluded", "out_of_scope"))
"""Verdicts on pages that say nothing about requisites."""


class Ledger(Runs):
    """Every address known and its fate, for one run at a time (:meth:`begin`).

    Open one with :func:`pipelines.ledger.open_ledger`, which checks and mends the file.
    """

    def observe(
        self,
        url: str,
        *,
        kind: Kind = "page",
        found_by: str | None = None,
        found_on: str | None = None,
        seen: datetime | None = None,
    ) -> bool:
        """An address was seen, now or at ``seen``. Returns whether it is new; a new one is pending."""
        row = self._db.execute("SELECT found_by FROM addresses WHERE url = ?", (url,)).fetchone()
        if row is None:
            finders = json.dumps([found_by] if found_by else [])
            self._db.execute(
                f"INSERT INTO addresses ({COLUMNS}) VALUES"
                " (?, ?, 'pending', NULL, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, 1, ?, NULL, 0, NULL)",
                (url, kind, finders, found_on, instant(seen or datetime.now(UTC)), self.run),
            )
            return True
        finders = json.loads(row[0])
        if found_by and found_by not in finders:
            self._set(url, found_by=json.dumps([*finders, found_by]))
        return False

    def require(self, url: str, *, found_on: str | None) -> bool:
        """A page needs an address to be shown. Returns whether it is to be asked: where nobody knew
        it, or where it was only left out as a page."""
        if self.observe(url, kind="requisite", found_by="requisite", found_on=found_on):
            return True
        row = self.get(url)
        if row is None or (row.verdict, row.reason) not in _NO_PAGE:
            return False
        self._judge(url, "pending", None, None)
        self._set(url, kind="requisite", found_on=found_on)
        return True

    def is_requisite(self, url: str) -> bool:
        """Whether an address is known, and only as something that a page needs."""
        return self.known_kind(url) == "requisite"

    def known_kind(self, url: str) -> Kind | None:
        """The kind of an address, ``None`` where it is not known; cheaper than all of its row."""
        row = self._db.execute("SELECT kind FROM addresses WHERE url = ?", (url,)).fetchone()
        return row[0] if row else None

    def queue(self, url: str, kind: Kind | None = None) -> None:
        """A known address will be asked in this run (as ``kind``, if it is another than before):
        it is pending until it was."""
        self._judge(url, "pending", None, None)
        if kind is not None:
            self._set(url, kind=kind)

    def defer(self, url: str, reason: str, robots_record: str | None = None) -> None:
        """An address cannot be asked now and stays pending."""
        self._judge(url, "pending", reason, robots_record)

    def leave(self, url: str, reason: str) -> None:
        """An address is not asked in this run, and may be in the next."""
        self._judge(url, "not_due", reason, None)

    def exclude(self, url: str, reason: str, robots_record: str | None = None) -> None:
        """An address may not be asked. The same exclusion as before is no change, so
        that runs do not repeat each other's lines."""
        row = self.get(url)
        if row is None or (row.verdict, row.reason, row.robots_record) != ("excluded", reason, robots_record):
            self._judge(url, "excluded", reason, robots_record)

    def exchanged(
        self,
        url: str,
        *,
        asked_at: datetime,
        ref: RecordRef,
        status: int | None,
        answer_digest: str,
        complete: bool,
        error: str | None,
        robots_record: str | None = None,
    ) -> None:
        """An address was asked, and the evidence is durable. The last exchange of a run wins.

        Args:
            ref: the response record; without a response, the exchange's metadata record.
            answer_digest: :func:`pipelines.dispositions.answer_digest` of the answer.
            complete: whether the whole answer came.
            error: class of failure, or ``None``.
        """
        row = self.get(url)
        if row is None:
            self.observe(url, kind=kind_of(url), seen=asked_at)
            row = self.get(url)
            assert row is not None
        verdict, reason = lines.judge(
            status=status,
            complete=complete,
            error=error,
            answer_digest=answer_digest,
            last_answer=row.answer_digest,
        )
        changes: dict[str, Any] = {"verdict": verdict, "reason": reason, "run": self.run}
        changes |= {"asked_at": instant(asked_at), "record": ref.warc_record_id}
        changes |= {"robots_record": robots_record}
        if verdict == "captured":
            changes |= {"status": status, "answer_digest": answer_digest, "walked": False}
        if row.kind in ("page", "source"):
            changes |= self._when(row, asked_at, None if verdict == "failed" else status)
        self._set(url, **changes)

    def read_as(self, url: str, content: str, published: date | datetime | None) -> None:
        """An address's answer was read, and so it is known how old it is, or that it changed.

        Args:
            content: digest of what was read, and by which reader: ``READER:DIGEST``.
            published: when it was published, as far as the page or a source says so.
        """
        row = self.get(url)
        if row is None or row.asked_at is None or row.next_due is None or row.content == content:
            return
        changes: dict[str, Any] = {}
        if row.content is None and published is not None:
            changes = _rest(row.asked_at, due.after_first_reading(row.asked_at, published))
        elif row.content and row.content.partition(":")[0] == content.partition(":")[0]:
            changes = _rest(row.asked_at, due.after_change(row.next_due - row.asked_at))
        self._set(url, **changes, content=content)

    def read_as_error(self, url: str) -> None:
        """An address that was a page answered with an error that calls itself a success: it is asked again as
        soon as one that is not found, and then less and less often."""
        row = self.get(url)
        if row is not None and row.content is not None:
            self.rest(url, due.GONE)
            self._set(url, content=None)

    def doubt(self, url: str) -> None:
        """An address's first answer may be none of its own, but that of a wall or of a site at work: it is
        asked again as soon as one that is not found, and then less and less often."""
        row = self.get(url)
        if row is not None and row.content is None and row.pause == due.UNDATED.total_seconds():
            self.rest(url, due.GONE)

    def rest(self, url: str, pause: timedelta) -> None:
        """An address that was asked rests for so long, counted from then."""
        row = self.get(url)
        if row is not None and row.asked_at is not None:
            self._set(url, **_rest(row.asked_at, pause))

    def walked(self, url: str) -> None:
        """The links of an address's last captured answer were taken: in this run, which tells of it, although
        the answer may be of a run that was stopped before it came to them."""
        self._set(url, walked=True, run=self.run)

    def _when(self, row: Address, asked_at: datetime, status: int | None) -> dict[str, Any]:
        """When an address is asked again that was asked just now. Another attempt of the same run is
        no further sign of anything.

        Args:
            row: what was known of it.
            status: what it answered; ``None``: nothing, or an error.
        """
        repeated = row.run == self.run and row.asked_at is not None and row.asked_at >= self._started
        if status is None:
            failures = row.failures + (not (repeated and row.failures))
            return {"failures": failures, "next_due": instant(asked_at + due.after_failure(failures))}
        gone, was_gone = status in lines.GONE, row.status in lines.GONE
        pause = timedelta(seconds=row.pause) if row.pause is not None else None
        if row.kind == "source":
            pause = due.SWEEP
        elif pause is None or not repeated or row.failures or gone != was_gone:
            pause = due.after_answer(pause, gone=gone, was_gone=was_gone)
        return {"failures": 0, **_rest(asked_at, pause)}

    def learn(self, line: Disposition) -> None:
        """Take over a line of this run's sealed dispositions."""
        self.observe(line.url)
        self._set(
            line.url, verdict=line.verdict, reason=line.reason, kind=line.kind,
            found_by=json.dumps(line.found_by), found_on=line.found_on, asked_at=text_of(line.asked_at),
            record=line.record, robots_record=line.robots_record, walked=line.walked, run=self.run,
        )  # fmt: skip
        if line.next_due is not None:  # else an older version wrote it, and what the records say holds
            self._set(line.url, next_due=text_of(line.next_due))
            if line.asked_at is not None and line.verdict in ("captured", "confirmed"):
                pause = round((line.next_due - line.asked_at).total_seconds())
                self._set(line.url, pause=pause)
        if line.first_seen:
            self._set(line.url, first_seen=instant(line.first_seen))

    def lose(self, kept: frozenset[str]) -> None:
        """Addresses asked in this run whose record is not among ``kept`` were not asked
        after all: they are pending, and their last answer is not known."""
        asked = (  # and not those of which this run only took the links
            "run = ? AND verdict IN ('captured', 'confirmed', 'failed')"
            " AND asked_at >= (SELECT started FROM runs WHERE run_id = run)"
        )
        for row in list(self._select(f"WHERE {asked}", self.run)):
            if row.record not in kept:
                lost = {"verdict": "pending", "reason": "record_lost", "record": None, "asked_at": None}
                self._set(row.url, **lost, status=None, answer_digest=None, walked=True)
                self.payloads.forget(row.url)  # nobody knows what its last answer was
        self.payloads.lose(self.run, kept)

    def _judge(self, url: str, verdict: str, reason: str | None, robots_record: str | None) -> None:
        self.observe(url, kind=kind_of(url))
        self._set(url, verdict=verdict, reason=reason, robots_record=robots_record, run=self.run)


def _rest(asked_at: datetime, pause: timedelta) -> dict[str, Any]:
    """What is changed in the row of an address that rests."""
    return {"next_due": instant(asked_at + pause), "pause": round(pause.total_seconds())}
