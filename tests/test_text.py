"""Stored text, searched text, and the one JSON form that digests are made of."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines.text import canonical_json, clean, fold, normal_body


def test_clean_is_nfc_with_plain_spaces_and_keeps_the_printed_tone_placement() -> None:
    assert clean("  Thủy\u00a0 Nguyên\n \u200bhoà ") == "Thủy Nguyên hoà"
    assert clean("ho\u0300a") == "hòa"
    assert clean("a\x00b\ud800") == "ab\ufffd"
    assert clean(" \u00a0 ") is None and clean("") is None and clean(None) is None


def test_fold_forgets_marks_case_stroke_and_tone_placement() -> None:
    assert fold("Đường HOÀ bình") == fold("duong hòa bình") == "duong hoa binh"


def test_the_normal_body_counts_case_and_punctuation_but_not_spacing() -> None:
    assert normal_body(["Một  hai.", " ", "ba"]) == "Một hai.\nba"
    assert normal_body(["Một"]) != normal_body(["một"])


def test_canonical_json_has_one_form_and_no_floats() -> None:
    assert canonical_json({"b": [1, None], "a": "đ"}) == '{"a":"đ","b":[1,null]}'.encode()
    with pytest.raises(TypeError):
        canonical_json({"a": [0.5]})


def test_each_character_folds_to_its_letter_wherever_it_stands() -> None:
    """Texts of usual characters are folded in one step, others letter by letter: both say the same."""
    unusual = "\u4e2d"
    for code in (*range(0x20, 0xD800), *range(0xE000, 0x10000)):
        alone = fold(f"Á{chr(code)}ệ")
        apart = unicodedata.normalize("NFD", chr(code).casefold().replace("đ", "d"))
        letter = "".join(c for c in apart if not unicodedata.combining(c))
        assert alone == f"a{letter}e", hex(code)
        assert fold(f"{unusual}Á{chr(code)}ệ") == unusual + alone, hex(code)
