"""Dates as pages elsewhere print them: whose words, whose order, whose news."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.moments import Moment, moments
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
TEXT = f"<div><p>{P}</p><p>{Q}</p></div>"


def read(above: str, below: str = "", *, lang: str = "en", head: str = "", first: str = "") -> Article:
    body = f"{first}<h1>The footbridge opens early</h1>{above}{TEXT}{below}"
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    url = "https://town.example/news.php?id=7"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("lang", "month"), [("hr", 10), ("pl", 11), ("pl-PL", 11), ("cs", None), ("en", None), ("", None)]
)
def test_a_name_of_two_months_means_what_the_pages_language_means(lang: str, month: int | None) -> None:
    day = read("<p>12. listopada 2024.</p>", lang=lang).published_date
    assert day == (date(2024, month, 12) if month else None)


def test_a_time_elements_own_statement_outweighs_a_misread_word() -> None:
    line = '<p>Zveřejněno <time datetime="2024-08-03T10:00:00+02:00">3. agosto 2023</time></p>'
    assert read(line, lang="cs").published_date == date(2024, 8, 3)
    near = '<p><time datetime="2024-08-02T23:30:00+00:00">3 August 2024</time></p>'
    assert read(near).published_date == date(2024, 8, 3), "zones differ by a day"


def test_the_american_order_where_no_other_is_possible() -> None:
    def day(text: str, language: str) -> list[date]:
        found = moments(text, day_first=True, language=language)
        return [m.day for m in found if isinstance(m, Moment)]

    assert day("Post Date: 07/19/2024 3:40 PM", "en") == [date(2024, 7, 19)]
    assert day("07/08/2024", "en") == [date(2024, 8, 7)]
    assert day("07/19/2024", "vi") == [], "elsewhere it is no date"


def test_stated_metadata_whose_headline_is_printed_alone_is_the_pages_own() -> None:
    def day(headline: str) -> date | None:
        said = f'{{"@type": "NewsArticle", "headline": "{headline}", "datePublished": "2026-03-05"}}'
        head = f'<title>Bridge: open early</title><script type="application/ld+json">{said}</script>'
        return read("<p>Last updated: 7 March 2026</p>", head=head).published_date

    assert day("The footbridge opens early") == date(2026, 3, 5)
    assert day("The mill wheel turns again") is None


def test_a_press_releases_number_and_date() -> None:
    for line in (
        "Medienmitteilung Nr. 31/2025 der Gemeinde vom 4. Juli 2025",
        "Press release no. 31 of the borough, 4 July 2025",
    ):
        assert read(f"<p>{line}</p>", lang="de").published_date == date(2025, 7, 4), line
    assert (
        read("<p>The old bridge was closed by the council of the day on 4 July 2025.</p>").published_date
        is None
    )


def test_a_labelled_date_after_the_writers_name() -> None:
    line = "<p>by the press office of the borough of Millrace — published 4 July 2025 9:10, "
    line += "last modified 6 July 2025</p>"
    head = '<meta name="DC.date.created" content="2025-07-01T08:00:00+00:00">'
    article = read(line, head=head)
    assert (article.published_date, article.published_raw) == (date(2025, 7, 4), "4 July 2025 9:10")


def test_a_table_of_the_record_below_the_text() -> None:
    rows = (
        "Data wytworzenia: | 2025-07-01",
        "Data opublikowania: | 2025-07-04 09:10",
        "Data ostatniej aktualizacji: | 2025-07-06 10:00",
    )
    table = "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in (row.split(" | ") for row in rows))
    assert read("", f"<table>{table}</table>", lang="pl").published_date == date(2025, 7, 4)


def test_dates_of_other_news_date_nothing() -> None:
    item = "<section><h4><a href=/{n}>The mill wheel turns again {n}</a></h4>"
    item += "<p>Posted on: July {n}, 2025</p></section>"
    assert read("", f"<h2>Other news</h2>{item.format(n=4)}{item.format(n=6)}").published_date is None
    assert read("", "<p>Posted on: July 4, 2025</p>").published_date == date(2025, 7, 4)
    assert read("", "<p>Posted on: July 4, 2025</p><p>Posted on: July 9, 2025</p>").published_date is None
    side = "".join(f"<li>{n}/20/2025 <a href=/{n}>Wheel {n}</a></li>" for n in (6, 7))
    assert read("", first=f"<ul>{side}</ul>").published_date is None


def test_a_change_is_no_publication() -> None:
    line = '<p>Published – Last updated <time datetime="2025-07-06">6 July 2025</time></p>'
    assert read(line).published_date is None
    history = "<p>Last updated 6 July 2025</p>"
    history += '<ol><li><time datetime="2025-07-06">6 July 2025</time> New times.</li></ol>'
    main = f"<main><h1>The footbridge opens early</h1>{TEXT}{history}</main>"
    html = f"<html lang=en><body>{main}</body></html>"
    article = extract_html(
        html.encode(), "https://town.example/7", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
    )
    assert isinstance(article, Article) and article.published_date is None
