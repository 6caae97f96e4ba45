"""Sections, tags, source and language: where labels and places say what platforms do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.language import language_tag
from pipelines.model import Article, ReadingContext

BODY = "".join(
    f"<p>Paragraph {n}: the ferry landing was rebuilt this spring, and the boats leave from it again.</p>"
    for n in ("one", "two", "three", "four")
)
TITLE = "<h1>The ferry landing is open again</h1>"


def read(
    html: str, *, site: str | None = None, url: str = "https://town.example/ferry-landing-open-again"
) -> Article:
    page = (
        f"<html lang=en><head><title>The ferry landing is open again</title></head><body>{html}</body></html>"
    )
    article = extract_html(
        page.encode(),
        url,
        captured_at=datetime(2026, 3, 20, tzinfo=UTC),
        context=ReadingContext(site_name=site),
    )
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    "line",
    [
        "<div>Filed under: <a href=/w>Water</a>, <a href=/h>Harbour</a></div>",
        "<dl><dt>Topics</dt><dd><a href=/w>Water</a>, <a href=/h>Harbour</a></dd></dl>",
        "<table><tr><td>Chuyên mục: <a href=/w>Water</a>, <a href=/h>Harbour</a></td></tr></table>",
        "<p>3/2/2026 - Category: <a href=/w>Water</a>, <a href=/h>Harbour</a> - Print: <a href=/p>it</a></p>",
    ],
)  # fmt: skip
def test_sections_behind_a_label(line: str) -> None:
    assert read(f"<div>{line}{TITLE}{BODY}</div>").sections == ("Water", "Harbour")
    assert read(f"<div>{TITLE}{BODY}{line}</div>").sections == ("Water", "Harbour")


def test_sections_alone_above_the_headline() -> None:
    line = "<p><a href=/t/w>Water</a> <a href=/t/h>Harbour</a></p>"
    assert read(f"<main>{line}{TITLE}{BODY}</main>").sections == ("Water", "Harbour")
    trail = "<div><a href=/>Home</a> &gt; <a href=/n>News</a> &gt; <a href=/n/w>Water</a></div>"
    assert read(f"<main>{trail}{TITLE}{BODY}</main>").sections == ("News", "Water")


@pytest.mark.parametrize(
    "line",
    [
        "<ul>" + "".join(f"<li><a href=/{n}>Part {n}</a></li>" for n in "abcdefg") + "</ul>",
        "<p><a href='#top'>Water</a></p>",
        "<p><a href='javascript:print()'>Print</a></p>",
        "<p>See <a href=/w>Water</a> for the tables.</p>",
    ],
)
def test_menus_and_buttons_above_the_headline_are_no_sections(line: str) -> None:
    assert read(f"<main>{line}{TITLE}{BODY}</main>").sections == ()


def test_tags_behind_a_label_and_no_other_labels_links() -> None:
    line = "<p>Keywords: <a href=/k/f>ferry</a>, <a href=/k/b>boats</a> | Contact: <a href=/c>Office</a></p>"
    article = read(f"<div>{TITLE}{BODY}{line}</div>")
    assert (article.tags, article.sections) == (("ferry", "boats"), ())


def test_a_trail_that_begins_at_the_front_page_holds_the_sections() -> None:
    trail = '<div><a href="/">Trang chủ</a> %s <a href="/bien">Biển đảo</a></div>'
    table = f"<table><tr><td>{TITLE}</td></tr></table><div>04/03/2026</div>{BODY}"
    assert read(f"<div>{trail % '»'}{table}</div>").sections == ("Biển đảo",)
    assert read(f"<div>{trail % '|'}{table}</div>").sections == (), "a menu"
    named = f"<div>{(trail % '»')[:-6]} » Xem tin</div><div>Lượt xem: 71</div>"
    assert read(f"<div>{named}{table}</div>").sections == ("Biển đảo",)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("<dl><dt>Source</dt><dd>Landing Trust</dd></dl>", "Landing Trust"),
        ("<p>Source: Landing Trust</p>", "Landing Trust"),
        ("<p>Quelle: Hafenamt Musterau</p>", "Hafenamt Musterau"),
        ("<p>Nguồn tin</p><p>Văn phòng cảng vụ</p>", "Văn phòng cảng vụ"),
        ("<p>Nguồn tin cang.example | Đã xem: 71</p>", "cang.example"),
        ("<p>Nguồn: Báo Cảng | 71 lượt xem</p>", "Báo Cảng"),
        ('<p>Nguồn tin:</p><p><a href="javascript:;">Lưu</a> <a href="mailto:?s=1">Gửi bạn</a></p>', None),
        ('<p>Nguồn tin:</p><p><a href="https://b.example/">Báo Cảng</a></p>', "Báo Cảng"),
        ("<p>Nguồn tin</p><p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p>", None),
        ("<p>Source water is tested every week by the laboratory.</p>", None),
    ],
)
def test_the_source_behind_its_label(line: str, source: str | None) -> None:
    assert read(f"<div>{TITLE}{BODY}{line}</div>").source == source
    assert source is None or read(f"<div>{TITLE}{line}{BODY}</div>").source == source


def test_the_bylines_source_goes_before_the_label() -> None:
    html = f"<div lang=vi>{TITLE}{BODY}<p>(TTXVN)</p><p>Nguồn tin: cong.example</p></div>"
    assert read(html).source == "TTXVN"


def test_a_dateline_that_names_the_portal_itself_is_no_source() -> None:
    html = f"<div>{TITLE}{BODY.replace('Paragraph one', '(Bencang.gov.vn) – Sáng nay', 1)}</div>"
    assert read(html).source == "Bencang.gov.vn"
    assert read(html, site="Cổng tin Thành phố Bến Cảng").source is None
    assert read(html, url="https://bencang.gov.vn/ferry-landing-open-again").source is None


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("vi-VN", "vi"),
        ("ja-JP", "ja"),
        ("vi", "vi"),
        ("pt-BR", "pt-BR"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        (None, None),
    ],
)
def test_a_region_stays_where_it_distinguishes(stated: str | None, tag: str | None) -> None:
    assert language_tag(stated) == tag
