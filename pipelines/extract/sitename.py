"""The site's own name, where no metadata states it: the part of the document's title that the
page also prints on its link to the front page, or in its copyright line; or the last part, where it
begins as the names of official sites do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from pipelines.extract.blocks import Block, Outline, text_in
from pipelines.extract.line_labels import is_key, key
from pipelines.extract.own_links import path_of
from pipelines.extract.structured import Stated
from pipelines.extract.words import SITE
from pipelines.urls import absolute, host

SEPARATOR = re.compile(
    r"\s+[|\-–—·»«<>:•]+\s+|\s*[|｜»«]\s*|\s+<\s+|:\s+|(?<=[\u3040-\uffef])\s*[_-]\s*(?=[\u3040-\uffef])"
)
"""What divides a document's title into its parts; in scripts without spaces also a bare ``_`` or ``-``."""
_MENU = 3
"""Links to pages of the site in a row that are a menu."""
_NEAR = 4
"""Lines between a banner and its menu."""
_FRONT = re.compile(
    r"\s*(?:(?:https?:)?//(?P<host>[^/?#\s]+)/?|/)(?:(?:index|home|default|trang-chu)(?:\.\w{2,5})?/?)?\s*$",
    re.I,
)
"""Addresses of front pages, from the root on; relative ones may as well be the page itself."""
_RIGHTS = re.compile(
    r"©|\(c\)\s*\d{4}|copyright\W{0,3}(?:\(c\)|\d{4}|by\b)|bản quyền\W{0,3}(?:\d{4}|thuộc)|"
    r"all rights reserved|ghi rõ nguồn|版权所有|저작권",
    re.I,
)
"""What copyright lines say; the bare word is in the headlines of news about it."""
_PARTS = ("©", "(c)", "copyr", "bản quyền", "ghts re", "rõ nguồn", "版权所有", "저작권")
_MOST = 30
"""Most lines of a page that speak of copyright and are looked at."""
_OFFICIAL = tuple(f"{word} " for word in sorted(SITE))
_SHORTEST = 8
"""Characters of the shortest name that is believed because a copyright line holds it."""


def signed(outline: Outline, stated: Stated, url: str) -> tuple[str, ...]:
    """Parts of the document's title that are the site's name.

    Args:
        outline: the page.
        stated: its metadata.
        url: its address; links to the root of its host lead to the front page.
    """
    whole = stated.document_title or ""
    parts = {key(part): part for part in (whole, *SEPARATOR.split(whole)) if key(part)}
    if not parts:
        return ()
    named = set(_front_links(outline, url))
    rights = [f" {key(line)} " for line in _rights([b.text for b in outline.blocks if len(b.text) < 400])]
    rights = [line for line in rights if line.strip() not in parts]
    if len(parts) > 2 and not named & parts.keys() and (banner := _over_menu(outline, list(parts)[1:], url)):
        named.add(banner)
    if len(parts) > 2 and (last := list(parts)[-1]).startswith(_OFFICIAL):
        named.add(last)
    return tuple(
        part
        for name, part in parts.items()
        if name in named or (len(name) >= _SHORTEST and any(f" {name} " in line for line in rights))
    )


def _rights(lines: list[str]) -> list[str]:
    """The lines that speak of copyright. Most pages hold no part of any form of it, and the parts,
    which are of letters that have one small form, are found much faster than the forms."""
    whole = "\n".join(lines).casefold()
    found = (line for line in lines if _RIGHTS.search(line)) if any(map(whole.__contains__, _PARTS)) else ()
    return list(islice(found, _MOST))


def _over_menu(outline: Outline, parts: list[str], url: str) -> str | None:
    """The last part of the document's title where it is printed right above a menu and before every
    other part, as banners are; of pages that name themselves in no other way."""
    longest = 2 * max(map(len, parts))
    near = (n for n, b in enumerate(outline.blocks) if b.text and len(b.text) <= longest)
    at = next((n for n in near if any(is_key(outline.blocks[n].text, part) for part in parts)), None)
    if at is None or key(outline.blocks[at].text) != parts[-1]:
        return None
    run = 0
    for block in outline.blocks[at + 1 : at + 1 + _NEAR + _MENU]:
        run = run + 1 if _leads_on(block, url) else 0
        if run == _MENU:
            return parts[-1]
    return None


def _leads_on(block: Block, url: str) -> bool:
    """Whether a line is one link to another page of the site."""
    if len(block.anchors) != 1 or block.link_share < 0.9:
        return False
    target = absolute(url, block.anchors[0].get("href") or "#")
    return target is not None and host(target) == host(url) and path_of(target) != path_of(url)


def _front_links(outline: Outline, url: str) -> Iterator[str]:
    """The texts of links to the front page, and of their pictures."""
    host = urlsplit(url).netloc
    for block in outline.blocks:
        for anchor in block.anchors:
            found = _FRONT.match(anchor.get("href") or "#")
            if found and (found["host"] or host) == host:
                yield key(block.element.get("alt") or "" if block.image else text_in(anchor))
