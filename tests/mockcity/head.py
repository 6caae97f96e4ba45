"""What WordPress itself and its AMP plugin write into the head of a page, whatever the theme."""

from __future__ import annotations

from tests.mockcity.text import attribute
from tests.mockcity.view import View


def feeds(view: View, *, section: tuple[str, str] | None = None) -> list[str]:
    """``rel=alternate`` links of the feeds; ``section`` is (name, path) of a list with one of its own."""
    if not view.has("feed"):
        return []
    named = [(f"Dòng thông tin {view.name}", "/feed/"), (f"{view.name} » Dòng bình luận", "/comments/feed/")]
    if section:
        named.append((f"Dòng thông tin {section[0]}", f"{section[1]}feed/"))
    return [
        f'<link rel="alternate" type="application/rss+xml" title="{attribute(title)}" '
        f'href="{view.url(path)}" />'
        for title, path in named
    ]


def rest(view: View, number: int | None = None, kind: str = "posts") -> list[str]:
    """The link to the REST interface, and to the page's own object in it."""
    if not view.has("rest"):
        return []
    links = [f'<link rel="https://api.w.org/" href="{view.url("/wp-json/")}" />']
    if number is not None:
        target = view.url(f"/wp-json/wp/v2/{kind}/{number}")
        links.append(f'<link rel="alternate" title="JSON" type="application/json" href="{target}" />')
    return links


def post(view: View, path: str, number: int, *, amp: bool) -> list[str]:
    """Canonical address, short link and AMP page of an article."""
    links = [
        f'<link rel="canonical" href="{view.url(path)}" />',
        f'<link rel="shortlink" href="{view.url(f"/?p={number}")}" />',
    ]
    if amp:
        links.append(f'<link rel="amphtml" href="{view.url(path)}/amp" />')
    return links
