"""What became of the portal's sources in one run: which listed news, which were missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from crawler.discovery.detect import USUAL_PLACES
from pipelines.archive import Source
from pipelines.counted import counted

KINDS = ("sitemap", "feed", "rest")
"""The kinds of source that are looked for; links between pages are followed anyway."""
LISTING = "listing"
"""Pages of the portal that list articles: front page, sections, tags."""
SHOWN = 5
"""Addresses with one fault that are told in words; ``run.json`` has them all."""
NAMES = {"rest": "REST", LISTING: "listings", "links": "links between pages"}
"""In words, where the word is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A source that did not answer as one."""

    kind: str
    url: str | None
    """``None`` where none is known."""
    why: str


@dataclass(slots=True)
class SourceTally:
    """Counts answers and entries by kind, and keeps what was missing."""

    _pages: int = 0
    _listings: int = 0
    _answers: dict[str, int] = field(default_factory=dict)
    _entries: dict[str, int] = field(default_factory=dict)
    _stated: dict[str, int] = field(default_factory=dict)
    _missing: dict[str, Missing] = field(default_factory=dict)
    resumed: bool = False
    """Whether the run only takes up what another left: what it did not ask is not missing."""
    stopped: bool = False
    """Whether it was stopped before it had asked everything."""

    def answered(self, kind: str, url: str, *, entries: int) -> None:
        """A source gave so many entries that none of its kind gave before."""
        self._missing.pop(url, None)
        self._answers[kind] = self._answers.get(kind, 0) + 1
        self._entries[kind] = self._entries.get(kind, 0) + entries

    def missed(self, kind: str, url: str, why: str) -> None:
        """A source did not answer as one."""
        self._missing[url] = Missing(kind=kind, url=url, why=why)

    def stated(self, kind: str, total: int) -> None:
        """A source says how many entries there are in all; the last word holds."""
        self._stated[kind] = total

    def read(self, *, lists: bool) -> None:
        """A page was read, and is a list of articles or not."""
        self._pages += 1
        self._listings += lists

    def has_answered(self, kind: str) -> bool:
        """Whether a source of this kind answered in this run."""
        return kind in self._answers

    def missing(self, known: Iterable[Source]) -> list[Missing]:
        """What was missing.

        Args:
            known: the portal's sources, asked or not.
        """
        known = tuple(known)
        gaps = [gap for kind in KINDS for gap in self._gaps(kind, known)]
        if self._pages and not self._listings and not self._partial:
            gaps.append(Missing(kind=LISTING, url=None, why="no page that was read lists articles"))
        return gaps

    @property
    def _partial(self) -> bool:
        """Whether what was listed cannot be held against what there is."""
        return self.resumed or self.stopped

    def _gaps(self, kind: str, known: tuple[Source, ...]) -> Iterator[Missing]:
        own = [m for m in self._missing.values() if m.kind == kind]
        if kind in self._answers:  # it need not be at all the usual places
            yield from (m for m in own if not is_probe(m.url, known))
            stated, listed = self._stated.get(kind, 0), self._entries[kind]
            if listed < stated and not self._partial:
                yield Missing(kind=kind, url=None, why=f"it lists {listed} of the {stated} that it states")
        elif own:
            yield from own
        elif not self.resumed and all(source.kind != kind for source in known):
            yield Missing(kind=kind, url=None, why="none is stated")

    def _used(self, kind: str) -> dict[str, int]:
        stated = {"stated": self._stated[kind]} if kind in self._stated else {}
        return {"answers": self._answers[kind], "entries": self._entries[kind], **stated}

    def as_json(self, known: Iterable[Source]) -> dict[str, Any]:
        """As the run's summary has it: what was used, what was missing, and what stood in for it.
        Empty where the run came to ask nothing."""
        if not (self._pages or self._answers or self._missing):
            return {}
        used = {k: self._used(k) for k in KINDS if k in self._answers}
        if self._listings:
            used[LISTING] = {"answers": self._listings}
        missing = [{"kind": m.kind, "url": m.url, "why": m.why} for m in self.missing(known)]
        return {"used": used, "missing": missing, "instead": [*used, "links"] if missing else []}


def is_probe(url: str | None, known: Iterable[Source]) -> bool:
    """Whether a source was only looked for, at one of the usual places."""
    parts = urlsplit(url or "")
    place = parts.path + (f"?{parts.query}" if parts.query else "")
    return place in USUAL_PLACES and all(source.url != url for source in known)


def sources_lines(sources: Mapping[str, Any]) -> list[str]:
    """The same in words: one line, and two more where something was missing; what was never
    asked is not missing."""
    if not sources or not (sources["used"] or sources["missing"]):
        return ["sources: none was asked in this run"]
    used = [f"{NAMES.get(kind, kind)} ({_amount(told)})" for kind, told in sources["used"].items()]
    lines = [f"sources: {', '.join(used) or 'none'}"]
    if sources["missing"]:
        kinds = dict.fromkeys(gap["kind"] for gap in sources["missing"])
        gaps = [_gap(kind, [m for m in sources["missing"] if m["kind"] == kind]) for kind in kinds]
        lines.append(f"  missing: {', '.join(gaps)}")
        lines.append(f"  used instead: {', '.join(NAMES.get(kind, kind) for kind in sources['instead'])}")
    return lines


def _amount(told: Mapping[str, int]) -> str:
    entries = told.get("entries")
    return counted(told["answers"], "page") if entries is None else counted(entries, "entry", "entries")


def _gap(kind: str, missing: list[Mapping[str, Any]]) -> str:
    """Addresses with the same fault are told together, those of one host without repeating it."""
    faults: dict[str, list[str]] = {}
    for gap in missing:
        faults.setdefault(gap["why"], []).extend([gap["url"]] if gap["url"] else [])
    told, origin = [], None
    for why, addresses in faults.items():
        shown = []
        for address in addresses:
            parts = urlsplit(address)
            here = (parts.scheme, parts.netloc)
            shown.append(address if here != origin else address.removeprefix(f"{here[0]}://{here[1]}"))
            origin = here
        if len(shown) > SHOWN:
            shown[SHOWN:] = [f"{len(shown) - SHOWN} more"]
        told.append(f"{', '.join(shown)}: {why}" if shown else why)
    return f"{NAMES.get(kind, kind)} ({'; '.join(told)})"
