"""Every address of the city and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal
from urllib.parse import parse_qsl

from tests.mockcity.amp import amp_page
from tests.mockcity.answer import Answer
from tests.mockcity.feed import feed, main_feed, section_feed
from tests.mockcity.listing import front_page, listings
from tests.mockcity.media import ico, jpeg, pdf, png, variants
from tests.mockcity.rest import rest
from tests.mockcity.sitemap import changed, sitemaps
from tests.mockcity.theme import Theme
from tests.mockcity.view import FIRST_NUMBER, View

_ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
_HTML, _XML = "text/html; charset=UTF-8", "application/xml; charset=UTF-8"
_RSS, _GZIP = "application/rss+xml; charset=UTF-8", "application/x-gzip"
_KINDS = {"css": "text/css", "js": "text/javascript"}
_FRAMING: tuple[tuple[Literal["never", "asked"], bool], ...] = (
    ("never", False),
    ("asked", False),
    ("never", True),
    ("asked", True),
)
"""How answers are sent, in turn: (gzip, chunked)."""

Maker = Callable[[], Answer]
_Page = tuple[str, Callable[[], str], str | None]
"""Path, page, and the time of its last change."""


class Site:
    """The answers of one view in one theme; a page is rendered when it is asked for.

    ``gzip_sitemap``: robots.txt names the ``.gz`` index instead of the plain one.
    """

    def __init__(self, view: View, look: Theme, *, gzip_sitemap: bool = False) -> None:
        self.view = view
        self.look = look
        self._gzip_sitemap = gzip_sitemap
        self._made: dict[str, Maker] = {}
        self._numbered = {view.numbers[a["slug"]]: a["path"] for a in view.articles}
        self._numbered |= {number: p["path"] for number, p in enumerate(view.site["pages"], 2)}
        for index, (path, page, at) in self._pages():
            self._add(path, page, at, index)
        self._made.update(self._files())
        self._moves()

    def answer(self, path: str, query: str = "") -> Answer:
        """What a path with its query answers, 404 included."""
        asked = dict(parse_qsl(query, keep_blank_values=True))
        if path == "/" and asked.get("p", "").isdigit():
            target = self._numbered.get(int(asked["p"]))
            return self._moved(target) if target else self._missing()
        if self.view.has("rest") and (path == "/wp-json" or path.startswith("/wp-json/")):
            return rest(self.view, self.look, path, asked)
        if self.view.has("feed") and path.endswith("/feed/"):
            return self._feed(path, asked)
        made = self._made.get(path)
        return made() if made else self._missing(self.view.gone.get(path, 404))

    def _pages(self) -> Iterator[tuple[int, _Page]]:
        """All that is rendered by the theme, each with the number that decides how it is framed: for an
        article the post's own, which stays when others come and go."""
        for article in self.view.articles:
            page = partial(self.look.article_page, self.view, article)
            number = self.view.numbers[article["slug"]] - FIRST_NUMBER
            yield number, (article["path"], page, changed(article))
        yield from enumerate(self._other_pages(), len(self.view.articles))

    def _other_pages(self) -> Iterator[_Page]:
        view, look = self.view, self.look
        if view.has("listings"):
            for path, listing in listings(view):
                yield path, partial(look.listing_page, view, listing), None
        else:
            yield "/", partial(look.static_page, view, front_page(view), 1), None
        for number, facts in enumerate(view.site["pages"], 2):
            yield facts["path"], partial(look.static_page, view, facts, number), None
        for article in view.articles:
            yield f"{article['path']}/amp", partial(amp_page, view, article), changed(article)

    def _add(self, path: str, page: Callable[[], str], at: str | None, index: int) -> None:
        gzip, chunked = _FRAMING[index % len(_FRAMING)]
        named = self.view.has("rest")
        links = (("Link", f'<{self.view.url("/wp-json/")}>; rel="https://api.w.org/"'),) if named else ()
        self._made[path] = lambda: Answer(
            body=page().encode(), content_type=_HTML, gzip=gzip, chunked=chunked, changed=at, headers=links
        )

    def _files(self) -> Iterator[tuple[str, Maker]]:
        view = self.view
        robots = _ROBOTS
        if view.has("sitemap"):
            robots += f"\nSitemap: {view.url('/wp-sitemap.xml')}{'.gz' if self._gzip_sitemap else ''}\n"
            for index, (path, listed) in enumerate(sitemaps(view)):
                gzip, chunked = _FRAMING[index % len(_FRAMING)] if path.endswith(".xml") else _FRAMING[0]
                kind = _XML if path.endswith(".xml") else _GZIP
                yield path, partial(Answer, body=listed, content_type=kind, gzip=gzip, chunked=chunked)
        yield "/robots.txt", _fixed(robots.encode(), "text/plain; charset=utf-8")
        yield "/favicon.ico", _fixed(ico("favicon"), "image/x-icon")
        for path, text in self.look.FILES.items():
            yield path, _fixed(text.encode(), _KINDS[path.rpartition(".")[2]]) if text else _picture(path)
        for path in ("/wp-content/uploads/bieu-tuong.png", "/wp-content/uploads/qr.png"):
            yield path, _picture(path)
        for article in view.articles:
            for image in article["images"]:
                yield from ((path, _picture(path)) for path, _ in variants(image["src"]))
            for file in article["attachments"]:
                yield file["path"], partial(_document, file["name"])

    def _moves(self) -> None:
        """Moved slugs whose end is an article here, and addresses with a slash too many or too few."""
        for old, new in self.view.moves.items():
            self._made[old] = self._made[f"{old}/"] = self._made[f"{old}/amp"] = partial(self._moved, new)
        redirects = self.view.site["redirects"]
        for old, new in redirects.items():
            end = new
            while end in redirects:
                end = redirects[end]
            if end in self._made:
                self._made[old] = partial(self._moved, new)
        for path in [a["path"] for a in self.view.articles]:
            self._made[f"{path}/"] = partial(self._moved, path)
        for term in self.view.sections() + self.view.tags() if self.view.has("listings") else []:
            self._made[term["path"][:-1]] = partial(self._moved, term["path"])

    def _feed(self, path: str, asked: dict[str, str]) -> Answer:
        paged = asked.get("paged", "1")
        page = int(paged) if paged.isdigit() else 1
        if path == "/feed/":
            text = main_feed(self.view, self.look, page)
        elif path == "/comments/feed/":
            text = feed(self.view, self.look, path, [])
        else:
            text = section_feed(self.view, self.look, path, page) if self.view.has("listings") else None
        if text is None:
            return self._missing()
        at = max(map(changed, self.view.articles), default=None)  # WordPress: of all posts, in every feed
        return Answer(body=text, content_type=_RSS, gzip="asked", changed=at)

    def _moved(self, target: str) -> Answer:
        where = (("Location", self.view.url(target)), ("X-Redirect-By", "WordPress"))
        return Answer(status=301, headers=where)

    def _missing(self, status: int = 404) -> Answer:
        return Answer(status=status, body=self.look.missing_page(self.view).encode())


def _fixed(body: bytes, content_type: str) -> Maker:
    return partial(_file, body, content_type)


def _picture(path: str) -> Maker:
    return partial(_drawn, path)


def _drawn(path: str) -> Answer:
    return _file(png(path), "image/png") if path.endswith(".png") else _file(jpeg(path), "image/jpeg")


def _document(name: str) -> Answer:
    return _file(pdf(name), "application/pdf")


def _file(body: bytes, content_type: str) -> Answer:
    return Answer(body=body, content_type=content_type)
