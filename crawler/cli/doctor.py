"""``citynews doctor``: what would keep a crawl from going well, and what to do about it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from crawler.cli.opening import archive_folders
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from crawler.cli.standings import worst
from pipelines.counted import counted

if TYPE_CHECKING:
    from crawler.checkup import Finding
    from crawler.trial import Trial
    from pipelines.archive import Archive, Portal

CLOCKS_S = 300
"""Seconds by which this machine's clock and the portal's may differ without a word."""
NEED = 1.5
"""How much more than its evidence an archive needs: tables, indexes, and files that are written again."""


@click.command("doctor")
@click.argument("word", metavar="[PORTAL]", required=False)
@click.option("--contact", metavar="MAIL", help="Your address, sent in the User-Agent; live portals need it.")
@click.option("--offline", is_flag=True, help="Ask nobody: look at this machine and the archive only.")
@click.option(
    "--allow-loopback",
    is_flag=True,
    envvar="CITYNEWS_ALLOW_LOOPBACK",
    help="Permit 127.0.0.0/8 and ::1, without delay and contact (or CITYNEWS_ALLOW_LOOPBACK=1).",
)
@every_verb
def command(
    word: str | None, contact: str | None, offline: bool, allow_loopback: bool, output: Path, as_json: bool
) -> Outcome:
    """Say what would keep a crawl from going well, and what to do.

    Looks at this machine, at the archives, and with PORTAL (an address, or an archive's
    name) at the portal: some twenty questions at its own pace, nothing of it is kept.
    """
    from crawler.checkup import machine, now_utc, of_archive
    from crawler.portal import Request, without_making
    from pipelines.archive import Archive

    now = now_utc()
    findings = list(machine(output, now))
    if word is None:
        findings += _archives(output)
        return _outcome(findings, {})
    request = Request(word=word, output=output, contact=contact, allow_loopback=allow_loopback)
    found = without_making(request, asking=not offline)
    if isinstance(found, Archive):
        findings += of_archive(found, now)
    trial = None if offline else _trial(found, request, findings)
    return _outcome(findings, trial.estimate if trial else {})


def _archives(output: Path) -> Iterator[Finding]:
    """What each archive here says of itself."""
    from crawler.checkup import Finding, now_utc, of_archive
    from pipelines.archive import open_archive
    from pipelines.errors import CitynewsError

    for folder in archive_folders(output):
        try:
            yield from of_archive(open_archive(folder), now_utc())
        except CitynewsError as error:  # one broken archive must not hide the others
            yield Finding(about="archive", says=str(error), to_do="mend it", exit_code=error.exit_code)


def _trial(found: Archive | Portal, request: Any, findings: list[Finding]) -> Trial | None:
    """Ask the portal; what comes of it is added to the findings."""
    from crawler.checkup import Finding
    from crawler.cli.terminal import progress
    from crawler.trial import look
    from pipelines.archive import Archive
    from pipelines.report.standing import at_work

    if isinstance(found, Archive) and at_work(found):
        findings.append(
            Finding(about="portal", says="not asked: the run at work does", to_do="wait until it is done")
        )
        return None
    portal = found.portal if isinstance(found, Archive) else found
    name = _name(portal.seed, allow_loopback=request.allow_loopback)
    findings.append(name)
    if name.exit_code:
        return None
    contact, leave = request.contact or portal.contact, request.allow_loopback
    with progress() as shown:
        trial = look(portal, request.output, contact=contact, allow_loopback=leave, progress=shown)
    findings += _of_trial(trial, request.output)
    return trial


def _name(seed: str, *, allow_loopback: bool) -> Finding:
    """Whether the seed's host has an address that may be connected to."""
    from crawler.checkup import Finding
    from crawler.guard import AddressRefused, resolve
    from crawler.unreachable import why
    from pipelines.errors import PortalUnavailable

    parts = urlsplit(seed)
    host = parts.hostname or ""
    try:
        found = asyncio.run(resolve(host, parts.port or 443, allow_loopback=allow_loopback))
    except AddressRefused as refused:
        says = f"{refused}; check the address"
    except socket.gaierror:
        says = why("dns", host)
    else:
        return Finding(about="name", says=f"{host} is {', '.join(found[:3])}")
    return Finding(about="name", says=says, exit_code=PortalUnavailable.exit_code)


def _of_trial(trial: Trial, output: Path) -> Iterator[Finding]:
    from crawler.checkup import Finding

    if trial.ending is not None:
        yield Finding(about="portal", says=trial.ending.reason, exit_code=trial.ending.exit_code)
        return
    yield from _opened(trial)
    yield from _sources(trial)
    if trial.pages:
        layout = trial.portal.layout or "none"
        says = f"{trial.articles} of {trial.pages} listed pages read as articles, layout {layout}"
        yield Finding(about="pages", says=says, to_do="" if trial.articles else "inspect --url shows why")
    if trial.estimate:
        yield from _forecast(trial.estimate, output)


def _opened(trial: Trial) -> Iterator[Finding]:
    from crawler.checkup import Finding, now_utc

    portal = trial.portal
    language, zone = portal.language or "not known", portal.zone or "not known"
    secure = "its certificate is good" if portal.seed.startswith("https:") else "without TLS"
    asked = counted(trial.asked, "question")
    yield Finding(about="portal", says=f"{portal.seed} answers, {secure}; {asked} asked")
    yield Finding(
        about="portal",
        says=f"scope {', '.join(portal.scope)}, language {language}, zone {zone}",
        to_do="" if portal.zone else "write zone into archive.json, or printed times stay without an instant",
    )
    robots = trial.robots
    if robots is not None:
        rules = "no rules" if robots.rules is None else "rules for us or for all"
        delay = max(robots.delay_s, portal.delay_ms / 1000)
        named = counted(len(robots.sitemaps), "sitemap")
        yield Finding(about="robots.txt", says=f"{rules}, {named}; {delay:g} s between requests")
    if trial.date and (moment := _moment(trial.date)) is not None:
        apart = abs((now_utc() - moment).total_seconds())
        if apart > CLOCKS_S:
            yield Finding(
                about="clock",
                says=f"it is {apart:,.0f} s apart from the portal's",
                to_do="see which is right (ntp)",
            )


def _moment(date: str) -> Any:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _sources(trial: Trial) -> Iterator[Finding]:
    from crawler.checkup import Finding
    from crawler.discovery.tally import NAMES

    used = trial.sources.get("used", {})
    for kind, told in used.items():
        stated = f", it states {told['stated']:,}" if told.get("stated") else ""
        yield Finding(about="source", says=f"{NAMES.get(kind, kind)} answers{stated}")
    for url, why in trial.gone.items():
        yield Finding(
            about="source", says=f"{url} {why}", to_do="take it out of sources in archive.json if it stays so"
        )
    kinds = {gap["kind"] for gap in trial.sources.get("missing", ())}
    names = ", ".join(NAMES.get(kind, kind) for kind in sorted(kinds))
    if not used:
        yield Finding(
            about="source", says=f"no {names.replace(', ', ', no ')}" if names else "none is stated",
            to_do="links are followed instead; what no page links to will not be found",
        )  # fmt: skip


def _forecast(estimate: dict[str, int], output: Path) -> Iterator[Finding]:
    import shutil

    from crawler.checkup import Finding
    from crawler.cli.terminal import duration
    from pipelines.errors import DiskFull

    took, size = duration(estimate["seconds"]), estimate["megabytes"]
    says = f"about {estimate['requests']:,} requests, {took} at this delay, {size:,} MB of evidence"
    yield Finding(about="first crawl", says=f"{says}; pages may lead to more")
    there = next(folder for folder in (output, *output.parents) if folder.is_dir())
    need = int(NEED * size)
    if shutil.disk_usage(there).free < need * 1_000_000:
        yield Finding(
            about="disk",
            says=f"an archive of that size needs some {need:,} MB, and less is free",
            to_do="make room, or use another disk",
            exit_code=DiskFull.exit_code,
        )


def _outcome(findings: list[Finding], estimate: dict[str, int]) -> Outcome:
    code = worst(finding.exit_code for finding in findings)
    told = [
        {"mark": f.mark, "about": f.about, "says": f.says, "to_do": f.to_do or None, "exit_code": f.exit_code}
        for f in findings
    ]
    bad = next((f for f in findings if f.exit_code == code), None) if code else None
    return Outcome(
        summary={"findings": told, "estimate": estimate, "exit_code": code},
        lines=tuple(
            f"{f.mark:4}  {f.about}: {f.says}" + (f" -> {f.to_do}" if f.to_do else "") for f in findings
        ),
        exit_code=code,
        reason="; ".join(filter(None, (f"{bad.about}: {bad.says}", bad.to_do))) if bad else None,
    )
