"""Whether everything was found: what each way of finding articles knows, held against the others.

REST, sitemaps, feeds and links between pages are counted independently of each other. An article that one
knows and another does not is named: either that source is not whole, or we lost something.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.counted import counted
from pipelines.dispositions import GONE

LINKS = "links"
WAYS: Mapping[str, tuple[str, ...]] = {
    "rest": ("rest",),
    "sitemap": ("sitemap",),
    "feed": ("feed",),
    LINKS: ("seed", "listing", "related"),
}
"""The independent ways to find an article, each with the words of ``found_by`` that mean it."""
EXAMPLES = 5
"""Addresses that are named of each difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An address of a page, as the ledger has it."""

    url: str
    found_by: tuple[str, ...]
    verdict: str
    reason: str | None
    status: int | None

    @property
    def is_up(self) -> bool:
        """Whether its last captured answer was a page."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def why(self) -> str:
        """In a word, why there is no article at it."""
        if self.verdict in ("excluded", "failed"):
            return f"{self.verdict}.{self.reason}"
        if self.status in GONE:
            return "gone"
        return "no_article" if self.status else "pending"


def article_addresses(root: Path) -> dict[str, str]:
    """Every address of an archive that leads to an article, with the article's id, from ``coverage``.

    Args:
        root: the archive folder.
    """
    found: dict[str, str] = {}
    for path in (root / "coverage").glob("archived_month=*/*.parquet"):
        table = pq.read_table(path, columns=["url", "article_id"], partitioning=None)
        pairs = zip(table["url"].to_pylist(), table["article_id"].to_pylist(), strict=True)
        found.update((url, article) for url, article in pairs if article is not None)
    return found


def completeness(pages: Iterable[Page], articles: Mapping[str, str], ways: Collection[str]) -> dict[str, Any]:
    """The counts, and the differences.

    Args:
        pages: all pages that the ledger knows.
        articles: as :func:`article_addresses` gives them.
        ways: those that should know every article: their gaps are told.

    Returns:
        ``articles`` that are up; ``known_to``, for each way how many of them; ``unknown_to``, for
        each of ``ways`` how many it does not know, who does, and examples; ``without_article``, what REST
        and feeds list without an article at it, and why. Empty where there is no article.
    """
    known: defaultdict[str, set[str]] = defaultdict(set)
    address: dict[str, str] = {}
    empty: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        named = {way for way, words in WAYS.items() if not set(words).isdisjoint(page.found_by)}
        article = articles.get(page.url)
        if article is not None:
            known[article] |= named
            if page.is_up:
                address.setdefault(article, page.url)
        else:
            for way in named & {"rest", "feed"}:
                empty[way].append(page)
    up = {article: known[article] for article in address}
    if not up:
        return {}
    return {
        "articles": len(up),
        "known_to": {way: sum(way in named for named in up.values()) for way in WAYS},
        "unknown_to": {way: gap for way in WAYS if way in ways and (gap := _gap(way, up, address))},
        "without_article": {way: _without(found) for way, found in sorted(empty.items())},
    }


def _gap(way: str, up: Mapping[str, set[str]], address: Mapping[str, str]) -> dict[str, Any] | None:
    missing = [article for article, named in up.items() if way not in named]
    if not missing:
        return None
    others = Counter(other for article in missing for other in sorted(up[article]))
    examples = sorted(address[article] for article in missing)[:EXAMPLES]
    return {"articles": len(missing), "known_to": dict(others), "examples": examples}


def _without(pages: list[Page]) -> dict[str, Any]:
    why = Counter(sorted(page.why for page in pages))
    examples = sorted(page.url for page in pages)[:EXAMPLES]
    return {"addresses": len(pages), "why": dict(why), "examples": examples}


NAMES = {"rest": "REST", "sitemap": "sitemaps", "feed": "feeds", LINKS: "links between pages"}


def lines(told: Mapping[str, Any]) -> list[str]:
    """The same in words: the counts, and a line for each difference."""
    if not told:
        return []
    counts = ", ".join(f"{NAMES[way]} {n}" for way, n in told["known_to"].items() if n)
    up = counted(told["articles"], "article is", "articles are")
    found = [f"completeness: {up} up; known to {counts or 'imports only'}"]
    for way, gap in told["unknown_to"].items():
        others = ", ".join(f"{NAMES[other]} {n}" for other, n in gap["known_to"].items())
        found.append(
            f"  {NAMES[way]} without {gap['articles']} (known to {others}): {_some(gap, 'articles')}"
        )
    for way, rest in told["without_article"].items():
        why = ", ".join(f"{reason} {n}" for reason, n in rest["why"].items())
        listed = f"{NAMES[way]} with {rest['addresses']} that are no article ({why})"
        found.append(f"  {listed}: {_some(rest, 'addresses')}")
    return found


def _some(gap: Mapping[str, Any], count: str) -> str:
    more = gap[count] - len(gap["examples"])
    return " ".join(gap["examples"]) + (f" and {more} more" if more else "")
