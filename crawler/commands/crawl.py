"""``scrapy crawl news -a portal=ADDRESS|SLUG``: a whole run, exit status included."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import ClassVar

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from crawler.progress import Silent
from crawler.run import RunOptions, run
from crawler.spiders.news import NewsSpider
from pipelines.errors import CitynewsError

CHECKOUT = Path(__file__).resolve().parent.parent.parent
ARGUMENTS = {"portal", "contact", "limit", "new", "full"}


class Command(BaseRunSpiderCommand):
    """Scrapy's ``crawl``, which for our spider means lock, recover, crawl, commit, report.

    Besides ``-a portal=…`` it takes ``-a contact=…``, ``-a limit=…``, ``-a new=1`` and ``-a full=1``.
    Where the archive lies, and whether loopback is permitted, say the settings ``CITYNEWS_OUTPUT``
    and ``CITYNEWS_ALLOW_LOOPBACK`` (``-s``), or the environment variables of these names.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "news -a portal=ADDRESS|SLUG [-a contact=MAIL] [-a limit=N] [-a new=1] [-a full=1]"

    def short_desc(self) -> str:
        return "Crawl a portal and commit what was captured"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        given: dict[str, str] = opts.spargs
        if args != [NewsSpider.name] or not given.get("portal") or set(given) - ARGUMENTS:
            raise UsageError(f"type: scrapy crawl {self.syntax()}")
        try:
            summary = run(self._options(given), Silent())
            self.exitcode, reason = summary.exit_code, summary.reason
        except CitynewsError as error:  # Scrapy is the front door here, as crawler/cli/main.py is elsewhere
            self.exitcode, reason = error.exit_code, str(error)
        if reason:
            print(f"citynews: {' '.join(reason.split())}", file=sys.stderr)

    def _options(self, given: dict[str, str]) -> RunOptions:
        limit = given.get("limit", "")
        if limit and not limit.isdecimal():
            raise UsageError("limit is a number of pages")
        return RunOptions(
            word=given["portal"],
            output=Path(self._setting("CITYNEWS_OUTPUT") or CHECKOUT / "output"),
            contact=given.get("contact"),
            allow_loopback=self._setting("CITYNEWS_ALLOW_LOOPBACK") in ("1", "True", "true"),
            new=given.get("new") in ("1", "True", "true"),
            full=given.get("full") in ("1", "True", "true"),
            limit=int(limit) if limit else None,
        )

    def _setting(self, name: str) -> str | None:
        """A setting (``-s``), else the environment's variable."""
        assert self.settings is not None
        value = self.settings.get(name)
        return os.environ.get(name) if value is None else str(value)
