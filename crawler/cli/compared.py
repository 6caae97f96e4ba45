"""``status --answer-key``: the articles on which reading and answer key differ most, both side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crawler.cli.run_lines import answer_key_line
from pipelines.archive import Archive

Values = Mapping[str, Any]

SIDES = (("page", "read", "page_record"), ("source", "listed", "source_record"))
"""How a side is called, and where its values and its record stand in a disagreement."""
SOURCES = {"rest": "REST", "feed": "feeds"}
LEGEND = "words: [-of the source alone-] {+of the page alone+} · inspect ADDRESS shows why a page was read so"
_IN = 5
_LABEL = 8


def both_sides(archive: Archive) -> dict[str, Any]:
    """The answer key of the tables in place, and that of the last run where it is not in them.

    Raises:
        ChainError: the manifests do not form a chain.
        IntegrityError: a table or a source's record is missing, or not what it was.
    """
    from pipelines.answer_key.tables import tables_key
    from pipelines.manifest import RUNS, read_chain
    from pipelines.report.standing import report

    found = tables_key(archive)
    chain = read_chain(archive)
    runs = [s.manifest for s in chain if s.manifest.kind in RUNS]
    held = chain[-1].manifest.tables_sequence if chain else 0
    last = runs[-1] if runs and runs[-1].status == "unhealthy" and runs[-1].sequence > held else None
    return {
        "portal": archive.portal.slug,
        "archive": str(archive.root),
        "tables": {
            "commit": found.commit.sequence,
            "run": found.commit.run_id,
            "committed": found.commit.committed,
            "answer_key": found.key.as_json(),
        }
        if found
        else None,
        "refused": {
            "run": last.run_id,
            "health": [check.sentence for check in last.health],
            "answer_key": report(archive, last.run_id).get("answer_key"),
        }
        if last
        else None,
        "exit_code": 0,
    }


def lines(found: Values, columns: int) -> Iterator[str]:
    """All of it for people.

    Args:
        found: as :func:`both_sides` gives it.
        columns: how wide a line may be; addresses are never cut.
    """
    tables, refused = found["tables"], found["refused"]
    if refused:
        yield from _refused(found["portal"], refused, columns)
    if tables:
        at = tables["committed"][:16].replace("T", " ")
        told = f"{found['portal']}: the tables, of commit {tables['commit']}, run {tables['run']}, {at} UTC"
        yield from _broken(told, columns, "")
        yield from _key(tables["answer_key"], columns)
    else:
        yield f"{found['portal']}: no tables were written yet"
    if _differing(tables) or _differing(refused):
        yield from _broken(LEGEND, columns, "")


def _differing(side: Values | None) -> bool:
    """Whether articles are named on which the answer key of the tables, or of a refused run, differs."""
    key = (side or {}).get("answer_key") or {}
    return any(part.get("worst") for part in (key, *key.get("captured", {}).values()))


def _refused(portal: str, refused: Values, columns: int) -> Iterator[str]:
    yield f"{portal}: run {refused['run']} is not in the tables"
    for sentence in refused["health"]:
        yield from _broken(sentence, columns, "  ")
    key = refused["answer_key"]
    if not key:
        yield "  its report is gone; what it read is told again by the next run"
        return
    if not any(part["worst"] for part in key.get("captured", {}).values()):
        yield from _key(key, columns)
        return
    for kind, part in key["captured"].items():
        yield f"  what it captured, against {SOURCES.get(kind, kind)}:"
        yield from _key(part, columns)


def _key(key: Values, columns: int) -> Iterator[str]:
    told = answer_key_line(key)
    yield from _broken(told, columns, "  ")
    for place, article in enumerate(key["worst"], 1):
        yield f"{place:3}. {article['url']}"
        for name in article["fields"]:
            yield from _FIELDS.get(name, _values)(article, name, columns)
        yield f"{'':{_IN}}evidence"
        for label, _, record in SIDES:
            at = article[record]
            yield _line(label, f"{at['warc_filename']} at byte {at['warc_record_offset']}")
        yield _line("", article["source"])


def _values(article: Values, name: str, columns: int) -> Iterator[str]:
    yield f"{'':{_IN}}{name}"
    for label, side, _ in SIDES:
        yield from _wrapped(label, article[side][name] or "none", columns)


def _text(article: Values, name: str, columns: int) -> Iterator[str]:
    found, known = (article[f"text_{part}_permille"] // 10 for part in ("found", "known"))
    told = f"text: {found} % of the source's was read, {known} % of what was read is the source's"
    yield from _broken(told, columns, " " * _IN)
    passages = article["passages"] or {}
    for label, part in (("page", "only_read"), ("source", "only_listed"), ("words", "words")):
        if passages.get(part):
            yield from _wrapped(label, passages[part], columns)


def _images(article: Values, name: str, columns: int) -> Iterator[str]:
    yield f"{'':{_IN}}images that the other does not have"
    for label, side, _ in SIDES:
        for url in article[side]["images"]:
            yield _line(label, url)


def _wrapped(label: str, text: str, columns: int) -> Iterator[str]:
    for place, line in enumerate(_broken(text, columns - _IN - 2 - _LABEL, "")):
        yield _line("" if place else label, line)


def _line(label: str, text: str) -> str:
    return f"{'':{_IN + 2}}{label:{_LABEL}}{text}"


def _broken(text: str, columns: int, indent: str) -> list[str]:
    """A text over several lines, broken at spaces only."""
    return textwrap.wrap(
        text,
        columns,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


_FIELDS: dict[str, Callable[[Values, str, int], Iterator[str]]] = {"text": _text, "images": _images}
