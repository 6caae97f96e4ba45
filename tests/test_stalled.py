"""A sitemap or REST that tells of no news any more: it is said, listings are asked instead, and it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.run import RunSummary
from tests.site import Answer, Site, serve
from tests.test_run import crawl, holds, news

OLD = [f"/tin-{n}.html" for n in range(12)]
START = datetime(2027, 1, 6, 3, 0, tzinfo=UTC)


def sitemap(*paths: str, more: str = "") -> Answer:
    entries = "".join(f"<url><loc>{path}</loc>{more}</url>" for path in paths)
    return Answer(body=f"<urlset>{entries}</urlset>".encode(), content_type="application/xml")


def page(*paths: str) -> Answer:
    """A list of articles, with a line of each."""
    line = "Tổ công tác của phường đã đo lại cao độ mặt đường trong ngày và báo cáo thành phố"
    items = "".join(f'<li><h3><a href="{p}">{line}, số {p}</a></h3><p>{line}.</p></li>' for p in paths)
    return Answer(body=f"<html lang=vi><title>Trang</title><body><ul>{items}</ul></body></html>".encode())


def publish(site: Site, number: int, *places: str) -> str:
    """Put an article up, and its link on top of some pages."""
    path = f"/moi-{number}.html"
    site.answers[path] = news(f"Thông xe cầu vượt số {number} ở phường Bến Gỗ", 100 + number)
    for place in places:
        links = re.findall(r'href="([^"]+)"', site.answers[place].body.decode())
        site.answers[place] = page(path, *links)
    return path


@pytest.fixture
def site() -> Iterator[Site]:
    """A home page, a section beside it, and a sitemap of all articles."""
    answers = {path: news(f"Đo lại cao độ đường số {n}", n) for n, path in enumerate(OLD)}
    lists = {"/": page("/muc/", *OLD), "/muc/": page(*OLD), "/sitemap.xml": sitemap(*OLD)}
    with serve({**answers, **lists}) as site:
        yield site


def a_day(site: Site, output: Path, clock: time_machine.Coordinates) -> RunSummary:
    """The next day's run, which is no sweep."""
    clock.shift(timedelta(days=1))
    summary = crawl(site.url, output)
    assert summary.exit_code == 0 and holds(summary), summary.reason
    return summary


def test_a_sitemap_that_is_suddenly_empty_is_told_and_listings_stand_in(site: Site, tmp_path: Path) -> None:
    with time_machine.travel(START, tick=True) as clock:
        crawl(site.url, tmp_path)
        site.answers["/sitemap.xml"] = sitemap()
        hidden = publish(site, 1, "/muc/")
        empty = a_day(site, tmp_path, clock)
        still = a_day(site, tmp_path, clock)
        site.answers["/sitemap.xml"] = sitemap(*OLD, hidden)
        well = a_day(site, tmp_path, clock)
    told = f"{site.url}sitemap.xml lists nothing any more, where it listed 12: listings are asked instead"
    assert empty.notes == still.notes == (told,) and well.notes == ()
    assert hidden in site.asked and empty.articles == 13
    assert [gap["why"] for gap in empty.sources["missing"]] == ["lists nothing any more"]
    assert well.sources["missing"] == []


def test_a_news_sitemap_of_two_days_may_be_empty(site: Site, tmp_path: Path) -> None:
    stamp = "<n:news xmlns:n='urn:n'><n:publication_date>2027-01-05</n:publication_date></n:news>"
    site.answers["/sitemap.xml"] = sitemap(*OLD, more=stamp)
    with time_machine.travel(START, tick=True) as clock:
        crawl(site.url, tmp_path)
        site.answers["/sitemap.xml"] = sitemap()
        assert a_day(site, tmp_path, clock).notes == ()


def test_a_sitemap_that_stays_behind_what_is_published_is_told_until_it_follows(
    site: Site, tmp_path: Path
) -> None:
    published = []
    with time_machine.travel(START, tick=True) as clock:
        crawl(site.url, tmp_path)
        for number in range(5):
            published.append(publish(site, number, "/"))
            assert a_day(site, tmp_path, clock).notes == ()
        hidden = publish(site, 9, "/muc/")
        behind = a_day(site, tmp_path, clock)
        assert hidden in site.asked
        site.answers["/sitemap.xml"] = sitemap(*OLD, *published, hidden)
        a_day(site, tmp_path, clock)
        well = a_day(site, tmp_path, clock)
    assert behind.notes == (
        f"the 5 articles that were found last are not in sitemaps (such as {site.url}moi-4.html): "
        "listings are asked, too",
    )
    assert well.notes == ()


def test_a_sitemap_that_spells_addresses_otherwise_is_not_behind(site: Site, tmp_path: Path) -> None:
    published: list[str] = []
    with time_machine.travel(START, tick=True) as clock:
        crawl(site.url, tmp_path)
        for number in range(6):
            published.append(publish(site, number, "/"))
            listed = [f"{path}?utm_source=sitemap" for path in (*OLD, *published)]
            site.answers["/sitemap.xml"] = sitemap(*listed)
            assert a_day(site, tmp_path, clock).notes == ()
    assert not any("utm_source" in path for path in site.asked)


def test_a_sitemap_that_is_three_days_late_is_quiet(site: Site, tmp_path: Path) -> None:
    published: list[str] = []
    with time_machine.travel(START, tick=True) as clock:
        crawl(site.url, tmp_path)
        for number in range(0, 12, 2):
            site.answers["/sitemap.xml"] = sitemap(*OLD, *published[:-4])
            published += [publish(site, number, "/"), publish(site, number + 1, "/")]
            assert a_day(site, tmp_path, clock).notes == ()
