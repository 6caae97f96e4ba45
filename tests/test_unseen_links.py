"""Which links beside a text are related news: by the words above them and the place where they stand."""

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
MILL = "<a href=/mill>The mill wheel turns again after ten years</a>"
QUAY = "<a href=/quay>Trees along the quay are to be felled</a>"
LIST = f"<ul><li>{MILL}</li><li>{QUAY}</li></ul>"


def read(body: str, lang: str = "en") -> Article:
    head = "<head><meta charset=utf-8></head>"
    html = f"<html lang={lang}>{head}<body>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    assert article.paragraphs == (P, Q, R, S)
    return article


def links(article: Article) -> list[str]:
    return [link.url.removeprefix("https://town.example") for link in article.related]


H1 = "<h1>The footbridge opens early</h1>"


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("en", "Most read"), ("de", "Meistgelesen"), ("fr", "Les plus lus"), ("es", "Lo más leído"),
        ("pt", "Mais lidas"), ("it", "In evidenza"), ("pl", "Najczęściej czytane"), ("nl", "Meest gelezen"),
        ("vi", "Tin nổi bật"), ("id", "Terpopuler"), ("zh", "热门文章"), ("ja", "人気記事"),
        ("ko", "많이 본 뉴스"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["in", "after", "flat", "between"])
def test_what_is_read_most_is_never_related(lang: str, heading: str, shape: str) -> None:
    shapes = {
        "in": f"<article>{H1}{TEXT}<h3>{heading}</h3>{LIST}</article>",
        "after": f"<div>{H1}<div>{TEXT}</div><div><b>{heading}</b>{LIST}</div></div>",
        "flat": f"{H1}{TEXT}<p>{heading}</p><p>{MILL}</p><p>{QUAY}</p>",
        "between": f"{H1}<p>{P}</p><p>{Q}</p><div><h4>{heading}</h4>{LIST}</div><p>{R}</p><p>{S}</p>",
    }
    assert links(read(shapes[shape], lang)) == []


def test_a_subheading_of_such_words_without_links_is_text() -> None:
    html = (
        f"<html lang=en><body>{H1}<p>{P}</p><h3>Highlights</h3><p>{Q}</p><p>{R}</p><p>{S}</p></body></html>"
    )
    article = extract_html(
        html.encode(), "https://town.example/a", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
    )
    assert isinstance(article, Article)
    assert article.paragraphs == (P, "Highlights", Q, R, S)


def test_the_newest_posts_are_related_within_the_articles_own_part_alone() -> None:
    newest = f"<div><h3>Latest news</h3>{LIST}</div>"
    assert links(read(f"<main>{H1}<div>{TEXT}</div>{newest}</main>")) == ["/mill", "/quay"]
    assert links(read(f"<div><div>{H1}<div>{TEXT}</div></div>{newest}</div>")) == []
    own = f"<div><h3>Related news</h3><ul><li>{MILL}</li></ul></div>"
    beside = f"<div><h3>Latest news</h3><ul><li>{QUAY}</li></ul></div>"
    assert links(read(f"<main>{H1}<div>{TEXT}</div>{own}{beside}</main>")) == ["/mill"], (
        "it has a box of them"
    )
    assert links(read(f"<main>{H1}<div>{TEXT}{beside}{own}</div></main>")) == ["/mill"]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", f"Read more: {MILL}"),
        ("fr", f"À lire aussi : {MILL}"),
        ("pt", f"<strong>Leia também:</strong> {MILL}"),
        ("de", f"Lesen Sie auch: {MILL}"),
        ("vi", f"<em>Xem thêm: {MILL}</em>"),
        ("es", f"Seguí leyendo: {MILL} | {QUAY}"),
    ],
)
def test_a_label_and_links_between_paragraphs_are_related(lang: str, line: str) -> None:
    article = read(f"{H1}<p>{P}</p><p>{Q}</p><p>{line}</p><p>{R}</p><p>{S}</p>", lang)
    assert links(article) == (["/mill", "/quay"] if "quay" in line else ["/mill"])


@pytest.mark.parametrize(
    "line",
    [
        "More information: <a href=https://mill.example/>www.mill.example</a>",
        "More information: <a href=mailto:mill@town.example>mill@town.example, every working day</a>",
        f"See also what was said when {MILL} for the first time, and {QUAY}, at the meeting in May.",
    ],
)
def test_a_label_before_an_address_or_in_a_sentence_is_text(line: str) -> None:
    html = f"<html lang=en><body>{H1}{TEXT}<p>{line}</p><p>{P[:-1]} now.</p></body></html>"
    article = extract_html(
        html.encode(), "https://town.example/a", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
    )
    assert isinstance(article, Article)
    assert len(article.paragraphs) == 6 and not article.related


@pytest.mark.parametrize(
    "pair",
    [
        f"<div>‹ {MILL} {QUAY} ›</div>",
        "<p><a href=/mill>« The mill wheel turns again after ten years</a></p>"
        "<p><a href=/quay>Trees along the quay are to be felled »</a></p>",
        f"<div><span>Previous</span> {MILL}</div><div><span>Next</span> {QUAY}</div>",
        f"<p>Previous article:</p><p>{MILL}</p><p>Next article:</p><p>{QUAY}</p>",
        "<p><a href=/mill><small>Bài trước</small> The mill wheel turns again after ten years</a></p>"
        "<p><a href=/quay><small>Bài tiếp theo</small> Trees along the quay are to be felled</a></p>",
        "<p><a rel=prev href=/mill>The mill wheel turns again after ten years</a></p>"
        "<p><a rel=next href=/quay>Trees along the quay are to be felled</a></p>",
    ],
)
def test_the_pages_before_and_after_are_not_related(pair: str) -> None:
    assert links(read(f"<article>{H1}{TEXT}{pair}</article>")) == []
    assert (
        links(read(f"<article>{H1}{TEXT}<h3>Related news</h3>{LIST}{pair}</article>"))
        == ["/mill", "/quay"][:2]
    )


@pytest.mark.parametrize("link", [MILL.replace(">The", ">« The"), MILL.replace("years<", "years »<")])
def test_one_arrow_in_the_last_line_of_a_page_is_a_link_like_others(link: str) -> None:
    assert links(read(f"<article>{H1}{TEXT}<p>{link}</p></article>")) == ["/mill"]


def test_arrows_that_point_one_way_are_bullets() -> None:
    row = MILL.replace(">The", ">» The") + "</li><li>" + QUAY.replace(">Trees", ">» Trees")
    assert links(read(f"<article>{H1}{TEXT}<h3>Related news</h3><ul><li>{row}</li></ul></article>")) == [
        "/mill",
        "/quay",
    ]


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("<a href=/plan.pdf>The plan</a>", True),
        ("<a href=/plan.docx?v=3>The plan</a>", True),
        ("<a href='/get.aspx?file=plan_7.docx'>The plan</a>", True),
        ("<a href='/index.php?f=88&name=plan.xlsx&x=1'>The plan</a>", True),
        ("<a href=/get?id=7 download=plan.pdf>The plan</a>", True),
        ("<a href=/get?id=7 download>The plan</a>", True),
        ("<a href=/get?id=7>plan_of_the_bridge.pdf</a>", True),
        ("<a href=/get?id=7>The plan of the bridge (PDF, 2.1 MB)</a>", True),
        ("<a href=/get?id=7>plan.doc (35 KB)</a>", True),
        ("<a href=/get?id=7>The plan of the bridge</a>", False),
        ("<a href=/bridge.jpg download>The bridge, a picture</a>", False),
        ("<a href='/search?q=pdf'>How to print a page into a PDF</a>", False),
    ],
)
def test_files_offered_below_the_text(link: str, found: bool) -> None:
    article = read(f"<article>{H1}{TEXT}<h3>Downloads</h3><ul><li>{link}</li></ul></article>", "de")
    assert len(article.attachments) == found
    assert not found or not article.related


@pytest.mark.parametrize(
    "heading", ["Other news in Parks", "More news from the council", "Related articles on bridges"]
)
def test_a_heading_that_begins_as_one_over_related_news(heading: str) -> None:
    assert links(read(f"<div>{H1}<div>{TEXT}</div><div><h4>{heading}</h4>{LIST}</div></div>")) == [
        "/mill",
        "/quay",
    ]


def test_items_behind_a_heading_with_an_excerpt_each() -> None:
    excerpt = "<p>It stood still since the flood.</p>"
    items = f"<div><h3>{MILL}</h3>{excerpt}</div><div><h3>{QUAY}</h3></div>"
    flat = f"<div>{H1}{TEXT}<div>Related news</div>{items}<div>Follow us on every channel</div></div>"
    assert links(read(flat)) == ["/mill", "/quay"]
    text = f"<div>{H1}<p>{P}</p><p>{Q}</p><p>Read also</p><div>{MILL}</div><p>{R}</p><p>{S}</p></div>"
    assert links(read(text)) == ["/mill"], "a paragraph is no item"


def test_every_item_of_a_list_of_keywords_has_the_label_above_the_list() -> None:
    terms = "<p>Từ khóa:</p><ul><li><a href=/cau.html>cầu</a></li><li><a href=/coi.html>cối xay</a></li></ul>"
    article = read(f"<article>{H1}{TEXT}{terms}</article>", "vi")
    assert article.tags == ("cầu", "cối xay")
    plain = (
        "<p>Xem ngay:</p><ul><li><a href=/cau.html>cầu</a></li><li><a href=/coi.html>cối xay</a></li></ul>"
    )
    assert read(f"<article>{H1}{TEXT}{plain}</article>", "vi").tags == ()


def test_a_page_that_is_cut_off_anywhere_is_read_without_an_error() -> None:
    heads = f"<h4>Related news</h4>{LIST}<h4>Latest news</h4>{LIST}<h4>Most read</h4>{LIST}"
    pair = "<p><a href=/mill>« The mill wheel turns</a></p><p><a href=/quay>Trees along the quay »</a></p>"
    asked = "<p>Useful? <a href=#y>Yes</a> <a href=#n>No</a></p>"
    asked += "<div>Useful? <button>Y</button><button>N</button></div>"
    head = (
        f"<hgroup>{H1}<h2>Two weeks early, and cyclists may follow</h2></hgroup><p>5 March 2026, 9.15am</p>"
    )
    page = (
        f"<html lang=en><body><main>{head}{TEXT}{asked}<p>Tags:</p>{LIST}{heads}{pair}</main></body></html>"
    )
    for at in (n for n, char in enumerate(page) if char == "<"):
        found = extract_html(
            page[:at].encode(), "https://town.example/a", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
        )
        assert found.url == "https://town.example/a"


OTHERS = "<ul><li><a href=/pool>The pool opens on the first of May</a></li>"
OTHERS += "<li><a href=/bus>Fewer buses on Sunday</a></li></ul>"


@pytest.mark.parametrize(
    ("lang", "related", "others"),
    [
        ("vi", "Tin, bài liên quan", "Tin đã đăng"),
        ("vi", "TIN LIÊN QUAN", "CÁC TIN KHÁC"),
        ("en", "Related news", "Other news"),
        ("es", "Publicaciones similares", "Otras noticias"),
    ],
)
def test_other_news_beside_related_news_are_the_sites_own_list(lang: str, related: str, others: str) -> None:
    def boxes(first: str) -> str:
        return f"{H1}<div>{TEXT}</div><div><h3>{first}</h3>{LIST}</div><div><h3>{others}</h3>{OTHERS}</div>"

    assert links(read(boxes(related), lang)) == ["/mill", "/quay"]
    # Alone, other news are what the page offers.
    alone = f"{H1}<div>{TEXT}</div><div><h3>{others}</h3>{OTHERS}</div>"
    assert links(read(alone, lang)) == ["/pool", "/bus"]


def test_other_news_in_an_aside_are_beside_the_article() -> None:
    box = f"<{{0}}><h2>Weitere Meldungen</h2>{OTHERS}</{{0}}>"
    assert links(read(f"<main>{H1}<div>{TEXT}</div></main>{box.format('aside')}", "de")) == []
    section = f"<main>{H1}<div>{TEXT}</div>{box.format('section')}</main>"
    assert links(read(section, "de")) == ["/pool", "/bus"]


@pytest.mark.parametrize(("lang", "more"), [("sv", "Läs mer"), ("nb", "Les mer"), ("da", "Læs mere")])
def test_a_heading_read_more_stands_over_related_pages(lang: str, more: str) -> None:
    assert links(read(f"{H1}<div>{TEXT}</div><div><h2>{more}</h2>{LIST}</div>", lang)) == ["/mill", "/quay"]
    button = f"{H1}<div>{TEXT}</div><p><a href=/all>{more}</a></p>"
    assert links(read(button, lang)) == []
