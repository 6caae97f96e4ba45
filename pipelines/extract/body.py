"""Lead and paragraphs, read off the roles of the page's blocks."""

from __future__ import annotations

from pipelines.extract.blocks import Block
from pipelines.extract.draft import Role
from pipelines.extract.frame import Frame
from pipelines.extract.lines import is_key, key
from pipelines.text import clean


def lead(frame: Frame) -> str | None:
    """The opening summary; several lines of it become one text."""
    return clean(" ".join(frame.blocks[n].text for n in frame.of(Role.LEAD)))


def paragraphs(frame: Frame) -> tuple[str, ...]:
    """The text's lines in order, the lead not among them. A line that a break cut in the
    middle of a sentence is joined with the next one."""
    opening = key(lead(frame) or "")
    found: list[str] = []
    before: Block | None = None
    for n in frame.of(Role.TEXT):
        block = frame.blocks[n]
        if opening and is_key(block.text, opening):
            continue
        if found and before is not None and _continues(before, block):
            found[-1] = f"{found[-1]} {block.text}"
        else:
            found.append(block.text)
        before = block
    return tuple(found)


def _continues(before: Block, block: Block) -> bool:
    """Whether a line break stands inside a sentence."""
    same = block.breaks and before.element is block.element
    return same and before.text[-1] not in '.!?…:;"”’)' and block.text[0].islower()
