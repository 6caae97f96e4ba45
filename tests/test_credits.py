"""Who took a picture: the forms in which captions credit, and sentences that credit nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.credits import credit, credited


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Mặt kè mới nhìn từ bến đò. (Ảnh: Lan Chi).", "Lan Chi"),
        ("Mặt kè mới nhìn từ bến đò. Ảnh: L.C.H.", "L.C.H"),
        ("Mặt kè mới nhìn từ bến đò. Ảnh CTV", "CTV"),
        ("Mặt kè mới nhìn từ bến đò – ẢNH: LAN CHI", "LAN CHI"),
        ("Ảnh minh họa: H.THÚY", "H.THÚY"),
        ("Phiên họp. Ảnh: Cổng TTĐT thành phố", "Cổng TTĐT thành phố"),
        ("The bell after its repair. Photo by Rosa Lake", "Rosa Lake"),
        ("The bell after its repair. Photo: R. J. O’Lake", "R. J. O’Lake"),
        ("The bell after its repair. (Rosa Lake photo)", "Rosa Lake"),
        ("Photo courtesy of Friends of the Bell Tower.", "Friends of the Bell Tower"),
        ("The bell after its repair. Photo: courtesy of Tower Watch", "Tower Watch"),
        ("The bell after its repair. Courtesy of Tower Watch", "Tower Watch"),
        ("Photos by Rosa Lake and Tom van der Hill", "Rosa Lake and Tom van der Hill"),
        ("Blick auf den Markt. Foto: Stadt Musterau", "Stadt Musterau"),
        ("Blick auf den Markt © Anna Müller 2020", "Anna Müller"),
        ("군청 앞 광장. 사진=홍길동", "홍길동"),
        ("開会式のようす。 写真：山田太郎", "山田太郎"),
        ("La place du marché. Photo : Jeanne Martin", "Jeanne Martin"),
        ("The mayor cuts the ribbon. (Tom Hill / City of Wrenmouth)", "Tom Hill"),
        ("Mặt kè mới ở đoạn số 2. Ảnh CTV", "CTV"),
        ("Mặt kè mới – Ảnh: L.C.H.", "L.C.H."),
        ("Ảnh: L.C.H.", "L.C.H."),
        ("Mặt kè mới nhìn từ bến đò (Ảnh: L.C.H.)", "L.C.H."),
        ("Mặt kè mới nhìn từ bến đò (Ảnh: L.C.H).", "L.C.H"),
        ("Mặt kè mới – Ảnh: Lan Chi.", "Lan Chi"),
    ],
)  # fmt: skip
def test_a_caption_names_who_took_the_picture(caption: str, name: str) -> None:
    assert credit(caption) == name


@pytest.mark.parametrize(
    "caption",
    [
        "Người dân xem ảnh chụp làng cũ.",
        "Ảnh hưởng của bão số 3 tại xã ven biển.",
        "Ảnh: tư liệu",
        "Ảnh do cơ sở cung cấp",
        "Hội trường trước giờ họp. (Ảnh minh họa)",
        "Anh Minh đứng bên thuyền.",
        "Photo opportunities begin at noon",
        "The photo club meets on Mondays.",
        "The bell after its repair. Photo: file photo",
        "Photo: the mayor opened the bridge. It was raining.",
        "Fotos de la inauguración del puente.",
        "The bell before its repair (left/right)",
        "The market (Monday/Friday)",
        "시민들이 무료 제공.",
        "사진 전시회를 찾은 시민들",
        "写真展のようす",
        "撮影会に参加した親子",
        "记者在现场采访",
        "市民在桥上摄影",
    ],
)
def test_a_caption_that_names_nobody_credits_nobody(caption: str) -> None:
    assert credit(caption) is None


def test_a_credit_comes_apart_into_its_photographers() -> None:
    assert credited("Rosa Lake and Tom van der Hill") == ("Rosa Lake", "Tom van der Hill")
    assert credited("Friends of the Bell Tower") == ("Friends of the Bell Tower",)


@given(st.text(max_size=200))
def test_any_caption_is_answered(caption: str) -> None:
    assert credit(caption) != ""
