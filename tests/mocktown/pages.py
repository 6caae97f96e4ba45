"""The pages that are no news: services, events, meetings, the calendar, the staff directory."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mocktown.frame import link, text
from tests.mocktown.truth import Facts


def main(facts: Facts) -> str:
    """The ``main`` element of such a page."""
    return '<main id="content">\n' + "\n".join(part for part in _parts(facts) if part) + "\n</main>"


def _parts(facts: Facts) -> Iterator[str]:
    kind = facts["kind"]
    yield f'<section class="{kind}">\n<h1>{text(facts["title"])}</h1>'
    yield f'<p class="when">{text(facts["when"])}</p>' if facts["when"] else ""
    if kind in ("directory", "calendar"):
        yield _table(facts)
    elif facts["facts"]:
        pairs = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts["facts"])
        yield f'<dl class="meta">{pairs}</dl>'
    yield from (f"<p>{text(paragraph)}</p>" for paragraph in facts["paragraphs"])
    if kind == "event":
        yield '<p><button type="button">Add to calendar</button></p>'
    if links := "".join(f"<li>{link(to['path'], to['title'])}</li>" for to in facts["links"]):
        yield f"<ul>{links}</ul>"
    yield "</section>"


def _table(facts: Facts) -> str:
    rows = "".join(f"<tr><th>{text(a)}</th><td>{text(b)}</td></tr>" for a, b in facts["facts"])
    return f"<table>{rows}</table>" if rows else ""


def missing() -> str:
    """The ``main`` element of what a missing address answers."""
    return (
        '<main id="content">\n<section class="error">\n<h1>Page not found</h1>\n'
        f"<p>The address may be old or mistyped. Try the {link('/services', 'list of services')}.</p>\n"
        "</section>\n</main>"
    )
