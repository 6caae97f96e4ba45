"""The article's own ``time`` elements: what they date, what dates something else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article, ReadingContext

CAPTURED = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
URL = "https://thanhpho.example/tin/nao-vet-kenh.html"
TITLE = "<h1>Nạo vét xong con kênh dài bốn cây số trước mùa mưa</h1>"
BODY = "".join(
    f"<p>Đoạn {n}: sáng nay, các đơn vị tiếp tục nạo vét kênh để kịp mùa mưa, theo kế hoạch đã giao.</p>"
    for n in ("một", "hai", "ba")
)
OWN = '<time datetime="2026-03-06T08:30:00+07:00">06/03/2026</time>'
MINUTE = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
OTHER = '<time datetime="2026-02-01T09:00:00+07:00">01/02/2026</time>'
LINK = '<a href="/tin/cau-moi.html">Thông xe cây cầu mới bắc qua con rạch phía đông</a>'


def read(inner: str, *, head: str = "", lang: str = "vi", zone: str | None = "Asia/Ho_Chi_Minh") -> Article:
    html = f'<html lang="{lang}"><head>{head}</head><body>{inner}</body></html>'
    context = ReadingContext(zone=zone, language=lang)
    found = extract_html(html.encode(), URL, captured_at=CAPTURED, context=context)
    assert isinstance(found, Article), found
    return found


def rules(article: Article, field: str) -> list[str]:
    return [r.rule for r in article.provenance if r.field == field]


def test_a_printed_day_takes_the_minute_of_its_own_element() -> None:
    found = read(f"<article>{TITLE}<div>Posted on {OWN}</div>{BODY}</article>")
    assert (found.published_at, found.published_precision) == (MINUTE, "minute")
    assert (found.published_date, found.published_raw) == (date(2026, 3, 6), "06/03/2026")
    assert rules(found, "published_at") == ["time_element"]


@pytest.mark.parametrize(
    "stated",
    ["2026-03-06", "2026-03-06T00:00:00+07:00", "2026-03-06T12:00:00Z", "2026-03-07T08:30:00+07:00"],
)
def test_a_mere_day_or_another_day_is_no_minute(stated: str) -> None:
    found = read(f'<article>{TITLE}<div><time datetime="{stated}">06/03/2026</time></div>{BODY}</article>')
    assert (found.published_date, found.published_at) == (date(2026, 3, 6), None)
    assert found.published_precision == "day"


def test_the_printed_day_stays_where_the_zone_of_the_element_has_another_one() -> None:
    own = '<time datetime="2026-03-05T18:30:00+00:00">06/03/2026</time>'
    found = read(f"<article>{TITLE}<div>{own}</div>{BODY}</article>")
    assert found.published_at == datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
    assert found.published_date == date(2026, 3, 6)


def test_an_ambiguous_day_is_read_by_its_element() -> None:
    own = '<time datetime="2026-03-06T08:30:00+07:00">06/03/2026</time>'
    found = read(f"<article>{TITLE}<div>{own}</div>{BODY}</article>", lang="en", zone=None)
    assert (found.published_date, found.published_at) == (date(2026, 3, 6), MINUTE)


@pytest.mark.parametrize("between", ["", " "])
def test_a_time_of_change_beside_that_of_publication(between: str) -> None:
    times = (
        '<time class="entry-date published" datetime="2026-03-06T08:30:00+07:00">06/03/2026</time>'
        f'{between}<time class="updated" datetime="2026-03-06T10:15:00+07:00">06/03/2026</time>'
    )
    found = read(f"<article>{TITLE}<div>Đăng ngày {times}</div>{BODY}</article>")
    assert found.published_at == MINUTE
    assert found.modified_at == datetime(2026, 3, 6, 3, 15, tzinfo=UTC)
    assert rules(found, "modified_at") == ["time_element"]


def test_a_lone_mark_of_hatom_says_no_change() -> None:
    own = '<time class="updated" datetime="2026-03-06T08:30:00+07:00">06/03/2026</time>'
    found = read(f"<article>{TITLE}<div>{own}</div>{BODY}</article>")
    assert (found.published_at, found.modified_at) == (MINUTE, None)


def test_a_labelled_time_of_change_is_no_publication() -> None:
    found = read(f"<article>{TITLE}{BODY}<footer>Cập nhật: {OWN}</footer></article>")
    assert (found.published_date, found.modified_at) == (None, MINUTE)


def test_modified_dates_of_wordpress_blocks() -> None:
    block = f'<div class="wp-block-post-date wp-block-post-date__modified-date">{OWN}</div>'
    found = read(f"<main>{TITLE}{BODY}{block}</main>")
    assert (found.published_date, found.modified_at) == (None, MINUTE)


@pytest.mark.parametrize(
    "footer",
    [
        f"<footer><span>Published {OWN}</span> <span>By <a href='/author/an'>an</a></span></footer>",
        f"<footer>{OWN}</footer>",
        f"<div><div class='wp-block-post-date'>{OWN}</div><div>ban biên tập</div></div>",
        f"<div><p>Đăng</p><div>{OWN}</div><p>trong</p><div><a href='/s/' rel='tag'>Kinh tế</a></div></div>",
        f"<footer><a href='{URL}' rel='bookmark'>{OWN}</a></footer>",
        f"<footer><a href='/2026/03/06/'>{OWN}</a></footer>",
    ],
)
@pytest.mark.parametrize("root", ["article", "main"])
def test_the_footer_of_the_article_dates_it(root: str, footer: str) -> None:
    found = read(f"<{root}>{TITLE}<div>{BODY}</div>{footer}</{root}>")
    assert (found.published_date, found.published_at) == (date(2026, 3, 6), MINUTE)
    assert rules(found, "published_date") == ["time_element"]


def test_the_footer_dates_an_article_whose_text_ends_in_related_news() -> None:
    related = f"<p><strong>Tin liên quan:</strong></p><ul><li>{LINK} {OTHER}</li></ul>"
    found = read(f"<article>{TITLE}<div>{BODY}{related}</div><footer>{OWN}</footer></article>")
    assert found.published_at == MINUTE
    assert len(found.related) == 1


def test_month_names_of_a_vietnamese_block() -> None:
    own = '<time datetime="2026-03-06T08:30:00+07:00">6 Tháng Ba, 2026</time>'
    found = read(f"<main>{TITLE}<div>{BODY}</div><div>{own}</div></main>")
    assert (found.published_at, found.published_raw) == (MINUTE, "6 Tháng Ba, 2026")


@pytest.mark.parametrize(
    "below",
    [
        f"<ul><li>{LINK}{OTHER}</li><li>{LINK}{OTHER}</li></ul>",
        f"<div class='card'><div>{LINK}</div><div>{OTHER}</div></div>",
        f"<h2>Tin khác</h2><ul><li>{LINK}{OTHER}</li></ul>",
        f"<ul><li><a href='{URL}'>Nạo vét xong con kênh</a>{OTHER}</li><li>{LINK}{OTHER}</li></ul>",
        f"<aside><h2>Bài viết mới</h2><p>{OTHER}</p></aside>",
        f"<nav>{OTHER}</nav>",
        f"<section class='widget'>{OTHER}</section>",
        f"<h2>2 bình luận</h2><div><b>Bạn đọc</b> {OTHER}</div>",
        f"<ol><li><article><b>Bạn đọc</b> {OTHER} <p>Hay quá.</p></article></li></ol>",
        f"<div><b>Bạn đọc</b> <a href='{URL}#comment-7'>{OTHER}</a></div>",
        f"<p>{OTHER}</p><p>{OWN}</p>",
        f"<div>{OTHER} {OTHER} {OTHER}</div>",
    ],
)
def test_times_of_other_things_below_the_text_date_nothing(below: str) -> None:
    found = read(f"<main>{TITLE}<div>{BODY}</div>{below}</main>")
    assert (found.published_date, found.published_raw) == (None, None)
    assert found.modified_at is None


def test_outside_article_and_main_only_a_marked_time_counts() -> None:
    assert read(f"<div>{TITLE}<div>{BODY}</div></div><div>{OWN}</div>").published_date is None
    marked = OWN.replace("<time", '<time class="entry-date published"')
    assert read(f"<div>{TITLE}<div>{BODY}</div></div><div>{marked}</div>").published_at == MINUTE
    assert read(f"<div>{TITLE}<div>{BODY}</div></div><footer>{marked}</footer>").published_date is None


def test_metadata_is_believed_before_an_unnamed_time_of_the_footer() -> None:
    head = '<meta property="article:published_time" content="2026-03-02T07:00:00+07:00">'
    found = read(f"<article>{TITLE}{BODY}<footer>{OWN}</footer></article>", head=head)
    assert found.published_date == date(2026, 3, 2)
    found = read(f"<article>{TITLE}{BODY}<footer>Đăng ngày {OWN}</footer></article>", head=head)
    assert found.published_date == date(2026, 3, 6)
