"""Lines between headline and text: whose date, whose name, and what is neither lead nor text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from pipelines.extract import extract_html
from pipelines.extract.dated import date_line, machine_dates
from pipelines.extract.zones import of_country
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
SUB = "Two weeks before the date that was first announced"
TEXT = f"<div><p>{P}</p><p>{Q}</p></div>"


def read(above: str, below: str = "", *, lang: str = "en", first: str = TEXT, tld: str = "de") -> Article:
    body = f"<article><h1>The footbridge opens early</h1>{above}{first}{below}</article>"
    html = f"<html lang={lang}><head><meta charset=utf-8></head><body>{body}</body></html>"
    url = f"https://town.example.{tld}/news.php?id=7"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Autor Grad na Rijeci | 17. velj. 2026. | Novosti", "hr"),
        ("Thực hiện: Ma Văn Cối, Lưu Bích Xay | 17/02/2026 lúc 15h20", "vi"),
        ("Af Rasmus Møllehjul, kommunikationsmedarbejder 17. februar 2026 kl. 11.40", "da"),
        ("By Ada Millwright, staff writer and editor of the river pages · 17 February 2026", "en"),
        ("por Marina do Moinho — publicado: 17/02/2026 17h46, última modificação: 18/02/2026 08h02", "pt"),
        ("mardi 17 février 2026, par Odile Dumoulin, René Delaroue", "fr"),
    ],
)
@pytest.mark.parametrize("lead", ["", f"<p>{SUB}</p>", f"<p>{P}</p>"])
def test_a_line_that_names_writer_and_day_is_the_pages_date(line: str, lang: str, lead: str) -> None:
    found = read(f"<header>{lead}<p>{line}</p></header>", lang=lang)
    assert found.published_date == date(2026, 2, 17)
    assert line not in (found.lead or "") and not any(line in p for p in found.paragraphs)
    assert found.lead in (None, SUB, P)


@pytest.mark.parametrize(
    "line",
    [
        "By the end of the works on the footbridge, that is 17 February 2026, the town had spent two million",
        "The council of the town of Millrace decided on 17 February 2026 that the bridge be built",
        "Von der Brücke fiel am Abend des Festes vom 17. Februar 2026 ein Wanderer in den Mühlbach",
    ],
)
def test_a_line_that_tells_of_a_day_is_no_meta_line(line: str) -> None:
    assert not date_line(line)


def test_the_first_days_of_a_calendar_are_text() -> None:
    days = "<p>The days of the fair</p><p>Saturday, 14 February 2026</p><p>Music on the bridge</p>"
    days += "<p>Sunday, 15 February 2026</p><p>Boats on the mill race</p>"
    found = read("", first=f"<div>{days}<p>{P}</p><p>{Q}</p></div>")
    assert found.published_date is None
    assert "Sunday, 15 February 2026" in found.paragraphs


def test_moments_as_machines_write_them_are_neither_text_nor_date() -> None:
    line = "2026-02-17T08:25:00-04:002026-02-17T09:02:42-04:00"
    assert machine_dates(line) and not machine_dates("2026-02-17 08:25")
    printed = f"<div>Millrace Press Office</div><div>{line}</div><div>Tuesday - 17/02/2026 14:27</div>"
    found = read(printed, first=f"<div><div>{P}</div><div><p>{Q}</p><p>{P} {Q}</p></div></div>")
    assert found.published_raw == "Tuesday - 17/02/2026 14:27"
    assert found.lead in (None, P) and not any(line in p for p in found.paragraphs)


def test_labels_that_stand_together_are_those_of_the_dates_that_follow() -> None:
    below = "<p>Odpovídá: Radomír Mlýnek</p><p>Vytvořeno / změněno: 8.2.2026 / 15.2.2026 11:30</p>"
    found = read("", below, lang="cs", tld="cz")
    assert found.published_date == date(2026, 2, 8)
    assert found.modified_at is not None and found.modified_at.date() == date(2026, 2, 15)
    turned = read("", "<p>Změněno / vytvořeno: 15.2.2026 / 8.2.2026</p>", lang="cs", tld="cz")
    assert turned.published_date == date(2026, 2, 8)


@pytest.mark.parametrize(
    ("tld", "zone"),
    [
        ("cat", "Europe/Madrid"), ("berlin", "Europe/Berlin"), ("cn", "Asia/Shanghai"), ("ua", "Europe/Kyiv"),
        ("es", None), ("br", None), ("city", None),
    ],
)  # fmt: skip
def test_domains_of_regions_and_of_countries_with_one_time_by_law(tld: str, zone: str | None) -> None:
    assert of_country(f"https://town.example.{tld}/") == zone
    line = "<p>17.02.2026 14:27</p>"
    found = read(line, lang="de", tld=tld)
    assert (found.published_at is not None) == (zone is not None)
    assert found.published_date == date(2026, 2, 17) and found.published_precision == "minute"
    if zone == "Europe/Madrid":
        assert found.published_at is not None and found.published_at.time() == time(13, 27)


@pytest.mark.parametrize(
    ("stated", "instant"),
    [
        ("2026-02-17T17:46:12-03:00", datetime(2026, 2, 17, 20, 46, tzinfo=UTC)),
        ("2026-02-17T20:46:00+00:00", datetime(2026, 2, 17, 20, 46, tzinfo=UTC)),
        ("2026-02-17T12:16:00Z", datetime(2026, 2, 17, 12, 16, tzinfo=UTC)),
        ("2026-02-17T20:31:00+00:00", None),
        ("2026-02-17T17:46:12", None),
        ("2026-02-16T20:46:00+00:00", None),
    ],
)
def test_the_zone_of_a_printed_minute_is_that_of_its_statement(stated: str, instant: datetime | None) -> None:
    head = f'<meta property="article:published_time" content="{stated}">'
    body = f"<h1>The footbridge opens early</h1><p>Publicado: 17/02/2026 17h46</p>{TEXT}"
    html = f"<html lang=pt-br><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    url = "https://cidade.example.br/noticia?id=7"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article)
    assert (article.published_at, article.published_date) == (instant, date(2026, 2, 17))
    assert article.published_precision == "minute"
