"""One article and its key: where what was read in the page and what a source says of it agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from pipelines.answer_key.likeness import Likeness, is_summary, likeness, own_text, picture, plain_title
from pipelines.answer_key.passages import Passages, passages
from pipelines.model import Article, RecordRef
from pipelines.rows import ArticleRow, record_columns
from pipelines.sources.entry import SourceEntry, local_day, moment

ALIKE = 900
"""F1 of the texts, in thousandths, from which on they agree."""
FURTHER = 1
"""Pictures that a page may show beyond those in the source's text: themes put a featured picture above it."""
REMEMBERED = 2_000
"""Comparisons of texts that are remembered: a commit compares what is new as a part of the archive, and then
by itself."""
_SHOWN = 200
_PICTURES = 5
Rank = tuple[int, int, str]
"""How bad a comparison is, the worst first: minus the fields that differ, likeness of the texts, address."""


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


def speaks_of(key: Listed, page: ReadPage) -> bool:
    """Whether a key speaks of the text that was captured: not of a later one."""
    changed = moment(key.entry.modified)
    return changed is None or changed.tzinfo is None or changed <= page.seen_at


def compare_page(page: ReadPage, key: Listed, place: tzinfo | None) -> Compared:
    entry, article = key.entry, page.article
    verdicts: dict[str, bool] = {}
    if entry.title:
        verdicts["title"] = plain_title(entry.title) == plain_title(article.title)
    day = _day(key, place)
    if day and article.published_date:
        verdicts["day"] = day == article.published_date
    text = _whole_text(key, article)
    alike = _likeness(text, tuple(article.paragraphs), tuple(_printed(article))) if text else None
    if alike is not None:
        verdicts["text"] = alike.permille >= ALIKE
    if text or (entry.text is None and entry.images):
        missing, further = _pictures(entry, article)
        if entry.images or further:
            verdicts["images"] = not missing and (not text or len(further) <= FURTHER)
    return Compared(page=page, key=key, verdicts=verdicts, likeness=alike, place=place)


def _day(key: Listed, place: tzinfo | None) -> date | None:
    return local_day(key.entry.published, place)


_likeness = lru_cache(maxsize=REMEMBERED)(likeness)


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
