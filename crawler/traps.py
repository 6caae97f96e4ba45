"""Addresses without end: calendars, pages behind the last, filters in every order, copies under other names.

Addresses are told apart by their *pattern*: the path with each run of digits as ``#`` and a last
segment of letters as ``*``, and the names of the query (``/lich/#/#``, ``/tin?page``, ``/*.html``).
A page is something new where, beside digits, it says a sentence that no page of its path said
before, shows a picture that none of them showed, or leads to an address outside of that path that none of
them led to. A pattern of which
so many pages in a row were nothing new (``ENOUGH``, and half as many as were) is suspected to be a
trap, and no more of it is asked; nor are filters that never were anything new on a path where
three times as many were not. What a sitemap, feed or REST lists is asked all the same.

A listing of 3,000 pages has something new on each. A site that invents new sentences for ever is not
told from a real one, and ends at the budget of pages (:data:`crawler.rules.MAX_PAGES`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from pipelines.extract.page import Page
from pipelines.model import Article, Rejection
from pipelines.urls import absolute, without_fragment

ENOUGH = 40
"""So many pages in a row that are nothing new make a trap of a pattern that never was anything."""
PATH_ENOUGH = 3 * ENOUGH
"""The same for all filters of one path together."""
SENTENCE = 4
"""Words of the shortest text that counts as a sentence."""
MOST = 200
"""Sentences and links of one page that are looked at."""
LONGEST_VALUE = 60
"""Characters of the longest part of a query by which links are told apart."""
MAX_REMEMBERED = 1_000_000
"""Sentences and links that are remembered; when there are more, everything counts as new."""
REASON = "trap_suspected"
"""Of the exclusion of an address, in its disposition."""

_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"/|%2f", re.I)
_UNSEEN = ("script", "style", "template", "noscript")
_ENDING = re.compile(r"\.[a-z]{1,5}$", re.I)


@dataclass(slots=True)
class _Counted:
    """What became of pages."""

    new: int = 0
    in_vain: int = 0
    """Pages in a row, to now, that were nothing new."""
    suspected: bool = False

    def count(self, new: bool) -> None:
        """One page more."""
        self.new += new
        self.in_vain = 0 if new else self.in_vain + 1


@dataclass(slots=True)
class _Pattern(_Counted):
    """The pages of one pattern."""

    example: str = ""
    left_out: int = 0


@dataclass(slots=True)
class _Path(_Counted):
    """The pages of one path, whatever their query."""

    seen: set[int] = field(default_factory=set)


class Traps:
    """The patterns of one run."""

    def __init__(self) -> None:
        self._patterns: dict[str, _Pattern] = {}
        self._paths: dict[str, _Path] = {}
        self._remembered = 0

    def suspects(self, url: str) -> bool:
        """Whether an address is not worth asking."""
        path, pattern = shape(url)
        found = self._patterns.get(pattern)
        if found is not None and (found.suspected or found.new):
            return found.suspected
        return path != pattern and path in self._paths and self._paths[path].suspected

    def leave_out(self, url: str) -> None:
        """An address was left out; its pattern counts how many were, and stays suspected."""
        found = self._patterns.setdefault(shape(url)[1], _Pattern(example=url))
        found.suspected = True
        found.left_out += 1

    def read(self, url: str, page: Page, reading: Article | Rejection, links: Iterable[str]) -> str | None:
        """A page was read. Returns its pattern where that is suspected from now on."""
        path, pattern = shape(url)
        if self._remembered > MAX_REMEMBERED:
            return None
        mine = self._patterns.setdefault(pattern, _Pattern(example=url))
        together = self._paths.setdefault(path, _Path())
        marks = {hash(mark) for mark in self._marks(url, page, reading, links)} - together.seen
        together.seen |= marks
        self._remembered += len(marks)
        mine.count(bool(marks))
        together.count(bool(marks))
        return pattern if self._judge(path, pattern) else None

    def suspected(self) -> Iterator[tuple[str, str, int]]:
        """What is suspected: each pattern, an address of it, and how many addresses were left out."""
        for pattern, found in self._patterns.items():
            if found.suspected:
                yield pattern, found.example, found.left_out

    def _marks(
        self, url: str, page: Page, reading: Article | Rejection, links: Iterable[str]
    ) -> Iterator[str]:
        """What makes a page something new: an article's text as a whole, else its sentences and where it
        leads within its host. A page that says that there is nothing is nothing new."""
        if isinstance(reading, Article):
            yield _DIGITS.sub("", "\n".join(reading.paragraphs))
        elif reading.reason != "soft_error":
            path, host = shape(url)[0], urlsplit(url).netloc
            yield from islice(_sentences(page), MOST)
            shown = (element.get("src") or "" for element in page.root.iter("img"))
            yield from (_place(absolute(url, source) or source) for source in islice(shown, MOST))
            near = (link for link in islice(links, MOST) if urlsplit(link).netloc == host)
            yield from (_place(link) for link in near if shape(link)[0] != path and not self.suspects(link))

    def _judge(self, path: str, pattern: str) -> bool:
        mine, together = self._patterns[pattern], self._paths[path]
        if path != pattern and together.in_vain >= PATH_ENOUGH + together.new // 2:
            together.suspected = True
        if mine.suspected or mine.in_vain < ENOUGH + mine.new // 2:
            return False
        mine.suspected = True
        return True


@lru_cache(maxsize=1 << 15)  # menus
def shape(url: str) -> tuple[str, str]:
    """The path and the pattern of an address; the same where it has no query."""
    parts = urlsplit(url)
    *folders, last = _DIGITS.sub("#", parts.path).split("/")
    ending = _ENDING.search(last)
    name = last.removesuffix(ending[0]) if ending else last
    if any(letter.isalpha() for letter in name):
        last = "*" + (ending[0] if ending else "")
    path = "/".join((*folders, last)) or "/"
    if not parts.query:
        return path, path
    names = sorted({_DIGITS.sub("#", pair.partition("=")[0]) for pair in parts.query.split("&") if pair})
    return path, f"{path}?{'&'.join(names)}"


def _sentences(page: Page) -> Iterator[str]:
    """Texts of some words, without digits: those of dates, counters and clocks differ on every page."""
    for element in page.root.iter():
        for text in (None if element.tag in _UNSEEN else element.text, element.tail):
            if text and len(said := _DIGITS.sub("", text).split()) >= SENTENCE:
                yield " ".join(said)


@lru_cache(maxsize=1 << 15)
def _place(link: str) -> str:
    """Where a link leads, without what its query says of the page that it stands on."""
    parts = urlsplit(without_fragment(link))
    pairs = (p for p in parts.query.split("&") if len(p) <= LONGEST_VALUE and not _ADDRESS.search(p))
    return f"{parts.path}?{'&'.join(pairs)}"
