"""The city's pages, marked up as a WordPress block theme does.

Only the parts that are WordPress's own (blocks, post title, post content, navigation)
carry class names, and they are WordPress's; what the city's own theme adds has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.mockcity import seo
from tests.mockcity.text import markup
from tests.mockcity.truth import Facts

THEME = "/wp-content/themes/cuabach"


def page(site: Facts, base: str, *, title: str, main: str, head: str = "", kind: str) -> str:
    """A whole page. ``kind`` is the body class that WordPress gives (``home``, ``archive`` …)."""
    name = site["name"]
    shown = markup(f"{title} – {name}" if title != name else name)
    return f"""<!DOCTYPE html>
<html lang="{site["language"]}">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{shown}</title>
{head}
<link rel="stylesheet" id="cuabach-style-css" href="{base}{THEME}/style.css?ver=2.1" media="all" />
<link rel="icon" href="{base}/wp-content/uploads/bieu-tuong.png" sizes="32x32" />
</head>
<body class="{kind} wp-embed-responsive">
<div class="wp-site-blocks">
{_header(site, base)}
{main}
{_footer(site, base)}
</div>
<script src="{base}{THEME}/in-trang.js?ver=2.1" id="cuabach-print-js"></script>
</body>
</html>
"""


def _header(site: Facts, base: str) -> str:
    items = "".join(
        '<li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" '
        f'href="{base}/chuyen-muc/{s["slug"]}/"><span class="wp-block-navigation-item__label">'
        f"{markup(s['name'])}</span></a></li>"
        for s in site["sections"]
    )
    return f"""<header class="wp-block-template-part">
<figure class="wp-block-site-logo"><a href="{base}/" rel="home"><img width="48" height="48" \
src="{base}/wp-content/uploads/bieu-tuong.png" class="custom-logo" alt="Biểu tượng" /></a></figure>
<p class="wp-block-site-title"><a href="{base}/" rel="home">{markup(site["name"])}</a></p>
<nav class="wp-block-navigation"><ul class="wp-block-navigation__container">{items}</ul></nav>
</header>"""


def _footer(site: Facts, base: str) -> str:
    links = "".join(f'<li><a href="{base}{p["path"]}">{markup(p["title"])}</a></li>' for p in site["pages"])
    return f"""<footer class="wp-block-template-part">
<ul>{links}<li><a href="{base}/wp-admin/">Đăng nhập</a></li></ul>
<p>© 2019&#8211;2026 {markup(site["name"])}</p>
</footer>"""


def other_news(heading: str, articles: Iterable[Facts], base: str, *, weekday: bool) -> str:
    """A column of other news with its own dates: a trap for readers of dates and links."""
    items = "".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{base}{a["path"]}">{markup(a["title"])}</a>'
        f'<time datetime="{a["published_date"]}" class="wp-block-latest-posts__post-date">'
        f"{a['published_raw'] if weekday else printed_day(a)}</time></li>"
        for a in articles
    )
    return f"""<aside class="wp-block-column">
<h2 class="wp-block-heading">{heading}</h2>
<ul class="wp-block-latest-posts__list has-dates wp-block-latest-posts">{items}</ul>
</aside>"""


def printed_day(article: Facts) -> str:
    """The day of publication as DD/MM/YYYY."""
    return "/".join(reversed(article["published_date"].split("-")))


def article_page(site: Facts, base: str, article: Facts, main: str, others: list[Facts], number: int) -> str:
    """An article between two columns of other news."""
    canonical = f'<link rel="canonical" href="{base}{article["path"]}" />'
    extra = seo.head(article, base)
    columns = (
        f'<div class="wp-block-columns">\n{other_news("Tin nổi bật", others[:2], base, weekday=True)}\n'
        f"{main}\n{other_news('Tin mới nhất', others[2:6], base, weekday=False)}\n</div>"
    )
    return page(
        site,
        base,
        title=article["title"],
        main=columns,
        head=f"{canonical}\n{extra}".strip(),
        kind=f"wp-singular post-template-default single single-post postid-{number}",
    )


def static_page(site: Facts, base: str, facts: Facts, number: int) -> str:
    """A page that is no news: no date, no byline, no other news beside it."""
    body = "\n".join(f"<p>{markup(p)}</p>" for p in facts["paragraphs"])
    links = "".join(
        f'<p>Xem thêm: <a href="{base}{link["path"]}">{markup(link["title"])}</a></p>'
        for link in facts["links"]
    )
    main = (
        f'<main class="wp-block-group">\n<h1 class="wp-block-post-title">{markup(facts["title"])}</h1>\n'
        f'<div class="entry-content wp-block-post-content">\n{body}\n{links}\n</div>\n</main>'
    )
    canonical = f'<link rel="canonical" href="{base}{facts["path"]}" />'
    kind = f"wp-singular page-template-default page page-id-{number}"
    return page(site, base, title=facts["title"], main=main, head=canonical, kind=kind)


def missing_page(site: Facts, base: str) -> str:
    """What a missing address answers."""
    main = (
        '<main class="wp-block-group">\n<h1 class="wp-block-heading">Không tìm thấy trang</h1>\n'
        "<p>Trang này không còn hoặc chưa từng có. Mời bạn trở về trang chủ.</p>\n</main>"
    )
    return page(site, base, title="Không tìm thấy trang", main=main, kind="error404")
