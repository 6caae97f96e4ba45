"""Days and minutes as pages elsewhere print and state them, where another line than the usual one says so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.moments import Moment, moments
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
TEXT = f"<div><p>{P}</p><p>{Q}</p></div>"
H1 = "<h1>The footbridge opens early</h1>"


def read(body: str, *, lang: str = "en", head: str = "") -> Article:
    html = f'<html lang="{lang}"><head><meta charset=utf-8>{head}</head><body>{body}</body></html>'
    url = "https://town.example/news.php?id=7"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("text", "first", "found"),
    [
        ("T4, 05/25/2022 - 09:14", True, date(2022, 5, 25)),
        ("Mittwoch, 04/05/2022", True, date(2022, 5, 4)),
        ("Wed, 05/04/2022", True, date(2022, 5, 4)),
        ("Wed, 04/05/2022", False, date(2022, 5, 4)),
        ("Tue, 04/05/2022", False, date(2022, 4, 5)),
        ("Wed, 05.04.2022", True, date(2022, 4, 5)),  # no platform prints the American order with dots
    ],
)
def test_a_printed_weekday_decides_between_two_orders(text: str, first: bool, found: date) -> None:
    days = [m.day for m in moments(text, day_first=first, language="vi") if isinstance(m, Moment)]
    assert days == [found]


def test_on_pages_of_unknown_language_the_american_order_counts_where_no_other_is_possible() -> None:
    assert read(f"<h2>07/21/2025</h2>{H1}{TEXT}", lang="").published_date == date(2025, 7, 21)
    assert read(f"<h2>07/08/2025</h2>{H1}{TEXT}", lang="").published_date == date(2025, 8, 7)


@pytest.mark.parametrize(
    "line",
    [
        "Typ: Meldung aus dem Rathaus , Datum: 12.08.2025, Nr. 31",
        "By Rosa Lake of the Millrace newsroom. Updated: 13.08.2025, 11:04 12.08.2025, 05:30 Reading: 4 Min.",
        "http://news.town-of-the-millrace.example 12.08.2025 Source: Millrace Evening Post, Size: A B C",
    ],
)
def test_labels_and_labelled_values_beside_a_date_make_a_line_of_it(line: str) -> None:
    assert read(f"{H1}<div>{line}</div>{TEXT}", lang="de").published_date == date(2025, 8, 12)


def test_a_sentence_with_a_colon_is_no_such_line() -> None:
    told = "There is one date that nobody at the mill is ever going to forget: 12.08.1999, when it burnt."
    assert read(f"{H1}<p>{told}</p>{TEXT}", lang="de").published_date is None


def test_labelled_dates_below_what_the_page_is_related_to() -> None:
    related = "<h3>Related</h3><ul><li><a href=/8>The mill wheel turns again after ten years</a></ul>"

    def below(*lines: str, lang: str) -> tuple[date | None, datetime | None]:
        article = read(f"{H1}{TEXT}{related}{''.join(f'<p>{x}</p>' for x in lines)}", lang=lang)
        return article.published_date, article.modified_at

    assert below("Vytvořeno / změněno: 28.5.2025 / 2.6.2025", lang="cs")[0] == date(2025, 5, 28)
    assert below("Publicerad: 2025-02-18", "Senast ändrad: 2025-02-20", lang="sv")[0] == date(2025, 2, 18)
    assert below("Publié le 02/02/2025, Dernière mise à jour 03/02/2025", lang="fr")[0] == date(2025, 2, 2)
    assert below("The wheel was made in 1871 by the wheelwright, 12 May 2025", lang="en")[0] is None


def test_a_labelled_date_of_the_news_below_is_not_the_articles() -> None:
    card = "<h3>Related</h3><div><h4><a href=/8>The mill wheel turns again after ten years</a></h4>"
    assert read(f"{H1}{TEXT}{card}<p>Published: 3 March 2026</p></div>").published_date is None


def test_values_in_spans_of_their_own_are_set_apart() -> None:
    spans = "<span class=by>Ismail Lake</span><span class=on>Sunday, 16 February 2025 - 13:40</span>"
    assert read(f"{H1}<div>{spans}</div>{TEXT}").published_date == date(2025, 2, 16)


def test_a_time_under_a_standfirst_states_the_minute() -> None:
    line = "<p>By Rosa Lake <time datetime='2026-01-07T18:04:00Z'>7 January 2026</time></p>"
    stand = "<p>Half of the town came to see how the first walkers crossed the race and nobody got wet</p>"
    article = read(f"<article>{H1}{stand}{line}<div>{TEXT}</div></article>")
    assert article.published_at == datetime(2026, 1, 7, 18, 4, tzinfo=UTC)


def test_the_moment_of_an_entry_in_hatom() -> None:
    def minute(*moments: str) -> datetime | None:
        foot = "".join(f"<p>at <abbr class=published title='{m}'>9:47 AM</abbr></p>" for m in moments)
        return read(f"<h2>Sunday, March 16, 2025</h2>{H1}{TEXT}{foot}").published_at

    own = "2025-03-16T09:47:00-07:00"
    assert minute(own) == datetime(2025, 3, 16, 16, 47, tzinfo=UTC)
    assert minute(own, "2025-03-16T11:02:00-07:00") is None, "of several entries it is nobody's"


@pytest.mark.parametrize(
    ("printed", "stated", "minute"),
    [
        ("28 February 2025", "2025-02-27T19:00:11Z", datetime(2025, 2, 27, 19, 0, 11, tzinfo=UTC)),
        ("28 February 2025", "2025-02-27T09:00:11Z", None),
        ("28 February 2025", "2025-02-27T19:00:11+02:00", None),
        ("28 February 2025 10:30", "2025-02-28T10:05:18-03:00", datetime(2025, 2, 28, 13, 30, tzinfo=UTC)),
        ("28 February 2025 10:30", "2025-02-28T10:05:18Z", None),
    ],
)
def test_what_the_page_states_shows_its_zone(printed: str, stated: str, minute: datetime | None) -> None:
    """UTC may be another day's in the page's zone; any other zone is the one that the server prints."""
    head = f'<meta property="article:published_time" content="{stated}">'
    article = read(f"{H1}<p>Published {printed}</p>{TEXT}", head=head)
    assert (article.published_date, article.published_at) == (date(2025, 2, 28), minute)


@pytest.mark.parametrize(
    ("line", "lang", "found"),
    [
        ("17.03.13 - 00:58 -", "es", date(2013, 3, 17)),
        ("Datum: 12.08.25", "de", date(2025, 8, 12)),
        ("03.12.99, 9.15 Uhr", "de", date(1999, 12, 3)),
        ("25.03.13", "ko", None),  # where East Asia writes two digits first, they are the year
        ("03.12.13", "en", None),  # the American order or the British
        ("Fassung 2.3.13", "de", None),
        ("31.02.13", "de", None),
    ],
)
def test_a_year_of_two_digits_in_a_line_that_is_a_day(line: str, lang: str, found: date | None) -> None:
    assert read(f"{H1}<div>{line}</div>{TEXT}", lang=lang).published_date == found


def test_it_is_no_year_in_a_text_or_in_the_list_above_a_headline() -> None:
    assert read(f"{H1}<p>{P}</p><p>12.08.25</p><p>{Q}</p>", lang="de").published_date is None
    item = "<div>12.08.25</div><h3><a href=/8>The mill wheel turns again</a></h3>"
    assert read(f"<div>{item}</div><h2>News</h2>{H1}{TEXT}", lang="de").published_date is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("28 maggio 2025 | 13:07", date(2025, 5, 28)),
        ("28 maggio 2025 alle ore 13:07", None),  # what is to come may end so
        ("28 maggio 2025", None),
    ],
)
def test_a_day_and_its_minute_right_under_the_last_paragraph(line: str, found: date | None) -> None:
    rights = "<p>© Riproduzione riservata</p>"
    article = read(f"{H1}<div><p>{P}</p><p>{Q}</p><p>{line}</p>{rights}</div>", lang="it")
    assert article.published_date == found
    assert article.paragraphs[:2] == (P, Q) and (article.paragraphs == (P, Q)) == (found is not None)
    comment = f"<h3>Commenti</h3><div>Un lettore</div><div>{line}</div><p>{P}</p>"
    assert read(f"{H1}<div><p>{P}</p><p>{Q}</p></div>{comment}", lang="it").published_date is None


def test_a_pointed_time_of_day_behind_a_word_for_at() -> None:
    def clock(text: str) -> list[tuple[int, int] | None]:
        found = (m for m in moments(text) if isinstance(m, Moment))
        return [(m.clock.hour, m.clock.minute) if m.clock else None for m in found]

    assert clock("Julkaistu 29.4.2025 klo 13.05 Kirjoittaja: Rosa Lampi") == [(13, 5)]
    assert clock("5 maggio 2025 alle ore 9.30 di Rosa Lago") == [(9, 30)]
    assert clock("29.4.2025 13.05 euroa") == [None]


@pytest.mark.parametrize(
    ("label", "lang"),
    [
        ("Last modified on", "en"),
        ("This page was last updated on:", "en"),
        ("Zuletzt bearbeitet:", "de"),
        ("Mise à jour :", "fr"),
        ("Fecha de actualización:", "es"),
        ("Data da última alteração:", "pt"),
        ("Pagina aggiornata il", "it"),
        ("Ostatnio zmodyfikowany", "pl"),
        ("Дата обновления:", "ru"),
        ("Chỉnh sửa lần cuối:", "vi"),
        ("Terakhir diubah", "id"),
        ("วันที่แก้ไข", "th"),
        ("기사수정", "ko"),
        ("最后修改：", "zh"),
    ],
)
def test_a_short_label_with_a_word_of_change_is_one_of_change(label: str, lang: str) -> None:
    assert read(f"{H1}<div>{label} 2025-03-05 10:00</div>{TEXT}", lang=lang).published_date is None
    both = f"{H1}<div>{label} 2025-03-05</div><div>2025-03-04</div>{TEXT}"
    assert read(both, lang=lang).published_date == date(2025, 3, 4)


def test_a_known_label_of_publication_and_a_section_above_the_date_are_none_of_change() -> None:
    assert read(f"{H1}<div>Actualités publié le 5/3/2025</div>{TEXT}", lang="fr").published_date
    section = "<div>Updates on policies</div><div>2025-03-05</div>"
    assert read(f"{H1}{section}{TEXT}").published_date == date(2025, 3, 5)
    term = "<dl><dt>Date of the last review<dd>2025-03-05</dl>"
    assert read(f"{H1}{term}{TEXT}").published_date is None


def test_a_date_in_another_part_of_the_page_is_not_beside_the_headline() -> None:
    links = "".join(f"<p><a href=/{n}>Part {n} of the town</a></p>" for n in range(14))
    side = f"<td>{links}<p>Visitors</p><p>All 218,774</p><p>Since 1 January 2012</p></td>"
    page = f"<table><tr>{side}<td><h2>Footbridge opens early on Saturday</h2>{TEXT}</td></tr></table>"
    assert read(page).published_date is None


@pytest.mark.parametrize(
    ("label", "lang"),
    [
        ("Deadline", "en"),
        ("When", "en"),
        ("Bewerbungsfrist", "de"),
        ("Termin", "de"),
        ("Date limite", "fr"),
        ("Fecha del evento", "es"),
        ("Hạn nộp", "vi"),
        ("Thời gian tổ chức", "vi"),
        ("마감일", "ko"),
        ("開催日", "ja"),
        ("截止日期", "zh"),
    ],
)
def test_the_day_on_which_something_is_held_or_due_is_not_the_articles(label: str, lang: str) -> None:
    line = f"<div>{label}: 2025-03-05</div>"
    assert read(f"{H1}{line}{TEXT}", lang=lang).published_date is None
    assert read(f"{H1}{line}<div>2025-03-04</div>{TEXT}", lang=lang).published_date == date(2025, 3, 4)


def test_a_time_element_in_utc_may_be_of_the_printed_day_elsewhere() -> None:
    def minute(stated: str) -> datetime | None:
        return read(f"{H1}<p><time datetime='{stated}'>28 February 2025</time></p>{TEXT}").published_at

    assert minute("2025-02-27T19:00:11Z") == datetime(2025, 2, 27, 19, 0, 11, tzinfo=UTC)
    assert minute("2025-02-27T09:00:11Z") is None, "no zone is so far ahead"
    assert minute("2025-02-27T19:00:11+02:00") is None
