"""The page parsed once: links, base, language, limits, bytes that are hostile."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract import Page, extract, extract_html
from pipelines.extract.scan import MAX_BYTES
from pipelines.model import Article, Capture, ReadingContext, Rejection

URL = "http://city.example/tin-tuc/bai-mot.html"
CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
SENTENCE = "Sáng nay, thành phố khởi công nạo vét tuyến kênh dài tám ki-lô-mét, kịp trước mùa mưa bão."


def page(html: str, url: str = URL) -> Page:
    return Page.parse(html.encode(), url)


def test_links_are_absolute_in_order_and_once() -> None:
    html = """<a href="hai.html">2</a><a href="/ba">3</a><a href="//other.example/x">o</a>
    <a href="hai.html">2</a>
    <a href=" https://city.example/bốn?a=1#phan "> 4</a><a name="top">no</a><a href="">same</a>
    <map><area href="/ban-do"></map>"""
    assert page(html).links() == (
        "http://city.example/tin-tuc/hai.html",
        "http://city.example/ba",
        "http://other.example/x",
        "https://city.example/bốn?a=1#phan",
        "http://city.example/ban-do",
    )


def test_references_within_the_page_and_other_schemes_are_no_links() -> None:
    html = f"""<a href="#a">a</a><a href="{URL}#b">b</a><a href="javascript:void(0)">j</a>
    <a href="mailto:x@city.example">m</a><a href="tel:1">t</a><a href="http://[bad">x</a>
    <a href="data:text/html,x">d</a>"""
    assert page(html).links() == ()


def test_base_is_respected() -> None:
    assert page('<base href="/khac/"><a href="x">x</a>').links() == ("http://city.example/khac/x",)
    assert page('<base href="javascript:1"><a href="x">x</a>').links() == ("http://city.example/tin-tuc/x",)


def test_what_a_page_says_of_itself() -> None:
    parsed = page('<html lang="vi_VN"><meta property="og:site_name" content=" Cổng  tin ">')
    assert (parsed.language, parsed.site_name) == ("vi-VN", "Cổng tin")
    assert page("<p>x").language is None
    assert page('<html lang="&quot;><script>">').language is None


def test_a_capture_is_decoded_first() -> None:
    import gzip

    body = gzip.compress(f"<h1>Nạo vét tuyến kênh chính</h1><p>{SENTENCE}</p>".encode())
    capture = Capture(url=URL, captured_at=CAPTURED, payload=body, content_encoding="gzip")
    assert isinstance(extract(capture, ReadingContext()), Article)
    broken = Capture(url=URL, captured_at=CAPTURED, payload=b"not gzip", content_encoding="gzip")
    cut = Capture(url=URL, captured_at=CAPTURED, payload=body[:-9], content_encoding="gzip")
    short = Capture(url=URL, captured_at=CAPTURED, payload=b"<h1>x", truncated="disconnect")
    reasons = [
        r.reason
        for r in (extract(c, ReadingContext()) for c in (broken, cut, short))
        if isinstance(r, Rejection)
    ]
    assert reasons == ["undecodable", "truncated", "truncated"]


def test_a_page_parsed_before_gives_the_same_article() -> None:
    html = f"<h1>Nạo vét tuyến kênh chính</h1><p>{SENTENCE}</p>".encode()
    capture = Capture(url=URL, captured_at=CAPTURED, payload=html)
    parsed = Page.parse(html, URL)
    once = extract(capture, ReadingContext(), page=parsed)
    assert once == extract(capture, ReadingContext()) == extract(capture, ReadingContext(), page=parsed)


def article(inside: str) -> str:
    return (
        "<html lang=vi><head><title>Nạo vét tuyến kênh chính</title></head>"
        "<body><h1>Nạo vét tuyến kênh chính</h1>"
        f"<div><p>{SENTENCE}</p><p>{SENTENCE} Dự kiến xong trong tháng tới.</p>{inside}</div></body></html>"
    )


MANY_ATTRIBUTES = " ".join(f'a{n}="x"' for n in range(50_000))
HOSTILE = {
    "nested": (article("<div>" * 50_000 + SENTENCE + "</div>" * 50_000), "bounded"),
    "nested spans": (article("<span>" * 50_000 + SENTENCE), "bounded"),
    "unclosed bold": (article("<b>đoạn " * 50_000), "bounded"),
    "attributes": (article(f"<p {MANY_ATTRIBUTES}>{SENTENCE}</p>"), "bounded"),
    "attributes without values": (
        article(f"<p {' '.join(f'a{n}' for n in range(50_000))}>{SENTENCE}</p>"),
        "bounded",
    ),
    "a 5 MB attribute": (article(f'<p title="{"x" * 5_000_000}">{SENTENCE}</p>'), "bounded"),
    "a 12 MB text": (article("") + "<p>" + "chữ " * 3_000_000, "bounded"),
    "a 12 MB comment first": ("<!--" + "x" * 12_000_000 + "-->" + article(""), "bounded"),
    "NUL bytes": (article(f"<p>{SENTENCE}</p>").replace("kênh", "kê\0nh"), "repaired"),
    "unclosed paragraphs": (article("<p>đoạn " * 20_000), "ok"),
    "angle brackets": (article("<" * 200_000), "ok"),
    "entities": (article("&amp;" * 200_000), "ok"),
    "unknown tags": (article("<x-y>" * 100 + SENTENCE), "ok"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_bounded_and_never_an_empty_success(name: str) -> None:
    html, status = HOSTILE[name]
    started = time.monotonic()
    read = [extract_html(html.encode(), URL, captured_at=CAPTURED) for _ in range(2)]
    assert time.monotonic() - started < 60, "far more than bounded work takes on a busy machine"
    assert read[0] == read[1]
    if isinstance(read[0], Article):
        assert read[0].parse_status == status
        assert len(read[0].body_text) > 60
    else:
        assert name == "a 12 MB comment first"
        assert read[0].reason in ("not_html", "no_title", "no_body")


def test_text_below_the_parsers_depth_is_not_lost() -> None:
    last = "Đây là đoạn cuối cùng của bài, nằm rất sâu trong trang."
    html = article("<div>" * 50_000 + f"<p>{last}</p>" + "</div>" * 50_000)
    read = extract_html(html.encode(), URL, captured_at=CAPTURED)
    assert isinstance(read, Article)
    assert read.paragraphs[-1] == last


def test_a_page_is_cut_where_libxml2_would_refuse_it() -> None:
    parsed = Page.parse(b"<p>" + b"x " * MAX_BYTES, URL)
    assert parsed.status == "bounded"
    assert len(parsed.root) > 0


def test_no_entity_is_expanded_and_no_file_read() -> None:
    html = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f"<h1>Nạo vét tuyến kênh chính</h1><p>{SENTENCE} &b; &f;</p>"
    )
    read = extract_html(html.encode(), URL, captured_at=CAPTURED)
    assert "root:" not in repr(read) and "aaaaaaaaaa&" not in repr(read)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(body: bytes) -> None:
    assert isinstance(extract_html(body, URL, captured_at=CAPTURED), Article | Rejection)


PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<h1>", "</h1>", "<a href='/x'>", "</a>", "<table><tr><td>",
     "</table>", "<ul><li>", "<img src=a.jpg>", "<br>", "Tin khác", SENTENCE, "Hoàng Minh", "Ảnh: Đỗ Hiền",
     "06/03/2026 08:30",     "&#0;", "&#xD800;", "<form>",
     "<time datetime='x'>", "<figure>", "<figcaption>", "<nav>", "<article>",
     "<script>",     "\ud7ff", "<b>", "<title>"]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40), st.text(max_size=30))
def test_any_markup_is_answered(pieces: list[str], url: str) -> None:
    html = "".join(pieces).encode()
    read = extract_html(html, URL, captured_at=CAPTURED)
    assert isinstance(read, Article | Rejection)
    assert isinstance(extract_html(html, url, captured_at=CAPTURED), Article | Rejection)
    if isinstance(read, Article):
        assert read.title and read.paragraphs and all(read.paragraphs)
        read.body_text.encode()


def test_pictures_of_amp_are_pictures() -> None:
    picture = (
        '<figure><amp-img src="/anh/kenh.jpg" width="800" height="500" layout="responsive">'
        '<noscript><img src="/anh/kenh.jpg"></noscript></amp-img>'
        "<figcaption>Kênh chính nhìn từ cầu.</figcaption>"
        f"</figure><p>{SENTENCE} Máy xúc làm cả đêm.</p><amp-ad><p>{SENTENCE}</p></amp-ad>"
    )
    read = extract_html(article(picture).encode(), URL, captured_at=CAPTURED)
    assert isinstance(read, Article)
    assert [(i.src, i.caption) for i in read.images] == [
        ("http://city.example/anh/kenh.jpg", "Kênh chính nhìn từ cầu.")
    ]
    assert len(read.paragraphs) == 3


@pytest.mark.parametrize(
    "right", ['align="right"', 'style="text-align: right"', 'class="has-text-align-right"']
)
def test_a_credit_at_the_right_is_a_signature_at_the_end_and_a_caption_before_it(right: str) -> None:
    last = f'<p><img src="/a.jpg"></p><p {right}>Ảnh: Minh Hà</p>'
    read = extract_html(article(last).encode(), URL, captured_at=CAPTURED)
    amid = extract_html(article(f"{last}<p>{SENTENCE} Còn nữa.</p>").encode(), URL, captured_at=CAPTURED)
    assert isinstance(read, Article) and isinstance(amid, Article)
    assert (read.byline, read.images[0].caption) == ("Ảnh: Minh Hà", None)
    assert (amid.byline, amid.images[0].caption) == (None, "Ảnh: Minh Hà")
    assert read.photo_credits == amid.photo_credits == ("Minh Hà",)


def test_a_caption_belongs_to_its_own_picture_or_to_a_row_of_them() -> None:
    caption = "<p><i>Kênh chính nhìn từ cầu.</i></p>"
    apart = f'<p><img src="/a.jpg"></p><figure><img src="/b.jpg"></figure>{caption}<p>{SENTENCE} Xong.</p>'
    row = f'<p><img src="/a.jpg"> <img src="/b.jpg"></p>{caption}<p>{SENTENCE} Xong.</p>'
    found = []
    for inside in (apart, row):
        read = extract_html(article(inside).encode(), URL, captured_at=CAPTURED)
        assert isinstance(read, Article)
        found.append([bool(i.caption) for i in read.images])
    assert found == [[False, True], [True, True]]


LD = '<script type="application/ld+json">{"@type": "%s", "headline": "Nạo vét tuyến kênh chính", %s}</script>'
STATED = '"datePublished": "2026-03-05T08:00:00+07:00"'


@pytest.mark.parametrize(
    ("kind", "head", "classes", "dated"),
    [
        ("NewsArticle", "", "", True),
        ("WebPage", "", "", False),
        ("WebPage", '<meta property="og:type" content="article">', "", True),
        ("Article", "", "page-template-default page page-id-7", False),
        ("Article", "", "post-template-default single single-post", True),
    ],
)
def test_a_date_of_a_page_that_is_no_post_dates_no_news(
    kind: str, head: str, classes: str, dated: bool
) -> None:
    html = article("").replace("</head>", f"{head}{LD % (kind, STATED)}</head>")
    html = html.replace("<body>", f'<body class="{classes}">')
    read = extract_html(html.encode(), URL, captured_at=CAPTURED)
    assert isinstance(read, Article)
    assert (read.published_at is not None) == dated
