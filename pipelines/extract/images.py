"""The article's pictures, their captions, and who took them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.blocks import Block, Element, text_in
from pipelines.extract.credits import credit, credited, own_line
from pipelines.extract.draft import Role
from pipelines.extract.evidence import later
from pipelines.extract.frame import Frame
from pipelines.extract.marks import asking, names
from pipelines.extract.marks.table import LAZY, LAZY_SET, PORTRAIT
from pipelines.extract.names import is_office, titled
from pipelines.extract.targets import leads_to_author
from pipelines.model import Image
from pipelines.text import clean, words
from pipelines.urls import absolute, host

_ADDRESSES, _SETS = (*names(LAZY), "src"), (*names(LAZY_SET), "srcset")
_is_portrait = asking(PORTRAIT)
_TOLD = 3
"""Words of the longest line above a name that is its bearer's post and no caption."""
_OFFICE = 60
"""Characters of the longest name of an office."""
_SMALL = 60
"""Pixels; what is smaller is an icon."""
_COMMA, _WIDE = re.compile(r",\s+"), re.compile(r"([\d.]+)[wx]")
_DIGITS = re.compile(r"\d{1,6}")
_ICON = re.compile(
    r"/(?:icons?|emoji|smilies)/|(?:icon|logo|spacer|pixel|blank)[^/]*\.(?:svg|gif|png)", re.I
)
_SIGNS = ("icon", "emoji", "smilies", "logo", "spacer", "pixel", "blank")
_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(?=\.[A-Za-z]{3,4}$)")
_PORTRAITS = ("gravatar.com",)
"""Services that keep the pictures of people who write and comment, and no others."""


def images(frame: Frame) -> tuple[Image, ...]:
    """Pictures of the article in order, each picture once: one that is shown above the text and
    again in it, in whatever size, keeps its first place and gets the caption of the other."""
    found: dict[str, Image] = {}
    sites = later(lambda: tuple(frame.site_names()))
    for n in frame.of(Role.IMAGE):
        src = source(frame.blocks[n].element, frame.page.base)
        if src is None or is_icon(frame.blocks[n].element) or _portrait(frame.blocks[n].element, src):
            continue
        if frame.blocks[n].anchors and _of_teaser(frame, n):
            continue
        lines = [frame.blocks[m].text for m in frame.captions.get(n, ())]
        lender = _beside_caption(frame.blocks[frame.captions[n][0]]) if lines else None
        lines = [lender[1]] if lender else lines
        own = own_line(lines[-1], sites) if len(words(" ".join(lines[:-1]))) > _TOLD else None
        caption, own = clean(" ".join(lines[:-1] if own else lines)), own or (lender[0] if lender else None)
        picture = _picture(src)
        before = found.get(picture)
        if before is None or (caption and before.caption is None):
            where = before.src if before else src
            image = Image(src=where, caption=caption, credit=own or (credit(caption) if caption else None))
            found[picture] = image
    return tuple(found.values())


def _of_teaser(frame: Frame, n: int) -> bool:
    """Whether a picture leads where the headline of other news beside it leads."""
    targets = {a.get("href") for a in frame.blocks[n].anchors}
    beside = (m for m in (n - 1, n + 1) if frame.roles.get(m) is Role.RELATED)
    return any(a.get("href") in targets for m in beside for a in frame.blocks[m].anchors)


def _beside_caption(block: Block) -> tuple[str, str] | None:
    """The office that a figure prints beside its caption and not in it, which gave the picture; and the
    caption (HTML, 4.4.13: the first ``figcaption`` of the figure)."""
    if block.heading or len(block.text) > _OFFICE or not is_office(block.text) or not titled(block.text):
        return None
    around = next(block.element.iterancestors("figure", "figcaption"), None)
    caption = next(around.iter("figcaption"), None) if around is not None and around.tag == "figure" else None
    told = clean(text_in(caption)) if caption is not None and block.element.tag != "figcaption" else None
    return (block.text, told) if told and not credit(block.text) else None


def _picture(src: str) -> str:
    """What the addresses of one picture's sizes have in common. WordPress writes the size before the
    file's suffix, and serves a smaller picture for one that was uploaded too large."""
    path, mark, rest = src.partition("?")
    return _SIZE.sub("", path) + mark + rest


def _portrait(image: Element, src: str) -> bool:
    """Whether a picture is one of a writer or commenter."""
    linked = any(leads_to_author(a) for a in image.iterancestors("a"))
    return linked or _is_portrait(image) or _kept_by(src, _PORTRAITS)


def _kept_by(src: str, services: tuple[str, ...]) -> bool:
    """Whether an address is on a host of some services. In plain letters it holds the name then."""
    if src.isascii() and not any(map(src.lower().__contains__, services)):
        return False
    return host(src).endswith(services)


def source(image: Element, base: str) -> str | None:
    """The absolute address of a picture: what a script would load first, then ``src``, then ``srcset``."""
    for candidate in _candidates(image):
        if candidate and not candidate.strip().lower().startswith("data:"):
            url = absolute(base, candidate)
            if url:
                return url
    return None


def _candidates(image: Element) -> Iterator[str | None]:
    told = frozenset(image.keys())
    yield from (image.get(name) for name in _ADDRESSES if name in told)
    sets = (image.get(name) for name in _SETS if name in told)
    yield _largest(next(filter(None, sets), ""))


def photo_credits(frame: Frame, found: tuple[Image, ...], byline: tuple[str, ...]) -> tuple[str, ...]:
    """The photographers: those of the byline, then those of captions. Initials with and without their
    last stop are one."""
    every = {name.rstrip("."): name for name in byline}
    loose = [frame.blocks[n].text for n in frame.of(Role.CAPTION)]
    for name in [i.credit for i in found] + [credit(text) for text in loose]:
        if name:
            for one in credited(name):
                every.setdefault(one.rstrip("."), one)
    return tuple(every.values())


def _largest(srcset: str) -> str | None:
    """The widest candidate of a ``srcset`` (HTML, 4.8.4.2.1)."""
    best, found = -1.0, None
    for part in _COMMA.split(srcset):
        pieces = part.split()
        if not pieces:
            continue
        size = _WIDE.fullmatch(pieces[1]) if len(pieces) > 1 else None
        value = float(size[1]) if size and size[1].count(".") < 2 and size[1] != "." else 0.0
        if value > best:
            best, found = value, pieces[0]
    return found


def is_icon(image: Element) -> bool:
    """Whether a picture is a sign rather than a picture of something: by its size, or its file's name."""
    for told in (image.get("width"), image.get("height")):
        size = _DIGITS.match(told) if told else None
        if size and int(size[0]) < _SMALL:
            return True
    src = image.get("src") or ""
    # In plain letters it holds one of the words then.
    plain = src.isascii() and not any(map(src.lower().__contains__, _SIGNS))
    return not plain and _ICON.search(src) is not None
