"""One run: lock, recover, crawl, seal, commit, report.

::

    resolve ─ lock ─ finish a cut commit ─ recover a killed run ─ crawl ─ dispositions ─ seal
            ─ commit (with the CDXJ) ─ run.json

Whatever ends the crawl, what was captured is sealed and committed; only where evidence
can no longer be written does a run stop as it is, and the next one takes up its files.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler.capture.sink import Sink
from crawler.conditional import Conditional
from crawler.counted import counted
from crawler.discovery.shape import wire_form
from crawler.frontier import Frontier
from crawler.interruption import Interruption
from crawler.plan import Plan, beginning
from crawler.plan import plan as plan_of
from crawler.politeness import refuse_resting
from crawler.portal import Request, is_loopback, resolve
from crawler.progress import Progress, Silent
from crawler.report import RunSummary, completeness_of, failures_of, forget_logs, log_to, verdict
from crawler.requisites import Requisites
from crawler.session import Ending, Session
from crawler.settings import USER_AGENT
from crawler.spiders.news import NewsSpider
from crawler.wanted import read_wanted
from pipelines.archive import (
    Archive,
    Portal,
    instant,
    locked,
    make_folder,
    new_run_id,
    write_durably,
)
from pipelines.commit import Commit, commit
from pipelines.commit_point import RunFacts
from pipelines.dispositions import Disposition, dispositions_record
from pipelines.errors import DEADLINE, PAGE_LIMIT, Interrupted, storage_error
from pipelines.ledger import Ledger, open_ledger
from pipelines.ledger.addresses import RunState
from pipelines.manifest import read_chain, retracted_keys
from pipelines.manifest.signature import make_signature, sign_newest
from pipelines.report.page import report_page
from pipelines.report.standing import figures
from pipelines.revisits import Revisits
from pipelines.starting import take_up
from pipelines.warc.writer import WarcWriter

__all__ = ["RunOptions", "RunSummary", "run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What one run is asked to do."""

    word: str
    """An archive's name, a built-in city's, or an address."""
    output: Path
    contact: str | None = None
    allow_loopback: bool = False
    new: bool = False
    full: bool = False
    """Whether everything that is known is asked, and not only what is due."""
    since: date | None = None
    """Only pages that were published or changed on that day, in the portal's zone, or later are asked."""
    limit: int | None = None
    """Most pages to ask in this run."""
    deadline_s: float | None = None
    """Seconds from its start after which the run asks nothing more."""
    max_bytes: int | None = None
    """Bytes of evidence after which the run asks nothing more."""
    urls: Path | None = None
    """A file of addresses that are asked in any case."""
    requisites: bool = True
    """Whether pictures, style sheets and scripts of the pages are asked for."""
    retracted: bool = False
    """Whether addresses are asked whose captures were retracted."""
    sign_key: Path | None = None
    """A key to sign the run's manifest with."""
    portal: Portal | None = None
    """A portal block given whole, instead of what the word says."""


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


def scrapy_settings(session: Session, *, contact: str | None, allow_loopback: bool) -> Settings:
    """The settings of one crawl.

    Args:
        session: of the crawl.
        contact: for the User-Agent, instead of the portal block's.
        allow_loopback: whether this machine may be asked.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    contact = contact or session.portal.contact
    settings.set("USER_AGENT", f"{USER_AGENT} (+{contact})" if contact else USER_AGENT)
    settings.set("CITYNEWS_SINK", session.sink)
    settings.set("CITYNEWS_ALLOW_LOOPBACK", allow_loopback)
    settings.set("CITYNEWS_TLS_EXCEPTIONS", session.portal.tls_exceptions or ())
    return settings


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
        self._write_reports(folder, summary)
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
        return replace(self._summary(session, facts, done, files), failures=failures)

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
        loop = asyncio.get_running_loop()

        def interrupted(name: str) -> None:
            reason = f"stopped by {name}; what was captured is kept, start it again to go on"
            loop.call_soon_threadsafe(session.stop, Ending(exit_code=Interrupted.exit_code, reason=reason))

        def fault(failure: Any, response: Any, **_: Any) -> None:
            if told := storage_error(failure.value):
                session.stop(Ending(exit_code=told.exit_code, reason=str(told)))
                return
            where = response.url if response is not None else "start"
            session.faults.append(f"{where}: {failure.getErrorMessage()}")

        settings = scrapy_settings(
            session, contact=self.options.contact, allow_loopback=self.options.allow_loopback
        )
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(NewsSpider)
        crawler.signals.connect(fault, signals.spider_error)
        self.interruption.notify(interrupted)
        self._stop_in_time(session)
        try:
            await runner.crawl(crawler, session=session)
        finally:
            self.interruption.notify(None)
            await session.sink.close()
        session.tick(always=True)
        if session.frontier.limit_reached:
            reason = (
                f"the limit of {counted(self.options.limit or 0, 'page')} is reached, "
                f"{counted(len(session.frontier), 'address waits', 'addresses wait')}; "
                "start it again to go on"
            )
            session.stop(Ending(exit_code=PAGE_LIMIT, reason=reason))

    def _stop_in_time(self, session: Session) -> None:
        """Let the run end at its deadline, what is under way apart."""
        if self.options.deadline_s is None:
            return
        reason = (
            f"the {self.options.deadline_s:g} s of its deadline are over; what was captured is kept, "
            "start it again to go on"
        )
        ending = Ending(exit_code=DEADLINE, reason=reason)
        left = self.options.deadline_s - (time.monotonic() - self.begun)
        asyncio.get_running_loop().call_later(max(left, 0.0), session.stop, ending)

    def _summary(
        self, session: Session, facts: RunFacts, done: Commit, files: tuple[Path, ...]
    ) -> RunSummary:
        code, reason = verdict(session, done)
        return RunSummary(
            portal=self.archive.portal.slug,
            run=self.run_id,
            archive=str(self.archive.root),
            status=done.status,
            exit_code=code,
            reason=reason,
            sums=facts.sums,
            articles=done.rows.get("articles", 0),
            versions=done.rows.get("versions", 0),
            rejections=done.rows.get("rejections", 0),
            captures=done.rows.get("captures", 0),
            warc_files=len(files),
            warc_bytes=sum(path.stat().st_size for path in files),
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
            duration_ms=round((datetime.now(UTC) - self.started).total_seconds() * 1000),
            answer_key=done.answer_key.as_json(),
        )

    def _write_reports(self, folder: Path, summary: RunSummary) -> None:
        """Write ``run.json`` (the summary, and what the run was asked to do) and ``report.html``."""
        options = {
            "word": self.options.word,
            "allow_loopback": self.options.allow_loopback,
            "loopback": is_loopback(self.archive.portal.seed),
            "full": self.options.full,
            "since": self.options.since.isoformat() if self.options.since else None,
            "limit": self.options.limit,
            "deadline_s": self.options.deadline_s,
            "max_bytes": self.options.max_bytes,
            "requisites": self.options.requisites,
            "contact": self.options.contact or self.archive.portal.contact,
        }
        value = {**summary.as_json(), "started": instant(self.started), "options": options}
        write_durably(folder / "run.json", (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
        page = report_page(value, figures(self.archive, datetime.now(UTC)))
        write_durably(folder / "report.html", page.encode())
