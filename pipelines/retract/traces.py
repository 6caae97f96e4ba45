"""Where in an archive the words of a text stand: which records, and which other files.

Texts are compared by their words, without case, marks and markup, whatever escapes a feed or REST puts them
in; attributes of elements count, addresses do not, though many have the title in them. A title counts from
four words on, a passage is twelve words in a row: less stands in many by chance.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.archive import Archive
from pipelines.decode import decode_content, decode_text
from pipelines.model import Article
from pipelines.text import fold, unescaped, words
from pipelines.warc.member import StoredRecord
from pipelines.warc.message import http_view
from pipelines.warc.reader import capture_of_record

PASSAGE = 12
"""Words of a passage."""
_SHORTEST_TITLE = 4
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_OTHER_ESCAPES = re.compile(r"\\[nrt\"]")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile(r"(?:https?:)?//\S+", re.I)
_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is looked for, in the form in which texts are compared."""

    titles: frozenset[str]
    passages: frozenset[str]
    article_ids: frozenset[str] = frozenset()
    """The articles themselves, by which reports name them."""

    def found_in(self, text: str) -> str | None:
        """``text`` or ``title``, or ``None`` where a text has neither."""
        plain = f" {comparable(text)} "
        if any(f" {passage} " in plain for passage in self.passages):
            return "text"
        return "title" if any(f" {title} " in plain for title in self.titles) else None


def words_of(articles: Iterable[Article], article_ids: Iterable[str] = ()) -> Words:
    """The words by which articles are found again, and their ids."""
    titles: set[str] = set()
    passages: set[str] = set()
    for article in articles:
        title = comparable(article.title)
        if title.count(" ") >= _SHORTEST_TITLE - 1:
            titles.add(title)
        for block in (article.lead or "", *article.paragraphs):
            passages |= set(_passages(comparable(block).split(" ")))
    return Words(titles=frozenset(titles), passages=frozenset(passages), article_ids=frozenset(article_ids))


def comparable(text: str) -> str:
    """The words of a text as they are compared."""
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    text = unescaped(unescaped(_OTHER_ESCAPES.sub(" ", text.replace("\\/", "/"))))
    said = (value for pair in _ATTRIBUTE.findall(text) for value in pair if " " in value)
    plain = " ".join((_TAG.sub(" ", text), *said))
    return " ".join(words(fold(_ADDRESS.sub(" ", plain))))


def in_record(stored: StoredRecord, wanted: Words) -> str | None:
    """What of the words a record holds, in whatever coding and charset it came."""
    ours = (stored.target_uri or "").startswith("urn:citynews:")  # addresses and what became of them
    if stored.type in ("request", "warcinfo") or ours or stored.fields:
        return None
    if stored.is_answer:
        capture = capture_of_record(stored, crawl_id="")
        body, kind = decode_content(capture.payload, capture.content_encoding).body, capture.content_type
    else:
        body, kind = http_view(stored.block).payload or stored.block, None
    return wanted.found_in(decode_text(body, kind).text)


def other_files(archive: Archive, wanted: Words) -> Iterator[Path]:
    """Files beside the evidence that hold some of the words: reports and logs of runs, and what was cut off
    WARC files."""
    for path in sorted(archive.runs.rglob("*")):
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        if any(name in text for name in wanted.article_ids) or wanted.found_in(text):
            yield path
    for path in sorted(archive.quarantine.glob("*.tail")):
        if any(wanted.found_in(text) for text in _pieces(path.read_bytes())):
            yield path


def without(value: Any, wanted: Words, instead: str) -> Any:
    """A value of JSON without the entries of lists that speak of an article, and each other text that holds
    some of the words replaced."""
    if isinstance(value, str):
        return instead if wanted.found_in(value) else value
    if isinstance(value, list):
        return [without(item, wanted, instead) for item in value if not _speaks_of(item, wanted)]
    if isinstance(value, dict):
        return {key: without(item, wanted, instead) for key, item in value.items()}
    return value


def _speaks_of(entry: Any, wanted: Words) -> bool:
    return isinstance(entry, dict) and entry.get("article_id") in wanted.article_ids


def _passages(found: list[str]) -> Iterator[str]:
    """Pieces of a block, one after another; the last one ends with it."""
    for start in range(0, len(found) - PASSAGE + 1, PASSAGE):
        yield " ".join(found[start : start + PASSAGE])
    if len(found) > PASSAGE:
        yield " ".join(found[-PASSAGE:])


def _pieces(data: bytes) -> Iterator[str]:
    """What can be inflated of a piece of a file, member by member, as far as each goes."""
    at = data.find(_MAGIC)
    yield data.decode("utf-8", "replace")
    while at >= 0:
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        parts = []
        try:
            for start in range(at, len(data), 1024):
                parts.append(inflater.decompress(data[start : start + 1024]))
        except zlib.error:
            pass
        record = b"".join(parts)
        view = http_view(record[record.find(b"\r\n\r\n") + 4 :])
        body = decode_content(view.payload, view.get("content-encoding")).body
        yield from (text.decode("utf-8", "replace") for text in (record, body))
        at = data.find(_MAGIC, at + 1)
