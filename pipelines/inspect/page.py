"""One page that shows how a page was read: its lines coloured by what they are, beside a table of fields.

It opens without a network and asks for nothing: no script, no picture, no link that leads out. What
the archived page says is text here, whatever it is there; a policy in the page
(Content Security Policy, Level 3) forbids the rest.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Mapping
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any

from pipelines.archive import write_durably
from pipelines.errors import ConfigurationError, DiskFull, UsageError
from pipelines.extract.blocks import PICTURES
from pipelines.report.markup import safe

Values = Mapping[str, Any]

ROLES = {
    "title": "headline",
    "lead": "lead",
    "text": "paragraph",
    "byline": "byline",
    "date": "line of the date",
    "caption": "caption",
    "image": "picture",
    "related heading": "heading of related news",
    "related": "related link",
    "used": "source, section, tag or the like",
    "end": "after the article's end",
    "furniture": "between or beside, and not the article's",
    "outside": "elsewhere on the page",
}
"""What a line can be, and how the legend calls it."""

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; }
header { padding: 12px 20px; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
h1 { font-size: 1.15rem; margin: 0 0 4px; }
h2 { font-size: 1rem; margin: 0 0 8px; }
header p { margin: 2px 0; font-size: .85rem; color: #444; }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
section { padding: 16px 20px; overflow-wrap: anywhere; }
section + section { border-left: 1px solid #ccc; font-size: .85rem; }
@media (min-width: 801px) {
  section + section { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto;
    box-sizing: border-box; }
}
.legend span, .b { border-left: 6px solid #bbb; padding: 1px 8px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 10px; font-size: .8rem; margin-bottom: 14px; }
.b { margin: 0 0 6px; unicode-bidi: isolate; }
.b:target { outline: 3px solid #000; }
.b small { float: right; margin-left: 8px; font-size: .7rem; color: #444; }
.title { background: #ffe08a; border-color: #c79200 !important; font-weight: 700; }
.lead { background: #ffd3b0; border-color: #d2691e !important; }
.text { background: #e3f1da; border-color: #5a9a3a !important; }
.byline { background: #e6d6f5; border-color: #8040bf !important; }
.date { background: #cfe6fa; border-color: #2070b0 !important; }
.caption { background: #d5f0ee; border-color: #209088 !important; }
.image { background: #eefaf9; border-color: #209088 !important; }
.related-heading { background: #fbd7e4; border-color: #b02860 !important; font-weight: 700; }
.related { background: #fdeaf1; border-color: #b02860 !important; }
.used { background: #f3f0c0; border-color: #8a8420 !important; }
.end { background: #ededed; color: #555; }
.furniture, .outside { color: #666; font-size: .8rem; }
.outside { border-color: #eee !important; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 14px; }
caption { text-align: left; font-weight: 700; padding-top: 6px; }
.value { font-weight: 400; }
td { border-top: 1px solid #ddd; padding: 2px 6px 2px 0; vertical-align: top; }
td:nth-child(1) { width: 5.5em; }
td:nth-child(2) { width: 11em; }
td:nth-child(4) { width: 5.5em; white-space: nowrap; }
.won { font-weight: 700; color: #1d6b1d; }
.refused { color: #a01818; }
.outranked, .agrees { color: #555; }
.value { margin: 2px 0 4px; }
.value li { margin-bottom: 2px; }
@media (max-width: 800px) { main { display: block; } section + section { border-left: 0; } }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
_ASIDE = ("kind", "explained", "blocks", "left_out", "rules", "reader", "layout", "url", "parse_status")


def explain_page(reading: Values, facts: Mapping[str, str | None]) -> str:
    """The page for one reading.

    Args:
        reading: as ``pipelines.inspect`` gives it.
        facts: what else is known of it, by name: file, record …; shown above the page.
    """
    rejected = reading["kind"] == "rejection"
    verdict = f"no article: {reading['reason']}" if rejected else "article"
    name = reading.get("title") or reading["url"]
    shown = {"url": reading["url"], "verdict": verdict, **facts}
    shown |= {n: reading.get(n) for n in ("detail", "parse_status", "layout", "reader")}
    above = "".join(f"<p>{n}: {safe(v)}</p>" for n, v in shown.items() if v)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>How it was read: {safe(name)}</title><style>{_STYLE}</style></head>\n"
        f"<body><header><h1>How it was read: {safe(name)}</h1>{above}</header>\n<main>"
        f"<section><h2>The page, line by line</h2>{_legend(reading['blocks'])}"
        f"{''.join(map(_block, reading['blocks']))}{_rest(reading['left_out'])}</section>\n"
        f"<section><h2>The fields, and what each rule found</h2>{''.join(_fields(reading))}</section>"
        "</main></body></html>\n"
    )


def write_page(path: Path, page: str) -> None:
    """Write a page under its name, whole or not at all. A file that is there is replaced.

    Raises:
        UsageError: what is there is no file.
        DiskFull, ConfigurationError: it cannot be written there.
    """
    if path.exists() and not path.is_file():
        raise UsageError("this is no file that a page could replace; give it another name", place=str(path))
    try:
        write_durably(path, page.encode())
    except OSError as error:
        kind = DiskFull if error.errno in (ENOSPC, EDQUOT) else ConfigurationError
        sentence = f"cannot write the page: {error.strerror}; choose another place for it"
        raise kind(sentence, place=str(path)) from error


def _role(block: Values) -> str:
    """What a line is; one that is no part of the text may still hold a field."""
    role = block["role"] or "outside"
    return "used" if block["fields"] and role in ("furniture", "outside") else role


def _legend(blocks: list[Values]) -> str:
    used = {_role(b) for b in blocks}
    parts = (f'<span class="{_class(r)}">{told}</span>' for r, told in ROLES.items() if r in used)
    return f'<div class="legend">{"".join(parts)}</div>'


def _class(role: str) -> str:
    return role.replace(" ", "-")


def _block(block: Values) -> str:
    at, role = block["block"], _class(_role(block))
    text = f"[picture] {block['text']}" if block["tag"] in PICTURES else block["text"]
    marks = " · ".join((str(at), f"<{block['tag']}>", *block["fields"]))
    return (
        f'<p class="b {role}" id="b{at}" title="{safe(block["path"])}" dir="auto">'
        f"<small>{safe(marks)}</small>{safe(text)}</p>\n"
    )


def _rest(left_out: int) -> str:
    return f"<p>{left_out:,} further lines are not shown.</p>" if left_out else ""


def _fields(reading: Values) -> Iterator[str]:
    reasons = {e["field"]: e for e in reading["explained"]}
    for name in (*reading, *(r for r in reasons if r not in reading)):
        value, reason = reading.get(name), reasons.get(name)
        if name in _ASIDE or (value in (None, "", [], {}) and reason is None):
            continue
        rows = "".join(map(_candidate, reason["candidates"])) if reason else ""
        notes = "".join(f'<tr><td>note</td><td colspan="3">{safe(n)}</td></tr>' for n in _notes(reason))
        if name == "paragraphs" and value:
            value = f"{len(value)}, as the page has them"
        yield f"<table><caption>{safe(name)}{_value(value)}</caption>{rows}{notes}</table>\n"


def _notes(reason: Values | None) -> list[str]:
    return list(reason["notes"]) if reason else []


def _value(value: Any) -> str:
    """A field's value, in plain type under its name."""
    if isinstance(value, list):
        items = "".join(f"<li>{safe(_line(v))}</li>" for v in value)
        return f'<ul class="value">{items}</ul>' if items else '<div class="value">none</div>'
    return f'<div class="value" dir="auto">{safe("none" if value is None else value)}</div>'


def _line(value: Any) -> str:
    """A picture or link on one line."""
    return " · ".join(str(v) for v in value.values() if v) if isinstance(value, Mapping) else str(value)


def _candidate(candidate: Values) -> str:
    at = candidate["block"]
    where = "metadata" if at is None else f'<a href="#b{at}">block {at}</a>'
    verdict = candidate["verdict"]
    why = f"<br>since {safe(candidate['why'])}" if verdict == "refused" else ""
    return (
        f'<tr class="{verdict}"><td>{verdict}</td><td>{safe(candidate["rule"])}</td>'
        f"<td>{safe(candidate['value'])}{why}</td><td>{where}</td></tr>"
    )
