"""The headline, and where it is printed.

The order of its rules stands in :mod:`pipelines.extract.evidence`. Which printed line is *the
article's* heading is decided by what else names it: the page's metadata and the address itself.
On many portals the first ``h1`` is the site's name, and the headline stands in a ``div``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from pipelines.extract.above_text import LONGEST, dated_below, line_above, right_above
from pipelines.extract.blocks import Block, Outline
from pipelines.extract.evidence import Found, in_order, later
from pipelines.extract.headings import bare, leads_on, undated, under
from pipelines.extract.line_labels import key as _key
from pipelines.extract.line_labels import label_of
from pipelines.extract.lines import crumbs
from pipelines.extract.own_links import is_section, leads_here, leads_up, path_of, section_links
from pipelines.extract.region import weight
from pipelines.extract.sitename import SEPARATOR
from pipelines.extract.structured import Stated
from pipelines.extract.words import HEADLINE, PAGES
from pipelines.text import clean, fold, words

_ENOUGH = 1.5
_PAGES = frozenset(map(_key, PAGES))
"""What kind of text it is, and no headline."""
_SELF = 0.1
_ADDED = 0.5
"""What a heading loses by saying more than the stated title."""
_LONG = 22
"""Weight of the shortest line that is more than two words, in scripts that write no spaces."""
_LABEL = 20
"""Characters of the longest label before a headline."""
_SECTION = 3
"""Words of the longest heading that can be the name of a section."""
_QR = re.compile(r"^\s*qr\s*code\s*:\s*(.+)$", re.I)
_SHORTENED = "it is the printed heading cut short"
_SHOWS_NEWS = "it names the page or section that shows news"
_LEVEL = {"h1": 2.0, "h2": 1.0, "h3": 0.6, "h4": 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A headline, the rule that found it, and the block that prints it."""

    text: str
    rule: str
    at: int | None = None
    """Index of the block; ``None`` where the page prints it nowhere."""
    refused: tuple[str, ...] = ()
    """What other rules said, where it differs."""


def title(
    outline: Outline,
    stated: Stated,
    url: str,
    site_names: Callable[[], tuple[str, ...]],
    text_at: int | None,
    *,
    printed: int | None = None,
) -> Title | None:
    """The headline of a page, or ``None``.

    Args:
        outline: the page.
        stated: its metadata.
        url: its address, which is often made from the headline.
        site_names: gives names of the site, which are never a headline; asked only where a rule needs them.
        text_at: the block with which the page's text seems to begin.
        printed: the block that prints the headline, where a layout knows it.
    """
    others: list[Found] = []
    said = titles(outline, stated, url, site_names, text_at, printed=printed)
    for found in said:
        if found.refused is None:
            others += islice(said, found.rule == "json_ld")
            refused = [f"{o.rule}: {o.value}" for o in others if _disagree(o, found)]
            return Title(text=found.value, rule=found.rule, at=found.at, refused=tuple(refused))
        others.append(found)
    # A notice may be called nothing but that.
    name = next((o for o in others if o.refused == _SHOWS_NEWS), None)
    if name is None:
        return None
    headings = (n for n, b in enumerate(outline.blocks) if b.heading and _key(b.text) == _key(name.value))
    return Title(text=name.value, rule=name.rule, at=next(headings, None))


def titles(
    outline: Outline,
    stated: Stated,
    url: str,
    site_names: Callable[[], tuple[str, ...]],
    text_at: int | None,
    *,
    printed: int | None = None,
) -> Iterator[Found]:
    """What each rule says of the headline, in the order in which they are believed. The arguments
    are those of :func:`title`."""

    sites = later(lambda: {_key(s) for s in site_names() if s} - {""})
    at, confirmed = printed, True
    if printed is None:
        at, confirmed = _printed(outline, stated, url, sites(), text_at)

    def named(text: str) -> bool:
        return _is_named(_key(text), stated, sites())

    heading = None if at is None else bare(outline.blocks[at], named)
    return in_order(
        "title",
        {
            "json_ld": lambda: _headline(stated, sites, heading, at, confirmed, named),
            "labelled": lambda: _labelled(outline, text_at, heading if confirmed else None),
            "heading": lambda: [Found(rule="heading", value=heading, at=at)] if heading else (),
            "line_above_text": lambda: _line_above(outline, stated, sites(), text_at),
            "meta_title": lambda: _bare("meta_title", stated.titles, sites()),
            "document_title": lambda: _bare("document_title", (stated.document_title,), sites()),
            "qr_line": lambda: _qr(outline),
        },
    )


def _disagree(other: Found, found: Found) -> bool:
    """Whether what is stated and what is printed are two headlines, and not one cut short."""
    told = {other.rule, found.rule} == {"json_ld", "heading"}
    return told and _key(other.value) != _key(found.value) and other.refused != _SHORTENED


def _is_named(key: str, stated: Stated, sites: set[str]) -> bool:
    """Whether a line is one of the stated titles, or a document's title begins with it."""
    document = stated.document_title or ""
    whole = filter(None, (_without_site(text, sites) for text in (*stated.titles, document)))
    begun = _key(document).startswith(key + " ")
    return begun or key in {_key(part) for text in whole for part in (text, *SEPARATOR.split(text))}


def _headline(
    stated: Stated,
    sites: Callable[[], set[str]],
    heading: str | None,
    at: int | None,
    confirmed: bool,
    named: Callable[[str], bool],
) -> Iterator[Found]:
    """The headline of the JSON-LD, as printed where the page's heading is the same."""
    headline = stated.headline
    same = headline is not None and heading is not None and _key(heading) == _key(headline)
    # The page's heading is never the site's name, which takes a while to find.
    if not headline or (not same and _key(headline) in sites()):
        return
    refused = None
    if heading is not None:
        if 0.8 < _overlap(_key(heading).split(), _key(headline).split()) < 1.0:
            refused = "the page prints it with a change"
        elif not confirmed:
            refused = "the printed heading is another one"
        elif _cut(headline, heading, named):
            refused = _SHORTENED
        elif same:
            headline = heading
    yield Found(rule="json_ld", value=headline, at=at, refused=refused)


def _labelled(outline: Outline, text_at: int | None, heading: str | None) -> Iterator[Found]:
    """The value that boards print beside a label: in a row of a table, or in the line below it. That line may
    be long enough to be taken for the text's first. A heading of a few words that metadata confirms may be
    the board's own."""
    last = text_at + 1 if text_at is not None else len(outline.blocks)
    for at, block in enumerate(outline.blocks[:last]):
        divider = " | " if block.tag == "tr" else ":"
        label = block.text[: _LABEL + len(divider)].partition(divider)[0]
        if block.chrome or not 0 < len(label) <= _LABEL or label_of(label) not in HEADLINE:
            continue
        _, mark, value = block.text[: LONGEST + 20].partition(divider)
        if not mark and not block.anchors and at + 1 < last:
            at, value = at + 1, outline.blocks[at + 1].text
        if (text := clean(value)) and len(text) <= LONGEST and " | " not in text and len(_key(text)) > 3:
            long = heading is not None and len(words(heading)) > _SECTION and _key(heading) != _key(text)
            refused = "metadata names another line" if long else None
            yield Found(rule="labelled", value=text, at=at, refused=refused)
            return


def _line_above(outline: Outline, stated: Stated, sites: set[str], text_at: int | None) -> Iterator[Found]:
    """The line above the text; a stated title that is printed nowhere is the name of the site."""
    at = line_above(outline, sites, text_at)
    if at is None:
        return
    shown = {_key(b.text) for b in outline.blocks if b.text}
    claims = (*_bare("", (*stated.titles, stated.document_title), sites), *_qr(outline))
    printed = any(claim.refused is None and _key(claim.value) in shown for claim in claims)
    refused = "the page prints a title that it states" if printed else None
    yield Found(rule="line_above_text", value=undated(outline.blocks[at].text), at=at, refused=refused)


def _printed(
    outline: Outline, stated: Stated, url: str, sites: set[str], text_at: int | None
) -> tuple[int | None, bool]:
    """The block that prints the headline, and whether the page's metadata names it too. Of equal
    lines above the text the last: a menu or path may name the page before it does itself."""
    slug = _slug(url)
    claims = {_key(t) for t in (stated.headline, *stated.titles) if t} - sites
    document = _key(stated.document_title or "")
    parts = {_key(p) for p in SEPARATOR.split(stated.document_title or "")} | {document}
    told = [t for t in claims | parts if t not in sites and len(t.split()) > _SECTION]
    best = _ENOUGH
    found: int | None = None
    below: int | None = None
    links = later(lambda: section_links(outline))
    for at, block in enumerate(outline.blocks):
        if block.image or not block.text or len(block.text) > LONGEST or block.caption:
            continue
        key = _key(block.text)
        if not key or key in sites or (key == document and _page_of_site(stated, sites)):
            continue
        if key in _PAGES:
            below = under(outline, at) if text_at is None or at < text_at else below
            continue
        name, named = key, _named(key, claims, document, parts)
        if block.heading and not named and (begun := _begun(key, told)):
            name, named = begun, _named(begun, claims, document, parts) - _ADDED
        score = _LEVEL.get(block.tag, 0.0) + named + _slug_score(name, slug)
        score += block.heading * _standing(outline, at, text_at) + _ENOUGH * (at == below)
        score -= 3.0 * block.chrome + _linked(block, url)
        more = 1e-9 if found is None or at >= (text_at or 0) else -1e-9
        section = score > best + more and len(key.split()) <= _SECTION and is_section(links(), key, url)
        if score > best + more and not (section or crumbs(block)):
            if key not in claims and (lower := under(outline, at)) and leads_on(links(), key, url):
                below = lower
                continue
            best, found = score, at
    if found is None:
        return None, False
    key = _key(outline.blocks[found].text)
    return found, _named(key, claims, document, parts) > 0 or _begun(key, told) is not None


def _page_of_site(stated: Stated, sites: set[str]) -> bool:
    """Whether a document's title is the site's name and that of a section: no line that repeats it whole
    is a headline."""
    whole = stated.document_title or ""
    rest = _without_site(whole, sites)
    return rest is not None and rest != whole and len(words(rest)) <= _SECTION


def _standing(outline: Outline, at: int, text_at: int | None) -> float:
    """What a heading gains by standing right above the text, and more where the date is right below it:
    portlets and page titles print the section's name in a heading of their own, without a date."""
    if not right_above(outline, at, text_at):
        return 0.0
    return 1.8 if dated_below(outline, at) else 1.2


def _linked(block: Block, url: str) -> float:
    """What a line loses by being a link: little where it leads to the page itself, as headlines do
    and the menu's entry of the page too."""
    if block.link_share <= 0.5:
        return 0.0
    if leads_up(block, url):
        return 8.0  # the address may be made from the section's name as well
    return _SELF if leads_here(block, url) else 2.0


def _named(key: str, claims: set[str], document: str, parts: set[str]) -> float:
    if len(key) < 4:
        return 0.0
    if key not in claims and any(_overlap(key.split(), c.split()) > 0.8 for c in claims):
        return 2.5  # an editor changed the headline and not the metadata
    score = 4.0 if key in claims else 0.0
    if key in parts or document.startswith(key) or (len(key) > 25 and key in document):
        part = 1.0 if key in parts else 0.5
        score += 3.0 if len(words(key)) > 2 or weight(key) >= _LONG or key == document else part
    return score


def _begun(key: str, told: list[str]) -> str | None:
    """The stated title with which a heading begins that goes on: what is stated for search engines is often
    cut short."""
    return next((title for title in told if key.startswith(title + " ")), None)


def _slug(url: str) -> list[str]:
    """The words of the address's longest path segment, of several the last."""
    segments = [s for s in unquote(path_of(url)).split("/") if s]
    segments = [re.sub(r"\.\w{2,5}$", "", s) for s in segments]
    longest = max(reversed(segments), key=lambda s: s.count("-") + s.count("_"), default="")
    return [w for w in re.split(r"[-_\s]+", fold(longest)) if w and not (w.isdigit() and len(w) > 4)]


def _slug_score(key: str, slug: list[str]) -> float:
    """How well a line is the one that the address was made from, 0 to 6: the strongest sign."""
    share = _overlap(key.split(), slug) if len(slug) >= 3 else 0.0
    return 6.0 * share if share > 0.6 else 0.0


def _overlap(one: list[str], other: list[str]) -> float:
    """The share of words that two lines have in common, 0 to 1 (Dice)."""
    if len(one) < 3 or len(other) < 3:
        return 0.0
    return 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))


def _cut(headline: str, heading: str, named: Callable[[str], bool]) -> bool:
    """Whether a stated headline is the printed one cut short: at the 110 characters that are a common
    limit, or at a colon where other metadata has the whole."""
    short = _key(headline.rstrip(".… "))
    return _key(heading).startswith(short + " ") and (len(short) >= 40 or named(heading))


def _bare(rule: str, texts: tuple[str | None, ...], sites: set[str]) -> Iterator[Found]:
    """Stated titles less the site's name."""
    for text in texts:
        if text and (bare := _without_site(text, sites)):
            yield Found(rule=rule, value=bare, refused=_SHOWS_NEWS if _key(bare) in _PAGES else None)


def _qr(outline: Outline) -> Iterator[Found]:
    for block in outline.blocks:
        match = _QR.match(block.text)
        if match and (text := clean(match[1])):
            yield Found(rule="qr_line", value=text)


def _without_site(text: str, sites: set[str]) -> str | None:
    """A stated title less the site's name at either end; ``None`` where nothing else is left."""
    if _key(text) in sites:
        return None
    pieces = re.split(r"(\s+[|\-–—·»«<>•]+\s+|\s*[|｜»«]\s*)", text)
    while len(pieces) > 2 and _key(pieces[-1]) in sites:
        pieces = pieces[:-2]
    while len(pieces) > 2 and _key(pieces[0]) in sites:
        pieces = pieces[2:]
    return clean("".join(pieces))
