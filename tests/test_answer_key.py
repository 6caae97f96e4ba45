"""The answer key: what REST and feeds say against what was read, and that it finds a broken rule."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.run_lines import answer_key_line
from pipelines.answer_key import WORST
from pipelines.answer_key.comparison import ALIKE
from pipelines.answer_key.likeness import likeness as alike
from pipelines.archive import Source, open_archive
from pipelines.extract.title import Title
from pipelines.model import RecordRef
from pipelines.warc.reader import read_one
from tests.mockcity import MockCity
from tests.running import citynews
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, small_archive
from tests.test_run import crawl

DAY = "2021-10-13"


def post(path: str, headline: str = "Tin", body: Sequence[str] = BODY, **changes: Any) -> dict[str, Any]:
    """A post as REST gives it, of a page as ``small_archive.page`` prints it."""
    return {
        "link": SITE + path, "type": "post", "status": "publish",
        "date": f"{DAY}T17:46:00", "date_gmt": f"{DAY}T10:46:00",
        "title": {"rendered": headline}, "content": {"rendered": "".join(f"<p>{p}</p>\n" for p in body)},
    } | changes  # fmt: skip


def rest(*posts: dict[str, Any], path: str = "/wp-json/wp/v2/posts") -> tuple[str, bytes]:
    return path, answer(json.dumps(posts).encode(), kind="application/json")


def feed(path: str, title: str, day: str = "Wed, 13 Oct 2021 10:46:00 +0000") -> tuple[str, bytes]:
    item = f"<item><title>{title}</title><link>{SITE}{path}</link><pubDate>{day}</pubDate></item>"
    body = f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()
    return "/feed/", answer(body, kind="application/rss+xml")


def likeness(listed: str, written: Sequence[str], printed: Sequence[str]) -> int:
    return alike(listed, written, printed).permille


def shares(key: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {name: (key[name]["compared"], key[name]["agree"]) for name in ("title", "day", "text")}


def key_of(a: SmallArchive, *exchanges: tuple[str, bytes]) -> dict[str, Any]:
    return a.crawl(*exchanges).answer_key.as_json()


def test_what_agrees_agrees(tmp_path: Path) -> None:
    key = key_of(small_archive(tmp_path), ("/a", answer(page("Tin"))), rest(post("/a")))
    assert shares(key) == {"title": (1, 1), "day": (1, 1), "text": (1, 1)} and key["worst"] == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": {"rendered": "Tin khác"}}, ["title"]),
        ({"title": {"rendered": "Tin - Cổng thành phố"}}, ["title"]),
        ({"date": "2021-10-14T01:00:00", "date_gmt": "2021-10-13T18:00:00"}, ["day"]),
        ({"content": {"rendered": "<p>" + BODY[0]}}, ["text"]),
        ({"content": {"rendered": "".join(f"<p>{b}" for b in (*BODY, "Đoạn không ai đọc được. " * 9))}},
         ["text"]),
    ],
)  # fmt: skip
def test_what_differs_is_named(changes: dict[str, Any], wrong: list[str], tmp_path: Path) -> None:
    key = key_of(small_archive(tmp_path), ("/a", answer(page("Tin"))), rest(post("/a", **changes)))
    expected = {name: (1, int(name not in wrong)) for name in ("title", "day", "text")}
    assert shares(key) == expected
    (worst,) = key["worst"]
    assert worst["fields"] == tuple(wrong) and worst["url"] == f"{SITE}/a"
    assert worst["source"] == f"{SITE}/wp-json/wp/v2/posts" and worst["read"]["title"] == "Tin"


IMG = '<figure><img src="/wp-content/uploads/2026/{}" width="600"><figcaption>Đê.</figcaption></figure>'


def page_with(*names: str) -> bytes:
    """A page that shows pictures after its first paragraph."""
    shown = "".join(map(IMG.format, names))
    return page("Tin").replace(b"</p>", b"</p>" + shown.encode(), 1)


def post_with(*names: str) -> dict[str, Any]:
    body = "".join(f"<p>{p}</p>\n" for p in BODY) + "".join(
        f'<img src="https://i0.wp.com/{SITE[7:]}/wp-content/uploads/2026/{name}?w=900">' for name in names
    )
    return post("/a", content={"rendered": body})


@pytest.mark.parametrize(
    ("printed", "listed", "agrees"),
    [
        (("de-bien-300x200.jpg",), ("de-bien.jpg",), 1),
        (("dau-bai.jpg", "de-bien.jpg"), ("de-bien.jpg",), 1),  # a featured picture above the text
        (("dau-bai.jpg",), (), 1),
        (("de-bien.jpg",), ("de-bien.jpg", "cau.jpg"), 0),
        (("de-bien.jpg", "tin-1.jpg", "tin-2.jpg"), ("de-bien.jpg",), 0),  # those of other news
        (("tin-1.jpg", "tin-2.jpg"), (), 0),
    ],
)
def test_pictures_are_compared(
    printed: Sequence[str], listed: Sequence[str], agrees: int, tmp_path: Path
) -> None:
    key = key_of(small_archive(tmp_path), ("/a", answer(page_with(*printed))), rest(post_with(*listed)))
    assert key["images"] == {"compared": 1, "agree": agrees}
    if not agrees:
        (worst,) = key["worst"]
        only = {side: [u.rpartition("/")[2].partition("?")[0] for u in worst[side]["images"]]
                for side in ("listed", "read")}  # fmt: skip
        assert worst["fields"] == ("images",)
        assert only == {"listed": [n for n in listed if n not in printed],
                        "read": [n for n in printed if n not in listed]}  # fmt: skip


def test_pictures_beside_a_feeds_text_must_be_on_the_page_and_say_nothing_of_others(tmp_path: Path) -> None:
    path, body = feed("/a", "Tin")

    def enclosed(name: str) -> tuple[str, bytes]:
        item = f'</link><enclosure type="image/jpeg" url="https://cdn.example/{name}" length="9"/>'
        return path, body.replace(b"</link>", item.encode())

    shown = ("/a", answer(page_with("de-bien.jpg", "cau.jpg", "tau.jpg")))
    for name, agrees in (("de-bien-150x150.jpg", 1), ("khac.jpg", 0)):
        key = key_of(small_archive(tmp_path / name), shown, enclosed(name))
        assert key["images"] == {"compared": 1, "agree": agrees} and key["text"]["compared"] == 0


def test_a_disagreement_names_the_records_and_the_passages(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    changed = [BODY[0], "Đoạn này chỉ có trong nguồn của thành phố, không ai đọc thấy ở trang.", *BODY[1:]]
    (worst,) = key_of(a, ("/a", answer(page("Tin"))), rest(post("/a", body=changed)))["worst"]
    assert worst["text_known_permille"] == 1000 and worst["text_found_permille"] < 900
    assert worst["passages"]["only_listed"] == changed[1] and worst["passages"]["only_read"] is None
    for side, url in (("page_record", f"{SITE}/a"), ("source_record", worst["source"])):
        ref = RecordRef(**worst[side])
        assert read_one(a.root, ref).target_uri == url


def test_a_feed_without_texts_is_a_key_for_title_and_day(tmp_path: Path) -> None:
    key = key_of(small_archive(tmp_path), ("/a", answer(page("Tin"))), feed("/a", "Tin"))
    assert shares(key) == {"title": (1, 1), "day": (1, 1), "text": (0, 0)}


def test_rest_comes_before_a_feed_and_the_newest_answer_before_older_ones(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    key = key_of(a, ("/a", answer(page("Tin"))), rest(post("/a")), feed("/a", "Của dòng tin"))
    assert key["title"]["agree"] == 1
    key = key_of(a, ("/a", answer(page("Tin"))), rest(post("/a", "Mới")), feed("/a", "Tin"))
    assert key["worst"][0]["listed"]["title"] == "Mới"


def test_what_was_changed_after_the_page_was_captured_is_no_key(tmp_path: Path) -> None:
    later = {"modified": "2026-03-30T19:00:00", "modified_gmt": "2026-03-30T12:00:00"}
    a = small_archive(tmp_path)
    key = key_of(a, ("/a", answer(page("Tin"))), rest(post("/a", "Mới", **later)))
    assert key["title"] == {"compared": 0, "agree": 0}
    a.now = a.now.replace(hour=13)
    key = key_of(a, ("/a", answer(page("Tin"))), rest(post("/a", "Mới", **later)))
    assert key["title"] == {"compared": 1, "agree": 0}


def test_pages_comments_and_addresses_without_an_article_are_no_key(tmp_path: Path) -> None:
    key = key_of(
        small_archive(tmp_path), ("/a", answer(page("Tin"))),
        rest(post("/a", "Trang", type="page"), post("/khong-co")), feed("/a#comment-7", "By: X"),
    )  # fmt: skip
    assert shares(key) == {"title": (0, 0), "day": (0, 0), "text": (0, 0)}


def test_the_ten_worst_are_named_the_worst_first(tmp_path: Path) -> None:
    body = [[f"Bài {i}, đoạn {n}. {line}" for n, line in enumerate(BODY)] for i in range(12)]
    pages = [(f"/{i}", answer(page(f"Tin {i}", body[i]))) for i in range(12)]
    posts = [post(f"/{i}", "Khác", body[i]) for i in range(12)]
    posts[7] = post(
        "/7", "Khác", ["Không giống gì cả, từ đầu đến cuối bài báo này."], date=None, date_gmt=None
    )
    key = key_of(small_archive(tmp_path), *pages, rest(*posts))
    assert key["title"] == {"compared": 12, "agree": 0} and len(key["worst"]) == WORST
    assert key["worst"][0]["url"] == f"{SITE}/7" and key["worst"][0]["text_permille"] < ALIKE


def test_marks_that_a_platform_rewrites_are_no_difference(tmp_path: Path) -> None:
    printed, listed = 'Đê biển "Cát Hải" 2021-2025: it\'s...', "Đê biển “Cát Hải” 2021 &#8211; 2025: it’s…"
    key = key_of(small_archive(tmp_path), ("/a", answer(page(printed))), rest(post("/a", listed)))
    assert key["title"] == {"compared": 1, "agree": 1}


def test_texts_are_alike_whatever_stands_between_their_blocks() -> None:
    listed = "\n".join((BODY[0], "Ảnh: đê biển phía nam nhìn từ trên cao.", *BODY[1:], "Hoàng Minh"))
    caption = "Ảnh: đê biển phía nam nhìn từ trên cao."
    assert likeness(listed, BODY, (*BODY, caption, "Hoàng Minh")) == 1000
    assert likeness(listed, [" ".join(BODY)], (" ".join(BODY), caption, "Hoàng Minh")) > ALIKE
    assert likeness(BODY[0], BODY, BODY) < ALIKE, "read more than there is"
    assert likeness("\n".join(BODY), BODY[:1], BODY[:1]) < ALIKE, "read less than there is"
    assert likeness("Một hai", ["Một hai"], ["Một hai"]) == 1000
    assert likeness("Một hai", ["Ba bốn"], ["Ba bốn"]) == 0
    assert likeness("…", ["Ba bốn"], ["Ba bốn"]) == 0


def test_it_finds_a_broken_rule_of_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title rule that takes the document's title as it is, the site's name included."""
    frame = sys.modules["pipelines.extract.frame"]  # a function of that name hides it
    reading = frame.title

    def broken(outline: Any, stated: Any, *rest: Any, **known: Any) -> Title | None:
        found = reading(outline, stated, *rest, **known)
        return Title(text=stated.document_title, rule="document_title", at=found.at) if found else None

    with MockCity() as city:
        good = crawl(city.url, tmp_path / "good")
        with monkeypatch.context() as patched:
            patched.setattr(frame, "title", broken)
            bad = crawl(city.url, tmp_path / "bad")
    count = len(city.truth)
    assert good.exit_code == 0 and bad.exit_code == 9 and "read as title" in (bad.reason or "")
    assert bad.articles == 0 and bad.warc_files == 1, "the evidence is kept, no table is written"
    assert shares(dict(good.answer_key)) == dict.fromkeys(("title", "day", "text"), (count, count))
    assert bad.answer_key["title"]["compared"] == count and bad.answer_key["title"]["agree"] < count // 2
    assert {tuple(w["fields"]) for w in bad.answer_key["worst"]} == {("title",)}
    report = json.loads((open_archive(Path(bad.archive)).runs / bad.run / "run.json").read_bytes())
    assert report["answer_key"]["title"]["agree"] == bad.answer_key["title"]["agree"]


def test_pages_without_a_date_are_told_and_differ_in_nothing(tmp_path: Path) -> None:
    bare = page("Tin", date=None)
    key = key_of(small_archive(tmp_path), ("/a", answer(bare)), rest(post("/a")))
    assert shares(key) == {"title": (1, 1), "day": (0, 0), "text": (1, 1)}
    assert (key["undated"], key["worst"]) == (1, [])
    told = "agrees on title 1 of 1, text 1 of 1; day and images not compared; 1 article has no date of its"
    assert answer_key_line(key).startswith(told)


def test_a_feed_that_gives_the_beginning_is_no_key_for_the_text(tmp_path: Path) -> None:
    path, body = feed("/a", "Tin")
    cut = f"</link><content:encoded>&lt;p&gt;{BODY[0]}&lt;/p&gt;</content:encoded>".encode()
    body = body.replace(b"</link>", cut).replace(
        b"<rss", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    long = [*BODY, *(f"Đoạn thêm số {n}, để bài dài hơn phần mở đầu." for n in range(9))]
    key = key_of(small_archive(tmp_path), ("/a", answer(page("Tin", long))), (path, body))
    assert shares(key) == {"title": (1, 1), "day": (1, 1), "text": (0, 0)}


def test_a_kind_of_source_that_was_taken_out_is_no_key(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    named = [Source(kind=kind, url=f"{SITE}/{kind}") for kind in ("sitemap", "feed")]
    for sources, compared in ((named, 1), (named[:1], 0)):
        portal = a.archive.portal.model_copy(
            update={"sources": tuple(sources), "detected_at": "2026-03-05T00:00:00Z"}
        )
        a.archive = a.archive.with_portal(portal)
        key = key_of(a, ("/a", answer(page("Tin"))), feed("/a", "Khác"))
        assert key["title"] == {"compared": compared, "agree": 0}


def test_status_shows_it_and_how_the_archive_stands(tmp_path: Path) -> None:
    with MockCity() as city:
        summary = crawl(city.url, tmp_path)
    slug = Path(summary.archive).name
    done = citynews("status", slug, "--output", str(tmp_path))
    count = len(city.truth)
    assert done.returncode == 0 and f"title {count} of {count}" in done.stdout, done.stderr
    assert "health: good" in done.stdout and summary.run in done.stdout and "REST" in done.stdout
    told = json.loads(citynews("status", slug, "--output", str(tmp_path), "--json").stdout)
    assert told["answer_key"] == json.loads(json.dumps(summary.answer_key))
    assert told["sums"] == summary.sums and told["rows"]["articles"] == count
    (open_archive(Path(summary.archive)).runs / summary.run / "run.json").unlink()
    bare = citynews("status", slug, "--output", str(tmp_path))
    assert bare.returncode == 0 and "not known" in bare.stdout
