"""What WordPress prints around a post, and what of it is the post's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article, Rejection

CAPTURED = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
URL = "https://thanhpho.example/nao-vet-kenh.html"
TITLE = "<h1>Nạo vét xong con kênh dài bốn cây số trước mùa mưa</h1>"
LINES = [
    f"Đoạn {n}: sáng nay, các đơn vị tiếp tục nạo vét kênh để kịp mùa mưa, theo kế hoạch đã giao."
    for n in ("một", "hai", "ba")
]
BODY = "".join(f"<p>{line}</p>" for line in LINES)
LINKS = (
    '<ul><li><a href="/cau-moi.html">Thông xe cây cầu mới bắc qua con rạch phía đông</a></li>'
    '<li><a href="/cho-hoa.html">Chợ hoa cuối năm mở cửa thêm hai buổi tối</a></li></ul>'
)
UPLOADS = "https://thanhpho.example/wp-content/uploads/2026/03"
CAPTION = "Xáng cạp vét đoạn cuối của con kênh. Ảnh: Tổ ảnh"


def read(inner: str, *, body: str = "single single-post") -> Article | Rejection:
    html = f'<html lang="vi"><body class="{body}">{inner}</body></html>'
    return extract_html(html.encode(), URL, captured_at=CAPTURED)


def article(inner: str) -> Article:
    found = read(inner)
    assert isinstance(found, Article), found
    assert found.paragraphs == tuple(LINES)
    return found


@pytest.mark.parametrize("size", ["", "-1024x683", "-scaled"])
@pytest.mark.parametrize("captioned", ["above", "within", "both"])
def test_a_picture_above_the_text_and_in_it_is_one_with_its_caption(size: str, captioned: str) -> None:
    def figure(src: str, place: str) -> str:
        line = f"<figcaption>{CAPTION}</figcaption>" if captioned in (place, "both") else ""
        return f'<figure><img src="{src}" alt="">{line}</figure>'

    above = figure(f"{UPLOADS}/kenh.jpg", "above")
    within = figure(f"{UPLOADS}/kenh{size}.jpg", "within")
    found = article(f"<article><header>{TITLE}{above}</header><div>{within}{BODY}</div></article>")
    assert [(i.src, i.caption, i.credit) for i in found.images] == [
        (f"{UPLOADS}/kenh.jpg", CAPTION, "Tổ ảnh")
    ]


def test_two_pictures_of_one_size_are_two() -> None:
    pictures = "".join(f'<figure><img src="{UPLOADS}/kenh-{n}-1024x683.jpg" alt=""></figure>' for n in (1, 2))
    assert len(article(f"<article>{TITLE}<div>{pictures}{BODY}</div></article>").images) == 2


@pytest.mark.parametrize(
    "portrait",
    [
        '<img class="avatar avatar-96 photo" src="/uploads/an.jpg" width="96" height="96">',
        '<img src="https://secure.gravatar.com/avatar/0a1b?s=96" width="96" height="96">',
    ],
)
def test_pictures_of_writers_and_commenters_are_none_of_the_article(portrait: str) -> None:
    found = article(f"<article>{TITLE}<div>{portrait}</div><div>{BODY}</div></article>")
    assert found.images == ()


@pytest.mark.parametrize("heading", ["Bài viết mới", "Recent Posts"])
@pytest.mark.parametrize(
    "place",
    [
        "<main><article>{0}</article></main><div>{1}</div>",
        "<main><article>{0}</article></main><aside>{1}</aside>",
        "<div><div>{0}</div><div class='widget widget_recent_entries'>{1}</div></div>",
        "<div><div>{0}</div></div><aside>{1}</aside>",
    ],
)
def test_the_newest_posts_beside_the_article_are_not_related(place: str, heading: str) -> None:
    found = article(place.format(f"{TITLE}<div>{BODY}</div>", f"<h2>{heading}</h2>{LINKS}"))
    assert found.related == ()


@pytest.mark.parametrize("heading", ["Tin khác", "More posts", "Recent Posts"])
def test_other_posts_within_the_articles_part_are_related(heading: str) -> None:
    found = article(f"<main>{TITLE}<div>{BODY}</div><div><h2>{heading}</h2>{LINKS}</div></main>")
    assert len(found.related) == 2


def test_related_news_beside_the_article_stay_related() -> None:
    box = f"<aside><h2>Tin liên quan</h2>{LINKS}</aside>"
    assert len(article(f"<main>{TITLE}<div>{BODY}</div></main>{box}").related) == 2


def test_a_label_without_tags_takes_none_of_the_footer() -> None:
    footer = '<footer><p><a href="/">Cổng tin Thành phố</a></p></footer>'
    assert article(f"<main>{TITLE}<div>{BODY}</div><p>Tags:</p></main>{footer}").tags == ()


def test_the_page_of_an_uploaded_file_is_no_article() -> None:
    found = read(f"<article>{TITLE}<div>{BODY}</div></article>", body="attachment single single-attachment")
    assert isinstance(found, Rejection)
    assert (found.reason, found.detail) == ("other_page", "WordPress calls it the page of one file")
