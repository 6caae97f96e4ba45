"""The answer key: what REST and feeds say of the articles, against what was read in their pages.

A city's REST and feeds give title, day, text and pictures of an article in a form that needs no
reading of a page. Where they answer, they are the key for pages that nobody has seen: a rule of
reading that is wrong shows as a share of articles on which the two disagree. Nothing is ever
corrected by it. Writers are not compared: a platform's ``creator`` is most often an account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import Any, Protocol

from pipelines.archive import Portal
from pipelines.extract.zones import zone
from pipelines.fold import Folded
from pipelines.likeness import Likeness, is_summary, likeness, own_text, picture, plain_title
from pipelines.manifest import Share
from pipelines.model import Article, RecordRef
from pipelines.passages import Passages, passages
from pipelines.read_warc import Reading
from pipelines.rows import ArticleRow, record_columns
from pipelines.sources.entry import SourceEntry, local_day, moment
from pipelines.urls import url_key

FIELDS = ("title", "day", "text", "images")
WORST = 10
"""How many articles are named on which reading and key disagree."""
ALIKE = 900
"""F1 of the texts, in thousandths, from which on they agree."""
EXAMPLES = 2
"""Addresses that a sentence names."""
KINDS = ("rest", "feed")
"""Sources that make a key, the better one first."""
FURTHER = 1
"""Pictures that a page may show beyond those in the source's text: themes put a featured picture above it."""

_SHOWN = 200
_PICTURES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An article on which reading and key disagree."""

    url: str
    article_id: str
    source: str
    """Address of the answer that gave the key."""
    fields: tuple[str, ...]
    """The fields that differ."""
    text_permille: int | None
    """F1 of the texts over runs of five words, in thousandths; ``None`` where the key has no text."""
    text_found_permille: int | None
    """Of the source's runs, how many were read."""
    text_known_permille: int | None
    """Of the runs that were read, how many the source has."""
    read: Mapping[str, Any]
    """Title, day, the beginning of the text, and the pictures that only the page has, as read."""
    listed: Mapping[str, Any]
    """The same as the source says, and the pictures that only the source has."""
    passages: Passages | None
    """Where the texts differ, if they do."""
    page_record: Mapping[str, Any]
    """The WARC record that was read: ``warc_filename``, ``warc_record_offset`` …"""
    source_record: Mapping[str, Any]
    """The WARC record of the source's answer; of an answer like one before, that says so."""


Rank = tuple[int, int, str]
"""How bad a comparison is, the worst first: minus the fields that differ, likeness of the texts, address."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What was read of an article, and in which capture."""

    article_id: str
    article: Article | ArticleRow
    seen_at: datetime
    """When the page last said so."""
    record: RecordRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What one answer of a source says of one article."""

    entry: SourceEntry
    kind: str
    """rest or feed."""
    source: str
    """The answer's address."""
    record: RecordRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One article with its key."""

    page: ReadPage
    key: Listed
    verdicts: Mapping[str, bool]
    """By field that both state, whether they agree."""
    likeness: Likeness | None
    place: tzinfo | None
    """The portal's zone."""

    @property
    def rank(self) -> Rank:
        """How bad it is."""
        permille = 1000 if self.likeness is None else self.likeness.permille
        wrong = sum(not right for right in self.verdicts.values())
        return (-wrong, permille, self.page.article.url)

    @property
    def has_day(self) -> bool:
        """Whether the key has a day."""
        return _day(self.key, self.place) is not None

    def told(self) -> Disagreement:
        """Where they differ."""
        return _told(self, self.place)


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
    """What all answers of REST and feeds list as news, in order."""
    for reading in readings:
        if reading.source in KINDS:
            capture, kind = reading.capture, str(reading.source)
            for entry in reading.listed:
                if entry.news:
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
    return [_compare(page, key, place) for page, key in spoken if _speaks_of(key, page)]


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


def _speaks_of(key: Listed, page: ReadPage) -> bool:
    """Whether a key speaks of the text that was captured: not of a later one."""
    changed = moment(key.entry.modified)
    return changed is None or changed.tzinfo is None or changed <= page.seen_at


def _compare(page: ReadPage, key: Listed, place: tzinfo | None) -> Compared:
    entry, article = key.entry, page.article
    verdicts: dict[str, bool] = {}
    if entry.title:
        verdicts["title"] = plain_title(entry.title) == plain_title(article.title)
    day = _day(key, place)
    if day and article.published_date:
        verdicts["day"] = day == article.published_date
    text = _whole_text(key, article)
    alike = likeness(text, article.paragraphs, tuple(_printed(article))) if text else None
    if alike is not None:
        verdicts["text"] = alike.permille >= ALIKE
    if text or (entry.text is None and entry.images):
        missing, further = _pictures(entry, article)
        if entry.images or further:
            verdicts["images"] = not missing and (not text or len(further) <= FURTHER)
    return Compared(page=page, key=key, verdicts=verdicts, likeness=alike, place=place)


def _day(key: Listed, place: tzinfo | None) -> date | None:
    return local_day(key.entry.published, place)


def _whole_text(key: Listed, article: Article | ArticleRow) -> str | None:
    """The key's text, where it gives the whole of it."""
    text = own_text(key.entry.text, key.entry.title) if key.entry.text else None
    return None if text and key.kind == "feed" and is_summary(text, article.paragraphs) else text


def _printed(article: Article | ArticleRow) -> Iterator[str]:
    yield from filter(None, (article.lead, *article.paragraphs, article.byline, article.source))
    yield from (image.caption for image in article.images if image.caption)
    yield from (attachment.name for attachment in article.attachments if attachment.name)


def _pictures(entry: SourceEntry, article: Article | ArticleRow) -> tuple[list[str], list[str]]:
    """Addresses of pictures that only the source has, and of those that only the page has."""
    listed = {picture(url): url for url in entry.images}
    read = {picture(image.src): image.src for image in article.images}
    return [u for p, u in listed.items() if p not in read], [u for p, u in read.items() if p not in listed]


def _told(compared: Compared, place: tzinfo | None) -> Disagreement:
    article, entry, alike = compared.page.article, compared.key.entry, compared.likeness
    wrong = tuple(name for name, right in compared.verdicts.items() if not right)
    missing, further = _pictures(entry, article) if "images" in wrong else ([], [])
    text = _whole_text(compared.key, article)
    return Disagreement(
        url=article.url,
        article_id=compared.page.article_id,
        source=compared.key.source,
        fields=wrong,
        text_permille=alike.permille if alike else None,
        text_found_permille=alike.found if alike else None,
        text_known_permille=alike.known if alike else None,
        read=_side(article.title, article.published_date, article.body_text, further),
        listed=_side(entry.title, _day(compared.key, place), entry.text, missing),
        passages=passages(text, article.paragraphs, tuple(_printed(article)))
        if text and "text" in wrong
        else None,
        page_record=record_columns(compared.page.record),
        source_record=record_columns(compared.key.record),
    )


def _side(title: str | None, day: date | None, text: str | None, images: Sequence[str]) -> dict[str, Any]:
    return {
        "title": title,
        "day": day.isoformat() if day else None,
        "text": text[:_SHOWN] if text else None,
        "images": list(images[:_PICTURES]),
    }
