"""What a page needs to be shown as it was published: pictures, style sheets, icons, scripts.

Pure, like reading: bytes in, addresses out. What is taken (RULES, "Requisites"):

- ``img`` and ``source``: ``src``, every candidate of ``srcset``, and where scripts that load
  pictures late keep both (``data-src`` and its like);
- ``link``: style sheets and icons; ``script src``;
- ``url()`` and ``@import`` in style sheets, in ``style`` elements and attributes.

Frames are pages of their own and are left out. A *beacon* is there to be counted, not to be
seen, and asking for it would forge a visit. What is one is told by evidence: a picture that
the page itself makes one pixel or smaller both ways, or an address of a service that only
measures, or of a counter that sites run themselves (:data:`_COUNTERS`). A hidden picture that
is larger is none: galleries hide what they show later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipelines.decode import decode_text
from pipelines.extract.page import Page
from pipelines.urls import absolute, host, split, without_fragment

MAX_DEPTH = 2
"""How deep style sheets are followed: what a page's sheet names is one deep, what a sheet
that it imports names is two."""
MAX_NAMED = 2000
"""Most addresses that are taken of one page or style sheet."""

_ICONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"))
_SRC = ("src", "data-src", "data-lazy-src", "data-original", "data-lazyload", "data-full-url")
_SRCSET = ("srcset", "data-srcset", "data-lazy-srcset")
_MEASURING = (
    "google-analytics.com", "googletagmanager.com", "doubleclick.net", "scorecardresearch.com",
    "quantserve.com", "mc.yandex.ru", "mc.yandex.com", "clarity.ms", "hotjar.com", "bat.bing.com",
    "cloudflareinsights.com", "stats.wp.com", "pixel.wp.com", "analytics.tiktok.com", "px.ads.linkedin.com",
    "statcounter.com", "histats.com", "whos.amung.us", "nr-data.net", "plausible.io", "chartbeat.net",
)  # fmt: skip
"""Hosts, with all below them, that serve nothing but the counting of visits."""
_COUNTERS = re.compile(
    r"/(?:matomo|piwik)\.(?:php|js)$|^/(?:[\w-]+/)*fbevents\.js$|^/__utm\.gif$|^/(?:g/|j/|r/)?collect$", re.I
)
"""Paths of counters: Matomo on a site's own host, Facebook's and Google's by whatever name."""
_FACEBOOK = re.compile(r"^/tr/?$")
_TINY = re.compile(r"\s*+(?:0++1?|1)(?:\.0*+)?+\s*+(?:px)?+\s*+$")
_DECLARATION = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([^;!]*)", re.I)
_SPACES = " \t\n\f\r"
_CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)
      | @namespace[^;{}]*
      | url\(\s*+
        (?: "(?P<double>(?:[^"\\\n]|\\.)*+)" | '(?P<single>(?:[^'\\\n]|\\.)*+)'
          | (?P<bare>(?:[^"'()\s\\]|\\[0-9A-Fa-f]{1,6}\s?|\\.)*+) )
        \s*+\)
      | @import(?:\s|/\*[^*]*\*/)*+(?:"(?P<one>(?:[^"\\\n]|\\.)*+)"|'(?P<two>(?:[^'\\\n]|\\.)*+)')
      | "(?:[^"\\\n]|\\.)*+"? | '(?:[^'\\\n]|\\.)*+'?
    """,
    re.X | re.S | re.I,
)
"""Possessive throughout, and strings end where the text does, so that time grows with length alone."""
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisite:
    """An address that a page or a style sheet names."""

    url: str
    """Absolute, without fragment, otherwise as named."""
    beacon: bool = False
    """Whether it is there to be counted, so that it is never asked."""


def page_requisites(page: Page) -> tuple[Requisite, ...]:
    """What a page names, in document order, each address once."""
    found: dict[str, bool] = {}
    for element in page.root.iter():
        tiny = element.tag == "img" and _is_tiny(element)
        for named in _named_by(element):
            _take(found, page.base, page.url, named, tiny)
    return _requisites(found)


def style_requisites(css: bytes, url: str, content_type: str | None = None) -> tuple[Requisite, ...]:
    """What a style sheet names (``url()`` and ``@import``), in order, each address once.

    Args:
        css: with its content coding removed.
        url: the sheet's own address, against which the others are resolved.
        content_type: the header, for its charset.
    """
    found: dict[str, bool] = {}
    for named in _in_css(decode_text(css, content_type).text):
        _take(found, url, url, named, False)
    return _requisites(found)


def is_style(content_type: str | None, url: str) -> bool:
    """Whether browsers take an answer for a style sheet: by its type, or where it has none by its name."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    parts = split(url)
    return kind == "text/css" or (not kind and parts is not None and parts.path.lower().endswith(".css"))


def is_beacon(url: str) -> bool:
    """Whether an address serves nothing but the counting of visits."""
    parts, name = split(url), host(url)
    if parts is None:
        return False
    if any(name == known or name.endswith("." + known) for known in _MEASURING):
        return True
    if name == "facebook.com" and _FACEBOOK.match(parts.path):
        return True
    return bool(_COUNTERS.search(parts.path))


def _requisites(found: dict[str, bool]) -> tuple[Requisite, ...]:
    return tuple(Requisite(url=url, beacon=beacon) for url, beacon in found.items())


def _take(found: dict[str, bool], base: str, own: str, named: str, tiny: bool) -> None:
    """Enter an address; one that is seen somewhere is no pixel, though it is elsewhere."""
    named = named.strip(_SPACES)
    if not named or named.startswith("#"):
        return
    url = absolute(base, named)
    url = without_fragment(url) if url else None
    if url is None or url == without_fragment(own):
        return
    if url in found or len(found) < MAX_NAMED:
        found[url] = (tiny or is_beacon(url)) and found.get(url, True)


def _named_by(element: etree._Element) -> Iterator[str]:
    """The addresses in one element, as written."""
    tag = element.tag
    if tag in ("img", "source"):
        parent = element.getparent()
        if tag == "img" or (parent is not None and parent.tag == "picture"):
            yield from (value for name in _SRC if (value := element.get(name)))
            for name in _SRCSET:
                yield from _candidates(element.get(name) or "")
    elif tag == "link":
        rel = frozenset((element.get("rel") or "").lower().split())
        if "stylesheet" in rel or rel & _ICONS:
            yield element.get("href") or ""
    elif tag == "script":
        yield element.get("src") or ""
    elif tag == "style":
        yield from _in_css(element.text or "")
    if "url(" in (style := element.get("style") or "").lower():
        yield from _in_css(style)


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of a ``srcset`` (HTML, 4.8.4.2.1): commas end a candidate only after its
    address, since they may stand in one."""
    at, end = 0, len(srcset)
    while at < end:
        while at < end and srcset[at] in _SPACES + ",":
            at += 1
        start = at
        while at < end and srcset[at] not in _SPACES:
            at += 1
        url = srcset[start:at]
        if url.endswith(","):
            yield url.rstrip(",")
            continue
        yield url
        comma = srcset.find(",", at)
        at = end if comma < 0 else comma + 1


def _in_css(text: str) -> Iterator[str]:
    """The addresses in a style sheet, as written. Comments and strings hold none, but the
    string after ``@import``; the address of a namespace is a name, not a place."""
    for token in _CSS.finditer(text):
        for named in token.groups():
            if named is not None:
                yield _unescaped(named)


def _unescaped(text: str) -> str:
    """A CSS string or ``url()`` without its escapes (CSS Syntax 3, 4.3.7)."""

    def plain(match: re.Match[str]) -> str:
        if match[1] is None:
            return "" if match[2] == "\n" else match[2]
        code = int(match[1], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"

    return _ESCAPE.sub(plain, text) if "\\" in text else text


def _is_tiny(image: etree._Element) -> bool:
    """Whether the page makes a picture one pixel or smaller both ways."""
    sizes = {name: image.get(name) for name in ("width", "height")}
    sizes |= {m[1].lower(): m[2] for m in _DECLARATION.finditer(image.get("style") or "")}
    return all(value is not None and _TINY.match(value) for value in sizes.values())
