"""Writers as forms, portals and themes name them below a text or beside its date."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
V = "Cầu đi bộ qua mương cối xay mở cửa từ thứ Bảy, sớm hơn hai tuần so với ngày đã thông báo trước đó."
W = "Người đi xe đạp được qua cầu từ thứ Hai, khi lan can phía bắc đã được nâng cao theo đúng thiết kế."


def read(above: str, below: str = "", *, lang: str = "en", texts: tuple[str, str] = (P, Q)) -> Article:
    text = f"<div><p>{texts[0]}</p><p>{texts[1]}</p></div>"
    html = f"<html lang={lang}><head><meta charset=utf-8></head><body><h1>The footbridge opens early</h1>"
    html += f"{above}{text}{below}</body></html>"
    url = "https://town.no/news/the-footbridge-opens-early"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


def test_a_label_amid_the_line_of_the_date() -> None:
    line = "<div>2026. március 4. 15:20 Kategória: <a href=/n>Hírek</a> {} Malmos Réka</div>"
    assert read(line.format("Szerző:"), lang="hu").authors == ("Malmos Réka",)
    assert read(line.format("Helyszín:"), lang="hu").authors == ()


def test_a_name_linked_to_its_writers_page_beside_the_date() -> None:
    line = "<div><a href=/x>4 March 2026</a><a href={}>Ada Millrace</a><a href=#respond>0 comments</a></div>"
    assert read(line.format("/author/amill/")).authors == ("Ada Millrace",)
    assert read(line.format("/parks/ada-millrace/")).authors == ()
    account = line.format("/author/desk/").replace("Ada Millrace", "Newsdesk")
    assert read(account).authors == ()
    assert read(account.replace("Newsdesk", "Quản Trị Viên")).authors == ()


def test_a_word_that_only_style_sets_apart_from_the_name() -> None:
    line = "<h4><span>By</span><a href={}>Ada Millrace</a></h4><p>4 March 2026</p>"
    article = read(line.format("/author/amill/"))
    assert (article.byline, article.authors) == ("By Ada Millrace", ("Ada Millrace",))
    # Within one word of a name there is no space to add.
    whole = read("<p><a href=/author/amill/>Ada McMillrace</a></p><p>4 March 2026</p>")
    assert whole.authors == ("Ada McMillrace",)


@pytest.mark.parametrize(
    ("label", "authors"), [("Autor", ("Wanda Młynarska",)), ("Author:", ("Wanda Młynarska",)), ("Area", ())]
)
def test_a_label_of_its_own_above_the_name(label: str, authors: tuple[str, ...]) -> None:
    below = f"<div><div>{label}</div><div>Wanda Młynarska</div></div><div><div>Files</div></div>"
    assert read("", below).authors == authors


def test_a_name_under_the_files() -> None:
    below = "<div>Tệp đính kèm: <a href={}>tai-lieu</a></div><p>Kiều Xay</p><p>Nguồn: Trung tâm Cối Đá</p>"
    article = read("", below.format("/tai-lieu.zip"), lang="vi", texts=(V, W))
    assert (article.authors, article.source) == (("Kiều Xay",), "Trung tâm Cối Đá")
    assert [file.url for file in article.attachments] == ["https://town.no/tai-lieu.zip"]
    assert read("", below.format("/tai-lieu/"), lang="vi", texts=(V, W)).authors == ()


def test_what_office_a_writer_holds_in_vietnam() -> None:
    def signed(line: str) -> tuple[str, ...]:
        return read("", f"<p>{line}</p>", lang="vi", texts=(V, W)).authors

    assert signed("Kiều Xay - Công chức VHXH") == ("Kiều Xay",)
    assert signed("Kiều Xay - Thợ cối đá") == ()


def test_one_line_says_who_published_it_and_when() -> None:
    below = "<div>Publisert av Møllehjul Dam. Publisert 12.02.2026 14.07. {} 13.02.2026 09.31</div>"
    article = read("", below.format("Sist endret"), lang="nb")
    assert article.authors == ("Møllehjul Dam",)
    assert article.paragraphs == (P, Q)
    assert article.published_at == datetime(2026, 2, 12, 14, 7, tzinfo=ZoneInfo("Europe/Oslo"))
    # Without a label at its last date the line says more, and its dot does not show a time of day.
    other = read("", below.format("Vi åpner"), lang="nb")
    assert other.published_at is None


def test_buttons_for_the_size_of_letters_are_no_text() -> None:
    lead = f"<div>{V}</div>"
    tools = "<div><a href=#>In trang</a> | <a href='mailto:?subject=x'>Gửi mail</a>"
    tools += " | Cỡ chữ <a href=#>A-</a> <a href=#>A+</a></div>"
    article = read(tools + lead, lang="vi", texts=(W, P))
    assert (article.lead, article.paragraphs) == (V, (W, P))
