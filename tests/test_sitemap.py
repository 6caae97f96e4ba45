"""Sitemaps: entries are read, and nothing in them is trusted."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipelines.sources import tree
from pipelines.sources.entry import SourceEntry
from pipelines.sources.sitemap import read_sitemap

URL = "https://city.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(inside: str, namespaces: str = NS) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {namespaces}>{inside}</urlset>'.encode()


def test_a_urlset_gives_its_addresses_with_dates_as_printed() -> None:
    body = urlset(
        "<url><loc> https://city.example/mot.html </loc><lastmod>2026-03-01T08:00:00+07:00</lastmod></url>"
        "<url><loc>/hai.html?a=1&amp;b=2</loc></url>"
    )
    read = read_sitemap(body, URL)
    assert read.kind == "urlset" and read.problem is None and not read.news
    assert read.entries == (
        SourceEntry(url="https://city.example/mot.html", modified="2026-03-01T08:00:00+07:00"),
        SourceEntry(url="https://city.example/hai.html?a=1&b=2"),
    )


def test_an_index_gives_sitemaps() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>https://city.example/a.xml</loc></sitemap></sitemapindex>"
    read = read_sitemap(body.encode(), URL)
    assert read.kind == "index"
    assert [e.url for e in read.entries] == ["https://city.example/a.xml"]


def test_news_entries_have_title_and_day_and_are_news() -> None:
    body = urlset(
        "<url><loc>https://city.example/a</loc><news:news><news:publication_date>2026-03-02"
        "</news:publication_date><news:title>Cầu  mới</news:title></news:news></url>"
        "<url><loc>https://city.example/gioi-thieu</loc></url>",
        NS + ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"',
    )
    first, second = read_sitemap(body, URL).entries
    assert first == SourceEntry(
        url="https://city.example/a", title="Cầu mới", published="2026-03-02", news=True
    )
    assert not second.news


@pytest.mark.parametrize(
    ("address", "news"),
    [
        ("https://city.example/wp-sitemap-posts-post-1.xml", True),
        ("https://city.example/wp-sitemap-posts-post-12.xml?x=1", True),
        ("https://city.example/wp-sitemap-posts-page-1.xml", False),
        ("https://city.example/wp-sitemap.xml", False),
    ],
)
def test_the_address_says_which_wordpress_sitemap_lists_news(address: str, news: bool) -> None:
    assert read_sitemap(urlset(""), address).news is news


def test_the_address_of_an_image_is_no_page() -> None:
    body = urlset(
        "<url><loc>https://city.example/a</loc>"
        "<image:image><image:loc>https://city.example/a.jpg</image:loc></image:image></url>",
        NS + ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"',
    )
    assert [e.url for e in read_sitemap(body, URL).entries] == ["https://city.example/a"]


def test_a_gz_file_is_read_and_a_cut_one_gives_what_is_there() -> None:
    entries = "".join(f"<url><loc>https://city.example/{i}</loc></url>" for i in range(2000))
    packed = gzip.compress(urlset(entries))
    assert len(read_sitemap(packed, URL).entries) == 2000
    cut = read_sitemap(packed[: len(packed) // 2], URL)
    assert cut.problem == "truncated" and 0 < len(cut.entries) < 2000


def test_a_gzip_bomb_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_BYTES", 10_000)
    entries = "".join(f"<url><loc>https://city.example/{i}</loc></url>" for i in range(2000))
    read = read_sitemap(gzip.compress(urlset(entries)), URL)
    assert read.problem == "capped" and 0 < len(read.entries) < 300


def test_no_entity_is_expanded_and_no_file_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://city.example/secret")
    for doctype in (
        f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        '<!DOCTYPE urlset [<!ENTITY x "https://city.example/secret">]>',
        '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ):
        read = read_sitemap(f"{doctype}<urlset {NS}><url><loc>&x;</loc></url></urlset>".encode(), URL)
        assert read.problem == "doctype" and read.entries == ()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not_a_sitemap"),
        (b"<html><body><p>404</p></body></html>", "not_a_sitemap"),
        (b"\x89PNG\r\n\x1a\n", "not_a_sitemap"),
        (b"\x1f\x8b\x08 no gzip", "undecodable"),
        (b"<rss/>", "not_a_sitemap"),
    ],
)
def test_what_is_no_sitemap_says_so(body: bytes, problem: str) -> None:
    read = read_sitemap(body, URL)
    assert read.entries == () and read.problem == problem


def test_broken_xml_gives_what_stands_before_the_break() -> None:
    body = urlset("<url><loc>https://city.example/a</loc></url><url><loc>https://city.example/b</lo")
    read = read_sitemap(body, URL)
    assert read.problem == "malformed"
    assert read.entries[0].url == "https://city.example/a"


def test_addresses_that_are_no_web_addresses_are_left_out() -> None:
    body = urlset(
        "<url><loc>javascript:alert(1)</loc></url><url><loc/></url><url/><url><loc>ftp://x/</loc></url>"
    )
    assert read_sitemap(body, URL).entries == ()
