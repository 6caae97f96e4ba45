"""Links that the page offers beside the text: related news, files, the original article."""

from __future__ import annotations

from itertools import islice

from pipelines.extract.blocks import NODES, Element
from pipelines.extract.draft import OTHER_NEWS, Role
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import ends, label_of
from pipelines.extract.link_lines import is_download
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import NEIGHBOUR
from pipelines.extract.region import weight
from pipelines.extract.words import FURNITURE, NEIGHBOURS, ORIGINAL, RELATED
from pipelines.model import Attachment, RelatedLink
from pipelines.text import clean, words
from pipelines.urls import absolute, url_key, without_fragment

_LISTINGS = frozenset(
    (
        "tag", "tags", "chu-de", "category", "categories", "author", "authors", "tac-gia", "search",
        "chuyen-muc",
    )
)  # fmt: skip
"""Folders that hold lists."""
_BACK, _ONWARD = tuple("‹«←❮⟵◀<"), tuple("›»→❯⟶▶>")
_SHORTEST = 15
"""Characters of the shortest headline that its length alone tells."""
_FEWEST = 2
"""Words of the shortest one that its place tells."""
_AFTER = 12
_LINE = 8000
"""Characters of the longest line that may name the original."""
_BEFORE = 8
"""Blocks before the headline in which a link to the original may stand."""


def related(frame: Frame) -> tuple[RelatedLink, ...]:
    """Links to other articles that the page offers as related: in its boxes, and between
    its paragraphs. In order, each address once, never the page itself."""
    found: dict[str, RelatedLink] = {}
    here = url_key(frame.page.url)
    for n in frame.of(Role.RELATED):
        if _opposite_arrows(frame, n):
            continue
        for anchor in frame.blocks[n].anchors:
            url = _target(frame, anchor)
            title = frame.outline.name(anchor) if url else None
            if url is None or not title or not _offered(frame, n, title) or _neighbour(frame, n, anchor):
                continue
            target = url_key(url)
            if target == here or is_download(anchor, title) or _is_listing(url):
                continue
            title = title.lstrip(">»•-– ") or title
            if target not in found:
                found[target] = RelatedLink(url=url, title=title)
    return tuple(found.values())


def _is_listing(url: str) -> bool:
    return not _LISTINGS.isdisjoint(url.lower().split("/")[1:-1])


def attachments(frame: Frame) -> tuple[Attachment, ...]:
    """Files linked in the article, and right under it; in a box of related news those in their own line."""
    if frame.region is None:
        return ()
    first, end = frame.region.span
    at = frame.title.at if frame.title and frame.title.at is not None else first
    found: dict[str, Attachment] = {}
    for n in range(min(at + 1, first), min(len(frame.blocks), end + _AFTER)):
        block = frame.blocks[n]
        if not block.anchors or block.chrome or block.image:
            continue
        if frame.roles.get(n) in OTHER_NEWS and len(block.anchors) > 1:
            continue
        for anchor in block.anchors:
            name = frame.outline.name(anchor)
            url = _target(frame, anchor) if is_download(anchor, name) else None
            if url and without_fragment(frame.page.url) != url:
                found.setdefault(url, Attachment(url=url, name=name or clean(anchor.get("title"))))
    return tuple(found.values())


def original_url(frame: Frame) -> str | None:
    """Target of the link to the article that was taken over, where it leads to another page: a
    link named ``Gốc`` beside the date, or the value of a label like ``First published in``, above
    the text or right under it."""
    texts = [*frame.of(Role.TEXT), *frame.of(Role.LEAD)]
    if not texts:
        return None
    first, last = min(texts), max(texts)
    at = frame.title.at if frame.title and frame.title.at is not None else first
    here = url_key(frame.page.url)
    for n in (*range(max(0, at - _BEFORE), first), *range(last + 1, last + 1 + _AFTER)):
        if n >= len(frame.blocks):
            break
        block = frame.blocks[n]
        if not block.anchors or len(block.text) > _LINE or frame.roles.get(n) in OTHER_NEWS:
            continue
        for anchor in block.anchors:
            if _names_original(frame, n, frame.outline.name(anchor)):
                url = _target(frame, anchor)
                if url and url_key(url) != here:
                    return url
    return None


def _names_original(frame: Frame, n: int, text: str) -> bool:
    """Whether a link in a block, its own label, or the line above the block calls it the original."""
    if not text or label_of(text) in ORIGINAL:
        return bool(text)
    block, before = frame.blocks[n], frame.blocks[n - 1] if n else None
    head = block.text.partition(text)[0]
    if head and (label := label_of(head)):
        return label in ORIGINAL
    return before is not None and not before.anchors and label_of(before.text) in ORIGINAL


def _target(frame: Frame, anchor: Element) -> str | None:
    href = anchor.get("href")
    if not href or href.strip().startswith("#"):
        return None
    return absolute(frame.page.base, href)


def _neighbour(frame: Frame, n: int, anchor: Element) -> bool:
    """Whether a link leads to the page before or after this one: by its relation (HTML, 4.6.7.15 and
    4.6.7.17), or by a label in it, before it, or in the line above it."""
    if marked(anchor, NEIGHBOUR):
        return True
    block, above = frame.blocks[n], frame.blocks[n - 1] if n else None
    text = frame.outline.name(anchor)
    labels = {text.partition(":")[0], block.text.partition(text)[0]}
    labels.update(e.text or "" for e in islice(anchor.iter(), NODES))
    if above is not None and not (above.image or any(a is not anchor for a in above.anchors)):
        labels.add(above.text)
    return not NEIGHBOURS.isdisjoint(map(label_of, filter(None, labels)))


def _opposite_arrows(frame: Frame, n: int) -> bool:
    """Whether a line is one of two links whose arrows point away from each other: the pages before and
    after this one. A row of links has arrows that point one way."""
    before, own, after = (
        frame.blocks[m].text if 0 <= m < len(frame.blocks) else "" for m in (n - 1, n, n + 1)
    )
    back, onward = own.lstrip().startswith(_BACK), own.rstrip().endswith(_ONWARD)
    if back and (onward or after.rstrip().endswith(_ONWARD)):
        return True
    return onward and before.lstrip().startswith(_BACK)


def _offered(frame: Frame, n: int, title: str) -> bool:
    """Whether a link's text is a headline and no button. A short one is, where it is the only link of an
    item or heading in a box of related news: sections and buttons stand in no such line of their own."""
    if weight(title) < _SHORTEST:
        block = frame.blocks[n]
        alone = n in frame.boxed and len(block.anchors) == 1 and (block.heading or block.tag == "li")
        if not alone or len(words(title)) < _FEWEST:
            return False
    label = label_of(title)
    return label not in FURNITURE and label not in RELATED and not ends(title)
