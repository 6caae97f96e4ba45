"""The part of a run that asks: Scrapy, from its settings to its end."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler.interruption import Interruption
from crawler.run_options import RunOptions
from crawler.session import Ending, Session
from crawler.settings import USER_AGENT
from crawler.spiders.news import NewsSpider
from pipelines.counted import counted
from pipelines.errors import DEADLINE, PAGE_LIMIT, Interrupted, storage_error


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


async def crawl(session: Session, options: RunOptions, interruption: Interruption, *, begun: float) -> None:
    """Ask what the session has to ask, until nothing is left or it is stopped.

    Args:
        session: of the crawl; it is told why it ended before its time.
        options: contact, leave, limit and deadline of the run, which ``begun`` on the monotonic clock.
        interruption: tells of signals.
    """
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

    settings = scrapy_settings(session, contact=options.contact, allow_loopback=options.allow_loopback)
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(NewsSpider)
    crawler.signals.connect(fault, signals.spider_error)
    interruption.notify(interrupted)
    _stop_in_time(session, options.deadline_s, begun)
    try:
        await runner.crawl(crawler, session=session)
    finally:
        interruption.notify(None)
        await session.sink.close()
    session.tick(always=True)
    if session.frontier.limit_reached:
        reason = (
            f"the limit of {counted(options.limit or 0, 'page')} is reached, "
            f"{counted(len(session.frontier), 'address waits', 'addresses wait')}; "
            "start it again to go on"
        )
        session.stop(Ending(exit_code=PAGE_LIMIT, reason=reason))


def _stop_in_time(session: Session, deadline_s: float | None, begun: float) -> None:
    """Let the run end at its deadline, what is under way apart."""
    if deadline_s is None:
        return
    reason = (
        f"the {deadline_s:g} s of its deadline are over; what was captured is kept, start it again to go on"
    )
    ending = Ending(exit_code=DEADLINE, reason=reason)
    left = deadline_s - (time.monotonic() - begun)
    asyncio.get_running_loop().call_later(max(left, 0.0), session.stop, ending)
