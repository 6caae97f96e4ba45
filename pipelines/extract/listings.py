"""Lists of articles: front pages, sections, keywords, months, search results."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.extract.blocks import Block, text_in
from pipelines.extract.dated import date_line
from pipelines.extract.draft import Role
from pipelines.extract.evidence import later
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import key
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import LISTS, POST, STANDING
from pipelines.extract.moments import Moment, moments
from pipelines.extract.region import prose, weight
from pipelines.extract.targets import is_file, leads_to_author
from pipelines.text import clean
from pipelines.urls import absolute, split, url_key

_TEASERS = 5
_SHARE = 0.4
"""How much of a headline in a list is a link, at least."""
_NAME = 12
"""Characters of the shortest headline in a list whose texts stand under headlines."""
_EXCERPT = 600
"""Characters of the longest text under one headline of a list."""
_LINE = 2000
"""Characters of a line that are looked through for what stands beside its links."""
_DATE = 60
"""Characters of the longest date in the line of its headline."""
_LABEL = 30
"""Characters of the longest name of a link that ends a text."""
_ONWARD = 3
"""Texts that end in links of one name, at least."""
_PATH = re.compile(
    r"/page/\d+/?$|/(?:category|tag|author|archives/category)/[^.]*$|[?&]paged=|/(?:index\.php)?\?(?:[^#]*&)?s=(?!\d+(?:&|$))",
    re.I,
)
"""WordPress's addresses of lists. It searches at front pages alone; elsewhere, and where it is a number,
``s`` names a site, a section or a news item."""
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
_APART = (Role.RELATED_HEADING,)


def listing(frame: Frame, size: int) -> str | None:
    """What makes a page a list of articles, or ``None``: its address or platform says so, its
    texts stand under headlines that are links, or links are all there is.

    Args:
        frame: the page.
        size: weight of its text and lead.
    """
    teasers = later(lambda: {n for n, b in enumerate(frame.blocks) if b.link_share > _SHARE and _teaser(b)})
    return (
        _said(frame, teasers)
        or _turns(frame, teasers)
        or _items(frame)
        or _onward(frame)
        or _bare(frame, size, teasers)
        or _rows(frame)
    )


def _said(frame: Frame, teasers: Callable[[], set[int]]) -> str | None:
    """By the address, WordPress's classes, or the page's own JSON-LD."""
    parts = split(frame.page.url)
    body = frame.page.body
    lists = marked(body, LISTS) if body is not None and not marked(body, POST, STANDING) else ()
    front = parts and parts.path in ("", "/", "/index.html", "/index.php") and not parts.query
    if front and len(teasers()) >= 3:
        return "the site's front page"
    if lists:
        return f"WordPress calls it {', '.join(sorted(set(lists)))}"
    if _PATH.search(frame.page.url) and not frame.stated.published and len(teasers()) >= 3:
        return "its address is that of a list"
    if "CollectionPage" in frame.stated.types and len(teasers()) >= 3:
        return "its metadata calls it a collection"
    return None


def _turns(frame: Frame, teasers: Callable[[], set[int]]) -> str | None:
    """Many headlines that are links, in turns with texts."""
    region = frame.blocks[slice(*frame.region.span)] if frame.region else ()
    if sum(1 for b in region if b.link_share > _SHARE) < _TEASERS:  # nor has what is inside of it
        return None
    inside = _inside(frame)
    own = [n for n in inside if n in teasers()]
    if len(own) < _TEASERS:
        return None
    paragraphs = [n for n in inside if prose(frame.blocks[n])]
    if len(paragraphs) <= 2 * len(own) and _alternating(inside, teasers(), set(paragraphs)):
        return f"{len(own)} headings that are links"
    return None


def _bare(frame: Frame, size: int, teasers: Callable[[], set[int]]) -> str | None:
    """Links below the headline, and hardly any text."""
    if size >= 250:
        return None
    at = frame.title.at if frame.title and frame.title.at is not None else -1
    apart = (Role.RELATED, *_APART)
    below = [n for n in teasers() if n > at and frame.roles.get(n) not in apart]
    if len(below) >= 2 * _TEASERS:
        return f"{len(below)} links and {size} characters of text"
    return None


def _rows(frame: Frame) -> str | None:
    """A table whose every row leads to another page, and no text beside it."""
    texts = [frame.blocks[n] for n in frame.of(Role.TEXT, Role.LEAD)]
    rows = [
        b for b in texts if b.tag == "tr" and any(_leads_to_page(a.get("href") or "#") for a in b.anchors)
    ]
    if len(rows) < _TEASERS:
        return None
    rest = sum(prose(b) for b in texts if b.tag != "tr")
    if rest < 250:
        return f"{len(rows)} rows of a table that lead to other pages"
    return None


@dataclass(slots=True, kw_only=True)
class _Item:
    """A headline that is a link, and what stands under it."""

    at: int
    """The headline's block."""
    dates: list[int]
    """Blocks of the dates that stand right before the headline, or under it."""
    texts: list[Block]

    @property
    def size(self) -> int:
        return sum(weight(b.text) for b in self.texts)


def _items(frame: Frame) -> str | None:
    """Whether all text stands under headlines that lead to other pages: excerpts of these.

    One such text is enough where it is cut short. A page with a date of its own (a review of
    the week) is no list.
    """
    if frame.region is None or frame.stated.published:
        return None
    items = _gathered(frame)
    held = [item for item in items if item.texts]
    if not held or (len(held) < 2 and len(items) > 2) or _own_date(frame, items[0].at):
        return None
    if any(item.size > _EXCERPT or len(item.texts) > 3 for item in held):
        return None
    several = len(items) >= 3 and len(held) >= 2
    if several or 2 * sum(_excerpt(frame, item) for item in held) >= len(held):
        return f"all text stands under {len(held)} headlines that lead to other pages"
    return None


def _excerpt(frame: Frame, item: _Item) -> bool:
    """Whether an item's text is cut short, or the item carries the date of what it leads to."""
    if _CUT.search(item.texts[-1].text):
        return True
    title = frame.title.at if frame.title and frame.title.at is not None else -1
    dated = any(not _apart(frame, n, item.at, title) for n in item.dates)
    block = frame.blocks[item.at]
    return (dated and block.heading) or bool(_beside_links(block)[1])


def _onward(frame: Frame) -> str | None:
    """Whether at least every other text ends in a link of one name to another page: ``Read more``."""
    at = frame.title.at if frame.title and frame.title.at is not None else -1
    region = frame.blocks[slice(*frame.region.span)] if frame.region else ()
    if sum(1 for b in region if b.anchors) < _ONWARD:  # nor has what is inside of it
        return None
    blocks = [b for b in map(frame.blocks.__getitem__, _inside(frame)) if not (b.chrome or b.image)]
    linked = [b for b in blocks if b.anchors]
    if len(linked) < _ONWARD:
        return None
    told = sum(1 for b in blocks if prose(b))
    named: dict[str, set[str]] = {}
    for block in linked:
        for anchor in block.anchors[-1:]:
            name, href = key(text_in(anchor)), anchor.get("href") or ""
            if name and len(name) <= _LABEL and key(block.text).endswith(name) and _leads_to_page(href):
                named.setdefault(name, set()).add(href)
    name, most = max(((n, len(hrefs)) for n, hrefs in named.items()), key=lambda x: x[1], default=("", 0))
    if most < _ONWARD or not 2 * most >= told > 0:
        return None
    first = next(n for n in range(at + 1, len(frame.blocks)) if key(frame.blocks[n].text).endswith(name))
    return None if _own_date(frame, first) else f"{most} texts end in a link named {name!r}"


def _leads_to_page(href: str) -> bool:
    return not href.startswith(("#", "mailto:", "tel:", "javascript:")) and not is_file(href)


def _gathered(frame: Frame) -> list[_Item]:
    """The items below the headline; none where text stands outside of them."""
    assert frame.region is not None
    found: list[_Item] = []
    at = frame.title.at if frame.title and frame.title.at is not None else frame.region.span[0] - 1
    here = {url_key(frame.page.url), url_key(frame.stated.canonical or frame.page.url)}
    # A list that holds one excerpt is a region that holds no headline.
    start = at + 1 if frame.title and frame.title.at is not None else max(0, at - 3)
    dates: list[int] = []
    if not any(b.link_share > _SHARE for b in frame.blocks[start : frame.region.span[1]]):
        return []  # no line is a headline that is a link
    for n in range(start, frame.region.span[1]):
        block, role = frame.blocks[n], frame.roles.get(n)
        if role in _APART:
            break
        if block.image:
            continue
        if date_line(block.text) and not _CUT.search(block.text):
            (found[-1].dates if found else dates).append(n)
        elif _leads_on(block, here, frame.page.base):
            found.append(_Item(at=n, dates=[] if found else dates, texts=[]))
        elif role in (Role.TEXT, Role.LEAD) or (found and _CUT.search(block.text)):
            if not found:
                return []
            found[-1].texts.append(block)
    return found


def _leads_on(block: Block, here: set[str], base: str) -> bool:
    """Whether a line is a headline that links another page."""
    if block.chrome or weight(block.text) < _NAME or not _linked(block):
        return False
    if all(map(leads_to_author, block.anchors)):
        return False
    targets = [url_key(u) for a in block.anchors if (u := absolute(base, a.get("href") or ""))]
    return bool(targets) and not here & set(targets)


def _linked(block: Block) -> bool:
    """Whether a line is a link, but for the date of what it leads to: ``Headline (05/03/2026)``."""
    if not _SHARE < block.link_share <= 0.8 or len(block.text) - block.linked > _DATE:
        return block.link_share > 0.8
    rest, dates = _beside_links(block)
    return bool(dates) and len(rest) - sum(m.end - m.start for m in dates) < 0.25 * block.linked


def _beside_links(block: Block) -> tuple[str, list[Moment]]:
    """What a line says outside of its links, and the dates in that."""
    rest = block.text[:_LINE]
    for anchor in block.anchors:
        rest = rest.replace(clean(text_in(anchor)) or "\n", "", 1)
    return rest, [m for m in moments(rest) if isinstance(m, Moment)]


def _own_date(frame: Frame, first: int) -> bool:
    """Whether the page dates itself: in its metadata, or by a printed line between headline and
    first item (a block) that does not stand in that item."""
    if frame.stated.published:
        return True
    at = frame.title.at if frame.title and frame.title.at is not None else None
    if at is None:
        return False
    between = (n for n in range(at + 1, first) if date_line(frame.blocks[n].text))
    return any(_apart(frame, n, first, at) for n in between)


def _apart(frame: Frame, date: int, item: int, title: int) -> bool:
    """Whether the smallest element around a date and a headline holds the page's own too."""
    for element in (frame.blocks[date].element, *frame.blocks[date].element.iterancestors()):
        low, high = frame.outline.spans.get(element, (0, 0))
        if low <= min(date, item) and max(date, item) < high:
            return low <= title
    return True


def _inside(frame: Frame) -> range:
    """The blocks of the region, up to the heading of related news, or the cards below two paragraphs."""
    if frame.region is None:
        return range(0)
    first = next(iter(frame.of(*_APART)), frame.region.span[1])
    told = 0
    for n in range(frame.region.span[0], first):
        if n in frame.boxed and told > 1:
            return range(frame.region.span[0], n)
        told += prose(frame.blocks[n]) > 0
    return range(frame.region.span[0], first)


def _teaser(block: Block) -> bool:
    """Whether a line, of which a good part is link, is a headline."""
    return not block.chrome and weight(block.text) >= 25 and _linked(block)


def _alternating(inside: range, teasers: set[int], paragraphs: set[int]) -> bool:
    """Whether links and texts take turns, as they do in lists with excerpts."""
    kinds = [n in teasers for n in inside if n in teasers or n in paragraphs]
    turns = sum(a != b for a, b in itertools.pairwise(kinds))
    return not paragraphs or turns >= len(kinds) // 2
