"""Sources that list everything, and tell of no news any more: a sitemap that is suddenly empty, or one that
nobody updates while articles appear elsewhere.

An ordinary run asks listings only where nothing lists everything, so that news of a section would wait
for the next sweep. Where a source is empty or behind, listings are asked beside it, and the run says so,
each time until it is well again. It is no check of health: what was captured is sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from crawler.discovery.asking import Asking
from crawler.order import Ask
from crawler.spellings import spelled
from pipelines.ledger.addresses import Address
from pipelines.sources.answer import SourceAnswer

WHOLE = ("rest", "sitemap")
"""Sources that list everything."""
HELD = 10
"""Entries that a source must have had for it to be strange that it has none."""
ARTICLES, DAYS = 5, 4
"""So many articles one after another, found on so many days, that no such source lists are no accident: not
a sitemap that is written once a night, nor the documents of one day, which a sitemap of news leaves out."""
_BY_NEWS = frozenset(("listing", "feed"))
"""How what is new is found where no source lists everything; articles lead to old ones."""


def is_emptied(session: Asking, ask: Ask, answer: SourceAnswer) -> bool:
    """Whether a source has lost all its entries; it is said. How many it had is kept in the ledger, and is no
    evidence: after the ledger was lost an empty source is one that was always empty.

    A news sitemap as search engines want it, with the day of each entry, holds two days and may be empty.
    """
    if answer.kind not in WHOLE or answer.site is not None or answer.problem is not None:
        return False
    name = f"listed: {ask.url}"
    if answer.entries:
        passing = answer.kind == "sitemap" and any(entry.published for entry in answer.entries)
        session.ledger.note(name, "0" if passing else str(len(answer.entries)))
        return False
    held = int(session.ledger.noted(name) or 0)
    if held < HELD:
        return False
    session.sources.missed(answer.kind, ask.url, "lists nothing any more")
    session.note(f"{ask.url} lists nothing any more, where it listed {held}: listings are asked instead")
    return True


def is_behind(session: Asking) -> bool:
    """Whether the articles that were found last are in no source that lists everything; it is said. Only what
    was found after the first sweep counts: what that found may be of any age."""
    kinds = {source.kind for source in session.portal.sources}.intersection(WHOLE)
    if not kinds:
        return False
    found = filter(_is_news, session.ledger.found_lately())
    missed = list(takewhile(lambda a: kinds.isdisjoint(a.found_by), found))
    if not _is_no_accident(missed):
        return False
    listed = {spelled(a.url) for kind in kinds for a in session.ledger.found_by(kind)}
    missed = list(takewhile(lambda a: spelled(a.url) not in listed, missed))
    if not _is_no_accident(missed):  # a source may spell addresses otherwise than the pages
        return False
    names = " nor ".join(name for kind, name in (("rest", "REST"), ("sitemap", "sitemaps")) if kind in kinds)
    session.note(
        f"the {len(missed)} articles that were found last are not in {names} (such as {missed[0].url}): "
        "listings are asked, too"
    )
    return True


def _is_no_accident(missed: Sequence[Address]) -> bool:
    return len(missed) >= ARTICLES and len({a.first_seen.date() for a in missed}) >= DAYS


def _is_news(address: Address) -> bool:
    """Whether a page was read as an article when it was asked last, as far as the ledger knows."""
    read = address.content is not None and not address.is_listing and address.status == 200
    return read and not _BY_NEWS.isdisjoint(address.found_by)
