"""How papers and offices sign that the rules had not met: degrees, notes in brackets, offices, agencies."""

from __future__ import annotations

import pytest

from pipelines.extract.byline import parse_byline
from pipelines.extract.credits import credit, credited


@pytest.mark.parametrize(
    ("line", "authors", "credits"),
    [
        ("Thu Lam (Tin) – Bảo Kha (Ảnh)", ("Thu Lam",), ("Bảo Kha",)),
        ("Ks. Lê Thu Lam - Chi cục Chăn nuôi & Thú y", ("Lê Thu Lam",), ()),
        ("Thu Lam – Phòng Văn hóa và Thông tin", ("Thu Lam",), ()),
        ("PGS.TS. Lê Thu Lam", ("Lê Thu Lam",), ()),
        ("Thu Lam và Bảo Kha", ("Thu Lam", "Bảo Kha"), ()),
        ("Ghi chép của LÊ THU LAM", ("LÊ THU LAM",), ()),
        ("Bài, ảnh: Lê Thu Lam (GV Trường THCS Cầu Gỗ)", ("Lê Thu Lam",), ("Lê Thu Lam",)),
        ("Ghi chép của đoàn công tác", (), ()),
    ],
)
def test_vietnamese_signatures(line: str, authors: tuple[str, ...], credits: tuple[str, ...]) -> None:
    found = parse_byline(line)
    assert (found.authors, found.photo_credits) == (authors, credits)


def test_who_gave_a_picture_out_is_no_second_photographer() -> None:
    caption = credit("Cầu tràn bị ngập. (Ảnh: Lê Thu Lam/KBTN phát)")
    assert caption is not None
    assert credited(caption) == ("Lê Thu Lam",)
