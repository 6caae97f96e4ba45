"""From payload to text: content codings and charsets, whole, cut, bombed and mislabelled."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.decode import decode_content, decode_text

TEXT = "Đường ven biển Hải Phòng thông xe sáng nay, ủy ban cho biết."


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def packed(data: bytes) -> bytes:
    """Gzipped without a time, since tests are named after their bytes."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    ("payload", "coding"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), ""),
        (TEXT.encode(), "identity"),
        (packed(TEXT.encode()), "gzip"),
        (packed(TEXT.encode()), "X-GZIP"),
        (packed(TEXT.encode()[:9]) + packed(TEXT.encode()[9:]), "gzip"),
        (packed(TEXT.encode()) + b"\0\0\0", "gzip"),
        (zlib.compress(TEXT.encode()), "deflate"),
        (raw_deflate(TEXT.encode()), "deflate"),
        (packed(zlib.compress(TEXT.encode())), "deflate, gzip"),
        (b"", "gzip"),
    ],
)
def test_content_codings_are_removed(payload: bytes, coding: str | None) -> None:
    content = decode_content(payload, coding)
    assert content.problem is None
    assert content.body == (TEXT.encode() if payload else b"")


def test_what_was_decoded_before_a_cut_is_kept() -> None:
    whole = b"".join(f"{n} {TEXT}\n".encode() for n in range(2000))
    packed = gzip.compress(whole)
    content = decode_content(packed[: len(packed) // 2], "gzip")
    assert content.problem == "truncated"
    assert content.body and whole.startswith(content.body)


def test_a_cut_between_the_last_byte_and_the_checksum_is_a_cut() -> None:
    assert decode_content(gzip.compress(TEXT.encode())[:-4], "gzip").problem == "truncated"


def test_bytes_that_are_no_gzip_are_handed_back_as_they_are() -> None:
    content = decode_content(b"<html>plain after all</html>", "gzip")
    assert (content.problem, content.body) == ("undecodable", b"<html>plain after all</html>")


def test_unknown_codings_are_named() -> None:
    assert decode_content(b"\x1b\x02", "br").problem == "unknown_coding"
    assert decode_content(b"x", "gzip, br").problem == "unknown_coding"


def test_a_bomb_ends_at_the_limit() -> None:
    bomb = gzip.compress(gzip.compress(bytes(50_000_000)))
    content = decode_content(bomb, "gzip, gzip", limit=1_000_000)
    assert (content.problem, len(content.body)) == ("bounded", 1_000_000)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "gzip, deflate", "br", "x", ",", None]))
def test_no_bytes_raise(payload: bytes, coding: str | None) -> None:
    assert decode_content(payload, coding, limit=10_000).problem in (
        None, "undecodable", "truncated", "bounded", "unknown_coding",
    )  # fmt: skip


@given(st.binary(max_size=4000), st.sampled_from(["gzip", "x-gzip", "deflate"]))
def test_what_is_packed_comes_out(body: bytes, coding: str) -> None:
    packed = zlib.compress(body) if coding == "deflate" else gzip.compress(body)
    assert decode_content(packed, coding).body == body


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (TEXT.encode(), "text/html; charset=utf-8", "utf-8"),
        (TEXT.encode(), 'text/html; charset="iso-8859-1"', "utf-8"),
        (TEXT.encode(), None, "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=windows-1258", "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "text/html; charset=utf-8", "utf-16-be"),
        ("<p>서울시 소식</p>".encode("cp949"), "text/html; charset=EUC-KR", "cp949"),
        (b'<meta charset="shift_jis">' + "那覇市".encode("cp932"), "text/html", "cp932"),
        ("那覇市".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "iso2022_jp"),
        ("Stra\xdfe \x93quoted\x94".encode("latin-1"), "text/html; charset=iso-8859-1", "cp1252"),
    ],
)
def test_charsets(body: bytes, content_type: str | None, encoding: str) -> None:
    text = decode_text(body, content_type)
    assert (text.encoding, text.uncertain) == (encoding, False)
    assert "\ufffd" not in text.text and "\ufeff" not in text.text


def test_windows_1258_with_combining_marks_is_composed_when_cleaned() -> None:
    from pipelines.text import clean

    body = "Ha\u0309i Pho\u0300ng".encode("cp1258")
    text = decode_text(body, "text/html; charset=windows-1258")
    assert not text.uncertain
    assert clean(text.text) == "Hải Phòng"


@pytest.mark.parametrize(
    "label", ["viscii", "x-viet-tcvn5712", "x-vni", "x-user-defined", "base64", "zlib", None]
)
def test_charsets_that_nobody_knows_are_flagged_and_never_another_script(label: str | None) -> None:
    body = b"<p>Th\xb5nh ph\xe8 H\xb6i Ph\xdfng</p>"  # TCVN3 bytes
    text = decode_text(body, f"text/html; charset={label}" if label else None)
    assert text.uncertain
    assert all(ord(c) < 0x2E80 for c in text.text)


def test_a_few_broken_bytes_do_not_turn_utf8_into_mojibake() -> None:
    text = decode_text((TEXT * 3).encode() + b"\xff", "text/html; charset=utf-8")
    assert text.uncertain
    assert text.text.startswith(TEXT)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_become_text(body: bytes, label: str) -> None:
    assert isinstance(decode_text(body, f"text/html; charset={label}").text, str)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode_text(text.encode(), "text/html; charset=windows-1252").text == text
