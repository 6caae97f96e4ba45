"""Who wrote and who took the pictures, as publishers elsewhere print it; and what is set above the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
D = "老桥将保留到月底，随后在两个夜晚内拆除。橡木梁将送往博物馆，由镇上的车轮匠做成长凳。"
C = "新建的人行桥将于周六开放，比原定日期提前两周。自行车从周一起可以通行，北侧护栏已经加高。"


def read(
    above: str, text: str = f"<div><p>{P}</p><p>{Q}</p></div>", *, first: str = "", lang: str = "en"
) -> Article:
    head = "<head><meta charset=utf-8><meta property=og:site_name content='The Millrace Herald'></head>"
    html = f"<html lang={lang}>{head}<body><main>{first}<h1>The footbridge opens early</h1>"
    html += f"{above}{text}</main></body></html>"
    url = "https://herald.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("account", ["Super User", "Administrator", "admin", "System Account", "Site Admin"])
def test_accounts_are_no_authors(account: str) -> None:
    assert read(f"<dl><dt>Details</dt><dd>Author: {account}</dd><dd>4 July 2025</dd></dl>").authors == ()
    assert read(f"<p>By {account}</p><p>4 July 2025</p>").authors == ()


def test_a_name_at_the_right_below_the_text_signs_it() -> None:
    def signed(line: str) -> tuple[str, ...]:
        return read("", f"<div><p>{P}</p><p>{Q}</p>{line}</div>").authors

    assert signed('<p style="text-align:right"><b>Rosa Lakewell</b></p>') == ("Rosa Lakewell",)
    assert signed("<p class=has-text-align-right>Rosa Lakewell</p>") == ("Rosa Lakewell",)
    assert signed('<p style="text-align:right"><a href=/all>Further Reports</a></p>') == ()
    assert signed("<p>Rosa Lakewell</p>") == (), "elsewhere two capitalised words may be anything"
    assert (
        signed('<p style="text-align:right">The Mayor</p><p style="text-align:right">Rosa Lakewell</p>') == ()
    )


def test_names_linked_to_their_writers_pages() -> None:
    linked = "<h5><a href=/author/rosa>Rosa Lakewell</a> & <a href=/x rel=author>Ivo Sandberg</a></h5>"
    assert read(f"<p>Two weeks early, after all.</p>{linked}<p>4 July 2025</p>").authors == (
        "Rosa Lakewell",
        "Ivo Sandberg",
    )
    assert read("<h5><a href=/town/rosa>Rosa Lakewell</a></h5><p>4 July 2025</p>").authors == ()
    assert read("<h5><a href=/author/admin>admin</a></h5><p>4 July 2025</p>").authors == ()


def test_an_address_of_mail_behind_the_name() -> None:
    for line in (
        "By Rosa Lakewell rosa@herald.example",
        "By Rosa Lakewell | rosa@herald.example",
        "By Rosa Lakewell (rosa@herald.example)",
    ):
        assert read(f"<p>{line}</p><p>4 July 2025</p>").authors == ("Rosa Lakewell",), line


def test_labelled_values_that_only_style_sets_apart() -> None:
    spans = "<span>来源：水磨晚报</span><span>记者：欧阳水生</span><span>发布时间：2024-07-19 08:30</span>"
    article = read(f"<div>{spans}</div>", f"<div><p>{C}</p><p>{D}</p></div>", lang="zh")
    assert (article.source, article.authors) == ("水磨晚报", ("欧阳水生",))
    office = spans.replace("欧阳水生", "新闻办公室")
    assert read(f"<div>{office}</div>", f"<div><p>{C}</p><p>{D}</p></div>", lang="zh").authors == ()
    letters = (
        "<div><p><span>T</span><span>he mill</span> turns again since Monday, after ten years.</p></div>"
    )
    assert read("", f"<div><p>{P}</p>{letters}</div>").paragraphs[1].startswith("The mill turns")


def test_a_credit_in_a_line_of_its_own() -> None:
    def credits(caption: str) -> tuple[tuple[str, ...], str | None]:
        figure = f"<figure><img src=/b.jpg><figcaption>{caption}</figcaption></figure>"
        article = read("", f"<div><p>{P}</p>{figure}<p>{Q}</p></div>")
        return article.photo_credits, article.images[0].caption

    told = "The railings on the northern bank."
    assert credits(f"<p>{told}</p><p>Rosa Lakewell, The Millrace Herald</p>") == (("Rosa Lakewell",), told)
    assert credits(f"<p>{told}</p><p>Rosa Lakewell</p>") == (("Rosa Lakewell",), told)
    assert credits("<p>Deputy Mayor</p><p>Rosa Lakewell</p>")[0] == ()
    assert credits(f"<p>{told}</p><p>They were raised by a foot.</p>")[0] == ()
    assert credits(f"<span>{told[:-1]}</span><span>© Rosa Lakewell</span>")[0] == ("Rosa Lakewell",)


def test_each_picture_is_credited_by_a_line_that_names_the_paper() -> None:
    figure = (
        "<figure><img src=/{n}.jpg><figcaption><p>The railings on bank {n}.</p><p>{name}</p></figcaption>"
        "</figure>"
    )
    names = ["Rosa Lakewell", "Ann Ashgill", "Lenore Quarry", "Bea Tarn"]
    lines = [f"{name}, The Millrace Herald" for name in names]
    figures = "".join(figure.format(n=n, name=line) for n, line in enumerate(lines))
    article = read("", f"<div><p>{P}</p>{figures}<p>{Q}</p></div>")
    assert [image.credit for image in article.images] == names


def test_the_picture_right_above_the_headline() -> None:
    figure = "<figure><img src=/b.jpg><figcaption>The bridge at dawn. © Rosa Lakewell</figcaption></figure>"
    article = read("", first=figure)
    assert [i.src for i in article.images] == ["https://herald.example/b.jpg"]
    assert article.photo_credits == ("Rosa Lakewell",)
    assert read("", first="<img src=/banner.jpg>").images == (), "without a caption it may be the page's own"


def test_the_picture_on_the_link_to_the_writers_page_is_a_portrait() -> None:
    assert read("<a href=/author/rosa><img src=/rosa.jpg></a><p>4 July 2025</p>").images == ()


def test_plones_description_is_the_lead() -> None:
    line = "Two weeks early, and dry-shod"
    article = read(f"<div class=documentDescription>{line}</div><p>4 July 2025</p>")
    assert (article.lead, article.paragraphs) == (line, (P, Q))
