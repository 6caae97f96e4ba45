"""The themes show the same facts in markups that have no name in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urljoin

import pytest

from tests.mockcity import MockCity
from tests.mockcity.theme import THEMES
from tests.mockcity.truth import Facts
from tests.mockcity.visit import Visible, text_of

OTHERS = [name for name in THEMES if name not in ("block", "portal")]
"""The block and the portal theme's pages have files of tests of their own."""


@pytest.fixture(scope="module", params=OTHERS)
def city(request: pytest.FixtureRequest) -> Iterator[MockCity]:
    with MockCity(theme=request.param, articles=124) as city:
        yield city


def texts(page: str) -> list[str]:
    return [line for _, line in Visible(page).lines]


def test_every_fact_of_every_article_is_printed_once_and_in_order(city: MockCity) -> None:
    for article in city.truth:
        page = text_of(city, article["path"])
        lines = texts(page)
        of_it = lines[: lines.index("Tin khác")]
        assert article["title"] in of_it and f"QR CODE: {article['title']}" in of_it
        assert lines.count(article["lead"]) == {"none": 0, "excerpt+bold": 2}.get(article["lead_kind"], 1)
        assert [line for line in lines if line in article["paragraphs"]] == article["paragraphs"]
        captions = [i["caption"] for i in article["images"] if i["caption"]]
        assert [line for line in lines if line in captions] == captions
        dated = [line for line in of_it if article["published_raw"] in line and line.startswith("Print")]
        assert len(dated) == 1 and dated[0].endswith("Gốc") == article["original_label"]
        end = [
            line
            for line in of_it[: of_it.index("Tiện ích thông tin")]
            if not line.startswith(("Tài liệu", "Từ khóa"))
        ]
        last = captions[-1] if captions and not article["byline"] else None
        assert end[-1] in (article["byline"], article["paragraphs"][-1], last)
        assert article["source_line"] is None or any(article["source_line"] in line for line in of_it)


def test_every_link_and_picture_of_every_article_is_there(city: MockCity) -> None:
    root = city.url
    for article in city.truth:
        page = text_of(city, article["path"])
        shown = Visible(page)
        start = page.index("Tin khác<")
        related = Visible(page[start:]).links[: len(article["related"])]
        assert related == [(urljoin(root, r["path"]), r["title"]) for r in article["related"]]
        expected = [urljoin(root, article["original"])] if article["original"] else []
        assert [href for href, text in shown.links if text == "Gốc"] == expected
        files = [link for link in shown.links if link[0].endswith(".pdf")]
        assert files == [(urljoin(root, a["path"]), a["name"]) for a in article["attachments"]]
        for image in article["images"]:
            assert urljoin(root, image["src"]) in shown.sources
        for name, kind in [(n, "chuyen-muc") for n in article["sections"]] + [
            (t, "the") for t in article["tags"]
        ]:
            assert any(f"/{kind}/" in href and text == name for href, text in shown.links)
        others = Counter(href for href, _ in shown.links)
        assert sum(urljoin(root, a["path"]) in others for a in city.truth) >= 6 + len(related) - 2


def test_a_plugin_says_in_the_head_what_it_says_in_any_theme(city: MockCity) -> None:
    for article in city.truth:
        page, told = text_of(city, article["path"]), article["seo"]
        assert ("ld+json" in page, "og:title" in page) == (
            bool(told) and told["json_ld"],
            bool(told) and told["og"],
        )
        assert f'rel="amphtml" href="{city.url.rstrip("/")}{article["path"]}/amp"' in page


def test_lists_lead_to_every_article_by_their_pages(city: MockCity) -> None:
    path, found, seen = "/", list[str](), 0
    while path:
        page = text_of(city, path)
        listed = [h for h, _ in Visible(page).links if h.endswith(".html")]
        statics = {p for p in listed if p.endswith(("/gioi-thieu.html", "/lien-he.html"))}
        found += [h for h in dict.fromkeys(listed) if h not in statics]
        after = re.findall(r'href="([^"]*)"[^>]*>(?:<[^>]*>)*Trang sau', page)
        path = "/" + after[0].removeprefix(city.url) if after else ""
        seen += 1
    assert seen == 13 and found == [urljoin(city.url, a["path"]) for a in reversed(city.truth)]


def names_of(theme: str) -> set[str]:
    with MockCity(theme=theme, articles=124) as city:
        paths = [a["path"] for a in city.truth] + ["/", "/page/2/", "/chuyen-muc/kinh-te/", "/the/tau-dien/"]
        pages = [text_of(city, path) for path in [*paths, "/gioi-thieu.html"]]
    found = [
        n for page in pages for text in re.findall(r'\b(?:class|id)="([^"]*)"', page) for n in text.split()
    ]
    return set(found)


def test_the_themes_have_no_name_in_common() -> None:
    names = {theme: names_of(theme) for theme in THEMES}
    for one, two in combinations(names, 2):
        assert not names[one] & names[two]
    assert len(names["block"]) > 20 and "wp-caption" in names["classic"]
    assert "entry-content" not in names["classic"]


def test_lazy_pictures_stand_in_for_real_ones_in_the_classic_theme() -> None:
    with MockCity(theme="classic", articles=24) as city:
        pictured: list[Facts] = [a for a in city.truth if a["images"]]
        pages = [text_of(city, a["path"]) for a in pictured]
    lazy = ["data-src=" in page for page in pages]
    assert any(lazy) and not all(lazy)
    for page in (p for p in pages if "data-src=" in p):
        assert 'src="data:image/gif;base64,' in page and "<noscript><img" in page


def test_the_table_theme_says_nothing_of_what_its_parts_are() -> None:
    with MockCity(theme="table", articles=24) as city:
        pages = [text_of(city, a["path"]) for a in city.truth] + [text_of(city, "/page/2/")]
        broken = [a for a, page in zip(city.truth, pages, strict=False) if "<p align" not in page]
    for page in pages:
        body = page[page.index("<body") :]
        elements = set(re.findall(r"<(\w+)", body))
        assert not elements & {
            "h1",
            "h2",
            "h3",
            "article",
            "main",
            "header",
            "footer",
            "nav",
            "figure",
            "aside",
        }
        assert not re.search(r"\b(?:class|id|itemprop|role|datetime)=", body) and "lang=" not in page
        assert body.count("<table") >= 2 and "<font" in body
    assert len(broken) == 8, "every third article is parted by breaks"
