"""The URL key: what counts as one address, and what does not (RULES, Addresses)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.urls import absolute, host, in_scope, url_key, without_fragment

SAME = [
    ("https://example.gov.vn/tin.html", "http://example.gov.vn/tin.html"),
    ("https://example.gov.vn/tin.html", "https://www.example.gov.vn/tin.html"),
    ("https://example.gov.vn/tin.html", "https://EXAMPLE.gov.vn:443/tin.html"),
    ("https://example.gov.vn/tin.html", "https://example.gov.vn/tin.html#binh-luan"),
    ("https://example.gov.vn/tin.html", "https://example.gov.vn/tin.html?utm_source=zalo&fbclid=1"),
    ("https://example.gov.vn/tin/", "https://example.gov.vn/tin"),
    ("https://example.gov.vn/?p=7", "https://example.gov.vn?utm_medium=x&p=7"),
    ("https://example.gov.vn/%c3%a1", "https://example.gov.vn/%C3%A1"),
    ("https://example.gov.vn/á", "https://example.gov.vn/%C3%A1"),
    ("https://example.gov.vn/tin-tức", "https://example.gov.vn/" + unicodedata.normalize("NFD", "tin-tức")),
    ("https://example.gov.vn/tin-t%E1%BB%A9c", "https://example.gov.vn/tin-tu%CC%9B%CC%81c"),
    ("https://example.gov.vn/%41", "https://example.gov.vn/A"),
]

DIFFERENT = [
    ("https://example.gov.vn/tin.html", "https://example.gov.vn/tin-2.html"),
    ("https://example.gov.vn/tin.html", "https://example.gov.vn:8080/tin.html"),
    ("https://example.gov.vn/tin.html", "https://example.gov.vn/Tin.html"),
    ("https://example.gov.vn/?p=7", "https://example.gov.vn/?p=8"),
    ("https://example.gov.vn/a%2Fb", "https://example.gov.vn/a/b"),
    ("https://example.gov.vn/hòa", "https://example.gov.vn/hoà"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_address_share_a_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_addresses_have_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_the_key_reads_as_a_surt() -> None:
    assert url_key("https://www.thanhpho.example.vn/tin/a.html?p=7") == "vn,example,thanhpho)/tin/a.html?p=7"
    assert url_key("http://127.0.0.1:8080/") == "127.0.0.1:8080)/"
    assert url_key("http://[::1]:8080/x") == "[::1]:8080)/x"
    assert url_key("mailto:a@example.vn") == "mailto:a@example.vn"


def test_links_become_absolute_as_in_a_browser() -> None:
    base = "https://example.vn/muc/tin.html"
    assert absolute(base, " ../a\n.html ") == "https://example.vn/a.html"
    assert absolute(base, "//khac.vn/b") == "https://khac.vn/b"
    for href in ("mailto:a@b.vn", "javascript:void(0)", "tel:113", "http://[", "data:,x", "http://h:99999/"):
        assert absolute(base, href) is None


def test_scope_is_the_host_with_and_without_www_and_its_port() -> None:
    scope = ("example.vn", "127.0.0.1:8080")
    assert in_scope("https://www.example.vn/a", scope)
    assert in_scope("http://127.0.0.1:8080/a", scope)
    assert not in_scope("http://127.0.0.1:8081/a", scope)
    assert not in_scope("https://example.vn.evil.example/a", scope)
    assert host("ftp://example.vn/") == ""


@given(st.text(max_size=60))
def test_a_key_never_fails_and_is_its_own_key_again(path: str) -> None:
    key = url_key("https://example.vn/" + path)
    assert key.startswith("vn,example")
    assert url_key(without_fragment("https://example.vn/" + path)) == key
