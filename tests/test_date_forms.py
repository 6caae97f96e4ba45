"""Printed dates of many countries: what stands between day and time of day, whose calendar it is, and which
lines beside a headline are dates of the article."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.moments import Moment, moments
from pipelines.extract.zones import of_country
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
R = "The old bridge stays until the end of the month and is then taken down in the course of two nights."
TEXT = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"


def read(body: str, *, lang: str = "en", host: str = "town.example") -> Article:
    head = "<head><meta charset=utf-8><title>Millrace</title></head>"
    html = f"<html lang={lang}>{head}<body>{body}</body></html>"
    url = f"https://{host}/news.php?id=7"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def first(text: str, language: str) -> str | None:
    """The first date of a line, as ISO 8601 writes it."""
    for found in moments(text, language=language):
        if isinstance(found, Moment):
            return found.day.isoformat() + (found.clock.strftime("T%H:%M") if found.clock else "")
    return None


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Thu, 5 Mar 2026, 8.15am"),
        ("en", "Mar.5, 2026 - 8:15 am"),
        ("fr", "jeudi 5 mars 2026, 8 heures 15"),
        ("it", "5 marzo 2026 (8.15)"),
        ("it", "5 marzo 2026 - h 8.15"),
        ("pt", "quinta-feira, 5 de março de 2026, às 8h15"),
        ("pl", "czwartek, 5 marca 2026 r., godz. 8.15"),
        ("nl", "05-03-2026 | 08.15 u"),
        ("hr", "četvrtak, 5. ožujka 2026. u 8:15"),
        ("hr", "05.03.2026. 08:15"),
        ("fi", "5. maaliskuuta 2026 kello 8.15"),
        ("cs", "5. března 2026 v 8.15 hodin"),
        ("hu", "2026. március 5., csütörtök, 8:15"),
        ("el", "Πέμπτη 5 Μαρ 2026, ώρα 8:15 π.μ."),
        ("tr", "5 Mart 2026 Perşembe, saat 08.15"),
        ("th", "วันพฤหัสบดีที่ 5 มีนาคม พ.ศ. 2569 เวลา 08.15 น."),
    ],
)
def test_a_day_and_its_time_of_day(lang: str, line: str) -> None:
    assert first(line, lang) == "2026-03-05T08:15"


@pytest.mark.parametrize(
    ("lang", "line", "expected"),
    [
        ("ko", "2026년 3월 5일(목) 오후 3시 5분", "2026-03-05T15:05"),
        ("ja", "2026年3月5日 午後3時5分", "2026-03-05T15:05"),
        ("el", "5 Μαρτίου 2026 8:15 μ.μ.", "2026-03-05T20:15"),
        ("en", "5 March 2026, 8.15 tonnes of sand were moved", "2026-03-05"),
        ("de", "5. Mrz. 2026, So wie immer", "2026-03-05"),
    ],
)
def test_minutes_of_one_digit_afternoons_and_numbers_that_are_no_times(
    lang: str, line: str, expected: str
) -> None:
    assert first(line, lang) == expected


@pytest.mark.parametrize("line", ["115年3月5日", "民國115年3月5日", "115-03-05", "115/3/5", "115.03.05"])
def test_years_of_the_republic_count_on_taiwanese_pages_alone(line: str) -> None:
    assert first(line, "zh-Hant-TW") == "2026-03-05"
    elsewhere = [first(line, other) for other in ("zh-CN", "zh-HK", "ja", "en")]
    assert elsewhere == [None] * 4 or "民" in line
    assert read(
        f"<h1>Footbridge opens early</h1><p>{line}</p>{TEXT}", lang="zh", host="city.gov.tw"
    ).published_date


def test_years_of_the_buddha_in_digits_count_on_thai_pages_alone() -> None:
    assert first("05/03/2569", "th") == "2026-03-05"
    assert first("05/03/2026", "th") == "2026-03-05"
    assert first("05/03/2569", "en") is None


def test_zones_that_always_agreed_are_one() -> None:
    assert of_country("https://www.town.de/") == "Europe/Berlin"
    assert of_country("https://town.gov.my/") == "Asia/Kuala_Lumpur"
    assert of_country("https://ciudad.es/") is None, "the Canaries keep other hours"


def test_todays_date_in_the_pages_own_header_is_no_date_of_the_article() -> None:
    today = "<p>Friday, 20 March 2026</p>"
    assert read(f"<header>{today}</header><h1>Footbridge opens early</h1>{TEXT}").published_date is None
    own = f"<article><header>{today}<h1>Footbridge opens early</h1></header>{TEXT}</article>"
    assert read(own).published_date == date(2026, 3, 20)
    for label in ("Today: ", "Today is "):
        above = today.replace("Friday", f"{label}Friday")
        assert read(f"<div>{above}</div><h1>Footbridge opens early</h1>{TEXT}").published_date is None
    line = f"<header>{today}</header><h1>Footbridge opens early</h1><p>Published on 18 March 2026</p>{TEXT}"
    assert read(line).published_date == date(2026, 3, 18)


@pytest.mark.parametrize(
    "line", ["05-Mar-2026 | 11:45 hs", "Thursday, 5 March 2026", "Published: 5 March 2026"]
)
def test_a_date_alone_below_the_standfirst(line: str) -> None:
    article = read(f"<h1>Footbridge opens early</h1><p>{P}</p><p>{line}</p><p>{Q}</p><p>{R}</p>")
    assert article.published_date == date(2026, 3, 5)
    assert line not in article.paragraphs


def test_days_of_a_calendar_in_the_text_are_no_dates_of_it() -> None:
    days = f"<p>5 March 2026</p><p>{Q}</p><p>12 March 2026</p><p>{R}</p>"
    article = read(f"<h1>Two footbridges open</h1><p>{P}</p>{days}")
    assert article.published_date is None
    assert article.paragraphs == (P, "5 March 2026", Q, "12 March 2026", R)


def test_short_paragraphs_in_scripts_without_stops() -> None:
    lines = (
        "เทศบาลเปิดสะพานคนเดินแห่งใหม่ข้ามคลองหน้าตลาดเช้าวันเสาร์ที่จะถึงนี้",
        "ผู้ใช้จักรยานข้ามได้ตั้งแต่วันจันทร์เป็นต้นไปหลังจากยกราวด้านทิศเหนือแล้ว",
    )
    html = f"<h1>เปิดสะพานคนเดินแห่งใหม่</h1><p>5 มีนาคม 2569</p><p>{lines[0]}</p><p>{lines[1]}</p>"
    article = read(html, lang="th")
    assert (article.title, article.paragraphs) == ("เปิดสะพานคนเดินแห่งใหม่", lines)
