"""WordPress, as its own code and its default themes mark up a post.

``wp-block-post-title`` and ``wp-block-post-content`` are the classes of WordPress core's blocks
``core/post-title`` and ``core/post-content``; ``entry-title`` and ``entry-content`` are those of
microformats hAtom, as its classic default themes print them.
"""

from __future__ import annotations

from pipelines.extract.layout import Layout, View

LAYOUT = Layout(
    views=(
        View(title="h1.wp-block-post-title", content=".wp-block-post-content"),
        View(title="h1.entry-title", content=".entry-content"),
    )
)
