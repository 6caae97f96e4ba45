"""Which evidence is believed, field by field: the rules in their order, and what they go by.

The functions of the fields try their rules in this order and write the name of the one that
won into ``provenance``. Beside it stand notes: what another rule said, and why a value was
refused. A field without an entry in a page's provenance was found by its only rule, or not.
"""

from __future__ import annotations

EVIDENCE: dict[str, tuple[tuple[str, str], ...]] = {
    "title": (
        (
            "json_ld",
            "headline of the page's own JSON-LD article, where the page's heading or title confirms it",
        ),
        ("heading", "the printed line that metadata, address and heading level agree upon"),
        ("line_above_text", "the line right above the text, where the page prints no stated title"),
        ("meta_title", "og:title and the like, less the site's name"),
        ("document_title", "the title element, less the site's name"),
        ("qr_line", "the line QR CODE: that repeats the title"),
    ),
    "published_date": (
        ("printed_beside_title", "a line beside the title that is there for its date"),
        ("time_element", "a time element beside the title whose text is relative"),
        ("printed_below_text", "a date under the text, labelled as that of publication"),
        ("printed_relative", "a line beside the title that counts back from the capture"),
        ("json_ld", "datePublished of the page's own JSON-LD article"),
        ("meta", "article:published_time and the like"),
        ("microdata", "itemprop=datePublished"),
    ),
    "published_at": (
        ("json_ld", "the stated minute of the day that is printed"),
        ("meta", "the stated minute of the day that is printed"),
        ("microdata", "the stated minute of the day that is printed"),
    ),
    "modified_at": (
        ("json_ld", "dateModified of the page's own JSON-LD article"),
        ("meta", "article:modified_time and the like"),
        ("microdata", "itemprop=dateModified"),
        ("printed_label", "a printed date whose label says that it is one of change"),
    ),
    "byline": (
        ("printed_line", "the article's own last line, else a line beside its headline"),
        ("printed_with_date", "a labelled name in the line of the date"),
    ),
    "source": (
        ("byline", "an agency or paper that the byline names"),
        ("labelled", "the value after Nguồn tin and its like, under the text or beside the title"),
        ("dateline", "the name in brackets before the first words, where it is not the portal's own"),
    ),
    "paragraphs": (
        ("platform", "the element that a published platform or standard marks as the text"),
        ("heaviest_prose", "the element whose prose most outweighs everything else in it"),
    ),
}
"""Per field, rules in the order in which they are believed, each with what it goes by."""

NOTES = (
    "disagrees", "impossible", "in the future", "stated but not printed", "ambiguous", "the printed weekday",
)  # fmt: skip
"""How entries of ``provenance`` begin that are notes and no rules."""


def is_known(field: str, rule: str) -> bool:
    """Whether a provenance entry is a rule of the table or a note; ``meta:…`` and ``platform:…``
    say after the colon which of them it was."""
    names = {name for name, _ in EVIDENCE.get(field, ())}
    return rule.partition(":")[0] in names or rule.startswith(NOTES) or " disagrees: " in rule
