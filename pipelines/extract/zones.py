"""Time zones from the ``tzdata`` package, never from the system.

``zoneinfo`` looks in the system's folders first; one machine's tables may be years older
than another's, and reading would differ. So the files are read by hand.
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z][\w+\-]*(?:/[A-Za-z][\w+\-]*)*")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+\-−])\s?(\d{1,2})(?::?(\d{2}))?", re.I)


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


def offset(text: str) -> tzinfo | None:
    """A printed offset (``Z``, ``+07:00``, ``GMT+7``) as a zone of its own."""
    text = text.strip().strip("()")
    if text.upper() in ("Z", "UTC", "GMT"):
        return timezone(timedelta(0), "UTC")
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
