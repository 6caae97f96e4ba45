"""One page, parsed once: the tree, its base address, its links, what it says of itself.

libxml2 parses every page under limits that count bytes, depth and attributes, never
seconds, so that the verdict is the same on every machine. Its own limit of 256 nested
elements ends the tree where it is met; a page that meets it is flattened and parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from pipelines.decode import decode_content, decode_text
from pipelines.extract.repair import is_torn, one_document
from pipelines.model import Capture, Rejection
from pipelines.text import clean
from pipelines.urls import absolute, without_fragment

MAX_BYTES = 8 * 1024 * 1024
"""Longest page that is parsed whole; of a longer one the beginning (libxml2 refuses 10 MB)."""
MAX_TAG = 1024 * 1024
"""Longest tag that is kept with its attributes, in bytes (pictures are written into them)."""
MAX_ATTRIBUTES = 2000
"""Most attributes of one tag; libxml2 looks through all of them for each one more."""
MAX_DEPTH = 200
"""Deepest nesting that is kept where a page exceeds libxml2's limit of 256."""

_LONG_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{%d,})>?" % (2 * MAX_ATTRIBUTES))
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
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
        text = decode_text(html, content_type)
        plain = text.encoding == "utf-8" and not text.uncertain
        root, found = _tree(html if plain else text.text.encode("utf-8", "replace"))
        if text.uncertain:
            found = "encoding_uncertain"
        base = urljoin(url, _first(root, "//base/@href") or "") if root.find(".//base") is not None else url
        return cls(
            url=url,
            base=base if base.startswith(("http://", "https://")) else url,
            root=root,
            encoding=text.encoding,
            status=found if status == "ok" else status,
            metas=_metas(root),
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
        value = value or self.meta("og:locale", "content-language") or ""
        match = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", value.strip())
        return match[0].replace("_", "-") if match else None

    @property
    def site_name(self) -> str | None:
        """The site's name, as the page's metadata states it."""
        return self.meta("og:site_name", "application-name")

    def meta(self, *names: str) -> str | None:
        """Content of the first ``meta`` of one of these names, in the order of the names."""
        for name in names:
            if value := self.metas.get(name):
                return value
        return None


def _metas(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        value = clean(element.get("content") or element.get("value"))
        if value:
            for name in (element.get("property"), element.get("name"), element.get("http-equiv")):
                if name:
                    found.setdefault(name.strip().lower(), value)
    return found


def _first(root: etree._Element, path: str) -> str | None:
    found = root.xpath(path)
    return str(found[0]) if isinstance(found, list) and found else None


def _tree(data: bytes) -> tuple[etree._Element, str]:
    """The tree, and ``ok``, ``repaired`` or ``bounded``."""
    status = "ok"
    if b"\0" in data:
        data, status = data.replace(b"\0", b""), "repaired"
    if len(data) > MAX_BYTES:
        data, status = data[:MAX_BYTES], "bounded"
    shortened = _LONG_TAG.sub(_shortened, data)
    if len(shortened) != len(data):
        data, status = shortened, "bounded"
    root, limited = _parse(data)
    if limited:
        root, _ = _parse(b"".join(_flat(data)))
        status = "bounded"
    elif root is not None and is_torn(root):
        root, _ = _parse(one_document(data))
        status = "repaired" if status == "ok" else status
    return (root, status) if root is not None else (etree.Element("html"), "repaired")


def _shortened(tag: re.Match[bytes]) -> bytes:
    many = len(tag[2]) > MAX_TAG or tag[2].count(b"=") > MAX_ATTRIBUTES or len(tag[2].split()) > 20_000
    return b"<" + tag[1] + b">" if many else tag[0]


def _parse(data: bytes) -> tuple[etree._Element | None, bool]:
    """The root, if any, and whether libxml2 stopped at one of its limits."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError):
        root = None
    return root, any(e.type_name in _LIMIT_ERRORS for e in parser.error_log)


def _flat(data: bytes) -> Iterator[bytes]:
    """The page without tags that nest deeper than MAX_DEPTH; all text stays."""
    depth = at = 0
    for tag in _TAG.finditer(data):
        closing, name = tag[1], tag[2].lower()
        if name in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth + bool(closing) > MAX_DEPTH:
            yield data[at : tag.start()]
            at = tag.end()
    yield data[at:]
