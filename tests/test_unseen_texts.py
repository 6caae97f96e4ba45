"""What stands in boxes among the paragraphs and is none of the text: pulled quotations, offers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "“Nobody has to walk round by the mill any more”, said the wheelwright, who lives on the northern bank."
R = "The old bridge stays open to walkers until the end of the month and is then taken down in two nights."
S = "Its oak beams go to the museum, where the wheelwright of the town will make benches of them."


def told(body: str, lang: str = "en") -> tuple[str, ...]:
    head = "<head><meta charset=utf-8></head>"
    html = f"<html lang={lang}>{head}<body><h1>The footbridge opens early</h1>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article.paragraphs


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote>“Nobody has to walk round by the mill any more.”<cite>Ann Miller</cite></blockquote>",
        "<div><div>“Nobody has to walk round by the mill any more.”</div><div>The wheelwright</div></div>",
        "<div><p>Nobody has to walk round by the mill any more</p></div>",
    ],
)
def test_a_sentence_printed_again_in_a_box_is_no_text(box: str) -> None:
    assert told(f"<div><p>{P}</p><p>{Q}</p>{box}<p>{R}</p><p>{S}</p></div>") == (P, Q, R, S)


@pytest.mark.parametrize(
    "line",
    [
        "<blockquote>“The miller will miss his visitors, and they his bread.”</blockquote>",
        "<p>Nobody has to walk round by the mill any more.</p>",
    ],
)
def test_another_quotation_and_a_paragraph_that_repeats_words_are_text(line: str) -> None:
    assert len(told(f"<div><p>{P}</p><p>{Q}</p>{line}<p>{R}</p><p>{S}</p></div>")) == 5


@pytest.mark.parametrize(
    ("lang", "box"),
    [
        ("en", "<div><h4>All of the valley</h4><p>From one euro a week, cancel anytime.</p></div>"),
        ("de", "<div><b>Alles vom Fluss</b><p>Ein Euro die Woche, jederzeit kündbar.</p></div>"),
        ("fr", "<section><p>Toute la vallée</p><p>Déjà abonné ? <a href=/1>Par ici</a></p></section>"),
    ],
)
def test_an_offer_of_a_subscription_among_the_paragraphs_is_no_text(lang: str, box: str) -> None:
    text = f"<div><p>{P}</p><p>{Q}</p></div>{box}<div><p>{R}</p><p>{S}</p></div>"
    assert told(f"<article>{text}</article>", lang) == (P, Q, R, S)


@pytest.mark.parametrize("box", ["<div><p>{}</p></div>", "<div>{}</div>"])
def test_paragraphs_in_a_box_each_offer_nothing(box: str) -> None:
    line = "Families may cancel anytime and get their toll back, the miller says."
    boxes = "".join(map(box.format, (P, Q, line, R, S)))
    assert line in told(f"<div>{boxes}</div>")


def test_a_section_below_the_text_that_says_how_to_sign_up_is_text() -> None:
    heading, line = "Sign up for the lessons", "The school office takes names until the end of May."
    box = f"<section><h3>{heading}</h3><p>{line}</p></section>"
    found = told(f"<div><p>{P}</p><p>{Q}</p><p>{R}</p><p>{S}</p>{box}</div>")
    assert found == (P, Q, R, S, heading, line)


def test_a_paragraph_about_subscribers_is_text() -> None:
    line = "Whoever is already a subscriber to the bridge fund crosses first, at noon on Saturday."
    assert line in told(f"<div><p>{P}</p><p>{Q}</p><p>{line}</p><p>{R}</p><p>{S}</p></div>")


def test_a_post_of_a_network_among_the_paragraphs_is_no_text() -> None:
    post = "<p>The wheel turns again from noon on.</p>— The mill (@mill) <a href=/1>7 March</a>"
    box = f"<blockquote class=twitter-tweet>{post}</blockquote>"
    assert told(f"<div><p>{P}</p><p>{Q}</p>{box}<p>{R}</p><p>{S}</p></div>") == (P, Q, R, S)
