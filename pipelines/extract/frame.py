"""One page laid out for reading: what every field's function is given.

Each block of the article gets exactly one role, in one pass; the fields are then read off
the roles, so that no line can be paragraph and caption, or lead and byline, at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pipelines.extract.blocks import Block, Element, Outline, Span, outline
from pipelines.extract.boxes import box
from pipelines.extract.byline import Byline, is_name, parse_byline
from pipelines.extract.moments import moments
from pipelines.extract.page import Page
from pipelines.extract.region import Region, boilerplate, prose, region, weight
from pipelines.extract.structured import Stated, stated
from pipelines.extract.title import Title, title
from pipelines.extract.words import END, FURNITURE, RELATED
from pipelines.model import ReadingContext
from pipelines.text import fold, words

HEAD = 8
"""Blocks before the title in which a date may stand."""
TAIL = 60
"""Blocks after the region in which byline, source and related links may stand."""
LINKS_AFTER = 10
"""Most links that a row without a heading may have to be related news."""
_COUNT = re.compile(r"[\d.,\s]*\d[\d.,\s]*$")
_VIETNAMESE = re.compile(r"[đĐăĂơƠưƯạ-ỹẠ-Ỹ]")
_AUTHOR_PAGE = re.compile(r"/(?:author|authors|tac-gia|autor|auteur)s?[/\-]|[?&]author=", re.I)
_CENTRED = re.compile(r"text-align:\s*center|margin:\s*\S*\s*auto", re.I)
_CAPTION_START = re.compile(
    r"[*※▲▶△\s\[(<]*(?:사진\s*설명|사진\s*제공|写真説明|Chú thích ảnh|Bildunterschrift)"
)
_CREDIT = re.compile(
    r"(?:ảnh|photo|foto|hình|bild|credit|사진|写真)\s*(?:minh ho[ạaàá]\w*)?\s*[:.]?\s*\S", re.I
)


class Role(Enum):
    """What a block is in the article."""

    TEXT = "text"
    LEAD = "lead"
    IMAGE = "image"
    CAPTION = "caption"
    BYLINE = "byline"
    DATE = "date"
    RELATED_HEADING = "related heading"
    RELATED = "related"
    TITLE = "title"
    END = "end"
    FURNITURE = "furniture"


_KEPT = frozenset((Role.RELATED_HEADING, Role.RELATED, Role.TITLE))
"""Roles that also stand after the article's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page, its blocks, and what each of them is."""

    page: Page
    outline: Outline
    stated: Stated
    context: ReadingContext
    captured_at: datetime
    title: Title | None
    region: Region | None
    roles: dict[int, Role]
    """By index of block, for the title, what stands above it, the region and what follows it."""
    captions: dict[int, tuple[int, ...]]
    """Caption blocks of each picture, by index."""

    @property
    def blocks(self) -> list[Block]:
        return self.outline.blocks

    @property
    def language(self) -> str | None:
        return self.page.language or self.context.language

    def of(self, *roles: Role) -> list[int]:
        """Indices of the blocks of these roles, in order."""
        return sorted(n for n, r in self.roles.items() if r in roles)


def frame(page: Page, context: ReadingContext, captured_at: datetime) -> Frame:
    """Lay out a page."""
    lines = outline(page.root)
    claims = stated(page)
    sites = (*claims.site_names, *filter(None, [context.site_name]))
    headline = title(lines, claims, page.url, sites)
    found = region(lines, headline.at if headline else None)
    labels = _Labels(lines, headline, found, claims.authors)
    if found is not None:
        labels.run()
    return Frame(
        page=page,
        outline=lines,
        stated=claims,
        context=context,
        captured_at=captured_at,
        title=headline,
        region=found,
        roles=labels.roles,
        captions=labels.captions,
    )


def key(text: str) -> str:
    """What two spellings of one line have in common: folded words."""
    return " ".join(words(fold(text)))


def label_of(text: str) -> str:
    """A line without trailing colon, bullet or count, folded: the form of the word tables."""
    return re.sub(r"\s*\(?\d*\)?\s*[:：.…»>]*\s*$", "", fold(text)).strip(" -–—•▪>»:*+[]|")


def ends(text: str) -> bool:
    """Whether a line says that the article is over."""
    folded = label_of(text)
    if len(folded) > 60:
        return False
    return folded in END or folded.partition(":")[0].strip() in END


def date_line(text: str) -> bool:
    """Whether a line is there for its date: short, and most of it the date or its label."""
    if len(text) > 200:
        return False
    for moment in moments(text):
        if not isinstance(moment, str):
            rest = len(text) - (moment.end - moment.start)
            return rest <= 30 or (moment.start <= 30 and rest <= 150 and not re.search(r"[.!?]\s*$", text))
    return False


def vietnamese(text: str) -> bool:
    """Whether a text is written in Vietnamese, by its letters."""
    return len(_VIETNAMESE.findall(text)) > len(text) / 50


class _Labels:
    """The one pass that gives each block its role."""

    def __init__(
        self, lines: Outline, headline: Title | None, found: Region | None, authors: tuple[str, ...]
    ) -> None:
        self.roles: dict[int, Role] = {}
        self.captions: dict[int, tuple[int, ...]] = {}
        self._lines = lines
        self._blocks = lines.blocks
        self._at = headline.at if headline and headline.at is not None else None
        self._title = key(headline.text) if headline else ""
        self._region = found
        self._boxed_links: set[int] = set()
        self._authors = {fold(a) for a in authors}
        self._seen = 0
        self._paragraphs = 0

    def run(self) -> None:
        assert self._region is not None
        first, end = self._region.span
        start = first if self._at is None else max(0, min(self._at, first))
        body_from = start if self._at is None else self._at + 1
        self._captions(body_from, end)
        for n in range(max(0, start - HEAD), body_from):
            self.roles[n] = self._above(n)
        self._boxes(body_from, end)
        self._links_after(end)
        over = False
        for n in range(body_from, end):
            role = self._role(n, inside=n >= first)
            over = over or (role is Role.END and 3 * self._seen >= self._region.mass)
            self.roles[n] = Role.END if over and role not in _KEPT else role
            if self.roles[n] is Role.TEXT:
                self._seen += prose(self._blocks[n])
                self._paragraphs += not self._blocks[n].heading
        self._byline(first, end)
        self._lead(body_from)
        self._last(end)

    def _boxes(self, first: int, end: int) -> None:
        """Boxes of related links, in the region and right after it, never in menus or footers."""
        assert self._region is not None
        for n in range(first, min(len(self._blocks), end + TAIL)):
            block = self._blocks[n]
            if n in self.roles or len(block.text) > 60 or label_of(block.text) not in RELATED:
                continue
            if (
                block.chrome
                and next(block.element.iterancestors("nav", "footer", "header"), None) is not None
            ):
                continue
            self.roles[n] = Role.RELATED_HEADING
            under = range(*box(self._lines, n, self._region.mass))
            self._boxed_links.update(under)
            for m in under:
                linked = self._blocks[m].link_share > 0.4
                if (
                    self.roles.get(m) is not Role.RELATED_HEADING
                    and label_of(self._blocks[m].text) not in RELATED
                ):
                    self.roles[m] = Role.RELATED if linked else Role.FURNITURE

    def _above(self, n: int) -> Role:
        block = self._blocks[n]
        if n == self._at or (block.text and key(block.text) == self._title):
            return Role.TITLE
        return Role.DATE if not block.chrome and date_line(block.text) else Role.FURNITURE

    def _links_after(self, end: int) -> None:
        """Headings that are links, two or more in a row right after the text: its related news."""
        found = []
        for n in range(end, min(len(self._blocks), end + 2 * LINKS_AFTER)):
            block = self._blocks[n]
            if block.image:
                continue
            if n in self.roles or not (block.heading and block.link_share > 0.9 and weight(block.text) >= 25):
                break
            found.append(n)
        if 2 <= len(found) <= LINKS_AFTER:
            self._boxed_links.update(found)
            self.roles.update(dict.fromkeys(found, Role.RELATED))

    def _role(self, n: int, *, inside: bool) -> Role:
        block = self._blocks[n]
        if n in self.roles:
            return self.roles[n]
        if block.image:
            return Role.FURNITURE if block.chrome else Role.IMAGE
        if block.caption or (_CAPTION_START.match(block.text) and weight(block.text) < 600):
            return Role.CAPTION
        if self._title and key(block.text) == self._title:
            return Role.TITLE
        if ends(block.text):
            return Role.END if self._seen else Role.FURNITURE
        if block.chrome or label_of(block.text) in FURNITURE or _COUNT.match(block.text):
            return Role.FURNITURE
        if self._paragraphs == 0 and date_line(block.text):
            return Role.DATE
        if block.link_share > 0.75:
            return self._link(block) if inside else Role.FURNITURE
        return self._line(block, inside=inside)

    def _line(self, block: Block, *, inside: bool) -> Role:
        if inside:
            return Role.TEXT
        # Between title and region stand lead, dateline and byline, and a good deal of furniture.
        long_enough = weight(block.text) >= 60 and block.link_share < 0.4 and not boilerplate(block.text)
        return Role.TEXT if long_enough else Role.FURNITURE

    def _link(self, block: Block) -> Role:
        """A line that is all link: to other news, within the page, or to a file."""
        targets = [(a.get("href") or "").strip() for a in block.element.iter("a")]
        if targets and all(t.startswith("#") for t in targets):
            return Role.FURNITURE
        if re.match(r"https?://|www\.", block.text):
            return Role.TEXT
        return Role.RELATED if weight(block.text) >= 20 else Role.FURNITURE

    def _captions(self, first: int, end: int) -> None:
        """Captions: what shares a box with a picture and nothing else, or follows it and looks so."""
        assert self._region is not None
        for n in range(first, end):
            block = self._blocks[n]
            if not block.image or block.chrome:
                continue
            found = self._boxed(block.element, first, end) or self._following(n, end)
            if found:
                self.captions[n] = found
                for m in found:
                    self.roles.setdefault(m, Role.CAPTION)

    def _boxed(self, image: Element, first: int, end: int) -> tuple[int, ...]:
        assert self._region is not None
        element = image.getparent()
        while element is not None and element is not self._region.element:
            low, high = self._lines.spans.get(element, (0, 0))
            texts = [m for m in range(low, high) if self._blocks[m].text]
            if not texts and element.tag == "figure":
                return ()
            if texts:
                size = sum(len(self._blocks[m].text) for m in texts)
                links = any(self._blocks[m].link_share > 0.5 for m in texts)
                good = len(texts) <= 2 and size <= 400 and first <= low and high <= end and not links
                good = good and not any(self._blocks[m].heading for m in texts)
                # A caption stands under its picture, or under a row of pictures.
                good = good and not self._blocks[low].text
                return tuple(texts) if good else ()
            element = element.getparent()
        return ()

    def _following(self, n: int, end: int) -> tuple[int, ...]:
        m = n + 1
        while m < end and self._blocks[m].image:
            m += 1
        if m >= end or m in self.roles:
            return ()
        block = self._blocks[m]
        size = len(words(block.text))
        if block.heading or block.link_share > 0.1 or size > 60 or block.text.endswith(":"):
            return ()
        if block.caption:
            return (m,)
        marked = block.all_italic or _centred(block.element) or bool(_CREDIT.search(block.text[-60:]))
        if marked and size <= 50 and not ends(block.text):
            return (m,)
        return (m,) if self._plain_caption(n, m, end, size) else ()

    def _plain_caption(self, n: int, m: int, end: int, size: int) -> bool:
        """Older pages print captions as plain short paragraphs after a picture that stands alone."""
        text_before = any(prose(self._blocks[k]) for k in range(max(0, n - 6), n))
        longer_after = any(len(words(self._blocks[k].text)) > 2 * size for k in range(m + 1, min(end, m + 3)))
        block = self._blocks[m]
        ended = block.text.rstrip().endswith((".", ")"))
        return text_before and longer_after and 3 <= size <= 25 and not block.all_bold and ended

    def _byline(self, first: int, end: int) -> None:
        """The byline is the article's own last line: after the last prose, or beside the title."""
        texts = [n for n in sorted(self.roles) if self.roles[n] is Role.TEXT]
        last = max((n for n in texts if prose(self._blocks[n])), default=None)
        if last is None:
            return
        plain = vietnamese(" ".join(self._blocks[n].text for n in texts[:20]))
        limit = min(len(self._blocks), end + 6)
        lines: list[int] = []
        for n in range(last + 1, limit):
            block = self._blocks[n]
            if block.image or self.roles.get(n) is Role.CAPTION:
                continue
            if block.chrome or ends(block.text) or label_of(block.text) in RELATED:
                break
            if byline_of(block, plain=plain) and n == (lines[-1] + 1 if lines else n):
                lines.append(n)
        if not lines:
            lines = self._beside_title(texts[0])
            self.roles.update(dict.fromkeys(lines, Role.BYLINE))
            return
        for n in lines:
            self.roles[n] = Role.BYLINE
        if lines:
            for n in range(lines[-1] + 1, end):
                loose = self.roles.get(n) is Role.RELATED and n not in self._boxed_links
                if loose or self.roles.get(n) is Role.TEXT:
                    self.roles[n] = Role.END

    def _beside_title(self, first_text: int) -> list[int]:
        """Bylines between headline and text: labelled, named in the metadata, or linked to an author."""
        if self._at is None:
            return []
        found = []
        for n in range(self._at + 1, min(first_text, self._at + 9)):
            block = self._blocks[n]
            if block.image or block.chrome or self.roles.get(n) is Role.DATE or not block.text:
                continue
            if byline_of(block, plain=False) or fold(block.text) in self._authors or self._author(n):
                found.append(n)
        return found[:2]

    def _author(self, n: int) -> bool:
        """A name of two words or more right under the headline, unlinked or linked to its writer's page."""
        block = self._blocks[n]
        if not is_name(block.text, strict=True) or len(block.text.split()) < 2 or block.heading:
            return False
        links = list(block.element.iter("a"))
        if not links:
            return n == (self._at or 0) + 1
        return any(
            _AUTHOR_PAGE.search(a.get("href") or "") or "author" in (a.get("rel") or "") for a in links
        )

    def _lead(self, body_from: int) -> None:
        """The lead: set apart from the first plain paragraph by its place, its tag or its face."""
        assert self._region is not None
        texts = [n for n in sorted(self.roles) if self.roles[n] is Role.TEXT and n >= body_from]
        repeated = [
            n for n in texts[1:] if texts and key(self._blocks[n].text) == key(self._blocks[texts[0]].text)
        ]
        if repeated and weight(self._blocks[texts[0]].text) >= 60:
            self.roles[texts[0]] = Role.LEAD
            self.roles.update(dict.fromkeys(repeated, Role.FURNITURE))
            return
        for n, following in zip(texts, texts[1:], strict=False):
            block = self._blocks[n]
            apart = n < self._region.span[0] or block.heading or block.all_bold
            if not apart or weight(block.text) < 60 or n not in texts[:3]:
                break
            if self._blocks[following].all_bold and not prose(self._blocks[following]):
                break
            self.roles[n] = Role.LEAD

    def _last(self, end: int) -> None:
        """Text ends with the last line that is more than a heading, a label or an end mark."""
        for n in sorted(self.roles, reverse=True):
            if self.roles[n] is not Role.TEXT:
                continue
            block = self._blocks[n]
            mark = not re.search(r"\w", block.text) or block.text.strip("- ") == "30"
            if mark or boilerplate(block.text) or (block.heading and weight(block.text) < 40):
                self.roles[n] = Role.END
                continue
            break


def byline_of(block: Block, *, plain: bool) -> Byline:
    """What a block says as a byline.

    Args:
        block: one line at the end of an article, or beside its title.
        plain: whether a bare name is one (it is in Vietnamese papers, elsewhere hardly ever).
    """
    if block.image or block.heading or len(block.text) > 120:
        return Byline()
    found = parse_byline(block.text)
    labelled = bool(found.source or found.photo_credits) or fold(" ".join(found.authors)) != fold(
        block.text.strip(" .*-–—()")
    )
    bare_list = bool(re.search(r"[,&–—-]|\bvà\b", block.text))
    return found if plain or (labelled and not (bare_list and ":" not in block.text)) else Byline()


def _centred(element: Element) -> bool:
    if (element.get("align") or "").lower() == "center" or element.tag == "center":
        return True
    if _CENTRED.search(element.get("style") or ""):
        return True
    tokens = (element.get("class") or "").split()
    return bool({"wp-caption-text", "has-text-align-center", "aligncenter"} & set(tokens))


def span_of(outline_: Outline, element: Element) -> Span:
    """First block of an element, and the one after its last."""
    return outline_.spans.get(element, (0, 0))
