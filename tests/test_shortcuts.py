"""What is taken a short way gives what the long way gives."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from pipelines.extract.date_patterns import MOMENT
from pipelines.extract.frame import frame
from pipelines.extract.line_labels import is_key, key, label_of
from pipelines.extract.lines import vietnamese
from pipelines.extract.moments import _forms, moments
from pipelines.extract.one_of import one_of
from pipelines.extract.page import MAX_TOLD, Page
from pipelines.extract.scan import seems_long, seems_told_long
from pipelines.extract.source import _linked_names
from pipelines.layouts import layout
from pipelines.model import ReadingContext
from pipelines.text import _fold, clean, fold
from pipelines.urls import absolute, split
from pipelines.warc.member import Broken, _head

URL_BITS = ["http://h.vn", "/a-1.html", "?p=1", "/."]
URL_BITS += ["http://", "https://", "HTTP://", "//", "/", "a", "B.vn", "?", "#", ";", "[", "]", "::1", ".."]
BASES = ["http://h.vn/a/b/c?x#y", "https://h.vn", "http://h.vn?q/z", "http://[::1]:8080/a;p/b", "x", "http://"]
HEAD_BITS = [b"WARC-Type: x", b"A:b", b" more", b"A:  b", b"A: b  c", b"a: \xc3\xa9", b"x", b"", b"A_B: c"]
ENDS = [b"\r\n", b"\n"]
LETTERS = "aÉđ \u00a0\u200b\u0301\n\x1c\x85\u2028\ud800\x00\u00adİß2026./tháng"
TEXT = st.text(st.sampled_from(LETTERS), max_size=30)


@given(st.sampled_from(BASES), st.lists(st.sampled_from(URL_BITS), max_size=6).map("".join))
def test_an_address_is_what_urljoin_makes_of_it(base: str, href: str) -> None:
    try:
        joined: str | None = urljoin(base, href)
    except ValueError:
        joined = None
    assert absolute(base, href) == (joined if joined and split(joined) else None)


@given(st.lists(st.sampled_from([*URL_BITS, ":80", ":65535", ":65536"]), max_size=6).map("".join))
def test_the_parts_of_an_address_are_those_of_urlsplit(url: str) -> None:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 80) > 0
    except ValueError:
        whole = False
    assert split(url) == (parts if whole else None)


@given(TEXT)
def test_a_text_folds_as_it_does_at_first(text: str) -> None:
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    assert fold(text) == fold(text) == _fold(text) == bare


@given(TEXT)
def test_a_text_is_cleaned_of_all_its_white_space(text: str) -> None:
    assert (clean(text) or "") == " ".join((clean(text) or "").split())


@given(st.text(st.sampled_from("ab7 ():…»>"), max_size=12))
def test_a_label_has_lost_its_count(text: str) -> None:
    rest = re.sub(r"\s*[:：.…»>]*\s*$", "", text)
    bare = re.sub(r"\s*(?:\(\d[^(]*\)|\(?\d*\)?)$", "", rest)
    assert label_of(text) == bare.strip(" -–—•▪>»:*+[]|")


@given(st.text(st.sampled_from(LETTERS), max_size=80), st.text(st.sampled_from(LETTERS), max_size=80))
def test_a_key_is_known_by_its_beginning(text: str, other: str) -> None:
    assert is_key(text, key(text))
    assert is_key(text, key(other)) == (key(text) == key(other))


DATE_BITS = ["ngay ", "5", "/3/", "2026", " 12 ", "may ", "thu hai", ", ", "8h", "年", "7月", "5日", "x"]


@given(st.lists(st.sampled_from(DATE_BITS), max_size=12).map("".join))
def test_dates_are_found_where_the_whole_pattern_finds_them(text: str) -> None:
    assert [m.span() for m in _forms(text)] == [m.span() for m in MOMENT.finditer(text)]


@given(st.text(st.sampled_from("a<>"), max_size=40), st.integers(1, 10))
def test_a_tag_is_long_where_its_end_is_far_from_its_beginning(text: str, least: int) -> None:
    data = text.encode()
    tags = (piece[piece.index(b"<") :] for piece in data.split(b">") if b"<" in piece)
    assert seems_long(data, least) == any(len(tag) >= least for tag in tags)


@given(
    st.sampled_from([MAX_TOLD - 2, MAX_TOLD, MAX_TOLD + 1, MAX_TOLD + 2]),
    st.sampled_from(['"', "'", ""]),
    st.sampled_from(["=", " = ", ""]),
    st.sampled_from(["", "<p>a</p>", "<script>a<b=c</script>"]),
)
def test_a_long_value_is_seen_where_the_tree_has_it(size: int, mark: str, sign: str, before: str) -> None:
    page = f"{before}<a href{sign}{mark}{'x' * size}{mark} id=a>{before}".encode()
    values = etree.fromstring(page, etree.HTMLParser()).xpath("//@*")
    long = any(len(value) > MAX_TOLD for value in values)
    assert seems_told_long(page, MAX_TOLD) or not long


def test_a_script_without_a_long_value_is_no_long_tag() -> None:
    script = b"<script>for(a=0;a<b;a++){" + b'c["d"] = e; ' * 400 + b"}</script>"
    assert seems_long(script, MAX_TOLD)
    assert not seems_told_long(script, MAX_TOLD)
    assert seems_told_long(script + b"<a/title=" + b"x" * 2001 + b">", MAX_TOLD)
    assert seems_told_long(script + b'<a title="' + b"x" * 2001 + b'">', MAX_TOLD)


@given(st.sets(st.text("ab.( ", min_size=1, max_size=4), min_size=1), st.text("ab.( ", max_size=12))
def test_one_pattern_finds_what_one_of_many_words_finds(words: set[str], text: str) -> None:
    match = re.search(one_of(words), text)
    assert (match is not None) == any(word in text for word in words)
    if match:
        here = [word for word in words if text.startswith(word, match.start())]
        assert match[0] == max(here, key=len)


@given(st.text(st.sampled_from("aạ"), max_size=200))
def test_a_beginning_tells_vietnamese_as_the_whole_does(text: str) -> None:
    assert vietnamese(text) == (text.count("ạ") > len(text) // 50)


@given(TEXT)
def test_a_text_without_a_digit_has_no_date(text: str) -> None:
    if not any(c.isdecimal() for c in text):
        assert MOMENT.search(fold(text)) is None
        assert not list(moments(text))


@given(
    st.sampled_from([b"WARC/1.1", b"WARC/1.0", b"HTTP/1.1"]),
    st.lists(st.tuples(st.sampled_from(HEAD_BITS), st.sampled_from(ENDS)), max_size=4),
)
def test_a_head_is_what_warcio_reads(version: bytes, lines: list[tuple[bytes, bytes]]) -> None:
    data = version + b"\r\n" + b"".join(a + b for a, b in lines) + b"\r\nblock\r\n\r\n"
    stream = BytesIO(data)
    try:
        head = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0"], verify=True).parse(stream)
        told = (head.headers, stream.tell())
    except (StatusAndHeadersParserException, EOFError):
        told = None
    try:
        assert _head(data) == told
    except Broken:
        assert told is None


@pytest.mark.parametrize("said", ["", " hidden"])
def test_a_name_on_the_link_to_the_front_page_is_one_that_the_whole_page_gives(said: str) -> None:
    text = "Sáng nay, tổ dân phố họp bàn việc sửa cầu và trồng thêm cây bên bờ kênh. " * 3
    page = f"""<html lang="vi"><title>Sửa cầu – Cổng tin An Hạ</title><body>
        <header{said}><p><a href="/">Cổng tin An Hạ</a></p></header><main class="wp-block-group">
        <h1 class="wp-block-post-title">Sửa cầu</h1><div class="entry-content wp-block-post-content">
        <p>{text}</p><p>{text}</p></div></main>"""
    parsed = Page.parse(page.encode(), "https://anha.example/sua-cau.html")
    laid = frame(parsed, ReadingContext(), datetime(2026, 3, 5, tzinfo=UTC), layout("wordpress"))
    assert laid.layout
    assert list(_linked_names(laid)) == ([] if said else ["Cổng tin An Hạ"])
    assert set(_linked_names(laid)) <= set(laid.site_names())
