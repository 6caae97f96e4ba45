"""Every address of the town and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Literal

from tests.mockcity import Answer
from tests.mockcity.media import jpeg, pdf, png
from tests.mocktown import listing, pages, story
from tests.mocktown.frame import FEED, page
from tests.mocktown.truth import Facts, load_articles, load_site

Source = Literal["feed", "sitemap"]
SOURCES: frozenset[Source] = frozenset(("feed", "sitemap"))

_STYLE = "body { font-family: sans-serif; background: url(tiles.png) }\n"
_SCRIPT = "document.body.dataset.menu = 'closed';\n"

_FRAMING: tuple[tuple[Literal["never", "asked"], bool], ...] = (
    ("asked", True),
    ("never", False),
    ("asked", False),
    ("never", True),
)
"""How answers are sent, in turn: (gzip, chunked)."""


def build_town(base: str, sources: Set[Source]) -> dict[str, Answer]:
    """All answers by target, query included; ``404`` is what any other gets. ``base`` is the
    town's address without a closing slash. A source that is off leaves no trace in any page."""
    site, articles = load_site(), load_articles()
    alternate = f'<link rel="alternate" type="application/atom+xml" title="News" href="{FEED}">'
    always = alternate if "feed" in sources else ""
    answers: dict[str, Answer] = {}
    for index, (target, document) in enumerate(_pages(site, base, articles, always)):
        gzip, chunked = _FRAMING[index % len(_FRAMING)]
        answers[target] = Answer(
            body=document.encode(), content_type="text/html; charset=utf-8", gzip=gzip, chunked=chunked
        )
    answers.update(_sources(site, base, articles, sources))
    answers.update(_files(articles))
    for old, new in site["redirects"].items():
        answers[old] = Answer(status=301, content_type=None, headers=(("Location", new),))
    lost = page(site, title="Page not found", main=pages.missing(), latest=articles[:-4:-1], head=always)
    answers["404"] = Answer(status=404, body=lost.encode())
    return answers


def _pages(site: Facts, base: str, articles: list[Facts], always: str) -> Iterator[tuple[str, str]]:
    newest = articles[::-1]
    for article in articles:
        known = {article["path"], *(r["path"] for r in article["related"])}
        latest = [a for a in newest if a["path"] not in known][:4]
        head = f"{story.head(article, base)}\n{always}".strip()
        main, old = story.main(article), story.is_old(article)
        yield (
            article["path"],
            page(site, title=article["title"], main=main, latest=latest, head=head, old=old),
        )
    for target, title, main in listing.listings(site, articles):
        yield target, page(site, title=title, main=main, latest=newest[:3], head=always)
    for facts in site["pages"]:
        main = pages.main(facts)
        yield facts["path"], page(site, title=facts["title"], main=main, latest=newest[:3], head=always)


def _sources(
    site: Facts, base: str, articles: list[Facts], sources: Set[Source]
) -> Iterator[tuple[str, Answer]]:
    robots = "User-agent: *\nDisallow: /staff-login\n"
    if "feed" in sources:
        document = listing.feed(site, base, articles).encode()
        yield FEED, Answer(body=document, content_type="application/atom+xml; charset=utf-8", gzip="asked")
    if "sitemap" in sources:
        document = listing.sitemap(site, base, articles).encode()
        yield listing.SITEMAP, Answer(body=document, content_type="application/xml")
        robots += f"Sitemap: {base}{listing.SITEMAP}\n"
    yield "/robots.txt", Answer(body=robots.encode(), content_type="text/plain")


def _files(articles: list[Facts]) -> Iterator[tuple[str, Answer]]:
    yield "/assets/town.css", Answer(body=_STYLE.encode(), content_type="text/css")
    yield "/assets/menu.js", Answer(body=_SCRIPT.encode(), content_type="text/javascript")
    pictures = [image["src"] for article in articles for image in article["images"]]
    for path in ["/assets/crest.png", "/assets/tiles.png", *pictures]:
        drawn = png(path) if path.endswith(".png") else jpeg(path)
        kind = "image/png" if path.endswith(".png") else "image/jpeg"
        yield path, Answer(body=drawn, content_type=kind)
    for article in articles:
        for file in article["attachments"]:
            yield file["path"], Answer(body=pdf(file["name"]), content_type="application/pdf")
