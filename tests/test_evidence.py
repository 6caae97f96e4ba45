"""The table of evidence is what decides: where a line of it moves, another rule wins."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from pipelines.extract import extract_html
from pipelines.extract.evidence import EVIDENCE, Found, believed, in_order, is_known, of_first, rank
from pipelines.model import Article, FieldRule, ReadingContext

URL = "https://tin.example.vn/tin.aspx?id=71"
ZONE = ReadingContext(zone="Asia/Ho_Chi_Minh", language="vi")
PAGE = """<!doctype html><html lang="en"><head><title>Bến phà cũ thành công viên | Cổng Mẫu</title>
<meta property="og:title" content="Bến phà cũ thành công viên">
<meta property="article:published_time" content="2026-03-02T08:00:00+07:00">
<meta property="article:tag" content="bến phà"><meta property="article:section" content="Đời sống">
<meta property="article:modified_time" content="2026-03-03T09:00:00+07:00">
<script type="application/ld+json">{"@type": "NewsArticle", "url": "URL",
 "headline": "Công viên mới ở bến phà cũ", "datePublished": "2026-03-01T08:00:00+07:00",
 "dateModified": "2026-03-04T09:00:00+07:00"}</script></head>
<body><article><h1>Bến phà cũ thành công viên</h1>
<div>28/02/2026 17:46 - Tác giả: Hoàng Thị Mẫu</div>
<div class="entry-content">
<p>(TTXVN) – Bến phà cũ nay thành công viên ven sông, mở cửa từ sáng nay đến tối.</p>
<p>Người dân đi bộ dọc bờ kè mới, trẻ em chơi trên bãi cỏ rộng, cây xanh đã được trồng xong.</p>
<p>Lãnh đạo phường cho biết công viên mở cửa cả ngày, ban đêm có người trực và đèn báo.</p>
<p>Trần Văn Thử</p></div><div>Nguồn: Báo Mẫu</div>
<p>Chuyên mục: <a href="/category/xa-hoi" rel="category tag">Xã hội</a>
Từ khóa: <a rel="tag" href="/tag/a">công viên</a></p>
</article></body></html>""".replace("URL", URL)


def read(html: str = PAGE) -> Article:
    captured = datetime(2026, 3, 20, tzinfo=UTC)
    article = extract_html(html.encode(), URL, captured_at=captured, context=ZONE)
    assert isinstance(article, Article), article
    return article


def winner(field: str) -> str:
    return next(r.rule for r in read().provenance if r.field == field).partition(":")[0]


VALUES = {
    "title": ("Công viên mới ở bến phà cũ", "Bến phà cũ thành công viên | Cổng Mẫu"),
    "published_date": ("2026-02-28", "2026-03-02"),
    "modified_at": ("2026-03-04 02:00:00+00:00", "2026-03-03 02:00:00+00:00"),
    "byline": ("Trần Văn Thử", "Tác giả: Hoàng Thị Mẫu"),
    "source": ("Báo Mẫu", "TTXVN"),
    "sections": ("('Xã hội',)", "('Đời sống',)"),
    "tags": ("('công viên',)", "('bến phà',)"),
    "language": ("en", "vi"),
}
"""Per field, what the page says by the table as it is, and by the table turned upside down."""


@pytest.mark.parametrize("field", VALUES)
def test_the_table_decides(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, turned = VALUES[field]
    assert str(getattr(read(), field)) == usual
    monkeypatch.setitem(EVIDENCE, field, EVIDENCE[field][::-1])
    assert str(getattr(read(), field)) == turned


def test_the_table_decides_where_the_text_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert winner("paragraphs") == "platform"
    monkeypatch.setitem(EVIDENCE, "paragraphs", EVIDENCE["paragraphs"][::-1])
    assert winner("paragraphs") == "heaviest_prose"


def test_every_field_with_several_rules_is_tried_here() -> None:
    # The minute of publication goes by the rule that gave its day.
    assert {*VALUES, "paragraphs", "published_at"} == set(EVIDENCE)
    assert all(len(rules) > 1 for rules in EVIDENCE.values())


def test_disagreements_are_noted() -> None:
    noted = read().provenance
    assert FieldRule(field="published_date", rule="json_ld disagrees: 2026-03-01T08:00:00+07:00") in noted
    assert FieldRule(field="title", rule="disagrees: heading: Bến phà cũ thành công viên") in noted
    assert [r for r in noted if not is_known(r.field, r.rule)] == []


def test_a_later_rule_is_not_asked() -> None:
    def never() -> list[Found]:
        raise AssertionError("asked without need")

    one = Found(rule="stated", value="x")
    rules = {"printed_terms": list, "above_title": lambda: [one], "stated": never}
    assert next(in_order("sections", rules)) == one
    assert of_first("sections", rules) == (one,)


def test_what_is_refused_is_passed_over() -> None:
    one = Found(rule="labelled", value="x", refused="it is the portal's own name")
    two = Found(rule="dateline", value="y")
    assert believed([one, two]) == two
    assert believed([one]) is None


def test_ranks_follow_the_table() -> None:
    for field, rules in EVIDENCE.items():
        ranks = [rank(field, name) for name, _ in rules]
        assert all(a < b for a, b in pairwise(ranks))
    assert rank("published_date", "meta:article:published_time") == rank("published_date", "meta")
