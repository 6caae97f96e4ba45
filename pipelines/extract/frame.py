"""One page laid out for reading: what every field's function is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.extract import edges
from pipelines.extract.blocks import Block, Outline
from pipelines.extract.draft import Draft, Role
from pipelines.extract.evidence import Found, Rules, believed, in_order, later
from pipelines.extract.layout import Layout, Place, place
from pipelines.extract.leads import lead
from pipelines.extract.line_labels import key
from pipelines.extract.offered import offered
from pipelines.extract.page import Page
from pipelines.extract.pulled import in_boxes, pulled
from pipelines.extract.reach import reaching
from pipelines.extract.region import Region, region, region_of, text_start
from pipelines.extract.roles import tell_apart
from pipelines.extract.signup import set_apart
from pipelines.extract.sitename import signed
from pipelines.extract.structured import Stated, stated
from pipelines.extract.title import Title, title, titles
from pipelines.extract.walk import outline
from pipelines.extract.zones import of_country
from pipelines.model import ReadingContext
from pipelines.text import fold


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
    blocks: list[Block]
    """The outline's."""
    language: str | None
    """BCP 47 language of the page."""
    places: Mapping[Role, list[int]]
    """The blocks of each role, ascending: every field asks for some of them."""
    roles: dict[int, Role]
    """By index of block, ascending; for the title, what stands above it, the region and what follows it."""
    captions: dict[int, tuple[int, ...]]
    """Caption blocks of each picture, by index."""
    boxed: frozenset[int] = frozenset()
    """Blocks in boxes of related links."""
    layout: str | None = None
    """The layout that was used."""
    printed: int | None = None
    """The block that prints the headline, where the layout knows it."""
    text_at: int | None = None
    """The block with which the text seemed to begin before the headline was known."""
    sites: Callable[[], tuple[str, ...]]
    """The site's own names, as far as they are known or stated."""

    def language_rules(self) -> Rules[Found]:
        """The rules that find the page's language."""
        return _language_rules(self.page, self.context)

    @property
    def zone(self) -> str | None:
        """IANA name of the zone of printed times: the portal's, else that of the country whose domain
        the page is under."""
        return self.context.zone or of_country(self.page.url)

    def site_names(self) -> Iterator[str]:
        """All of the site's own names, those that are stated first. With a layout the rest of the page
        is looked through for them only at the end, since few pages ask for so many."""
        yield from self.stated.site_names
        yield from self.sites()
        if self.layout is not None:
            yield from signed(outline(self.page.root), self.stated, self.page.url)

    def titles(self) -> Iterator[Found]:
        """What each rule says of the headline, in the order in which they are believed."""
        return titles(
            self.outline, self.stated, self.page.url, self.sites, self.text_at, printed=self.printed
        )

    def of(self, *roles: Role) -> list[int]:
        """Indices of the blocks of these roles, in order."""
        if len(roles) == 1:
            return list(self.places.get(roles[0], ()))
        return sorted(n for role in set(roles) for n in self.places.get(role, ()))


def frame(page: Page, context: ReadingContext, captured_at: datetime, layout: Layout | None = None) -> Frame:
    """Lay out a page, by its layout where one fits and finds headline and text."""
    placed = place(layout, page)
    laid = _frame(page, context, captured_at, placed) if placed else None
    if laid and laid.region and laid.title and laid.title.at is not None:
        return laid
    return _frame(page, context, captured_at, None)


def _frame(page: Page, context: ReadingContext, captured_at: datetime, placed: Place | None) -> Frame:
    lines = outline(placed.main if placed else page.root)
    apart = set_apart(lines, page)
    claims = stated(page)

    named = (*claims.site_names, *filter(None, [context.site_name]))
    sites = later(lambda: (*named, *signed(lines, claims, page.url)))
    start = lines.spans.get(placed.content, (None, 0))[0] if placed else text_start(lines)
    known = lines.at(placed.title) if placed else None
    headline = title(lines, claims, page.url, sites, start, printed=known)
    if placed:
        found = region_of(lines, placed.content, "layout")
    else:
        heaviest = region(lines, headline.at if headline else None)
        found = reaching(lines, heaviest) if heaviest else None
    draft = _draft(lines, headline, found, claims, apart) if found else None
    roles = dict(sorted(draft.roles.items())) if draft else {}
    spoken = believed(in_order("language", _language_rules(page, context)))
    return Frame(
        page=page,
        outline=lines,
        stated=claims,
        context=context,
        captured_at=captured_at,
        title=headline,
        region=found,
        blocks=lines.blocks,
        language=spoken.value if spoken else None,
        places=_places(roles),
        roles=roles,
        captions=draft.captions if draft else {},
        boxed=frozenset(draft.boxed) if draft else frozenset(),
        layout=placed.layout if placed else None,
        printed=known,
        text_at=start,
        sites=sites,
    )


def _places(roles: Mapping[int, Role]) -> Mapping[Role, list[int]]:
    found: dict[Role, list[int]] = {}
    for n, role in roles.items():
        found.setdefault(role, []).append(n)
    return found


def _language_rules(page: Page, context: ReadingContext) -> Rules[Found]:
    stated, known = page.language, context.language
    return {
        "stated": lambda: [Found(rule="stated", value=stated)] if stated else (),
        "portal": lambda: [Found(rule="portal", value=known)] if known else (),
    }


def _draft(
    lines: Outline, headline: Title | None, found: Region, claims: Stated, apart: frozenset[int]
) -> Draft:
    draft = Draft(
        outline=lines,
        blocks=lines.blocks,
        region=found,
        title=key(headline.text) if headline else "",
        at=headline.at if headline else None,
        authors=frozenset(map(fold, claims.authors)),
        summaries=claims.summaries,
        roles=dict.fromkeys(apart, Role.FURNITURE),
    )
    tell_apart(draft)
    boxed = in_boxes(draft)
    pulled(draft, boxed)
    offered(draft, boxed)
    edges.byline(draft)
    edges.trim(draft)
    lead(draft)
    return draft
