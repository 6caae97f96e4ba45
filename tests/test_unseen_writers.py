"""Writers beside the headline whom marks, links or metadata tell, and no words; and those presented below."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
STATED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The footbridge opens early",'
    '"author": {"@type": "Person", "name": "Rosa Lakewell"}}</script>'
)


def read(above: str, *, head: str = "", first: str = "", below: str = "", lang: str = "en") -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body><main><article>{first}"
    html += f"<h1>The footbridge opens early</h1>{above}<div><p>{P}</p><p>{Q}</p></div>{below}"
    url = "https://herald.example/news/the-footbridge-opens-early"
    page = f"{html}</article></main></body></html>".encode()
    article = extract_html(page, url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def test_the_writer_of_an_item_amid_other_facts() -> None:
    person = "<span itemprop=author itemscope>Erstellt von <span itemprop=name>Rosa Lakewell</span></span>"
    assert read(f"<p><span>Umwelt</span> {person}</p>").authors == ("Rosa Lakewell",)
    account = person.replace("Rosa Lakewell", "Redaktion")
    assert read(f"<p><span>Umwelt</span> {account}</p>").authors == ()


def test_a_stated_name_counts_where_it_is_printed_in_the_line_of_the_date() -> None:
    line = "<div><a href=/@rosa>Rosa Lakewell</a> <span>Mar 3, 2026</span> · <span>6 min read</span></div>"
    assert read(line, head=STATED).authors == ("Rosa Lakewell",)
    assert read("", head=STATED, first=line).authors == ("Rosa Lakewell",)
    assert read(line).authors == (), "printed alone it may be anything"
    assert read("", head=STATED).authors == (), "stated alone it may be an account"


def test_a_link_to_the_writers_page_below_the_standfirst() -> None:
    line = "<div>Von <a href=/autor/rosa>Rosa Lakewell</a> Stand: 3. März 2026</div>"
    assert read(f"<p>{Q}</p>{line}", lang="de").authors == ("Rosa Lakewell",)


def test_the_only_writer_who_is_presented_below_the_text() -> None:
    box = "<div><h3><a rel=author href=/user/64>Rosa Lakewell</a></h3><p>Writes on bridges.</p></div>"
    assert read("", below=box).authors == ("Rosa Lakewell",)
    other = box.replace("Rosa Lakewell", "Ivo Sandberg")
    assert read("", below=box + other).authors == (), "several are those of other texts"


def test_a_full_name_over_what_its_bearer_does() -> None:
    date, name = "<p>3 March 2026</p>", "<div>Rosa Lakewell</div>"
    assert read(f"{date}{name}<div>Environment correspondent</div>").authors == ("Rosa Lakewell",)
    assert read(f"{date}{name}<div>Two weeks early</div>").authors == ()


def test_a_full_name_and_its_office_right_below_the_text() -> None:
    assert read("", below="<p>Rosa Lakewell, press office of the town</p>").authors == ("Rosa Lakewell",)
    assert read("", below="<p>Rosa Lakewell, who built it</p>").authors == ()


def test_who_signs_at_the_right_and_took_the_pictures() -> None:
    line = "<p align=right>Rosa Lakewell</p><p align=right>Photos: Ivo Sandberg</p>"
    assert read("", below=line).authors == ("Rosa Lakewell",)


def test_a_labelled_line_as_long_as_a_paragraph_is_no_text() -> None:
    line = "Text and photos: Rosa Lakewell (press office of the Millrace Historical Society)"
    article = read("", below=f"<div>{line}</div>")
    assert article.authors == article.photo_credits == ("Rosa Lakewell",)
    assert line not in article.paragraphs


def test_a_writer_and_where_she_lives() -> None:
    assert read("<p>von Rosa Lakewell, Klingbach</p>", lang="de").authors == ("Rosa Lakewell",)


def test_links_that_set_the_size_of_the_type_behind_the_writer() -> None:
    sizes = "<a href=#a>大</a> <a href=#b>中</a> <a href=#c>小</a>"
    assert read(f"<div>2026年03月02日 08:17 作者：欧阳水生 {sizes}</div>", lang="zh").authors == ("欧阳水生",)


def test_several_names_between_headline_and_date_of_a_vietnamese_page() -> None:
    text = "Cầu bộ hành qua mương nước của nhà máy xay mở cửa vào thứ bảy, sớm hơn hai tuần so với dự kiến."
    html = "<html lang=vi><body><article><h1>Cầu mở sớm</h1><div>LÊ THU - MAI LAM</div><div>02/03/2026</div>"
    page = f"{html}<div><p>{text}</p><p>{text}</p></div></article></body></html>".encode()
    article = extract_html(page, "https://cau.example/mo-som", captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article)
    assert article.authors == ("LÊ THU", "MAI LAM")
