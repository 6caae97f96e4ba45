"""Time zones from the ``tzdata`` package, never from the system.

``zoneinfo`` looks in the system's folders first; one machine's tables may be years older
than another's, and reading would differ. So the files are read by hand.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z][\w+\-]*(?:/[A-Za-z][\w+\-]*)*")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+\-−])\s?(\d{1,2})(?::?(\d{2}))?", re.I)
_ABBREVIATIONS: dict[str, int] = {
    # RFC 5322, 4.3
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    # the tz database's, where no two countries share one
    "AKST": -9, "AKDT": -8, "HST": -10, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "JST": 9,
    "KST": 9, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3,
}  # fmt: skip
_AMERICAN = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"
}  # fmt: skip
_SINCE = datetime(1990, 1, 1, 12)
_WEEKS = 50 * 52
_DOMAINS = {"uk": "GB"}
"""Domains that are not the country's code of ISO 3166."""
_BY_LAW = {"CN": "Asia/Shanghai", "UA": "Europe/Kyiv"}
"""Countries whose law knows one time only; the tz database has zones for what is used there besides."""
_PLACES = {
    "Europe/Madrid": "cat eus gal madrid barcelona",
    "Europe/Paris": "paris bzh alsace corsica",
    "Europe/London": "london scot wales cymru",
    "Europe/Berlin": "berlin hamburg koeln cologne bayern nrw ruhr saarland",
    "Europe/Vienna": "wien tirol",
    "Europe/Zurich": "swiss zuerich",
    "Europe/Brussels": "brussels vlaanderen gent",
    "Europe/Amsterdam": "amsterdam frl",
    "Europe/Rome": "bolzano",
    "Europe/Budapest": "budapest",
    "Europe/Helsinki": "helsinki",
    "Europe/Stockholm": "stockholm",
    "Europe/Istanbul": "istanbul ist",
    "Asia/Tokyo": "tokyo osaka nagoya yokohama kyoto okinawa ryukyu",
    "Asia/Taipei": "taipei",
    "Asia/Dubai": "dubai abudhabi",
    "Africa/Johannesburg": "capetown durban joburg",
    "America/Toronto": "quebec",
    "America/New_York": "nyc boston miami",
    "America/Los_Angeles": "vegas",
    "Australia/Sydney": "sydney",
    "Australia/Melbourne": "melbourne",
}
"""Domains of cities and regions in IANA's root zone, by the zone that they lie in."""
_ZONES = {domain: name for name, domains in _PLACES.items() for domain in domains.split()}
ABBREVIATIONS = frozenset((*_ABBREVIATIONS, *_AMERICAN))
"""Names of zones as they are printed after a time of day, always in capitals."""


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or ``None`` where there is none. Zones never change once read."""
    if not _NAME.fullmatch(name):
        return None
    try:
        with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (OSError, ValueError):
        return None


def of_country(url: str) -> str | None:
    """Name of the zone of the country, region or city whose domain an address is under. Of a country that
    has several, the first where they were one for as long as there are cities on the web, or one by law."""
    suffix = (urlsplit(url).hostname or "").rstrip(".").rpartition(".")[2]
    if suffix in _ZONES:
        return _ZONES[suffix]
    country = _DOMAINS.get(suffix, suffix.upper())
    names = _countries().get(country, ())
    return _BY_LAW.get(country) or (names[0] if names and _one(names) else None)


@cache
def _one(names: tuple[str, ...]) -> bool:
    """Whether the clocks of some zones have agreed since ``_SINCE``: Germany has an enclave in another
    country with a zone of its own."""
    first, *others = (zone(name) for name in names)
    hours = [(_SINCE + n * timedelta(days=7)).replace(tzinfo=first) for n in range(_WEEKS if others else 0)]
    return all(at.utcoffset() == at.replace(tzinfo=other).utcoffset() for other in others for at in hours)


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Zones of each country of ISO 3166, from ``zone.tab``."""
    found: dict[str, tuple[str, ...]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), name)
    return found


@lru_cache(maxsize=64)
def offset(text: str) -> tzinfo | None:
    """A printed offset (``Z``, ``+07:00``, ``GMT+7``, ``EST``) as a zone of its own."""
    text = text.strip().strip("()")
    if text.upper() in ("Z", "UTC", "GMT"):
        return timezone(timedelta(0), "UTC")
    if text in _ABBREVIATIONS:
        return timezone(timedelta(hours=_ABBREVIATIONS[text]))
    if text in _AMERICAN:
        return zone(_AMERICAN[text])
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))


def name_of(where: tzinfo) -> str:
    """A zone as rows name it: its IANA name, ``UTC``, or an offset as ISO 8601 writes it."""
    if isinstance(where, ZoneInfo):
        return where.key
    return str(where).removeprefix("UTC") or "UTC"
