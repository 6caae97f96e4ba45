"""The city's pages, marked up as a WordPress block theme does.

Only the parts that are WordPress's own (blocks, post title, post content, navigation)
carry class names, and they are WordPress's; what the city's own theme adds has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.mockcity import head, seo
from tests.mockcity.article import article_content, article_main
from tests.mockcity.text import markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import Listing, View, excerpt, printed_day

THEME = "/wp-content/themes/cuabach"
FILES = {
    f"{THEME}/style.css": "@import url(phong-chu.css);\nbody { margin: 0; font-family: serif }\n",
    f"{THEME}/phong-chu.css": "h1 { color: #123; background: url('hoa-van.png') no-repeat }\n",
    f"{THEME}/in-trang.js": "document.documentElement.classList.add('js');\n",
    f"{THEME}/hoa-van.png": "",
}
"""The theme's own files: path → text, ``""`` for a picture."""


def content(view: View, article: Facts) -> str:
    """The post's content as the CMS holds it."""
    return article_content(view.base, article)


def article_page(view: View, article: Facts) -> str:
    """An article between two columns of other news."""
    number = view.numbers[article["slug"]]
    others = view.others(article, 6)
    lines = [
        *head.feeds(view),
        *head.rest(view, number),
        *head.post(view, article["path"], number, amp=True),
        seo.head(article, view.base),
    ]
    columns = (
        f'<div class="wp-block-columns">\n{_other_news(view, "Tin nổi bật", others[:2], weekday=True)}\n'
        f"{article_main(view, article)}\n"
        f"{_other_news(view, 'Tin mới nhất', others[2:], weekday=False)}\n</div>"
    )
    kind = f"wp-singular post-template-default single single-post postid-{number}"
    return _page(view, title=article["title"], main=columns, lines=lines, kind=kind)


def listing_page(view: View, listing: Listing) -> str:
    """A page of a list of articles."""
    name = listing.name
    heading = f'<h1 class="wp-block-query-title">{markup(name)}</h1>\n' if name else ""
    items = "\n".join(_item(view, a) for a in listing.articles)
    main = (
        f'<main class="wp-block-group">\n{heading}<div class="wp-block-query">\n'
        f'<ul class="wp-block-post-template">\n{items}\n</ul>\n'
        f"{_pagination(view, listing)}\n</div>\n</main>"
    )
    lines = [*head.feeds(view, section=(name, listing.pages[0]) if name else None), *head.rest(view)]
    return _page(view, title=name or view.name, main=main, lines=lines, kind="archive" if name else "home")


def static_page(view: View, facts: Facts, number: int) -> str:
    """A page that is no news: no date, no byline, no other news beside it."""
    body = "\n".join(f"<p>{markup(p)}</p>" for p in facts["paragraphs"])
    links = "".join(
        f'<p>Xem thêm: <a href="{view.url(link["path"])}">{markup(link["title"])}</a></p>'
        for link in facts["links"]
    )
    main = (
        f'<main class="wp-block-group">\n<h1 class="wp-block-post-title">{markup(facts["title"])}</h1>\n'
        f'<div class="entry-content wp-block-post-content">\n{body}\n{links}\n</div>\n</main>'
    )
    lines = [*head.feeds(view), *head.rest(view, number, "pages")]
    lines += head.post(view, facts["path"], number, amp=False)
    kind = f"wp-singular page-template-default page page-id-{number}"
    return _page(view, title=facts["title"], main=main, lines=lines, kind=kind)


def missing_page(view: View) -> str:
    """What a missing address answers."""
    main = (
        '<main class="wp-block-group">\n<h1 class="wp-block-heading">Không tìm thấy trang</h1>\n'
        "<p>Trang này không còn hoặc chưa từng có. Mời bạn trở về trang chủ.</p>\n</main>"
    )
    return _page(view, title="Không tìm thấy trang", main=main, lines=head.feeds(view), kind="error404")


def _page(view: View, *, title: str, main: str, lines: list[str], kind: str) -> str:
    """A whole page. ``kind`` is the body class that WordPress gives (``home``, ``archive`` …)."""
    shown = markup(f"{title} – {view.name}" if title != view.name else view.name)
    above = "\n".join(filter(None, lines))
    base = view.base
    return f"""<!DOCTYPE html>
<html lang="{view.site["language"]}">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{shown}</title>
{above}
<link rel="stylesheet" id="cuabach-style-css" href="{base}{THEME}/style.css?ver=2.1" media="all" />
<link rel="icon" href="{base}/wp-content/uploads/bieu-tuong.png" sizes="32x32" />
</head>
<body class="{kind} wp-embed-responsive">
<div class="wp-site-blocks">
{_header(view)}
{main}
{_footer(view)}
</div>
<script src="{base}{THEME}/in-trang.js?ver=2.1" id="cuabach-print-js"></script>
</body>
</html>
"""


def _header(view: View) -> str:
    items = "".join(
        '<li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" '
        f'href="{view.url(s["path"])}"><span class="wp-block-navigation-item__label">'
        f"{markup(s['name'])}</span></a></li>"
        for s in (view.sections() if view.has("listings") else [])
    )
    base = view.base
    return f"""<header class="wp-block-template-part">
<figure class="wp-block-site-logo"><a href="{base}/" rel="home"><img width="48" height="48" \
src="{base}/wp-content/uploads/bieu-tuong.png" class="custom-logo" alt="Biểu tượng" /></a></figure>
<p class="wp-block-site-title"><a href="{base}/" rel="home">{markup(view.name)}</a></p>
<nav class="wp-block-navigation"><ul class="wp-block-navigation__container">{items}</ul></nav>
</header>"""


def _footer(view: View) -> str:
    base = view.base
    links = "".join(
        f'<li><a href="{base}{p["path"]}">{markup(p["title"])}</a></li>' for p in view.site["pages"]
    )
    return f"""<footer class="wp-block-template-part">
<ul>{links}<li><a href="{base}/wp-admin/">Đăng nhập</a></li></ul>
<p>© 2019&#8211;2026 {markup(view.name)}</p>
</footer>"""


def _other_news(view: View, heading: str, articles: Iterable[Facts], *, weekday: bool) -> str:
    """A column of other news with its own dates: a trap for readers of dates and links."""
    items = "".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{view.url(a["path"])}">'
        f"{markup(a['title'])}</a>"
        f'<time datetime="{a["published_date"]}" class="wp-block-latest-posts__post-date">'
        f"{a['published_raw'] if weekday else printed_day(a)}</time></li>"
        for a in articles
    )
    return f"""<aside class="wp-block-column">
<h2 class="wp-block-heading">{heading}</h2>
<ul class="wp-block-latest-posts__list has-dates wp-block-latest-posts">{items}</ul>
</aside>"""


def _item(view: View, article: Facts) -> str:
    words = markup(excerpt(article))
    return f"""<li class="wp-block-post post type-post">
<h2 class="wp-block-post-title"><a href="{view.url(article["path"])}">{markup(article["title"])}</a></h2>
<div class="wp-block-post-date"><time datetime="{article["published_at"]}">{printed_day(article)}</time></div>
<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{words}</p></div>
</li>"""


def _pagination(view: View, listing: Listing) -> str:
    if len(listing.pages) == 1:
        return ""
    numbers = "".join(
        f'<span aria-current="page" class="page-numbers current">{n + 1}</span>'
        if n == listing.index
        else f'<a class="page-numbers" href="{view.url(listing.pages[n])}">{n + 1}</a>'
        for n in listing.near()
    )
    following = ""
    if listing.following:
        target = view.url(listing.following)
        following = f'<a href="{target}" class="wp-block-query-pagination-next">Trang sau</a>'
    return (
        '<nav class="wp-block-query-pagination" aria-label="Phân trang">'
        f'<div class="wp-block-query-pagination-numbers">{numbers}</div>{following}</nav>'
    )
