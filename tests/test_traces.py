"""The words of a text are found in every form in which an archive can hold them, and nowhere else."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.model import Article
from pipelines.retract.traces import in_record, without, words_of
from pipelines.warc.framing import WarcName, gzip_member, warcinfo_record
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange, exchange_records

TITLE = "Một tin phải được gỡ bỏ"
TEXT = "Ban tổ chức lễ hội hoa phượng cho biết chương trình năm nay kéo dài ba đêm liền ở quảng trường."
WORDS = words_of([Article(url="http://x.vn/a", title=TITLE, paragraphs=(TEXT,))], ["a" * 32])
NOW = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
SLUG = "http://x.vn/mot-tin-phai-duoc-go-bo.html"


@pytest.mark.parametrize(
    ("held", "what"),
    [
        (f"<p>{TEXT}</p>", "text"),
        (f"<p>{TEXT.replace('hoa', '<b>hoa</b>')}</p>", "text"),
        (json.dumps({"content": f"<p>{TEXT}</p>"}), "text"),
        (f"<description>{html.escape(f'<p>{TEXT}</p>')}</description>", "text"),
        (TEXT.upper(), "text"),
        (" ".join(TEXT.split()[:12]), "text"),
        (" ".join(TEXT.split()[:9]), None),
        (f"<h1>{TITLE}</h1>", "title"),
        (f'<img src="a.jpg" alt="{TITLE}">', "title"),
        (f'<meta property="og:title" content="{TITLE} - Cổng tin">', "title"),
        (f'<a href="{SLUG}">xem</a>', None),
        (f"<loc>{SLUG}</loc>", None),
        (json.dumps({"link": SLUG}).replace("/", "\\/"), None),
        ("Một tin khác phải được gỡ bỏ", None),
    ],
)
def test_it_is_found_in_every_form(held: str, what: str | None) -> None:
    assert WORDS.found_in(held) == what


def test_short_titles_are_not_looked_for() -> None:
    assert words_of([Article(url="http://x.vn/a", title="Thông báo", paragraphs=())]).titles == frozenset()


def test_what_came_after_an_answer_counts_and_facts_of_an_exchange_do_not(tmp_path: Path) -> None:
    exchange = Exchange(
        url=SLUG, started_at=NOW, request=b"GET / HTTP/1.1\r\n\r\n", surplus=f"<p>{TEXT}</p>".encode(),
        response=b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", facts=(("found_on", SLUG), ("x", TITLE)),
    )  # fmt: skip
    name = WarcName("x", "20260330T080000Z-000000", 0)
    info = warcinfo_record(name, NOW, software="citynews/0", portal="x")
    members = [gzip_member(info, None), *(gzip_member(r, info.id) for r in exchange_records(exchange))]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(members))
    found = [in_record(r, WORDS) for r in read_records(tmp_path / "x.warc.gz")]
    assert found == [None, None, None, "text", None]


def test_reports_lose_what_speaks_of_it() -> None:
    report = {"a": [{"article_id": "a" * 32, "n": 1}, {"article_id": "b"}], "b": TITLE, "c": [SLUG, 5]}
    assert without(report, WORDS, "-") == {"a": [{"article_id": "b"}], "b": "-", "c": [SLUG, 5]}
