"""Text as it stands in markup: escaped, and with the oddities that an article's truth asks for."""

from __future__ import annotations

import html
import unicodedata

from tests.mockcity.truth import Facts

_TEXTURE = {"–": "&#8211;", "“": "&#8220;", "”": "&#8221;", "…": "&#8230;"}
"""Characters that WordPress writes as numeric entities."""


def attribute(value: str) -> str:
    """A value between double quotes."""
    return html.escape(value, quote=True)


def markup(value: str) -> str:
    """Text between tags, as WordPress writes it."""
    escaped = html.escape(value, quote=False)
    for character, entity in _TEXTURE.items():
        escaped = escaped.replace(character, entity)
    return escaped


def content(value: str, quirks: Facts) -> str:
    """Text of an article's content: sent decomposed or with odd spaces where the truth says so."""
    escaped = markup(value)
    for phrase in quirks.get("nbsp", ()):
        escaped = escaped.replace(phrase, phrase.replace(" ", "&nbsp;"))
    for phrase in quirks.get("double_space", ()):
        escaped = escaped.replace(phrase, phrase.replace(" ", "  "))
    return unicodedata.normalize("NFD", escaped) if quirks.get("nfd") else escaped
