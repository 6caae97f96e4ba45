"""Pages that end before they do: content after ``</html>``, or one page inside another.

Browsers put what follows ``</body>`` or ``</html>`` back into the body (HTML, 13.2.6.4.19
"after body" and following). libxml2 makes further roots of it, which lxml's tree does not
hold. Beautiful Soup keeps them, so such a page is read by it, freed from the tags in
question, and parsed again as one.
"""

from __future__ import annotations

import warnings
from html import escape

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from lxml import etree


def is_torn(root: etree._Element) -> bool:
    """Whether the parser found more than one root."""
    return root.getnext() is not None


def one_document(html: bytes) -> bytes:
    """The page with one ``html`` element around everything; UTF-8 in and out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(html, "lxml", from_encoding="utf-8")
    language = soup.html.get("lang") if soup.html else None
    for tag in soup.find_all(["html", "head", "body"]):
        tag.hidden = True  # written without its own tags
    attribute = f' lang="{escape(str(language))}"' if language else ""
    return f"<html{attribute}>{soup.decode()}".encode("utf-8", "replace")
