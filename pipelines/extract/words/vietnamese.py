"""Vietnamese."""

from __future__ import annotations

from pipelines.extract.words.table import Words

VIETNAMESE = Words(
    months=tuple(f"thang {n}|thang {n:02d}" for n in range(1, 13)),
    weekdays=(
        "thu hai|thu 2|t2", "thu ba|thu 3|t3", "thu tu|thu 4|t4", "thu nam|thu 5|t5",
        "thu sau|thu 6|t6", "thu bay|thu 7|t7", "chu nhat|cn",
    ),
    published=(
        "ngay dang tin", "ngay dang", "dang ngay", "dang luc", "ngay xuat ban", "xuat ban",
        "thoi gian dang", "ngay ban hanh", "ngay tao", "dang tai", "phat hanh",
    ),
    updated=(
        "cap nhat", "ngay cap nhat", "cap nhat luc", "cap nhat ngay", "sua doi", "chinh sua",
        "cap nhat lan cuoi", "lan sua cuoi",
    ),
    related=(
        "tin khac", "cac tin khac", "tin lien quan", "cac tin lien quan", "bai viet lien quan",
        "bai lien quan", "tin cung chuyen muc", "cung chuyen muc", "tin da dua", "cac tin da dua",
        "tin cu hon", "tin moi hon", "nhung tin cu hon", "nhung tin moi hon", "cac tin cu hon",
        "cac tin moi hon", "doc them", "xem them", "tham khao them", "co the ban quan tam",
        "bai viet khac", "cac bai viet khac", "bai viet cung chuyen muc", "tin tuc lien quan",
        "tin tuc khac", "tin bai lien quan", "tin bai khac", "cac bai khac", "tin cung loai",
        "bai viet moi", "nhung tin khac", "cac tin da dang",
    ),
    end=(
        "tien ich thong tin", "nguon tin", "qr code", "chung toi tren mang xa hoi", "chia se",
        "binh luan", "y kien ban doc", "y kien cua ban", "gui binh luan", "tu khoa",
        "danh gia bai viet", "tong so diem cua bai viet", "xem them ve", "tac gia bai viet",
        "tin noi bat", "viet binh luan", "thong ke truy cap", "tags", "tai lieu dinh kem",
        "file dinh kem", "tep dinh kem", "tag", "tin moi nhat", "tin moi", "xem nhieu", "doc nhieu",
        "xem nhieu nhat", "tin xem nhieu", "tin doc nhieu", "chu de", "su kien", "tin moi cap nhat",
    ),
    over=(
        "binh luan", "y kien ban doc", "y kien cua ban", "gui binh luan", "viet binh luan", "qr code",
        "tien ich thong tin", "danh gia bai viet", "tong so diem cua bai viet", "thong ke truy cap",
        "xem them ve",
    ),
    furniture=(
        "print", "in", "in trang", "in bai", "in bai viet", "goc", "ban in", "gui email", "email",
        "chia se", "sao chep lien ket", "luu bai viet", "nghe doc bai", "co chu", "quay lai", "tro ve",
        "ve dau trang", "theo doi tren", "xem cac bai viet cua tac gia", "nghe bai viet", "a a",
        "doc bai", "tang giam co chu", "gui binh luan", "bookmark", "in tin", "gui tin",
        "xem binh luan", "phan hoi",
    ),
    boilerplate=(
        "giay phep", "ban quyen", "co quan quan ly", "co quan chu quan", "dien thoai:", "fax:",
        "tong bien tap", "chiu trach nhiem", "dia chi:", "hotline", "ghi ro nguon", "dang nhap",
        "luot truy cap", "ma qr", "so luot xem",
    ),
    error=(
        "khong tim thay", "khong ton tai", "trang loi", "dang bao tri", "dang nhap", "loi 404",
        "khong co quyen truy cap", "tu choi truy cap",
    ),
    event=(
        "thoi gian|thoi gian to chuc|thoi gian dien ra|thoi gian bat dau|thoi gian ket thuc",
        "dia diem|dia diem to chuc|noi to chuc", "gia ve|ve vao cua|phi tham gia|dang ky tham gia",
        "don vi to chuc|ban to chuc",
    ),
    original=(
        "goc", "bai goc", "xem ban goc", "link goc", "link bai goc", "bai viet goc", "xem bai goc",
    ),
)  # fmt: skip
