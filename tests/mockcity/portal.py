"""The city's pages, marked up as government portals are that are no WordPress.

One ``form`` around everything, hidden state, utility bars with the clock of today, boxes on
three sides, and the article as a portlet among them. The style is that of ASP.NET WebForms and
of the portal products of Vietnamese telecom companies; no name is one of another theme's.
"""

from __future__ import annotations

import base64

from tests.mockcity import head, seo
from tests.mockcity.portal_article import article_portlet
from tests.mockcity.portal_article import content as content
from tests.mockcity.portal_boxes import boxes_left, boxes_right, page_foot, page_top
from tests.mockcity.text import attribute, markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import Listing, View, excerpt, printed_day

SKIN = "/Portals/0/Skins/CongTTDT"
FILES = {
    f"{SKIN}/skin.css": ".PortletBody { background: url(bg-portlet.png) }\n.txtSapo { font-weight: 700 }\n",
    f"{SKIN}/dongho.js": "function hienGio() { return new Date().toLocaleTimeString('vi'); }\n",
    f"{SKIN}/bg-portlet.png": "",
    f"{SKIN}/banner.png": "",
    f"{SKIN}/ico-print.png": "",
    f"{SKIN}/star-on.png": "",
}
"""The theme's own files: path → text, ``""`` for a picture."""


def article_page(view: View, article: Facts) -> str:
    """An article's portlet in the middle, boxes with other news and services at both sides."""
    number = view.numbers[article["slug"]]
    lines = [
        *head.feeds(view),
        f'<link rel="canonical" href="{view.url(article["path"])}" />',
        seo.head(article, view.base, name=""),
    ]
    titles = (f"{article['title']} - {view.name}", view.name, f"Chi tiết tin - {view.name}")
    return _page(
        view,
        title=titles[number % 3],
        middle=article_portlet(view, article),
        lines=lines,
        left=boxes_left(view, article),
        right=boxes_right(view, article),
        banner_heading=number % 3 != 0,
    )


def listing_page(view: View, listing: Listing) -> str:
    """A page of a list of articles: a picture-less row for each, a pager below."""
    name = listing.name
    items = "\n".join(_row(view, a) for a in listing.articles)
    heading = f'<span class="ten-chuyenmuc">{markup(name or "Tin tức - Sự kiện")}</span>'
    middle = f"""<div class="PortletTitle">{heading}</div>
<div class="PortletBody NewsCategory">
{items}
{_pager(view, listing)}
</div>"""
    lines = head.feeds(view, section=(name, listing.pages[0]) if name else None)
    shown = f"{name} - {view.name}" if name else view.name
    return _page(view, title=shown, middle=middle, lines=lines, right=boxes_right(view, None))


def static_page(view: View, facts: Facts, number: int) -> str:
    """A page that is no news."""
    body = "\n".join(f'<div class="doan">{markup(p)}</div>' for p in facts["paragraphs"])
    links = "".join(
        f'<div class="xemthem">Xem thêm: <a href="{view.url(link["path"])}">{markup(link["title"])}</a></div>'
        for link in facts["links"]
    )
    middle = f"""<div class="PortletTitle">{markup(facts["title"])}</div>
<div class="PortletBody" id="ctl00_ContentPlaceHolder1_trang{number}">{body}{links}</div>"""
    lines = [*head.feeds(view), f'<link rel="canonical" href="{view.url(facts["path"])}" />']
    return _page(view, title=facts["title"], middle=middle, lines=lines)


def missing_page(view: View) -> str:
    """What a missing address answers."""
    middle = '<div class="PortletBody thongbao">Nội dung bạn yêu cầu không tồn tại hoặc đã bị xóa.</div>'
    return _page(view, title=view.name, middle=middle, lines=[])


def _page(
    view: View,
    *,
    title: str,
    middle: str,
    lines: list[str],
    left: str = "",
    right: str = "",
    banner_heading: bool = True,
) -> str:
    base = view.base + SKIN
    return f"""{_head(view, title, lines, base)}
<body id="Body">
{_state(title)}
{page_top(view, base, heading=banner_heading)}
<div class="Container1200"><div id="dnn_LeftPane" class="cotTrai">{left}</div>
<div id="dnn_ContentPane" class="cotGiua"><div class="DnnModule"><a name="412"></a>
{middle}
</div></div>
<div id="dnn_RightPane" class="cotPhai">{right}</div><div class="clr"></div></div>
{page_foot(view)}
</form>
</body>
</html>
"""


def _head(view: View, title: str, lines: list[str], base: str) -> str:
    above = "\n".join(filter(None, lines))
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi" xml:lang="vi">
<head id="ctl00_Head1">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta http-equiv="REFRESH" content="1800" />
<meta name="GENERATOR" content="VPortal 4.6 " />
<meta name="copyright" content="Copyright 2015 by {attribute(view.name)}" />
<title>
\t{markup(title)}
</title>
{above}
<link rel="stylesheet" type="text/css" href="{base}/skin.css" />
<link rel="icon" href="{view.base}/favicon.ico" />
<script type="text/javascript" src="{base}/dongho.js"></script>
</head>"""


def _state(title: str) -> str:
    """The opening of the one form, with the hidden state that such a page carries."""
    state = base64.b64encode(title.encode() * 6).decode()
    return f"""<form name="aspnetForm" method="post" action="./Default.aspx" id="aspnetForm">
<div class="aspNetHidden">
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" />
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}" />
<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="/wEWAgL+raDpAgKM54rG" />
</div>"""


def _row(view: View, article: Facts) -> str:
    title = f'<a class="tieudeTin" href="{view.url(article["path"])}">{markup(article["title"])}</a>'
    return f"""<div class="itemTin">{title} <span class="ngayTin">({printed_day(article)})</span>
<div class="tomtatTin">{markup(excerpt(article))}</div></div>"""


def _pager(view: View, listing: Listing) -> str:
    if len(listing.pages) == 1:
        return ""
    numbers = " ".join(
        f'<span class="pgCurrent">{n + 1}</span>'
        if n == listing.index
        else f'<a class="pgSo" href="{view.url(listing.pages[n])}">{n + 1}</a>'
        for n in listing.near()
    )
    following = ""
    if listing.following:
        following = f' <a class="pgSau" href="{view.url(listing.following)}"><span>Trang sau</span> &gt;</a>'
    return f'<div class="phantrang">Tổng số trang: {len(listing.pages)} {numbers}{following}</div>'
