"""What is said of each language: the columns of its table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's table. Every entry is folded."""

    months: tuple[str, ...] = ()
    """Twelve entries; spellings of one month divided by ``|``."""
    weekdays: tuple[str, ...] = ()
    """Monday to Sunday, spellings divided by ``|``."""
    published: tuple[str, ...] = ()
    """Labels before a date of publication."""
    updated: tuple[str, ...] = ()
    """Labels before a date of change."""
    related: tuple[str, ...] = ()
    """Headings over links to other news."""
    end: tuple[str, ...] = ()
    """Lines (or beginnings of lines with a colon) at which an article is over."""
    over: tuple[str, ...] = ()
    """Those of ``end`` that only ever stand under the text: comments, ratings, neighbours."""
    furniture: tuple[str, ...] = ()
    """Whole lines that belong to the page and not to the text: print, share …"""
    boilerplate: tuple[str, ...] = ()
    """Parts of sentences that only a footer or a form says."""
    error: tuple[str, ...] = ()
    """Parts of titles of pages that say that there is no page."""
    event: tuple[str, ...] = ()
    """Labels of what a calendar's entry says: its time, its place, its price or how to take
    part, who holds it. Four entries; spellings of one kind divided by ``|``."""
    original: tuple[str, ...] = ()
    """Labels of the link to the article that was taken over."""
