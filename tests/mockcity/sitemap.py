"""The sitemaps of the city, as WordPress writes them (sitemaps.org protocol 0.9)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.mockcity.truth import Facts
from tests.mockcity.view import View

PER_FILE = 2000
"""Addresses in one file: WordPress's own limit."""
_ROOT = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(view: View) -> Iterator[tuple[str, bytes]]:
    """(path, document) of the index and all it names, each also as a ``.gz`` file, whose
    index names the ``.gz`` files."""
    plain = list(_files(view))
    yield "/wp-sitemap.xml", _index(view, [path for path, _ in plain])
    yield from plain
    zipped = _index(view, [f"{path}.gz" for path, _ in plain])
    yield "/wp-sitemap.xml.gz", gzip.compress(zipped, 6, mtime=0)
    yield from ((f"{path}.gz", gzip.compress(text, 6, mtime=0)) for path, text in plain)


def _files(view: View) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(view.articles), PER_FILE):
        posts = view.articles[start : start + PER_FILE]
        entries = "".join(_entry(view, a["path"], changed(a)) for a in posts)
        yield f"/wp-sitemap-posts-post-{start // PER_FILE + 1}.xml", _urlset(entries)
    pages = "".join(_entry(view, p["path"], None) for p in view.site["pages"])
    yield "/wp-sitemap-posts-page-1.xml", _urlset(pages)
    if view.has("listings"):
        for kind, terms in (("category", view.sections()), ("post_tag", view.tags())):
            entries = "".join(_entry(view, t["path"], None) for t in terms if view.filed(t))
            yield f"/wp-sitemap-taxonomies-{kind}-1.xml", _urlset(entries)


def changed(article: Facts) -> str:
    """When the article was last saved, else published."""
    return str(article.get("saved_at") or article["modified_at"] or article["published_at"])


def _index(view: View, paths: list[str]) -> bytes:
    names = "".join(f"<sitemap><loc>{view.url(path)}</loc></sitemap>" for path in paths)
    return _document(f"<sitemapindex {_ROOT}>{names}</sitemapindex>")


def _urlset(entries: str) -> bytes:
    return _document(f"<urlset {_ROOT}>{entries}</urlset>")


def _document(root: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def _entry(view: View, path: str, at: str | None) -> str:
    modified = f"<lastmod>{at.replace('Z', '+00:00')}</lastmod>" if at else ""
    return f"<url><loc>{view.url(path)}</loc>{modified}</url>"
