"""The AMP pages at ``<permalink>/amp``, as the plugin "AMP for WP" makes them with its theme Swift.

They print title, lead, content and sections, and no date of publication; ``Tin khác``
names the newest articles. The content is the same under every theme of the city.
"""

from __future__ import annotations

import re

from tests.mockcity.article import article_content
from tests.mockcity.text import content, markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import View

_IMAGE = re.compile(r'<img [^>]*?src="([^"]+)"[^>]*/>')


def amp_page(view: View, article: Facts) -> str:
    """The AMP page of an article."""
    title = markup(article["title"])
    return f"""<!doctype html>
<html amp lang="{view.site["language"]}">
<head>
<meta charset="utf-8">
<title>{title} &#8211; {markup(view.name)}</title>
<link rel="canonical" href="{view.url(article["path"])}" />
<meta name="viewport" content="width=device-width,initial-scale=1,minimum-scale=1">
<script async src="https://cdn.ampproject.example/v0.js"></script>
<style amp-custom>.cntn-wrp{{max-width:800px}}</style>
</head>
<body class="body single-post {view.numbers[article["slug"]]} design_3_wrapper">
<header class="header-3 h_m"><div class="cntr">
<div class="logo"><a href="{view.base}/">{markup(view.name)}</a></div>
</div></header>
<div class="sp sgl">
<div class="cntr artl-hdr">
{_sections(view, article)}
<h1 class="amp-post-title">{title}</h1>
{_excerpt(article)}
</div>
<div class="sp-artl"><div class="cntr sp-cntn">
<div class="cntn-wrp artl-cnt">
{_IMAGE.sub(_amp_img, article_content(view.base, article))}
</div>
</div></div>
{_newest(view, article)}
</div>
<footer class="footer"><div class="rr">
<span>{markup(view.name)}</span> <a href="{view.url(article["path"])}">Xem bản đầy đủ</a>
</div></footer>
</body>
</html>
"""


def _amp_img(match: re.Match[str]) -> str:
    return f'<amp-img src="{match[1]}" width="800" height="533" layout="responsive" alt=""></amp-img>'


def _sections(view: View, article: Facts) -> str:
    names = "".join(
        f'<span class="amp-cat amp-cat-{s["id"]}"><a href="{view.url(s["path"])}">{markup(s["name"])}</a>'
        "</span>"
        for s in map(view.section, article["sections"])
    )
    return f'<div class="amp-category">{names}</div>'


def _excerpt(article: Facts) -> str:
    if "excerpt" not in article["lead_kind"]:
        return ""
    return f'<div class="tl-exc">{content(article["lead"], article["quirks"])}</div>'


def _newest(view: View, article: Facts) -> str:
    items = "".join(
        f'<div class="fsp"><div class="fsp-cnt"><h2 class="loop-title"><a href="{view.url(a["path"])}">'
        f"{markup(a['title'])}</a></h2></div></div>"
        for a in view.others({**article, "related": []}, 4)
    )
    return f'<div class="r-pf"><h3>Tin khác</h3>\n{items}</div>'
