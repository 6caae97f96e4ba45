"""Lists of articles: the home page, the sections and the tags, in pages."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mockcity.truth import Facts
from tests.mockcity.view import Listing, View


def listings(view: View) -> Iterator[tuple[str, Listing]]:
    """(path, list) of the home page, of each section and tag, and of the pages that follow them."""
    yield from _paged("/", None, list(view.newest), view.per_page)
    for section in view.sections():
        yield from _paged(
            section["path"], f"Chuyên mục: {section['name']}", view.filed(section), view.per_page
        )
    for tag in view.tags():
        yield from _paged(tag["path"], f"Thẻ: {tag['name']}", view.filed(tag), view.per_page)


def front_page(view: View) -> Facts:
    """The static page that stands at / where the lists are switched off: it names three articles."""
    newest = [a for _, a in zip(range(3), view.newest, strict=False)]
    return {
        "path": "/",
        "title": view.name,
        "paragraphs": view.site["pages"][0]["paragraphs"][:1],
        "links": [{"path": a["path"], "title": a["title"]} for a in newest],
    }


def _paged(
    root: str, name: str | None, articles: list[Facts], per_page: int
) -> Iterator[tuple[str, Listing]]:
    last = max(1, -(-len(articles) // per_page))
    pages = [root if n == 1 else f"{root}page/{n}/" for n in range(1, last + 1)]
    for index, path in enumerate(pages):
        shown = articles[index * per_page : (index + 1) * per_page]
        yield path, Listing(name=name, articles=shown, pages=pages, index=index)
