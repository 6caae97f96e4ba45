"""What stands between headline and text: lead, date, facts; and where the text ends."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "Seventy households on the upper terraces now get their water from the new cistern behind the school."
Q = "The old pipe stays in the ground as a spare, and the pump house becomes a store for the fire brigade."
SHORT = "The taps ran clear by noon."


def read(inside: str) -> Article:
    html = (
        '<html lang="en"><head><title>New cistern feeds the upper terraces</title></head><body>'
        f"<div><h2>New cistern feeds the upper terraces</h2>{inside}</div></body></html>"
    )
    article = extract_html(
        html.encode(), "https://town.example/n/8", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
    )
    assert isinstance(article, Article), article
    return article


BODY = f"<div><p>{P}</p><p>{Q}</p></div>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<p>{SHORT}</p>{BODY}",
        f"<div>{SHORT}</div><p>{P}</p><p>{Q}</p>",
        f"<p>{SHORT}</p><p>Posted 5 March 2026</p><div><p><b>{SHORT}</b></p><p>{P}</p><p>{Q}</p></div>",
    ],
)
def test_a_lead_may_be_one_short_sentence(inside: str) -> None:
    article = read(inside)
    assert (article.lead, article.paragraphs) == (SHORT, (P, Q))


@pytest.mark.parametrize(
    "line", ["Terraces and Springs", "Listen.", "Photos: see below.", "Water Office, Town Hall"]
)
def test_a_line_that_is_no_sentence_is_no_lead(line: str) -> None:
    article = read(f"<p>{line}</p>{BODY}")
    assert (article.lead, article.paragraphs) == (None, (P, Q))


@pytest.mark.parametrize("label", ["", "Posted: "])
def test_a_date_may_stand_between_lead_and_text(label: str) -> None:
    article = read(f"<p>{SHORT} Nobody had to boil theirs.</p><p>{label}5 March 2026</p>{BODY}")
    assert article.published_date == date(2026, 3, 5)
    assert (article.lead, article.paragraphs) == (f"{SHORT} Nobody had to boil theirs.", (P, Q))


def test_a_date_among_the_paragraphs_belongs_to_them() -> None:
    article = read(
        f"<p>{P}</p><p>Tuesday, 10 March 2026</p><p>{Q}</p><p>Wednesday, 11 March 2026</p><p>{P} {Q}</p>"
    )
    assert article.published_date is None
    assert article.paragraphs[1] == "Tuesday, 10 March 2026"


def test_facts_above_the_text_are_none_of_its_paragraphs_and_only_one_of_them_dates_it() -> None:
    facts = "<dl><dt>Valid</dt><dd>1 January 2026</dd><dt>Ward</dt><dd>Upper</dd>%s</dl>"
    undated = read(f"{facts % ''}<p>{P}</p><p>{Q}</p>")
    dated = read(f"{facts % '<dt>Posted</dt><dd>5 March 2026</dd>'}<p>{P}</p><p>{Q}</p>")
    assert undated.paragraphs == dated.paragraphs == (P, Q)
    assert (undated.published_date, dated.published_date) == (None, date(2026, 3, 5))


@pytest.mark.parametrize(
    "bar",
    [
        "<p>Listen</p>",
        '<p><a href="#l">Listen</a> | <a href="/p">Print</a> <a href="https://a.example/8">Original</a></p>',
        "<p>Đọc bài viết</p>",
    ],
)
def test_a_line_of_buttons_above_the_text_is_no_part_of_it(bar: str) -> None:
    article = read(f"<p>5 March 2026</p>{bar}<div>{SHORT}</div><div><p>{P}</p><p>{Q}</p></div>")
    assert (article.lead, article.paragraphs) == (SHORT, (P, Q))
    assert article.original_url == ("https://a.example/8" if "Original" in bar else None)


@pytest.mark.parametrize(
    "line", ["Views: 1,204", "Đã xem: 71 | Nguồn: | Cỡ chữ", "318 lượt xem", "조회수 45"]
)
def test_how_many_have_seen_the_page_is_no_part_of_its_text(line: str) -> None:
    above = read(f"<div>{SHORT}</div><div>{line}</div><div><p>{P}</p><p>{Q}</p></div>")
    below = read(f"<div>{SHORT}</div><div><p>{P}</p><p>{Q}</p><p>{line}</p></div>")
    for article in (above, below):
        assert (article.lead, article.paragraphs) == (SHORT, (P, Q))


def test_a_sentence_about_views_is_text() -> None:
    told = "The hill has 12 views."
    assert told in read(f"<p>{P}</p><p>{told}</p><p>{Q}</p>").paragraphs


def test_how_readers_rated_the_text_is_no_part_of_it() -> None:
    bar = '<div><a href="#1">1</a> <a href="#2">2</a> 3,5/5 (12 lượt đánh giá)</div>'
    assert read(f"<p>{P}</p><p>{Q}</p>{bar}").paragraphs == (P, Q)


def test_questions_and_answers_stay() -> None:
    answers = f"<dl><dt>Who gets water?</dt><dd>{P}</dd><dt>What of the pipe?</dt><dd>{Q}</dd></dl>"
    assert read(answers).paragraphs == ("Who gets water?", P, "What of the pipe?", Q)


PICTURE = '<div><img src="/cistern.jpg"></div>'


def test_pictures_and_a_short_sentence_beside_the_last_long_paragraph_are_the_articles() -> None:
    caption = "<p align=center>The cistern seen from the school. Photo: Rosa Lake</p>"
    menu = "<ul>" + "<li><a href='/n'>Other news of the town and its wards</a></li>" * 4 + "</ul>"
    article = read(f"<div><div>{P}<br>{Q}</div>{PICTURE}{caption}<p>{SHORT}</p></div>{menu}")
    assert article.paragraphs == (P, Q, SHORT)
    assert [(i.src, i.credit) for i in article.images] == [("https://town.example/cistern.jpg", "Rosa Lake")]


def test_a_text_that_a_platform_marks_ends_with_its_element() -> None:
    beside = f"{PICTURE}<p>Rosa Lake writes about water.</p>"
    article = read(f'<div><div class="entry-content"><p>{P}</p><p>{Q}</p></div>{beside}</div>')
    assert (article.paragraphs, article.images) == ((P, Q), ())


@pytest.mark.parametrize(
    "beside",
    [
        f"{PICTURE}<h4>Rosa Lake</h4><p>She writes about water.</p>",
        '<a href="/share"><img src="/share.png"></a><p>Tell your friends about it.</p>',
        f"{PICTURE}<p>All rights reserved.</p>",
        "<p>Tags: <a href='/water'>water</a></p><p>Five readers liked it.</p>",
        '<img class="avatar" src="/rosa.jpg"><p>She writes about water.</p>',
    ],
)
def test_portraits_boxes_and_buttons_beside_the_text_are_not(beside: str) -> None:
    article = read(f"<div><div>{P}<br>{Q}</div><div>{beside}</div></div>")
    assert (article.paragraphs, article.images) == ((P, Q), ())


@pytest.mark.parametrize(
    "told",
    [
        "The trust that digs the new pond has put aside 1 250 000 000 crowns for it, a sum nobody knew of.",
        "Whoever hears the pump run at night may ring 0200 555 0174, where a warden of the office notes "
        "down day and hour, and goes to look for himself before the week is out, rain or no rain.",
    ],
)
def test_sums_of_money_and_numbers_given_in_passing_are_running_text(told: str) -> None:
    article = read(f'<div>{P}<br>{Q}</div><div><img src="/p.jpg"></div><div>{told}</div>')
    assert article.paragraphs[-1] == told
    assert len(article.images) == 1


def test_a_last_sentence_with_a_telephone_number_is_text() -> None:
    last = "People without a car may telephone 555 0174."
    assert read(f"{BODY[:-6]}<p>{last}</p></div>").paragraphs[-1] == last
