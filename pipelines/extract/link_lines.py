"""Lines that are there for their links: files, and a label with related news behind it."""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.line_labels import label_of
from pipelines.extract.targets import FORMATS, is_file
from pipelines.extract.words import RELATED
from pipelines.text import clean

_LABEL = 60
"""Characters of the longest label."""
_LEADS_ON = re.compile(r"\s*(?!#|javascript:)\S", re.I)
_SIZE = 24
"""Characters of the longest size of a file, its brackets among them."""
_ANSWER = 20
"""Characters of the longest answer to a question."""
_OPENINGS = tuple(f"{words} " for words in RELATED if " " in words)
"""Beginnings of headings, of two words or more."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.I)
"""An address written out."""
_FILE_NAME = re.compile(rf"\w\.{FORMATS}\s*(?:[(\[]|$)|[(\[]\s*{FORMATS}\b[^)\]]{{0,30}}[)\]]\s*$", re.I)
"""Names of links to files: ``plan.pdf``, ``plan.pdf (2 MB)``, ``The plan (PDF, 2 MB)``."""
_FILE_SIGNS = (".", "(", "[")
"""One of them is in every such name, and in few others."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.I)


def is_download(anchor: Element, name: str | None = None) -> bool:
    """Whether a link leads to a document: by its address, by saying that it is to be saved (HTML, 4.6.5),
    or by a name that ends in a file's.

    Args:
        anchor: the link.
        name: its text, cleaned, where it is known already.
    """
    href = anchor.get("href") or ""
    if is_file(href):
        return True
    if anchor.get("download") is not None and not _PICTURE.search(href.partition("?")[0]):
        return True
    name = (clean(text_in(anchor)) or "") if name is None else name
    return any(map(name.__contains__, _FILE_SIGNS)) and _FILE_NAME.search(name) is not None


def is_file_line(block: Block) -> bool:
    """Whether a line is the name of one file that it links to, with the file's size or kind in brackets."""
    if len(block.anchors) > 1 or block.link_share < 0.5 or not is_download(block.anchors[0]):
        return False
    rest = block.text.partition(clean(text_in(block.anchors[0])) or "\n")[2].strip()
    return len(rest) <= _SIZE and rest.startswith(("(", "[")) and rest.endswith((")", "]"))


def asks(block: Block) -> bool:
    """Whether a line is a question and links to answer it that lead to no other page: *Useful? Yes No*."""
    if len(block.anchors) < 2 or len(block.text) > 2 * _LABEL:
        return False
    if "?" not in block.text and "？" not in block.text:
        return False
    names = [clean(text_in(a)) or "\n" for a in block.anchors]
    question = block.text.partition(names[0])[0].rstrip()
    stays = not any(_LEADS_ON.match(a.get("href") or "") for a in block.anchors)
    return stays and question.endswith(("?", "？")) and max(map(len, names)) <= _ANSWER


def opens_related(block: Block) -> bool:
    """Whether a heading begins as one over related news does: ``Other news in Parks``."""
    return block.heading and len(block.text) <= _LABEL and label_of(block.text).startswith(_OPENINGS)


def offers(block: Block) -> bool:
    """Whether a line is a label of related news and the links to it, also in brackets: ``See also: …``,
    ``[Related: …]``."""
    first, last = (clean(text_in(block.anchors[n])) or "\n" for n in (0, -1))
    at = block.text.find(first)
    labelled = 0 < at <= _LABEL and label_of(block.text[:at]) in RELATED
    if not (labelled and block.text.rstrip(" ])").endswith(last.rstrip(" ])"))):
        return False
    targets = [a.get("href") or "#" for a in block.anchors]
    return not (_ADDRESS.match(first) or any(map(is_download, block.anchors))) and not any(
        t.startswith(("#", "mailto:", "tel:")) for t in targets
    )
