"""Charsets of real sentences: right with a right label, right or flagged with a wrong one or none."""

# ruff: noqa: E501
from __future__ import annotations

import codecs
import unicodedata
from datetime import UTC, datetime

import pytest

from pipelines.decode import decode_text
from pipelines.extract import extract_html
from pipelines.model import Article
from pipelines.text import clean

LATIN1 = "text/html; charset=iso-8859-1"
VIETNAMESE = (
    "Sáng nay, thành phố khởi công nạo vét tuyến kênh dài tám ki-lô-mét, kịp trước mùa mưa bão. "
    "Bà con hai bên bờ được báo trước một tuần để dời ghe thuyền và đồ đạc."
)
WESTERN = {
    "fr": "Dès l'août, la forêt connaît la sécheresse; les élèves de l'école goûtent l'été, le maître a reçu la réponse.",
    "pt": "As ações da administração são públicas: o país terá saúde e educação, a população também participará.",
    "es": "El año pasado la administración abrió una oficina aérea en el país para oír al niño.",
    "de": "Die Straße für die Bäume wird größer und geräumig; Häuser bekommen schöne Höfe.",
    "nl": "De coördinatie is geïnteresseerd in financiële ideeën, reële coöperatie en beïnvloeding.",
    "fi": "Tänään hyvää työtä tehdään, pääkaupunki järjestää yöjuoksun, työpöytä on häiriötön.",
    "is": "Í morgun hófst dýpkun skurðarins; bæjarstjórn ákvað það í gær. Þróun er góð.",
    "en": "The café’s “naïve” menu — £5 or €6, 20°C ± 2, © 2026.",
}  # fmt: skip


def page(text: str) -> str:
    return f"<html><head><title>x</title></head><body><p>{text}</p></body></html>"


def windows_1258(text: str) -> bytes:
    """Letters with their own mark, tones as characters that follow (Microsoft's table 1258)."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in marks if c in "\u0300\u0301\u0303\u0309\u0323")
        out += [unicodedata.normalize("NFC", "".join(c for c in marks if c not in tones)), tones]
    return "".join(out).encode("cp1258")


def table(letters: str, places: str) -> dict[int, bytes]:
    return {ord(x): bytes([b]) for x, b in zip(letters, bytes.fromhex(places), strict=True)}


LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TCVN3 = table(
    LETTERS,
    "B5B6B7B8B9A8BBBCBDBEC6A9C7C8C9CACBAECCCECFD0D1AAD2D3D4D5D6D7D8DCDDDEDFE1E2E3E4ABE5E6E7E8E9"
    "ACEAEBECEDEEEFF1F2F3F4ADF5F6F7F8F9FAFBFCFDFE",
)
"""TCVN 5712:1993, VN3."""
VISCII = table(
    LETTERS,
    "E0E4E3E1D5E5A2C6C7A1A3E2A5A6E7A4A7F0E8EBA8E9A9EAABACADAAAEECEFEEEDB8F2F6F5F3F7F4B0B1B2AFB5"
    "BDB6B7DEBEFEF9FCFBFAF8DFD7D8E6D1F1CFD6DBFDDC",
)
"""RFC 1456."""
TONES = {"\u0300": 0xF8, "\u0309": 0xFB, "\u0303": 0xF5, "\u0301": 0xF9, "\u0323": 0xEF, "": 0}
HAT = {"\u0300": 0xE0, "\u0309": 0xE5, "\u0303": 0xE3, "\u0301": 0xE1, "\u0323": 0xE4, "": 0xE2}
BREVE = {"\u0300": 0xE8, "\u0309": 0xFA, "\u0303": 0xFC, "\u0301": 0xE9, "\u0323": 0xEB, "": 0xEA}


def vni(letter: str) -> bytes:
    """VNI for Windows: one byte for the letter, one for hat or breve with tone, or for the tone."""
    if letter in "đìỉĩíị":
        return bytes([b"\xf1\xec\xe6\xf3\xed\xf2"["đìỉĩíị".index(letter)]])
    marks = unicodedata.normalize("NFD", letter)
    tone = next((c for c in marks if c in TONES), "")
    if "\u031b" in marks:
        return (b"\xf4" if marks[0] == "o" else b"\xf6") + bytes([TONES[tone]] if tone else [])
    kind = HAT if "\u0302" in marks else BREVE if "\u0306" in marks else TONES
    return marks[0].encode() + bytes([kind[tone]])


VNI = {ord(letter): vni(letter) for letter in LETTERS}


def legacy(text: str, codes: dict[int, bytes]) -> bytes:
    return b"".join(codes.get(ord(c)) or c.encode("ascii", "ignore") for c in text)


@pytest.mark.parametrize(
    "label", [LATIN1, "text/html; charset=windows-1252", "text/html; charset=utf-8", None]
)
@pytest.mark.parametrize("codes", [TCVN3, VISCII, VNI], ids=["TCVN3", "VISCII", "VNI"])
@pytest.mark.parametrize("times", [1, 60])
def test_old_vietnamese_charsets_are_flagged_and_no_other_script(
    codes: dict[int, bytes], label: str | None, times: int
) -> None:
    text = decode_text(legacy(page(VIETNAMESE * times), codes), label)
    assert text.uncertain
    assert all(ord(c) < 0x2E80 for c in text.text)


def test_a_page_in_tcvn3_is_read_and_says_that_its_charset_is_uncertain() -> None:
    html = (
        f"<html><head><title>Nạo vét kênh</title></head><body><h1>Nạo vét kênh</h1><p>{VIETNAMESE}</p></body>"
    )
    at = datetime(2026, 3, 20, tzinfo=UTC)
    read = extract_html(
        legacy(html, TCVN3), "https://tin.example.vn/a.html", captured_at=at, content_type=LATIN1
    )
    assert isinstance(read, Article) and read.parse_status == "encoding_uncertain"


@pytest.mark.parametrize("language", WESTERN)
def test_western_languages_are_sure_of_their_charset(language: str) -> None:
    body = page(WESTERN[language] * 20)
    text = decode_text(body.encode("cp1252"), LATIN1)
    assert (text.text, text.uncertain) == (body, False)


def test_windows_1258_is_read_where_it_is_named_and_flagged_where_it_is_not() -> None:
    body = windows_1258(page(VIETNAMESE))
    text = decode_text(body, "text/html; charset=windows-1258")
    assert (clean(text.text), text.uncertain) == (page(VIETNAMESE), False)
    assert all(decode_text(body, label).uncertain for label in (LATIN1, "text/html; charset=utf-8", None))


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("label", ["utf-16", "utf-8", "iso-8859-1", None])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_and_without_a_mark_whatever_the_label(codec: str, label: str | None, mark: bool) -> None:
    body = (codecs.BOM_UTF16_LE if codec.endswith("le") else codecs.BOM_UTF16_BE) * mark
    text = decode_text(
        body + page(VIETNAMESE).encode(codec), f"text/html; charset={label}" if label else None
    )
    assert (text.text, text.uncertain) == (page(VIETNAMESE), False)


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
@pytest.mark.parametrize("sentence", [VIETNAMESE, WESTERN["fr"]])
def test_utf8_misread_and_written_again_is_flagged_and_left_as_it_is(sentence: str, wrong: str) -> None:
    misread = "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in sentence.encode())
    text = decode_text(page(misread).encode(), "text/html; charset=utf-8")
    assert (text.text, text.uncertain) == (page(misread), True)


def test_a_word_of_mojibake_in_sound_text_is_no_sign() -> None:
    text = decode_text(page(VIETNAMESE * 3 + "Tiáº¿ng Viá»‡t, Ã©").encode(), None)
    assert not text.uncertain


ASIAN = {
    "euc-kr": "시는 오늘 아침 길이 팔 킬로미터의 운하 준설 공사를 시작했다.",
    "ks_c_5601-1987": "시는 오늘 아침 길이 팔 킬로미터의 운하 준설 공사를 시작했다.",
    "windows-949": "똠방각하 펲시콜라 시장이 문을 열었다.",
    "shift_jis": "市は今朝、全長八キロの運河のしゅんせつ工事を始めました。",
    "x-sjis": "市は今朝、①全長八キロの運河のしゅんせつ工事を始めました。",
    "euc-jp": "市は今朝、全長八キロの運河のしゅんせつ工事を始めました。",
    "gb2312": "今天上午，全市启动了八公里长的运河清淤工程。",
    "gb18030": "今天上午，全市启动了八公里长的运河清淤工程。",
    "big5": "今天上午，全市啟動了八公里長的運河清淤工程。",
    "windows-1251": "Сегодня утром город начал очистку канала длиной восемь километров.",
    "x-cp1251": "Сегодня утром город начал очистку канала длиной восемь километров.",
    "koi8-r": "Сегодня утром город начал очистку канала длиной восемь километров.",
}  # fmt: skip
CODECS = {"ks_c_5601-1987": "cp949", "windows-949": "cp949", "x-sjis": "cp932", "x-cp1251": "cp1251"}


@pytest.mark.parametrize("label", ASIAN)
def test_labels_of_the_encoding_standard(label: str) -> None:
    body = page(ASIAN[label]).encode(CODECS.get(label, label))
    named = decode_text(body, f"text/html; charset={label}")
    assert (named.text, named.uncertain) == (page(ASIAN[label]), False)
    within = decode_text(b'<meta charset="%s">' % label.encode() + body, "text/html")
    assert within.text.endswith(page(ASIAN[label])) and not within.uncertain
    assert decode_text(body, None).uncertain


@pytest.mark.parametrize(
    "label", ["idna", "punycode", "utf-7", "hz", "rot13", "unicode_escape", "cp037", "hex"]
)
def test_codecs_that_are_no_charsets_of_pages_are_never_used(label: str) -> None:
    text = decode_text(b"\xff" + page(ASIAN["x-cp1251"]).encode("cp1251"), f"text/html; charset={label}")
    assert (text.encoding, text.uncertain) == ("cp1252", True)
