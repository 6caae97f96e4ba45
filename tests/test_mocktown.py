"""The English town tells the truth: its facts agree with themselves, and its pages print them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest

from tests.mockcity import Answer
from tests.mockcity import load_articles as load_city
from tests.mockcity.visit import Visible, entity, get, parted, talk, text_of
from tests.mocktown import MockTown, Source, load_articles, load_site
from tests.mocktown.compose import compose
from tests.mocktown.story import slug
from tests.mocktown.truth import HERE, Facts
from tests.running import ROOT

TRUTH = load_articles()
SITE = load_site()
BY_SLUG = {a["slug"]: a for a in TRUTH}
ATOM = "{http://www.w3.org/2005/Atom}"
OFFSETS = {"EST": "-05:00", "EDT": "-04:00", "(UTC-05:00)": "-05:00", "(UTC-04:00)": "-04:00"}
TIME = re.compile(r"(?:,| at| \|) (\d\d?):(\d\d)(?: ([ap])\.?m\.?)?(?: (\S+))?$", re.IGNORECASE)
each_article = pytest.mark.parametrize("article", TRUTH, ids=list(BY_SLUG))
each_page = pytest.mark.parametrize("facts", SITE["pages"], ids=[p["path"] for p in SITE["pages"]])


class Seen(Visible):
    """As a visitor sees the town: names and values of a list, cells and buttons are lines of their own."""

    BLOCKS = Visible.BLOCKS | {"dl", "dt", "dd", "ol", "section", "blockquote", "tr", "td", "th", "button"}

    @property
    def texts(self) -> list[str]:
        return [line for _, line in self.lines]


def main_of(page: str) -> Seen:
    return Seen(page[page.index("<main") : page.index("</main>")])


def sentences_of(article: Facts) -> set[str]:
    text = " ".join([article["lead"] or "", *article["paragraphs"]])
    return set(re.split(r"(?<=[.!?;:…]) ", text))


def words_of(article: Facts) -> list[str]:
    return " ".join(article["paragraphs"]).split()


@pytest.fixture(scope="module")
def town() -> Iterator[MockTown]:
    with MockTown() as town:
        yield town


@each_article
def test_dates_agree_with_themselves(article: Facts) -> None:
    raw, day = article["published_raw"], datetime.fromisoformat(article["published_date"])
    time = TIME.search(raw)
    words = set(re.findall(r"\w+", raw[: time.start()] if time else raw))
    assert {str(day.day), str(day.year)} <= words
    assert words & {f"{day:%B}", f"{day:%b}", f"{day:%b}t"}
    weekdays = words & {f"{day + timedelta(n):%A}" for n in range(7)}
    assert weekdays <= {f"{day:%A}"} and len(words) == 3 + len(weekdays)
    assert article["published_precision"] == ("minute" if time else "day")
    offset = OFFSETS[time[4]] if time and time[4] else None
    assert article["published_timezone"] == offset
    if offset is None:
        assert article["published_at"] is None
        return
    assert time is not None
    hour = int(time[1]) % 12 + 12 * (time[3].lower() == "p") if time[3] else int(time[1])
    local = f"{day:%Y-%m-%d}T{hour:02d}:{time[2]}:00{offset}"
    assert datetime.fromisoformat(article["published_at"]) == datetime.fromisoformat(local)


@each_article
def test_what_is_understood_was_printed(article: Facts) -> None:
    byline, quirks = article["byline"] or "", article["quirks"]
    captions = [i["caption"] for i in article["images"] if i["caption"]]
    assert all(name in byline for name in article["authors"]) and bool(byline) == bool(article["authors"])
    printed = " ".join([byline, quirks.get("photo_line", ""), *captions])
    assert all(name in printed for name in article["photo_credits"])
    credits = [i["credit"] for i in article["images"] if i["credit"]]
    assert all(i["credit"] in i["caption"] for i in article["images"] if i["credit"])
    assert set(credits) <= set(article["photo_credits"])
    assert len(article["photo_credits"]) == len(set(article["photo_credits"]))
    assert len(article["images"]) == len(article["placement"])
    assert all(place["after"] <= len(article["paragraphs"]) for place in article["placement"])
    assert article["source"] == article["source_line"]
    assert article["lead"] not in article["paragraphs"]
    assert (article["lead"] is None) == (article["lead_kind"] == "none")
    assert all(int(index) < len(article["paragraphs"]) for index in article["marks"])
    assert bool(article["modified_at"]) == ("updated" in quirks)
    assert article["path"].endswith("/" + article["slug"])
    assert set(article["sections"]) <= {s["name"] for s in SITE["sections"]} and article["sections"]
    assert set(article["tags"]) <= {t["name"] for t in SITE["tags"]}


def test_the_truth_has_the_citys_fields_and_tells_each_fact_once() -> None:
    assert unicodedata.is_normalized("NFC", (HERE / "articles.jsonl").read_text("utf-8"))
    assert len(BY_SLUG) == len({a["path"] for a in TRUTH}) == len(TRUTH) == 40
    assert {frozenset(a) for a in TRUTH} == {frozenset(load_city()[0])}
    for one, two in combinations(TRUTH, 2):
        shared = {s for s in sentences_of(one) & sentences_of(two) if len(s.split()) > 5}
        assert bool(shared) == (two["duplicate_of"] == one["slug"]), shared
        if not two["duplicate_of"]:
            a, b = ({tuple(w[i : i + 3]) for i in range(len(w) - 2)} for w in (words_of(one), words_of(two)))
            assert len(a & b) < 0.25 * len(a | b), (one["slug"], two["slug"])


def test_titles_of_related_articles_are_theirs_and_the_order_is_by_day() -> None:
    titles = {a["path"]: a["title"] for a in TRUTH}
    for article in TRUTH:
        assert all(titles[r["path"]] == r["title"] for r in article["related"])
        assert article["path"] not in {r["path"] for r in article["related"]}
    days = [a["published_date"] for a in TRUTH]
    assert days == sorted(days)
    assert all(slug(each["name"]) == each["slug"] for each in SITE["sections"] + SITE["tags"])


def test_all_but_fourteen_are_composed_by_seed() -> None:
    lines = (HERE / "articles.jsonl").read_text("utf-8").splitlines()
    composed = [json.dumps(article, ensure_ascii=False) for article in compose()]
    assert len(set(composed) & set(lines)) == len(composed) == len(lines) - 14


def test_the_republication_is_one() -> None:
    (copy,) = (a for a in TRUTH if a["duplicate_of"])
    original = BY_SLUG[copy["duplicate_of"]]
    assert copy["paragraphs"] == original["paragraphs"] and len(words_of(copy)) >= 40
    assert copy["title"] != original["title"] and copy["published_date"] > original["published_date"]


@each_article
def test_a_page_prints_every_fact_in_its_block(article: Facts, town: MockTown) -> None:
    page = text_of(town, article["path"])
    shown = main_of(page)
    lines, quirks = shown.texts, article["quirks"]
    old = article["path"].startswith("/archive/")
    assert shown.lines.count(("h2" if old else "h1", article["title"])) == 1
    assert page.count("<h1") == 1 and ("<h1>City of Wrenmouth</h1>" in page) == old
    assert lines.count(article["lead"]) == {"none": 0, "excerpt+bold": 2}.get(article["lead_kind"], 1)
    assert [line for line in lines if line in article["paragraphs"]] == article["paragraphs"]
    dates = [line for line in lines if line.endswith(article["published_raw"])]
    assert dates == [f"{quirks.get('label', '')} {article['published_raw']}".strip()]
    captions = [i["caption"] for i in article["images"] if i["caption"]]
    assert [line for line in lines if line in captions] == captions
    for line in filter(None, [article["byline"], article["source_line"], *quirks.values()]):
        assert line in lines or line == quirks.get("label")
    assert [s for s in shown.sources if s.startswith("/media/")] == [i["src"] for i in article["images"]]
    seo = article["seo"] or {"json_ld": False, "og": False}
    assert ("ld+json" in page, "og:title" in page) == (seo["json_ld"], seo["og"])


@each_article
def test_a_page_links_what_belongs_to_it(article: Facts, town: MockTown) -> None:
    page = text_of(town, article["path"])
    shown = main_of(page)
    related = [(r["path"], r["title"]) for r in article["related"]]
    parts = page[page.index("<main") : page.index("</main>")].split(">Related news<")
    assert (Visible(parts[1]).links if len(parts) > 1 else []) == related
    files = [link for link in shown.links if link[0].endswith(".pdf")]
    assert files == [(a["path"], a["name"]) for a in article["attachments"]]
    assert [t for h, t in shown.links if h.startswith("/topics/")] == article["sections"]
    assert [t for h, t in shown.links if h.startswith("/keywords/")] == article["tags"]
    abroad = [h for h, _ in shown.links if not h.startswith("/")]
    assert abroad == ([article["original"]] if article["original"] else [])
    others = {href for href, _ in Visible(page).links} - {href for href, _ in shown.links}
    assert sum(a["path"] in others for a in TRUTH) >= 4, "no traps beside the article"


@each_article
def test_no_page_of_an_article_names_a_zone_that_its_date_does_not(article: Facts, town: MockTown) -> None:
    page = text_of(town, article["path"])
    known = " ".join([article["published_raw"], article["quirks"].get("updated", "")])
    for zone in re.findall(r"\bE[SD]T\b|UTC[-+]\d\d:\d\d|GMT|T\d\d:\d\d|\d\d:\d\dZ", page):
        assert zone in known
    assert "America/" not in page


@each_page
def test_a_page_that_is_no_news_prints_its_facts_and_no_publication(facts: Facts, town: MockTown) -> None:
    page = text_of(town, facts["path"])
    shown = main_of(page)
    assert shown.lines.count(("h1", facts["title"])) == 1
    for line in [*facts["paragraphs"], *(word for pair in facts["facts"] for word in pair)]:
        assert line in shown.texts
    assert [(h, t) for h, t in shown.links] == [(to["path"], to["title"]) for to in facts["links"]]
    assert not re.search(r"\b(Posted|Published|Release date|By [A-Z])", page[page.index("<main") :])
    assert not re.search(r"article:|datePublished|NewsArticle", page)


def test_dates_are_traps_on_some_pages_and_absent_on_others() -> None:
    dated = [p for p in SITE["pages"] if re.search(r"\b20\d\d\b", json.dumps([p["when"], p["facts"]]))]
    assert {p["kind"] for p in dated} == {"service", "event", "meeting", "vacancy"}
    assert len(SITE["pages"]) - len(dated) >= 5


@pytest.mark.parametrize(
    "sources", [{"feed", "sitemap"}, {"feed"}, {"sitemap"}, set()], ids=["both", "feed", "map", "none"]
)
def test_every_address_is_linked_and_answers_whatever_sources_there_are(sources: set[Source]) -> None:
    seen: set[str] = set()
    ahead, wrong = ["/"], dict[str, str]()
    with MockTown(sources=sources) as town:
        while ahead:
            path = ahead.pop()
            seen.add(path)
            status, headers, body = parted(talk(town, get(path)))
            if " 200 " not in status:
                wrong[path] = status.partition(" ")[2]
                assert headers.get("location") == SITE["redirects"].get(path)
            if headers.get("content-type", "").startswith("text/html"):
                page = Visible(entity(headers, body).decode())
                own = {href.removeprefix(town.url.rstrip("/")) for href, _ in page.links}
                own |= {source.removeprefix(town.url.rstrip("/")) for source in page.sources}
                ahead += [a for a in own if a.startswith("/") and a not in seen and a not in ahead]
    moved = dict.fromkeys(SITE["redirects"], "301 Moved Permanently")
    lost = dict.fromkeys(["/staff-login", *SITE["missing"]], "404 Not Found")
    assert wrong == moved | lost
    assert {a["path"] for a in TRUTH} | {p["path"] for p in SITE["pages"]} < seen
    assert ("/news/feed.atom" in seen) == ("feed" in sources) and "/sitemap.xml" not in seen


@pytest.mark.parametrize(
    "sources", [{"feed", "sitemap"}, {"feed"}, {"sitemap"}, set()], ids=["both", "feed", "map", "none"]
)
def test_a_source_that_is_off_is_gone_without_a_trace(sources: set[Source]) -> None:
    with MockTown(sources=sources) as town:
        for source, path in (("feed", "/news/feed.atom"), ("sitemap", "/sitemap.xml")):
            status = talk(town, get(path)).split(b" ")[1]
            assert status == (b"200" if source in sources else b"404")
        robots = text_of(town, "/robots.txt")
        assert (f"Sitemap: {town.url}sitemap.xml" in robots) == ("sitemap" in sources)
        assert "Disallow: /staff-login\n" in robots
        for path in ("/", "/news", TRUTH[-1]["path"], "/about"):
            assert ("application/atom+xml" in text_of(town, path)) == ("feed" in sources)


def test_the_feed_has_the_newest_articles_and_their_days(town: MockTown) -> None:
    root = ElementTree.fromstring(text_of(town, "/news/feed.atom"))
    entries = root.findall(f"{ATOM}entry")
    newest = TRUTH[: -len(entries) - 1 : -1]
    assert len(entries) == 15
    for entry, article in zip(entries, newest, strict=True):
        link = entry.find(f"{ATOM}link")
        assert link is not None and link.get("href") == town.url.rstrip("/") + article["path"]
        assert entry.findtext(f"{ATOM}title") == article["title"]
        told = entry.findtext(f"{ATOM}published")
        assert told == (article["published_at"] or f"{article['published_date']}T12:00:00Z")


def test_the_map_lists_news_and_other_pages_alike(town: MockTown) -> None:
    listed = re.findall(
        r"<loc>http://[^/]*([^<]*)</loc><lastmod>([^<]*)</lastmod>", text_of(town, "/sitemap.xml")
    )
    days = dict(listed)
    assert set(days) == {"/", "/news"} | {a["path"] for a in TRUTH} | {p["path"] for p in SITE["pages"]}
    assert all(days[a["path"]] == (a["modified_at"] or a["published_date"])[:10] for a in TRUTH)


def test_the_newsroom_lists_all_by_twelve(town: MockTown) -> None:
    found, target = list[str](), "/news"
    while target:
        page = main_of(text_of(town, target))
        items = [h for h, _ in page.links if h in {a["path"] for a in TRUTH}]
        assert len(items) <= 12
        found += items
        assert len(found) <= len(TRUTH), "a page comes twice"
        target = next((href for href, text in page.links if text == "Older news"), "")
    assert found == [a["path"] for a in reversed(TRUTH)]


def test_overrides_robots_and_other_methods_work_as_in_the_city() -> None:
    with MockTown() as town:
        town.override("/news?page=2", Answer(body=b"second"))
        assert talk(town, get("/news?page=2")).endswith(b"\r\n\r\nsecond")
        assert b"Page 1 of 4" in talk(town, get("/news"))
        town.override("/news?page=2", None)
        assert b"Page 2 of 4" in talk(town, get("/news?page=2"))
        town.robots = b"User-agent: *\nDisallow: /\n"
        assert talk(town, get("/robots.txt")).endswith(b"Disallow: /\n")
        assert talk(town, get("/news", method="POST")).startswith(b"HTTP/1.1 405 ")
        assert town.requests[0] == ("GET", "/news?page=2") and town.truth == TRUTH


def test_pages_come_in_every_coding_and_the_same_bytes_each_time(town: MockTown) -> None:
    codings = set()
    for article in TRUTH:
        wire = talk(town, get(article["path"], "Accept-Encoding: gzip"))
        _, headers, body = parted(wire)
        codings.add((headers.get("content-encoding"), headers.get("transfer-encoding")))
        again = parted(talk(town, get(article["path"], "Accept-Encoding: gzip")))
        assert again[2] == body
    assert codings == {(None, None), ("gzip", None), (None, "chunked"), ("gzip", "chunked")}


def test_its_own_process_serves_the_sources_it_was_given_and_ends_when_told() -> None:
    argv = [sys.executable, "-S", "-m", "tests.mocktown", "--sources", "feed"]
    running = subprocess.Popen(argv, cwd=ROOT, text=True, stdout=subprocess.PIPE)
    try:
        assert running.stdout is not None
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)/\n", running.stdout.readline())
        assert found
        town = MockTown(int(found[1]))
        assert "Sitemap" not in text_of(town, "/robots.txt") and "<feed" in text_of(town, "/news/feed.atom")
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
    finally:
        running.kill()
        running.communicate()
