"""A portal that offers another source than it did: a sweep sees it, says it, and it is used from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.run import RunSummary
from pipelines.archive import open_archive
from pipelines.manifest import read_chain
from tests.mockcity import MockCity
from tests.second_runs import crawl
from tests.site import Answer, serve
from tests.test_recent import REST, SITEMAPS
from tests.test_run import page
from tests.test_sources import COUNT, Portal, off
from tests.test_sources import crawl as run_over


def sources(summary: RunSummary) -> list[tuple[str, str]]:
    """The portal's sources, as ``archive.json`` has them: kind and path."""
    portal = open_archive(Path(summary.archive)).portal
    return [(source.kind, source.url[source.url.index("/", 8) :]) for source in portal.sources]


def told(kind: str, url: str) -> str:
    use = f"{url} is asked from now on (sources in archive.json)"
    return f"the portal offers {kind} that it did not offer: {use}"


def test_what_a_portal_offers_later_is_found_by_a_sweep_and_used(tmp_path: Path) -> None:
    with MockCity(articles=30, sources=("sitemap", "listings"), unpublished=1) as city:
        first = crawl(city, tmp_path)
        assert sources(first.summary) == [("sitemap", "/wp-sitemap.xml")]
        city.sources = frozenset(("rest", "feed", "listings"))
        city.show()
        ordinary = crawl(city, tmp_path)
        sweep = crawl(city, tmp_path, full=True)
        new = city.publish()
        after, again = crawl(city, tmp_path), crawl(city, tmp_path, full=True)
    assert ordinary.summary.notes == () and sweep.summary.exit_code == 0
    rest, feed = told("REST", f"{city.url}wp-json/"), told("a feed", f"{city.url}feed/")
    assert sorted(sweep.summary.notes) == sorted((rest, feed))
    assert sources(sweep.summary) == [
        ("sitemap", "/wp-sitemap.xml"),
        ("rest", "/wp-json/"),
        ("feed", "/feed/"),
    ]
    chain = read_chain(open_archive(Path(first.summary.archive)))
    assert [len(stored.manifest.portal.sources) for stored in chain][-3:] == [3, 3, 3]
    assert new is not None and after.of([*REST, "/feed/", new["path"]]) == {*REST, "/feed/", new["path"]}
    assert again.summary.notes == (), "once"
    assert {gap["kind"] for gap in again.summary.sources["missing"]} == {"sitemap"}, "the one that went"


def test_a_sitemap_that_robots_txt_names_now_is_used_beside_the_old_one(tmp_path: Path) -> None:
    with MockCity(articles=24, sources=("sitemap",)) as city:
        crawl(city, tmp_path)
        city.robots = f"Sitemap: {city.url}wp-sitemap.xml\nSitemap: {city.url}{SITEMAPS[1][1:]}\n".encode()
        sweep = crawl(city, tmp_path, full=True)
    assert sweep.summary.notes == (told("a sitemap", f"{city.url}{SITEMAPS[1][1:]}"),)
    assert sources(sweep.summary) == [("sitemap", SITEMAPS[0]), ("sitemap", SITEMAPS[1])]


def test_another_address_of_the_same_rest_is_used_only_where_the_old_one_is_gone(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        before = sources(run_over(site.url, tmp_path))
        full = run_over(site.url, tmp_path, full=True)
        assert full.notes == () and sources(full) == before and ("rest", "/wp-json/") in before
        off(site, "wp-json", status=404)
        moved = run_over(site.url, tmp_path, full=True)
    assert moved.notes == (told("REST", f"{site.url}?rest_route=/"),)
    assert ("rest", "/?rest_route=/") in sources(moved) and moved.articles == COUNT


@pytest.mark.parametrize("kind", ["feed", "rest", "sitemap"])
def test_a_source_that_somebody_took_out_stays_out(kind: str, tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Portal(site.url).answers()
        archive = open_archive(Path(run_over(site.url, tmp_path).archive))
        kept = tuple(source for source in archive.portal.sources if source.kind != kind)
        archive.with_portal(archive.portal.model_copy(update={"sources": kept}))
        expected = [(source.kind, source.url.removeprefix(site.url[:-1])) for source in kept]
        for _ in range(2):
            sweep = run_over(site.url, tmp_path, full=True)
            assert sweep.notes == () and sources(sweep) == expected


def test_what_is_no_source_is_none(tmp_path: Path) -> None:
    with serve({"/": page("/mot.html")}) as site:
        run_over(site.url, tmp_path)
        site.answers["/robots.txt"] = Answer(body=b"Sitemap: /tin.xml", content_type="text/plain")
        site.answers["/tin.xml"] = page()
        sweep = run_over(site.url, tmp_path, full=True)
    assert sweep.notes == () and sources(sweep) == []
