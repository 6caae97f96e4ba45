"""The portal theme prints the facts of every article, each where such portals have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest

from tests.mockcity import MockCity
from tests.mockcity.portal_boxes import TODAY
from tests.mockcity.visit import Visible, text_of

RELATED = ("Tin liên quan", "Các tin khác", "Tin mới hơn", "Tin cũ hơn")


@pytest.fixture(scope="module")
def city() -> Iterator[MockCity]:
    with MockCity(theme="portal", articles=124, sources={"sitemap", "feed", "listings"}) as city:
        yield city


def portlet(page: str) -> str:
    return page[page.index('<div class="PortletBody ctTin">') : page.index('<div id="dnn_RightPane"')]


def test_every_text_of_every_article_is_printed_in_order(city: MockCity) -> None:
    for article in city.truth:
        shown = [line for _, line in Visible(portlet(text_of(city, article["path"]))).lines]
        assert article["title"] in shown
        assert shown.count(article["lead"]) == {"none": 0, "excerpt+bold": 2}.get(article["lead_kind"], 1)
        assert [line for line in shown if line in article["paragraphs"]] == article["paragraphs"]
        captions = [i["caption"] for i in article["images"] if i["caption"]]
        assert [line for line in shown if line in captions] == captions
        assert sum(article["published_raw"] in line for line in shown) == 1
        assert not article["byline"] or article["byline"] in shown
        source = [line for line in shown if line.startswith("Nguồn tin")]
        assert article["source_line"] is None or article["source_line"] in source[0]


def test_every_link_and_picture_of_every_article_is_there(city: MockCity) -> None:
    root = city.url
    for article in city.truth:
        page = portlet(text_of(city, article["path"]))
        shown = Visible(page)
        start = min([page.index(f">{name}<") for name in RELATED if f">{name}<" in page], default=len(page))
        related = [(urljoin(root, r["path"]), r["title"]) for r in article["related"]]
        assert Visible(page[start:]).links == related
        expected = [urljoin(root, article["original"])] if article["original"] else []
        assert [href for href, text in shown.links if text == "Gốc"] == expected
        files = [link for link in shown.links if link[0].endswith(".pdf")]
        assert files == [(urljoin(root, a["path"]), a["name"]) for a in article["attachments"]]
        assert [s for s in shown.sources if "/uploads/" in s] == [
            urljoin(root, i["src"]) for i in article["images"]
        ]
        filed = [text for href, text in shown.links if "/chuyen-muc/" in href]
        assert filed == article["sections"]
        assert [text for href, text in shown.links if "/the/" in href] == article["tags"]


def test_what_surrounds_an_article_names_other_days_and_people(city: MockCity) -> None:
    kinds = {"h1": 0, "h2": 0, "div": 0}
    for article in city.truth:
        page = text_of(city, article["path"])
        kinds[re.search(r'<(h1|h2|div) class="(?:titleTin|tenTin|title)"', page)[1]] += 1  # type: ignore[index]
        for noise in (TODAY, "__VIEWSTATE", "Thăm dò ý kiến", "Bà Cấn Mộc Sương", "cấp ngày 05/03/2019"):
            assert noise in page
    assert min(kinds.values()) > 40, kinds
    assert "/amp" not in page and "wp-json" not in page


def test_lists_lead_to_every_article_by_their_pages(city: MockCity) -> None:
    path, found = "/", list[str]()
    while path:
        page = text_of(city, path)
        found += [
            h for h, _ in Visible(page).links if h in {urljoin(city.url, a["path"]) for a in city.truth}
        ]
        after = re.findall(r'href="([^"]*)"[^>]*>(?:<[^>]*>)*Trang sau', page)
        path = "/" + after[0].removeprefix(city.url) if after else ""
    assert found == [urljoin(city.url, a["path"]) for a in reversed(city.truth)]
