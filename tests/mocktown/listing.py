"""Lists of articles: home page, newsroom in pages of twelve, months, topics, keywords; and feed and map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.mocktown.frame import FEED, link, printed_day, text
from tests.mocktown.truth import Facts

PER_PAGE = 12
IN_FEED = 15
SUMMARY_WORDS = 18
SITEMAP = "/sitemap.xml"


def listings(site: Facts, articles: list[Facts]) -> Iterator[tuple[str, str, str]]:
    """(target, title, ``main`` element) of every list."""
    newest = list(reversed(articles))
    yield "/", site["name"], _home(site, newest)
    yield "/index.html", site["name"], _home(site, newest)
    yield from _newsroom(newest)
    releases = [a for a in newest if a["path"].startswith("/press-releases/")]
    yield "/press-releases", "Press releases", _plain("Press releases", releases)
    for path, title in _months(newest):
        yield path, title, _plain(title, [a for a in newest if a["path"].startswith(f"{path}/")])
    for section in site["sections"]:
        chosen = [a for a in newest if section["name"] in a["sections"]]
        yield f"/topics/{section['slug']}", section["name"], _plain(f"Topic: {section['name']}", chosen)
    for tag in site["tags"]:
        chosen = [a for a in newest if tag["name"] in a["tags"]]
        yield f"/keywords/{tag['slug']}", tag["name"], _plain(f"Keyword: {tag['name']}", chosen)


def _home(site: Facts, newest: list[Facts]) -> str:
    old_address, article = next((old, new) for old, new in site["redirects"].items() if "/news/" in new)
    title = next(a["title"] for a in newest if a["path"] == article)
    topics = " ".join(link(f"/topics/{s['slug']}", s["name"]) for s in site["sections"])
    return f"""<main id="content">
<h1>Welcome to Wrenmouth</h1>
<section class="lead-story"><h2>{link(newest[0]["path"], newest[0]["title"])}</h2>
<p>{text(_summary(newest[0]))}</p></section>
<section class="news"><h2>News</h2>
{_items(newest[1:6])}
<p>{link("/news", "All news")} {link("/press-releases", "Press releases")}</p></section>
<section class="popular"><h2>Most read</h2><ul><li>{link(old_address, title)}</li></ul></section>
<section class="errands"><h2>Quick links</h2><ul><li>{link("/parking", "Parking permits")}</li>
<li>{link(site["missing"][0], "Dog licences")}</li><li>{link("/events/repair-cafe", "Repair café")}</li>
</ul></section>
<nav class="topics"><h2>Topics</h2>{topics}</nav>
</main>"""


def _newsroom(newest: list[Facts]) -> Iterator[tuple[str, str, str]]:
    last = -(-len(newest) // PER_PAGE)
    months = " ".join(link(path, title) for path, title in _months(newest))
    for number in range(1, last + 1):
        shown = newest[(number - 1) * PER_PAGE : number * PER_PAGE]
        older = f'<a rel="next" href="/news?page={number + 1}">Older news</a>' if number < last else ""
        newer = f'<a rel="prev" href="/news?page={number - 1}">Newer news</a>' if number > 1 else ""
        body = (
            f'{_items(shown)}\n<p class="pager">Page {number} of {last} {newer} {older}</p>\n<p>{months}</p>'
        )
        yield f"/news?page={number}", "Newsroom", _main("Newsroom", body)
        if number == 1:
            yield "/news", "Newsroom", _main("Newsroom", body)


def _months(newest: Iterable[Facts]) -> list[tuple[str, str]]:
    named = {}
    for article in newest:
        if article["path"].startswith("/news/"):
            month, year = printed_day(article).split()[0], article["published_date"][:4]
            named[article["path"].rsplit("/", 1)[0]] = f"{month} {year}"
    return list(named.items())


def _plain(heading: str, articles: list[Facts]) -> str:
    return _main(heading, _items(articles))


def _main(heading: str, body: str) -> str:
    return (
        f'<main id="content">\n<section class="index">\n<h1>{text(heading)}</h1>\n{body}\n</section>\n</main>'
    )


def _items(articles: Iterable[Facts]) -> str:
    items = "\n".join(
        f'<li><span class="day">{printed_day(a)}</span> <h3>{link(a["path"], a["title"])}</h3>'
        f"<p>{text(_summary(a))}</p></li>"
        for a in articles
    )
    return f'<ol class="entries">\n{items}\n</ol>'


def _summary(article: Facts) -> str:
    words = (article["lead"] or article["paragraphs"][0]).split()
    return " ".join(words[:SUMMARY_WORDS]) + ("…" if len(words) > SUMMARY_WORDS else "")


def feed(site: Facts, base: str, articles: list[Facts]) -> str:
    """The newest articles as Atom (RFC 4287). Its instants are those that the pages print with
    a zone; where a page prints none, noon UTC of the printed day stands for it."""
    newest = list(reversed(articles))[:IN_FEED]
    entries = "\n".join(_entry(base, article) for article in newest)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site["language"]}">
<title>{text(site["name"])}: news</title>
<id>{base}{FEED}</id>
<link rel="self" href="{base}{FEED}"/>
<link href="{base}/news"/>
<updated>{_instant(newest[0])}</updated>
<author><name>{text(site["name"])}</name></author>
{entries}
</feed>
"""


def _entry(base: str, article: Facts) -> str:
    return f"""<entry>
<title>{text(article["title"])}</title>
<id>tag:wrenmouth.example,{article["published_date"]}:{article["slug"]}</id>
<link rel="alternate" type="text/html" href="{base}{article["path"]}"/>
<published>{_instant(article)}</published>
<updated>{article["modified_at"] or _instant(article)}</updated>
<summary>{text(_summary(article))}</summary>
</entry>"""


def _instant(article: Facts) -> str:
    return str(article["published_at"] or f"{article['published_date']}T12:00:00Z")


def sitemap(site: Facts, base: str, articles: list[Facts]) -> str:
    """All pages, news or not, in one plain map (sitemaps.org protocol 0.9), days only."""
    dated = [(a["path"], (a["modified_at"] or a["published_date"])[:10]) for a in articles]
    others = [(path, "2026-11-20") for path in ("/", "/news", *(p["path"] for p in site["pages"]))]
    urls = "\n".join(
        f"<url><loc>{base}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in sorted(others + dated)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )
