"""Look-ups: what the archive knows of an address, an article or a file. Never the network.

Everything comes out as plain values, for people (the command line prints them) and for
programs (``--json``).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines.archive import Archive, Portal, instant
from pipelines.decode import decode_content
from pipelines.errors import UsageError
from pipelines.fold import fold
from pipelines.inspect.custody import custody
from pipelines.inspect.explain import Explanation, explain
from pipelines.inspect.fates import told as fate_told
from pipelines.inspect.retracted import retraction, tombstones
from pipelines.layouts import layout
from pipelines.manifest import Stored, files_of, read_chain, reading_of
from pipelines.model import Capture, ReadingContext, RecordRef, Rejection
from pipelines.read_warc import read_all
from pipelines.reader import reader_id
from pipelines.rows import ROWS, columns
from pipelines.tables import committed_rows
from pipelines.urls import url_key
from pipelines.warc.reader import Damage, capture_of_record, read_captures, read_one
from pipelines.warc.tombstone import TYPE

_ARTICLE_ID = re.compile(r"[0-9a-f]{32}")


def is_article_id(word: str) -> bool:
    """Whether a word is written as an ``article_id``."""
    return bool(_ARTICLE_ID.fullmatch(word))


def inspect_url(archive: Archive, url: str) -> dict[str, Any]:
    """The fate of an address in any of its spellings (and in words why it was asked or not, when, when
    again, and by which robots.txt), its captures, and its newest reading.

    Raises:
        UsageError: the archive has never heard of it.
    """
    key = url_key(url)
    fates = [r for r in _rows(archive, "coverage") if r["url_key"] == key]
    robots = {r["robots_record"] for r in fates}
    held = _rows(archive, "captures")
    rows = [r for r in held if url_key(r["url"]) == key or r["warc_record_id"] in robots]
    captures = [r for r in rows if url_key(r["url"]) == key]
    if not fates and not captures:
        raise UsageError(
            "this address is not in the archive; crawl the portal, or look for another spelling", place=url
        )
    captures.sort(key=lambda r: (r["captured_at"], r["warc_record_offset"]))
    newest = captures[-1] if captures else None
    payload = _with_payload(newest, captures) if newest else None
    gone = payload is not None and payload["record_type"] == TYPE
    return {
        "url": url,
        "fate": [{"why": fate_told(fate, rows), **_plain(fate)} for fate in fates],
        "retracted": [retraction(archive, c) for c in captures if c["record_type"] == TYPE],
        "captures": _plain(captures),
        "reading": _read_stored(archive, payload) if payload and not gone else None,
        "custody": custody(archive, newest) if newest else None,
        "payload_custody": custody(archive, payload) if payload and payload != newest else None,
    }


def inspect_article(archive: Archive, article_id: str) -> dict[str, Any]:
    """An article's row, its versions, the addresses that lead to it, and its custody.

    Raises:
        UsageError: no row has this id.
    """
    row = next((r for r in _rows(archive, "articles") if r["article_id"] == article_id), None)
    if row is None and (gone := tombstones(_rows(archive, "captures"), article_id)):
        told = {"article_id": article_id, "retracted": [retraction(archive, r) for r in gone]}
        addresses = list(dict.fromkeys(r["url"] for r in gone))
        return {**told, "addresses": addresses, "custody": custody(archive, gone[-1])}
    if row is None:
        raise UsageError("no article has this id in the archive", place=article_id)
    versions = [r for r in _rows(archive, "versions") if r["article_id"] == article_id]
    addresses = [r["url"] for r in _rows(archive, "coverage") if r["article_id"] == article_id]
    named = ("version", "captured_at", "last_captured_at", "title", "content_sha256", "warc_record_id")
    held = (archive.root / row["warc_filename"]).is_file()
    return {
        "article": _plain(row),
        "reading": _read_stored(archive, row) if held else None,
        "versions": [{name: _plain(v[name]) for name in named} for v in versions],
        "addresses": addresses,
        "custody": custody(archive, row),
    }


def inspect_file(path: Path, *, url: str | None = None, portal: Portal | None = None) -> dict[str, Any]:
    """What is read out of a file: an HTML page, or every page of a WARC file, with the
    places (``damage``) where the WARC file cannot be read.

    Args:
        path: an ``.html`` or ``.warc.gz`` file, gzipped pages too.
        url: the address the page came from, the file's own by default; of a WARC file the
            page of this address is read alone.
        portal: the portal that the pages are of, as its archive knows it.

    Raises:
        UsageError: it cannot be read.
    """
    if path.name.endswith((".warc.gz", ".warc")):
        damage: list[Damage] = []
        pages = [c for c in _captures(path, damage) if _is_page(c)]
        if url and not (pages := [c for c in pages if url_key(c.url) == url_key(url)]):
            raise UsageError(f"no page of {url} is in the file", place=str(path))
        readings = [_read(c, portal) for c in pages]
        told = [f"{path} at byte {d.offset}: {d.what}" for d in damage]
        return {"file": str(path), "readings": readings, "damage": told}
    try:
        data = path.read_bytes()
        html = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, EOFError) as error:
        raise UsageError(f"cannot read the file: {error}", place=str(path)) from error
    address = url or path.resolve().as_uri()
    page = Capture(url=address, captured_at=saved, payload=html)
    return {"file": str(path), "reading": _read(page, portal)}


def _with_payload(capture: Mapping[str, Any], captures: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The capture that holds what a revisit repeats; any other is its own. A digest by other software is one
    that only its records state: then it is the address's last answer that reads likewise."""
    if capture["record_type"] != "revisit":
        return capture
    ours = capture["payload_digest"].startswith("sha256:")
    named = ("url", "payload_digest") if ours else ("url", "reading")
    same = [c for c in captures if all(c[n] == capture[n] for n in named)]
    return next((c for c in reversed(same) if c["record_type"] in ("response", TYPE)), capture)


def _read_stored(archive: Archive, capture: Mapping[str, Any]) -> dict[str, Any]:
    """The reading of a stored capture, made now from its record."""
    ref = RecordRef(**{f.name: capture[f.name] for f in fields(RecordRef)})
    stored = capture_of_record(read_one(archive.root, ref), crawl_id=capture["crawl_id"])
    return _read(stored, archive.portal)


def _read(capture: Capture, portal: Portal | None) -> dict[str, Any]:
    if portal is None:
        return _reading(explain(capture, ReadingContext()))
    return _reading(explain(capture, portal.context, layout(portal.layout)))


def _reading(told: Explanation) -> dict[str, Any]:
    """A reading as plain values: with an article, ``rules`` says which rule found each field;
    ``explained`` what every rule found, ``blocks`` what each line of the page is."""
    result = told.result
    value = {f.name: _plain(getattr(result, f.name)) for f in fields(result)}
    why = {"explained": _plain(told.fields), "blocks": _plain(told.blocks), "left_out": told.left_out}
    if isinstance(result, Rejection):
        return {"kind": "rejection", **value, **why}
    rules: dict[str, list[str]] = {}
    for entry in result.provenance:
        rules.setdefault(entry.field, []).append(entry.rule)
    del value["provenance"]
    return {"kind": "article", **value, "rules": rules, "reader": reader_id(), **why}


def _captures(path: Path, damage: list[Damage]) -> Sequence[Capture]:
    """The captures that can be read; what cannot is entered in ``damage``."""
    try:
        with path.open("rb") as file:
            plain = file.read(5) == b"WARC/"
        if plain:  # sound perhaps, and nothing that a copy would mend
            what = "it is not compressed; `warcio recompress` makes a .warc.gz of it, which can be read"
            raise UsageError(what, place=str(path))
        return list(read_captures(path, warc_filename=path.name, damage=damage))
    except OSError as error:
        raise UsageError(f"cannot read the file: {error.strerror}", place=str(path)) from error


def _is_page(capture: Capture) -> bool:
    """Whether an answer is a page: no redirect, no picture, no sitemap."""
    head = decode_content(capture.payload, capture.content_encoding, limit=4096).body
    kind = (capture.content_type or "text/html").lower()
    return capture.status == 200 and "html" in kind and not head.startswith(b"<?xml")


def _rows(archive: Archive, table: str) -> list[dict[str, Any]]:
    """Rows of a table; folded from the evidence where the tables in place lack the newest of it."""
    chain = read_chain(archive)
    tables = reading_of(chain)
    if tables is None or chain[-1].manifest.status == "unhealthy":
        return _folded(archive, chain, table)
    return list(committed_rows(archive.root, chain[-1].manifest.tables[table]))


def _folded(archive: Archive, chain: tuple[Stored, ...], table: str) -> list[dict[str, Any]]:
    portal = archive.portal
    paths = [f.path for f in files_of(chain)]
    read = read_all(paths, archive_root=archive.root, context=portal.context, layout=portal.layout)
    folded = fold(read, portal=portal.slug, scope=portal.scope, reader=reader_id())
    names = columns(ROWS[table])
    return [{name: getattr(item.row, name) for name in names} for item in folded.rows[table]]


def _plain(value: Any) -> Any:
    """A value in the terms of JSON, for people: instants and days in ISO 8601."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
