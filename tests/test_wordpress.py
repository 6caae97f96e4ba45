"""WordPress's REST answers: the index, the posts, their paging."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipelines.sources import wordpress
from pipelines.sources.wordpress import (
    MAX_PAGES,
    NEWEST,
    Order,
    Posts,
    PostsPage,
    Totals,
    further_posts,
    is_newest_first,
    posts_address,
    posts_page,
    read_index,
    read_posts,
    totals,
)

INDEX: dict[str, Any] = {"name": "Cổng &#8211; Tin", "namespaces": ["oembed/1.0", "wp/v2"], "routes": {}}
URL = "https://city.example/wp-json/wp/v2/posts?per_page=100"
POST: dict[str, Any] = {
    "id": 7,
    "date": "2021-10-13T17:46:00",
    "date_gmt": "2021-10-13T10:46:00",
    "modified": "2021-10-14T00:10:00",
    "modified_gmt": "2021-10-13T17:10:00",
    "status": "publish",
    "type": "post",
    "link": "https://city.example/de-bien.html",
    "title": {"rendered": "Đê biển &#8220;Cát Hải&#8221; <em>thêm</em> 300 m"},
    "content": {"rendered": "\n<p>Đoạn một.</p>\n<p>Đoạn hai.</p>\n", "protected": False},
}


def index(**changes: Any) -> bytes:
    return json.dumps(INDEX | changes).encode()


def posts(**changes: Any) -> bytes:
    return json.dumps([POST | changes]).encode()


def test_the_index_says_name_zone_and_whether_there_are_posts() -> None:
    site = read_index(b"\xef\xbb\xbf" + index(timezone_string="Asia/Ho_Chi_Minh", gmt_offset=7))
    assert (site.name, site.zone, site.lists_posts) == ("Cổng – Tin", "Asia/Ho_Chi_Minh", True)
    assert not read_index(index(namespaces=["oembed/1.0"])).lists_posts


@pytest.mark.parametrize(
    ("offset", "zone"),
    [(7, "Etc/GMT-7"), ("7", "Etc/GMT-7"), (-3.0, "Etc/GMT+3"), (0, "Etc/UTC"), (5.5, None), (None, None),
     ("x", None), (99, None), (float("nan"), None), ([], None),
     (10**400, None)],
)  # fmt: skip
def test_an_offset_is_a_zone_where_there_is_such_a_one(offset: Any, zone: str | None) -> None:
    assert read_index(index(timezone_string="", gmt_offset=offset)).zone == zone


def test_a_zone_that_does_not_exist_is_none() -> None:
    assert read_index(index(timezone_string="Asia/Hai_Phong", gmt_offset=7)).zone == "Etc/GMT-7"


def test_a_post_gives_address_title_moments_and_text() -> None:
    (entry,) = read_posts(posts(), URL).entries
    assert entry.url == "https://city.example/de-bien.html" and entry.news
    assert entry.title == "Đê biển “Cát Hải” thêm 300 m"
    assert entry.published == "2021-10-13T17:46:00+07:00" and entry.modified == "2021-10-14T00:10:00+07:00"
    assert entry.text == "Đoạn một.\nĐoạn hai."


@pytest.mark.parametrize(
    ("changes", "published"),
    [
        ({"date_gmt": None}, "2021-10-13T17:46:00"),
        ({"date_gmt": "2021-11-30T00:00:00"}, "2021-10-13T17:46:00"),
        ({"date": None}, "2021-10-13T10:46:00Z"),
        ({"date_gmt": "2021-10-13T21:16:00"}, "2021-10-13T17:46:00-03:30"),
        ({"date": None, "date_gmt": None}, None),
    ],
)
def test_moments_that_are_missing_or_days_apart(changes: dict[str, Any], published: str | None) -> None:
    assert read_posts(posts(**changes), URL).entries[0].published == published


def test_a_page_is_no_news_and_a_protected_text_no_text() -> None:
    assert not read_posts(posts(type="page"), URL).entries[0].news
    locked = read_posts(posts(content={"rendered": "<form>", "protected": True}), URL).entries[0]
    assert locked.text is None and locked.news


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "malformed"),
        (b"<html>", "malformed"),
        (b'"posts"', "not_posts"),
        (b"[1, 2]", "not_posts"),
        (b'{"code":"rest_forbidden","message":"x","data":{"status":401}}', "not_posts"),
        (b'[{"link": 7, "title": {}}]', "not_posts"),
        (b"[" * 100_000, "malformed"),
    ],
)
def test_what_is_no_page_of_posts_says_so(body: bytes, problem: str) -> None:
    assert read_posts(body, URL) == Posts(problem=problem)
    assert read_index(body).problem is not None


def test_an_answer_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpress, "MAX_BYTES", 100)
    assert read_posts(posts(), URL).problem == "capped"


def test_odd_values_never_raise() -> None:
    values: tuple[Any, ...] = (None, 7, [], {}, "x", "\ud800", True)
    for odd in values:
        for name in POST:
            read_posts(json.dumps([POST | {name: odd}]).encode(), URL)
        for name in ("name", "timezone_string", "gmt_offset", "namespaces"):
            read_index(json.dumps(INDEX | {name: odd}).encode())


def test_both_forms_of_the_address_lead_to_posts_oldest_first() -> None:
    query = "per_page=100&orderby=id&order=asc&page="
    assert posts_address("https://c.example/wp-json/") == f"https://c.example/wp-json/wp/v2/posts?{query}1"
    plain = posts_address("https://c.example/index.php?rest_route=/", 3)
    assert plain == f"https://c.example/index.php?rest_route=/wp/v2/posts&{query}3"


@pytest.mark.parametrize(
    "index",
    [
        "https://c.example/wp-json/",
        "https://c.example/?rest_route=/",
        "https://c.example/i.php?a=b&rest_route=/",
    ],
)
@pytest.mark.parametrize(
    ("order", "light"), [("id", False), ("id", True), ("modified", False), ("date", False)]
)
def test_an_address_of_posts_says_what_it_asks_for(index: str, order: Order, light: bool) -> None:
    asked = posts_address(index, 3, order=order, light=light)
    assert posts_page(asked) == PostsPage(index=index, order=order, light=light, page=3)
    (following,) = further_posts(asked, 100 if order == "id" else NEWEST, Totals())
    assert following == posts_address(index, 4, order=order, light=light)


def test_other_addresses_are_none_of_posts() -> None:
    others = ("wp-json/", "wp-json/wp/v2/tags?orderby=id&page=1", "wp-json/wp/v2/posts?orderby=author&page=1")
    assert not any(posts_page(f"https://c.example/{other}") for other in others)


def test_a_light_list_gives_addresses_and_says_nothing_else() -> None:
    body = json.dumps([{"id": 7, "link": "https://c.example/a.html"}, {"id": 9, "link": "/b.html"}]).encode()
    entries = read_posts(body, posts_address("https://c.example/wp-json/", light=True)).entries
    assert [e.url for e in entries] == ["https://c.example/a.html", "https://c.example/b.html"]
    assert all(e.news and e.bare for e in entries)
    assert not read_posts(posts(), URL).entries[0].bare
    assert read_posts(json.dumps([{"id": 7, "link": "/a", "name": "x"}]).encode(), URL).problem == "not_posts"


def test_an_order_that_a_server_passes_over_is_seen() -> None:
    days = ["2026-03-02T00:30:00", "2026-03-01T23:00:00", "2026-02-01T00:00:00"]
    listed = [{**POST, "modified_gmt": None, "modified": day} for day in days]
    entries = read_posts(json.dumps(listed).encode(), URL).entries
    assert is_newest_first(entries, "modified") and not is_newest_first(entries[::-1], "modified")
    assert is_newest_first(entries, "date"), "what is stated alike is in any order"


def test_pages_end_where_the_header_says_or_with_one_that_is_not_full() -> None:
    said = totals((("X-WP-Total", "250"), ("x-wp-totalpages", "3")))
    assert said == Totals(posts=250, pages=3)
    for index_url in ("https://c.example/wp-json/", "https://c.example/?rest_route=/"):
        first = posts_address(index_url)
        pages = tuple(posts_address(index_url, n) for n in (2, 3))
        assert further_posts(first, 100, said) == pages, "all, so that a page that fails ends nothing"
        assert further_posts(pages[1], 100, said) == ()
    silent = totals({"X-WP-Total": "many"})
    assert silent == Totals()
    assert further_posts(first, 100, silent) == pages[:1] and further_posts(first, 99, silent) == ()
    assert len(further_posts(first, 100, Totals(posts=1, pages=10**9))) == MAX_PAGES - 1
