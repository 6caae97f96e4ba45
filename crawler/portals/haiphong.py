"""Hải Phòng, the first city."""

from __future__ import annotations

from crawler.portal import KnownPortal

PORTAL = KnownPortal(
    hosts=("thanhphohaiphong.gov.vn",),
    seed="https://thanhphohaiphong.gov.vn/",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    site_name="Cổng tin tức Thành phố Hải Phòng",
)
