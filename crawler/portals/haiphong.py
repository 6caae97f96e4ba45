"""Hải Phòng, the first city. What reading knows of it stands in ``pipelines/layouts/haiphong.py``."""

from __future__ import annotations

from crawler.portals import KnownPortal
from pipelines.layouts.haiphong import CONTEXT

PORTAL = KnownPortal(
    hosts=("thanhphohaiphong.gov.vn",),
    seed="https://thanhphohaiphong.gov.vn/",
    language=CONTEXT.language,
    zone=CONTEXT.zone,
    site_name=CONTEXT.site_name,
    layout="haiphong",
)
