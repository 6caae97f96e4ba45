"""Where a text is, and where it ends: walls of teasers, comments, boxes on the writer, pictures in a line."""

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
SAID = "I have walked over that bridge for sixty years, and it never once asked me for a benefit analysis."


def read(body: str, lang: str = "en", head: str = "") -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def told(body: str, lang: str = "en", head: str = "") -> tuple[str, ...]:
    article = read(body, lang, head)
    return (article.lead, *article.paragraphs) if article.lead else article.paragraphs


@pytest.mark.parametrize("headline", ["<h3><a href=/{}>{}</a></h3>", "<b><a href=/{}>{}</a></b>"])
def test_a_wall_of_teasers_does_not_outweigh_a_short_article(headline: str) -> None:
    said = "A decision is expected by the end of the month, after two postponements and a night of questions."
    card = f"<div>{headline}<p>{said}</p></div>"
    wall = "".join(card.format(n, f"Housing plan number {n} is sent back to committee") for n in range(12))
    page = f"<main><div>{H1}<div>{TEXT}</div></div><section>{wall}</section></main>"
    assert told(page) == (P, Q, R, S)


def test_sections_of_a_text_under_linked_headings_are_its_text() -> None:
    section = "<div><h3><a href=/{0}>Bridge {0}</a></h3><p>{1}</p></div>"
    sections = "".join(section.format(n, text) for n, text in enumerate((P, Q, R, S)))
    assert set(told(f"<article>{H1}{sections}</article>")) >= {P, Q, R, S}


def test_what_platforms_mark_as_comments_is_no_text() -> None:
    comments = f"<div id=comments><h2>Voices</h2><div>Reedcutter, Monday</div><p>{SAID}</p></div>"
    assert told(f"<div>{H1}{TEXT}{comments}</div>") == (P, Q, R, S)


def test_an_id_around_the_headline_marks_no_comments() -> None:
    assert told(f"<div id=comments>{H1}{TEXT}</div>") == (P, Q, R, S)


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("fr", "Vos commentaires"), ("vi", "Ý kiến (6)"), ("el", "1 σχόλιο"), ("sv", "Kommentarer (3)"),
        ("da", "Skriv en kommentar"), ("fi", "Kommentit"), ("cs", "Diskuse"), ("tr", "Yorum yap"),
        ("de", "Schreibe einen Kommentar"), ("es", "Deja una respuesta"), ("ru", "Добавить комментарий"),
        ("pl", "1 komentarz"), ("de", "Kommentar (1)"),
        ("ja", "コメント（3）"), ("zh", "发表评论"), ("ar", "أضف تعليقا"), ("th", "ความคิดเห็น"),
    ],
)  # fmt: skip
def test_the_heading_of_comments_ends_the_text(lang: str, heading: str) -> None:
    page = f"<div>{H1}{TEXT}<h3>{heading}</h3><div>Reedcutter</div><p>{SAID}</p></div>"
    assert told(page, lang) == (P, Q, R, S)


@pytest.mark.parametrize("name", ["<h4>Rosa Lakeland</h4>", "<div><a href=/rosa>Rosa Lakeland</a></div>"])
@pytest.mark.parametrize("by", ["<p>By Rosa Lakeland</p>", ""])
def test_the_writers_name_under_the_text_heads_a_box_on_the_writer(name: str, by: str) -> None:
    head = "" if by else "<meta name=author content='Rosa Lakeland'>"
    box = f"<div>{name}<p>She has covered rivers and those who cross them since the great flood.</p></div>"
    assert told(f"<article>{H1}{by}{TEXT}{box}</article>", head=head) == (P, Q, R, S)


def test_another_name_may_be_a_heading_of_the_text() -> None:
    rest = f"<p>{P}</p><p>{Q}</p><h4>Adam Reed</h4><p>{R}</p><p>{S}</p>"
    assert told(f"<article>{H1}<p>By Rosa Lakeland</p>{rest}</article>") == (P, Q, "Adam Reed", R, S)


@pytest.mark.parametrize("name", ["<h3>{}</h3>", "<p><a href=/{}>{}</a></p>"])
def test_the_names_over_the_parts_of_a_text_are_its_headings(name: str) -> None:
    heading = name.format(*["Rosa Lakeland"] * 2)
    parts = f"<p>{P}</p><p>{Q}</p>{heading}<p>{R}</p><h3>Adam Reed</h3><p>{S}</p>"
    assert {R, S} <= set(
        told(f"<article>{H1}<p>By Rosa Lakeland and Adam Reed</p><div>{parts}</div></article>")
    )


@pytest.mark.parametrize("mark", ["*****", "- - -", "# # #", "~~~"])
def test_what_stands_under_an_end_mark_is_no_text(mark: str) -> None:
    below = f"<p>{mark}</p><p>RK/SN</p><p>No. 1184 of the press office</p>"
    assert told(f"<div>{H1}{TEXT}{below}</div>") == (P, Q, R, S)


def test_a_mark_between_paragraphs_ends_nothing() -> None:
    assert S in told(f"<div>{H1}<p>{P}</p><p>{Q}</p><p>{R}</p><p>* * *</p><p>{S}</p></div>")


def test_a_sentence_about_photos_under_a_picture_is_text() -> None:
    first = "At four in the morning fifty people with boards stood in line, as in an old photo of the mill."
    article = read(f"<div>{H1}<img src=/mill.jpg><p>{first}</p>{TEXT}</div>")
    assert article.paragraphs == (first, P, Q, R, S)
    assert article.images[0].caption is None


@pytest.mark.parametrize("credit", [". Photo: Rosa Lake", " (photo Rosa Lake)", ". Photo Rosa Lake"])
def test_a_line_that_ends_in_a_photographer_is_a_caption(credit: str) -> None:
    picture = f"<img src=/mill.jpg><p>The mill race in May{credit}</p>"
    article = read(f"<div>{H1}<p>{P}</p><p>{Q}</p>{picture}<p>{R}</p><p>{S}</p></div>")
    assert article.paragraphs == (P, Q, R, S)
    assert article.images[0].caption == f"The mill race in May{credit}"


@pytest.mark.parametrize("how", ["align=left", "style='float:right'", "class=alignleft"])
def test_a_paragraph_around_a_picture_is_no_caption(how: str) -> None:
    short = "Does anybody miss the old one?"
    page = f"<div>{H1}<p>{P}</p><p><img src=/mill.jpg {how}>{short}</p><p>{Q}</p><p>{R}</p></div>"
    article = read(page)
    assert article.paragraphs == (P, short, Q, R)
    assert article.images[0].caption is None


def test_who_said_a_quotation_is_text_and_no_caption() -> None:
    quotation = f"<blockquote>{SAID}</blockquote><figcaption>Adam Reed, reedcutter</figcaption>"
    page = f"<div>{H1}<p>{P}</p><p>{Q}</p><figure>{quotation}</figure><p>{R}</p></div>"
    assert told(page) == (P, Q, SAID, "Adam Reed, reedcutter", R)


@pytest.mark.parametrize(
    "line", ["<div>Rosa Lakeland</div>", "<div>Listen • 3:41</div>", "<header>Lakeland desk</header>"]
)
def test_a_line_above_the_text_in_no_element_for_text_is_none(line: str) -> None:
    text = f"<div><p>{P}</p><p>{Q}</p></div><div><p>{R}</p><p>{S}</p></div>"
    assert told(f"<article>{H1}{line}{text}</article>") == (P, Q, R, S)


def test_the_first_line_of_a_text_may_be_short() -> None:
    lines = "".join(f"<div>{text}</div>" for text in ("A bridge, at last", P, Q, R))
    assert told(f"<article>{H1}<div>{lines}</div></article>") == ("A bridge, at last", P, Q, R)
    assert told(f"<article>{H1}<div><p>A bridge, at last</p>{TEXT}</div></article>")[0] == "A bridge, at last"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("nl", "Tekst gaat verder onder de foto"), ("pl", "Dalsza część artykułu pod materiałem wideo"),
        ("de", "Artikel wird nach der Anzeige fortgesetzt"), ("pt", "Continua após a publicidade"),
        ("sv", "Artikeln fortsätter efter annonsen"), ("en", "Story continues below advertisement"),
    ],
)  # fmt: skip
def test_that_the_text_goes_on_below_is_no_text(lang: str, line: str) -> None:
    assert told(f"<div>{H1}<p>{P}</p><p>{Q}</p><div>{line}</div><p>{R}</p></div>", lang) == (P, Q, R)


@pytest.mark.parametrize("head", ["{}", "<h3>{}</h3>"])
@pytest.mark.parametrize("state", [("false", " hidden"), ("false", " style='display: none'"), ("true", "")])
def test_what_a_button_discloses_is_text_with_its_heading(head: str, state: tuple[str, str]) -> None:
    button = head.format(f"<button aria-expanded={state[0]}>What happens next</button>")
    page = f"<div>{H1}<p>{P}</p><p>{Q}</p><div>{button}<div{state[1]}><p>{R}</p></div></div><p>{S}</p></div>"
    assert told(page) == (P, Q, "What happens next", R, S)


def test_what_no_button_discloses_and_menus_that_one_does_are_no_text() -> None:
    menu = "<div><button aria-expanded=false>Sections</button><ul hidden><li><a href=/a>A</a></li></ul></div>"
    unseen = f"<button>Print</button><div hidden><p>{SAID}</p></div>"
    assert told(f"<div>{H1}<p>{P}</p><p>{Q}</p>{menu}{unseen}<p>{R}</p><p>{S}</p></div>") == (P, Q, R, S)


def test_the_caption_of_a_table_is_text() -> None:
    rows = "<tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>8 to 12</td></tr>"
    table = f"<table><caption>When it is open</caption>{rows}</table>"
    page = f"<div>{H1}<p>{P}</p><p>{Q}</p>{table}<p>{R}</p></div>"
    assert told(page) == (P, Q, "When it is open", "Day | Hours", "Monday | 8 to 12", R)


def test_a_file_in_a_box_of_related_news_is_attached() -> None:
    plan = "<li><a href=/plan.pdf>The plan of the bridge (PDF, 4 MB)</a></li>"
    mill = "<li><a href=/mill>The mill wheel turns again after ten years</a></li>"
    article = read(f"<div>{H1}{TEXT}<h3>Related information</h3><ul>{mill}{plan}</ul></div>")
    assert [file.url for file in article.attachments] == ["https://town.example/plan.pdf"]
    assert [link.url for link in article.related] == ["https://town.example/mill"]


def test_the_line_of_the_writer_between_standfirst_and_text_is_none() -> None:
    lead = "<div>The town has waited for this bridge for as long as most of its people can remember.</div>"
    by = "<div>words <a href=/rosa>Rosa Lakeland</a></div>"
    page = f"<article>{H1}{lead}{by}<div>{TEXT}</div></article>"
    assert "words Rosa Lakeland" not in told(page)


def test_the_number_of_a_picture_in_its_gallery_is_no_text() -> None:
    assert told(f"<div>{H1}<p>{P}</p><p>{Q}</p><div>1 / 8</div><p>{R}</p></div>") == (P, Q, R)


def test_a_term_that_says_related_heads_the_links_of_its_list() -> None:
    links = "<ul><li><a href=/mill>The mill wheel turns again</a></li></ul>"
    back = "<div><a href=/news>&lt;- Back to: all the news</a></div>"
    article = read(f"<div>{H1}{TEXT}{back}<dl><dt>Related news items:<dd>{links}</dl></div>")
    assert article.paragraphs == (P, Q, R, S)
    assert [link.url for link in article.related] == ["https://town.example/mill"]


def test_a_file_with_its_size_is_no_text_nor_is_the_label_over_it() -> None:
    files = "<dl><dt>Files:<dd><a href=/list.pdf>list.pdf</a> (214 K)</dl>"
    article = read(f"<div>{H1}{TEXT}{files}</div>")
    assert article.paragraphs == (P, Q, R, S)
    assert [file.name for file in article.attachments] == ["list.pdf"]


@pytest.mark.parametrize(("lang", "label"), [("en", "Picture"), ("fr", "Photographe"), ("pt", "Imagem")])
def test_a_line_under_a_picture_that_names_who_took_it_is_its_caption(lang: str, label: str) -> None:
    rows = f"<tr><td><img src=/mill.jpg></td></tr><tr><td>1905. {label}: Rosa Lake</td></tr>"
    rows += "<tr><td><a href=/order>Order it</a></td></tr>"
    article = read(f"<div>{H1}<p>{P}</p><p>{Q}</p><table>{rows}</table><p>{R}</p></div>", lang)
    assert article.paragraphs == (P, Q, R)
    assert article.photo_credits == ("Rosa Lake",)


def test_the_picture_of_other_news_between_paragraphs_is_none_of_the_article() -> None:
    thumb = "<a href=/mill><img src=/wheel.jpg></a>"
    card = f"<ul><li>{thumb}<h4><a href=/mill>The mill wheel turns again after ten years</a></h4></li></ul>"
    own = "<a href=/race-large.jpg><img src=/race.jpg></a>"
    article = read(f"<div>{H1}<p>{P}</p>{own}<p>{Q}</p>{card}<p>{R}</p><p>{S}</p></div>")
    assert [image.src for image in article.images] == ["https://town.example/race.jpg"]
    assert [link.url for link in article.related] == ["https://town.example/mill"]


@pytest.mark.parametrize(("lang", "heading"), [("de", "Kommentar"), ("vi", "Trả lời:"), ("pl", "Komentarz")])
def test_the_noun_without_a_number_may_be_a_heading_of_the_text(lang: str, heading: str) -> None:
    assert told(f"<div>{H1}<p>{P}</p><p>{Q}</p><p>{R}</p><h3>{heading}</h3><p>{S}</p></div>", lang)[-1] == S
