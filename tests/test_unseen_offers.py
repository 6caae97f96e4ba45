"""Links that pages offer around a text: where a box of related news ends, and which lines are one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
R = "The old bridge stays open to walkers until the end of the month and is then taken down in two nights."
S = "Its oak beams go to the museum, where the wheelwright of the town will make benches of them."
TEXT = f"<p>{P}</p><p>{Q}</p><p>{R}</p><p>{S}</p>"
H1 = "<h1>The footbridge opens early</h1>"
MILL = "<a href=/mill>The mill wheel turns again after ten years</a>"
QUAY = "<a href=/quay>Trees along the quay are to be felled</a>"


def read(body: str, lang: str = "en") -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8></head><body>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    assert article.paragraphs == (P, Q, R, S)
    return article


def links(body: str, lang: str = "en") -> list[str]:
    return [link.url.removeprefix("https://town.example") for link in read(body, lang).related]


def test_a_box_ends_at_the_list_of_what_is_read_most() -> None:
    box = f"<h3>Related news</h3><div>{MILL}</div><div>Most read</div><div>{QUAY}</div>"
    assert links(f"<article>{H1}{TEXT}</article><div>{box}</div>") == ["/mill"]


def test_a_box_ends_at_a_heading_of_its_own_rank() -> None:
    box = f"<h2>Related news</h2><div><h3>{MILL}</h3></div><h2>Announcements</h2><div><h3>{QUAY}</h3></div>"
    assert links(f"<article>{H1}{TEXT}</article><div>{box}</div>") == ["/mill"]


def test_the_button_of_a_card_is_no_heading_of_a_box() -> None:
    cards = "".join(f"<div><h3>{link}</h3><a href=/x>Read more »</a></div>" for link in (MILL, QUAY))
    beside = "<div><h3><a href=/other>The council meets on Thursday evening</a></h3></div>"
    box = f"<section><h2>Related news</h2>{cards}</section>"
    page = f"<div><div><div>{H1}{TEXT}</div>{box}</div><div>{beside}</div></div>"
    assert links(page) == ["/mill", "/quay"]


def test_a_heading_may_be_two_tabs() -> None:
    tabs = "<h4><a href=#r>YOU MAY ALSO LIKE</a><a href=#a>MORE FROM AUTHOR</a></h4>"
    assert links(f"<div>{H1}{TEXT}</div><p>Share</p><div>{tabs}<div><h3>{MILL}</h3></div></div>") == ["/mill"]


@pytest.mark.parametrize("item", ["<li>{}</li>", "<div><h3>{}</h3></div>"])
def test_a_short_headline_counts_where_it_is_the_only_link_of_its_item(item: str) -> None:
    box = "".join(map(item.format, ("<a href=/reed>Reed pipes</a>", MILL)))
    assert links(f"<div>{H1}{TEXT}<div><h2>Related news</h2>{box}</div></div>") == ["/reed", "/mill"]


def test_the_name_of_a_section_beside_a_headline_is_no_link_to_news() -> None:
    box = f"<ul><li><a href=/local>Local news</a> {MILL}</li></ul>"
    assert links(f"<div>{H1}{TEXT}<div><h2>Related news</h2>{box}</div></div>") == ["/mill"]


def test_a_label_and_its_link_may_stand_in_brackets() -> None:
    line = "<div>[ More on this story: <a href=/mill>The mill wheel turns</a> ]</div>"
    assert links(f"<article>{H1}<p>{P}</p><p>{Q}</p>{line}<p>{R}</p><p>{S}</p></article>") == ["/mill"]


def test_a_label_and_its_link_may_stand_in_an_aside() -> None:
    aside = f"<aside><span>Read also</span>{MILL}</aside>"
    assert links(f"<article>{H1}<p>{P}</p><p>{Q}</p>{aside}<p>{R}</p><p>{S}</p></article>") == ["/mill"]


def test_a_list_of_headlines_above_the_text_is_related_and_a_path_is_not() -> None:
    page = f"<main>{H1}<ul>{{}}</ul><div>{TEXT}</div></main>"
    assert links(page.format(f"<li>{MILL}</li><li>{QUAY}</li>")) == ["/mill", "/quay"]
    assert links(page.format(f"<li><a href=/n>Local news</a></li><li>{MILL}</li>")) == []


def test_links_that_were_paid_for_are_not_related() -> None:
    box = f"<div>Contenus sponsorisés</div><div>{MILL}</div><div>{QUAY}</div>"
    assert links(f"<article>{H1}{TEXT}<div>{box}</div></article>", "fr") == []


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("de", "Anzeige"), ("fr", "Publicité"), ("es", "Publicidad"), ("pt", "Publicidade"),
        ("it", "Pubblicità"), ("nl", "Advertentie"), ("pl", "REKLAMA"), ("vi", "- Quảng cáo -"),
        ("sv", "Annons"), ("ru", "Реклама"), ("ja", "広告"), ("ko", "광고"), ("zh", "广告"),
    ],
)  # fmt: skip
def test_the_word_over_an_advertisement_is_no_text(lang: str, word: str) -> None:
    assert read(f"<article>{H1}<p>{P}</p><p>{Q}</p><div>{word}</div><p>{R}</p><p>{S}</p></article>", lang)
