"""Durations, sizes and days on the command line: ``90``, ``30m``; ``500MB``, ``2G``; ``2026-03-01``."""

from __future__ import annotations

import re
from datetime import date, datetime

import click

_SECONDS = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
_BYTES = {"": 1, "b": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}
_BYTES |= {"t": 10**12, "tb": 10**12}
_AMOUNT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?) ?([a-z]{0,3})")


class Duration(click.ParamType[float]):
    """A time span, given on as seconds (float)."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        seconds = _amount(str(value), _SECONDS)
        if seconds is None:
            self.fail(f"{value!r} is no time span; write it as 90, 30m or 2h", param, ctx)
        return seconds


class Size(click.ParamType[int]):
    """A number of bytes, with decimal units."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        count = _amount(str(value), _BYTES)
        if count is None:
            self.fail(f"{value!r} is no size; write it as 800000, 500MB or 2GB", param, ctx)
        return int(count)


class Day(click.ParamType[date]):
    """A day of the calendar (ISO 8601, with hyphens)."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError as error:
            raise click.BadParameter(f"{value!r} is no day; write it like 2026-03-01", ctx, param) from error


def _amount(text: str, units: dict[str, int]) -> float | None:
    """A positive number with its unit, or ``None``."""
    found = _AMOUNT.fullmatch(text.strip().lower())
    if found is None or found[2] not in units:
        return None
    return float(found[1]) * units[found[2]] or None
