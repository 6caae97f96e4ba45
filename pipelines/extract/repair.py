"""Pages that end before they do: content after ``</html>``, or one page inside another.

Browsers put what follows ``</body>`` or ``</html>`` back into the body (HTML, 13.2.6.4.19
"after body" and following). libxml2 makes further roots of it, which lxml's tree does not
hold. Such a page is freed from the tags in question and parsed again as one.
"""

from __future__ import annotations

from html import escape

from lxml import etree

from pipelines.extract.scan import without_roots


def is_torn(root: etree._Element) -> bool:
    """Whether the parser found more than one root."""
    return root.getnext() is not None


def one_document(html: bytes, language: str | None) -> bytes:
    """The page with one ``html`` element around everything; UTF-8 in and out.

    Args:
        html: the page.
        language: the ``lang`` of its first root.
    """
    attribute = f' lang="{escape(language)}"' if language else ""
    return f"<html{attribute}>".encode("utf-8", "replace") + without_roots(html)
