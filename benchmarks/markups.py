"""The pages that :mod:`benchmarks.reading` reads: article pages, and the layout that knows them."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timed import WARM
from pipelines.extract.layout import Layout, View
from pipelines.layouts import layout
from pipelines.text import sha256_hex
from tests.mockcity import MockCity

_CLASSIC = Layout(views=(View(title="h1.tieu-de-bai", content="div.noi-dung-bai"),), name="classic")
_PORTAL = Layout(
    views=tuple(View(title=t, content="div.noidungTin") for t in ("div.title", "h1.titleTin", "h2.tenTin")),
    name="portal",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """One way in which the sample city prints its articles, and what is known of it."""

    theme: str
    """The city's theme."""
    after: str
    """What the addresses of these pages end in."""
    layout: str
    """Its name, for :func:`layout_of`."""


MARKUPS = {
    "block": Markup(theme="block", after="", layout="wordpress"),
    "amp": Markup(theme="block", after="/amp", layout="haiphong"),
    "classic": Markup(theme="classic", after="", layout="classic"),
    "portal": Markup(theme="portal", after="", layout="portal"),
}
"""The markups that bear names; nothing can be known of pages without any (theme ``table``)."""


def layout_of(name: str) -> Layout | None:
    """A layout by its name: one of the project's, or what a file for the sample city would say."""
    return {"classic": _CLASSIC, "portal": _PORTAL}.get(name) or layout(name)


def pages(markup: Markup, articles: int) -> list[tuple[str, str]]:
    """Addresses and sources of all articles of the sample city in one markup."""
    with MockCity(0, theme=markup.theme, articles=articles) as city:
        urls = [city.url.rstrip("/") + told["path"] + markup.after for told in city.truth]
        return [(url, urllib.request.urlopen(url).read().decode()) for url in urls]


def saved(folder: Path) -> list[tuple[str, str]]:
    """Addresses and sources of the pages (``*.html``) in a folder, in an order that mixes what lies together.

    Raises:
        SystemExit: there are hardly any.
    """
    files = sorted(folder.rglob("*.html"), key=lambda file: sha256_hex(str(file.relative_to(folder))))
    if len(files) <= WARM:
        raise SystemExit(f"{folder} holds {len(files)} pages; more than {WARM} are needed, which come first")
    return list(_read(files))


def _read(files: list[Path]) -> Iterator[tuple[str, str]]:
    for file in files:
        yield f"https://news.example/{file.name}", file.read_text("utf-8", "replace")
