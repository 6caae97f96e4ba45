"""Pages torn in two: what browsers show is read, wherever ``</html>`` stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.page import Page
from pipelines.model import Article

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TITLE = "Phường Cầu Ván mở lớp dạy bơi miễn phí cho học sinh"
TEXT = [
    "Sáng 4/6, phường Cầu Ván khai giảng ba lớp dạy bơi miễn phí cho 120 học sinh tiểu học trên địa bàn.",
    "Mỗi lớp kéo dài 15 buổi, do giáo viên thể dục của hai trường trong phường đứng lớp vào các buổi chiều.",
    "Kinh phí 86 triệu đồng do các hộ kinh doanh quanh chợ đóng góp, hồ bơi được cho mượn không lấy tiền.",
]
BODY = f"<h1>{TITLE}</h1><p>Thứ Năm, 04/06/2026 16:20</p>" + "".join(f"<p>{t}</p>" for t in TEXT)
HEAD = f'<html lang="vi"><head><title>{TITLE} - Cổng tin</title></head>'

TORN = {
    "content after the end": f"{HEAD}<body></body></html><div>{BODY}</div>",
    "a page inside a page": f"{HEAD}<body><i>Menu</i></body></html><html><body>{BODY}</body></html>",
    "an XML declaration": f'<?xml version="1.0"?>{HEAD}<body></body></html><div>{BODY}</div>',
}


@pytest.mark.parametrize("html", TORN.values(), ids=TORN.keys())
def test_a_torn_page_is_read_whole(html: str) -> None:
    article = extract_html(html.encode(), "https://example.vn/boi.html", captured_at=NOW)
    assert isinstance(article, Article)
    assert article.title == TITLE and list(article.paragraphs) == TEXT
    assert str(article.published_date) == "2026-06-04"
    assert (article.language, article.parse_status) == ("vi", "repaired")


def test_an_ordinary_page_is_left_alone() -> None:
    page = Page.parse(f"{HEAD}<body>{BODY}</body></html>\n<!-- cached -->".encode(), "https://example.vn/")
    assert page.status == "ok"
