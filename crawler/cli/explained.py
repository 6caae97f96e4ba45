"""What ``inspect`` found, as lines for a terminal: values, and under a field what each rule said of it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

Values = Mapping[str, Any]

NARROWEST, WIDEST = 60, 120
"""Columns."""
LEGEND = "won: believed · agrees: says the same · outranked: by a rule above it · refused: never believed"
_SHOWN_ELSEWHERE = ("rules", "explained", "blocks", "left_out")
CAPTURES = 10
"""Most captures that are shown of an address."""
_ASIDE = 12
"""Columns that a value keeps, whatever stands beside it."""


def width() -> int:
    """The columns of the terminal; 100 where there is none."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, NARROWEST), WIDEST)


def lines(found: Values, columns: int) -> Iterator[str]:
    """Everything that was found of a page, an address or an article.

    Args:
        found: as ``pipelines.inspect`` gives it.
        columns: how wide a line may be; addresses, digests and shell lines are never cut.
    """
    found = {**found, "captures": _first_and_last(found.get("captures") or [])}
    yield from _values(_merged(found), "", columns)
    readings = [found.get("reading"), *found.get("readings", ())]
    if any(r and r["explained"] for r in readings):
        yield from textwrap.wrap(LEGEND, columns)


def _first_and_last(captures: list[Any]) -> list[Any]:
    """The first capture and the newest: a page that is asked every day has hundreds."""
    if len(captures) <= CAPTURES:
        return captures
    between = f"and {len(captures) - CAPTURES} more between these; --json shows them"
    return [captures[0], between, *captures[1 - CAPTURES :]]


def _merged(found: Values) -> Values:
    """An article's row with the reasons of its reading, where both are of one reader."""
    row, reading = found.get("article"), found.get("reading")
    if not (row and reading and all(row.get(n) == reading.get(n) for n in ("reader", "layout"))):
        return found
    merged = {**row, "provenance": None, "explained": reading["explained"]}
    return {**found, "article": merged, "reading": None}


def _values(value: Values, indent: str, columns: int) -> Iterator[str]:
    """Nested values, empty ones left out; a reading says under each field how it was found."""
    reasons = {e["field"]: e for e in value.get("explained", ())}
    for name in (*value, *(r for r in reasons if r not in value)):
        if name in _SHOWN_ELSEWHERE:
            continue
        part, reason = value.get(name), reasons.get(name)
        if part in (None, "", [], {}) and reason is None:
            continue
        by, under = _reason(reason, f"{indent}    ", columns, known=name in value) if reason else ("", [])
        if part in (None, []) and value.get("kind") != "rejection":
            part = "none"
        yield from _value(name, part, by, indent, columns)
        yield from under


def _value(name: str, part: Any, by: str, indent: str, columns: int) -> Iterator[str]:
    if isinstance(part, Mapping):
        yield f"{indent}{name}:{by}"
        yield from _values(part, f"{indent}  ", columns)
    elif isinstance(part, list):
        yield f"{indent}{name}:{by}"
        yield from _items(part, f"{indent}  ", columns, whole=name == "why")
    elif name == "shell" or " " not in str(part):
        yield f"{indent}{name}: {'' if part is None else part}{by}".rstrip()  # to be copied
    else:
        yield from _wrapped(f"{indent}{name}: {part}{by}", indent, columns)


def _items(values: list[Any], indent: str, columns: int, *, whole: bool) -> Iterator[str]:
    """The entries of a list, a line each; those that are to be whole take several where they are long."""
    for value in values:
        if isinstance(value, Mapping):
            told = list(_values(value, "", columns - len(indent) - 2))
            yield from (f"{indent}{'  ' if i else '- '}{line}" for i, line in enumerate(told))
        elif whole:
            yield from _wrapped(f"{indent}- {value}", indent, columns)
        else:
            yield _cut(f"{indent}- {value}", columns) if " " in str(value) else f"{indent}- {value}"


def _reason(reason: Values, indent: str, columns: int, *, known: bool) -> tuple[str, list[str]]:
    """What stands behind a field's value, and the lines under it. One rule alone stands behind."""
    candidates, notes = reason["candidates"], reason["notes"]
    if not notes and known and len({c["rule"] for c in candidates}) == 1 and _all_won(candidates):
        where = dict.fromkeys(_where(c) for c in candidates)
        return _behind(f"{candidates[0]['rule']}, {', '.join(where)}"), []
    if not candidates and len(notes) == 1 and known:
        return _behind(notes[0]), []
    widest = max((len(c["rule"]) for c in candidates), default=0)
    told = [line for c in candidates for line in _candidate(c, indent, widest, columns)]
    for note in notes:
        told += _wrapped(f"{indent}note       {note}", f"{indent}         ", columns)
    return "", told


def _behind(rule: str) -> str:
    """What stands behind a value; no line is broken in it."""
    return f"   ← {rule}".replace(" ", "\xa0")


def _all_won(candidates: list[Values]) -> bool:
    return all(c["verdict"] == "won" for c in candidates)


def _candidate(candidate: Values, indent: str, widest: int, columns: int) -> Iterator[str]:
    before = f"{indent}{candidate['verdict']:9}  {candidate['rule']:{widest}}  "
    after = f"   ({_where(candidate)})"
    room = max(columns - len(before) - len(after), _ASIDE)
    yield f"{before}{_cut(candidate['value'], room)}{after}"
    if candidate["verdict"] == "refused":
        yield f"{indent}{'':9}  {'':{widest}}  since {candidate['why']}"


def _where(candidate: Values) -> str:
    return "metadata" if candidate["block"] is None else f"block {candidate['block']}"


def _cut(text: str, columns: int) -> str:
    return text if len(text) <= columns else f"{text[: columns - 1].rstrip()}…"


def _wrapped(line: str, indent: str, columns: int) -> list[str]:
    """A line over several, broken at spaces only."""
    broken = textwrap.wrap(
        line,
        columns,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [part.replace("\xa0", " ") for part in broken]
