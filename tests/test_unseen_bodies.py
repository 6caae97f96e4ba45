"""Text between boxes: what asks, shares or comments is left out and ends nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
R = "The old bridge stays open to walkers until the end of the month and is then taken down in two nights."
S = "Its oak beams go to the museum, where the wheelwright of the town will make benches of them."


def read(body: str, lang: str = "en") -> Article:
    head = "<head><meta charset=utf-8></head>"
    html = f"<html lang={lang}>{head}<body><h1>The footbridge opens early</h1>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    "box",
    [
        "<section><h2>Subscribe</h2><p>Every Friday the news of both banks in your inbox.</p>"
        "<button>Go</button></section>",
        "<div><h4>Der Brief zum Fluss</h4><p>Was diese Woche an beiden Ufern geschieht, jeden Freitag.</p>"
        "<input type=submit value=Abonnieren></div>",
        "<div class=kg-signup-card><h2>Elke week</h2><p>Wat er gebeurt, elke vrijdag.</p></div>",
        "<div><div>People are also reading…</div>"
        "<h3><a href=/7>The mill wheel turns again after ten years</a></h3></div>",
        "<div class=elementor-widget-share-buttons><span>Share it</span><span>Elsewhere</span></div>",
    ],
)
def test_a_box_between_paragraphs_is_left_out_and_ends_nothing(box: str) -> None:
    text = f"<div><p>{P}</p><p>{Q}</p></div>{box}<div><p>{R}</p><p>{S}</p></div>"
    assert read(f"<article>{text}</article>").paragraphs == (P, Q, R, S)


def test_a_button_in_the_text_is_no_such_box() -> None:
    told = "Subscribers to the bridge fund may sign up for the first crossing at the town hall until noon."
    text = f"<div><p>{P}</p><p>{Q}</p><p>{told}</p><p>{R}</p><p>{S}</p><button>Listen</button></div>"
    assert told in read(text).paragraphs


@pytest.mark.parametrize(
    ("heading", "lang"), [("Öffnungszeiten", "de"), ("Contact", "en"), ("Kontakt", "pl")]
)
def test_a_heading_between_paragraphs_ends_nothing(heading: str, lang: str) -> None:
    text = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p><h3>{heading}</h3><p>{S}</p></div>"
    assert read(text, lang).paragraphs == (P, Q, R, heading, S)


def test_it_ends_the_article_where_what_follows_is_another_box() -> None:
    text = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p></div><h3>Contact</h3><div><p>{S}</p></div>"
    assert read(f"<main>{text}</main>").paragraphs == (P, Q, R)
    press = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p><h3>Media contact</h3><p>{S}</p></div>"
    assert read(press).paragraphs == (P, Q, R)
    comments = f"<h3>Comments</h3><p>{S}</p>"
    assert read(f"<div><p>{P}</p><p>{Q}</p><p>{R}</p>{comments}</div>").paragraphs == (P, Q, R)


def test_answers_of_readers_are_no_text() -> None:
    answer = f"<h2>2 réponses</h2><ol><li><p>{S}</p></li></ol>"
    assert read(f"<article><p>{P}</p><p>{Q}</p><p>{R}</p>{answer}</article>", "fr").paragraphs == (P, Q, R)
    core = f"<ol class=comment-list><li><div class=comment-content><p>{S}</p></div></li></ol>"
    assert read(f"<article><p>{P}</p><p>{Q}</p><p>{R}</p>{core}</article>").paragraphs == (P, Q, R)


def test_what_stands_in_the_list_of_the_date_is_no_text() -> None:
    facts = "<ul><li>4 July 2025</li><li>7 in the evening</li><li>12 views</li></ul>"
    assert read(f"<div>{facts}<p>{P}</p><p>{Q}</p></div>").paragraphs == (P, Q)


@pytest.mark.parametrize(
    "heading", ["Ähnliche Beiträge", "À lire également", "Notizie simili", "Podobne wiadomości"]
)
def test_headings_over_related_news(heading: str) -> None:
    links = "<ul><li><a href=/7>The mill wheel turns again after ten years</a></li></ul>"
    found = read(f"<main><div><p>{P}</p><p>{Q}</p></div><section><h2>{heading}</h2>{links}</section></main>")
    assert [r.url for r in found.related] == ["https://town.example/7"]


def test_buttons_that_lead_nowhere_are_no_text() -> None:
    bar = "<div><span>Partilhar</span> <a>Facebook</a> <a>Imprimir</a> <a>Topo</a></div>"
    assert read(f"<div><p>{P}</p><p>{Q}</p>{bar}</div>", "pt").paragraphs == (P, Q)
    assert read(f"<div><p>Publicado</p><p>{P}</p><p>{Q}</p></div>", "pt").paragraphs == (P, Q)
