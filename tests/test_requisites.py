"""What a page needs to be shown is found, and what only counts visits is told from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.page import Page
from pipelines.requisites import MAX_NAMED, is_style, page_requisites, style_requisites

BASE = "https://city.example/tin/"


def named(markup: str, *, url: str = BASE, head: str = "") -> list[str]:
    """What a page names and is no beacon, relative to the city where it can be."""
    html = f"<html><head>{head}</head><body>{markup}</body></html>".encode()
    found = page_requisites(Page.parse(html, url, "text/html; charset=utf-8"))
    return [r.url.removeprefix("https://city.example") for r in found if not r.beacon]


def beacons(markup: str) -> list[str]:
    html = f"<html><body>{markup}</body></html>".encode()
    return [r.url for r in page_requisites(Page.parse(html, BASE, "text/html")) if r.beacon]


def in_css(css: str) -> list[str]:
    found = style_requisites(css.encode(), "https://cdn.example/css/a.css", "text/css")
    return [r.url.removeprefix("https://cdn.example") for r in found]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="a.jpg">', ["/tin/a.jpg"]),
        ('<img src=" /b c.jpg ">', ["/b c.jpg"]),
        ('<img src="">', []),
        ('<img src="#x"><img src="./">', []),
        ('<img src="data:image/gif;base64,AAAA" data-src="/late.jpg">', ["/late.jpg"]),
        ('<img src="/a.svg#one"><img src="/a.svg#two">', ["/a.svg"]),
        ('<img srcset="/s.jpg 1x, /l.jpg 2x">', ["/s.jpg", "/l.jpg"]),
        ('<img srcset="/s,w_3.jpg 300w,/l.jpg">', ["/s,w_3.jpg", "/l.jpg"]),
        ('<img srcset="/s.jpg, /l.jpg 2x">', ["/s.jpg", "/l.jpg"]),
        ('<img data-srcset="/s.jpg 300w" data-lazy-src="/m.jpg">', ["/m.jpg", "/s.jpg"]),
        ('<picture><source srcset="/x.avif"><img src="/x.jpg"></picture>', ["/x.avif", "/x.jpg"]),
        ('<video><source src="/film.mp4"></video>', []),
        ('<script src="//cdn.example/a.js"></script><script>1</script>', ["https://cdn.example/a.js"]),
        ('<iframe src="/frame.html"></iframe><a href="/page">p</a>', []),
        ("<div style=\"background: url('/bg.png')\"></div>", ["/bg.png"]),
        ("<style>@import '/x.css'; p { background: url(/y.png) }</style>", ["/x.css", "/y.png"]),
        ('<noscript><img src="/plain.jpg"></noscript>', ["/plain.jpg"]),
    ],
)
def test_what_a_page_names(markup: str, expected: list[str]) -> None:
    assert named(markup) == expected


def test_links_that_are_style_sheets_or_icons_and_no_others() -> None:
    head = "".join(
        f'<link rel="{rel}" href="/{i}">'
        for i, rel in enumerate(
            ["stylesheet", "STYLESHEET preload", "shortcut icon", "apple-touch-icon", "alternate"]
        )
    )
    assert named("", head=head) == ["/0", "/1", "/2", "/3"]


def test_the_base_of_the_page_counts() -> None:
    assert named('<img src="a.png">', head='<base href="/other/">') == ["/other/a.png"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img width="1" height="1" src="https://count.example/p.gif?id=1">',
        '<img style="width:1px; height:0" src="/p.gif">',
        '<img width="300" height="200" style="width:1px;height:1px" src="/p.gif">',
        '<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>',
        '<img src="https://www.facebook.com/tr?id=7&ev=PageView&noscript=1">',
        '<img src="https://stats.city.example/matomo.php?idsite=1">',
        '<script src="/piwik.js"></script>',
        '<img src="https://mc.yandex.ru/watch/1" style="position:absolute; left:-9999px">',
    ],
)
def test_beacons(markup: str) -> None:
    assert len(beacons(markup)) == 1 and named(markup) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<img width="1" src="/line.gif">',
        '<img width="10" height="1" src="/line.gif">',
        '<img style="display:none" src="/gallery.jpg">',
        '<img src="https://www.facebook.com/images/logo.png">',
        '<img src="/collections.png">',
        '<img width="1" height="1" src="/a.png"><img src="/a.png">',
        '<img src="https://notdoubleclick.net/a.png">',
    ],
)
def test_what_is_no_beacon(markup: str) -> None:
    assert beacons(markup) == [] and len(named(markup)) == 1


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{background:url(../x.png)}", ["/x.png"]),
        ("a{background:url( \"x y.png\" )}b{background:URL('z.png')}", ["/css/x y.png", "/css/z.png"]),
        ("/* url(no.png) */ a{}", []),
        ("a{content:'url(no.png)'}", []),
        ("@import 'b.css' screen; @import url(c.css);", ["/css/b.css", "/css/c.css"]),
        ('@import/**/"b.css";', ["/css/b.css"]),
        ("@namespace svg url(http://www.w3.org/2000/svg); a{}", []),
        ("@charset 'utf-8'; a{background:url(#clip)}", []),
        ("a{src:url(f.eot?#iefix) format('x'),url(f.woff2)}", ["/css/f.eot", "/css/f.woff2"]),
        ("a{background:url(data:image/png;base64,AA==)}", []),
        ("a{background:url(\\78 .png)}", ["/css/x.png"]),
        ("a{background:url(unclosed", []),
        ("/* open url(no.png)", []),
    ],
)
def test_what_a_style_sheet_names(css: str, expected: list[str]) -> None:
    assert in_css(css) == expected


def test_a_style_sheet_is_told_by_its_type() -> None:
    assert is_style("text/css; charset=utf-8", BASE) and is_style(None, BASE + "a.css")
    assert not is_style("text/html", BASE + "a.css") and not is_style(None, BASE)


def test_there_is_a_bound() -> None:
    many = "".join(f'<img src="/{i}.png">' for i in range(MAX_NAMED + 5))
    assert len(named(many)) == MAX_NAMED


@given(st.binary(max_size=300))
def test_nothing_raises(data: bytes) -> None:
    style_requisites(data, BASE)
    page_requisites(Page.parse(b"<style>" + data + b"</style><img srcset='" + data, BASE))


@pytest.mark.parametrize("piece", ["url(", "'", '"', "/*", "@import ", "\\", "url('", " ", "@namespace"])
def test_a_hostile_style_sheet_takes_no_longer(piece: str) -> None:
    css = (piece * (400_000 // len(piece))).encode()
    assert style_requisites(css, BASE) == ()
