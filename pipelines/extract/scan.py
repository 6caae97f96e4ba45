"""One linear pass over a page's bytes, before any tree is built.

What a page may cost is decided here, by counting bytes, tags and attributes and never seconds,
so that the verdict is the same on every machine: a page within the limits goes on as it is, one
beyond them is cut or loses attributes and is called ``bounded``.

Tags are told from text as the HTML standard does it (HTML, 13.2.5): quotes count only in values
of attributes; comments, scripts and the like hold no tags. Nothing here looks at a byte more
than a few times, whatever the bytes are: repetitions are possessive, and a tag, comment or
value that is never closed ends with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice

MAX_BYTES = 8 * 1024 * 1024
"""Longest page that is parsed whole; of a longer one the beginning (libxml2 refuses 10 MB)."""
MAX_TAGS = 50_000
"""Most tags of a page, closing ones and comments too; of a page with more the beginning. Of 19 real pages of
governments and the press the largest has 7,000."""
MAX_TAG = 1024 * 1024
"""Longest tag that is kept with its attributes, in bytes (pictures are written into them)."""
MAX_ATTRIBUTES = 2000
"""Most attributes of one tag; libxml2 looks through all of them for each one more."""
MAX_DEPTH = 200
"""Deepest nesting that is kept where a page exceeds libxml2's limit of 256."""

_WIDE = 64
"""Bytes at the beginning of a page in which zeros tell that its characters have two bytes or four."""
_ATTRIBUTE = rb"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
_ATTRIBUTES = rb"((?:[\s/]++|" + _ATTRIBUTE + rb")*+)"
# A script that hides another one in a comment ends after that comment (HTML, 13.2.5.17 to 13.2.5.31).
_HIDDEN = rb"<script[\s/>](?:[^<-]++|-(?!->)|<(?!/script[\s/>]))*+(?:</script[\s/>])?+"
_SCRIPT = (
    rb"(?:[^<]++|<!--(?:-?+>|(?:[^<-]++|-(?!->)|" + _HIDDEN + rb"|<(?!/?script[\s/>]))*+(?:-->)?+)"
    rb"|<(?!/script[\s/>]|!--))*+"
)
_RAW = rb"(?P<raw>style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])"
_TOKEN = re.compile(
    # An element without tags in it, with all its text; any other tag; a comment.
    rb"<(?:(?=[sitxnp])(?:script(?=[\s/>])" + _ATTRIBUTES + rb">" + _SCRIPT +
    rb"|" + _RAW + _ATTRIBUTES + rb">(?:[^<]++|<(?!/(?P=raw)[\s/>]))*+|plaintext(?=[\s/>]).*+)"
    rb"|(?P<tag>/?+[a-z][^\s/>]*+)" + _ATTRIBUTES + rb"(?:>|\Z)"
    rb"|!--(?:-?+>|(?:[^-]++|-(?!-!?>))*+(?:--!?+>)?+))",
    re.I | re.S,
)  # fmt: skip
_ONE = re.compile(_ATTRIBUTE)
# To look for the mark that ends the value and then back for the sign takes half as long as to ask each byte
# whether it is either; of two values none has a byte in common, so that this pass is linear, too.
_END_IN_VALUE = re.compile(rb"""=\s*+(?:"[^"]*>|'[^']*>)""")
_BLANKS = bytes.maketrans(b"\t\r\n", b"   ")
"""What ends a value without quotation marks, in libxml2."""
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_ROOTS = frozenset((b"html", b"head", b"body"))


def beginning(page: bytes) -> bytes:
    """As much of a page as is parsed, in whatever charset: up to a tag, or the border of a character."""
    if len(page) <= MAX_BYTES or b"\0" in page[:_WIDE]:
        return page[:MAX_BYTES]
    end = page.rfind(b"<", MAX_BYTES - MAX_TAG, MAX_BYTES)
    if end < 0:
        end = next((n for n in range(MAX_BYTES, MAX_BYTES - 4, -1) if page[n] & 0xC0 != 0x80), MAX_BYTES)
    return page[:end]


def within_limits(html: bytes) -> tuple[bytes, str, bool]:
    """The page as it may be parsed, with ``ok``, ``repaired`` (NUL bytes were dropped) or ``bounded``; and
    whether a value in it may hold the sign that ends a tag."""
    data, status = html, "ok"
    if b"\0" in data:
        data, status = data.replace(b"\0", b""), "repaired"
    if len(data) > MAX_BYTES:
        data, status = data[:MAX_BYTES], "bounded"
    # The shortest tag has three bytes, so that most pages are too short to hold too many.
    many = len(data) > 3 * MAX_TAGS and data.count(b"<") > MAX_TAGS
    if many and next(islice(_TOKEN.finditer(data), MAX_TAGS, None), None):
        data, status = flattened(data), "bounded"
    odd, least = _END_IN_VALUE.search(data) is not None, 2 * MAX_ATTRIBUTES
    # Where no value holds the sign that ends a tag, a tag is as long as it seems.
    if (odd or seems_long(data, least)) and _overloaded(data, least):
        plain = _TOKEN.sub(_plain, data)
        data, status = plain, status if plain == data else "bounded"
    return data, status, odd


def _overloaded(data: bytes, least: int) -> bool:
    """Whether a tag has too many attributes or too long ones, which are so many bytes at least."""
    parts = chain.from_iterable(_TOKEN.findall(data))
    return any(map(_too_much, [part for part in parts if len(part) >= least]))


def seems_long(data: bytes, least: int) -> bool:
    """Whether a sign that begins a tag stands so many bytes before the next one that ends a tag."""
    return any(True for _ in _long_parts(data, least))


def seems_told_long(data: bytes, least: int) -> bool:
    """Whether such a row of bytes has a value in it that is longer than that. Scripts are such rows too, as
    on every page of a WordPress, and few have one. No reference to a character is shorter than what it
    stands for, so that a value is written with as many bytes as it has characters, at least."""
    rows = (data[first:end] for first, end in _long_parts(data, least))
    return any(_holds_value(row, least) for row in rows)


def _holds_value(row: bytes, least: int) -> bool:
    """Whether a value in quotation marks may have so many bytes, or what stands between two blanks has."""
    # Two values in marks of one kind have no byte in common, so that this takes time in step with the row.
    if _quoted(least).search(row):
        return True
    return any(True for _ in _rows_without(b" ", row.translate(_BLANKS), least))


@cache
def _quoted(least: int) -> re.Pattern[bytes]:
    """A value in quotation marks that has so many bytes."""
    return re.compile(rb"""=[ \t\r\n]*+(?:"[^"]{%d}|'[^']{%d})""" % (least, least))


def _long_parts(data: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Where the rows of so many bytes are that begin like a tag and in which none ends."""
    for first, end in _rows_without(b">", data, least):
        begins = data.find(b"<", first, end)
        if 0 <= begins <= end - least:
            yield begins, end


def _rows_without(sign: bytes, data: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Where the rows of so many bytes are that hold no such sign; looks at one of them in each such row."""
    last = -1
    while len(data) - last > least:
        first = last + 1
        last = data.rfind(sign, first, first + least)
        if last < 0:
            last = data.find(sign, first)
            last = len(data) if last < 0 else last
            yield first, last


def flattened(html: bytes) -> bytes:
    """The page without tags that nest deeper than :data:`MAX_DEPTH`, up to where it holds
    :data:`MAX_TAGS` others; all text up to there stays."""
    return b"".join(_flat(html))


def without_roots(html: bytes) -> bytes:
    """The page without the tags of ``html``, ``head`` and ``body``; what is in them stays."""
    return _TOKEN.sub(lambda m: b"" if _name(m) in _ROOTS else m[0], html)


def _name(token: re.Match[bytes]) -> bytes:
    """The name of an ordinary tag in lower case, without the slash of a closing one; else ``b""``."""
    return (token["tag"] or b"").lstrip(b"/").lower()


def _plain(token: re.Match[bytes]) -> bytes:
    """A tag, without its attributes where they are too many or too long."""
    group = next((n for n in (1, 3, 5) if token[n]), None)
    if group is None:
        return token[0]
    return token[0].replace(token[group], b" ", 1) if _too_much(token[group]) else token[0]


def _too_much(attributes: bytes) -> bool:
    return (
        len(attributes) > MAX_TAG
        or sum(1 for m in islice(_ONE.finditer(attributes), MAX_ATTRIBUTES + 1)) > MAX_ATTRIBUTES
    )


def _flat(data: bytes) -> Iterator[bytes]:
    depth = at = kept = 0
    for seen, token in enumerate(_TOKEN.finditer(data)):
        if kept >= MAX_TAGS or seen >= 10 * MAX_TAGS:
            yield data[at : token.start()]
            return
        name = _name(token)
        closing = token[0].startswith(b"</")
        if name and name not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth + closing > MAX_DEPTH:
                yield data[at : token.start()]
                at = token.end()
                continue
        kept += 1
    yield data[at:]
