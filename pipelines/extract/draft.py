"""An article while its blocks are being told apart: the roles that there are, and who has which."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from pipelines.extract.blocks import Block, Outline
from pipelines.extract.line_labels import is_key
from pipelines.extract.region import Region

HEAD = 8
"""Blocks before the title in which a date may stand."""
TAIL = 60
"""Blocks after the region in which source and related links may stand."""


class Role(Enum):
    """What a block is in the article."""

    __hash__ = object.__hash__  # members are one object each, and roles are counted for every field

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


OTHER_NEWS = (Role.RELATED, Role.RELATED_HEADING)
"""What belongs to boxes of other news. A name of its own, since a member costs a look-up each time."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """An article while its blocks are being told apart."""

    outline: Outline
    blocks: list[Block]
    """The outline's."""
    region: Region
    title: str
    """The headline's :func:`pipelines.extract.lines.key`, or ``""``."""
    at: int | None
    """The block that prints the headline."""
    authors: frozenset[str]
    """Folded names that the page's metadata gives as authors."""
    summaries: tuple[str, ...] = ()
    """What the page's metadata says of its contents."""
    roles: dict[int, Role] = field(default_factory=dict)
    captions: dict[int, tuple[int, ...]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    """Of the short lines below the headline, what each would say as a label, by index: all boxes of other
    news look at them."""
    boxed: set[int] = field(default_factory=set)
    """Blocks in boxes of related links."""
    seen: int = 0
    """Prose met so far, in characters."""
    paragraphs: int = 0
    """Text blocks met so far that are no headings."""

    @property
    def body_from(self) -> int:
        """The first block that may belong to the text: the one after the headline."""
        return self.region.span[0] if self.at is None else self.at + 1

    def of(self, role: Role) -> list[int]:
        """Indices of the blocks of a role, in order."""
        return sorted([n for n, r in self.roles.items() if r is role])

    def is_title(self, text: str) -> bool:
        """Whether a line repeats the headline."""
        return 0 < len(text) <= 2 * len(self.title) and is_key(text, self.title)
