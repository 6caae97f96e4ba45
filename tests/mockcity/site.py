"""Every address of the city and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tests.mockcity.answer import Answer
from tests.mockcity.article import article_main
from tests.mockcity.block import THEME, article_page, missing_page, static_page
from tests.mockcity.listing import listings, sitemaps
from tests.mockcity.media import jpeg, pdf, png
from tests.mockcity.truth import Facts, load_articles, load_site

_STYLE = "body { margin: 0; font-family: serif; background: #fff url(hoa-van.png) }\n"
_SCRIPT = "document.documentElement.classList.add('js');\n"
_ROBOTS = (
    "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {base}/wp-sitemap.xml\n"
)

_FRAMING: tuple[tuple[Literal["never", "asked"], bool], ...] = (
    ("never", False),
    ("asked", False),
    ("never", True),
    ("asked", True),
)
"""How answers are sent, in turn: (gzip, chunked)."""


def build_site(base: str) -> dict[str, Answer]:
    """All answers by path; ``404`` is what any other path gets. ``base`` is the address
    of the city without a closing slash, as it is written into pages."""
    site, articles = load_site(), load_articles()
    answers: dict[str, Answer] = {}
    texts = [(path, text, "text/html") for path, text in _pages(site, base, articles)]
    texts += [(path, text, "application/xml") for path, text in sitemaps(site, base, articles)]
    for index, (path, text, kind) in enumerate(texts):
        gzip, chunked = _FRAMING[index % len(_FRAMING)]
        answers[path] = Answer(
            body=text.encode(), content_type=f"{kind}; charset=UTF-8", gzip=gzip, chunked=chunked
        )
    answers.update(_files(base, articles))
    for old, new in site["redirects"].items():
        moved = (("Location", base + new), ("X-Redirect-By", "WordPress"))
        answers[old] = Answer(status=301, headers=moved)
    answers["404"] = Answer(status=404, body=missing_page(site, base).encode())
    return answers


def _pages(site: Facts, base: str, articles: list[Facts]) -> Iterator[tuple[str, str]]:
    for index, article in enumerate(articles):
        linked = {article["path"], *(link["path"] for link in article["related"])}
        others = [a for a in reversed(articles) if a["path"] not in linked]
        main = article_main(site, base, article)
        yield article["path"], article_page(site, base, article, main, others, 101 + index)
    yield from listings(site, base, articles)
    for index, facts in enumerate(site["pages"]):
        yield facts["path"], static_page(site, base, facts, 2 + index)


def _files(base: str, articles: list[Facts]) -> Iterator[tuple[str, Answer]]:
    yield "/robots.txt", _file(_ROBOTS.format(base=base).encode(), "text/plain; charset=utf-8")
    yield f"{THEME}/style.css", _file(_STYLE.encode(), "text/css")
    yield f"{THEME}/in-trang.js", _file(_SCRIPT.encode(), "text/javascript")
    pictures = [image["src"] for article in articles for image in article["images"]]
    own = [f"{THEME}/hoa-van.png", "/wp-content/uploads/bieu-tuong.png", "/wp-content/uploads/qr.png"]
    for path in pictures + own:
        yield (
            path,
            _file(png(path), "image/png") if path.endswith(".png") else _file(jpeg(path), "image/jpeg"),
        )
    for article in articles:
        for file in article["attachments"]:
            yield file["path"], _file(pdf(file["name"]), "application/pdf")


def _file(body: bytes, content_type: str) -> Answer:
    return Answer(body=body, content_type=content_type)
