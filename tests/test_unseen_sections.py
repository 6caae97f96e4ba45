"""Headings that name the section or the site, what stands in a heading beside the headline, and addresses
that look like those of lists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article, Rejection

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
TEXT = f"<div><p>{P}</p><p>{Q}</p></div>"
MENU = "<div><a href=/>Start</a> <a href=/all>Our Town News</a> <a href=/tax>Taxes</a></div>"
HEADLINE = "Footbridge over the mill race opens early"


def answer(
    body: str, *, head: str = "", url: str = "https://town.example/news.php?id=7", lang: str = "en"
) -> Article | Rejection:
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))


def read(body: str, *, head: str = "", url: str = "https://town.example/news.php?id=7") -> Article:
    article = answer(body, head=head, url=url)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("between", ["", "<p>Print | Share</p>", "<p><a href=/>Start</a> / News</p>"])
@pytest.mark.parametrize("level", ["h1", "h2", "h3"])
def test_a_heading_over_the_headlines_own_names_the_section(level: str, between: str) -> None:
    head = "<title>Our Town News | Millrace</title>"
    tools = "<p>Author Press Office</p><p>Hits 387</p><p>Files</p><p>plan.hwpx</p><p>view.jpg</p><p>2 MB</p>"
    body = f"{MENU}<{level}>Our Town News</{level}>{between}<h4>{HEADLINE}</h4>{tools}{TEXT}"
    assert read(body, head=head).title == HEADLINE


def test_a_short_headline_over_a_standfirst_stays_the_headline() -> None:
    body = f"{MENU}<h1>Footbridge opens</h1><h2>It is done two weeks before the date</h2>{TEXT}"
    head = "<title>Footbridge opens | Millrace</title>"
    assert read(body, head=head).title == "Footbridge opens"
    # Nor is a page's own headline a section's because a list of the newest news links to it.
    linked = f"{body}<ul><li><a href=/news.php?id=7>Footbridge opens</a></li></ul>"
    assert read(linked, head=head).title == "Footbridge opens"


def test_a_heading_that_is_the_sections_and_the_sites_name_is_no_headline() -> None:
    title = "Thông báo - Cổng thông tin điện tử thị trấn Cối Xay"
    body = f"<h1>{title}</h1><h2>Chi tiết</h2><p>Cầu đi bộ mở sớm hai tuần cho người dân</p>{TEXT}"
    url = "https://coixay.example.vn/thong-bao/-/7-cau-di-bo-mo-som-hai-tuan-cho-nguoi-dan"
    found = read(body, head=f"<title>{title}</title>", url=url)
    assert found.title == "Cầu đi bộ mở sớm hai tuần cho người dân"
    # A headline before the site's name is one, and so is one that speaks of such a site.
    new = "Cổng thông tin điện tử thị trấn có giao diện mới"
    assert read(f"<h1>{new}</h1>{TEXT}", head=f"<title>{new} - Báo Cối Xay</title>").title == new


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1><span>Traffic</span> {HEADLINE}</h1>",
        f"<h1><a href=/traffic>Traffic</a><br>{HEADLINE}</h1>".replace("<br>", " "),
        f"<h1>{HEADLINE} <small>Traffic</small></h1>",
    ],
)
def test_a_kicker_in_the_heading_is_not_of_the_headline(heading: str) -> None:
    assert read(heading + TEXT, head=f"<title>{HEADLINE} | Town of Millrace</title>").title == HEADLINE


def test_an_emphasised_word_of_the_headline_is_no_kicker() -> None:
    heading = f"<h1><em>Saturday:</em> {HEADLINE}</h1>"
    whole = f"Saturday: {HEADLINE}"
    assert read(heading + TEXT, head=f"<title>{whole} | Town of Millrace</title>").title == whole
    assert read(heading + TEXT).title == whole, "nothing says that the rest alone is the headline"


def test_a_date_in_brackets_behind_the_headline_is_the_pages() -> None:
    cell = f"<table><tr><td>{HEADLINE} (17/02/2026 09:40)</td></tr><tr><td><b>{P}</b></td></tr>"
    found = read(f"{cell}<tr><td><p>{Q}</p><p>{P} {Q}</p></td></tr></table>", head="<title>Millrace</title>")
    assert (found.title, found.published_date, found.lead) == (HEADLINE, date(2026, 2, 17), P)
    # A year in brackets, and a day that the headline speaks of, are its own.
    assert read(f"<h1>Plans for the mill race (2026)</h1>{TEXT}").title == "Plans for the mill race (2026)"
    spoken = read(f"<h1>Bridge closed on 01/03/2026 (17/02/2026)</h1>{TEXT}")
    assert spoken.published_date == date(2026, 2, 17)


def test_a_stated_headline_cut_at_its_colon_gives_way_to_the_whole() -> None:
    short = "Footbridge opens early"
    whole = f"{short}: two weeks before the date"
    stated = f'"@type":"NewsArticle","url":"https://town.example/news.php?id=7","headline":"{short}"'
    json = f'<script type="application/ld+json">{{{stated}}}</script>'
    og = f'<meta property="og:title" content="{whole} | Millrace">'
    head = f"<title>{whole} | Millrace</title>{og}{json}"
    assert read(f"<h1>{whole}</h1>{TEXT}", head=head).title == whole
    # One that is no beginning of the printed heading is another headline, and the editor's.
    other = head.replace(f'"{short}"', '"Mill race gets its bridge sooner"')
    assert read(f"<h1>{whole}</h1>{TEXT}", head=other).title == "Mill race gets its bridge sooner"


TEASERS = "".join(f"<li><a href=/n{n}>The mill wheel turns again in street {n}</a></li>" for n in range(8))


@pytest.mark.parametrize("query", ["?n=571&s=804412", "?s=804412"])
def test_a_number_in_the_address_makes_no_search_of_a_news_item(query: str) -> None:
    body = f"<h2>{HEADLINE}</h2><p>Published: 2026-02-17</p>{TEXT}<h3>Newest</h3><ul>{TEASERS}</ul>"
    assert isinstance(answer(body, url=f"https://town.example/News_Content.aspx{query}"), Article)
    assert isinstance(answer(body, url=f"https://town.example/{query}"), Article)
    found = answer(body, url="https://town.example/?s=mill+wheel")
    assert isinstance(found, Rejection) and found.reason == "listing"


def test_an_article_under_a_path_of_lists_is_one_where_the_page_states_its_date() -> None:
    body = f"<h1>{HEADLINE}</h1>{TEXT}<h3>Newest</h3><ul>{TEASERS}</ul>"
    url = "https://town.example/category/traffic/footbridge-opens-early"
    stated = '<meta property="article:published_time" content="2026-02-17T09:40:00+00:00">'
    assert isinstance(answer(body, url=url, head=stated), Article)
    assert isinstance(answer(body, url=url), Rejection)


@pytest.mark.parametrize("none", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59Z"])
def test_the_moment_that_stands_for_none_is_no_date(none: str) -> None:
    stated = f'<meta property="article:published_time" content="{none}">'
    found = answer(f"<h1>{HEADLINE}</h1>{TEXT}", head=stated, url="https://by.example.dk/nyheder/1")
    assert isinstance(found, Article)
    assert found.published_date is None and found.published_at is None


@pytest.mark.parametrize(
    ("name", "lang"),
    [("News Flash", "en"), ("Newsroom", "en"), ("Chi tiết tin", "vi"), ("Detalle noticia", "es"),
     ("Aktuality", "cs"), ("新闻中心", "zh"), ("ข่าวประชาสัมพันธ์", "th")],
)  # fmt: skip
@pytest.mark.parametrize("level", ["h1", "h2", "div"])
def test_names_of_what_shows_news_are_no_headline(name: str, lang: str, level: str) -> None:
    body = f"<{level}>{name}</{level}><h3>{HEADLINE}</h3><p>17/02/2026</p>{TEXT}"
    found = answer(body, head=f"<title>{name}</title>", lang=lang)
    assert isinstance(found, Article) and found.title == HEADLINE
    longer = f"{name}: {HEADLINE}"
    found = answer(f"<{level}>{longer}</{level}>{TEXT}", head=f"<title>{longer}</title>", lang=lang)
    assert isinstance(found, Article) and found.title == longer


@pytest.mark.parametrize("printed", ["<h1>Thông báo</h1>", "<p>Thông báo</p>"])
def test_a_notice_that_is_called_nothing_but_that(printed: str) -> None:
    found = answer(printed + TEXT, head="<title>Thông báo</title>", lang="vi")
    assert isinstance(found, Article) and found.title == "Thông báo"
    assert found.paragraphs == (P, Q)


def test_below_the_text_no_heading_is_the_headline_of_a_section() -> None:
    below = "<h3>Press releases</h3><h3>How many read this page</h3>"
    body = f"<div>{HEADLINE}</div><p>17/02/2026</p>{TEXT}{below}"
    assert read(body, head="<title>Town of Millrace</title>").title == HEADLINE


def test_a_standfirst_in_a_heading_of_its_own_leaves_the_headline_to_the_h1() -> None:
    body = f"<h1>{HEADLINE}</h1><p>17/02/2026</p><h2>{P}</h2><div><p>{Q}</p><p>{P} {Q}</p></div>"
    found = read(body)
    assert (found.title, found.lead) == (HEADLINE, P)
    # A long name of a section over a headline, which has no full stop, is none.
    section = "What the council of the town does"
    over = f"<h1>{section}</h1><h2>{HEADLINE}</h2><p>17/02/2026</p>{TEXT}"
    assert read(over, head=f"<title>{HEADLINE}</title>").title == HEADLINE


def test_a_title_in_a_script_without_spaces_is_more_than_a_word() -> None:
    printed = "水磨沟首条无障碍步道建成开放"
    text = "新建的人行桥将于周六开放，比原定日期提前两周。自行车从周一起可以通行，北侧护栏已经加高。"
    body = f"<div>水磨沟市人民政府</div><div>{printed}</div><p>2026-02-17</p>"
    body += f"<div><p>{text}</p><p>{text}</p></div>"
    head = f"<title>{printed}_本地要闻_水磨沟市人民政府门户网站</title>"
    found = answer(body, head=head, lang="zh")
    assert isinstance(found, Article) and found.title == printed


def test_the_line_of_the_writer_is_no_item_of_a_list() -> None:
    line = '<p><a href="/author/mill/">Ada Millwright of the Press Office</a> 17 February 2026</p>'
    assert isinstance(answer(f"<h1>{HEADLINE}</h1>{line}<div><p>{P}</p><p>{Q}</p></div>"), Article)
    item = '<h3><a href="/2026/mill/">The mill wheel turns again</a></h3><p>17 February 2026</p>'
    found = answer(f"<h1>What the town has to say</h1><div>{item}<p>{P} …</p></div>")
    assert isinstance(found, Rejection) and found.reason == "listing"
