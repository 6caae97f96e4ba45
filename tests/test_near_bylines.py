"""Sentences that look as bylines do: what is printed in the text of a page is never one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.byline import parse_byline
from pipelines.extract.enclosed import enclosed
from pipelines.model import Article
from tests.footbridge import TEXTS
from tests.mockcity.truth import load_articles
from tests.mocktown.truth import load_articles as town_articles
from tests.near_bylines import NEAR


def test_every_language_with_bylines_has_sentences_that_look_like_them() -> None:
    assert set(NEAR) == set(TEXTS)
    assert all(len(set(lines)) == len(lines) >= 12 for lines in NEAR.values())


@pytest.mark.parametrize("lang", NEAR)
def test_what_looks_like_a_byline_is_none(lang: str) -> None:
    # A bare name without a label counts in Vietnamese papers alone (``byline_of``).
    wrong = [(s, b) for s in NEAR[lang] if (b := parse_byline(s)) and (b.labelled or lang == "vi")]
    assert wrong == []


@pytest.mark.parametrize("lang", NEAR)
def test_no_page_takes_such_a_line_for_its_byline(lang: str) -> None:
    title, *paragraphs = TEXTS[lang]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    for line in NEAR[lang]:
        for page in (f"<h1>{title}</h1><p>{line}</p>{body}", f"<h1>{title}</h1>{body}<p>{line}</p>"):
            html = (
                f"<html lang={lang}><head><meta charset=utf-8></head><body><main>{page}</main></body></html>"
            )
            moment = datetime(2026, 4, 1, tzinfo=UTC)
            article = extract_html(html.encode(), "https://town.example/42", captured_at=moment)
            assert isinstance(article, Article), line
            assert (article.byline, article.authors, article.photo_credits) == (None, (), ()), line


def test_no_sentence_of_the_samples_is_a_byline() -> None:
    articles = [*load_articles(124), *town_articles()]
    paragraphs = {
        text
        for article in articles
        for text in [*article["paragraphs"], article["lead"] or "", article["title"]]
    }
    sentences = paragraphs | {s for text in paragraphs for s in (*text.split(". "), *text.split("; "))}
    assert len(sentences) > 1000
    assert [s for s in sentences if parse_byline(s)] == []
    assert [text for text in paragraphs if list(enclosed(text, text))] == []
