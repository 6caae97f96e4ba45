"""What a home page and a robots.txt say of a portal."""

from __future__ import annotations

import pytest

from crawler.discovery.detect import (
    MAX_FEEDS,
    REST_PLACES,
    SITEMAP_PATHS,
    describe,
    feed_addresses,
    rest_addresses,
    sitemap_addresses,
    with_site,
)
from pipelines import urls
from pipelines.archive import Portal
from pipelines.extract.page import Page
from pipelines.extract.zones import of_country
from pipelines.sources.wordpress import SiteIndex

PORTAL = Portal(slug="city.example", seed="https://city.example/", scope=("city.example",))
HOME = b"""<html lang="vi-VN"><head><title>Trang chu</title>
<meta property="og:site_name" content="Cong tin thanh pho"></head><body></body></html>"""


def test_a_portal_is_described_by_its_home_page() -> None:
    portal = describe(PORTAL, Page.parse(HOME, "https://www.city.example/"))
    assert portal.scope == ("city.example",)
    assert portal.language == "vi-VN" and portal.site_name == "Cong tin thanh pho"
    assert portal.zone is None


def test_the_host_of_the_home_page_is_the_scope() -> None:
    portal = describe(PORTAL, Page.parse(HOME, "https://city.gov.vn/"))
    assert portal.scope == ("city.gov.vn",) and portal.zone == "Asia/Ho_Chi_Minh"
    assert portal.slug == "city.example" and portal.seed == PORTAL.seed


def test_what_is_known_already_stays() -> None:
    known = PORTAL.model_copy(update={"zone": "Asia/Tokyo", "language": "en", "site_name": "City"})
    portal = describe(known, Page.parse(HOME, "https://city.example/"))
    assert (portal.zone, portal.language, portal.site_name) == ("Asia/Tokyo", "en", "City")


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("https://thanhphohaiphong.gov.vn/", "Asia/Ho_Chi_Minh"),
        ("https://city.gov.uk/", "Europe/London"),
        ("https://city.fr:8443/", "Europe/Paris"),
        ("https://city.us/", None),  # many zones
        ("https://city.com/", None),
        ("http://127.0.0.1:80/", None),
        ("http://localhost/", None),
    ],
)
def test_the_zone_is_the_countrys_where_it_has_one(address: str, zone: str | None) -> None:
    assert of_country(address) == zone


def test_stated_sitemaps_in_scope_come_before_the_usual_paths() -> None:
    home = "https://www.city.example/vi/"
    stated = ["/map.xml", "https://city.example/b.xml", "https://cdn.example/c.xml", "mailto:x"]
    found = sitemap_addresses(stated, home, ("city.example",))
    assert found == ("https://www.city.example/map.xml", "https://city.example/b.xml")
    usual = tuple(f"https://www.city.example{path}" for path in SITEMAP_PATHS)
    assert sitemap_addresses([], home, ("city.example",)) == usual
    assert sitemap_addresses(["https://cdn.example/c.xml"], home, ("city.example",)) == usual


SCOPE = ("city.example",)


def home(head: str) -> Page:
    return Page.parse(f"<html><head>{head}</head><body></body></html>".encode(), "https://city.example/vi/")


def feed(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def test_feeds_are_those_that_the_page_states_but_for_comments() -> None:
    head = (
        feed("/feed/") + feed("news.atom", "application/atom+xml; charset=utf-8", "ALTERNATE home")
        + feed("/comments/feed/") + feed("/?feed=comments-rss2") + feed("https://cdn.example/feed")
        + feed("/en/", "text/html") + feed("/oembed", "application/json+oembed") + feed("/x", rel="next")
    )  # fmt: skip
    assert feed_addresses(home(head), SCOPE) == (
        "https://city.example/feed/",
        "https://city.example/vi/news.atom",
    )
    assert feed_addresses(home(""), SCOPE) == ()
    assert len(feed_addresses(home("".join(feed(f"/{n}.rss") for n in range(9))), SCOPE)) == MAX_FEEDS


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="generator" content="WordPress 6.5">',
        '<link rel="stylesheet" href="/wp-includes/css/x.css">',
        '<script src="https://city.example/wp-content/x.js"></script>',
    ],
)
def test_a_wordpress_site_that_states_nothing_is_asked_at_the_usual_places(head: str) -> None:
    assert feed_addresses(home(head), SCOPE) == ("https://city.example/feed/",)
    assert rest_addresses(home(head), "", SCOPE) == tuple(f"https://city.example{p}" for p in REST_PLACES)


def test_rest_is_where_page_or_answer_state_it() -> None:
    link = '<link rel="https://api.w.org/" href="https://city.example/api/">'
    assert rest_addresses(home(link), "", SCOPE)[0] == "https://city.example/api/"
    header = '</>; rel=next, <https://city.example/index.php?rest_route=/>; rel="https://api.w.org/"; x=1'
    assert rest_addresses(home(""), header, SCOPE)[0] == "https://city.example/index.php?rest_route=/"
    assert rest_addresses(home(""), '</a>; rel="next"', SCOPE) == ()
    away = '<link rel="https://api.w.org/" href="https://other.example/wp-json/">'
    assert all(urls.in_scope(a, SCOPE) for a in rest_addresses(home(away), "", SCOPE))


@pytest.mark.parametrize(
    ("stated", "seed", "zone"),
    [
        ("Asia/Tokyo", "https://city.gov.vn/", "Asia/Tokyo"),
        ("Etc/GMT-7", "https://city.gov.vn/", "Asia/Ho_Chi_Minh"),
        ("Etc/GMT-8", "https://city.gov.vn/", "Etc/GMT-8"),
        ("Etc/UTC", "https://city.gov.uk/", "Etc/UTC"),  # the same in winter only
        (None, "https://city.gov.vn/", "Asia/Ho_Chi_Minh"),
        ("Etc/GMT-7", "https://city.example/", "Etc/GMT-7"),
    ],
)
def test_the_zone_that_rest_states_comes_first(stated: str | None, seed: str, zone: str) -> None:
    given = PORTAL.model_copy(update={"seed": seed})
    found = describe(given, Page.parse(HOME, seed))
    told = with_site(given, found, SiteIndex(name="Cổng tin", zone=stated))
    assert (told.zone, told.site_name) == (zone, "Cổng tin")
    assert with_site(given, found, None) == found
    known = given.model_copy(update={"zone": "Asia/Seoul", "site_name": "City"})
    kept = with_site(known, describe(known, Page.parse(HOME, seed)), SiteIndex(name="x", zone=stated))
    assert (kept.zone, kept.site_name) == ("Asia/Seoul", "City")
