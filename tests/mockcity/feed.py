"""The city's feeds: RSS 2.0 with the content and Dublin Core modules, as WordPress writes them."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from itertools import islice

from tests.mockcity.sitemap import changed
from tests.mockcity.text import attribute, markup
from tests.mockcity.theme import Theme
from tests.mockcity.truth import Facts
from tests.mockcity.view import View, excerpt

PER_FEED = 10
_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("atom", "http://www.w3.org/2005/Atom"),
        ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
    )
)


def feed(view: View, look: Theme, path: str, articles: list[Facts], page: int = 1) -> bytes | None:
    """The feed at ``path`` over articles (newest first), ten to a page (``?paged=N``);
    None where no such page is."""
    shown = articles[(page - 1) * PER_FEED : page * PER_FEED]
    if page < 1 or (not shown and page > 1):
        return None
    items = "".join(_item(view, look, article) for article in shown)
    built = max((changed(a) for a in shown), default="2018-01-01T00:00:00Z")
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_SPACES}>
<channel>
<title>{markup(view.name)}</title>
<atom:link href="{attribute(view.url(path))}" rel="self" type="application/rss+xml" />
<link>{view.base}</link>
<description>Tin tức và thông báo của thành phố</description>
<lastBuildDate>{_mail_date(built)}</lastBuildDate>
<language>{view.site["language"]}</language>
<sy:updatePeriod>hourly</sy:updatePeriod>
<generator>https://wordpress.org/?v=6.5</generator>
{items}</channel>
</rss>
""".encode()


def section_feed(view: View, look: Theme, path: str, page: int) -> bytes | None:
    """The feed of the section or tag whose feed stands at ``path``; None where there is none."""
    for term in view.sections() + view.tags():
        if f"{term['path']}feed/" == path:
            return feed(view, look, path, view.filed(term), page)
    return None


def main_feed(view: View, look: Theme, page: int) -> bytes | None:
    """The feed of all articles, newest first."""
    count = PER_FEED * page if page > 0 else 0
    return feed(view, look, "/feed/", list(islice(view.newest, count)), page)


def _item(view: View, look: Theme, article: Facts) -> str:
    number = view.numbers[article["slug"]]
    terms = "".join(
        f"<category>{_cdata(name)}</category>\n" for name in article["sections"] + article["tags"]
    )
    author = (article["seo"] or {}).get("author", "quantri")
    return f"""<item>
<title>{markup(article["title"])}</title>
<link>{view.url(article["path"])}</link>
<dc:creator>{_cdata(author)}</dc:creator>
<pubDate>{_mail_date(article["published_at"])}</pubDate>
{terms}<guid isPermaLink="false">{view.url(f"/?p={number}")}</guid>
<description>{_cdata(markup(excerpt(article)))}</description>
<content:encoded>{_cdata(look.content(view, article))}</content:encoded>
</item>
"""


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]&gt;')}]]>"


def _mail_date(instant: str) -> str:
    return format_datetime(datetime.fromisoformat(instant))
