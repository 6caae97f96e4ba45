"""One run: lock, recover, crawl, seal, commit, report.

::

    resolve ─ lock ─ finish a cut commit ─ recover a killed run ─ crawl ─ dispositions ─ seal
            ─ commit (with the CDXJ) ─ run.json

Whatever ends the crawl, what was captured is sealed and committed; only where evidence
can no longer be written does a run stop as it is, and the next one takes up its files.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.capture.sink import Sink
from crawler.conditional import Conditional
from crawler.crawling import crawl
from crawler.discovery.shape import wire_form
from crawler.frontier import Frontier
from crawler.interruption import Interruption
from crawler.logs import forget_logs, log_to
from crawler.plan import Plan, beginning
from crawler.plan import plan as plan_of
from crawler.politeness import refuse_resting
from crawler.portal import Request, resolve
from crawler.progress import Progress, Silent
from crawler.report import RunSummary, failures_of, summary_of, write_reports
from crawler.requisites import Requisites
from crawler.run_options import RunOptions
from crawler.session import Session
from crawler.wanted import read_wanted
from pipelines.archive import Archive, locked, make_folder, new_run_id
from pipelines.commit import commit
from pipelines.commit_point import RunFacts
from pipelines.dispositions import Disposition, dispositions_record
from pipelines.ledger import Ledger, open_ledger
from pipelines.ledger.addresses import RunState
from pipelines.manifest import read_chain, retracted_keys
from pipelines.manifest.signature import make_signature, sign_newest
from pipelines.revisits import Revisits
from pipelines.starting import take_up
from pipelines.warc.writer import WarcWriter

__all__ = ["RunOptions", "RunSummary", "run"]


def run(options: RunOptions, progress: Progress | None = None) -> RunSummary:
    """Crawl one portal once and commit what was captured.

    Raises:
        UsageError, ConfigurationError: nothing was asked.
        Locked: another run is at work on the archive.
        Deferred: the portal asked an earlier run to be left alone until later.
        DiskFull, WriteFailed: evidence could not be written; what was stays, and the
            next run goes on from it.
    """
    archive = resolve(
        Request(
            word=options.word,
            output=options.output,
            contact=options.contact,
            allow_loopback=options.allow_loopback,
            new=options.new,
            portal=options.portal,
        )
    )
    if options.urls:
        read_wanted(options.urls, archive.portal.scope)
    if options.sign_key:  # a key that does not sign is told before anything is asked
        make_signature(b"", options.sign_key)
    with locked(archive), Interruption() as interruption:
        refuse_resting(archive.portal, options.output)
        summary = _Run(archive, options, progress or Silent(), interruption).carry_out()
        if options.sign_key:
            sign_newest(archive, options.sign_key)
            return replace(summary, signed=True)
        return summary


class _Run:
    """The steps of a run on an archive whose lock is held."""

    def __init__(
        self, archive: Archive, options: RunOptions, progress: Progress, interruption: Interruption
    ) -> None:
        self.archive, self.options = archive, options
        self.progress, self.interruption = progress, interruption
        self.started, self.begun = datetime.now(UTC), time.monotonic()
        self.run_id = new_run_id(self.started)

    def carry_out(self) -> RunSummary:
        self._recover()
        folder = self.archive.runs / self.run_id
        make_folder(folder)
        forget_logs(self.archive.runs, keep=self.run_id)
        with log_to(folder / "crawl.log"):
            ledger = open_ledger(self.archive)
            try:
                summary = self._crawl_and_commit(ledger)
            finally:
                ledger.close()
        write_reports(folder, summary, self.archive, options=self.options, started=self.started)
        return summary

    def _recover(self) -> None:
        """Finish what an earlier run was cut off at, and say so."""
        recovered = take_up(self.archive, self.started)
        if recovered.files:
            with suppress(OSError):
                self.progress.event("recovered", files=len(recovered.files))

    def _crawl_and_commit(self, ledger: Ledger) -> RunSummary:
        writer = WarcWriter(self.archive, self.run_id)
        seed = wire_form(self.archive.portal.seed) or self.archive.portal.seed
        part = self.options.since is not None
        plan = plan_of(ledger, self.started, seed=seed, full=self.options.full, part=part)
        ledger.begin(self.run_id, self.started, kind=plan.kind, queued=plan.goes_on)
        session = self._session(writer, ledger, plan)
        for exception in session.portal.tls_exceptions or ():
            session.note(exception.told())
        try:
            asyncio.run(self._crawl(session))
            if session.sink.failed is not None:
                raise session.sink.failed
        except BaseException:
            writer.close()
            raise
        session.rest()
        self.archive = session.archive
        ended = datetime.now(UTC)
        ledger.end(complete=session.ending is None and not session.faults)
        lines = ledger.dispositions()
        files = self._seal(writer, ledger.state(), lines, ended)
        failures = failures_of(lines)
        del lines  # the commit needs the room
        session.event("sealed", files=len(files))
        facts = RunFacts(
            run_id=self.run_id,
            started=self.started,
            ended=ended,
            status="interrupted" if session.left_work else "complete",
            sums=ledger.sums(),
        )
        done = commit(
            self.archive,
            facts,
            now=datetime.now(UTC),
            kept=session.readings,
            report=session.reading_everything,
        )
        return replace(summary_of(session, facts, done, files), failures=failures)

    def _seal(
        self, writer: WarcWriter, state: RunState, lines: Sequence[Disposition], ended: datetime
    ) -> tuple[Path, ...]:
        """Close the evidence of the run with what became of each address."""
        facts = state.facts()
        closing = dispositions_record(self.run_id, self.started, ended, lines, warc_date=ended, facts=facts)
        return writer.seal((closing,))

    def _session(self, writer: WarcWriter, ledger: Ledger, plan: Plan) -> Session:
        frontier = Frontier(
            ledger,
            self.archive.portal.scope,
            page_limit=self.options.limit,
            since=beginning(self.options.since, self.archive.portal.zone),
            retracted=() if self.options.retracted else retracted_keys(read_chain(self.archive)),
        )
        revisits = Revisits(self.archive, ledger.payloads, ledger.is_requisite)
        if plan.goes_on or not plan.sweep:
            seed = self.archive.portal.seed
            frontier.rest(whole=plan.sweep, always=() if plan.resume else {wire_form(seed) or seed})
        return Session(
            archive=self.archive,
            ledger=ledger,
            frontier=frontier,
            sink=Sink(writer, ledger, revisits),
            conditional=Conditional(ledger, revisits, sweep=plan.sweep),
            revisits=revisits,
            requisites=Requisites(ledger) if self.options.requisites else None,
            progress=self.progress,
            max_bytes=self.options.max_bytes,
            sweep=plan.sweep,
            resume=plan.resume,
            wanted=read_wanted(self.options.urls, frontier.scope) if self.options.urls else (),
        )

    async def _crawl(self, session: Session) -> None:
        await crawl(session, self.options, self.interruption, begun=self.begun)
