"""What a printed heading holds beside the headline, and which headings stand over it.

Templates set the name of a theme before the headline within its element, or the date behind it; and
many print the section's name as the page's first heading, over the headline's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipelines.extract.blocks import Block, Outline
from pipelines.extract.dated import bare_date
from pipelines.text import clean, words
from pipelines.urls import absolute, url_key

KICKER = 3
"""Words of the longest kicker, and of the longest name of a section."""
_DATE = re.compile(r"\s*[(\[]([^()\[\]]{6,40})[)\]]$")
_MARKS = " |:–—-·»/"
_BETWEEN = 2
"""Lines that may stand between a section's heading and the headline's: a path, buttons."""


def bare(block: Block, named: Callable[[str], bool]) -> str:
    """The headline in a heading: its text without a date in brackets behind it, and without a kicker in
    an element of its own before or behind it, where metadata names what is left.

    Args:
        block: the heading.
        named: whether the page's metadata has a line as its title.
    """
    text = undated(block.text)
    if not len(block.element) or named(text):
        return text
    for child in block.element:
        kicker = clean("".join(child.itertext())) if isinstance(child.tag, str) else None
        if kicker and len(words(kicker)) <= KICKER:
            for rest in (text.removeprefix(kicker), text.removesuffix(kicker)):
                if rest != text and len(words(rest)) > 1 and named(rest):
                    return rest.strip(_MARKS)
    return text


def undated(text: str) -> str:
    """A line without the date in brackets that ends it."""
    if text[-1:] not in ")]":  # few lines end so
        return text
    found = _DATE.search(text)
    return text[: found.start()] if found and found.start() and bare_date(found[1]) else text


def under(outline: Outline, at: int) -> int | None:
    """The heading of the headline under a heading that may name a section; ``None`` where none is there.
    A section is named in a few words, and the next heading, which says more, follows at once."""
    block = outline.blocks[at]
    if not block.heading or len(words(block.text)) > KICKER:
        return None
    below = [n for n in range(at + 1, min(len(outline.blocks), at + 3 * _BETWEEN)) if outline.blocks[n].text]
    for n in below[: _BETWEEN + 1]:
        other = outline.blocks[n]
        if other.heading:
            more = len(words(other.text)) > KICKER and not other.chrome and other.link_share < 0.5
            return n if more else None
    return None


def leads_on(links: Mapping[str, list[str]], name: str, url: str) -> bool:
    """Whether a link of a name leads to another page.

    Args:
        links: where the links of the page lead, by the keys of their texts.
        name: the key of the name.
        url: the page's address.
    """
    here = url_key(url)
    targets = (absolute(url, href) for href in links.get(name, ()) if not href.startswith("#"))
    return any(url_key(target) != here for target in targets if target)
