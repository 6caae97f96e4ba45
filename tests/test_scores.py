"""A ratchet on the reading of real pages: what the generic reader reads right today, it reads right tomorrow.

The pages and their labels lie outside the repository; where they are missing the tests say so. No layout
and no portal is given: an address, the bytes and the instant of capture are all the reader knows. The
sample cities have their own, every field exact, in the tests of their pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from statistics import mean
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article
from tests.running import ROOT
from tests.scoring import body_f1, hits, kept, plain, pooled_f1, without_day

SHARED = ROOT.parent / "shared"
CAPTURED = datetime(2026, 6, 1, tzinfo=UTC)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ONLY_CHANGED = "notice-jp-naha"
"""Prints no date but that of its last change, which is what its label holds."""


def needs(folder: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not (SHARED / folder).is_dir(), reason=f"shared/{folder} is not on this machine"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page, what it truly says, and what was read of it."""

    id: str
    url: str
    html: bytes
    truth: dict[str, Any]
    article: Article

    @property
    def paragraphs(self) -> list[str]:
        return kept(self.article.paragraphs, self.truth.get("neutral", ()))

    @property
    def lead(self) -> list[str]:
        return kept([self.article.lead], self.truth.get("neutral", ())) if self.article.lead else []

    @property
    def body(self) -> float:
        return body_f1(self.truth["body"], [*self.lead, *self.paragraphs])


def read(html: bytes, url: str) -> Article:
    article = extract_html(html, url, captured_at=CAPTURED)
    assert isinstance(article, Article), f"{url}: {article}"
    return article


@cache
def pages(folder: str) -> tuple[Read, ...]:
    found = []
    for line in (SHARED / folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        html, url = (SHARED / folder / label["html"]).read_bytes(), label["url"]
        found.append(Read(id=label["id"], url=url, html=html, truth=label["truth"], article=read(html, url)))
    return tuple(found)


def wrong(found: Iterable[tuple[Read, object, object]]) -> str:
    """A line for each page whose value is not the labelled one: page, label, reading."""
    return "\n".join(f"{p.id}: labelled {true!r}, read {got!r}" for p, true, got in found if true != got)


def figures(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in sorted(values.items(), key=lambda v: v[1]))


def local(page: Read, zone: ZoneInfo) -> datetime | None:
    """The labelled instant in the zone of its portal; one that names no offset is meant there already."""
    stated = page.truth.get("date")
    if not stated:
        return None
    at = datetime.fromisoformat(stated)
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)


def check_titles(folder: str) -> None:
    for page in pages(folder):
        accepted = [plain(t) for t in (page.truth["title"], *page.truth.get("title_alt", ()))]
        assert plain(page.article.title) in accepted, (
            f"{page.id}: labelled {accepted}, read {page.article.title!r}"
        )


def check_set(folder: str, field: str, values: Callable[[Article], Iterable[str]], least: float) -> None:
    labelled = [p for p in pages(folder) if field in p.truth]
    counts, unlike = [], []
    for page in labelled:
        answers = [page.truth[field], *page.truth.get(f"{field}_alt", ())]
        got = [v for v in values(page.article) if v not in page.truth.get("related_ignore", ())]
        counts.append(found := hits(answers, got))
        unlike += [f"{page.id}: labelled {answers}, read {got}"] if found[0] != found[1] else []
    score = pooled_f1(counts)
    assert score >= least, f"{field}: F1 {score:.3f}, at least {least}\n" + "\n".join(unlike)


def check_bodies(folder: str, average: float, each: float) -> None:
    scores = {page.id: page.body for page in pages(folder)}
    assert mean(scores.values()) >= average, (
        f"mean {mean(scores.values()):.3f}, at least {average}: {figures(scores)}"
    )
    low = {name: score for name, score in scores.items() if score < each}
    assert not low, f"below {each}: {figures(low)}"


@needs("real_pages")
def test_vietnamese_titles_are_exact() -> None:
    assert len(pages("real_pages")) == 9
    check_titles("real_pages")


@needs("real_pages")
def test_vietnamese_days_and_minutes_are_right() -> None:
    dated = [(p, at) for p in pages("real_pages") if (at := local(p, VIETNAM))]
    assert len(dated) == 8
    days = wrong((p, str(at.date()), str(p.article.published_date)) for p, at in dated)
    assert not days, days
    timed = [(p, at) for p, at in dated if p.truth["date_precision"] == "minute"]
    minutes = wrong((p, f"{at:%F %H:%M}", minute(p.article)) for p, at in timed)
    assert not minutes, minutes


def minute(article: Article) -> str | None:
    return f"{article.published_at.astimezone(VIETNAM):%F %H:%M}" if article.published_at else None


@needs("real_pages")
@pytest.mark.parametrize(
    ("field", "least"), [("authors", 0.95), ("photo_credits", 0.95), ("related_links", 0.9)]
)
def test_vietnamese_people_credits_and_links(field: str, least: float) -> None:
    values: dict[str, Callable[[Article], Iterable[str]]] = {
        "authors": lambda a: a.authors,
        "photo_credits": lambda a: a.photo_credits,
        "related_links": lambda a: [link.url for link in a.related],
    }
    check_set("real_pages", field, values[field], least)


@needs("real_pages")
def test_vietnamese_bodies() -> None:
    check_bodies("real_pages", average=0.98, each=0.93)


@needs("real_pages")
def test_vietnamese_bodies_begin_and_end_where_they_should() -> None:
    for name in ("first_par", "last_par"):
        unlike = [line for page in pages("real_pages") if (line := edge(page, name))]
        assert len(unlike) <= 1, "\n".join(unlike)


def edge(page: Read, name: str) -> str:
    """What is wrong with the first or last paragraph, if anything. The first may have become the lead."""
    read_as = page.paragraphs[-1:] if name == "last_par" else [*page.lead, *page.paragraphs[:1]]
    true = plain(page.truth[name])
    return "" if true in read_as else f"{page.id}: {name} labelled {true!r}, read {read_as!r}"


@needs("real_pages")
def test_a_vietnamese_page_whose_date_is_cut_out_is_given_none() -> None:
    for page in pages("real_pages"):
        if not (days := days_of(page)):
            continue
        html = whole = page.html.decode("utf-8")
        for day in days:
            html = without_day(html, day)
        assert html != whole, f"{page.id}: labelled {days}, nothing was cut"
        article = read(html.encode(), page.url)
        got = (article.published_at, article.published_date, article.published_raw)
        assert got == (None, None, None), f"{page.id}: labelled none with {days} cut out, read {got}"


def days_of(page: Read) -> set[date]:
    """The labelled day, as it is on the portal's clock and as it is written where that is another one."""
    at = local(page, VIETNAM)
    return {at.date(), date.fromisoformat(page.truth["date"][:10])} if at else set()


@needs("world_pages")
def test_titles_of_other_countries_are_exact() -> None:
    assert len(pages("world_pages")) == 10
    check_titles("world_pages")


@needs("world_pages")
def test_days_of_other_countries_are_right_and_none_is_made_up() -> None:
    for page in pages("world_pages"):
        day = str(page.truth["date"])[:10] if page.truth["date"] else None
        accepted = {day, None} if page.id == ONLY_CHANGED else {day}
        got = str(page.article.published_date) if page.article.published_date else None
        assert got in accepted, f"{page.id}: labelled {day}, read {got} ({page.article.published_raw!r})"


@needs("world_pages")
def test_no_author_is_made_up_in_other_countries() -> None:
    for page in pages("world_pages"):
        accepted = [page.truth["authors"], *page.truth.get("authors_alt", ())]
        got = list(page.article.authors)
        assert page.truth["authors"] or got in [[], *accepted], f"{page.id}: labelled {accepted}, read {got}"


@needs("world_pages")
def test_bodies_of_other_countries() -> None:
    check_bodies("world_pages", average=0.96, each=0.75)
