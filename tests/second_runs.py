"""The sample city crawled again and again, and what it was asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.run import RunOptions, RunSummary, run
from tests.mockcity import MockCity
from tests.test_run import Heard

ON = {
    "everything": ("sitemap", "feed", "rest", "listings"),
    "rest": ("rest",),
    "feed": ("feed",),
    "sitemap": ("sitemap",),
    "listings": ("listings",),
}
"""By name, the sources of the city that are switched on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """One run: what it says, and the paths it asked for, robots.txt left out."""

    summary: RunSummary
    events: dict[str, dict[str, Any]]
    asked: tuple[str, ...]

    def of(self, paths: Collection[str]) -> set[str]:
        """Which of some paths were asked."""
        return set(self.asked) & set(paths)


def crawl(city: MockCity, output: Path, **options: Any) -> Crawled:
    """A run over the city's pages alone, without what they need to be shown."""
    heard, before = Heard(), len(city.log)
    word = RunOptions(word=city.url, output=output, allow_loopback=True, requisites=False, **options)
    summary = run(word, heard)
    paths = (received.request.target for received in city.log[before:])
    asked = tuple(path for path in paths if path != "/robots.txt")
    return Crawled(summary=summary, events=heard.events, asked=asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a city did: the paths."""

    new: tuple[str, ...]
    edited: tuple[str, ...]
    gone: tuple[str, ...]
    moved: str
    there: str

    @property
    def seen_at_once(self) -> set[str]:
        """What stands where it was not."""
        return {*self.new, self.there}

    @property
    def all(self) -> set[str]:
        """All of it."""
        return {*self.new, *self.edited, *self.gone, self.moved, self.there}


def change(city: MockCity) -> Changes:
    """Publish five articles, edit three, take back two, move one: all of any age."""
    city.now = datetime.now(UTC)
    up = [article["path"] for article in city.truth]
    edited, gone, moved = (up[3], up[len(up) // 2], up[-2]), (up[5], up[-4]), up[len(up) // 3]
    with city.at_once():
        new = [article["path"] for _ in range(5) if (article := city.publish())]
        for path in edited:
            city.edit(path, title="Đính chính: bản đồ ngập ở phường Bến Gỗ")
        for path in gone:
            city.withdraw(path)
        city.move(moved, "/doi-cho-moi.html")
    return Changes(new=tuple(new), edited=edited, gone=gone, moved=moved, there="/doi-cho-moi.html")
