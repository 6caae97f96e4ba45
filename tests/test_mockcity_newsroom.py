"""The sample city that lives: what it publishes, edits, moves, withdraws and restores, as visitors see it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.mockcity import MockCity
from tests.mockcity.truth import Facts
from tests.mockcity.view import SOURCES
from tests.mockcity.visit import Visible, text_of
from tests.test_mockcity_sources import answer

NOON = datetime(2026, 11, 3, 5, 0, 42, tzinfo=UTC)


@pytest.fixture
def city() -> Iterator[MockCity]:
    with MockCity(articles=24, unpublished=3, conditional=True) as city:
        city.now = NOON
        yield city


def posts(city: MockCity, query: str = "") -> list[Facts]:
    found = json.loads(answer(city, f"/wp-json/wp/v2/posts?per_page=100{query}")[2])
    assert isinstance(found, list)
    return found


def post(city: MockCity, article: Facts) -> Facts:
    (found,) = posts(city, f"&slug={article['slug']}")
    return found


def located(city: MockCity, path: str) -> tuple[int, str]:
    """Status and where an address leads, as a path."""
    status, headers, _ = answer(city, path)
    return status, headers.get("location", "").removeprefix(city.url.rstrip("/"))


def listed(city: MockCity, path: str) -> dict[str, bool]:
    """Which sources name a path."""
    at = city.url.rstrip("/") + path
    pages = {
        "sitemap": ["/wp-sitemap-posts-post-1.xml"],
        "feed": [f"/feed/?paged={n}" for n in (1, 2, 3)],
        "listings": ["/", *(f"/page/{n}/" for n in (2, 3, 4, 5))],
    }
    texts = {name: b"".join(answer(city, p)[2] for p in paths).decode() for name, paths in pages.items()}
    texts["rest"] = " ".join(p["link"] for p in posts(city))
    return {
        name: re.search(re.escape(at) + r"[<\" ]", text + " ") is not None for name, text in texts.items()
    }


def with_plugin(city: MockCity, wanted: bool = True) -> Facts:
    return next(a for a in city.truth if bool(a["seo"] and a["seo"]["json_ld"]) == wanted and a["images"])


def test_what_is_published_bears_the_moment_of_the_citys_clock(city: MockCity) -> None:
    before = posts(city)
    article = city.publish()
    assert article is not None and article == city.truth[-1]
    assert article["published_at"] == "2026-11-03T05:00:00Z"
    assert (
        article["published_raw"] == "Thứ Ba, 03/11/2026 12:00" and article["published_date"] == "2026-11-03"
    )
    assert "Thứ Ba, 03/11/2026 12:00" in text_of(city, article["path"])
    now = posts(city)
    assert now[1:] == before and now[0]["date_gmt"] == now[0]["modified_gmt"] == "2026-11-03T05:00:00"
    assert now[0]["id"] == max(p["id"] for p in before) + 1
    assert all(listed(city, article["path"]).values())
    assert "<lastmod>2026-11-03T05:00:00+00:00</lastmod>" in text_of(city, "/wp-sitemap-posts-post-1.xml")


def test_what_is_backdated_stands_among_its_like_and_says_when_it_was_saved(city: MockCity) -> None:
    article = city.publish(datetime(2019, 5, 6, 2, 0, tzinfo=UTC))
    assert article is not None and article["published_raw"] == "Thứ Hai, 06/05/2019 09:00"
    place = city.truth.index(article)
    assert (
        city.truth[place - 1]["published_at"] < "2019-05-06T02:00:00Z" < city.truth[place + 1]["published_at"]
    )
    found = post(city, article)
    assert (found["date_gmt"], found["modified_gmt"]) == ("2019-05-06T02:00:00", "2026-11-03T05:00:42")
    assert posts(city)[0]["id"] != found["id"] == max(p["id"] for p in posts(city))


def test_without_a_clock_an_article_keeps_the_day_of_its_truth() -> None:
    with MockCity(unpublished=1) as city:
        (expected,) = city.unpublished
        assert city.publish() == expected and city.publish() is None


@pytest.mark.parametrize("plugin", [True, False])
def test_an_edit_shows_in_the_page_and_in_every_statement_of_when(city: MockCity, plugin: bool) -> None:
    old = with_plugin(city, plugin)
    path, text = old["path"], [*old["paragraphs"][:-1], "Đoạn này được viết lại vào buổi trưa."]
    new = city.edit(path, title="Tít đã sửa", paragraphs=text, caption="Chú thích đã sửa.")
    page = text_of(city, path)
    lines = [line for _, line in Visible(page).lines]
    assert {"Tít đã sửa", text[-1], "Chú thích đã sửa."} <= set(lines) and old["paragraphs"][-1] not in lines
    assert new["images"][1:] == old["images"][1:] and new["images"][0]["src"] == old["images"][0]["src"]
    assert post(city, new)["modified_gmt"] == "2026-11-03T05:00:42"
    assert post(city, new)["date_gmt"] + "Z" == old["published_at"]
    entry = rf"{path}</loc><lastmod>2026-11-03T05:00:42\+00:00<"
    assert re.search(entry, text_of(city, "/wp-sitemap-posts-post-1.xml"))
    stated = re.findall(r'"dateModified": "([^"]*)"', page)
    assert [datetime.fromisoformat(s) for s in stated] == [NOON] * plugin
    assert bool(new["modified_at"]) == (new["seo"] is not None)
    assert answer(city, path)[1]["last-modified"] == "Tue, 03 Nov 2026 05:00:42 GMT"
    assert answer(city, "/feed/")[1]["last-modified"] == "Tue, 03 Nov 2026 05:00:42 GMT"


def test_an_edit_changes_one_article_and_nothing_else(city: MockCity) -> None:
    article = city.truth[4]
    others = [p for p in posts(city) if p["slug"] != article["slug"]]
    city.edit(article["path"], lead="Một câu dẫn khác.")
    assert [p for p in posts(city) if p["slug"] != article["slug"]] == others
    assert city.truth[4]["lead"] == "Một câu dẫn khác."
    assert city.truth[4]["path"] == article["path"], "it stays where it was in time"
    with pytest.raises(ValueError, match="no headline"):
        city.edit(article["path"], headline="?")
    with pytest.raises(KeyError):
        city.edit("/khong-co.html")


def test_saving_without_a_change_moves_the_time_alone(city: MockCity) -> None:
    article = with_plugin(city, wanted=False)
    page = text_of(city, article["path"])
    city.edit(article["path"])
    assert text_of(city, article["path"]) == page
    assert post(city, article)["modified_gmt"] == "2026-11-03T05:00:42"


def test_a_moved_article_leaves_redirects_from_every_old_address(city: MockCity) -> None:
    article = city.truth[7]
    old, number = article["path"], post(city, article)["id"]
    city.move(old, "/ten-moi.html")
    city.now = NOON + timedelta(days=1)
    moved = city.move("/ten-moi.html", "/ten-moi-hon.html")
    for path in (old, f"{old}/", f"{old}/amp", "/ten-moi.html"):
        assert located(city, path) == (301, "/ten-moi-hon.html")
    assert located(city, f"/?p={number}") == (301, "/ten-moi-hon.html")
    assert article["title"] in text_of(city, "/ten-moi-hon.html")
    found = post(city, moved)
    assert (found["id"], found["link"]) == (number, f"{city.url}ten-moi-hon.html")
    assert found["modified_gmt"] == "2026-11-04T05:00:42"
    assert set(listed(city, "/ten-moi-hon.html").values()) == {True}
    assert set(listed(city, old).values()) == {False}
    with pytest.raises(ValueError, match="another article"):
        city.move("/ten-moi-hon.html", city.truth[0]["path"])
    city.move("/ten-moi-hon.html", old)
    assert answer(city, old)[0] == 200 and located(city, "/ten-moi.html") == (301, old)


@pytest.mark.parametrize("status", [404, 410])
def test_a_withdrawn_article_is_nowhere_until_it_is_restored(city: MockCity, status: int) -> None:
    article = city.truth[-2]
    ids = {p["slug"]: p["id"] for p in posts(city)}
    city.withdraw(article["path"], status=status)
    assert answer(city, article["path"])[0] == status
    assert answer(city, f"{article['path']}/amp")[0] == answer(city, f"/?p={ids[article['slug']]}")[0] == 404
    assert set(listed(city, article["path"]).values()) == {False}
    assert {p["slug"]: p["id"] for p in posts(city)} == {k: n for k, n in ids.items() if k != article["slug"]}
    with pytest.raises(KeyError):
        city.withdraw(article["path"])
    restored = city.restore(article["path"])
    assert city.truth[-2] == restored and set(listed(city, article["path"]).values()) == {True}
    assert post(city, restored)["id"] == ids[article["slug"]]
    assert post(city, restored)["modified_gmt"] == "2026-11-03T05:00:42"
    assert {k: restored[k] for k in ("title", "paragraphs", "published_at")} == {
        k: article[k] for k in ("title", "paragraphs", "published_at")
    }


def test_a_merged_article_leads_onto_another_one(city: MockCity) -> None:
    gone, other = city.truth[2], city.truth[9]
    city.merge(gone["path"], other["path"])
    assert located(city, gone["path"]) == (301, other["path"])
    assert set(listed(city, gone["path"]).values()) == {False}
    city.move(other["path"], "/bai-khac.html")
    assert located(city, gone["path"]) == (301, "/bai-khac.html")
    city.restore(gone["path"])
    assert gone["paragraphs"][0] in text_of(city, gone["path"])


def test_rest_says_what_was_changed_since(city: MockCity) -> None:
    since = quote((NOON - timedelta(seconds=1)).isoformat())
    query = f"&modified_after={since}&_fields=id,link,title.rendered,modified_gmt&orderby=modified"
    assert posts(city, query) == []
    status, headers, body = answer(city, f"/wp-json/wp/v2/posts?per_page=100{query}&page=2")
    assert (status, headers["x-wp-total"], headers["x-wp-totalpages"], body) == (200, "0", "0", b"[]")
    edited, moved, gone = (a["path"] for a in city.truth[:3])
    city.edit(edited, title="Tít mới")
    city.move(moved, "/cho-moi.html")
    city.withdraw(gone)
    city.publish()
    found = {p["link"]: p for p in posts(city, query)}
    expected = {f"{city.url}cho-moi.html", city.url.rstrip("/") + edited}
    assert found.keys() == expected, "what was published lies at the full minute, before that second"
    one: dict[str, Any] = found[city.url.rstrip("/") + edited]
    assert one.keys() == {"id", "link", "title", "modified_gmt"} and one["title"] == {"rendered": "Tít mới"}
    assert posts(city, f"&modified_after={quote(NOON.isoformat())}") == [], "after is not since"
    assert len(posts(city, "&modified_after=2026-11-03T11:59:59")) == 3, "without an offset: the city's time"
    for wrong in ("2026-11-03", "yesterday", "2026-11-03T05:00:00+07:00"):  # a bare plus is a space
        assert answer(city, f"/wp-json/wp/v2/posts?modified_after={wrong}")[0] == 400
    for wrong in ("per_page=101", "per_page=0", "page=0", "per_page=100&page=2"):
        assert answer(city, f"/wp-json/wp/v2/posts?{wrong}")[0] == 400


def test_rest_takes_and_leaves_posts_by_number(city: MockCity) -> None:
    ids = [p["id"] for p in posts(city)]
    assert [p["id"] for p in posts(city, f"&include={ids[3]},{ids[1]}")] == [ids[1], ids[3]]
    assert [p["id"] for p in posts(city, f"&exclude={ids[0]}")] == ids[1:]
    assert [p["id"] for p in posts(city, "&offset=5")] == ids[5:]


def test_several_changes_are_seen_at_once(city: MockCity) -> None:
    first = city.truth[0]
    with city.at_once():
        city.edit(first["path"], title="Tít mới")
        assert first["title"] in text_of(city, first["path"])
        city.withdraw(city.truth[1]["path"])
    assert "Tít mới" in text_of(city, first["path"]) and len(posts(city)) == 20


@pytest.mark.parametrize("theme", ["classic", "table", "portal"])
def test_a_city_that_lost_and_gained_articles_shows_every_page(theme: str) -> None:
    with MockCity(theme=theme, articles=24, unpublished=2, sources=SOURCES - {"rest"}) as city:
        city.withdraw(city.truth[5]["path"])
        city.withdraw(city.truth[0]["path"])
        city.publish()
        city.move(city.truth[3]["path"], "/cho-moi.html")
        for article in city.truth:
            lines = [line for _, line in Visible(text_of(city, article["path"])).lines]
            assert article["paragraphs"][-1] in " ".join(lines)
