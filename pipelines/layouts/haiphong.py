"""The news portal of Hải Phòng: WordPress, with the plugin "AMP for WP" (theme Swift).

The theme of its ordinary pages is unknown. Where it keeps the class names of WordPress's
default themes the second view fits; elsewhere its pages are read without a layout.
"""

from __future__ import annotations

from pipelines.extract.layout import Layout, View
from pipelines.model import ReadingContext

LAYOUT = Layout(
    views=(
        View(title="h1.amp-post-title", content=".cntn-wrp.artl-cnt"),
        View(title="h1.entry-title", content=".entry-content"),
    )
)

CONTEXT = ReadingContext(
    zone="Asia/Ho_Chi_Minh", language="vi", site_name="Cổng tin tức Thành phố Hải Phòng"
)
