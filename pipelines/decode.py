"""From the bytes of a record's payload to text: content coding, then charset.

The live path and the rebuild call the same two functions, so what the spider saw
is what the dataset was read from. Neither raises on any bytes.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

from bs4.dammit import EncodingDetector

LIMIT = 64 * 1024 * 1024
"""Most decoded bytes that are kept of one payload; a gzip bomb ends here."""

_STEP = 1 << 20
_READ = 1 << 16
_MEMBERS = 1000
"""Most gzip members of one payload that are read; one has one, or a few where a server joins pieces."""
_PADDING = re.compile(rb"\0*+")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w:.\-]+)""", re.I)
_HEAD = 4096
_STATEFUL = {"iso2022_jp", "utf-16-le", "utf-16-be"}
"""Charsets whose bytes can be valid UTF-8 and yet mean something else: those hold escapes or zeros."""
_LABELS = {
    # WHATWG Encoding, 4.2: what browsers understand by a label that says less.
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252",
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254",
    "tis-620": "cp874", "iso-8859-11": "cp874", "dos-874": "cp874", "windows-874": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "windows-949": "cp949",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs", "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "unicode": "utf-16-le", "x-euc-jp": "euc_jp", "euc-jp": "euc_jp",
    "iso-8859-8-i": "iso8859-8", "koi": "koi8-r", "koi8-ru": "koi8-u", "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252", "x-cp1253": "cp1253", "x-cp1254": "cp1254", "x-cp1255": "cp1255",
    "x-cp1256": "cp1256", "x-cp1257": "cp1257", "x-cp1258": "cp1258",
}  # fmt: skip
_CHARSETS = re.compile(
    r"utf-(?:8|16-le|16-be)|cp(?:866|874|932|949|125\d)|iso8859-\d\d?|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb18030|big5hkscs|euc_jp|iso2022_jp"
)
"""Python's names of the charsets of the WHATWG Encoding Standard; no other codec is used."""
_WIDE = re.compile(rb"(?:(?P<le>(?:[\t\n\r ]\0)*<\0[!?a-zA-Z]\0)|(?:\0[\t\n\r ])*\0<\0[!?a-zA-Z])")
"""How a page in UTF-16 begins that has no byte order mark (XML 1.0, appendix F)."""
_PAIR = re.compile(rb"\xc3[\x82-\xaf][\xc2\xc5\xc6\xcb\xe2]")
_CONT = "[\u0080-\u00bf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore") + "]"
_MISREAD = re.compile(f"[\u00c2-\u00df]{_CONT}|[\u00e0-\u00ef]{_CONT}{{2}}")
"""A character of UTF-8 as windows-1252 or latin-1 show it."""
_MARKED = re.compile("[\u00c0-\u00ff]")
_ODD = re.compile(
    "(?<=[AEOUaeou])[àáâãåèêìîòóôõøùûýÀÁÂÃÅÈÊÌÎÒÓÔÕØÙÛÝÞ]"  # VNI
    "|(?<=[iyIYâêôõýÂÊÔÕÝ])[ÌìÒòÞ]"  # windows-1258
    "|[\u00c0-\u00ff]{4,}"  # other alphabets
)
"""How letters and marks of Western languages seldom stand."""
_NEVER = re.compile(
    "(?<=[A-Za-z])(?:[¡-©«¬®-¶¸¹»-¿×÷](?=[A-Za-z])|[¡-§ª¬¯±µ¶¸¼-¿×÷](?!\\w))|(?<=[a-z])[À-ÖØ-Þ]"
)
"""How they never stand: signs and capitals inside words, as TCVN3 and VISCII read."""
_CP1252_HOLES = {c: chr(c) for c in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A payload without its content coding."""

    body: bytes
    problem: str | None = None
    """``undecodable`` (the body is what was sent), ``truncated`` (the body is what could
    be decoded before the data ended), ``bounded`` (cut at the limit), ``unknown_coding``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Decoded text, and how sure its charset is."""

    text: str
    encoding: str
    """Name of the Python codec used."""
    uncertain: bool
    """Whether the charset was a guess, or some bytes were none of its characters."""


def decode_content(payload: bytes, content_encoding: str | None, *, limit: int = LIMIT) -> Content:
    """Remove the content codings named in the ``Content-Encoding`` header (RFC 9110, 8.4).

    gzip, x-gzip, deflate (with or without zlib's frame) and identity are understood,
    also several of them, which are removed in reverse order. At most ``limit`` bytes
    come out. Never raises.
    """
    names = [n for n in (c.strip().lower() for c in (content_encoding or "").split(",")) if n]
    body = payload
    problem: str | None = None
    for name in reversed(names):
        if name in ("identity", "none"):
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            return Content(body=body, problem="unknown_coding")
        content = _inflated(body, name, limit)
        body, problem = content.body, problem or content.problem
        if content.problem == "undecodable":
            return Content(body=body, problem="undecodable")
    if len(body) > limit:
        return Content(body=body[:limit], problem=problem or "bounded")
    return Content(body=body, problem=problem)


def decode_text(body: bytes, content_type: str | None) -> Text:
    """Bytes of a page as text.

    A byte order mark decides first, or the form of UTF-16 without one; then valid UTF-8 wins over
    any label, since no other charset's text is valid UTF-8 by chance; then the header's charset,
    then the one that the page declares (``meta``, XML declaration). A label that is unknown
    (VISCII, TCVN3, VNI …) is never guessed into another script: the bytes are read as windows-1252
    and the text is marked uncertain. So are UTF-8 that was made of misread UTF-8, and text labelled
    as Western that no Western language writes so.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], encoding)
    if wide := _WIDE.match(body):
        return _decoded(body, "utf-16-le" if wide["le"] else "utf-16-be")
    if b"\x1b" in body or b"\0" in body[:_HEAD]:
        label, _ = _label(body, content_type)
        if label == "iso2022_jp" or (label in _STATEFUL and b"\0" in body[:_HEAD]):
            return _decoded(body, label)
    try:
        return Text(text=body.decode("utf-8"), encoding="utf-8", uncertain=_misread(body))
    except UnicodeDecodeError:
        label, known = _label(body, content_type)
    if label is None or label in _STATEFUL:
        return _fallback(body, labelled=known)
    if label == "utf-8":
        return _fallback(body, labelled=True)
    return _decoded(body, label)


def _inflated(body: bytes, name: str, limit: int) -> Content:
    if not body:
        return Content(body=b"")
    if name != "deflate":
        return _members(body, limit)
    framed = _inflate(body, zlib.MAX_WBITS, limit)[0]
    return framed if framed.problem != "undecodable" else _inflate(body, -zlib.MAX_WBITS, limit)[0]


def _members(body: bytes, limit: int) -> Content:
    """All gzip members one after another (RFC 1952, 2.2); what follows the last is ignored."""
    out = bytearray()
    at = 0
    for _ in range(_MEMBERS):
        content, at = _inflate(body, 16 + zlib.MAX_WBITS, limit - len(out), at)
        if content.problem == "undecodable":
            return Content(body=bytes(out)) if out else Content(body=body, problem="undecodable")
        out += content.body
        at = _PADDING.match(body, at).end()  # type: ignore[union-attr]
        if content.problem or at >= len(body):
            return Content(body=bytes(out), problem=content.problem)
    return Content(body=bytes(out), problem="bounded")


def _inflate(body: bytes, wbits: int, limit: int, at: int = 0) -> tuple[Content, int]:
    """One compressed stream, which begins at a place, and the place after it. It is read piece by
    piece, since zlib copies what it is given and has not used."""
    decoder = zlib.decompressobj(wbits)
    out, end = bytearray(), at
    try:
        while not decoder.eof and len(out) <= limit:
            data = decoder.unconsumed_tail
            if not data:
                data = body[end : end + _READ]
                end += len(data)
            chunk = decoder.decompress(data, _STEP)
            out += chunk
            if not chunk and not data:
                break
    except zlib.error:
        if not out:
            return Content(body=body, problem="undecodable"), end
        return Content(body=bytes(out[:limit]), problem="truncated"), end
    if len(out) > limit:
        return Content(body=bytes(out[:limit]), problem="bounded"), end
    problem = None if decoder.eof else "truncated"
    return Content(body=bytes(out), problem=problem), end - len(decoder.unused_data)


def _label(body: bytes, content_type: str | None) -> tuple[str | None, bool]:
    """The codec that header or page name, and whether either named any charset at all."""
    header = _HEADER.search(content_type or "")
    declared = EncodingDetector.find_declared_encoding(body[:_HEAD], is_html=True)
    stated = [header[1]] if header else []
    stated += [declared] if declared else []
    for name in stated:
        if codec := _codec(name):
            return codec, True
    return None, bool(stated)


def _codec(label: str) -> str | None:
    name = label.strip().lower()
    name = _LABELS.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Nothing else: codecs like base64, idna or UTF-7 are no charsets of pages.
    return found.name if _CHARSETS.fullmatch(found.name) else None


def _decoded(body: bytes, encoding: str) -> Text:
    try:
        text = body.decode(encoding)
        return Text(text=text, encoding=encoding, uncertain=encoding == "cp1252" and _odd(text))
    except (UnicodeError, LookupError):
        text = body.decode(encoding, "replace")
        return Text(text=text, encoding=encoding, uncertain=True)


def _misread(body: bytes) -> bool:
    """Whether valid UTF-8 says what UTF-8 looks like when it is read as windows-1252: ``Tiáº¿ng``.
    It is not turned back, since what was lost on the way is unknown."""
    if len(_PAIR.findall(body)) < 3:
        return False
    text = body.decode("utf-8")
    wrong = [len(m) for m in _MISREAD.findall(text)]
    return len(wrong) >= 3 and 2 * sum(wrong) >= sum(1 for c in text if c > "\x7f")


def _odd(text: str) -> bool:
    """Whether text read as windows-1252 is hardly a Western language's: a third of its marked letters
    stand where only other charsets put these bytes. A few in French or Dutch are no sign."""
    marked = len(_MARKED.findall(text))
    odd, never = sum(map(len, _ODD.findall(text))), len(_NEVER.findall(text))
    return (odd >= 4 and 3 * odd >= marked) or (never >= 4 and 8 * never >= marked)


def _fallback(body: bytes, *, labelled: bool) -> Text:
    """Neither valid UTF-8 nor of a known charset: mostly UTF-8 with a few broken bytes,
    or else windows-1252, and uncertain either way."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    others = sum(1 for c in text if c > "\x7f") if broken else 0
    if (labelled and broken * 4 <= others) or broken * 20 <= others:
        return Text(text=text, encoding="utf-8", uncertain=True)
    text = body.decode("latin-1").translate(_HIGH)
    return Text(text=text, encoding="cp1252", uncertain=True)


_HIGH = {
    c: bytes([c]).decode("cp1252", "ignore") or _CP1252_HOLES.get(c, "\ufffd") for c in range(0x80, 0xA0)
}
