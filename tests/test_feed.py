"""Feeds: RSS and Atom give entries, and nothing in them is trusted."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pipelines.sources import tree
from pipelines.sources.entry import SourceEntry, local_day
from pipelines.sources.feed import read_feed

URL = "https://city.example/feed/"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)
ITEM = """<item><title>Đê biển &#8220;Cát Hải&#8221; thêm 300&#160;m</title>
<link>https://city.example/de-bien.html</link>
<comments>https://city.example/de-bien.html#respond</comments>
<dc:creator><![CDATA[bien tap]]></dc:creator><pubDate>Wed, 13 Oct 2021 10:46:00 +0000</pubDate>
<guid isPermaLink="false">https://city.example/?p=7</guid>
<description><![CDATA[Tóm tắt]]></description>
<content:encoded><![CDATA[<p>Đoạn một,<br>dòng hai.</p>
<figure><img src="a.jpg"><figcaption>Ảnh: A</figcaption></figure><script>x()</script><p>Đoạn <b>hai</b>.]]>
</content:encoded></item>"""


def rss(inside: str, head: str = "") -> bytes:
    channel = f"<channel><title>Tin tức</title>{head}{inside}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {SPACES}>{channel}</rss>'.encode()


def test_an_item_gives_address_title_date_text_and_authors() -> None:
    read = read_feed(rss(ITEM, "<generator>https://wordpress.org/?v=6.5</generator>"), URL)
    assert read.problem is None and read.title == "Tin tức"
    assert read.generator == "https://wordpress.org/?v=6.5"
    assert read.entries == (
        SourceEntry(
            url="https://city.example/de-bien.html",
            title="Đê biển “Cát Hải” thêm 300 m",
            published="Wed, 13 Oct 2021 10:46:00 +0000",
            news=True,
            text="Đoạn một,\ndòng hai.\nẢnh: A\nĐoạn hai.",
            images=("https://city.example/a.jpg",),
            authors=("bien tap",),
        ),
    )


def test_an_entry_of_atom_likewise() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title>
    <link rel="next" href="?paged=2"/><link rel="self" href="/feed/atom/"/>
    <entry><title type="html">Fees &amp;amp; &lt;b>fares&lt;/b></title>
    <link rel="replies" href="/a#comments"/><link href="/a?x=1&amp;y=2"/>
    <published>2026-03-01T23:30:00+07:00</published><updated>2026-03-02T08:00:00Z</updated>
    <author><name>A. Clerk</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry>
    <entry><title>a &lt; b</title><link href="/b"/><content>x &lt;y></content></entry></feed>"""
    read = read_feed(body.encode(), URL)
    assert read.next_page == "https://city.example/feed/?paged=2"
    first, second = read.entries
    assert first == SourceEntry(
        url="https://city.example/a?x=1&y=2",
        title="Fees & fares",
        published="2026-03-01T23:30:00+07:00",
        modified="2026-03-02T08:00:00Z",
        news=True,
        text="One.\nTwo.",
        authors=("A. Clerk",),
    )
    assert (second.title, second.text, second.published) == ("a < b", "x <y>", None)


def test_other_ways_to_name_the_page_and_the_writer() -> None:
    items = (
        "<item><title>1</title><guid>https://city.example/1</guid>"
        "<author>press@city.example (N. Tran)</author></item>"
        "<item><title>2</title><atom:link href='https://city.example/feed'/><link>/2</link>"
        "<dc:date>2020-01-02</dc:date></item>"
        "<item><title>3</title><link>https://proxy.example/3</link>"
        "<f:origLink xmlns:f='urn:f'>https://city.example/3</f:origLink><author>a@b.example</author></item>"
        "<item><title>4</title><guid isPermaLink='false'>https://city.example/4</guid></item>"
        "<item><title>5</title><link>javascript:alert(1)</link></item>"
    )
    read = read_feed(rss(items), URL)
    assert [e.url.rpartition("/")[2] for e in read.entries] == ["1", "2", "3"]
    assert [e.authors for e in read.entries] == [("N. Tran",), (), ()]
    assert read.entries[1].published == "2020-01-02"


def test_items_beside_the_channel_are_read() -> None:
    """As in RSS 1.0."""
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>N</title></channel><item><title>A</title><link>/a</link></item></rdf:RDF>"
    )
    assert [e.url for e in read_feed(body.encode(), URL).entries] == ["https://city.example/a"]


def test_a_comment_is_no_news() -> None:
    items = "<item><title>By: X</title><link>https://city.example/a#comment-12</link></item>"
    assert [e.news for e in read_feed(rss(items), URL).entries] == [False]


def test_no_entity_is_expanded() -> None:
    for doctype in (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;">]>',
    ):
        item = "<item><title>&x;</title><link>/a</link></item>"
        body = f"{doctype}<rss><channel>{item}</channel></rss>".encode()
        assert read_feed(body, URL).problem == "doctype" and not read_feed(body, URL).entries


def test_names_of_html_that_xml_does_not_know_are_understood() -> None:
    read = read_feed(rss("<item><title>Cát&nbsp;Hải</title><link>/a</link></item>"), URL)
    assert read.problem == "malformed" and read.entries[0].url == "https://city.example/a"
    assert "Cát" in str(read.entries[0].title)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not_a_feed"),
        (b"<html><body>404</body></html>", "not_a_feed"),
        (b"<urlset/>", "not_a_feed"),
        (b"\x1f\x8b\x08 no gzip", "undecodable"),
        (b"\0\0\0", "not_a_feed"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, problem: str) -> None:
    assert read_feed(body, URL).problem == problem


def test_a_cut_feed_gives_what_is_there_and_a_long_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    many = rss("".join(f"<item><title>T</title><link>/{i}</link></item>" for i in range(100)))
    cut = read_feed(many[:2000], URL)
    assert cut.problem == "malformed" and 0 < len(cut.entries) < 100
    monkeypatch.setattr(tree, "MAX_BYTES", 2000)
    assert read_feed(many, URL).problem == "capped"


def test_bytes_of_another_charset_are_read_as_declared() -> None:
    text = '<?xml version="1.0" encoding="windows-1252"?><rss><channel><item><title>Café</title>'
    body = f"{text}<link>/a</link></item></channel></rss>".encode("cp1252")
    assert read_feed(body, URL).entries[0].title == "Café"


@pytest.mark.parametrize(
    ("printed", "zone", "day"),
    [
        ("Wed, 13 Oct 2021 18:46:00 +0000", "Asia/Ho_Chi_Minh", date(2021, 10, 14)),
        ("Wed, 13 Oct 2021 18:46:00 +0000", None, None),
        ("Wed, 13 Oct 2021 18:46:00 +0700", None, date(2021, 10, 13)),
        ("2021-10-13T23:46:00+07:00", "Asia/Ho_Chi_Minh", date(2021, 10, 13)),
        ("2021-10-13", "Asia/Ho_Chi_Minh", date(2021, 10, 13)),
        ("9999-12-31T23:59:59-12:00", "Asia/Ho_Chi_Minh", None),
        ("hôm qua", "Asia/Ho_Chi_Minh", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_the_local_day_of_a_printed_date(printed: str | None, zone: str | None, day: date | None) -> None:
    assert local_day(printed, ZoneInfo(zone) if zone else None) == day
