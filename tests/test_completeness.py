"""What each way of finding articles knows, against the others."""

from __future__ import annotations

from pathlib import Path

from pipelines.archive import open_archive
from pipelines.ledger.completeness import Page, article_addresses, completeness, lines
from tests.mockcity import MockCity
from tests.second_runs import crawl


def known(
    name: str, *found_by: str, status: int | None = 200, verdict: str = "captured", reason: str | None = None
) -> Page:
    return Page(
        url=f"https://c.example/{name}", found_by=found_by, verdict=verdict, reason=reason, status=status
    )


PAGES = (
    known("mot.html", "rest", "sitemap", "listing"),
    known("hai.html", "sitemap", "related"),
    known("hai", "rest", status=301),  # the old address of the same
    known("ba.html", "seed"),
    known("mat.html", "rest", "listing", status=404),
    known("het.html", "rest", status=404),
    known("cam.html", "rest", status=None, verdict="excluded", reason="robots"),
    known("gioi-thieu/", "sitemap", "listing"),
)
ARTICLES = {
    "https://c.example/mot.html": "a", "https://c.example/hai.html": "b", "https://c.example/hai": "b",
    "https://c.example/ba.html": "c", "https://c.example/mat.html": "d",
}  # fmt: skip


def test_an_article_that_one_way_knows_and_another_does_not_is_named() -> None:
    told = completeness(PAGES, ARTICLES, {"rest", "sitemap", "links"})
    assert told["articles"] == 3, "one is gone"
    assert told["known_to"] == {"rest": 2, "sitemap": 2, "feed": 0, "links": 3}
    assert told["unknown_to"] == {
        "rest": {"articles": 1, "known_to": {"links": 1}, "examples": ["https://c.example/ba.html"]},
        "sitemap": {"articles": 1, "known_to": {"links": 1}, "examples": ["https://c.example/ba.html"]},
    }
    why = {"gone": 1, "excluded.robots": 1}
    examples = ["https://c.example/cam.html", "https://c.example/het.html"]
    assert told["without_article"] == {"rest": {"addresses": 2, "why": why, "examples": examples}}
    assert lines(told) == [
        "completeness: 3 articles are up; known to REST 2, sitemaps 2, links between pages 3",
        "  REST without 1 (known to links between pages 1): https://c.example/ba.html",
        "  sitemaps without 1 (known to links between pages 1): https://c.example/ba.html",
        "  REST with 2 that are no article (excluded.robots 1, gone 1): "
        "https://c.example/cam.html https://c.example/het.html",
    ]


def test_nothing_is_said_where_there_is_nothing_to_compare() -> None:
    assert completeness(PAGES, {}, {"rest"}) == {} and lines({}) == []
    many = [known(f"{n}.html", "listing") for n in range(9)]
    told = completeness(many, {page.url: page.url for page in many}, {"rest"})
    assert lines(told)[1].endswith("https://c.example/4.html and 4 more")


def test_a_run_says_what_rest_and_sitemap_do_not_list(tmp_path: Path) -> None:
    with MockCity(articles=14, sources=("rest", "sitemap", "listings")) as city:
        summary = crawl(city, tmp_path).summary
    archive = open_archive(Path(summary.archive))
    assert summary.completeness["articles"] == summary.articles == 14
    assert summary.completeness["known_to"] == {"rest": 14, "sitemap": 14, "feed": 0, "links": 14}
    assert summary.completeness["unknown_to"] == {}
    assert len(set(article_addresses(archive.root).values())) == 14
