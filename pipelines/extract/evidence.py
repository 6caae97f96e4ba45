"""Which evidence is believed, field by field: the rules in their order, and what they go by.

The order is nowhere else: the functions of the fields hand their rules to :func:`in_order` and
take the first finding that is not refused, so to move a line of the table is to change what
is believed. The name of the rule that won goes into ``provenance``; beside it stand notes: what
another rule said, and why a value was refused. ``citynews inspect`` shows the findings of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

EVIDENCE: dict[str, tuple[tuple[str, str], ...]] = {
    "title": (
        (
            "json_ld",
            "headline of the page's own JSON-LD article, where the page's heading or title confirms it",
        ),
        (
            "labelled",
            "the value beside Title and its like above the text, where metadata names no other line",
        ),
        ("heading", "the printed line that metadata, address and heading level agree upon"),
        ("line_above_text", "the line right above the text, where the page prints no stated title"),
        ("meta_title", "og:title and the like, less the site's name"),
        ("document_title", "the title element, less the site's name"),
        ("qr_line", "the line QR CODE: that repeats the title"),
    ),
    "published_date": (
        ("printed_beside_title", "a line beside the title that is there for its date"),
        ("time_element", "a time element beside the title, or below the text in the article's own footer"),
        ("printed_below_text", "a date under the text, labelled as that of publication"),
        ("printed_relative", "a line beside the title that counts back from the capture"),
        ("json_ld", "datePublished of the page's own JSON-LD article"),
        ("meta", "article:published_time and the like"),
        ("microdata", "itemprop=datePublished, or the abbr that hAtom marks"),
    ),
    "published_at": (
        ("time_element", "the minute of the printed day, or the minute's zone, that its element states"),
        ("json_ld", "the stated minute of the day that is printed, or the stated zone of the minute"),
        ("meta", "the stated minute of the day that is printed, or the stated zone of the minute"),
        ("microdata", "the stated minute of the day that is printed, or the stated zone of the minute"),
    ),
    "modified_at": (
        ("json_ld", "dateModified of the page's own JSON-LD article"),
        ("meta", "article:modified_time and the like"),
        ("microdata", "itemprop=dateModified"),
        ("time_element", "a time element of the article that is marked or labelled as one of change"),
        ("printed_label", "a printed date whose label says that it is one of change"),
    ),
    "byline": (
        (
            "printed_line",
            "the article's own last line, else a line beside its headline, where it names writer or source",
        ),
        ("in_brackets", "names in brackets before the first words of the text, or after its last sentence"),
        ("printed_with_date", "a labelled name in the line of the date"),
        ("marked_author", "a full name beside the headline that is marked, linked to its page or stated"),
        ("line_without_writer", "such a line of the article's own that names neither"),
    ),
    "source": (
        ("byline", "an agency or paper that the byline names"),
        ("labelled", "the value after Nguồn tin and its like, under the text or beside the title"),
        ("dateline", "the name in brackets before the first words, where it is not the portal's own"),
    ),
    "sections": (
        ("printed_terms", "links beside the article that are marked or labelled as sections"),
        ("above_title", "links that stand alone right above the headline"),
        ("stated", "breadcrumbs, article:section or articleSection of the metadata"),
    ),
    "tags": (
        ("printed_terms", "links beside the article that are marked or labelled as tags"),
        ("stated", "article:tag of the metadata"),
    ),
    "language": (
        ("stated", "lang of the html element, else og:locale or content-language"),
        ("portal", "what is known of the portal"),
    ),
    "paragraphs": (
        ("layout", "the element that the portal's layout names"),
        ("platform", "the element that a published platform or standard marks as the text"),
        ("heaviest_prose", "the element whose prose most outweighs everything else in it"),
    ),
}
"""Per field, rules in the order in which they are believed, each with what it goes by."""

NOTES = (
    "disagrees", "impossible", "in the future", "stated but not printed", "ambiguous", "the printed weekday",
)  # fmt: skip
"""How entries of ``provenance`` begin that are notes and no rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one rule found."""

    rule: str
    """Its name in the table; after a colon, which of several it was."""
    value: str
    """As printed or stated."""
    at: int | None = None
    """Index of the block that prints it; ``None`` for metadata."""
    refused: str | None = None
    """Why it is not believed, whatever other rules say."""


T = TypeVar("T")
Rules = Mapping[str, Callable[[], Iterable[T]]]
"""Rules of one field by their names in the table; some of them may be left out."""


def later(find: Callable[[], T]) -> Callable[[], T]:
    """A function that finds a value when it is first asked for, and remembers it. A tenth of what
    ``functools.cache`` costs to make, and these are made for every page."""
    found: list[T] = []

    def asked() -> T:
        if not found:
            found.append(find())
        return found[0]

    return asked


def in_order(field: str, rules: Rules[T]) -> Iterator[T]:
    """What the rules of a field find, in the order in which they are believed. A rule is asked
    only when what comes before it did not do."""
    for name, _ in EVIDENCE[field]:
        if name in rules:
            yield from rules[name]()


def of_first(field: str, rules: Rules[T]) -> tuple[T, ...]:
    """Everything that the first rule finds which finds anything."""
    for name, _ in EVIDENCE[field]:
        if name in rules and (found := tuple(rules[name]())):
            return found
    return ()


def believed(findings: Iterable[Found]) -> Found | None:
    """The first finding that is not refused."""
    return next((found for found in findings if found.refused is None), None)


def rank(field: str, rule: str) -> int:
    """The place of a rule in the order of its field, 0 for the most trusted."""
    return [name for name, _ in EVIDENCE[field]].index(rule.partition(":")[0])


def is_known(field: str, rule: str) -> bool:
    """Whether a provenance entry is a rule of the table or a note; ``meta:…`` and ``platform:…``
    say after the colon which of them it was."""
    names = {name for name, _ in EVIDENCE.get(field, ())}
    return rule.partition(":")[0] in names or rule.startswith(NOTES) or " disagrees: " in rule
