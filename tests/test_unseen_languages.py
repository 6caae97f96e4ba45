"""Pages in languages of small tables, and portals whose headings, dates and names stand in unusual places."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.byline import photographers
from pipelines.extract.moments import Moment, moments
from pipelines.extract.words import TABLES
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
R = "The old bridge stays until the end of the month and is then taken down in the course of two nights."
TEXT = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
VI = "Cầu đi bộ qua rạch Cối Xay mở cửa từ thứ bảy, sớm hơn hai tuần so với ngày đã thông báo trước đây."
VI2 = "Người đi xe đạp được qua cầu từ thứ hai, sau khi lan can phía bắc được nâng cao thêm ba mươi phân."


def page(body: str, *, lang: str = "en", head: str = "<title>Millrace</title>") -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    url = "https://town.example/news.php?id=7"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def read(above: str = "", below: str = "", *, text: str = TEXT, lang: str = "en", head: str = "") -> Article:
    return page(f"<main><h1>The footbridge opens early</h1>{above}{text}{below}</main>", lang=lang, head=head)


@pytest.mark.parametrize("named", [True, False])
def test_the_heading_above_its_date_is_the_headline_and_a_portlets_heading_is_not(named: bool) -> None:
    portlet = "<h1>What the town council has been doing of late</h1>" if named else ""
    entry = f"<h3>Footbridge opens early</h3><div>Date: 05/03/2026</div><div><p>{P}</p><p>{Q}</p></div>"
    beside = "<section><h1>Links to other places</h1><select><option>The county</option></select></section>"
    found = page(f"<div><section>{portlet}{entry}</section></div>{beside}")
    assert found.title == "Footbridge opens early"
    assert found.paragraphs == (P, Q)


def test_a_labelled_date_below_the_standfirst_outweighs_stated_ones() -> None:
    text = (
        f"<div><p><strong>{P}</strong></p><p>Published: Friday, 6th March 2026</p><p>{Q}</p><p>{R}</p></div>"
    )
    found = read(text=text, head='<meta name="DC.date.created" content="2019-02-11">')
    assert found.published_date == date(2026, 3, 6)
    assert found.paragraphs == (Q, R)


@pytest.mark.parametrize(
    ("lang", "published", "changed"),
    [
        ("sv", "Publicerad: <time datetime='2026-03-05'>2026-03-05</time>", "Senast uppdaterad: 2026-03-07"),
        ("nb-NO", "Publisert: 05.03.2026", "Sist endret: 07.03.2026 12.31"),
        ("da", "Offentliggjort: 5. marts 2026", "Sidst opdateret: 7. marts 2026"),
        ("fi", "Julkaistu: 5. maaliskuuta 2026", "Päivitetty: 7.3.2026"),
        ("cs", "Datum vložení: 5. 3. 2026", "Datum poslední aktualizace: 7. 3. 2026 7:30"),
        ("hu", "Közzétéve: 2026. március 5.", "Frissítve: 2026. március 7."),
        ("el", "Δημοσιεύτηκε στις 5 Μαρτίου 2026", "Τελευταία ενημέρωση: 7 Μαρτίου 2026"),
        ("tr", "Yayın Tarihi: 5 Mart 2026", "Son Güncelleme: 7 Mart 2026"),
        ("th", "วันที่ประกาศ : 5 มี.ค. 2569", "แก้ไขล่าสุด : 7 มี.ค. 2569"),
        ("vi", "Ngày đăng: 05/03/2026", "Cập nhật lúc: 07/03/2026"),
    ],
)
def test_labels_of_publication_and_change_below_the_text(lang: str, published: str, changed: str) -> None:
    both = read(below=f"<div><p>{published}</p><p>{changed}</p></div>", lang=lang)
    assert both.published_date == date(2026, 3, 5)
    alone = read(below=f"<div><p>{changed}</p></div>", lang=lang)
    assert alone.published_date is None
    assert both.paragraphs == alone.paragraphs == read().paragraphs


NEW = ("sv", "no", "da", "fi", "cs", "hu", "el", "tr", "th")


@pytest.mark.parametrize("lang", NEW)
def test_every_spelling_of_a_month_is_read(lang: str) -> None:
    for number, row in enumerate(TABLES[lang].months, 1):
        for spelling in row.split("|"):
            line = f"2026. {spelling} 5." if lang == "hu" else f"5. {spelling.title()} 2026"
            found = next(moments(line, language=lang))
            assert isinstance(found, Moment), line
            assert found.day == date(2026, number, 5)


def test_thai_years_are_counted_from_the_buddha_and_others_are_not() -> None:
    days = [next(moments(f"6 {month} 2569")) for month in ("สิงหาคม พ.ศ.", "ส.ค.", "August")]
    assert [d.day if isinstance(d, Moment) else None for d in days] == [date(2026, 8, 6)] * 2 + [None]


def test_a_row_of_share_links_names_no_authors() -> None:
    share = '<div><a href="https://www.facebook.com/sharer.php?u=x">Facebook</a> <a href="https://sp.zalo.me/share">Zalo</a></div>'
    signed = '<p style="text-align:right">Tin, ảnh: Lê Thị Mận</p>'
    found = read(text=f"<div><p>{VI}</p><p>{VI2}</p>{signed}</div>", below=share, lang="vi")
    assert found.authors == ("Lê Thị Mận",)
    assert found.byline == "Tin, ảnh: Lê Thị Mận"


@pytest.mark.parametrize(
    ("name", "authors"), [("Rosa Lake", ("Rosa Lake",)), ("webmaster", ()), ("Town Council", ())]
)
def test_hatom_names_the_author_beside_any_label(name: str, authors: tuple[str, ...]) -> None:
    label = '<div><span>Schreyber</span><span class="author vcard">'
    time = '<time datetime="2026-03-05">5 March 2026</time></div>'
    found = read(f'{label}<a class="fn" href="/u/7">{name}</a></span>{time}')
    assert found.authors == authors
    if authors:
        assert found.byline == name


def test_an_office_that_gave_the_picture_out_is_credited_as_printed() -> None:
    assert photographers("Công an xã cung cấp") == ("Công an xã cung cấp",)
    assert photographers("Gia đình cung cấp") == ()
    picture = (
        '<p><img src="/a.jpg"></p><p style="text-align:center"><em>Cầu mới (Ảnh: Công an cung cấp)</em></p>'
    )
    text = f"<div><p>{VI}</p>{picture}<p>{VI2}</p></div>"
    assert read(text=text, lang="vi").photo_credits == ("Công an cung cấp",)


@pytest.mark.parametrize(
    ("lang", "heading"), [("hu", "Kapcsolódó cikkek"), ("sv", "Läs också"), ("cs", "Související články")]
)
def test_headings_of_related_news(lang: str, heading: str) -> None:
    link = '<a href="/news.php?id=3">Ferry stops for the winter months</a>'
    box = f"<div><h2>{heading}</h2><article><h3>{link}</h3></article></div>"
    found = read(below=box, lang=lang)
    assert [link.url for link in found.related] == ["https://town.example/news.php?id=3"]


def test_the_newest_posts_in_wordpress_column_of_widgets_are_not_related() -> None:
    post = f"<div id=content><h1>The footbridge opens early</h1>{TEXT}</div>"
    link = '<ul><li><a href="/news.php?id=3">Το πλοίο σταματά για τον χειμώνα</a></li></ul>'
    column = f'<div class="widget-area"><h3>Πρόσφατα άρθρα</h3>{link}</div>'
    assert page(post + column, lang="el").related == ()
    within = post.removesuffix("</div>") + column.replace("widget-area", "more") + "</div>"
    assert page(within, lang="el").related != ()


def test_a_standfirst_in_a_part_of_its_own_leads_though_dates_follow_the_text() -> None:
    picture = '<figure><img src="/a.jpg" alt=""><figcaption>The bridge</figcaption></figure>'
    dates = "<div><p>Publicerad: 2026-03-05 10:04</p></div>"
    found = read(f"<div><p>{P}</p></div>{picture}", dates, text=f"<div><p>{Q}</p><p>{R}</p></div>", lang="sv")
    assert found.lead == P
    assert found.paragraphs == (Q, R)


def test_a_box_of_related_news_ends_where_the_newest_posts_begin() -> None:
    see = '<h2>See also</h2><ul><li><a href="/news.php?id=3">Ferry stops for the winter</a></li></ul>'
    new = '<h2>Latest news</h2><ul><li><a href="/news.php?id=4">Rates are due in November</a></li></ul>'
    found = read(below=f"<aside>{see}{new}</aside>")
    assert [link.url for link in found.related] == ["https://town.example/news.php?id=3"]


def test_spanish_newest_posts_are_no_text() -> None:
    card = '<h4>Últimas noticias</h4><div><a href="/n/3"><h5>Vacunación</h5></a><div>hace 2 días</div></div>'
    text = f"<p>The mayor walked over it first.</p><img src='/a.jpg'><div><div>{P}</div><div>{Q}</div></div>"
    found = read(text=f"{text}<hr>{card}", lang="es")
    assert (found.lead, found.paragraphs) == ("The mayor walked over it first.", (P, Q))


def test_a_box_for_one_other_page_between_paragraphs_is_related_and_no_text() -> None:
    a = '<a href="/news.php?id=3">'
    box = f"<div>{a}Ferry stops for the winter</a><span>It sails again in April.</span>{a}Read now</a></div>"
    found = read(text=f"<div><p>{P}</p>{box}<p>{Q}</p></div>")
    assert found.paragraphs == (P, Q)
    assert [link.title for link in found.related] == ["Ferry stops for the winter"]
