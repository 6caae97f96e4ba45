"""Whose text and picture: a dash for a colon, what stands behind a name, names in one word; related news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.byline import parse_byline
from pipelines.extract.credits import credit, credited
from pipelines.extract.line_labels import heads_related
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."


def read(body: str, lang: str = "en") -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8></head><body>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Il ponte sul canale visto da sud (foto Ada Molinari)", "Ada Molinari"),
        ("The mill race from the south. (Photo Ada Mill)", "Ada Mill"),
        ("Il ponte sul canale (foto d'archivio)", None),
        ("All that was taken is in there (photo Gallery)", None),
    ],
)
def test_a_noun_and_a_full_name_in_brackets_at_the_end(caption: str, name: str | None) -> None:
    assert credit(caption) == name


@pytest.mark.parametrize(
    ("line", "authors", "credits"),
    [
        ("H'Mul - K'Rây", ("H'Mul", "K'Rây"), ()),
        ("Theo Kiều Xay (Bản tin Cối Đá) – Ảnh: Tạ Quốc Mộc", ("Kiều Xay",), ("Tạ Quốc Mộc",)),
        ("Ảnh – Đỗ Cối", (), ("Đỗ Cối",)),
        ("Af Rasmus Møllehjul, kommunikationsmedarbejder", ("Rasmus Møllehjul",), ()),
        ("By Ada Mill, keeper of the wheel", ("Ada Mill",), ()),
        ("By Ada Mill, with reporting by Otis Weir", ("Ada Mill", "Otis Weir"), ()),
        ("Автор тексту та світлин – Лук'ян Млин", ("Лук'ян Млин",), ("Лук'ян Млин",)),
        ("Snimila: Dubravka Mlinarić", (), ("Dubravka Mlinarić",)),
        ("Photo – a short history of the art", (), ()),
        ("By the end of the year, all is done", (), ()),
        ("Nguyễn Văn Xay, người dân thị trấn", (), ()),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...], credits: tuple[str, ...]) -> None:
    found = parse_byline(line)
    assert (found.authors, found.photo_credits) == (authors, credits)


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Les moles restaurades. Autoria: Queralt Molins", "Queralt Molins"),
        ("Tiivistämistä telakalla. Kuva: Senja Mylly", "Senja Mylly"),
        ("居民在菜园采摘豆角。闻一舟 摄", "闻一舟"),
        ("What the mayor said of the text: it stays", None),
        ("The wheel. Text: see below", None),
    ],
)
def test_credits_of_captions(caption: str, name: str | None) -> None:
    assert credit(caption) == name


def test_an_agency_behind_a_stroke_took_no_picture() -> None:
    assert credited("Jandir Moinho/PMS") == ("Jandir Moinho",)
    assert credited("Ada Mill/Otis Weir") == ("Ada Mill", "Otis Weir")


def test_the_label_of_the_writer_ends_the_text_and_an_office_above_it_is_no_text() -> None:
    vi = "Cầu đi bộ qua rạch Cối Xay mở cửa từ thứ bảy, sớm hơn hai tuần so với ngày đã thông báo trước đây."
    body = f"<h1>Cầu đi bộ mở sớm</h1><div>UBND phường Cối Xay</div><div><p>{vi}</p><p>{vi[::-1]}.</p></div>"
    found = read(f"{body}<p>Tác giả bài viết: Lữ Diễm Cối</p><p>Nguồn tin: Ban Văn hóa phường</p>", "vi")
    assert found.authors == ("Lữ Diễm Cối",)
    assert "UBND phường Cối Xay" not in found.paragraphs and found.lead in (None, vi)


@pytest.mark.parametrize(
    ("heading", "related"),
    [
        ("Related releases", True), ("Nội dung liên quan", True), ("Povezano", True), ("関連ニュース", True),
        ("Notícies relacionades:", True), ("Схожі матеріали", True), ("Related documents", False),
        ("Văn bản liên quan", False), ("相关附件", False),
        ("The mill and its related costs of building", False),
        ("Relatives of the miller", False),
    ],
)  # fmt: skip
def test_headings_that_say_related(heading: str, related: bool) -> None:
    assert heads_related(heading) is related
    links = "".join(f"<li><a href=/n{n}>The mill wheel turns again in street {n}</a></li>" for n in (1, 2))
    text = f"<div><p>{P}</p><p>{Q}</p></div>"
    found = read(f"<main><h1>The footbridge opens early</h1>{text}<h3>{heading}</h3><ul>{links}</ul></main>")
    assert bool(found.related) is related


def test_the_newest_posts_beside_the_article_are_not_related() -> None:
    links = "".join(f"<li><a href=/n{n}>The mill wheel turns again in street {n}</a></li>" for n in (1, 2))
    article = f"<article><h1>The footbridge opens early</h1><p>{P}</p><p>{Q}</p></article>"
    beside = f"<section><h2>Latest news</h2><ul>{links}</ul></section>"
    assert read(f"<main>{article}{beside}</main>").related == ()
    inside = article.replace("</article>", f"<h2>Latest news</h2><ul>{links}</ul></article>")
    assert len(read(f"<main>{inside}</main>").related) == 2


def test_the_name_of_a_picture_in_a_heading_over_its_photographer_is_a_caption() -> None:
    picture = "<div><div><img src=/1.jpg></div><h3>Gilded hands</h3><p>Photo: Ada Mill</p></div>"
    found = read(f"<h1>The footbridge opens early</h1><div><p>{P}</p>{picture}{picture}<p>{Q}</p></div>")
    assert found.paragraphs == (P, Q) and found.photo_credits == ("Ada Mill",)
    # A box of facts with a picture is none.
    facts = "<div><div><img src=/1.jpg></div><h3>The bridge</h3><p>It is nine metres long.</p></div>"
    kept = read(f"<h1>The footbridge opens early</h1><div><p>{P}</p>{facts}<p>{Q}</p></div>")
    assert "The bridge" in kept.paragraphs


@pytest.mark.parametrize(
    ("ending", "authors"),
    [("(Phương Cối - Trọng Xay)", ("Phương Cối", "Trọng Xay")), ("(Cối Đá)", ()), ("(3 - 5)", ())],
)
def test_several_full_names_in_brackets_after_the_text(ending: str, authors: tuple[str, ...]) -> None:
    vi = "Cầu đi bộ qua rạch Cối Xay mở cửa từ thứ bảy, sớm hơn hai tuần so với ngày đã thông báo trước đây."
    found = read(f"<h1>Cầu đi bộ mở sớm</h1><div><p>{vi}</p><p>{vi} {vi} {ending}</p></div>", "vi")
    assert found.authors == authors


def test_a_rating_and_its_count_are_no_text() -> None:
    below = "<div>Đánh giá trung bình (0 phiếu)</div><div>Chia sẻ (12 lượt)</div>"
    text = f"<div><p>{P}</p><p>{Q}</p>{below}</div>"
    assert read(f"<h1>The footbridge opens early</h1>{text}", "vi").paragraphs == (P, Q)
    kept = f"<div><p>{P}</p><p>{Q}</p><p>Ten boats (2 votes each) came.</p></div>"
    assert "Ten boats (2 votes each) came." in read(f"<h1>The footbridge opens early</h1>{kept}").paragraphs
