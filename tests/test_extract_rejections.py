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


def entry(n: int, text: str, date: str = "") -> str:
    """A short entry of a list, of no heading and no class."""
    return f'<tr><td>{date}<a href="/tin-{n}.html">{HEADLINES[n]}</a><br>{text}</td></tr>'


def listed(name: str, entries: str) -> bytes:
    """A page of few entries in the manner of an old theme; only the copyright line names the site."""
    return (
        f"<html><head><title>{name} | {SITE}</title></head><body><table><tr><td>{SITE}</td></tr>"
        f"<tr><td><b>{name}</b><table>{entries}</table></td></tr><tr><td>© 2026 {SITE}</td></tr></table>"
    ).encode()


CUT = "Sáng nay, tuyến xe buýt số bảy bắt đầu chạy thử qua cầu mới, khách được miễn vé trong…"
LISTS |= {
    "one cut text": listed("Từ khóa: xe buýt", entry(0, f"09/03/2026<br>{CUT}")),
    "two texts, one of them whole": listed("Giao thông", entry(0, CUT) + entry(1, P)),
    "one whole text under a dated headline": listed(
        "Tháng Ba", f'<tr><td>09/03/2026<h3><a href="/tin-1.html">{HEADLINES[1]}</a></h3><p>{P}</p></td></tr>'
    ),
    "whole articles one below the other": listed(
        "Đô thị", "".join(entry(n, f"{n}. {P}<br>{n}. {P}") for n in range(3))
    ),
}


LISTS |= {
    "dates in the lines of the headlines": page(
        "<h3>Tin phường</h3>"
        + "".join(
            f'<div>0{n}/03/2026 <a href="/{n}">{HEADLINES[n][:34]}</a><div>Bài {n}: {P}</div></div>'
            for n in range(1, 9)
        )
        + '<div><b>1</b> <a href="/p2">2</a> <a href="/p3">3</a></div>',
        title=f"Tin phường - {SITE}",
    ),
    "one whole text under a headline with its date": listed(
        "Tháng Ba",
        f'<tr><td><a href="/tin-1.html">{HEADLINES[1]}</a> (09/03/2026)<div>{P} {P}</div></td></tr>',
    ),
    "three with texts above many without": page(
        "<h1>Tin phường</h1>"
        + "".join(f'<div><a href="/{n}">{HEADLINES[n]}</a><p>Bài {n}: {P}</p></div>' for n in range(3))
        + "".join(f'<p><a href="/{n}">{HEADLINES[n]}</a></p>' for n in range(3, 11)),
        title=f"Tin phường - {SITE}",
    ),
    "a table of documents": page(
        "<h1>Văn bản</h1><table><tr><th>Số</th><th>Ngày</th><th>Trích yếu</th></tr>"
        + "".join(
            f'<tr><td><a href="/vb/{n}">{n}/KH</a></td><td>0{n}/03/2026</td><td>Về việc {P}</td></tr>'
            for n in range(1, 8)
        )
        + "</table>",
        title=f"Văn bản - {SITE}",
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


HEADLINE = "Tuyến xe buýt số bảy chạy thử qua cầu mới"
NO_LISTS = {
    "a link between headline and text": f'<p><a href="/tin-2.html">{HEADLINES[2]}</a></p><p>{P}</p>',
    "a dated review of the week": (
        f'<p>Ngày đăng: 09/03/2026</p><h3><a href="/tin-1.html">{HEADLINES[1]}</a></h3><p>{CUT}</p>'
        f'<h3><a href="/tin-2.html">{HEADLINES[2]}</a></h3><p>{CUT}</p>'
    ),
    "a headline that links its own page": f'<h2><a href="{URL}">{HEADLINE}</a></h2><p>{CUT}</p>',
    "a table of links below a text": (
        f"<p>{P}</p><p>{P} Vé bán tại bến, mỗi người một vé, trẻ em đi cùng cha mẹ thì không cần.</p>"
        f"<p>{P} Sau một tháng, sở sẽ hỏi ý kiến người đi và chỉnh lại lộ trình cho hợp giờ tan.</p><table>"
        + "".join(f'<tr><td>{n}</td><td><a href="/ben-{n}">Bến {n}</a>, giờ chạy</td></tr>' for n in range(9))
        + "</table>"
    ),
    "text of its own above the links": (
        f'<p>{P}</p><h3><a href="/tin-1.html">{HEADLINES[1]}</a></h3><p>{CUT}</p>'
        f'<h3><a href="/tin-2.html">{HEADLINES[2]}</a></h3><p>{CUT}</p>'
    ),
}


@pytest.mark.parametrize("name", NO_LISTS)
def test_articles_with_links_between_their_texts_are_no_listings(name: str) -> None:
    html = page(f"<div><h1>{HEADLINE}</h1>{NO_LISTS[name]}</div>", title=f"{HEADLINE} - {SITE}")
    assert reason(html) is None


INVITED = "Bring a chair and a lamp, and stay as long as the musicians do. The café is open all evening."
EVENTS = {
    "labels in a row": "<p>When: Friday, 12 June 2026</p><p>Where: Quay Hall</p>",
    "labels in a list of terms": "<dl><dt>Time</dt><dd>18:30</dd><dt>Admission</dt><dd>$4</dd></dl>",
    "labels in a table": "<table><tr><th>Date</th><td>12 June 2026</td></tr><tr><th>Place</th><td>Quay</td>"
    "</tr><tr><th>Organizer</th><td>Library</td></tr></table>",
    "hours from and until": "<p>Friday, June 12, 2026, 6 p.m. to 9 p.m.</p><p>Location: Quay Hall</p>",
    "a calendar file": '<p>Venue</p><p>Quay Hall</p><p><a href="/export/412.ics">Save the date</a></p>',
}
NO_EVENTS = {
    "a labelled date of publication": "<p>Posted: March 5, 2026</p><p>Where: Quay Hall</p><p>Cost: $4</p>",
    "a press office's invitation": "<p>What: Concert</p><p>When: 12 June 2026</p><p>Where: Quay Hall</p>",
    "a date of its own besides the event's": "<p>5 March 2026</p><p>When: 12 June 2026</p><p>Where: Quay",
    "one label alone": "<p>March 5, 2026</p><p>Location: Quay</p>",
}


def invitation(facts: str, head: str = "", attributes: str = "") -> bytes:
    title = "Summer music on the quay"
    return (
        f'<html lang="en"><head><title>{title} | Town of Sample</title>{head}</head><body><div {attributes}>'
        f"<h1>{title}</h1>{facts}</p><p>{INVITED}</p><p>{INVITED} Dogs are welcome.</p></div></body></html>"
    ).encode()


@pytest.mark.parametrize("name", EVENTS)
def test_entries_of_a_calendar_are_events(name: str) -> None:
    assert reason(invitation(EVENTS[name])) == "event"


@pytest.mark.parametrize("name", NO_EVENTS)
def test_news_of_an_event_is_no_event(name: str) -> None:
    assert reason(invitation(NO_EVENTS[name])) is None


JSON_LD = '<script type="application/ld+json">{"@type": "%s", "name": "%s"}</script>'


def test_a_page_that_calls_itself_an_event_is_one() -> None:
    assert reason(invitation("", JSON_LD % ("MusicEvent", "Summer music on the quay"))) == "event"
    assert reason(invitation("", attributes='itemscope itemtype="https://schema.org/Event"')) == "event"
    assert reason(invitation("", attributes='class="h-event"')) == "event"


def test_an_event_in_a_sidebar_or_beside_an_article_says_nothing_of_the_page() -> None:
    assert reason(invitation("", JSON_LD % ("Event", "Council meeting"))) is None
    dated = '<meta property="article:published_time" content="2026-03-05T08:00:00Z">'
    assert reason(invitation("", dated + JSON_LD % ("Event", "Summer music on the quay"))) is None


def cards(more: str, dates: str = "") -> bytes:
    """Entries whose headlines are no links; each ends in a link of its own."""
    entries = "".join(
        f"<div><h3>{HEADLINES[n]}</h3><p>0{n}/03/2026</p><p>Bài {n}: {P}</p><p>{more % n}</p></div>"
        for n in range(1, 5)
    )
    return page(f"<h1>Tin phường</h1>{dates}<div>{entries}</div>", title=f"Tin phường - {SITE}")


def test_texts_that_end_in_links_of_one_name_are_a_list() -> None:
    assert reason(cards('<a href="/tin-%s.html">Xem chi tiết</a>')) == "listing"
    assert reason(cards('Bến xe đông khách. <a href="/tin-%s.html">Đọc tiếp »</a>')) == "listing"


def test_texts_with_files_or_a_date_of_the_page_are_no_list() -> None:
    assert reason(cards('<a href="/van-ban-%s.pdf">Tải về</a>')) is None
    assert reason(cards('<a href="#muc-%s">Lên đầu trang</a>')) is None
    assert reason(cards('<a href="/tin-%s.html">Xem chi tiết</a>', "<p>Ngày đăng: 09/03/2026</p>")) is None


@pytest.mark.parametrize("kind", ["ContactPage", "GovernmentService", "JobPosting", "FAQPage"])
def test_a_page_that_calls_itself_something_else_is_no_news(kind: str) -> None:
    title = "Đăng ký thường trú tại phường"
    stated = JSON_LD % (kind, title)
    html = page(f"<h1>{title}</h1><p>09/03/2026</p><p>{P}</p><p>{P} Miễn phí.</p>", title=title, head=stated)
    assert reason(html) == "other_page"
    article_too = JSON_LD % ("NewsArticle", title)
    assert reason(html.replace(b"</head>", f"{article_too}</head>".encode())) is None
