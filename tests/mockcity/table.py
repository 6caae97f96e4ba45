"""The city's pages, marked up as a bare old theme does: tables in tables, ``font`` tags, no names.

Nothing in it says what it is: no heading elements, no classes or ids, no language on the
root element. What stands where is told by tables, bold type and size.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.mockcity import head, seo
from tests.mockcity.table_article import article_cell, font
from tests.mockcity.table_article import content as content
from tests.mockcity.text import markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import Listing, View, excerpt, printed_day

THEME = "/wp-content/themes/bang"
FILES = {
    f"{THEME}/style.css": "a { color: #003399; text-decoration: none }\ntd { background: url(nen.png) }\n",
    f"{THEME}/lich.js": "function lich() { return new Date(); }\n",
    f"{THEME}/nen.png": "",
    f"{THEME}/dau-trang.png": "",
}
"""The theme's own files: path → text, ``""`` for a picture."""


def article_page(view: View, article: Facts) -> str:
    """An article in the middle cell, other news in the cells at both sides."""
    number = view.numbers[article["slug"]]
    others = view.others(article, 6)
    lines = [
        *head.feeds(view),
        *head.rest(view, number),
        *head.post(view, article["path"], number, amp=True),
        seo.head(article, view.base, name=""),
    ]
    sides = (
        _column(view, "Tin nổi bật", others[:2], raw=True),
        _column(view, "Tin mới", others[2:], raw=False),
    )
    return _page(view, title=article["title"], middle=article_cell(view, article), lines=lines, sides=sides)


def listing_page(view: View, listing: Listing) -> str:
    """A page of a list of articles: one row for each."""
    name = listing.name
    heading = f"<b>{font(markup(name), 4)}</b><hr size='1' />\n" if name else ""
    rows = "\n".join(_row(view, a) for a in listing.articles)
    middle = f'{heading}<table width="100%" cellpadding="4">\n{rows}\n</table>\n{_pages(view, listing)}'
    lines = [*head.feeds(view, section=(name, listing.pages[0]) if name else None), *head.rest(view)]
    return _page(view, title=name or view.name, middle=middle, lines=lines)


def static_page(view: View, facts: Facts, number: int) -> str:
    """A page that is no news."""
    body = "<br /><br />\n".join(markup(p) for p in facts["paragraphs"])
    links = "".join(
        f'<br /><br />Xem thêm: <a href="{view.url(link["path"])}">{markup(link["title"])}</a>'
        for link in facts["links"]
    )
    middle = f"<b>{font(markup(facts['title']), 4)}</b><br /><br />\n{font(body + links, 2)}"
    lines = [*head.feeds(view), *head.rest(view, number, "pages")]
    lines += head.post(view, facts["path"], number, amp=False)
    return _page(view, title=facts["title"], middle=middle, lines=lines)


def missing_page(view: View) -> str:
    """What a missing address answers."""
    middle = f"<center><b>{font('Không tìm thấy trang', 4)}</b></center>"
    return _page(view, title="Không tìm thấy trang", middle=middle, lines=head.feeds(view))


def _page(view: View, *, title: str, middle: str, lines: list[str], sides: tuple[str, str] = ("", "")) -> str:
    shown = markup(f"{title} | {view.name}" if title != view.name else view.name)
    above = "\n".join(filter(None, lines))
    base = view.base
    below = " | ".join(
        f'<a href="{view.url(p["path"])}">{markup(p["title"])}</a>' for p in view.site["pages"]
    )
    rights = font(f"© 2005&#8211;2026 {markup(view.name)} | {below}", 1)
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta http-equiv="Content-Language" content="vi" />
<title>{shown}</title>
{above}
<link rel="stylesheet" type="text/css" href="{base}{THEME}/style.css" />
<link rel="icon" href="{base}/favicon.ico" />
<script language="javascript" src="{base}{THEME}/lich.js"></script>
</head>
<body bgcolor="#FFFFFF" topmargin="0" background="{base}{THEME}/nen.png">
<table width="960" border="0" align="center" cellspacing="0" cellpadding="0">
<tr><td colspan="3"><a href="{base}/"><img src="{base}{THEME}/dau-trang.png" border="0" width="960" \
height="90" alt="" /></a></td></tr>
<tr><td colspan="3"><b>{font(markup(view.name), 4, "#990000")}</b></td></tr>
<tr><td colspan="3" bgcolor="#003399" height="24"><a href="{base}/">{font("Trang chủ", 2, "#FFFFFF")}</a> \
{_menu(view)}</td></tr>
<tr valign="top">
<td width="180">{sides[0]}</td>
<td width="600">
{middle}
</td>
<td width="180">{sides[1]}</td>
</tr>
<tr><td colspan="3" align="center" bgcolor="#EEEEEE">{rights}</td></tr>
</table>
</body>
</html>
"""


def _menu(view: View) -> str:
    sections = view.sections() if view.has("listings") else []
    return " | ".join(
        f'<a href="{view.url(s["path"])}">{font(markup(s["name"]), 2, "#FFFFFF")}</a>' for s in sections
    )


def _column(view: View, heading: str, articles: Iterable[Facts], *, raw: bool) -> str:
    rows = "".join(
        f'<tr><td><img src="{view.base}{THEME}/nen.png" width="6" height="6" alt="" /> '
        f'<a href="{view.url(a["path"])}">{font(markup(a["title"]), 2)}</a><br />'
        f"{font(a['published_raw'] if raw else f'({printed_day(a)})', 1, '#666666')}</td></tr>"
        for a in articles
    )
    bar = f'<tr><td bgcolor="#003399"><b>{font(heading, 2, "#FFFFFF")}</b></td></tr>'
    return f'<table width="100%" border="0" cellpadding="3">{bar}{rows}</table>'


def _row(view: View, article: Facts) -> str:
    title = f'<a href="{view.url(article["path"])}"><b>{font(markup(article["title"]), 3)}</b></a>'
    return (
        f"<tr><td>{title}<br />{font(printed_day(article), 1, '#666666')}<br />"
        f"{font(markup(excerpt(article)), 2)}</td></tr>"
    )


def _pages(view: View, listing: Listing) -> str:
    if len(listing.pages) == 1:
        return ""
    numbers = " ".join(
        f"<b>[{n + 1}]</b>" if n == listing.index else f'<a href="{view.url(listing.pages[n])}">[{n + 1}]</a>'
        for n in listing.near()
    )
    following = (
        f' <a href="{view.url(listing.following)}">Trang sau &gt;&gt;</a>' if listing.following else ""
    )
    return f"<center>{font(f'{numbers}{following}', 2)}</center>"
