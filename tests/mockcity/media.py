"""Small files made in code: pictures and a PDF, one for each name, always the same bytes."""

from __future__ import annotations

import struct
import zlib

_QUANTIZATION = bytes([1]) * 64
_DC_CATEGORIES = bytes(range(12))
_DC_COUNTS = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
_DC_CODES = ["00", "010", "011", "100", "101", "110", "1110", "11110", "111110", "1111110"]


def png(name: str, width: int = 12, height: int = 8) -> bytes:
    """A PNG of one colour, taken from the name (W3C PNG, chunks IHDR, IDAT, IEND)."""
    colour = struct.pack(">I", zlib.crc32(name.encode()))[:3]
    rows = (b"\x00" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in parts)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def ico(name: str) -> bytes:
    """An icon file that holds one PNG of 16 × 16 pixels."""
    picture = png(name, 16, 16)
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 24, len(picture), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + picture


def jpeg(name: str) -> bytes:
    """A grey baseline JPEG of 8 × 8 pixels, its brightness taken from the name (ITU T.81)."""
    level = zlib.crc32(name.encode()) % 1000 - 500
    size = abs(level).bit_length()
    value = level if level >= 0 else level + (1 << size) - 1
    bits = _DC_CODES[size] + (format(value, f"0{size}b") if size else "") + "0"
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    segments = (
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        (0xDB, b"\x00" + _QUANTIZATION),
        (0xC0, b"\x08" + struct.pack(">HH", 8, 8) + b"\x01\x01\x11\x00"),
        (0xC4, b"\x00" + _DC_COUNTS + _DC_CATEGORIES),
        (0xC4, b"\x10" + bytes([1]) + bytes(15) + b"\x00"),
        (0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    )
    head = b"".join(bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in segments)
    return b"\xff\xd8" + head + scan + b"\xff\xd9"


def pdf(title: str) -> bytes:
    """A PDF of one empty page with a title (ISO 32000-1, 7.5)."""
    name = b"<feff" + title.encode("utf-16-be").hex().encode() + b">"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Title" + name + b">>",
    )
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def variants(src: str) -> list[tuple[str, int]]:
    """The sizes in which WordPress keeps a picture, the original among them: (path, width)."""
    stem, _, ending = src.rpartition(".")
    return [(src, 800), (f"{stem}-300x200.{ending}", 300), (f"{stem}-768x512.{ending}", 768)]
