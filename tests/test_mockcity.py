"""The sample city tells the truth: its facts agree with themselves, and its pages print them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import combinations

import pytest

from tests.mockcity import MockCity, load_articles, load_site
from tests.mockcity.truth import HERE, Facts
from tests.mockcity.visit import Visible, entity, get, main_of, parted, talk, text_of

TRUTH = load_articles()
SITE = load_site()
BY_SLUG = {a["slug"]: a for a in TRUTH}
WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]
each_article = pytest.mark.parametrize("article", TRUTH, ids=list(BY_SLUG))


@pytest.fixture(scope="module")
def city() -> Iterator[MockCity]:
    with MockCity() as city:
        yield city


def sentences_of(article: Facts) -> set[str]:
    text = " ".join([article["lead"] or "", *article["paragraphs"]])
    return set(re.split(r"(?<=[.!?;:…]) ", text))


@each_article
def test_dates_agree_with_themselves(article: Facts) -> None:
    weekday, _, printed = article["published_raw"].partition(", ")
    local = datetime.strptime(printed, "%d/%m/%Y %H:%M").replace(tzinfo=timezone(timedelta(hours=7)))
    assert weekday == WEEKDAYS[local.weekday()]
    assert datetime.fromisoformat(article["published_at"]) == local
    assert article["published_date"] == local.date().isoformat()
    assert article["original_label"] == (local.year >= 2020)


@each_article
def test_what_is_understood_was_printed(article: Facts) -> None:
    printed = " ".join([article["byline"] or "", *(i["caption"] or "" for i in article["images"])])
    for name in article["authors"] + article["photo_credits"]:
        assert name in printed
    assert all(i["credit"] in i["caption"] for i in article["images"] if i["credit"])
    assert len(article["images"]) == len(article["placement"])
    assert article["source"] is None or article["source"] in f"{article['byline']} {article['source_line']}"
    assert article["lead"] not in article["paragraphs"]
    assert all(index.isdigit() and int(index) < len(article["paragraphs"]) for index in article["marks"])


def test_the_truth_is_normal_and_each_fact_is_told_once() -> None:
    assert unicodedata.is_normalized("NFC", (HERE / "articles.jsonl").read_text("utf-8"))
    assert len(BY_SLUG) == len(TRUTH) == 14 and len({frozenset(a) for a in TRUTH}) == 1
    sentences = {a["slug"]: sentences_of(a) for a in TRUTH}
    for one, two in combinations(TRUTH, 2):
        shared = {s for s in sentences[one["slug"]] & sentences[two["slug"]] if len(s.split()) > 5}
        assert bool(shared) == (two["duplicate_of"] == one["slug"]), shared


def test_the_republication_and_the_second_slug_are_what_they_say() -> None:
    (copy,) = (a for a in TRUTH if a["duplicate_of"])
    assert copy["paragraphs"] == BY_SLUG[copy["duplicate_of"]]["paragraphs"]
    assert (
        len(" ".join(copy["paragraphs"]).split()) >= 40
        and copy["title"] != BY_SLUG[copy["duplicate_of"]]["title"]
    )
    (second,) = (a for a in TRUTH if a["slug"].endswith("-2"))
    assert BY_SLUG[second["slug"].removesuffix("-2")]["title"] == second["title"]


@each_article
def test_a_page_prints_every_fact_in_its_block(article: Facts, city: MockCity) -> None:
    page = text_of(city, article["path"])
    shown = main_of(page)
    lines = [line for _, line in shown.lines]
    assert shown.lines.count(("h1", article["title"])) == 1
    assert lines.count(article["lead"]) == {"none": 0, "excerpt+bold": 2}.get(article["lead_kind"], 1)
    assert [line for line in lines if line in article["paragraphs"]] == article["paragraphs"]
    assert any(article["published_raw"] in line and line.startswith("Print ") for line in lines)
    assert any(line.endswith(" Gốc") for line in lines) == article["original_label"]
    captions = [i["caption"] for i in article["images"] if i["caption"]]
    assert [line for line in lines if line in captions] == captions
    end = [
        line
        for line in lines[: lines.index("Tiện ích thông tin")]
        if not line.startswith(("Tài liệu", "Từ khóa"))
    ]
    assert end[-1] == (article["byline"] or article["paragraphs"][-1])
    assert f"QR CODE: {article['title']}" in lines
    for image in article["images"]:
        assert city.url.rstrip("/") + image["src"] in shown.sources
    assert article["source_line"] is None or any(article["source_line"] in line for line in lines)
    assert ("ld+json" in page, "og:title" in page) == (
        bool(s := article["seo"]) and s["json_ld"],
        bool(s) and s["og"],
    )


@each_article
def test_a_page_links_what_belongs_to_it(article: Facts, city: MockCity) -> None:
    page, root = text_of(city, article["path"]), city.url.rstrip("/")
    shown = main_of(page)
    related = [(root + r["path"], r["title"]) for r in article["related"]]
    assert Visible(page[page.index("Tin khác</h2>") : page.index("</main>")]).links == related
    original = article["original"]
    expected = [root + original if original.startswith("/") else original] if original else []
    assert [href for href, text in shown.links if text == "Gốc"] == expected
    files = [link for link in shown.links if link[0].endswith(".pdf")]
    assert files == [(root + a["path"], a["name"]) for a in article["attachments"]]
    assert [t for h, t in shown.links if "/chuyen-muc/" in h] == article["sections"]
    assert [t for h, t in shown.links if "/the/" in h] == article["tags"]
    others = {href for href, _ in Visible(page).links} - {href for href, _ in shown.links}
    assert sum(root + a["path"] in others for a in TRUTH) >= 4, "no traps beside the article"


def test_odd_spaces_and_decomposed_text_are_really_sent(city: MockCity) -> None:
    odd = {name: text_of(city, a["path"]) for a in TRUTH for name in a["quirks"]}
    assert "&nbsp;" in odd["nbsp"] and "tự  bán" in odd["double_space"]
    assert not unicodedata.is_normalized("NFC", odd["nfd"])
    assert "cuabach.gov.vn QR Code" in odd["glued_source"]


def test_every_address_answers_but_the_missing_one_and_the_private_one(city: MockCity) -> None:
    root, seen, ahead, wrong = city.url.rstrip("/"), set[str](), ["/"], dict[str, str]()
    while ahead:
        path = ahead.pop()
        seen.add(path)
        status, headers, body = parted(talk(city, get(path)))
        if " 200 " not in status:
            wrong[path] = status.partition(" ")[2]
        if headers.get("content-type", "").startswith("text/html"):
            page = Visible(entity(headers, body).decode())
            for href in [h for h, _ in page.links] + page.sources:
                found = href.removeprefix(root)
                if found != href and found not in seen and found not in ahead:
                    ahead.append(found)
    moved = {path for path, status in wrong.items() if status == "301 Moved Permanently"}
    assert moved == {"/thong-xe-cau-rach-sung.html", *(path for path in seen if path.startswith("/?p="))}
    gone = {path for path, status in wrong.items() if path not in moved}
    assert gone == {"/wp-admin/", SITE["missing"][0]}
    assert {a["path"] for a in TRUTH} < seen


def test_sections_page_by_five_and_static_pages_print_no_date(city: MockCity) -> None:
    for section in SITE["sections"]:
        expected = [a["path"] for a in reversed(TRUTH) if section["name"] in a["sections"]]
        found, root = [], f"/chuyen-muc/{section['slug']}/"
        for start in range(0, len(expected), 5):
            page = main_of(text_of(city, f"{root}page/{start // 5 + 1}/" if start else root))
            listed = [href for href, _ in page.links if href.endswith(".html")]
            assert len(listed) <= 5
            found += ["/" + href.removeprefix(city.url) for href in listed]
        assert found == expected
    for facts in SITE["pages"]:
        assert not re.search(r"\d/\d+/20\d\d|\d{4}-\d\d-\d\d", text_of(city, facts["path"]))


def test_robots_names_the_sitemap_that_names_all(city: MockCity) -> None:
    robots = text_of(city, "/robots.txt")
    assert "Disallow: /wp-admin/\n" in robots and f"Sitemap: {city.url}wp-sitemap.xml\n" in robots
    found = re.findall(r"<loc>.*?(/wp-sitemap-[^<]*)</loc>", text_of(city, "/wp-sitemap.xml"))
    listed = [re.findall(r"<loc>http://[^/]*([^<]*)</loc>", text_of(city, path)) for path in found]
    assert listed[:2] == [[a["path"] for a in TRUTH], [p["path"] for p in SITE["pages"]]]
    assert all(text_of(city, path) for path in [*listed[2], *listed[3]]) and len(listed) == 4
