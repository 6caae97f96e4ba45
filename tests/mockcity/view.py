"""The city as one server shows it: which articles, at which address, with which sources switched on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from tests.mockcity.truth import BY_HAND, Facts, load_site

SOURCES = frozenset({"sitemap", "feed", "rest", "listings"})
"""All the ways besides related links by which the city's articles can be found."""

FIRST_NUMBER = 101
EXCERPT_WORDS = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every page of the city is rendered from."""

    base: str
    """The city's address without a closing slash, as it is written into pages."""
    articles: tuple[Facts, ...]
    """Oldest first."""
    sources: frozenset[str] = SOURCES
    site: Facts = field(default_factory=load_site)
    numbers: dict[str, int]
    """Number of each post in WordPress, by slug."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """Paths that redirect to another since the city runs."""
    gone: Mapping[str, int] = field(default_factory=dict)
    """Paths where an article stood, and what they answer instead of 404."""

    @property
    def name(self) -> str:
        """The site's name."""
        return str(self.site["name"])

    @property
    def per_page(self) -> int:
        """Articles on a page of a list."""
        return 5 if len(self.articles) <= BY_HAND else 10

    @property
    def newest(self) -> Iterator[Facts]:
        """The articles, newest first."""
        return reversed(self.articles)

    def has(self, source: str) -> bool:
        """Whether the source is switched on."""
        return source in self.sources

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return self.base + path

    def others(self, article: Facts, count: int) -> list[Facts]:
        """The newest articles that this one does not link as related."""
        linked = {article["path"], *(link["path"] for link in article["related"])}
        return list(islice((a for a in self.newest if a["path"] not in linked), count))

    def section(self, name: str) -> Facts:
        """A section by its name, with ``path`` and number (``id``)."""
        return next(s for s in self.sections() if s["name"] == name)

    def tag(self, name: str) -> Facts:
        """A tag by its name, with ``path`` and number (``id``)."""
        return next(t for t in self.tags() if t["name"] == name)

    def sections(self) -> list[Facts]:
        """The sections in the order of the menu."""
        return self._terms("sections", "/chuyen-muc/", 2)

    def tags(self) -> list[Facts]:
        """The tags."""
        return self._terms("tags", "/the/", 20)

    def filed(self, term: Facts) -> list[Facts]:
        """The articles of a section or tag, newest first."""
        kind = "sections" if term["path"].startswith("/chuyen-muc/") else "tags"
        return [a for a in self.newest if term["name"] in a[kind]]

    def _terms(self, kind: str, root: str, first: int) -> list[Facts]:
        return [{**t, "path": f"{root}{t['slug']}/", "id": first + n} for n, t in enumerate(self.site[kind])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list of articles."""

    name: str | None
    """The list's heading; None on the home page."""
    articles: list[Facts]
    pages: list[str]
    """Paths of all pages of the list, the first one first."""
    index: int
    """Which of them this is."""

    def near(self, reach: int = 3) -> list[int]:
        """Indexes of the pages that this one links by number: first, last and those around it."""
        last = len(self.pages) - 1
        around = range(max(0, self.index - reach), min(last, self.index + reach) + 1)
        return sorted({0, last, *around})

    @property
    def following(self) -> str | None:
        """Path of the next page."""
        return self.pages[self.index + 1] if self.index + 1 < len(self.pages) else None


def excerpt(article: Facts) -> str:
    """The first words of an article, as lists print them."""
    words = (article["lead"] or article["paragraphs"][0]).split()
    return " ".join(words[:EXCERPT_WORDS]) + ("…" if len(words) > EXCERPT_WORDS else "")


def printed_day(article: Facts) -> str:
    """The day of publication as DD/MM/YYYY."""
    return "/".join(reversed(article["published_date"].split("-")))
