"""What elements are by their name: left out of the text, a part of a line, bold, a heading."""

from __future__ import annotations

from pipelines.extract.marks import names
from pipelines.extract.marks.table import IN_LINE, NOT_TEXT, SHOWN

SKIPPED = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "select", "option", "datalist",
        "textarea", "button", "input", "iframe", "object", "embed", "audio", "video", "canvas", "map",
        "progress", "meter", "head", "title", "dialog", "legend",
        *names(NOT_TEXT, SHOWN),
    )
)  # fmt: skip
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "rp", "rt", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
        "picture", "source", *names(IN_LINE),
    )
)  # fmt: skip
BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
ITALIC = frozenset(("i", "em", "cite"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
