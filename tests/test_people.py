"""Where on a page its byline stands: below the text, beside the headline, in the line of the date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article, ReadingContext

BODY = "".join(
    f"<p>Paragraph {n}: the ferry landing was rebuilt this spring, and the boats leave from it again.</p>"
    for n in ("one", "two", "three", "four")
)
TITLE = "<h1>The ferry landing is open again</h1>"
STANDFIRST = "<p>After a winter of pile driving, the boats leave every hour until it grows dark.</p>"


def read(top: str, tail: str = "", *, meta: str = "", lang: str = "en") -> Article:
    head = f"<head><title>The ferry landing is open again</title>{meta}</head>"
    page = f"<html lang={lang}>{head}<body><main>{TITLE}{top}<div>{BODY}{tail}</div></main></body></html>"
    context = ReadingContext(zone="Europe/London")
    article = extract_html(
        page.encode(),
        "https://town.example/ferry",
        captured_at=datetime(2026, 4, 1, tzinfo=UTC),
        context=context,
    )
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    "line",
    [
        "Posted by Rosa Lake on March 5, 2026",
        "March 5, 2026 by Rosa Lake",
        "5 March 2026 | By Rosa Lake | 3 min read",
        "Data: 05/03/2026 - Publicado por: Rosa Lake - Categoria: Porto",
    ],
)
def test_a_writer_in_the_line_of_the_date(line: str) -> None:
    article = read(f"<p>{line}</p>")
    assert article.authors == ("Rosa Lake",)
    assert str(article.published_date) == "2026-03-05"


@pytest.mark.parametrize("line", ["Posted by admin on March 5, 2026", "March 5, 2026 by City Press Office"])
def test_accounts_and_offices_in_the_line_of_the_date_wrote_nothing(line: str) -> None:
    article = read(f"<p>{line}</p>")
    assert (article.byline, article.authors) == (None, ())


def test_a_line_for_the_source_below_a_writers_line_is_no_byline() -> None:
    article = read("", "<p>Rosa Lạc. Ảnh: Ann Quạ</p><p>(Nguồn: Harbour Gazette)</p>", lang="vi")
    assert article.byline == "Rosa Lạc. Ảnh: Ann Quạ"
    assert (article.authors, article.source) == (("Rosa Lạc",), "Harbour Gazette")


def test_who_posts_a_text_of_a_paper_did_not_write_it() -> None:
    article = read("<p>March 5, 2026 by Rosa Lake</p>", "<p>Nguồn: Harbour Gazette</p>")
    assert (article.authors, article.source) == ((), "Harbour Gazette")


@pytest.mark.parametrize("above", ["", STANDFIRST])
def test_a_byline_beside_the_headline_also_below_a_standfirst(above: str) -> None:
    article = read(f"{above}<p>By Rosa Lake, Tom van der Hill and Ann Moor</p>")
    assert article.byline == "By Rosa Lake, Tom van der Hill and Ann Moor"
    assert article.authors == ("Rosa Lake", "Tom van der Hill", "Ann Moor")
    assert article.paragraphs[-1].startswith("Paragraph four")


def test_a_line_for_the_pictures_below_and_the_writer_above() -> None:
    article = read("<p>BY ROSA LAKE</p>", "<p>Photos by Tom Hill and Ann Moor</p>")
    assert (article.byline, article.authors) == ("BY ROSA LAKE", ("ROSA LAKE",))
    assert article.photo_credits == ("Tom Hill", "Ann Moor")


def test_a_line_for_the_pictures_alone_is_the_byline() -> None:
    article = read("", "<p>Photos by Tom Hill</p>")
    assert (article.byline, article.authors, article.photo_credits) == (
        "Photos by Tom Hill", (), ("Tom Hill",),
    )  # fmt: skip


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Media contact: Rosa Lake, 555 0100</p>",
        "<p>Contact: Rosa Lake</p>",
        "<p>Rosa Lake</p>",
        "<p>By the Harbour Wall</p>",
    ],
)
def test_contacts_and_bare_names_below_an_english_text_wrote_nothing(tail: str) -> None:
    meta = '<meta name="author" content="webteam">'
    assert read("", tail, meta=meta).authors == ()


@pytest.mark.parametrize("line", ["Road Closure", "Harbour Update"])
def test_two_capitalised_words_under_an_english_headline_are_nobody(line: str) -> None:
    assert read(f"<p>{line}</p><p>March 5, 2026</p>").authors == ()
    assert read(f"<p><a rel=author href=/a>{line}</a></p>").authors == (line,)


def test_who_signs_a_document_in_office_wrote_no_news() -> None:
    text = "Bến đò được dựng lại trong mùa xuân này, và các chuyến đò lại rời bến mỗi giờ tới khi trời tối."
    signed = f"<p>{text}</p><p>{text[8:]}</p><p>CHỦ TỊCH</p><p>Hoàng Minh</p>"
    assert read("", signed, lang="vi").authors == ()
    assert read("", signed.replace("<p>CHỦ TỊCH</p>", ""), lang="vi").authors == ("Hoàng Minh",)


def test_lines_of_keywords_end_the_text() -> None:
    article = read("", "<p>Posted in: <a href=/c>Harbour</a></p><p>Tagged <a href=/t>boats</a></p>")
    assert (article.sections, article.tags) == (("Harbour",), ("boats",))
    assert article.paragraphs[-1].startswith("Paragraph four")


def test_a_date_of_change_below_the_text_is_no_paragraph() -> None:
    article = read("<p>March 5, 2026</p>", "<p>Last updated: March 6, 2026, 10:15 a.m.</p>")
    assert article.modified_at == datetime(2026, 3, 6, 10, 15, tzinfo=UTC)
    assert article.paragraphs[-1].startswith("Paragraph four")
