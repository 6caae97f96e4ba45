"""Boxes of other news: which headings stand over related news, and which over the page's own lists."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.boxes import box, cards
from pipelines.extract.draft import TAIL, Draft, Role
from pipelines.extract.elements import HEADINGS
from pipelines.extract.evidence import later
from pipelines.extract.line_labels import LONGEST_HEADING, heads_related, label_of, relates, short_label
from pipelines.extract.link_lines import opens_related
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import WIDGET, WIDGETS
from pipelines.extract.region import prose, weight
from pipelines.extract.words import OTHERS, POPULAR, RECENT, RELATED
from pipelines.text import clean

_NEWS = RELATED | POPULAR | RECENT
_FEWEST = 3
"""Cards in the shortest row that no heading names."""
LINKS_AFTER = 10
"""Most links that a row without a heading may have to be related news."""


def boxes(draft: Draft) -> None:
    """Boxes of related links, in the region and right after it, never in menus or footers."""
    region = range(*draft.region.span)
    last = next((n for n in reversed(region) if prose(draft.blocks[n])), -1)

    besides, says = later(lambda: _besides(draft)), later(lambda: _says(draft))
    start = draft.body_from
    lines = enumerate(draft.blocks[start : draft.region.span[1] + TAIL], start)
    draft.labels = {n: short_label(b.text) for n, b in lines if 0 < len(b.text) <= LONGEST_HEADING}
    for n, label in draft.labels.items():
        block = draft.blocks[n]
        told = block.heading or label in _NEWS or (block.text[-1] in ":：" and _labels_links(draft, n, label))
        if not told or n in draft.roles:
            continue
        if block.chrome and _in_menu(block):
            continue
        if n in draft.boxed and block.link_share > 0.9:
            draft.roles[n] = Role.FURNITURE  # the button of a card in a box: ``Read more``
            continue
        if label in POPULAR or _any_news(draft, block, besides, says):
            _apart(draft, n, last)
            continue
        if not (_related(label) or opens_related(block) or _tab(block)):
            continue
        draft.roles[n] = Role.RELATED_HEADING
        under = _up_to_newest(draft, range(*box(draft.outline, n, draft.region.mass)), besides, says)
        draft.boxed.update(under)
        for m in under:
            if draft.roles.get(m) is not Role.RELATED_HEADING and not heads_related(draft.blocks[m].text):
                linked = draft.blocks[m].link_share > 0.4
                draft.roles[m] = Role.RELATED if linked else Role.FURNITURE


def _related(label: str) -> bool:
    return label in RELATED or relates(label)


def _labels_links(draft: Draft, n: int, label: str) -> bool:
    """Whether a line that is no heading ends in a colon, says that something is related, and the next line is
    a link, as the term of a list has it (HTML, 4.4.9)."""
    block, below = draft.blocks[n], draft.blocks[n + 1 : n + 2]
    said = not block.anchors and relates(label)
    return said and any(b.link_share > 0.6 for b in below)


def _tab(block: Block) -> bool:
    """Whether a heading is a row of links that switch what stands below it, the first one to related news:
    ``Related articles`` and ``More from the author`` side by side."""
    if len(block.anchors) < 2 or not block.heading or block.link_share < 0.9:
        return False
    return heads_related(clean(text_in(block.anchors[0])) or "")


def _apart(draft: Draft, heading: int, last: int) -> None:
    """A box of what is read most, or is newest, belongs to the page. It ends the article, but for one
    above the last paragraph."""
    under = range(*box(draft.outline, heading, draft.region.mass))
    lines = [draft.blocks[m] for m in under if draft.blocks[m].text]
    if 2 * sum(b.link_share > 0.4 for b in lines) < len(lines) or not lines:
        return
    draft.boxed.update(under)
    draft.roles.update(dict.fromkeys(under, Role.FURNITURE))
    draft.roles[heading] = Role.FURNITURE if last >= under.stop else Role.END


def _up_to_newest(
    draft: Draft, under: range, besides: Callable[[], bool], says: Callable[[], bool]
) -> range:
    """A box as far as no other heading stands in it: one over the site's newest posts, over what is read
    most, or any without a link that is not of a lower rank (HTML, 4.3.11)."""
    rank = draft.blocks[under.start - 1].tag
    for m in under:
        block = draft.blocks[m]
        ranked = block.heading and rank in HEADINGS and block.tag <= rank and not block.linked
        own = ranked and not heads_related(block.text)
        if own or draft.labels.get(m) in POPULAR or _any_news(draft, block, besides, says):
            return range(under.start, m)
    return under


def _in_menu(block: Block) -> bool:
    """Whether a line is one of a menu or footer. A ``nav`` that a line without a link heads is a
    group of links of its own (HTML, 4.3.4), as related news are."""
    around = ("footer", "header") if not block.anchors else ("footer", "header", "nav")
    return block.tag in around or any(True for _ in block.element.iterancestors(*around))


def _any_news(
    draft: Draft, block: Block, besides: Callable[[], bool], says: Callable[[], bool]
) -> bool:
    """Whether a line heads the site's newest posts, or its other news where the page calls another box
    related, or in an ``aside``, which stands beside the article (HTML, 4.3.5)."""
    if len(block.text) > LONGEST_HEADING:
        return False
    label = label_of(block.text)
    return (label in RECENT and _newest(draft, block, besides)) or (
        label in OTHERS and (_aside(block) or says())
    )


def _aside(block: Block) -> bool:
    return any(True for _ in block.element.iterancestors("aside"))


def _says(draft: Draft) -> bool:
    """Whether a line of the article's heads related news by a word that says so."""
    return any(relates(label) and not draft.blocks[n].chrome for n, label in draft.labels.items())


def _newest(draft: Draft, block: Block, besides: Callable[[], bool]) -> bool:
    """Whether a heading over newest posts heads the site's, beside the article: in a sidebar or widget, or
    outside the element that holds headline and text, or the ``main`` around the text; or where the page
    has a box of related news besides."""
    if besides():
        return True
    around = list(block.element.iterancestors())
    holding = _holding(draft, draft.at) if draft.at is not None else None
    main = holding if holding is not None else next(draft.region.element.iterancestors("main"), None)
    elsewhere = main is not None and main not in around
    return block.chrome or elsewhere or any(marked(e, WIDGET, WIDGETS) for e in around)


def _besides(draft: Draft) -> bool:
    """Whether a line of the article's heads related news, and not the newest."""
    return any(
        _related(label) and label not in RECENT and not draft.blocks[n].chrome
        for n, label in draft.labels.items()
    )


def _holding(draft: Draft, at: int) -> Element | None:
    """The smallest element that holds the text and a block."""
    for element in (draft.region.element, *draft.region.element.iterancestors()):
        first, end = draft.outline.spans.get(element, (0, 0))
        if first <= at < end:
            return element
    return None


def links_after(draft: Draft) -> None:
    """Headings that are links, two or more in a row right after the text: its related news."""
    end = draft.region.span[1]
    found = []
    for n in range(end, min(len(draft.blocks), end + 2 * LINKS_AFTER)):
        block = draft.blocks[n]
        if block.image:
            continue
        if n in draft.roles or not (block.heading and block.link_share > 0.9 and weight(block.text) >= 25):
            break
        found.append(n)
    if 2 <= len(found) <= LINKS_AFTER:
        draft.boxed.update(found)
        draft.roles.update(dict.fromkeys(found, Role.RELATED))


def cards_below(draft: Draft) -> None:
    """Rows of cards below the paragraphs are other news, whatever heading stands over them."""
    first, end = draft.body_from, draft.region.span[1]
    linked = [n for n in range(first, end) if draft.blocks[n].heading and draft.blocks[n].link_share > 0.9]
    told = [n for n in range(first, end) if prose(draft.blocks[n])] if linked else []
    if len(told) < 2:
        return
    link = next((n for n in linked if n >= told[1] and n not in draft.roles), None)
    row = range(*cards(draft.outline, link, told[1], fewest=_FEWEST)) if link is not None else ()
    if row and not any(n >= row.stop for n in told) and sum(n < row.start for n in told) > 1:
        draft.boxed.update(row)
        draft.roles.update(dict.fromkeys(row, Role.FURNITURE))
        if draft.blocks[row.start - 1].heading:
            draft.roles[row.start - 1] = Role.END
