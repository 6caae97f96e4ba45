"""WordPress, as its own code and its default themes mark up a post.

The names are those of WordPress core's blocks (``core/post-title``, ``core/post-content``)
and of the hAtom classes that its classic default themes print.
"""

from __future__ import annotations

from pipelines.extract.layout import Layout, View

LAYOUT = Layout(
    views=(
        View(title="h1.wp-block-post-title", content=".wp-block-post-content"),
        View(title="h1.entry-title", content=".entry-content"),
    )
)
