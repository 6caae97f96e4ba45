"""Versions of an article, and duplicates between articles."""

from __future__ import annotations

from pathlib import Path

from tests.small_archive import BODY, SITE, answer, page, redirect, small_archive

FIRST = answer(page("Một tin"))
SECOND = answer(page("Một tin", ("Đoạn đã sửa: công trình lùi hạn sang quý bốn năm nay.", *BODY[1:])))
OTHER = ("/khac.html", answer(page("Tin khác", ("Chợ hoa xuân mở cửa đến hết đêm ba mươi.", BODY[2]))))


def _of_first(rows: list[dict]) -> list[dict]:
    return [r for r in rows if r["url"] == f"{SITE}/tin.html"]


def test_a_text_that_comes_back_is_a_third_version(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    for response in (FIRST, FIRST, SECOND, FIRST, FIRST):
        a.crawl(("/tin.html", response))
    versions = _of_first(a.rows("versions"))
    assert [v["version"] for v in versions] == [1, 2, 3]
    assert versions[0]["content_sha256"] == versions[2]["content_sha256"] != versions[1]["content_sha256"]
    captures = sorted(a.rows("captures"), key=lambda r: r["captured_at"])
    firsts = [captures[i]["warc_record_id"] for i in (0, 2, 3)]
    assert [v["warc_record_id"] for v in versions] == firsts, "the first capture that shows it"
    assert [v["captured_at"] for v in versions] == [captures[i]["captured_at"] for i in (0, 2, 3)]
    assert [v["last_captured_at"] for v in versions] == [captures[i]["captured_at"] for i in (1, 2, 4)]
    assert {v["first_captured_at"] for v in versions} == {captures[0]["captured_at"]}
    (row,) = a.rows("articles")
    assert row == versions[2], "the article's row is its newest version"


def test_a_page_that_moved_and_says_the_same_keeps_the_address_of_its_row(tmp_path: Path) -> None:
    """Its row is the reading of the first capture that shows it; events and coverage know the rest."""
    a = small_archive(tmp_path)
    a.crawl(("/tin.html", FIRST))
    before = a.rows("articles")[0]
    a.crawl(("/tin.html", redirect("/moi.html")), ("/moi.html", FIRST))
    (row,) = a.rows("articles")
    assert (row["url"], row["canonical_url"]) == (f"{SITE}/tin.html",) * 2
    assert row["warc_record_id"] == before["warc_record_id"] and row["row_sha256"] == before["row_sha256"]
    assert row["last_captured_at"] > before["last_captured_at"]
    (moved,) = (event for event in a.rows("events") if event["kind"] == "moved")
    assert (moved["article_id"], moved["target_url"]) == (row["article_id"], f"{SITE}/moi.html")
    known = {place["url"]: place["article_id"] for place in a.rows("coverage")}
    assert known[f"{SITE}/moi.html"] == row["article_id"]
    a.crawl(("/moi.html", SECOND))
    (row,) = a.rows("articles")
    assert (row["url"], row["canonical_url"], row["version"]) == (f"{SITE}/moi.html",) * 2 + (2,)


def test_an_old_version_keeps_its_digest_when_new_ones_come(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/tin.html", FIRST))
    before = a.rows("versions")[0]
    a.crawl(("/tin.html", FIRST), OTHER)
    a.crawl(("/tin.html", SECOND))
    after = _of_first(a.rows("versions"))[0]
    assert after["row_sha256"] == before["row_sha256"]
    assert after["last_captured_at"] > before["last_captured_at"]


def test_a_new_month_moves_no_row(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/tin.html", FIRST))
    a.now = a.now.replace(month=5)
    a.crawl(("/tin.html", SECOND), OTHER)
    months = {(r["url"], r["version"]): r["archived_month"] for r in a.rows("versions")}
    assert months == {
        (f"{SITE}/tin.html", 1): "2026-03",
        (f"{SITE}/tin.html", 2): "2026-03",
        (f"{SITE}/khac.html", 1): "2026-05",
    }


def test_a_republication_is_marked_and_the_earlier_day_is_the_original(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(
        ("/dang-lai.html", answer(page("Đăng lại", date="Thứ Năm, 14/10/2021 08:00"))),
        ("/goc.html", answer(page("Bản gốc", date="Thứ Tư, 13/10/2021 17:46"))),
        OTHER,
    )
    rows = {r["url"].rpartition("/")[2]: r for r in a.rows("articles")}
    assert len(rows) == 3, "a duplicate is marked, never dropped"
    assert rows["dang-lai.html"]["duplicate_of"] == rows["goc.html"]["article_id"]
    assert rows["goc.html"]["duplicate_of"] is rows["khac.html"]["duplicate_of"] is None


def test_short_texts_are_no_duplicates(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    short = ("Ngày mai thành phố có mưa rào, gió đông nam cấp ba, trời mát.",)
    today, tomorrow = answer(page("Thời tiết một", short)), answer(page("Thời tiết hai", short))
    a.crawl(("/a.html", today), ("/b.html", tomorrow))
    assert [r["duplicate_of"] for r in a.rows("articles")] == [None, None]
