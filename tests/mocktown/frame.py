"""What stands around every page of the town: head, masthead, sidebar and foot.

Most of it is there to mislead: an alert and a foot with dates of their own, and a
sidebar with dated events and headlines of other news.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date

from tests.mocktown.truth import Facts

FEED = "/news/feed.atom"
MENU = (
    ("/news", "Newsroom"), ("/services", "Services"), ("/calendar/2026/03", "Calendar"),
    ("/directory", "Directory"), ("/about", "About"),
)  # fmt: skip
COMING_UP = (
    ("/events/budget-hearing", "10 March 2026", "Public hearing on next year’s budget"),
    (
        "/events/spring-tide-walk",
        "Saturday, March 21, 2026, 6:15 a.m.",
        "Spring tide walk at Saltmarsh Point",
    ),
)


def text(value: str) -> str:
    """Text between tags."""
    return html.escape(value, quote=False)


def attribute(value: str) -> str:
    """A value between double quotes."""
    return html.escape(value, quote=True)


def link(path: str, name: str) -> str:
    """An ``a`` element; addresses of the town's own pages are written without a host."""
    return f'<a href="{attribute(path)}">{text(name)}</a>'


def printed_day(article: Facts) -> str:
    """The day of publication as lists print it: ``March 5, 2026``."""
    day = date.fromisoformat(article["published_date"])
    return f"{day:%B} {day.day}, {day.year}"


def page(
    site: Facts, *, title: str, main: str, latest: Iterable[Facts], head: str = "", old: bool = False
) -> str:
    """A whole page. ``head`` is added to the head; ``old`` gives the masthead of the years
    before 2023, in which the town's name is the ``h1``."""
    name = text(site["name"])
    shown = name if title == site["name"] else f"{text(title)} | {name}"
    menu = "\n".join(link(path, word) for path, word in MENU)
    return f"""<!doctype html>
<html lang="{site["language"]}">
<head>
<meta charset="utf-8">
<title>{shown}</title>
<link rel="stylesheet" href="/assets/town.css">
<link rel="icon" href="/assets/crest.png">
{head}
</head>
<body>
<a class="skip" href="#content">Skip to main content</a>
<div class="alert" role="status">Water main work on Dunnock Lane until November 30, 2026. Expect delays.</div>
<div id="masthead">
<a href="/"><img src="/assets/crest.png" width="40" height="40" alt="Crest"></a>
{f"<h1>{name}</h1>" if old else f"<strong>{name}</strong>"}
<nav aria-label="Main">{menu}</nav>
</div>
{main}
{_sidebar(latest)}
<footer>
<p>{link("/accessibility", "Accessibility")} {link("/vacancies/deckhand", "Vacancies")} \
{link("/staff-login", "Staff login")}</p>
<p>City Hall, 1 Customs House Square. Switchboard 555 0100.</p>
<p>© 2018–2026 {name}. Site last updated: November 20, 2026</p>
</footer>
<script src="/assets/menu.js"></script>
</body>
</html>
"""


def _sidebar(latest: Iterable[Facts]) -> str:
    events = "".join(f"<dt>{text(when)}</dt><dd>{link(path, title)}</dd>" for path, when, title in COMING_UP)
    news = "".join(
        f"<li>{link(a['path'], a['title'])} "
        f'<time datetime="{a["published_date"]}">{printed_day(a)}</time></li>'
        for a in latest
    )
    return f"""<div id="sidebar">
<h2>Coming up</h2>
<dl>{events}</dl>
<h2>Latest from the newsroom</h2>
<ul>{news}</ul>
</div>"""
