"""How far below its heaviest element a text reaches.

Where an editor ends one element after the last long paragraph, pictures, captions and a short
last sentence stand beside it, in the element around both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.extract.blocks import Block, Outline
from pipelines.extract.dated import date_line
from pipelines.extract.line_labels import ends, heads_related
from pipelines.extract.lines import counts, labelled_terms, tools
from pipelines.extract.marks import marked
from pipelines.extract.marks.table import PORTRAIT
from pipelines.extract.region import Region, boilerplate, weight

_MOST = 30
"""Blocks that may follow the heaviest element and be the article's."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.I)
_STOP = re.compile(r"[.!?…。！？][\"”»’)]*$")


def reaching(outline: Outline, region: Region) -> Region:
    """A region with what follows it in the nearest element around both, where nothing there
    belongs to the page, and a picture or a sentence is among it. Where a platform marks the text,
    it ends with its element."""
    if region.rule != "heaviest_prose":
        return region
    first, end = region.span
    for element in region.element.iterancestors():
        last = outline.spans.get(element, (0, end))[1]
        more = outline.blocks[end:last]
        if not more:
            continue
        told = any(b.image or _STOP.search(b.text) for b in more)
        if not told or len(more) > _MOST or sum(weight(b.text) for b in more) > region.mass:
            break
        return replace(region, element=element, span=(first, last)) if all(map(_own, more)) else region
    return region


def _own(block: Block) -> bool:
    """Whether a line or picture may be an article's: no box, button, label or portrait."""
    if block.chrome or block.heading or block.tag == "tr":
        return False
    if block.image:
        shown = all(_PICTURE.search(a.get("href") or "") for a in block.anchors)
        return shown and not marked(block.element, PORTRAIT)
    text = block.text
    said = ends(text) or heads_related(text) or counts(text) or date_line(text) or boilerplate(block)
    return not (said or block.link_share > 0.4 or labelled_terms(block) or tools(block))
