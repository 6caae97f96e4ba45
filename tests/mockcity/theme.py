"""What a theme is, and which there are."""

from __future__ import annotations

from types import ModuleType
from typing import Protocol, cast

from tests.mockcity import block, classic, portal, table
from tests.mockcity.truth import Facts
from tests.mockcity.view import Listing, View


class Theme(Protocol):
    """One way in which the city's pages are marked up: a module with these names."""

    FILES: dict[str, str]
    """The theme's own files: path → text, ``""`` for a picture."""

    def content(self, view: View, article: Facts) -> str:
        """The post's content as the CMS holds it."""

    def article_page(self, view: View, article: Facts) -> str:
        """An article's page."""

    def listing_page(self, view: View, listing: Listing) -> str:
        """A page of a list of articles."""

    def static_page(self, view: View, facts: Facts, number: int) -> str:
        """A page that is no news."""

    def missing_page(self, view: View) -> str:
        """What a missing address answers."""


THEMES: dict[str, ModuleType] = {"block": block, "classic": classic, "table": table, "portal": portal}


def theme(name: str) -> Theme:
    """The theme of a name. Raises :class:`ValueError` where there is none."""
    if name not in THEMES:
        raise ValueError(f"the sample city has the themes {', '.join(THEMES)}, not {name!r}")
    return cast(Theme, THEMES[name])
