"""The sample city's WordPress: sitemaps, feeds, REST, AMP pages, short links, validators; each can be off."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.mockcity import MockCity
from tests.mockcity.truth import amp_facts
from tests.mockcity.view import SOURCES
from tests.mockcity.visit import Visible, entity, get, parted, talk, text_of

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture(scope="module")
def city() -> Iterator[MockCity]:
    with MockCity(articles=124) as city:
        yield city


def answer(city: MockCity, path: str, *fields: str) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = parted(talk(city, get(path, *fields)))
    return int(status.split()[1]), headers, entity(headers, body) if status.split()[1] != "304" else body


def asked(city: MockCity, path: str) -> tuple[Any, dict[str, str]]:
    status, headers, body = answer(city, path)
    assert status == 200 and headers["content-type"].startswith("application/json"), body
    return json.loads(body), headers


def items(city: MockCity, path: str) -> list[ET.Element]:
    return ET.fromstring(text_of(city, path)).findall("channel/item")


def test_every_source_can_be_switched_off() -> None:
    probes = {
        "sitemap": ["/wp-sitemap.xml", "/wp-sitemap.xml.gz", "/wp-sitemap-posts-post-1.xml"],
        "feed": ["/feed/", "/chuyen-muc/kinh-te/feed/", "/comments/feed/"],
        "rest": ["/wp-json/", "/wp-json/wp/v2/posts"],
        "listings": ["/page/2/", "/chuyen-muc/kinh-te/", "/the/tau-dien/"],
    }
    for off in SOURCES:
        with MockCity(sources=SOURCES - {off}) as city:
            for source, paths in probes.items():
                for path in paths:
                    gone = source == off or (off == "listings" and path == "/chuyen-muc/kinh-te/feed/")
                    assert answer(city, path)[0] == (404 if gone else 200), (off, path)
            page = text_of(city, city.truth[3]["path"])
            assert ("application/rss+xml" in page) == (off != "feed")
            assert ("https://api.w.org/" in page) == (off != "rest")
            assert ("Sitemap: " in text_of(city, "/robots.txt")) == (off != "sitemap")
            listed = text_of(city, "/").count("wp-block-post-template")
            assert bool(listed) == (off != "listings")
            header = page[page.index("<header") : page.index("</header>")]
            assert ("/chuyen-muc/" in header) == (off != "listings")
    with pytest.raises(ValueError, match="no such source: gopher"):
        MockCity(sources={"gopher"})
    with pytest.raises(ValueError, match="not 'cubist'"):
        MockCity(theme="cubist")


def test_the_sitemap_is_there_as_a_file_of_its_own_in_gzip(city: MockCity) -> None:
    for path in ("/wp-sitemap.xml", "/wp-sitemap-posts-post-1.xml"):
        status, headers, body = answer(city, f"{path}.gz", "Accept-Encoding: gzip")
        assert status == 200 and headers["content-type"] == "application/x-gzip"
        assert "content-encoding" not in headers
        text = gzip.decompress(body).decode()
        assert (".xml.gz</loc>" in text) == (path == "/wp-sitemap.xml")
        assert text.replace(".xml.gz<", ".xml<") == text_of(city, path)
    with MockCity(gzip_sitemap=True) as other:
        assert f"Sitemap: {other.url}wp-sitemap.xml.gz\n" in text_of(other, "/robots.txt")


def test_a_large_sitemap_is_cut_into_files_of_two_thousand() -> None:
    with MockCity(articles=2100, sources={"sitemap"}) as city:
        index = re.findall(r"<loc>.*?(/wp-sitemap-posts-post[^<]*)", text_of(city, "/wp-sitemap.xml"))
        counts = [text_of(city, path).count("<url>") for path in index]
        assert counts == [2000, 100]
        assert text_of(city, city.truth[-1]["path"]).count(city.truth[-1]["title"]) >= 2


def test_the_feed_gives_the_newest_ten_with_their_text(city: MockCity) -> None:
    found = items(city, "/feed/")
    newest = city.truth[::-1]
    assert [i.findtext("title") for i in found] == [a["title"] for a in newest[:10]]
    for item, article in zip(found, newest, strict=False):
        assert item.findtext("link") == city.url.rstrip("/") + article["path"]
        assert parsedate_to_datetime(item.findtext("pubDate") or "") == datetime.fromisoformat(
            article["published_at"]
        )
        assert item.findtext(CREATOR)
        text = Visible(item.findtext(CONTENT) or "")
        assert [line for _, line in text.lines if line in article["paragraphs"]] == article["paragraphs"]
        names = [c.text for c in item.findall("category")]
        assert names == article["sections"] + article["tags"]
    assert [i.findtext("title") for i in items(city, "/feed/?paged=2")] == [a["title"] for a in newest[10:20]]
    assert answer(city, "/feed/?paged=99")[0] == 404
    assert items(city, "/comments/feed/") == []


def test_a_section_has_a_feed_of_its_own_and_pages_name_theirs(city: MockCity) -> None:
    expected = [a["title"] for a in city.truth[::-1] if "Chính sách" in a["sections"]]
    assert [i.findtext("title") for i in items(city, "/chuyen-muc/chinh-sach/feed/")] == expected[:10]
    page = text_of(city, "/chuyen-muc/chinh-sach/")
    named = re.findall(r'type="application/rss\+xml" title="[^"]*" href="([^"]*)"', page)
    assert named == [city.url + p for p in ("feed/", "comments/feed/", "chuyen-muc/chinh-sach/feed/")]


def test_rest_says_who_it_is(city: MockCity) -> None:
    index, headers = asked(city, "/wp-json/")
    assert (index["name"], index["timezone_string"], index["gmt_offset"]) == (
        "Cổng tin tức Thành phố Cửa Bạch",
        "Asia/Ho_Chi_Minh",
        7,
    )
    assert "wp/v2" in index["namespaces"] and 'rel="https://api.w.org/"' in headers["link"]
    _, headers, _ = answer(city, "/")
    assert headers["link"] == f'<{city.url}wp-json/>; rel="https://api.w.org/"'


def test_rest_pages_through_all_posts_and_names_the_totals(city: MockCity) -> None:
    found, path, seen = list[Any](), "/wp-json/wp/v2/posts?per_page=50", 0
    while path:
        posts, headers = asked(city, path)
        assert (headers["x-wp-total"], headers["x-wp-totalpages"]) == ("124", "3")
        found += posts
        seen += 1
        following = re.search(r'<([^>]*)>; rel="next"', headers.get("link", ""))
        path = following[1].removeprefix(city.url.rstrip("/")) if following else ""
    assert seen == 3 and [p["title"]["rendered"] for p in found[:1]] == [city.truth[-1]["title"]]
    assert {urlsplit(p["link"]).path for p in found} == {a["path"] for a in city.truth}
    for status, query in ((400, "page=4&per_page=50"), (400, "per_page=101"), (400, "orderby=luck")):
        assert answer(city, f"/wp-json/wp/v2/posts?{query}")[0] == status
    assert answer(city, "/wp-json/wp/v2/posts/7")[0] == answer(city, "/wp-json/wp/v3")[0] == 404


def test_a_post_is_what_the_truth_says(city: MockCity) -> None:
    sections = {c["id"]: c["name"] for c in asked(city, "/wp-json/wp/v2/categories?per_page=100")[0]}
    tags = {t["id"]: t["name"] for t in asked(city, "/wp-json/wp/v2/tags")[0]}
    for article in city.truth[::9]:
        (post,), _ = asked(city, f"/wp-json/wp/v2/posts?slug={article['slug']}")
        assert post == asked(city, f"/wp-json/wp/v2/posts/{post['id']}")[0]
        assert datetime.fromisoformat(post["date_gmt"] + "+00:00") == datetime.fromisoformat(
            article["published_at"]
        )
        assert datetime.fromisoformat(post["date"] + "+07:00") == datetime.fromisoformat(
            article["published_at"]
        )
        changed = article["modified_at"] or article["published_at"]
        assert post["modified_gmt"] + "Z" == changed
        assert [sections[n] for n in post["categories"]] == article["sections"]
        assert [tags[n] for n in post["tags"]] == article["tags"]
        text = Visible(post["content"]["rendered"])
        assert [line for _, line in text.lines if line in article["paragraphs"]] == article["paragraphs"]


def test_rest_selects_by_time_section_and_field(city: MockCity) -> None:
    query = "modified_after=2024-01-01T00:00:00&orderby=modified&order=asc&per_page=100&_fields=id,modified"
    posts, headers = asked(city, f"/wp-json/wp/v2/posts?{query}")
    changes = [a["modified_at"] or a["published_at"] for a in city.truth]
    assert int(headers["x-wp-total"]) == sum(at > "2023-12-31T17:00:00Z" for at in changes) == len(posts)
    assert [p["modified"] for p in posts] == sorted(p["modified"] for p in posts)
    assert {tuple(p) for p in posts} == {("id", "modified")}
    (first, *_), _ = asked(city, "/wp-json/wp/v2/categories")
    _, headers = asked(city, f"/wp-json/wp/v2/posts?categories={first['id']}&per_page=1")
    assert int(headers["x-wp-total"]) == first["count"]
    assert asked(city, "/wp-json/wp/v2/pages")[1]["x-wp-total"] == "2"


def test_an_amp_page_prints_what_it_is_said_to_print(city: MockCity) -> None:
    for article in city.truth:
        page, amp = text_of(city, article["path"]), text_of(city, f"{article['path']}/amp")
        root = city.url.rstrip("/")
        assert f'<link rel="amphtml" href="{root}{article["path"]}/amp" />' in page
        assert f'<link rel="canonical" href="{root}{article["path"]}" />' in amp
        lines, facts = [line for _, line in Visible(amp).lines], amp_facts(article)
        assert ("h1", facts["title"]) in Visible(amp).lines
        assert [line for line in lines if line in facts["paragraphs"]] == facts["paragraphs"]
        assert ('class="tl-exc"' in amp) == ("excerpt" in article["lead_kind"])
        assert facts["byline"] is None or facts["byline"] in lines
        assert article["published_raw"] not in amp and "ld+json" not in amp and "<img" not in amp
        assert amp.count("<amp-img") == len(article["images"])
        assert [n for n in article["sections"] if f">{n}</a></span>" in amp] == article["sections"]
        assert "Tin khác" in amp and amp.count('class="loop-title"') == 4


def test_short_links_and_moved_slugs_lead_on(city: MockCity) -> None:
    for article in city.truth[::20]:
        short = re.findall(r'rel="shortlink" href="[^"]*(/\?p=\d+)"', text_of(city, article["path"]))
        for path in (*short, article["path"] + "/"):
            status, headers, _ = answer(city, path)
            assert (status, headers["location"]) == (301, city.url.rstrip("/") + article["path"])
    assert answer(city, "/?p=99999")[0] == 404
    hops, path = 0, "/ong-gia-len-day-cot.html"
    while (answered := answer(city, path))[0] == 301:
        hops, path = hops + 1, urlsplit(answered[1]["location"]).path
    assert hops == 2 and path == "/nguoi-giu-gio-cho-thap-dong-ho-ben-da.html"
    assert answer(city, "/chuyen-muc/kinh-te")[0] == 301


def test_requisites_are_served_two_styles_deep(city: MockCity) -> None:
    article = next(a for a in city.truth if a["images"])
    page = text_of(city, article["path"])
    named = Visible(page).sources + re.findall(r"(http://[^ ,\"]*\.(?:jpg|png)) \d+w", page)
    kinds = set()
    for address in named:
        if address.startswith(city.url) and "?p=" not in address:
            status, headers, body = answer(city, address.removeprefix(city.url.rstrip("/")))
            assert status == 200 and body, address
            kinds.add(headers["content-type"].split(";")[0])
    assert {"text/css", "text/javascript", "image/png"} <= kinds
    assert page.count("w, ") >= 2, "no srcset"
    (style,) = re.findall(r'rel="stylesheet"[^>]*href="[^"]*?(/wp-content[^"?]*)', page)
    (imported,) = re.findall(r"@import url\(([^)]*)\)", text_of(city, style))
    folder = style.rpartition("/")[0]
    (picture,) = re.findall(r"url\('([^']*)'\)", text_of(city, f"{folder}/{imported}"))
    assert answer(city, f"{folder}/{picture}")[2].startswith(b"\x89PNG")
    assert answer(city, "/favicon.ico")[2].startswith(b"\0\0\1\0\1\0\x10\x10")


def test_validators_and_304_only_where_they_are_wanted(city: MockCity) -> None:
    article = next(a for a in city.truth if not a["modified_at"])
    assert "etag" not in answer(city, article["path"])[1]
    with MockCity(conditional=True) as other:
        path = other.truth[0]["path"]
        status, headers, body = answer(other, path)
        tag, at = headers["etag"], headers["last-modified"]
        assert status == 200 and body
        for field in (f"If-None-Match: {tag}", f'If-None-Match: "x", {tag}', f"If-Modified-Since: {at}"):
            status, headers, body = answer(other, path, field)
            assert (status, body, headers["etag"]) == (304, b"", tag) and "content-length" not in headers
        for field in ('If-None-Match: "x"', "If-Modified-Since: Tue, 01 Jan 2002 00:00:00 GMT"):
            assert answer(other, path, field)[0] == 200
        assert answer(other, path, 'If-None-Match: "x"', f"If-Modified-Since: {at}")[0] == 200
        assert answer(other, "/feed/", f"If-None-Match: {answer(other, '/feed/')[1]['etag']}")[0] == 304
