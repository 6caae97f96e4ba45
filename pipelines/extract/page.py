"""One page, parsed once: the tree, its base address, its links, what it says of itself.

What libxml2 is given was looked through before (see ``scan``), so that no page costs more than
a bounded one. Its own limit of 256 nested elements ends the tree where it is met; a page that
meets it is flattened and parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipelines.decode import decode_content, decode_text
from pipelines.extract.marks import names
from pipelines.extract.marks.table import LANGUAGE, SITE_NAME
from pipelines.extract.repair import is_torn, one_document
from pipelines.extract.scan import beginning, flattened, seems_told_long, within_limits
from pipelines.model import Capture, Rejection
from pipelines.text import clean
from pipelines.urls import LONGEST, absolute, without_fragment

MAX_BASE = 1000
"""Longest ``base`` address that is believed, in characters; every link of a page is joined to it."""
MAX_TOLD = 2000
"""Characters of an attribute by which an element says what it is (class, style, role …) that are kept: each
of a thousand lines in the element asks it again."""
MAX_LANGUAGE = 35
"""Characters of the longest language tag (RFC 5646, 4.4.1)."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LISTED = {
    **dict.fromkeys(("base", "form", "h1", "link", "script", "title"), ()),
    **dict.fromkeys(("meta", "time"), ("fact",)),
    **dict.fromkeys(("button", "input"), ("control",)),
    **dict.fromkeys(("audio", "iframe", "video"), ("player",)),
}
"""The elements that several rules look for, and what they are together: what states facts, what a visitor
can use, what plays something."""
_NAMES = tuple(dict.fromkeys((*_LISTED, *(kind for kinds in _LISTED.values() for kind in kinds))))
_ADDRESSES = ("href", "src", "data")
_READ_ONCE = frozenset(("content", "value", "srcset", "alt", "title"))
_NO_XML = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that pages hold and lxml lets nobody write into a tree."""
_LONG = etree.XPath(f"//@*[string-length() > {MAX_TOLD}]")
_LIMIT_ERRORS = frozenset(("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page. Reading leaves its tree as it is."""

    url: str
    """The address the page came from."""
    base: str
    """The address that relative links are resolved against (HTML, 4.2.3)."""
    root: etree._Element
    """The ``html`` element; without children where nothing could be parsed."""
    encoding: str
    status: str
    """``parse_status``: ok, encoding_uncertain, repaired, bounded."""
    body: etree._Element | None
    listed: Mapping[str, Sequence[etree._Element]]
    """The elements of each name of :data:`_LISTED`, and of each kind there, in document order: found in one
    walk, since each over a tree costs the same whatever it looks for."""
    metas: Mapping[str, str]
    """The first content of the ``meta`` elements of each name, in lower case."""

    @classmethod
    def parse(cls, html: bytes, url: str, content_type: str | None = None, *, status: str = "ok") -> Page:
        """Parse decoded bytes (content coding removed). Never raises.

        Args:
            html: the page.
            url: the address it came from, absolute.
            content_type: the header, for its charset.
            status: what is known to be wrong with the bytes already.
        """
        data = beginning(html)
        text = decode_text(data, content_type)
        plain = text.encoding == "utf-8" and not text.uncertain
        root, found = _tree(data if plain else text.text.encode("utf-8", "replace"))
        found = found if data is html else "bounded"
        if text.uncertain:
            found = "encoding_uncertain"
        listed = _listed(root)
        return cls(
            url=url,
            base=_base(listed["base"], url),
            root=root,
            encoding=text.encoding,
            status=found if status == "ok" else status,
            body=next(root.iterchildren("body"), None),
            listed=listed,
            metas=_metas(listed["meta"]),
        )

    @classmethod
    def of(cls, capture: Capture) -> Page | Rejection:
        """The page of a capture, or why its bytes are none."""
        content = decode_content(capture.payload, capture.content_encoding)
        if content.problem in ("undecodable", "unknown_coding"):
            coding = capture.content_encoding
            return Rejection(url=capture.url, reason="undecodable", detail=f"Content-Encoding {coding!r}")
        if content.problem == "truncated" or capture.truncated:
            return Rejection(url=capture.url, reason="truncated", detail=capture.truncated)
        status = "bounded" if content.problem == "bounded" else "ok"
        return cls.parse(content.body, capture.url, capture.content_type, status=status)

    def links(self) -> tuple[str, ...]:
        """Absolute http(s) addresses of ``<a href>`` in document order, each once,
        with their fragments; references within the page are left out."""
        here = without_fragment(self.url)
        found: dict[str, None] = {}
        for anchor in self.root.iter("a", "area"):
            href = anchor.get("href")
            if not href or href.lstrip().startswith("#"):
                continue
            url = absolute(self.base, href)
            if url and not ("#" in url and without_fragment(url) == here):
                found[url] = None
        return tuple(found)

    @property
    def language(self) -> str | None:
        """BCP 47 language that the page states."""
        value = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang")
        value = value or self.meta(*names(LANGUAGE)) or ""
        match = _LANGUAGE.match(value.strip())
        return match[0].replace("_", "-") if match and len(match[0]) <= MAX_LANGUAGE else None

    @property
    def site_name(self) -> str | None:
        """The site's name, as the page's metadata states it."""
        return self.meta(*names(SITE_NAME))

    def meta(self, *names: str) -> str | None:
        """Content of the first ``meta`` of one of these names, in the order of the names."""
        for name in names:
            if value := self.metas.get(name):
                return value
        return None


def _listed(root: etree._Element) -> Mapping[str, Sequence[etree._Element]]:
    found: dict[str, list[etree._Element]] = {name: [] for name in _NAMES}
    for element in root.iter(*_LISTED):
        tag = str(element.tag)
        found[tag].append(element)
        for kind in _LISTED[tag]:
            found[kind].append(element)
    return found


def _metas(metas: Iterable[etree._Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in metas:
        value = clean(element.get("content") or element.get("value"))
        if value:
            for name in (element.get("property"), element.get("name"), element.get("http-equiv")):
                if name:
                    found.setdefault(name.strip().lower(), value)
    return found


def _base(bases: Iterable[etree._Element], url: str) -> str:
    """The first ``base`` address that is one (HTML, 4.2.3), else the page's own."""
    for element in bases:
        if href := element.get("href"):
            return (absolute(url, href) if len(href) <= MAX_BASE else None) or url
    return url


def _tree(html: bytes) -> tuple[etree._Element, str]:
    """The tree, and ``ok``, ``repaired`` or ``bounded``."""
    data, status, odd = within_limits(html)
    root, status = _repaired(data, status)
    if root is not None and (odd or seems_told_long(data, MAX_TOLD)):
        _shorten(root)
    return (root, status) if root is not None else (etree.Element("html"), "repaired")


def _repaired(data: bytes, status: str) -> tuple[etree._Element | None, str]:
    root, limited = _parse(data)
    if limited:
        data, status = flattened(data), "bounded"
        root, _ = _parse(data)
    if root is not None and is_torn(root):
        root, _ = _parse(one_document(data, root.get("lang")))
        status = "repaired" if status == "ok" else status
    return root, status


def _shorten(root: etree._Element) -> None:
    """Cut what attributes say of their elements; an address that is none leads to the page itself."""
    for value in _LONG(root):
        element, name = value.getparent(), value.attrname
        if name in _ADDRESSES and len(value) > LONGEST and not value.lstrip().startswith("data:"):
            element.set(name, "#")
        elif name not in _READ_ONCE and name.partition("-")[0] not in _ADDRESSES:
            element.set(name, _NO_XML.sub(" ", value[:MAX_TOLD]))


def _parse(data: bytes) -> tuple[etree._Element | None, bool]:
    """The root, if any, and whether libxml2 stopped at one of its limits."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError):
        root = None
    return root, any(e.type_name in _LIMIT_ERRORS for e in parser.error_log)
