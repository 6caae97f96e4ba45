"""Each block of an article gets exactly one role, so that no line can be paragraph and
caption, or lead and byline, at once. The fields are then read off the roles."""

from __future__ import annotations

import re
from itertools import islice

from pipelines.extract.above_text import DASHES
from pipelines.extract.blocks import Block
from pipelines.extract.captions import captions, says_caption
from pipelines.extract.dated import bare_date, date_line, labelled_date, machine_dates, stamped
from pipelines.extract.draft import HEAD, TAIL, Draft, Role
from pipelines.extract.facts import COLONS, beside_date, closes, fact, labels_next, lasts
from pipelines.extract.line_labels import LONGEST_LABEL, ends, label_of
from pipelines.extract.lines import counts, teases, tools
from pipelines.extract.link_lines import asks, is_download, is_file_line, offers
from pipelines.extract.other_news import boxes, cards_below, links_after
from pipelines.extract.region import boilerplate, prose, weight
from pipelines.extract.relative import counts_back
from pipelines.extract.short_years import with_century
from pipelines.extract.targets import shares
from pipelines.extract.words import OVER, PUBLISHED, UPDATED
from pipelines.text import words

HEADERS = 3
"""Most lines that may stand above a date and be no date, title or furniture: lead and byline."""
SENTENCE = 25
"""Characters of the shortest sentence that may stand between headline and text."""
_HOLDERS = ("div", "header", "section", "article", "main")
"""Elements that hold others rather than text (HTML, 4.3 and 4.4)."""
_WORDS = 5
"""Words of the shortest headline that is told by its list."""
_DATED = PUBLISHED | UPDATED
_ITEMS = 24
"""Items of the longest list of related news above the text."""
_KEPT = (Role.TITLE, Role.RELATED_HEADING)
"""What stays what it is below the end of an article."""
_STOP = re.compile(r"[.!?…。！？][”\"»’)]?$")
_STOPS = (".", "!", "?")
_COUNT = re.compile(r"(?=[.,\s]*+\d)[\d.,/\s]++$")
_DIGIT = re.compile(r"\d")


def tell_apart(draft: Draft) -> None:
    """Give roles to the blocks above the title, in the region, and in boxes right after it."""
    first, end = draft.region.span
    draft.captions = captions(draft.outline, draft.region, draft.body_from, end)
    for lines in draft.captions.values():
        draft.roles.update(dict.fromkeys(lines, Role.CAPTION))
    _featured(draft)
    start = draft.body_from if draft.at is None else draft.at
    for n in range(max(0, min(start, first) - HEAD), draft.body_from):
        draft.roles.setdefault(n, _above(draft, n))
    boxes(draft)
    links_after(draft)
    cards_below(draft)
    _in_text(draft, end)


def _in_text(draft: Draft, end: int) -> None:
    """Give roles to the blocks from below the title to the end of the region."""
    over, text, last = False, Role.TEXT, Role.END
    for n in range(draft.body_from, end):
        block = draft.blocks[n]
        role = draft.roles.get(n) or (_picture(block) if block.image else _role(draft, n))
        over = over or (role is last and _over(draft, n))
        if over and role not in _KEPT and n not in draft.boxed:
            role = last
        draft.roles[n] = role
        if role is text:
            draft.seen += prose(block)
            draft.paragraphs += not block.heading


def _runs(block: Block) -> bool:
    """Whether a block is a paragraph of a long sentence or more, without a link or time: it is no label,
    button, date or count, and most of a text's blocks need not be asked for them."""
    if len(block.text) <= LONGEST_LABEL or block.tag != "p" or block.anchors or block.times:
        return False
    return block.text[0].isalpha() and block.text.endswith(_STOPS) and prose(block) > 0


def _picture(block: Block) -> Role:
    return Role.FURNITURE if block.chrome else Role.IMAGE


def _featured(draft: Draft) -> None:
    """A figure with a caption right above the headline holds a picture of the article."""
    at, spans = draft.at or 0, draft.outline.spans
    for n in range(max(0, at - HEADERS), at):
        if not draft.blocks[n].image or draft.blocks[n].chrome:
            continue
        figure = next(draft.blocks[n].element.iterancestors("figure"), None)
        first, end = spans.get(figure, (n, n)) if figure is not None else (n, n)
        lines = tuple(m for m in range(n + 1, min(end, at)) if draft.blocks[m].caption)
        if lines and first == n and end <= at:
            draft.captions[n] = lines
            draft.roles.update({n: Role.IMAGE, **dict.fromkeys(lines, Role.CAPTION)})


def _above(draft: Draft, n: int) -> Role:
    block = draft.blocks[n]
    if n == draft.at or draft.is_title(block.text):
        return Role.TITLE
    dated = date_line(block.text) or (n + 1 == draft.at and with_century(block.text))
    return Role.DATE if dated and not block.chrome else Role.FURNITURE


def _over(draft: Draft, n: int) -> bool:
    """Whether a label that ends articles ends this one: after a third of the region's prose,
    or, where it speaks of comments and the like, after two paragraphs. Share bars stand on
    top as well."""
    last_word = label_of(draft.blocks[n].text).replace("：", ":").partition(":")[0].strip() in OVER
    return 3 * draft.seen >= draft.region.mass or (last_word and draft.paragraphs >= 2)


def _role(draft: Draft, n: int) -> Role:
    """The role of a line at or below the headline."""
    block = draft.blocks[n]
    if says_caption(block):
        return Role.CAPTION
    if draft.is_title(block.text):
        return Role.TITLE
    inside = n >= draft.region.span[0]
    if _runs(block):
        return Role.TEXT if inside else _between(block)
    # What has no link and is longer than any label, button or count is none of these.
    short = len(block.text) <= LONGEST_LABEL or bool(block.anchors)
    if short and ends(block.text) and not (_within(draft, n) or (shares(block) and _goes_on(draft, n))):
        return Role.END if draft.paragraphs else Role.FURNITURE
    if draft.paragraphs > 1 and closes(draft, n):
        return Role.END
    # Its date is missing, or it stands in the next line.
    bare = (draft.seen == 0 or block.text.endswith(COLONS)) and label_of(block.text) in _DATED
    if block.chrome or bare or (short and _own(draft, n)) or machine_dates(block.text):
        return Role.RELATED if inside and block.anchors and _aside(block) else Role.FURNITURE
    if draft.paragraphs == 0 and inside and (role := fact(draft, n) or beside_date(draft, n)):
        return role
    if (
        draft.paragraphs <= HEADERS
        and _is_dated(block)
        and (draft.paragraphs == 0 or not inside or _above_text(draft, n) or _under_lead(draft, n))
    ):
        return Role.DATE
    if _COUNT.match(block.text) or (short and _counted(block.text)):
        return Role.FURNITURE
    if inside and block.anchors and offers(block):
        return Role.RELATED
    if block.anchors and is_file_line(block):
        return Role.FURNITURE
    if block.link_share > 0.75:
        return _link(block) if inside or _headlines(draft, block) else Role.FURNITURE
    if inside and block.anchors and teases(block):
        return Role.RELATED
    return _between(block) if not inside or _loose(draft, n) else Role.TEXT


def _aside(block: Block) -> bool:
    """Whether a line is a label of related news and the links to it, in an ``aside`` among the paragraphs
    (HTML, 4.3.5)."""
    if not (block.chrome and offers(block)):
        return False
    return block.tag == "aside" or next(block.element.iterancestors("aside"), None) is not None


def _headlines(draft: Draft, block: Block) -> bool:
    """Whether a line above the text is an item of a list of nothing but links of many words, as related news
    may stand there: paths, sections and buttons are named in few."""
    around = block.element.getparent() if block.tag == "li" else None
    first, end = draft.outline.spans.get(around, (0, 0)) if around is not None else (0, 0)
    # Each item asks this of all: longer lists are none of related news.
    items = draft.blocks[first:end] if end - first <= _ITEMS else []
    return len(items) > 1 and all(
        b.tag == "li" and b.link_share > 0.9 and len(b.anchors) == 1 and len(words(b.text)) >= _WORDS
        for b in items
    )


def _is_dated(block: Block) -> bool:
    """Whether a line is there for its date or its ``time`` element."""
    dated = date_line(block.text) or (bool(block.times) and stamped(block))
    return dated or with_century(block.text) is not None


def _own(draft: Draft, n: int) -> bool:
    """Whether a line is buttons, or the label of the next one."""
    block = draft.blocks[n]
    return tools(block) or (bool(block.anchors) and (shares(block) or asks(block))) or labels_next(draft, n)


def _counted(text: str) -> bool:
    """Whether a line says how often, how long or how long ago."""
    return _DIGIT.search(text) is not None and (lasts(text) or counts(text) or counts_back(text))


def _loose(draft: Draft, n: int) -> bool:
    """Whether a line stands above all running text but a standfirst, in no element for text, and not beside
    the first paragraph as one of its kind: buttons, ratings and names of writers stand so."""
    block = draft.blocks[n]
    if block.heading or block.tag not in _HOLDERS or draft.paragraphs > 1:
        return False
    if draft.seen and not _above_text(draft, n):
        return False
    below = draft.blocks[n + 1 : min(draft.region.span[1], n + TAIL)]
    first = next((b.element for b in below if prose(b)), None)
    if first is None or first is block.element:
        return False
    return not (first.tag == block.tag and first.getparent() is block.element.getparent())


def _between(block: Block) -> Role:
    """The role of a line between title and region, where lead, sub-headlines with their dashes, dateline and
    byline stand, and a good deal of furniture."""
    told = (weight(block.text) >= 60 and block.link_share < 0.4) or sentence(block)
    told = told or (block.text.startswith(DASHES) and weight(block.text) >= SENTENCE and not block.anchors)
    return Role.TEXT if told and not boilerplate(block) else Role.FURNITURE


def _above_text(draft: Draft, n: int) -> bool:
    """Whether a block stands before the element that holds the paragraphs which follow it, or right above
    the first paragraph that is running text."""
    if draft.seen == 0 and _next_line(draft, n):
        return True
    below = (m for m in range(n + 1, draft.region.span[1]) if prose(draft.blocks[m]))
    first, second = next(below, None), next(below, None)
    if first is None or second is None:
        return False
    for element in draft.blocks[first].element.iterancestors():
        low, high = draft.outline.spans.get(element, (0, 0))
        if low <= first and second < high:
            return n < low
    return False


def _next_line(draft: Draft, n: int) -> bool:
    """Whether the next line that is no link, button, caption or reading time is running text."""
    below = range(n + 1, min(draft.region.span[1], n + 1 + HEAD))
    blocks = (draft.blocks[m] for m in below if m not in draft.roles and not lasts(draft.blocks[m].text))
    lines = (b for b in blocks if b.text and b.link_share < 0.5 and not (b.chrome or tools(b) or shares(b)))
    return any(map(prose, islice(lines, 1)))


def _under_lead(draft: Draft, n: int) -> bool:
    """Whether a line is a date, or a label and its date, and nothing else, and stands below the first
    paragraph and above others, as where a standfirst is printed before the date. Several lines that are
    days and no labels are a calendar's."""
    if draft.paragraphs > 1 or draft.blocks[n].heading:
        return False
    below = draft.blocks[n + 1 : draft.region.span[1]]
    own = labelled_date(draft.blocks[n].text) or (
        bare_date(draft.blocks[n].text) and not any(bare_date(b.text) for b in below)
    )
    return own and any(map(prose, below))


def sentence(block: Block) -> bool:
    """Whether a block is a short whole sentence in plain type: four words or more, no link, a full stop."""
    text = block.text
    return (
        not (block.heading or block.anchors)
        and weight(text) >= SENTENCE
        and len(words(text)) >= 4
        and stops(text)
        and text[0].isalnum() | (text[0] in '“"«„(')
        and ":" not in text[:25]
    )


def stops(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _STOP.search(text, len(text) - 2) is not None


def _within(draft: Draft, n: int) -> bool:
    """Whether a heading that could end an article stands between its paragraphs: in the element that
    holds the paragraph before it and the one after it. Comments and press contacts end it there too."""
    block = draft.blocks[n]
    label = label_of(block.text)
    if not block.heading or label in OVER or " " in label or n + 1 >= draft.region.span[1]:
        return False
    below, parent = draft.blocks[n + 1], block.element.getparent()
    before = (m for m in range(n - 1, max(n - HEAD, 0), -1) if draft.roles.get(m) is Role.TEXT)
    above = next((draft.blocks[m] for m in before if prose(draft.blocks[m])), None)
    near = above is not None and above.element.getparent() is parent
    return near and below.element.getparent() is parent and prose(below) > 0 and not below.anchors


def _goes_on(draft: Draft, n: int) -> bool:
    """Whether paragraphs follow a block that are brothers of those before it."""
    before = (m for m in range(n - 1, max(n - HEAD, 0), -1) if draft.roles.get(m) is Role.TEXT)
    parent = next((draft.blocks[m].element.getparent() for m in before), None)
    below = draft.blocks[n + 1 : min(draft.region.span[1], n + TAIL)]
    return any(prose(b) and b.element.getparent() is parent for b in below)


def _link(block: Block) -> Role:
    """A line that is all link: within the page or to a file, an address written out, a button, other news."""
    targets = [(a.get("href") or "").strip() for a in block.anchors]
    if targets and all(a.get("href", "").strip().startswith("#") or is_download(a) for a in block.anchors):
        return Role.FURNITURE
    if re.match(r"https?://|www\.", block.text):
        return Role.TEXT
    return Role.RELATED if weight(block.text) >= 20 else Role.FURNITURE
