"""Lead and paragraphs, read off the roles of the page's blocks."""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block, text_in
from pipelines.extract.draft import Role
from pipelines.extract.frame import Frame
from pipelines.extract.line_labels import is_key, key
from pipelines.extract.link_lines import is_download
from pipelines.text import clean

_STOP = re.compile(r"[.!?…。！？][”\"»’)]?$")


def lead(frame: Frame) -> str | None:
    """The opening summary; several lines of it become one text."""
    lines = [frame.blocks[n].text for n in frame.of(Role.LEAD)]
    return clean(" ".join(lines)) if lines else None


def paragraphs(frame: Frame) -> tuple[str, ...]:
    """The text's lines in order, the lead not among them. A line that a break cut in the
    middle of a sentence is joined with the next one."""
    opening = key(lead(frame) or "")
    found: list[list[str]] = []
    before: Block | None = None
    for n in frame.of(Role.TEXT):
        block = frame.blocks[n]
        if opening and is_key(block.text, opening):
            continue
        told = _told(block) if block.anchors else block.text
        if block.breaks and before is not None and _continues(before, block):
            found[-1].append(told)
        else:
            found.append([told])
        before = block
    return tuple(map(" ".join, found))


def _told(block: Block) -> str:
    """A line's text without the names of files that hang on behind its last sentence: attachments."""
    told = rest = block.text
    for anchor in reversed(block.anchors):
        name = clean(text_in(anchor)) or "\n"
        if not rest.endswith(name) or not is_download(anchor):
            break
        rest = rest.removesuffix(name).rstrip()
        told = rest if _STOP.search(rest) else told
    return told


def _continues(before: Block, block: Block) -> bool:
    """Whether a line break stands inside a sentence."""
    return before.element is block.element and before.text[-1] not in '.!?…:;"”’)' and block.text[0].islower()
