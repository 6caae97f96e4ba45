"""Other news printed as cards, with texts of their own; and paragraphs that use a footer's word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
OTHERS = ("The mill wheel turns again", "Boats on the race", "A bench for the miller", "Lamps for the lane")


def read(body: str, lang: str = "en") -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8></head><body>{body}</body></html>"
    url = "https://town.example/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def cards(tag: str, *, picture: bool = True, more: str = "<a href=/{n}>Read more »</a>") -> str:
    def card(n: int, name: str) -> str:
        image = f"<a href=/{n}><img src=/{n}.jpg></a>" if picture else ""
        text = f"<p>{name}: all there is to know stands on the pages of the town for everybody to read.</p>"
        return (
            f"<{tag}>{image}<div><h3><a href=/{n}>{name}</a></h3><div>1{n} March 2026</div>{text}"
            f"{more.format(n=n)}</div></{tag}>"
        )

    return "".join(card(n, name) for n, name in enumerate(OTHERS))


@pytest.mark.parametrize("heading", ["Latest news", "Related news", "Aus der Mühle", ""])
@pytest.mark.parametrize("tag", ["article", "li", "div"])
@pytest.mark.parametrize("picture", [True, False])
def test_cards_with_texts_are_no_part_of_the_text(heading: str, tag: str, picture: bool) -> None:
    list_ = "ul" if tag == "li" else "div"
    row = f"<{list_}>{cards(tag, picture=picture)}</{list_}>"
    over = f"<h2>{heading}</h2>" if heading else ""
    text = f"<div><div><p>{P}</p></div><div><p>{Q}</p></div><div>{over}</div><div>{row}</div></div>"
    assert read(f"<h1>The footbridge opens early</h1>{text}").paragraphs == (P, Q)


def test_a_review_in_sections_keeps_its_sections() -> None:
    """Cards are a row of one kind below the text, and sections are told between paragraphs."""
    told = "".join(f"<h3><a href=/{n}>{name}</a></h3><p>{P} {Q}</p>" for n, name in enumerate(OTHERS))
    found = read(f"<h1>The footbridge opens early</h1><div><p>{P}</p><p>{Q}</p>{told}<p>{Q} {P}</p></div>")
    assert found.paragraphs.count(f"{P} {Q}") == len(OTHERS)
    heads = (f"<h3><a href=/{n}>{name}</a></h3>" for n, name in enumerate(OTHERS))
    boxed = "".join(f"<section>{head}<p>{P} {Q}</p></section>" for head in heads)
    found = read(f"<h1>The footbridge opens early</h1><div><p>{P}</p>{boxed}<p>{Q} {P}</p></div>")
    assert found.paragraphs.count(f"{P} {Q}") == len(OTHERS)


def test_a_footers_word_in_a_paragraph_of_several_sentences() -> None:
    first = "Chợ phiên Cối Xay họp sáu ngày một lần, lùi dần theo ngày con giáp, và phiên cuối năm đông nhất."
    licence = (
        "Năm nay thị trấn cấp giấy phép cho bốn mươi gian hàng mới ở bờ bắc. "
        "Tuy vậy, bà con vẫn giữ thói quen đổi gạo lấy muối như trước."
    )
    last = "Theo ban quản lý, gần sáu nghìn lượt người đã về chợ trong phiên cuối năm, tăng một phần ba."
    figures = "<figure><img src=/1.jpg><figcaption>Chợ phiên. Ảnh: Văn Cối</figcaption></figure>" * 2
    body = f"<h1>Sắc màu chợ phiên</h1><div><p>{first}</p></div>"
    body += f"<div>{figures}<p>{licence}</p>{figures}<p>{last}</p></div>"
    found = read(body, lang="vi")
    assert (*filter(None, [found.lead]), *found.paragraphs) == (first, licence, last)
    # One sentence that says the same is the site's licence.
    footer = "Giấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông cấp cho Cổng thị trấn Cối Xay."
    assert footer not in read(f"{body}<p>{footer}</p>", lang="vi").paragraphs
