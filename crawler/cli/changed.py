"""What ``changes`` found, in lines: what happened, to which article, how sure it is; edits word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines.archive import instant
from pipelines.counted import counted
from pipelines.report.happened import Happened
from pipelines.report.word_diff import Piece, plain, word_diff

if TYPE_CHECKING:
    from crawler.cli.outcome import Line

Values = Mapping[str, Any]

NAMES = {"removal_suspected": "suspected removed"}
"""Kinds whose name is no word."""
FIELDS = ("title", "lead", "paragraphs", "byline", "photo_credits", "images", "attachments")
"""Columns of a version that an edit can change, in the order in which they are shown."""


def lines(found: Sequence[Happened], total: int) -> Iterator[Line]:
    """All events, an empty line between them."""
    if not found:
        yield "nothing happened that is known here"
        return
    for item in found:
        event = item.event
        kind = NAMES.get(event["kind"], event["kind"])
        yield f"{_minute(item.known_at)}  {kind}: {item.title or 'an article without a title'}"
        yield f"  {event['url']}"
        yield f"  {_how_sure(item)}"
        for name, passage in passages(item):
            label = f"  {name}: "
            yield (Piece("same", label), *(Piece(p.how, p.text.replace("\n", " ¶ ")) for p in passage))
        yield ""
    shown = "" if len(found) == total else f" of {total}; --limit shows more"
    yield f"{len(found)} {'event' if len(found) == 1 else 'events'}{shown}"


def passages(item: Happened) -> Iterator[tuple[str, list[Piece]]]:
    """Of an edit, the passages that changed, each with its column."""
    if item.before is None or item.after is None:
        return
    for name in FIELDS:
        old, new = _text(item.before, name), _text(item.after, name)
        if old != new:
            yield from ((name, passage) for passage in word_diff(old, new))


def as_json(item: Happened) -> dict[str, Any]:
    """An event for programs: its row, the titles, and the passages of an edit with ``[-…-]``, ``{+…+}``."""
    row = {name: instant(v) if isinstance(v, datetime) else v for name, v in item.event.items()}
    return row | {
        "title": item.title,
        "target_title": item.target_title,
        "known_at": instant(item.known_at),
        "passages": [{"field": name, "words": plain(passage)} for name, passage in passages(item)],
    }


def _text(version: Values, name: str) -> list[str]:
    """A column as lines of text."""
    value = version[name]
    if name == "images":
        value = [" ".join(filter(None, (image["caption"], image["credit"]))) for image in value]
    elif name == "attachments":
        value = [f"{file['name'] or ''} {file['url']}".strip() for file in value]
    lines = [value] if isinstance(value, str) else value or []
    return [line for line in lines if line]


def _how_sure(item: Happened) -> str:
    """The moments between which it happened, and what shows it."""
    event = item.event
    kind, target = event["kind"], event["target_url"]
    seen, before = _minute(event["seen_at"]), event["before_at"]
    window = f"between {_minute(before)} and {seen}" if before else f"seen {seen}, not looked at before"
    if kind == "edited":
        words = f"{counted(event['words_added'], 'word')} added, {event['words_removed']} removed"
        versions = f"version {event['version_before']} to {event['version_after']}"
        return f"{versions}, {', '.join(event['changed'])}: {words}; {window}"
    if kind == "published" and item.published:
        return f"the page says {item.published}; {window}"
    if kind == "moved":
        return f"to {target}; {window}"
    if kind == "merged":
        return f"redirects onto {item.target_title or 'another article'}, {target}; {window}"
    if kind == "removed":
        return f"{_answer(event)}, and again {_minute(event['confirmed_at'])}; {window}"
    if kind == "removal_suspected":
        return f"{_answer(event)}, not confirmed; {window}"
    return window


def _answer(event: Values) -> str:
    """The answer that speaks of a removal."""
    target = event["target_url"]
    return f"redirects to {target}, which is no article" if target else f"answered {event['status']}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
