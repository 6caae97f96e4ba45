"""Addresses that somebody wants to be asked now: a file with one in each line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from crawler.discovery.shape import wire_form
from pipelines import urls
from pipelines.errors import UsageError

_TOLD = 5
"""Most bad lines that are named."""


def read_wanted(path: Path, scope: Collection[str]) -> tuple[str, ...]:
    """The addresses of a file, as they are asked. Empty lines, and those that begin with ``#``, are none.

    Args:
        path: UTF-8 text.
        scope: hosts whose pages belong to the portal.

    Raises:
        UsageError: the file cannot be read or is empty, or a line is no address of the portal; the first of
            these are named by number.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise UsageError(
            f"this is no list of addresses ({why}); write one in each line", place=str(path)
        ) from None
    named = [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip()[:1] not in ("", "#")]
    if not named:
        raise UsageError("there is no address in this list; write one in each line", place=str(path))
    asked = [(n, wire_form(text)) for n, text in named]
    bad = [n for n, url in asked if url is None or not urls.in_scope(url, tuple(scope))]
    if bad:
        raise UsageError(
            f"no addresses of this portal ({', '.join(scope)}) in {_lines(bad)}; mend or remove them",
            place=str(path),
        )
    return tuple(dict.fromkeys(url for _, url in asked if url is not None))


def _lines(numbers: Sequence[int]) -> str:
    """``line 2``; ``lines 2 and 3``; ``lines 1, 2, 3, 4, 5 and others``."""
    told = [str(number) for number in numbers[:_TOLD]] + ["others"] * (len(numbers) > _TOLD)
    *most, last = told
    return f"lines {', '.join(most)} and {last}" if most else f"line {last}"
