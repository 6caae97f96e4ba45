"""What a home page and a robots.txt say of a portal."""

from __future__ import annotations

import pytest

from crawler.discovery.detect import SITEMAP_PATHS, describe, estimate, sitemap_addresses, zone_of
from pipelines.archive import Portal
from pipelines.extract.page import Page

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
    assert zone_of(address) == zone


def test_stated_sitemaps_in_scope_come_before_the_usual_paths() -> None:
    home = "https://www.city.example/vi/"
    stated = ["/map.xml", "https://city.example/b.xml", "https://cdn.example/c.xml", "mailto:x"]
    found = sitemap_addresses(stated, home, ("city.example",))
    assert found == ("https://www.city.example/map.xml", "https://city.example/b.xml")
    usual = tuple(f"https://www.city.example{path}" for path in SITEMAP_PATHS)
    assert sitemap_addresses([], home, ("city.example",)) == usual
    assert sitemap_addresses(["https://cdn.example/c.xml"], home, ("city.example",)) == usual


def test_an_estimate_counts_requests_time_and_size() -> None:
    assert estimate(3600, 1000) == {"requests": 3600, "minutes": 60, "megabytes": 216}
