"""The headline where it is hard to find, and what is set between it and the text."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article, ReadingContext

TITLE = "Cầu phao tạm nối hai bờ sông Mẫu trong mùa nước nổi"
SITE = "Cổng thông tin điện tử huyện Mẫu"
URL = "https://tin.example.vn/tin.aspx?id=71"
P = "Cầu phao dài chín mươi mét được lắp trong hai ngày, mỗi lượt cho xe máy và người đi bộ qua lại an toàn."
Q = "Ban quản lý bến cho biết cầu mở từ năm giờ sáng đến chín giờ tối, ban đêm có người trực và đèn báo."


def read(body: str, *, head: str = "", url: str = URL, site: str | None = None) -> Article:
    html = f"<html lang=vi><head><title>{SITE}</title>{head}</head><body>{body}</body></html>"
    captured = datetime(2026, 3, 20, tzinfo=UTC)
    article = extract_html(html.encode(), url, captured_at=captured, context=ReadingContext(site_name=site))
    assert isinstance(article, Article), article
    return article


def rule(article: Article) -> str:
    return next(r.rule for r in article.provenance if r.field == "title")


def test_the_line_above_the_text_where_nothing_else_names_it() -> None:
    body = f"<h1>{SITE}</h1><div>Tin tức</div><div>{TITLE}</div><div>06/03/2026</div>"
    article = read(f"{body}<div><p>{P}</p><p>{Q}</p></div>", site=SITE)
    assert (article.title, rule(article)) == (TITLE, "line_above_text")


def test_a_heading_right_above_the_text_beats_the_sites_name_in_an_h1() -> None:
    menu = "".join(f"<li><a href=/{n}>Mục số {n}</a></li>" for n in range(6))
    body = f"<h1>Chào mừng đến với huyện Mẫu</h1><ul>{menu}</ul><h2>{TITLE}</h2><p>{P}</p><p>{Q}</p>"
    assert read(body).title == TITLE


@pytest.mark.parametrize("date", ["<div>06/03/2026 08:15</div>", ""])
def test_a_standfirst_and_buttons_above_the_text_are_no_headline(date: str) -> None:
    standfirst = "Từ thứ Hai tuần tới, người đi bộ được miễn vé qua cầu phao mới của huyện."
    body = f"<div><span>{P}</span><br>{Q}</div>"
    tools = '<div>Đọc bài viết <a href="https://bao.example/1">Gốc</a></div>'
    above = f"<table><tr><td>{TITLE}</td></tr></table>"
    links = "".join(
        f'<li><a href="/t.aspx?id={n}">Bến phà số {n} đổi giờ trong mùa lũ</a></li>' for n in range(9)
    )
    head = f"{above}{date}{tools}<div>{standfirst}</div>"
    article = read(f"{head}<section>{body}</section><ul>{links}</ul>")
    assert (article.title, article.lead, article.paragraphs) == (TITLE, standfirst, (P, Q))


def test_the_address_names_the_headline() -> None:
    url = "https://tin.example.vn/cau-phao-tam-noi-hai-bo-song-mau-trong-mua-nuoc-noi-118.html"
    body = f"<h1>{SITE}</h1><h3>Thông tin cần biết trong tuần này</h3><div>{TITLE}</div>"
    assert read(f"{body}<p>{P}</p><p>{Q}</p>", url=url).title == TITLE


def test_metadata_names_it_less_the_sites_name() -> None:
    meta = f'<meta property="og:title" content="{TITLE} | {SITE}">'
    meta += f'<meta property="og:site_name" content="{SITE}">'
    assert read(f"<p>{P}</p><p>{Q}</p>", head=meta).title == TITLE


def test_json_ld_of_another_page_is_not_believed() -> None:
    other = {"@type": "NewsArticle", "headline": "Tin khác hẳn về một nơi khác", "url": "https://tin.example.vn/khac",
             "datePublished": "2026-03-01T08:00:00+07:00"}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(other)}</script>'
    article = read(f"<h1>{TITLE}</h1><p>{P}</p><p>{Q}</p>", head=script)
    assert (article.title, article.published_date) == (TITLE, None)


def test_json_ld_of_this_page_completes_what_is_printed() -> None:
    own = {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": TITLE, "author":
           [{"@type": "Person", "name": "quantri"}], "mainEntityOfPage": {"@id": URL},
           "datePublished": "2026-03-06T08:30:00+07:00"}]}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(own)}</script>'
    article = read(f"<h1>{TITLE}</h1><p>{P}</p><p>{Q}</p>", head=script)
    assert rule(article) == "json_ld"
    assert article.published_at == datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
    assert article.authors == ()
    assert any(r.rule == "stated but not printed: quantri" for r in article.provenance)


def test_a_headline_changed_after_its_metadata_is_read_as_printed() -> None:
    meta = f'<meta property="og:title" content="{TITLE.replace("Cầu phao tạm", "Cầu phao")}">'
    lead = "<h2>Bà con hai bên bờ sông không còn phải đi vòng mười hai ki-lô-mét mỗi khi nước lên cao.</h2>"
    assert read(f"<h1>{TITLE}</h1>{lead}<p>{P}</p><p>{Q}</p>", head=meta).title == TITLE


def test_the_qr_line_is_the_last_resort() -> None:
    assert read(f"<p>{P}</p><p>{Q}</p><div>QR CODE: {TITLE}</div>", site=SITE).title == TITLE


def test_a_lead_in_its_own_element_and_one_in_a_heading() -> None:
    lead = "Sáng nay, cầu phao tạm được thông xe, bà con hai bên bờ sông thôi cảnh đi vòng xa."
    for markup in (
        f"<div>{lead}</div>",
        f"<h2>{lead}</h2>",
        f"<p><b>{lead}</b></p>",
        f"<p><em>{lead}</em></p>",
    ):
        article = read(f"<h1>{TITLE}</h1><div>{markup}<p>{P}</p><p>{Q}</p><p>{Q} Hết mùa sẽ tháo.</p></div>")
        assert (article.lead, article.paragraphs[0]) == (lead, P), markup


def test_sub_headlines_are_no_paragraphs() -> None:
    article = read(f"<h1>{TITLE}</h1><div>Thông xe đúng hẹn trước ngày nước lên<br>{P}<br>{Q}</div>")
    assert (article.lead, article.paragraphs) == ("Thông xe đúng hẹn trước ngày nước lên", (P, Q))


def test_names_beside_the_headline() -> None:
    def of(line: str) -> tuple[str, ...]:
        return read(
            f"<h1>{TITLE}</h1>{line}<div>06/03/2026 08:30</div><div><p>{P}</p><p>{Q}</p></div>"
        ).authors

    assert of("<p>Minh Tú</p>") == ("Minh Tú",)
    assert of('<p><a href="/tac-gia/minh-tu-12">Minh Tú</a></p>') == ("Minh Tú",)
    assert of('<p><a href="/xa-hoi/">Xã Hội</a></p>') == ()
    assert of("<p>Đời sống đô thị</p>") == ()
    assert of("<p>Ủy ban nhân dân huyện</p>") == ()


def test_tables_and_lists_keep_text_and_order() -> None:
    table = (
        "<table><tr><th>Tuyến</th><th>Giờ chạy</th></tr><tr><td>Bến Mẫu</td><td>5 giờ 30</td></tr></table>"
    )
    items = "<ol><li>Mang áo phao;</li><li>Dắt xe.</li></ol>"
    article = read(f"<h1>{TITLE}</h1><div><p>{P}</p>{table}{items}<p>{Q}</p></div>")
    assert article.paragraphs == (P, "Tuyến | Giờ chạy", "Bến Mẫu | 5 giờ 30", "Mang áo phao;", "Dắt xe.", Q)


def test_the_sites_name_is_read_off_its_front_link_or_copyright_line() -> None:
    bar = f"<div>{TITLE}</div><div>06/03/2026</div><p>{P}</p><p>{Q}</p>"
    linked = f'<table><tr><td><a href="/index.php">{SITE}</a></td></tr><tr><td>{bar}</td></tr></table>'
    logo = f'<a href="/"><img src="l.png" alt="{SITE}"></a><h2>{SITE}</h2>{bar}'
    signed = f"<h2>{SITE}</h2>{bar}<div>Bản quyền © 2019 {SITE}. Ghi rõ nguồn khi dùng lại.</div>"
    asked = f'<h2>{SITE}</h2>{bar}<div>Ghi rõ nguồn "{SITE}" khi phát hành lại.</div>'
    assert [read(b).title for b in (linked, logo, signed, asked)] == [TITLE] * 4
    assert read(f"<h2>{SITE}</h2>{bar}").title == SITE, "without either nothing tells it from a headline"


def test_the_menus_entry_of_the_page_is_not_its_headline() -> None:
    """Else the clock above the menu would stand beside the headline."""
    menu = "".join(f'<li><a href="/{n}.aspx">{n}</a></li>' for n in ("tin", "van-ban", "lien-he"))
    own = f'<li><a href="{URL}">{TITLE}</a></li>'
    clock = "<div>Thứ Hai, 02/03/2026 07:42:18</div>"
    html = f"{clock}<ul>{own}{menu}</ul><p>{SITE}</p><div>{TITLE}</div><div><p>{P}</p><p>{Q}</p></div>"
    article = read(html, head=f'<meta property="og:title" content="{TITLE}">')
    assert (article.title, article.published_date) == (TITLE, None)
    named = read(html.replace(own, f"<li>{TITLE}</li>"), head=f'<meta property="og:title" content="{TITLE}">')
    assert (named.title, named.published_date) == (TITLE, None)


def test_news_of_copyright_is_no_copyright_line() -> None:
    title = "Bản quyền của nghệ nhân hát ru được đăng ký lần đầu"
    body = f"<div><b>{title}</b></div><p>{P}</p><p>{Q}</p><ul><li>{title} (06/03/2026)</li></ul>"
    html = f"<html lang=vi><head><title>{title} | Huyện Mẫu</title></head><body>{body}</body></html>"
    article = extract_html(html.encode(), URL, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article) and article.title == title
