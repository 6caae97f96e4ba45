"""The site's own name, where no metadata states it: the part of the document's title that the
page also prints on its link to the front page, or in its copyright line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipelines.extract.blocks import Outline
from pipelines.extract.lines import key
from pipelines.extract.structured import Stated

SEPARATOR = re.compile(r"\s+[|\-–—·»«<>:•]+\s+|\s*[|｜»«]\s*|\s+<\s+|:\s+")
"""What divides a document's title into its parts."""
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
    rights = [f" {key(b.text)} " for b in outline.blocks if len(b.text) < 400 and _RIGHTS.search(b.text)]
    rights = [line for line in rights if line.strip() not in parts]
    return tuple(
        part
        for name, part in parts.items()
        if name in named or (len(name) >= _SHORTEST and any(f" {name} " in line for line in rights))
    )


def _front_links(outline: Outline, url: str) -> Iterator[str]:
    """The texts of links to the front page, and of their pictures."""
    host = urlsplit(url).netloc
    for block in outline.blocks:
        for anchor in block.anchors:
            found = _FRONT.match(anchor.get("href") or "#")
            if found and (found["host"] or host) == host:
                yield key(block.element.get("alt") or "" if block.image else "".join(anchor.itertext()))
