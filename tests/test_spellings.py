"""One article under several spellings: one row, asked once, and every address that was seen is kept."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pipelines.tables import read_table
from tests.site import Answer, serve
from tests.test_run import crawl, holds, news, page

TITLE = "Đo lại cao độ đường Bến Gỗ"


def table(archive: str, name: str) -> list[dict[str, Any]]:
    return [dict(row) for _, row in read_table(Path(archive), name)]


def test_spellings_that_a_site_links_are_one_article(tmp_path: Path) -> None:
    spelled = ["/tin.html", "/tin.html/", "/tin.html?utm_source=zalo", "/t%69n.html?fbclid=1"]
    moved = Answer(status=301, headers=(("Location", "/tin.html"),))
    answers = {
        "/": page(*spelled, "/tin.html#gop-y", "/cu.html"),
        "/tin.html": news(TITLE, 1),
        "/cu.html": moved,
    }
    with serve(answers) as site:
        summary = crawl(site.url, tmp_path)
        asked = [path for path in site.asked if "n.html" in path]
    (row,) = table(summary.archive, "articles")
    assert summary.exit_code == 0 and holds(summary) and asked == ["/tin.html"]
    leading = {r["url"]: r["article_id"] for r in table(summary.archive, "coverage") if r["article_id"]}
    assert leading == {site.url[:-1] + path: row["article_id"] for path in (*spelled, "/cu.html")}
    assert summary.sums["pages"]["excluded.alias"] == 3


def test_the_page_of_a_comment_that_is_answered_is_the_page(tmp_path: Path) -> None:
    """Under each comment WordPress links its own page, with the form in another place."""
    article = news(TITLE, 1)
    form = "".join(f'<a rel="nofollow" href="/tin.html?replytocom={n}#respond">Trả lời</a>' for n in range(9))
    article = Answer(body=article.body.replace(b"</article>", f"</article>{form}".encode()))
    with serve({"/": page("/tin.html", "/tin.html?trang=2"), "/tin.html": article}) as site:
        summary = crawl(site.url, tmp_path)
        asked = [path for path in site.asked if path.startswith("/tin")]
    assert sorted(asked) == ["/tin.html", "/tin.html?trang=2"] and holds(summary)
    assert summary.sums["pages"]["excluded.alias"] == 9 and summary.articles == 1


def test_letters_in_every_coding_are_one_article_that_is_asked_once(tmp_path: Path) -> None:
    plain = "/tin-th%C3%A1ng-m%C6%B0%E1%BB%9Di.html"
    decomposed = quote(unicodedata.normalize("NFD", unquote(plain)))
    spelled = [plain, plain.lower(), decomposed, f"{plain}?utm_medium=a&utm_source=b"]
    answers = {path: news(TITLE, 1) for path in spelled}
    answers["/"] = page(*spelled, unquote(plain), f"{unquote(decomposed)}#cuoi")
    with serve(answers) as site:
        summary = crawl(site.url, tmp_path)
        asked = [path for path in site.asked if "html" in path]
    (row,) = table(summary.archive, "articles")
    assert asked == [plain] and holds(summary) and summary.exit_code == 0
    assert row["url"] == site.url[:-1] + plain, "verbatim"
    leading = {r["url"]: r["article_id"] for r in table(summary.archive, "coverage") if r["article_id"]}
    assert leading == {site.url[:-1] + path: row["article_id"] for path in spelled}


def test_an_amp_page_leads_to_its_page_and_is_not_asked_beside_it(tmp_path: Path) -> None:
    head = f'<title>{TITLE}</title><link rel="canonical" href="/mot.html">'
    answers = {
        "/": page(
            "/mot.html/amp",
            "/hai.html/amp/",
            "/ba.html?amp=1",
            "/hai.html",
            "/ba.html",
            "/bon.html/amp",
            "/bon.html",
            "/nam.html",
        ),
        "/mot.html/amp": Answer(body=f"<html><head>{head}</head><body>{TITLE}</body>".encode()),
        "/mot.html": news(TITLE, 1),
        "/hai.html": news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2),
        "/ba.html": news("Sửa cầu gỗ ở phường Bến Gỗ", 3),
        "/bon.html/amp": news("Trồng lại hàng cây bên đê cũ", 4),  # its page is gone
        "/nam.html": Answer(status=302, headers=(("Location", "/nam.html/amp"),)),
        "/nam.html/amp": news("Mở lại bến đò ngang ở cuối phường", 5),
    }
    with serve(answers) as site:
        summary = crawl(site.url, tmp_path)
        asked = [path for path in site.asked if "amp" in path]
    assert summary.articles == 5 and holds(summary), summary.sums
    assert (
        sorted(asked) == ["/bon.html/amp", "/mot.html/amp", "/nam.html/amp"]
        and summary.sums["pages"]["excluded.variant"] == 2
    )
    found = {row["url"]: row for row in table(summary.archive, "coverage")}
    assert found[f"{site.url}mot.html"]["found_on"] == f"{site.url}mot.html/amp"


def test_a_listing_whose_head_alone_names_its_next_page_is_followed(tmp_path: Path) -> None:
    first = page("/mot.html").body.replace(b"<title>", b'<link rel="next" href="/?trang=2"><title>')
    answers = {
        "/": Answer(body=first),
        "/?trang=2": page("/hai.html"),
        "/mot.html": news(TITLE, 1),
        "/hai.html": news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2),
    }
    with serve(answers) as site:
        summary = crawl(site.url, tmp_path)
    assert summary.articles == 2 and holds(summary)


def test_a_spelling_that_robots_forbids_or_that_fails_does_not_hide_the_page(tmp_path: Path) -> None:
    home = page(
        "/mot.html?utm_source=zalo", "/mot.html", "/hai.html/", "/hai.html", "/ba.html/", "/bon.html/"
    )
    answers = {
        "/": home,
        "/robots.txt": Answer(body=b"User-agent: *\nDisallow: /*utm_\n", content_type="text/plain"),
        "/mot.html": news(TITLE, 1),
        "/hai.html": news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2),
        "/bon.html/": page("/ba.html"),
        "/ba.html": news("Sửa cầu gỗ ở phường Bến Gỗ", 3),
    }
    with serve(answers) as site:
        summary = crawl(site.url, tmp_path)
    assert summary.articles == 3 and holds(summary), summary.sums
    assert {row["url"].removeprefix(site.url) for row in table(summary.archive, "articles")} == {
        "mot.html",
        "hai.html",
        "ba.html",
    }
