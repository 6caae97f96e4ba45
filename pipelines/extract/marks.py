"""Marks by which published platforms and standards say what an element is.

No class of any theme or site stands here: only those that a specification defines, or that
a platform's own code prints on every site that runs it.
"""

from __future__ import annotations

from pipelines.extract.blocks import Element

PUBLICATION, CHANGE, EITHER = "publication", "change", "either"
"""What a time is; ``EITHER`` is hAtom's ``updated``, which every entry must have, also one that
was never changed: beside a time of publication it is one of change."""

TIMES = (
    # (attribute, token, what the time is, whose word it is); the first that fits counts
    ("class", "wp-block-post-date__modified-date", CHANGE, "WordPress core block"),
    ("itemprop", "datePublished", PUBLICATION, "schema.org CreativeWork"),
    ("class", "published", PUBLICATION, "microformats hAtom"),
    ("class", "dt-published", PUBLICATION, "microformats2 h-entry"),
    ("class", "entry-date", PUBLICATION, "WordPress, its default themes"),
    ("class", "wp-block-post-date", PUBLICATION, "WordPress core block"),
    ("itemprop", "dateModified", CHANGE, "schema.org CreativeWork"),
    ("class", "updated", EITHER, "microformats hAtom"),
    ("class", "dt-updated", CHANGE, "microformats2 h-entry"),
)
"""What a ``time`` element, or the line that it stands in, says of its moment."""

BOXES = (
    # (class, whose word it is)
    ("comment-list", "WordPress core, wp_list_comments in its themes"),
    ("comment-respond", "WordPress core, comment_form"),
    ("comment-content", "WordPress core, Walker_Comment"),
    ("comment-meta", "WordPress core, Walker_Comment"),
    ("wp-block-comments", "WordPress core block"),
    ("kg-signup-card", "Ghost, Koenig cards"),
    ("kg-cta-card", "Ghost, Koenig cards"),
    ("sharedaddy", "Jetpack, sharing"),
    ("elementor-widget-share-buttons", "Elementor Pro, widget"),
)
"""Boxes of the page's own between or below the paragraphs: comments, share buttons, sign-up."""
OWN_BOXES = frozenset(token for token, _ in BOXES)

LEADS = frozenset(("documentDescription",))
"""Class of the description between headline and text: Plone core, its document views."""

AUTHOR = frozenset(("author", "vcard"))
"""Classes of the writer of an entry: microformats hAtom and hCard."""
AVATAR = "avatar"
"""Class of a writer's or commenter's picture: WordPress core, ``get_avatar``."""
ATTACHMENT = frozenset(("attachment", "single-attachment"))
"""Body classes of the page of one uploaded file: WordPress core, ``get_body_class``."""
WIDGET = "widget"
"""Class of a box beside or below the content: WordPress core, ``register_sidebar``."""
WIDGETS = frozenset((WIDGET, "widget-area"))
"""The same, and the class of the column of such boxes: WordPress, its default themes."""


def classes(element: Element) -> frozenset[str]:
    """The class tokens of an element."""
    return frozenset((element.get("class") or "").split())


def time_of(element: Element, line: Element) -> str | None:
    """What the marks of a ``time`` element and of the elements around it, up to its line, say
    of it. The innermost marked element counts."""
    around: Element | None = element
    while around is not None:
        for attribute, token, kind, _ in TIMES:
            if token in (around.get(attribute) or "").split():
                return kind
        if around is line:
            return None
        around = around.getparent()
    return None
