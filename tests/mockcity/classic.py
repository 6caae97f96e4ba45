"""The city's pages, marked up as a WordPress theme of about 2012 does.

XHTML, ``div`` for everything, names of the theme's own in Vietnamese; what WordPress's old
editor left in posts (``wp-caption``, ``aligncenter``) stands in them. Pictures of every
other article are loaded lazily by a plugin (``data-src``).
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.mockcity import head, seo
from tests.mockcity.classic_article import article_main
from tests.mockcity.classic_article import content as content
from tests.mockcity.text import markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import Listing, View, excerpt, printed_day

THEME = "/wp-content/themes/ben-song"
FILES = {
    f"{THEME}/style.css": '@import "mau.css";\n#khung { width: 980px; margin: 0 auto }\n',
    f"{THEME}/mau.css": "#dau-trang { background: url(anh/nen.png) repeat-x }\n",
    f"{THEME}/tai-sau.js": "/* loads pictures when they come into view */\n",
    f"{THEME}/anh/nen.png": "",
}
"""The theme's own files: path → text, ``""`` for a picture."""


def article_page(view: View, article: Facts) -> str:
    """An article with other news at both sides, and the articles before and after it below."""
    number = view.numbers[article["slug"]]
    others = view.others(article, 6)
    lines = [
        *head.feeds(view),
        *head.rest(view, number),
        *head.post(view, article["path"], number, amp=True),
        seo.head(article, view.base, name=""),
    ]
    middle = f"{article_main(view, article)}\n{_before_and_after(view, article)}"
    sides = (
        _column(view, "Tin nổi bật", others[:2], raw=True),
        _column(view, "Tin mới", others[2:], raw=False),
    )
    return _page(view, title=article["title"], middle=middle, lines=lines, sides=sides)


def listing_page(view: View, listing: Listing) -> str:
    """A page of a list of articles."""
    name = listing.name
    heading = f'<div class="ten-muc">{markup(name)}</div>\n' if name else ""
    items = "\n".join(_item(view, a) for a in listing.articles)
    middle = f'{heading}<div class="cac-bai">\n{items}\n</div>\n{_pages(view, listing)}'
    lines = [*head.feeds(view, section=(name, listing.pages[0]) if name else None), *head.rest(view)]
    return _page(view, title=name or view.name, middle=middle, lines=lines)


def static_page(view: View, facts: Facts, number: int) -> str:
    """A page that is no news."""
    body = "\n".join(f"<p>{markup(p)}</p>" for p in facts["paragraphs"])
    links = "".join(
        f'<p>Xem thêm: <a href="{view.url(link["path"])}">{markup(link["title"])}</a></p>'
        for link in facts["links"]
    )
    middle = (
        f'<h1 class="tieu-de">{markup(facts["title"])}</h1>\n<div class="than-bai">\n{body}\n{links}\n</div>'
    )
    lines = [*head.feeds(view), *head.rest(view, number, "pages")]
    lines += head.post(view, facts["path"], number, amp=False)
    return _page(view, title=facts["title"], middle=middle, lines=lines)


def missing_page(view: View) -> str:
    """What a missing address answers."""
    middle = '<div class="bao-loi">Không tìm thấy trang</div>\n<p>Mời bạn trở về trang chủ.</p>'
    return _page(view, title="Không tìm thấy trang", middle=middle, lines=head.feeds(view))


def _page(view: View, *, title: str, middle: str, lines: list[str], sides: tuple[str, str] = ("", "")) -> str:
    shown = markup(f"{view.name} » {title}" if title != view.name else view.name)
    above = "\n".join(filter(None, lines))
    sections = view.sections() if view.has("listings") else []
    menu = "".join(f'<li><a href="{view.url(s["path"])}">{markup(s["name"])}</a></li>' for s in sections)
    below = " | ".join(
        f'<a href="{view.url(p["path"])}">{markup(p["title"])}</a>' for p in view.site["pages"]
    )
    base = view.base
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi-VN">
<head profile="http://gmpg.org/xfn/11">
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<title>{shown}</title>
<link rel="stylesheet" href="{base}{THEME}/style.css" type="text/css" media="screen" />
<link rel="shortcut icon" href="{base}/favicon.ico" />
{above}
</head>
<body>
<div id="khung">
<div id="dau-trang"><div class="ten-trang"><a href="{base}/">{markup(view.name)}</a></div>
<ul class="thuc-don"><li><a href="{base}/">Trang chủ</a></li>{menu}</ul></div>
<div id="than">
{sides[0]}
<div id="giua">
{middle}
</div>
{sides[1]}
</div>
<div id="cuoi-trang">{below} | <a href="{base}/wp-admin/">Đăng nhập</a>
<p>© 2011&#8211;2026 {markup(view.name)}. Cập nhật lần cuối 01/03/2026.</p></div>
</div>
<script type="text/javascript" src="{base}{THEME}/tai-sau.js"></script>
</body>
</html>
"""


def _column(view: View, heading: str, articles: Iterable[Facts], *, raw: bool) -> str:
    items = "".join(
        f'<li><a href="{view.url(a["path"])}">{markup(a["title"])}</a> '
        f'<small class="luc">{a["published_raw"] if raw else printed_day(a)}</small></li>'
        for a in articles
    )
    return f'<div class="cot"><div class="dau-cot">{heading}</div><ul class="tin-cot">{items}</ul></div>'


def _before_and_after(view: View, article: Facts) -> str:
    """The neighbours in time: links that are not related ones."""
    index = view.articles.index(article)
    near = [("«", index - 1), ("»", index + 1)]
    links = " ".join(
        f'<a href="{view.url(view.articles[n]["path"])}">{sign} {markup(view.articles[n]["title"])}</a>'
        for sign, n in near
        if 0 <= n < len(view.articles)
    )
    return f'<div class="truoc-sau">{links}</div>'


def _item(view: View, article: Facts) -> str:
    return f"""<div class="mot-bai">
<h2 class="ten-bai"><a href="{view.url(article["path"])}" rel="bookmark">{markup(article["title"])}</a></h2>
<div class="luc">Ngày đăng: {printed_day(article)}</div>
<p>{markup(excerpt(article))} <a class="doc-tiep" href="{view.url(article["path"])}">Đọc tiếp</a></p>
</div>"""


def _pages(view: View, listing: Listing) -> str:
    if len(listing.pages) == 1:
        return ""
    numbers = " ".join(
        f'<span class="trang-nay">{n + 1}</span>'
        if n == listing.index
        else f'<a class="so" href="{view.url(listing.pages[n])}">{n + 1}</a>'
        for n in listing.near()
    )
    following = ""
    if listing.following:
        following = f' <a class="nextpostslink" href="{view.url(listing.following)}">Trang sau »</a>'
    total = f'<span class="tong">Trang {listing.index + 1} / {len(listing.pages)}</span>'
    return f'<div class="wp-pagenavi">{total} {numbers}{following}</div>'
