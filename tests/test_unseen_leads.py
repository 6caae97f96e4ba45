"""What makes the first lines of a text its lead, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

LEAD = "Walkers can cross the mill race again from Saturday on, two weeks before the date first announced."
P = "The footbridge was closed in the autumn, when the flood had carried off the railings on one side."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
R = "The old bridge stays open to walkers until the end of the month and is then taken down in two nights."
REST = f"<p>{P}</p><p>{Q}</p><p>{R}</p>"


def read(text: str, head: str = "") -> Article:
    html = f"<html lang=en><head><meta charset=utf-8>{head}</head><body>{text}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def told(text: str, head: str = "") -> str | None:
    """The lead of a page; the whole text is the same with and without one."""
    article = read(f"<main><h1>The footbridge opens early</h1>{text}</main>", head)
    assert article.paragraphs[-1] == R
    assert (P in article.paragraphs) or article.lead == P
    return article.lead


@pytest.mark.parametrize(
    "first",
    [
        f"<h2>{LEAD}</h2>",
        f"<p><strong>{LEAD}</strong></p>",
        f"<p style='font-weight: bold'>{LEAD}</p>",
        f"<p><span style='font-weight:700'>{LEAD}</span></p>",
        f"<div style='font-style: italic'>{LEAD}</div>",
        f"<p class=anything>{LEAD}</p>",
        f"<p style='font-size: 1.2em'>{LEAD}</p>",
        f"<div>{LEAD}</div>",
        f"<blockquote>{LEAD}</blockquote>",
        f"<div><p itemprop=description>{LEAD}</p></div>",
        f"<div itemprop=abstract><div><p>{LEAD}</p></div></div>",
        f"<p class=p-summary>{LEAD}</p>",
    ],
)
def test_face_place_or_a_standards_mark_tells_a_lead(first: str) -> None:
    assert told(first + REST) == LEAD
    assert told(f"<p>10 March 2026</p>{first}<figure><img src=a.jpg></figure>{REST}") == LEAD


@pytest.mark.parametrize(
    "first",
    [
        f"<p>{LEAD}</p>",
        f"<p>{LEAD}</p><p><img src=a.jpg></p>",
        f"<p class=has-drop-cap>{LEAD}</p>",
        f"<p class=MsoNormal>{LEAD}</p>",
        f"<p class=p1>{LEAD}</p>",
        f"<p class=css-1x7fk2>{LEAD}</p>",
        f"<p style='text-align: justify'>{LEAD}</p>",
        f"<p style='font-weight: normal'>{LEAD}</p>",
        f"<p><b style='font-weight: normal'>{LEAD}</b></p>",
        f"<p><b>Millrace</b> – {LEAD}</p>",
        f"<blockquote>“{LEAD}”</blockquote>",
        "<p class=press>Contact: Petra Wheelwright, office of the mayor, 615-555-0164</p>",
        "<p><b>Contact: Petra Wheelwright, office of the mayor, 615-555-0164 or 615-555-0165</b></p>",
    ],
)
def test_a_first_paragraph_is_no_lead_by_itself(first: str) -> None:
    assert told(first + REST) is None


def test_a_class_tells_nothing_where_the_paragraphs_have_several() -> None:
    mixed = f"<p class=one>{LEAD}</p><p class=two>{P}</p><p>{Q}</p><p class=two>{R}</p>"
    assert told(mixed) is None


@pytest.mark.parametrize("face", ["font-weight: bold", "font-style: italic"])
def test_a_text_of_one_face_throughout_has_no_lead(face: str) -> None:
    assert told(f"<div style='{face}'><p>{LEAD}</p>{REST}</div>") is None
    assert told(f"<div style='{face}'><p>{LEAD}</p></div><div>{REST}</div>") == LEAD


def test_the_first_of_several_headings_is_a_section_of_the_text() -> None:
    heading = "What walkers and cyclists may do on the footbridge over the mill race from now on"
    assert told(f"<h3>{heading}</h3><p>{P}</p><h3>What is still to be done</h3><p>{Q}</p><p>{R}</p>") is None
    assert told(f"<h3>{heading}</h3>{REST}") == heading
    assert told(f"<h3>{LEAD}</h3><p>{P}</p><h3>What is still to be done</h3><p>{Q}</p><p>{R}</p>") == LEAD


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"<meta name=description content='{LEAD}'>", LEAD),
        (f"<meta property=og:description content='{LEAD}'>", LEAD),
        (
            '<title>The bridge</title><script type="application/ld+json">'
            f'{{"@type":"NewsArticle","headline":"The bridge","description":"{LEAD}"}}</script>',
            LEAD,
        ),
        (f"<meta name=description content='{LEAD[:60]}…'>", None),
        (f"<meta name=description content='{LEAD[:60]}'>", None),
        (f"<meta name=description content='{LEAD} {P}'>", None),
        ("<meta name=description content='News of the town of Millrace.'>", None),
    ],
)
def test_metadata_that_gives_just_the_first_paragraph_calls_it_the_lead(
    head: str, expected: str | None
) -> None:
    assert told(f"<p>{LEAD}</p>{REST}", head) == expected


def test_a_page_that_is_described_by_its_only_paragraph_has_no_lead() -> None:
    one = f"<main><h1>The footbridge opens early</h1><p>{LEAD}</p></main>"
    article = read(one, f"<meta name=description content='{LEAD}'>")
    assert (article.lead, article.paragraphs) == (None, (LEAD,))


@pytest.mark.parametrize("wrapped", [True, False])
def test_headings_right_below_the_headline_are_its_second_lines(wrapped: bool) -> None:
    second, third = "Two weeks early, and cyclists may follow on Monday", "The old bridge goes to the museum"
    lines = f"<h1>The footbridge opens early</h1><h2>{second}</h2><h2>{third}</h2>"
    head = f"<hgroup>{lines}</hgroup>" if wrapped else lines
    article = read(f"<main>{head}<p>10 March 2026</p>{REST}</main>")
    assert (article.lead, article.paragraphs) == (f"{second} {third}", (P, Q, R))
    sections = f"<p>{P}</p><h2>What is still to be done on the northern side</h2><p>{Q}</p><p>{R}</p>"
    assert read(f"<main>{head}{sections}</main>").lead is None, "a heading of that rank is a section's"
    name = read(f"<main><h1>The footbridge opens early</h1><h2>Town council news</h2>{REST}</main>")
    assert name.lead is None


def test_a_paragraph_in_an_element_of_its_own_where_the_others_are_brothers() -> None:
    assert told(f"<div><p>{LEAD}</p></div>{REST}") == LEAD
    assert told(f"<div><div><p>{LEAD}</p></div></div><div>{REST}</div>") == LEAD
    each = "".join(f"<div><p>{line}</p></div>" for line in (LEAD, P, Q, R))
    assert told(each) is None, "a page builder puts each paragraph into a box"


def test_years_and_dates_are_no_numbers_to_call() -> None:
    text = "<p><b>On 3 March the town set up its plan for the years 2025 - 2026.</b></p>"
    assert told(text + REST) == "On 3 March the town set up its plan for the years 2025 - 2026."


def test_lists_and_quotations_among_the_others_do_not_matter() -> None:
    first, quoted = f"<div><p>{LEAD}</p></div>", f"<blockquote><p>{LEAD[::-1]}</p></blockquote>"
    assert told(f"{first}<p>{P}</p>{quoted}<p>{Q}</p><p>{R}</p>") == LEAD
    boxes = "".join(f"<div class=rich><p>{line}</p></div>" for line in (P, Q, R))
    assert told(f"<div class=intro><p>{LEAD}</p></div>{boxes}") == LEAD
    assert told(f"<div class=rich><p>{LEAD}</p></div>{boxes}") is None, "its box is as the others are"


def test_what_stands_between_the_headline_and_the_date() -> None:
    dated = "<div>By Rosa Lake, 5 March 2026</div>"
    assert told(f"<p>{LEAD}</p>{dated}{REST}") == LEAD
    assert told(f"{dated}<p>{LEAD}</p>{REST}") is None
    assert told(f"<p>{P}</p><p>{LEAD}</p>{dated}<p>{Q}</p><p>{R}</p>") is None, "these are paragraphs"


def test_sub_headlines_with_dashes() -> None:
    lines = "- Walkers may cross from Saturday on", "- Cyclists may follow on Monday, in both directions"
    bold = "".join(f"<b>{line}</b><br>" for line in lines)
    article = read(f"<h1>The footbridge opens early</h1><section>{bold}<div>{REST}</div></section>")
    assert (article.lead, article.paragraphs) == (" ".join(lines), (P, Q, R))


def test_who_wrote_a_text_is_not_its_lead() -> None:
    assert told(f"<p>von Dr.-Ing. Rosa Lake-Mill, Klingenau</p>{REST}") is None


def test_the_buttons_of_a_share_bar_are_not_the_first_line() -> None:
    bar = "<div><button>Nghe</button><a class=z>Zalo</a><a class=c>Sao chép</a></div>"
    assert told(f"{bar}<h2>{LEAD}</h2><div>{REST}</div>") == LEAD


def test_the_line_under_a_picture_above_a_bold_paragraph_is_its_caption() -> None:
    picture, bold = "<div><img src=/b.jpg></div><div>{}</div>", f"<p><strong>{LEAD}</strong></p>"
    caption = "Half of the town came to see how the first walkers crossed the race."
    page = f"<main><h1>The footbridge opens early</h1>{picture.format(caption)}<div>%s{REST}</div></main>"
    article = read(page % bold)
    assert (article.lead, article.paragraphs) == (LEAD, (P, Q, R))
    assert [image.caption for image in article.images] == [caption]
    assert read(page % "").lead == caption, "where no paragraph is set apart, a standfirst stands there"
