"""Pages that show a film or a document in place of a text.

Players are the elements of HTML that play, those of platforms, and frames of the addresses under
which services of video document that they are embedded; documents are files that a page shows in
itself, by whatever viewer, or links below its headline. What a menu or footer holds is the site's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pipelines.extract.blocks import Element
from pipelines.extract.draft import OTHER_NEWS, Role
from pipelines.extract.frame import Frame
from pipelines.extract.link_lines import is_download
from pipelines.extract.marks import names
from pipelines.extract.marks.table import KIND, SHOWN
from pipelines.extract.targets import is_file

CAPTION = 120
"""Weight of the longest line that only says what a film or document beside it shows."""
_MOST = 60
"""Players, frames and links that are looked at."""
_PLAYERS = ("video", "audio", *names(SHOWN))
_FRAMES = ("iframe", "embed", "object", "amp-iframe")
_SOURCES = ("src", "data", "data-src")
_LONGEST = 2000
"""Characters of an address that are looked at."""
_SITE = ("nav", "footer", "aside")
_FILM = re.compile(
    r"//(?:[\w-]+\.)*(?:youtube|youtube-nocookie|dailymotion|vimeo|rutube|ok|tiktok|odysee)\.\w+/(?:\w+/)*"
    r"(?:embed|video|videoembed|play)|facebook\.com/plugins/video|\bplayer\b|\.(?:mp4|m3u8|webm|mp3)(?:$|[?&#])",
    re.I,
)
"""How the services' documentation has their films embedded, and what players are called anywhere."""
_VIEWED = re.compile(r"[?&#](?:file|url|src|document)=([^&#]+)", re.I)
"""The file that a viewer is given: pdf.js, Google's and Microsoft's viewers, ViewerJS."""


def film(frame: Frame, size: int) -> str | None:
    """What says that a page is a film and its caption, or ``None``.

    Args:
        frame: the page.
        size: weight of its text and lead.
    """
    if not _captioned(frame, size):
        return None
    if (player := next(_players(frame), None)) is not None:
        return f"a player ({player.tag!s}) and {size} characters of text"
    kind = (frame.page.meta(*names(KIND)) or "").lower()
    if kind.startswith("video") or ("VideoObject" in frame.stated.types and not frame.stated.article):
        return f"its metadata calls it a video, and it has {size} characters of text"
    return None


def document(frame: Frame, size: int, least: int) -> str | None:
    """What says that a page is there for a document, or ``None``: one that it shows in itself, beside
    a caption at most; or a link to one, and no text.

    Args:
        frame: the page.
        size: weight of its text and lead.
        least: weight of the shortest article.
    """
    if _captioned(frame, size) and any(map(_shows_file, _own(frame, _FRAMES))):
        return f"a document shown in the page, and {size} characters of text"
    if size < least and any(_links_file(frame)):
        return f"links to documents, and {size} characters of text"
    return None


def _captioned(frame: Frame, size: int) -> bool:
    """Whether what text there is stands in one line and is no longer than a caption."""
    return size <= CAPTION and len(frame.of(Role.TEXT, Role.LEAD)) <= 1


def _own(frame: Frame, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements of some names that stand in no menu, footer or sidebar."""
    for _, element in zip(range(_MOST), frame.page.root.iter(*tags), strict=False):
        if next(element.iterancestors(*_SITE), None) is None:
            yield element


def _players(frame: Frame) -> Iterator[Element]:
    yield from _own(frame, _PLAYERS)
    yield from (e for e in _own(frame, _FRAMES) if _FILM.search(_address(e)))


def _address(frame: Element) -> str:
    """What a frame shows; pages that load late keep it in ``data-src``."""
    return next((a for name in _SOURCES if (a := frame.get(name))), "")[:_LONGEST]


def _shows_file(element: Element) -> bool:
    address = _address(element)
    viewed = _VIEWED.search(address)
    given = is_file(unquote(viewed[1])) if viewed else False
    return given or is_file(address) or (element.get("type") or "").lower() == "application/pdf"


def _links_file(frame: Frame) -> Iterator[bool]:
    at = frame.title.at if frame.title and frame.title.at is not None else -1
    for n in range(at + 1, len(frame.blocks)):
        block = frame.blocks[n]
        if block.anchors and not block.chrome and frame.roles.get(n) not in OTHER_NEWS:
            yield any(map(is_download, block.anchors[:_MOST]))
