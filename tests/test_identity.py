"""Which captures are one article: canonical addresses, redirects, spellings, moves, lies."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipelines.identity import article_id
from pipelines.urls import url_key
from tests.small_archive import BODY, SITE, answer, page, redirect, sitemap, small_archive

NEWS = "/wp-sitemap-posts-post-1.xml"


def _body(word: str) -> tuple[str, ...]:
    return (f"Tại phường {word}, hội nghị đã bàn việc sửa đường và thoát nước trong quý tới.", *BODY)


def test_article_id_is_the_digest_of_the_first_address(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/bai-mot.html", answer(page("Bài một"))))
    (row,) = a.rows("articles")
    key = url_key(f"{SITE}/bai-mot.html")
    assert key == "vn,example,tin)/bai-mot.html"
    assert row["article_id"] == hashlib.sha256(key.encode()).hexdigest()[:32]
    assert row["archived_month"] == "2026-03"


def test_pages_that_all_claim_one_canonical_address_stay_apart(tmp_path: Path) -> None:
    """The index is a page of its own with another title, and may be no article at all."""
    a = small_archive(tmp_path)
    claim = f"{SITE}/index.html"
    pages = [
        (f"/{n}.html", answer(page(f"Tin số {n}", _body(str(n)), canonical=claim))) for n in range(4)
    ]
    index = answer(page("Cổng tin tức", _body("trang chủ"), date=None))
    a.crawl(("/index.html", index), *pages)
    rows = a.rows("articles")
    assert {r["url"] for r in rows} == {f"{SITE}/{n}.html" for n in range(4)}
    assert len({r["article_id"] for r in rows}) == 4
    for row in rows:
        assert row["canonical_url"] == row["url"]
        assert {"field": "canonical_url", "rule": f"refused: {claim}"} in row["provenance"]
        assert row["version"] == 1


def test_a_canonical_address_that_states_another_one_is_refused(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(
        ("/a.html", answer(page("Cùng tên", canonical=f"{SITE}/b.html"))),
        ("/b.html", answer(page("Cùng tên", canonical=f"{SITE}/c.html"))),
    )
    assert {r["canonical_url"] for r in a.rows("articles")} == {f"{SITE}/a.html", f"{SITE}/b.html"}


def test_a_canonical_address_out_of_scope_is_refused(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/a.html", answer(page("Tin", canonical="http://bao.example.org/a.html"))))
    (row,) = a.rows("articles")
    assert row["canonical_url"] == f"{SITE}/a.html"
    assert row["version"] == 1


def test_a_believed_canonical_address_makes_one_article(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    canonical = f"{SITE}/tin.html"
    a.crawl(
        ("/tin.html?trang=2", answer(page("Một tin", _body("Một"), canonical=canonical))),
        ("/tin.html", answer(page("Một tin", canonical=canonical))),
    )
    (row,) = a.rows("articles")
    assert (row["url"], row["canonical_url"], row["version"]) == (canonical, canonical, 1)
    assert row["article_id"] == article_id(f"{SITE}/tin.html?trang=2"), "it entered there first"
    assert {r["article_id"] for r in a.rows("coverage")} == {row["article_id"]}
    assert len(a.rows("versions")) == 1


def test_a_variant_makes_a_row_without_version_until_its_page_is_captured(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    amp = answer(page("Một tin", canonical=f"{SITE}/tin.html"))
    a.crawl(("/tin.html/amp", amp))
    (row,) = a.rows("articles")
    assert (row["version"], row["canonical_url"]) == (None, f"{SITE}/tin.html/amp")
    assert a.rows("versions") == []
    a.crawl(("/tin.html", answer(page("Một tin", _body("đủ")))))
    (later,) = a.rows("articles")
    assert (later["version"], later["url"]) == (1, f"{SITE}/tin.html")
    assert later["article_id"] == row["article_id"]
    assert later["archived_month"] == row["archived_month"]


def test_a_redirect_leads_to_the_article_of_its_target(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(
        ("/cu", redirect("/moi-hon")),
        ("/moi-hon", redirect(f"{SITE}/tin.html")),
        ("/tin.html", answer(page("Một tin"))),
    )
    (row,) = a.rows("articles")
    assert row["url"] == f"{SITE}/tin.html"
    assert row["article_id"] == article_id(f"{SITE}/tin.html"), "the address of the 200 capture"
    covered = {r["url"]: r["article_id"] for r in a.rows("coverage")}
    assert covered == dict.fromkeys([f"{SITE}/cu", f"{SITE}/moi-hon", f"{SITE}/tin.html"], row["article_id"])


def test_redirects_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/x", redirect("/y")), ("/y", redirect("/x")), ("/tin.html", answer(page("Một tin"))))
    covered = {r["url"]: r["article_id"] for r in a.rows("coverage")}
    assert covered[f"{SITE}/x"] is covered[f"{SITE}/y"] is None


def test_an_article_that_moved_keeps_its_id_and_its_versions(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/cu.html", answer(page("Một tin"))))
    a.crawl(("/cu.html", redirect("/moi.html")), ("/moi.html", answer(page("Một tin", _body("Mới")))))
    (row,) = a.rows("articles")
    assert (row["article_id"], row["url"]) == (article_id(f"{SITE}/cu.html"), f"{SITE}/moi.html")
    assert [v["url"] for v in a.rows("versions")] == [f"{SITE}/cu.html", f"{SITE}/moi.html"]


@pytest.mark.parametrize("later", [answer(b"", status="404 Not Found"), answer(page("Một tin"))])
def test_a_redirect_that_ends_splits_no_article(tmp_path: Path, later: bytes) -> None:
    """Redirects of moved pages are dropped some day; ids and months stay."""
    a = small_archive(tmp_path)
    a.crawl(("/cu.html", answer(page("Một tin"))))
    a.now = a.now.replace(month=5)
    a.crawl(("/cu.html", redirect("/moi.html")), ("/moi.html", answer(page("Một tin", _body("Mới")))))
    a.crawl(("/cu.html", later), ("/moi.html", answer(page("Một tin", _body("Mới")))))
    rows = {r["article_id"]: r for r in a.rows("articles")}
    assert set(rows) == {article_id(f"{SITE}/cu.html")}
    assert {r["archived_month"] for r in rows.values()} == {"2026-03"}
    covered = {r["url"]: r["article_id"] for r in a.rows("coverage")}
    assert set(covered.values()) == set(rows)


def test_an_article_that_moved_over_two_redirects_keeps_its_id(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/cu.html", answer(page("Một tin"))))
    moved = (("/cu.html", redirect("/giua")), ("/giua", redirect("/moi.html")))
    a.crawl(*moved, ("/moi.html", answer(page("Một tin", _body("Mới")))))
    assert [r["article_id"] for r in a.rows("articles")] == [article_id(f"{SITE}/cu.html")]


def test_an_error_at_a_redirecting_address_does_not_forget_where_it_led(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/cu", redirect("/tin.html")), ("/tin.html", answer(page("Một tin"))))
    a.crawl(("/cu", answer(b"", status="503 Busy")), ("/tin.html", answer(page("Một tin"))))
    covered = {r["url"]: r["article_id"] for r in a.rows("coverage")}
    assert covered[f"{SITE}/cu"] == article_id(f"{SITE}/tin.html")


def test_an_address_redirected_onto_another_article_stays_its_own(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/x.html", answer(page("Tin X", _body("X")))), ("/y.html", answer(page("Tin Y", _body("Y")))))
    a.crawl(("/x.html", redirect("/y.html")))
    assert len(a.rows("articles")) == 2
    covered = {r["url"]: r["article_id"] for r in a.rows("coverage")}
    assert covered[f"{SITE}/x.html"] == article_id(f"{SITE}/x.html")


@pytest.mark.parametrize(
    "spelling",
    [
        "https://tin.example.vn/tin-%E1%BB%A7y-ban",
        "http://www.tin.example.vn/tin-%e1%bb%a7y-ban",
        "http://tin.example.vn/tin-%E1%BB%A7y-ban/",
        "http://tin.example.vn/tin-%E1%BB%A7y-ban?utm_source=zalo",
        "http://tin.example.vn:80/tin-%E1%BB%A7y-ban?fbclid=x",
        "http://tin.example.vn/tin-u%CC%89y-ban",
    ],
)
def test_spellings_of_one_address_are_one_article(tmp_path: Path, spelling: str) -> None:
    a = small_archive(tmp_path)
    plain = f"{SITE}/tin-%E1%BB%A7y-ban"
    a.crawl((plain, answer(page("Ủy ban họp"))), (spelling, answer(page("Ủy ban họp"))))
    (row,) = a.rows("articles")
    covered = {r["url"]: r["article_id"] for r in a.rows("coverage")}
    assert covered == {plain: row["article_id"], spelling: row["article_id"]}, "verbatim, both"
    assert {r["url"] for r in a.rows("captures")} == {plain, spelling}


def test_an_undated_article_makes_a_row_only_when_news_lists_it(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    undated = answer(page("Không ngày", date=None))
    dated = ("/co-ngay.html", answer(page("Có ngày", _body("Hai"))))
    a.crawl(("/khong-ngay.html", undated), dated)
    (rejected,) = a.rows("rejections")
    assert rejected["reason"] == "undated_unlisted"
    assert rejected["article_id"] == article_id(f"{SITE}/khong-ngay.html")
    assert [r["url"] for r in a.rows("articles")] == [f"{SITE}/co-ngay.html"]
    reading = {r["url"]: r["reading"] for r in a.rows("captures")}
    assert reading[f"{SITE}/khong-ngay.html"] == "undated_unlisted"

    a.crawl(("/sitemap.xml", answer(sitemap(f"{SITE}/khong-ngay.html"), kind="application/xml")), dated)
    assert len(a.rows("articles")) == 1, "another sitemap only finds addresses"

    a.crawl((NEWS, answer(sitemap("https://www.tin.example.vn/khong-ngay.html/"), kind="text/xml")), dated)
    row = next(r for r in a.rows("articles") if r["url"] == f"{SITE}/khong-ngay.html")
    assert row["article_id"] == rejected["article_id"]
    assert a.rows("rejections") == []


def test_pages_on_other_hosts_are_never_articles(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("http://bao.example.org/a.html", answer(page("Báo khác"))), ("/a.html", answer(page("Tin"))))
    assert [r["url"] for r in a.rows("articles")] == [f"{SITE}/a.html"]
    assert len(a.rows("captures")) == 2
