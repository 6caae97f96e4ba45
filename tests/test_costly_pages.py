"""Pages whose lines, links and statements are made to be read again and again: four times the page takes
about four times as long, and no number or character in it is too much for Python."""

# ruff: noqa: E501
from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time

import pytest

from pipelines.decode import decode_content
from pipelines.extract import extract_html
from pipelines.extract.frame import frame
from pipelines.extract.moments import has_date
from pipelines.extract.page import Page
from pipelines.extract.scan import MAX_BYTES, beginning
from pipelines.extract.source import _linked_names
from pipelines.extract.walk import outline
from pipelines.layouts import layout
from pipelines.model import Article, ReadingContext
from pipelines.requisites import page_requisites
from pipelines.sources.feed import read_feed
from pipelines.sources.sitemap import read_sitemap
from pipelines.sources.tree import headline
from pipelines.sources.wordpress import read_posts
from pipelines.text import fold
from pipelines.urls import absolute, url_key

URL = "https://city.example/tin/nao-vet-tuyen-kenh.html"
CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
TITLE = "Nạo vét tuyến kênh chính"
MARKS = "\u0323\u0301"
SENTENCE = "Sáng nay, thành phố khởi công nạo vét tuyến kênh dài tám ki-lô-mét, kịp trước mùa mưa bão."


def page(inside: str, head: str = "", title: str = TITLE) -> str:
    text = f"<p>{SENTENCE}</p><p>{SENTENCE} Dự kiến xong trong tháng tới.</p>"
    return f"<html lang=vi><head><title>{title}</title>{head}</head><body><h1>{TITLE}</h1><div>{text}{inside}</div></body></html>"


def stated(**said: object) -> str:
    article = {"@type": "NewsArticle", "url": URL, "headline": TITLE} | said
    return ld(json.dumps(article))


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def read(html: str) -> Article:
    found = extract_html(html.encode("utf-8", "surrogatepass"), URL, captured_at=CAPTURED)
    assert isinstance(found, Article) and found.title == TITLE
    assert "\0" not in repr(found)
    repr(found).encode()
    return found


PAGES: dict[str, Callable[[int], str]] = {
    "lines with buttons in one element": lambda n: page("x tin<br><span>In</span>" * n),
    "lines in one link": lambda n: page("<a href=/x>" + "<p>tin tức ngắn</p>" * n + "</a>"),
    "long lines in one link": lambda n: page("<a href=/x>" + f"<p>{SENTENCE * 5}</p>" * n + "</a>"),
    "lines in links in links": lambda n: page("<a href=/x><b>" * 90 + "<p>tin ngắn</p>" * n),
    "lines of one long style": lambda n: page(f"<div style='{'margin:' * 40 * n}'>{'chữ ngắn <br>' * n}</div>"),
    "lines of one long class": lambda n: page(f"<div class='{'a ' * 100 * n}'>{'<p>Latest news</p>' * n}</div>"),
    "lines of one long address": lambda n: page(f"<a href='/{'a' * 200 * n}'>{'<p>tin ngắn</p>' * n}</a>"),
    "spaces in a style": lambda n: page(f"<img src=a.jpg><p style='margin:{' ' * 40 * n}x'>chữ ngắn thôi.</p>"),
    "digits before a letter": lambda n: page(f"<p>{'1' * 40 * n}x</p>"),
    "lines that go on": lambda n: page("<p>" + ("chữ thường không chấm câu " * 10 + "<br>") * n),
    "names of the site": lambda n: page("<p>© 2026 đoạn văn</p>" * n, title=" | ".join(f"phần số {k}" for k in range(20 * n))),
    "a long headline": lambda n: page("<p>đoạn văn ngắn nhưng hơn hai mươi lăm ký tự</p>" * n, stated(headline="đoạn khác " * 50 * n)),
    "comments in JSON": lambda n: page("", ld(",//" * 40 * n + '"')),
    "lines of white space in JSON": lambda n: page("", ld("[" + "\n" * 40 * n + "x")),
    "marks in addresses": lambda n: page("<h3>Tin liên quan</h3>" + f"<p><a href='/{MARKS * n}'>tin tức dài ra nữa nhé</a></p>" * 4),
    "links whose names are not in their line": lambda n: page("<p>Tags: " + "<a href=/x>Q<script>q</script></a> " * n + "chữ " * 100 * n),
    "rows in one link": lambda n: page("<a href=/x><table>" + "<tr><td>QR CODE: x<td>Tin liên quan" * n),
    "headings over other news": lambda n: page("<h3>Tin khác</h3>" * 8 * n),
    "rows in rows": lambda n: page("<tr><td>x</td><td><div>" * 70 + "<b>y</b>" * n),
}  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started


@pytest.mark.parametrize("name", PAGES)
def test_four_times_the_page_is_about_four_times_the_work(name: str) -> None:
    small, large = PAGES[name](300), PAGES[name](1200)
    least = min(seconds(lambda: read(small)) for _ in range(2))
    # A busy machine makes one look long, not three; what is quadratic is so each time.
    assert any(seconds(lambda: read(large)) < 9 * least + 0.2 for _ in range(3))


NUMBERS = {
    "the width of a picture": page(f"<img src=/a.jpg width={'9' * 5000}><p>Ảnh: Minh Hà</p>"),
    "a reference in JSON": page("", stated(headline=f"{TITLE}", description="x").replace(TITLE, f"{TITLE}&#{'9' * 5000};")),
    "a number of JSON": page("", ld('{"@type":"NewsArticle","a":1e400,"headline":' + "9" * 5000 + "}")),
    "a tree of JSON": page("", ld('{"@graph":' * 100_000)),
    "half a character": page("", stated(author="A \ud800 B", articleSection="\udfff")),
    "no character": page(f"<p>{SENTENCE} &#0;&#55296;&#1114112;&#{'9' * 5000};&#x{'f' * 5000};</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_no_number_or_character_is_too_much(name: str) -> None:
    found = extract_html(NUMBERS[name].encode("utf-8", "replace"), URL, captured_at=CAPTURED)
    assert isinstance(found, Article) and found.title.startswith(TITLE)
    repr(found).encode()


def test_what_is_stated_has_a_longest_form() -> None:
    people = [f"Nguyễn Văn {n}" for n in range(2000)]
    found = read(page("", stated(author=people, articleSection="x" * 5000)).replace("lang=vi", "lang=vi-" + "abcdefgh-" * 99))
    assert len(found.provenance) < 150 and found.sections == () and found.language is None


def test_a_long_class_may_hold_any_character() -> None:
    odd = Page.parse(page(f"<p class='a\x01&#xfffe; b {'x ' * 3000}'>tin").encode(), URL).root.find(".//p[@class]")
    assert odd is not None and odd.get("class", "").split()[:1] == ["a"] and len(odd.get("class", "")) <= 2000


def test_a_page_that_is_too_long_is_cut_before_it_is_decoded() -> None:
    western, own = "<p>été ".encode("latin-1"), "<p>chữ ".encode()
    for whole in (western * 1_300_000, own * 950_000, "<p>chữ ".encode("utf-16") * 1_000_000):
        cut = beginning(whole)
        assert MAX_BYTES - 16 < len(cut) <= MAX_BYTES and whole.startswith(cut)
        assert cut.startswith(b"\xff\xfe") or cut.endswith((western, own))
    assert beginning("ữ".encode() * 3_000_000).decode()
    assert Page.parse(b"tin " * 2_200_000, URL).status == "bounded"


def test_members_of_gzip_are_read_up_to_a_number_of_them() -> None:
    one, empty = gzip.compress(b"<p>tin</p>"), gzip.compress(b"")
    assert decode_content(one * 3 + b"\0" * 100_000, "gzip").body == b"<p>tin</p>" * 3
    assert decode_content(one + b"\0\0" + one, "gzip").problem is None
    assert decode_content(one + empty * 50_000, "gzip").problem == "bounded"
    assert decode_content(one[:-3], "gzip").problem == "truncated"


def test_numbers_that_are_no_years_are_told_where_they_stand() -> None:
    assert seconds(lambda: has_date("GC-1999x " * 80_000)) < 0.5
    apart = " " * 60
    assert has_date(f"5 tháng{apart}3{apart}2026") and not has_date(f"cuộc gọi{apart}1999 đã nối")


def test_links_of_the_site_s_name_that_nobody_sees_are_not_all_looked_at() -> None:
    deep = "<div style='margin:0'>" * 120 + f"<a href=/>{TITLE}</a>" * 20_000 + "</div>" * 120
    known = page(f"<div style='display:none'>{deep}</div>").replace("<h1>", "<h1 class=entry-title>").replace("<div>", "<div class=entry-content>")
    hidden = Page.parse(known.encode(), URL)
    laid = frame(hidden, ReadingContext(), CAPTURED, layout("wordpress"))
    assert laid.layout
    assert seconds(lambda: list(_linked_names(laid))) < 0.3


def test_an_address_has_a_longest_form_and_few_marks_on_a_letter() -> None:
    assert absolute(URL, "/" + "a" * 8000) and absolute(URL, "/" + "a" * 9000) is None
    assert seconds(lambda: url_key("https://city.example/" + "\u0323\u0301" * 20_000)) < 0.5


def test_every_character_can_be_folded_without_being_remembered() -> None:
    assert len(fold("".join(map(chr, range(0x10000, 0x30000))))) > 100_000
    from pipelines import text

    assert max(text._FOLDED) < 0x10000


def test_a_link_around_a_whole_page_is_kept_for_its_first_lines() -> None:
    found = outline(Page.parse(page("<a href=/x>" + "<p>tin tức ngắn</p>" * 60 + "</a>").encode(), URL).root)
    linked = [block for block in found.blocks if block.linked]
    assert len(linked) == 60 and [len(block.anchors) for block in linked] == [1] * 24 + [0] * 36


def test_a_picture_of_no_size_is_told_in_one_step() -> None:
    odd = Page.parse(page(f"<img src=/a.gif width='0{' ' * 200_000}x' height=1>").encode(), URL)
    assert seconds(lambda: page_requisites(odd)) < 0.5


def test_sources_are_bounded() -> None:
    creator = "@" * 20_000 + " x"
    feed = f"<rss><channel><item><link>https://city.example/a</link><author>{creator}</author></item></channel></rss>"
    assert seconds(lambda: read_feed(feed.encode(), URL)) < 0.5
    assert read_feed(feed.encode(), URL).entries[0].authors == ()
    many = b"<urlset><url><loc>https://city.example/a</loc></url><u>" + b"='" * 1_100_000
    assert read_sitemap(many, URL).problem == "capped" and len(read_sitemap(many[:2000], URL).entries) == 1
    assert read_posts(b"[" + b"{}," * 600_000 + b"{}]", URL).problem == "capped"
    assert headline(f"Tin &amp; ảnh &#{'9' * 5000};") == "Tin & ảnh \ufffd"
