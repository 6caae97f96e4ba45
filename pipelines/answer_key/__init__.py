"""The answer key: what REST and feeds say of the articles, against what was read in their pages.

A city's REST and feeds give title, day, text and pictures of an article in a form that needs no
reading of a page. Where they answer, they are the key for pages that nobody has seen: a rule of
reading that is wrong shows as a share of articles on which the two disagree. Nothing is ever
corrected by it. Writers are not compared: a platform's ``creator`` is most often an account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, Protocol

from pipelines.answer_key.comparison import Compared, Disagreement, Listed, ReadPage, compare_page, speaks_of
from pipelines.archive import Portal
from pipelines.extract.zones import zone
from pipelines.fold import Folded
from pipelines.manifest.judged import Share
from pipelines.model import RecordRef
from pipelines.read_warc import Reading
from pipelines.rows import ArticleRow
from pipelines.urls import url_key

FIELDS = ("title", "day", "text", "images")
WORST = 10
"""How many articles are named on which reading and key disagree."""
EXAMPLES = 2
"""Addresses that a sentence names."""
KINDS = ("rest", "feed")
"""Sources that make a key, the better one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """How far reading and key agree, and where they do not."""

    fields: Mapping[str, Share]
    worst: tuple[Disagreement, ...]
    dated: Share
    """Articles whose key has a day, and those of them in whose pages a date could be read. A theme may print
    none: this is told, and one without is no disagreement."""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By field, two of the addresses on which it differs; under ``dated``, that have no date."""

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` keeps it: field by field, ``undated`` and ``worst``."""
        return {name: share.model_dump() for name, share in self.fields.items()} | {
            "undated": self.dated.compared - self.dated.agree,
            "worst": [asdict(d) for d in self.worst],
        }


class ByKey(Protocol):
    """URL keys to ``article_id``."""

    def get(self, key: str, /) -> str | None:
        """The article that a URL key leads to."""


def answer_key(folded: Folded, *, portal: Portal) -> AnswerKey:
    """Compare every article that REST or a feed lists, in its newest version.

    Args:
        folded: the whole archive.
        portal: its zone gives moments of the key their day. A kind of source that was taken out of its
            block is no key any more: a city's feed can be wrong.
    """
    return sum_up(comparisons(folded, portal))


def comparisons(folded: Folded, portal: Portal) -> list[Compared]:
    """Every article that REST or a feed lists, in its newest version, with its key."""
    rows = (item.row for item in folded.rows["articles"])
    pages = (page_of_row(row) for row in rows if isinstance(row, ArticleRow))
    found = keys(listings(folded.readings), folded.identities.by_key, kinds_of(portal))
    return _compared(pages, found, portal)


def kinds_of(portal: Portal) -> tuple[str, ...]:
    """The kinds of sources that are a key for a portal: those in its block, once sources were looked for."""
    used = {s.kind for s in portal.sources} if portal.detected_at else set(KINDS)
    return tuple(kind for kind in KINDS if kind in used)


def page_of_row(row: ArticleRow) -> ReadPage:
    """A row of ``articles`` as it is compared."""
    record = RecordRef(**{name: getattr(row, name) for name in RecordRef.__dataclass_fields__})
    return ReadPage(article_id=row.article_id, article=row, seen_at=row.last_captured_at, record=record)


def listings(readings: Iterable[Reading]) -> Iterator[Listed]:
    """What all answers of REST and feeds say of news, in order."""
    for reading in readings:
        if reading.source in KINDS:
            capture, kind = reading.capture, str(reading.source)
            for entry in reading.listed:
                if entry.news and not entry.bare:
                    yield Listed(entry=entry, kind=kind, source=capture.url, record=capture.record)


def keys(listed: Iterable[Listed], articles: ByKey, kinds: Collection[str]) -> dict[str, Listed]:
    """The newest entry for each article; one of REST comes before one of a feed.

    Args:
        listed: in the order of capture.
        articles: URL keys to ``article_id``.
        kinds: the sources that count.
    """
    found: dict[str, Listed] = {}
    for key in listed:
        article = articles.get(url_key(key.entry.url)) if key.kind in kinds else None
        known = found.get(article or "")
        if article and not (known and known.kind == "rest" and key.kind == "feed"):
            found[article] = key
    return found


def compare(pages: Iterable[ReadPage], found: Mapping[str, Listed], portal: Portal) -> AnswerKey:
    """Compare what was read with its key, article by article."""
    return sum_up(_compared(pages, found, portal))


def _compared(pages: Iterable[ReadPage], found: Mapping[str, Listed], portal: Portal) -> list[Compared]:
    place = zone(portal.zone) if portal.zone else None
    spoken = ((page, found[page.article_id]) for page in pages if page.article_id in found)
    return [compare_page(page, key, place) for page, key in spoken if speaks_of(key, page)]


def sum_up(compared: Sequence[Compared]) -> AnswerKey:
    """Comparisons in figures, and the worst of them in words."""
    shares = {
        name: Share(
            compared=sum(name in c.verdicts for c in compared),
            agree=sum(c.verdicts.get(name, False) for c in compared),
        )
        for name in FIELDS
    }
    wrong = wrong_ones(compared)
    days = [c.page.article for c in compared if c.has_day]
    undated = [article.url for article in days if article.published_date is None]
    examples = {name: tuple(islice(_differing(wrong, name), EXAMPLES)) for name in FIELDS}
    return AnswerKey(
        fields=shares,
        worst=tuple(c.told() for c in wrong[:WORST]),
        dated=Share(compared=len(days), agree=len(days) - len(undated)),
        examples=examples | {"dated": tuple(undated[:EXAMPLES])},
    )


def wrong_ones(compared: Iterable[Compared]) -> list[Compared]:
    """The comparisons in which a field differs, the worst first."""
    return sorted((c for c in compared if not all(c.verdicts.values())), key=lambda c: c.rank)


def _differing(wrong: Iterable[Compared], name: str) -> Iterator[str]:
    return (c.page.article.url for c in wrong if not c.verdicts.get(name, True))
