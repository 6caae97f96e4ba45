"""One article of the portal in four markups: the landmarks of PORTAL.md, no class name but
those of platforms. Every field must come out the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.evidence import is_known
from pipelines.model import Article, Attachment, Image, ReadingContext, RelatedLink

URL = "https://tin.example.vn/bo-ke-bien-moi-giu-lang-chai-yen-giac.html"
CONTEXT = ReadingContext(zone="Asia/Ho_Chi_Minh", site_name="Cổng tin Thành phố Mẫu")
CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
TITLE = "Bờ kè biển mới giữ làng chài yên giấc"
LEAD = "Sáng 28/6, thành phố khánh thành đoạn kè biển dài bốn ki-lô-mét, giúp ba trăm hộ dân yên tâm mùa bão."
FIRST = "Đoạn kè được khởi công từ đầu năm ngoái, chạy dọc bãi ngang nơi sóng từng ăn sâu vào làng mùa gió."
HEAD = "Không còn cảnh chạy sóng nửa đêm"
SECOND = "Bà con cho biết, nhiều năm trước, cứ nghe tin bão là cả làng gánh đồ lên ủy ban xã ngủ nhờ một đêm."
CAPTION_ONE = "Đoạn kè mới nhìn từ phía bến đò. (Ảnh: Lan Chi)."
CAPTION_TWO = "Người dân tập thể dục trên mặt kè sáng sớm."
ITEMS = (
    "– Cao trình đỉnh kè năm mét rưỡi;",
    "– Mặt kè rộng bốn mét, có lan can;",
    "– Ba lối xuống bến cho thuyền nhỏ.",
)
LAST = "Giai đoạn hai sẽ kéo dài thêm hai ki-lô-mét về phía cửa sông, dự kiến xong trước mùa bão năm sau./."
BYLINE = "Hoàng Mai. Ảnh: Đỗ Quyên"
OTHERS = (("/mot-tin-khac-cua-thanh-pho.html", "Một tin khác của thành phố trong tuần"),
          ("/them-mot-tin-nua.html", "Thêm một tin nữa về chợ phiên vùng ven"))  # fmt: skip
DATE = "Thứ Sáu, 06/03/2026 08:30"
FOOTER = ["Tiện ích thông tin", "Nguồn tin", "tin.example.vn QR Code", f"QR CODE: {TITLE}",
          "Chúng tôi trên Mạng Xã hội", "QR Code Fanpage",
          "Mã QR Code truy cập vào Fanpage Cổng tin Thành phố Mẫu"]  # fmt: skip
MENU = "".join(f'<li><a href="/muc-{n}/">{name}</a></li>' for n, name in enumerate(
               ["Trang chủ", "Chính trị", "Kinh tế", "Xã hội", "Đô thị", "Chính sách"]))  # fmt: skip
META = f"""<meta charset="utf-8"><title>{TITLE} - Cổng tin Thành phố Mẫu</title>
<meta property="og:site_name" content="Cổng tin Thành phố Mẫu"><link rel="canonical" href="{URL}">"""


def others(tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="{path}">{text}</a></{tag}>' for path, text in OTHERS)


def block_theme() -> str:
    return f"""<html lang="vi">{META}<body class="single single-post"><header><p><a href="/">Cổng
    tin</a></p><nav><ul>{MENU}
    </ul></nav></header><main><div><a href="#">Print</a> <span>{DATE}</span> <a
    href="https://goc.example/b">Gốc</a></div>
    <h1 class="wp-block-post-title">{TITLE}</h1><div class="wp-block-post-excerpt"><p>{LEAD}</p></div>
    <div class="entry-content wp-block-post-content"><p>{FIRST}</p>
    <figure class="wp-block-image"><img src="/wp-content/uploads/2026/03/ke.jpg"
    alt=""><figcaption>{CAPTION_ONE}</figcaption></figure>
    <h3>{HEAD}</h3><p>{SECOND}</p><figure class="wp-block-image"><img src="data:image/gif;base64,R0lGOD"
    data-src="https://i1.wp.com/tin.example.vn/dan.jpg?fit=8%2C6&amp;ssl=1">
    <figcaption>{CAPTION_TWO}</figcaption></figure>
    <p>{"<br>".join(ITEMS)}</p><p>{LAST}</p><p><strong>{BYLINE}</strong></p>
    <p>Tài liệu đính kèm: <a href="/tep/ke-hoach.pdf">Kế hoạch</a></p></div>
    {"".join(f"<p>{line}</p>" for line in FOOTER)}<h3>Tin khác</h3><ul>{others()}</ul></main>
    <footer><nav><ul>{MENU}</ul></nav><p>© 2026 Cổng tin. Giấy phép số 12, cấp ngày
    05/01/2020.</p></footer></body></html>"""


def classic_theme() -> str:
    return f"""<html lang="vi-VN">{META}<body><div id="top"><h1><a href="/">Cổng tin Thành phố
    Mẫu</a></h1><ul>{MENU}</ul></div>
    <div id="main"><div class="hentry"><h2>{TITLE}</h2><div>Print {DATE} <a
    href="https://goc.example/b">Gốc</a></div>
    <div class="entry-content"><p><b>{LEAD}</b></p><p>{FIRST}</p>
    <div class="wp-caption aligncenter"><img src="/wp-content/uploads/2026/03/ke.jpg" width="600"
    height="400">
    <p class="wp-caption-text">{CAPTION_ONE}</p></div><p><strong>{HEAD}</strong></p><p>{SECOND}</p>
    <p style="text-align: center"><img src="https://i1.wp.com/tin.example.vn/dan.jpg?fit=8%2C6&amp;ssl=1"></p>
    <p style="text-align: center"><em>{CAPTION_TWO}</em></p>
    <ul>{"".join(f"<li>{i}</li>" for i in ITEMS)}</ul><p>{LAST}</p>
    <p style="text-align: right">{BYLINE}</p><p>Tài liệu đính kèm: <a href="/tep/ke-hoach.pdf">Kế
    hoạch</a></p></div>
    <div>{"<br>".join(FOOTER)}</div><div><b>Tin khác</b><ul>{others()}</ul></div></div></div>
    <div id="side"><h3>Đọc nhiều</h3><ul>{MENU}</ul><p>Thời tiết hôm nay có nắng nhẹ, gió đông bắc cấp
    ba, biển lặng.</p></div>
    <div>© 2026 Cổng tin. Giấy phép số 12, cấp ngày 05/01/2020. Điện thoại: 0225 000
    000</div></body></html>"""


def table_layout() -> str:
    lines = "".join(f"<tr><td>{line}</td></tr>" for line in FOOTER)
    return f"""<html>{META}<body><form id="aspnetForm"><table><tr><td><img src="/banner.jpg"
    height="40"></td></tr><tr><td>
    <table><tr>{MENU.replace("<li>", "<td>").replace("</li>", "</td>")}</tr></table></td></tr>
    <tr><td><table><tr><td><table><tr><td><span>Print</span></td></tr><tr><td>{DATE}</td></tr><tr><td><a
    href="https://goc.example/b">Gốc</a></td></tr>
    <tr><td><span class="x">{TITLE}</span></td></tr><tr><td><b>{LEAD}</b></td></tr><tr><td>
    <p>{FIRST}</p><table align="center"><tr><td><img src="/wp-content/uploads/2026/03/ke.jpg"></td></tr>
    <tr><td><p>{CAPTION_ONE}</p></td></tr></table><p><b>{HEAD}</b></p><p>{SECOND}</p><table
    align="center"><tr><td>
    <img src="https://i1.wp.com/tin.example.vn/dan.jpg?fit=8%2C6&amp;ssl=1"></td></tr>
    <tr><td>{CAPTION_TWO}</td></tr></table>
    <p>{"</p><p>".join(ITEMS)}</p><p>{LAST}</p><p align="right">{BYLINE}</p>
    <p>Tài liệu đính kèm: <a href="/tep/ke-hoach.pdf">Kế hoạch</a></p></td></tr>{lines}
    <tr><td>Tin khác</td></tr>
    {others("td").replace("<td>", "<tr><td>").replace("</td>", "</td></tr>")}</table></td>
    <td><div>Liên kết</div>{MENU}</td></tr></table></td></tr><tr><td>Cơ quan chủ quản: UBND Thành phố Mẫu.
    Giấy phép số 12/GP,
    cấp ngày 05/01/2020. Địa chỉ: số 1 đường Mẫu.</td></tr></table></form></body></html>"""


def bare_lines() -> str:
    items = "<br><br>".join(ITEMS)
    return f"""<html lang="vi">{META}<body><div><a href="/">Cổng tin</a> | <a href="/muc-1/">Chính
    trị</a></div>
    <h1>{TITLE}</h1><div>{DATE}</div><div><a
    href="https://goc.example/b">Gốc</a></div><div><strong>{LEAD}</strong><br><br>{FIRST}<br><br>
    <img src="/wp-content/uploads/2026/03/ke.jpg"><br><em>{CAPTION_ONE}</em><br><br>
    <b>{HEAD}</b><br><br>{SECOND}<br><br>
    <img src="https://i1.wp.com/tin.example.vn/dan.jpg?fit=8%2C6&amp;ssl=1"><br><i>{CAPTION_TWO}</i><br>
    <br>{items}<br><br>{LAST}
    <br><br>{BYLINE}<br>Tài liệu đính kèm: <a href="/tep/ke-hoach.pdf">Kế hoạch</a></div>
    <div>{"</div><div>".join(FOOTER)}</div><div>Tin khác</div><div>{others("div")}</div></body></html>"""


MARKUPS = {"block": block_theme, "classic": classic_theme, "table": table_layout, "bare": bare_lines}


@pytest.fixture(scope="module", params=MARKUPS)
def article(request: pytest.FixtureRequest) -> Article:
    read = extract_html(MARKUPS[request.param]().encode(), URL, captured_at=CAPTURED, context=CONTEXT)
    assert isinstance(read, Article), read
    return read


def test_title(article: Article) -> None:
    assert article.title == TITLE


def test_lead_stands_apart_and_never_twice(article: Article) -> None:
    assert article.lead == LEAD
    assert LEAD not in article.paragraphs


def test_paragraphs_in_order_and_nothing_else(article: Article) -> None:
    assert article.paragraphs == (FIRST, HEAD, SECOND, *ITEMS, LAST)


def test_byline_as_printed_and_as_understood(article: Article) -> None:
    assert article.byline == BYLINE
    assert article.authors == ("Hoàng Mai",)


def test_photo_credits_of_byline_and_captions(article: Article) -> None:
    assert article.photo_credits == ("Đỗ Quyên", "Lan Chi")


def test_source_without_the_label_glued_to_it(article: Article) -> None:
    assert article.source == "tin.example.vn"


def test_published(article: Article) -> None:
    assert article.published_raw == DATE
    assert article.published_at == datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
    assert (article.published_date, article.published_precision) == (date(2026, 3, 6), "minute")


def test_images_with_captions_and_credits(article: Article) -> None:
    assert article.images == (
        Image(
            src="https://tin.example.vn/wp-content/uploads/2026/03/ke.jpg",
            caption=CAPTION_ONE,
            credit="Lan Chi",
        ),
        Image(
            src="https://i1.wp.com/tin.example.vn/dan.jpg?fit=8%2C6&ssl=1", caption=CAPTION_TWO, credit=None
        ),
    )


def test_related_links_and_no_menu(article: Article) -> None:
    assert article.related == tuple(
        RelatedLink(url=f"https://tin.example.vn{path}", title=text) for path, text in OTHERS
    )


def test_attachments(article: Article) -> None:
    assert article.attachments == (
        Attachment(url="https://tin.example.vn/tep/ke-hoach.pdf", name="Kế hoạch"),
    )


def test_addresses(article: Article) -> None:
    assert (article.canonical_url, article.original_url) == (URL, "https://goc.example/b")


def test_every_field_found_has_its_rule(article: Article) -> None:
    ruled = {r.field for r in article.provenance}
    assert {"title", "paragraphs", "byline", "published_date", "source"} <= ruled
    assert [r for r in article.provenance if not is_known(r.field, r.rule)] == []


def test_the_text_is_one_value_across_markups() -> None:
    read = [extract_html(m().encode(), URL, captured_at=CAPTURED, context=CONTEXT) for m in MARKUPS.values()]
    assert len({a.text_sha256 for a in read if isinstance(a, Article)}) == 1
