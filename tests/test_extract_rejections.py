"""Pages that are no article, each with its reason; and short or odd pages that are one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract, extract_html
from pipelines.model import Article, Capture, ReadingContext, Rejection

URL = "https://tin.example.vn/chuyen-muc-nao-do.html"
CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
SITE = "Cổng tin Thành phố Mẫu"
P = "Sáng nay, tuyến xe buýt số bảy bắt đầu chạy thử qua cầu mới, khách được miễn vé trong tuần đầu."
HEADLINES = [f"Xã thứ {n} hoàn thành tuyến đường hoa dài hai ki-lô-mét" for n in range(12)]


def page(body: str, *, title: str = SITE, classes: str = "", head: str = "") -> bytes:
    return (
        f'<html lang="vi"><head><title>{title}</title><meta property="og:site_name" content="{SITE}">{head}'
        f'</head><body class="{classes}"><ul><li><a href="/">Trang chủ</a></li>'
        f'<li><a href="/kinh-te/">Kinh tế</a></li></ul>'
        f"{body}<footer>© 2026</footer></body></html>"
    ).encode()


def reason(html: bytes, url: str = URL, **facts: str) -> str | None:
    read = extract(
        Capture(url=url, captured_at=CAPTURED, payload=html, **facts), ReadingContext(site_name=SITE)
    )  # type: ignore[arg-type]
    return read.reason if isinstance(read, Rejection) else None


def teaser(n: int, text: str = "") -> str:
    return f'<h2><a href="/tin-{n}.html">{HEADLINES[n]}</a></h2><p>{text}</p>'


LISTS = {
    "headings alone": page("<h1>Tin tức</h1>" + "".join(map(teaser, range(12))), title=f"Tin tức - {SITE}"),
    "headings with excerpts": page("".join(teaser(n, f"Bài {n}: {P}") for n in range(12))),
    "excerpts under a section's name": page(
        "<h1>Kinh tế</h1>" + "".join(teaser(n, f"Bài {n}: {P}") for n in range(8)), title=f"Kinh tế - {SITE}"
    ),
    "articles as cards": page(
        "".join(f"<article>{teaser(n, P)}<time>06/03/2026</time></article>" for n in range(10))
    ),
    "a list of links": page(
        "<h1>Thông báo</h1><ul>"
        + "".join(f'<li><a href="/{n}">{h}</a></li>' for n, h in enumerate(HEADLINES))
        + "</ul>"
    ),
    "a table of links": page(
        "<h1>Văn bản</h1><table>"
        + "".join(f'<tr><td>{n}</td><td><a href="/{n}">{h}</a></td></tr>' for n, h in enumerate(HEADLINES))
        + "</table>"
    ),
    "WordPress says archive": page(
        f"<h1>Chuyên mục: Kinh tế</h1>{teaser(0, P)}{teaser(1, P)}", classes="archive category"
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_listings(name: str) -> None:
    assert reason(LISTS[name]) == "listing"


def test_the_front_page_is_a_listing() -> None:
    html = page(f"<h1>Lời ngỏ</h1><p>{P}</p><p>{P} Xin mời đón đọc.</p>" + "".join(map(teaser, range(4))))
    assert reason(html, "https://tin.example.vn/") == "listing"


def test_a_paged_address_is_a_listing() -> None:
    html = page(f"<h1>Tin tức</h1><p>{P}</p>" + "".join(map(teaser, range(4))))
    assert reason(html, "https://tin.example.vn/tin-tuc/page/3") == "listing"


@pytest.mark.parametrize(
    "title",
    ["Không tìm thấy trang", "404 Not Found", "Trang đang bảo trì", "Đăng nhập hệ thống", "Just a moment...",
     "Access Denied", "Page not found – City of Sample", "Seite nicht gefunden"],
)  # fmt: skip
def test_error_pages_with_status_200_are_soft_errors(title: str) -> None:
    html = page(
        f"<h1>{title}</h1><p>Trang bạn tìm có thể đã bị xóa, đổi tên hoặc tạm thời không dùng được.</p>",
        title=title,
    )
    assert reason(html) == "soft_error"


def test_an_article_about_an_error_is_an_article() -> None:
    title = "Cán bộ không tìm thấy hồ sơ phải xin lỗi dân"
    html = page(
        f"<h1>{title}</h1>" + "".join(f"<p>Đoạn {n}. {P}</p>" for n in range(9)), title=f"{title} - {SITE}"
    )
    assert reason(html) is None


def test_a_page_with_only_the_sites_name_has_no_title() -> None:
    assert reason(page(f"<h1>{SITE}</h1><p>{P}</p><p>{P} Mời quý khách đi thử.</p>")) == "no_title"


def test_a_headline_without_text_has_no_body() -> None:
    assert reason(page("<h1>Tuyến xe buýt số bảy chạy thử qua cầu mới</h1>")) == "no_body"


@pytest.mark.parametrize(
    ("payload", "content_type"),
    [(b"%PDF-1.7", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"{}", "application/json"),
     (b"", "text/html"), (b"   ", "text/html"), (b"<?xml version='1.0'?><rss/>", "application/rss+xml")],
)  # fmt: skip
def test_what_is_no_page(payload: bytes, content_type: str) -> None:
    assert reason(payload, content_type=content_type) == "not_html"


@pytest.mark.parametrize("status", [301, 304, 403, 404, 410, 500, None])
def test_other_status(status: int | None) -> None:
    capture = Capture(url=URL, captured_at=CAPTURED, payload=LISTS["headings alone"], status=status)
    read = extract(capture, ReadingContext())
    assert isinstance(read, Rejection) and read.reason == "status"


def article(html: bytes, url: str = URL) -> Article:
    read = extract_html(html, url, captured_at=CAPTURED, context=ReadingContext(site_name=SITE))
    assert isinstance(read, Article), read
    return read


def test_an_article_of_one_short_paragraph() -> None:
    title = "Tuyến xe buýt số bảy chạy thử qua cầu mới"
    read = article(page(f"<h1>{title}</h1><p>{P}</p>", title=f"{title} - {SITE}"))
    assert (read.lead, read.paragraphs) == (None, (P,))


def test_a_short_article_beside_long_menus_and_many_teasers() -> None:
    title = "Tuyến xe buýt số bảy chạy thử qua cầu mới"
    side = "<div>" + "".join(map(teaser, range(12))) + "</div>"
    read = article(
        page(
            f"<div><h1>{title}</h1><p>{P}</p><p>Bến đầu đặt tại chợ Mẫu.</p></div><h3>Tin khác</h3>{side}",
            title=title,
        )
    )
    assert read.paragraphs[0] == P
    assert len(read.related) == 12


def test_an_undated_article_is_still_an_article() -> None:
    title = "Tuyến xe buýt số bảy chạy thử qua cầu mới"
    assert article(page(f"<h1>{title}</h1><p>{P}</p>", title=title)).published_date is None
