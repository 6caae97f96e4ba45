"""Lists of articles: the home page and the sections, in pages of five, and the sitemaps."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mockcity.block import page, printed_day
from tests.mockcity.text import markup
from tests.mockcity.truth import Facts

PER_PAGE = 5
EXCERPT_WORDS = 22
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def listings(site: Facts, base: str, articles: list[Facts]) -> Iterator[tuple[str, str]]:
    """(path, page) of the home page, of each section and tag, and of the pages that follow them."""
    newest = list(reversed(articles))
    yield from _paged(site, base, "/", None, newest)
    for section in site["sections"]:
        chosen = [a for a in newest if section["name"] in a["sections"]]
        yield from _paged(
            site, base, f"/chuyen-muc/{section['slug']}/", f"Chuyên mục: {section['name']}", chosen
        )
    for tag in site["tags"]:
        chosen = [a for a in newest if tag["name"] in a["tags"]]
        yield from _paged(site, base, f"/the/{tag['slug']}/", f"Thẻ: {tag['name']}", chosen)


def _paged(
    site: Facts, base: str, root: str, name: str | None, articles: list[Facts]
) -> Iterator[tuple[str, str]]:
    last = max(1, -(-len(articles) // PER_PAGE))
    paths = [root if n == 1 else f"{root}page/{n}/" for n in range(1, last + 1)]
    heading = f'<h1 class="wp-block-query-title">{markup(name)}</h1>\n' if name else ""
    for index, path in enumerate(paths):
        items = "\n".join(_item(base, a) for a in articles[index * PER_PAGE : (index + 1) * PER_PAGE])
        main = (
            f'<main class="wp-block-group">\n{heading}<div class="wp-block-query">\n'
            f'<ul class="wp-block-post-template">\n{items}\n</ul>\n'
            f"{_pagination(base, paths, index)}\n</div>\n</main>"
        )
        yield (
            path,
            page(site, base, title=name or site["name"], main=main, kind="archive" if name else "home"),
        )


def _item(base: str, article: Facts) -> str:
    words = (article["lead"] or article["paragraphs"][0]).split()
    excerpt = " ".join(words[:EXCERPT_WORDS]) + ("…" if len(words) > EXCERPT_WORDS else "")
    return f"""<li class="wp-block-post post type-post">
<h2 class="wp-block-post-title"><a href="{base}{article["path"]}">{markup(article["title"])}</a></h2>
<div class="wp-block-post-date"><time datetime="{article["published_at"]}">{printed_day(article)}</time></div>
<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{markup(excerpt)}</p></div>
</li>"""


def _pagination(base: str, paths: list[str], index: int) -> str:
    if len(paths) == 1:
        return ""
    numbers = "".join(
        f'<span aria-current="page" class="page-numbers current">{n + 1}</span>'
        if n == index
        else f'<a class="page-numbers" href="{base}{path}">{n + 1}</a>'
        for n, path in enumerate(paths)
    )
    following = ""
    if index + 1 < len(paths):
        following = f'<a href="{base}{paths[index + 1]}" class="wp-block-query-pagination-next">Trang sau</a>'
    return (
        '<nav class="wp-block-query-pagination" aria-label="Phân trang">'
        f'<div class="wp-block-query-pagination-numbers">{numbers}</div>{following}</nav>'
    )


def sitemaps(site: Facts, base: str, articles: list[Facts]) -> Iterator[tuple[str, str]]:
    """(path, document) of the sitemap index and of the two it names (sitemaps.org protocol 0.9)."""
    posts, pages = "/wp-sitemap-posts-post-1.xml", "/wp-sitemap-posts-page-1.xml"
    names = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in (posts, pages))
    yield "/wp-sitemap.xml", _document(f"<sitemapindex {_SITEMAPS}>{names}</sitemapindex>")
    listed = "".join(_entry(base, a["path"], a["modified_at"] or a["published_at"]) for a in articles)
    yield posts, _document(f"<urlset {_SITEMAPS}>{listed}</urlset>")
    listed = "".join(_entry(base, p["path"], None) for p in site["pages"])
    yield pages, _document(f"<urlset {_SITEMAPS}>{listed}</urlset>")


def _document(root: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def _entry(base: str, path: str, changed: str | None) -> str:
    modified = f"<lastmod>{changed.replace('Z', '+00:00')}</lastmod>" if changed else ""
    return f"<url><loc>{base}{path}</loc>{modified}</url>"
