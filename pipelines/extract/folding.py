"""Folded text in which every place can be found again in the text as printed."""

from __future__ import annotations

from pipelines.text import fold


def aligned(text: str) -> tuple[str, list[int] | range]:
    """The folded text, and for every place in it (and its end) the place in the text.

    Folding may shorten or lengthen a text: Hangul comes apart into its letters.
    """
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text) + 1)
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        part = fold(char)
        out.append(part)
        places.extend([at] * len(part))
    return "".join(out), [*places, len(text)]
