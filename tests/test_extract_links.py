"""Links beside the text: related news, files, the article that was taken over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

URL = "https://town.example/n/71"
P = "The ferry ramp at Mill Steps was lifted out on Monday and will be back in its place before the summer."
Q = "Passengers board at the coal jetty until then, where a warden helps with prams, bicycles and sacks."


def read(above: str, below: str, language: str = "en") -> Article:
    html = f"""<html lang="{language}"><head><title>Ferry ramp lifted out at Mill Steps</title></head><body>
    <nav><a href="/">Home</a><a href="/n">News</a><a href="/c">Council</a></nav>
    <section><h1>Ferry ramp lifted out at Mill Steps</h1>{above}<div><p>{P}</p><p>{Q}</p><p>{P} {Q}</p></div>
    {below}</section><footer><a href="/pdf/map.pdf">Map of the town</a></footer></body></html>"""
    article = extract_html(html.encode(), URL, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    assert article.paragraphs == (P, Q, f"{P} {Q}")
    return article


LINKS = '<ul><li><a href="/n/65">Coal jetty gets a waiting room with a stove</a></li></ul>'


def test_a_group_of_links_under_a_plain_heading_is_related_news_in_a_nav_too() -> None:
    article = read("", f"<nav><h3>Related news</h3>{LINKS}</nav>")
    assert [r.url for r in article.related] == ["https://town.example/n/65"]


@pytest.mark.parametrize(
    "menu",
    [
        f'<nav><a href="/more">Related news</a>{LINKS}</nav>',
        f"<footer><h3>Related news</h3>{LINKS}</footer>",
        f"<header><nav><h3>Related news</h3>{LINKS}</nav></header>",
    ],
)
def test_menus_and_footers_are_no_related_news(menu: str) -> None:
    assert read("", menu).related == ()


@pytest.mark.parametrize(
    "line",
    [
        '<p>Plans: <a href="/d/ramp.pdf">Drawing of the ramp, with the tide marks</a></p>',
        '<p><a href="/d/ramp.pdf?v=2">Drawing of the ramp, with the tide marks</a></p>',
    ],
)
def test_a_line_that_is_a_link_to_a_file_is_an_attachment_and_no_related_news(line: str) -> None:
    article = read("", line)
    assert [a.name for a in article.attachments] == ["Drawing of the ramp, with the tide marks"]
    assert article.related == ()


OTHER = "https://paper.example/2026/ferry.html"
LABELLED = {
    "a term and its value": (
        "",
        f'<dl><dt>First published in</dt><dd><a href="{OTHER}">The Paper</a></dd></dl>',
    ),
    "a label in the line": ("", f'<p>Originally published by: <a href="{OTHER}">The Paper</a></p>'),
    "above the text": (f'<p><a href="{OTHER}">Original article</a></p>', ""),
    "in German": ("", f'<p>Zuerst erschienen in <a href="{OTHER}">Die Zeitung</a></p>'),
    "in Vietnamese": (f'<div>Thứ Tư, 04/03/2026 | <a href="{OTHER}">Xem bài gốc</a></div>', ""),
}


@pytest.mark.parametrize("name", LABELLED)
def test_the_original_is_what_a_label_calls_so(name: str) -> None:
    assert read(*LABELLED[name]).original_url == OTHER


@pytest.mark.parametrize("heading", ["CÁC TIN ĐÃ ĐƯA NGÀY:", "Tin cùng chủ đề", "Các bài đã đăng »"])
def test_vietnamese_headings_over_related_news(heading: str) -> None:
    assert len(read("", f"<div><b>{heading}</b>{LINKS}</div>", language="vi").related) == 1


@pytest.mark.parametrize(
    "below",
    [
        f'<p>Source: <a href="{OTHER}">The Paper</a></p>',
        f'<p>See also <a href="{OTHER}">the paper of Monday</a></p>',
        f'<p><a href="{URL}">Original article</a></p>',
    ],
)
def test_other_links_are_no_original(below: str) -> None:
    assert read("", below).original_url is None


def test_a_heading_over_an_empty_list_has_no_links() -> None:
    after = '<div><h3>Related news</h3><ul></ul></div><p><a href="/n/72">» A stove for the jetty</a></p>'
    assert read("", after).related == ()


def test_the_next_page_is_no_related_one() -> None:
    boxed = LINKS.replace(
        "</ul>", '<li><a rel="next" href="/n/72">Stove for the waiting room arrives</a></li></ul>'
    )
    assert [r.url for r in read("", f"<h3>Related news</h3>{boxed}").related] == ["https://town.example/n/65"]
