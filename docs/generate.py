"""``python -m docs.generate``: writes what the pages say of the code, from the code.

A page holds blocks between ``<!-- NAME: made by python -m docs.generate -->`` and
``<!-- end -->``; everything outside is written by hand. A test (``tests/test_docs.py``)
fails where a page is not what this module would write.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import errors
from pipelines.archive import Portal
from pipelines.dispositions import Disposition
from pipelines.errors import EXIT_CODES, CitynewsError
from pipelines.model import (
    Article,
    Attachment,
    Capture,
    FieldRule,
    Image,
    RecordRef,
    Rejection,
    RelatedLink,
)
from pipelines.places import PLACES
from pipelines.rows import KEYS, ROWS, ArticleRow, CaptureRow, CoverageRow, EventRow, ImageRow, RejectionRow
from pipelines.tables import schema

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/exit-codes.md", "docs/output.md", "output/README.md")
NOUNS: dict[type, tuple[type, ...]] = {
    ArticleRow: (Article, Capture, RecordRef),
    ImageRow: (Image,),
    CaptureRow: (Capture, RecordRef),
    CoverageRow: (Disposition,),
    EventRow: (RecordRef,),
    RejectionRow: (Rejection, Capture, RecordRef),
}
"""Where a column is described that its row class does not describe; ``ArticleRow`` comes last."""
STRUCTURES = {
    "images": Image, "related": RelatedLink, "attachments": Attachment, "provenance": FieldRule,
}  # fmt: skip
"""The columns of ``articles`` whose entries have fields of their own."""
BLOCK = re.compile(r"(<!-- ([\w-]+): made by python -m docs\.generate -->\n).*?(<!-- end -->)", re.S)


def main() -> None:
    """Write every page anew."""
    for name in PAGES:
        path = ROOT / name
        path.write_text(renewed(path.read_text("utf-8")), "utf-8")


def renewed(page: str) -> str:
    """A page with all its blocks as the code has them now. Raises KeyError for an unknown block."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found[2]]()}\n{found[3]}", page)


def exit_codes() -> str:
    """Code and meaning."""
    return _table(("code", "meaning"), ((str(code), told.meaning) for code, told in EXIT_CODES.items()))


def exit_codes_in_full() -> str:
    """Code, meaning, what to do, and the error that ends with it."""
    raised = {
        e.exit_code: f"`{e.__name__}`"
        for e in vars(errors).values()
        if isinstance(e, type) and issubclass(e, CitynewsError)
    }
    return _table(
        ("code", "meaning", "what to do", "error"),
        ((str(c), t.meaning, t.to_do, raised.get(c, "")) for c, t in EXIT_CODES.items()),
    )


def places() -> str:
    """What lies in an archive's folder."""
    rows = ((f"`{place.path}`", place.holds, place.standing) for place in PLACES)
    return _table(("place", "what it holds", "standing"), rows)


def portal_block() -> str:
    """The fields of the portal block."""
    told = meanings(Portal)
    return _table(("field", "meaning"), ((f"`{name}`", told[name]) for name in Portal.model_fields))


def tables() -> str:
    """Every table with every column, and the structures in columns."""
    parts = [_section(name) for name in ROWS if name != "versions"]
    for column, noun in STRUCTURES.items():
        inner = schema("articles").field(column).type.value_type
        rows = ((f"`{f.name}`", _type(f), meanings(noun)[f.name]) for f in inner)
        parts.append(f"## Each entry of `{column}`\n\n" + _table(("field", "type", "meaning"), rows))
    return "\n".join(parts)


def _section(name: str) -> str:
    row = ROWS[name]
    told = _column_meanings(row)
    title = "articles and versions" if row is ArticleRow else name
    keys = {t: ", ".join(f"`{k}`" for k in KEYS[t]) for t in ROWS if ROWS[t] is row}
    said = "; ".join(f"of `{table}`: {key}" for table, key in keys.items())
    columns = ((f"`{f.name}`", _type(f), told[f.name]) for f in schema(name))
    what = _plain(row.__doc__ or "")
    return f"## {title}\n\n{what} Key {said}.\n\n" + _table(("column", "type", "meaning"), columns)


def _column_meanings(row: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for noun in (row, *NOUNS.get(row, ()), ArticleRow):
        found = meanings(noun) | found
    return found


def meanings(noun: type) -> dict[str, str]:
    """What the docstrings below the fields and properties of a class say, by name."""
    body = ast.parse(textwrap.dedent(inspect.getsource(noun))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for node, after in zip(body.body, [*body.body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            found[node.name] = _plain(ast.get_docstring(node) or "")
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            said = after.value.value if _is_text(after) else None  # type: ignore[attr-defined]
            if said:
                found[node.target.id] = _plain(said)
    return found


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _plain(docstring: str) -> str:
    """A docstring as one line of Markdown: its first paragraph, names in code marks."""
    line = " ".join(docstring.strip().partition("\n\n")[0].split())
    line = re.sub(r":\w+:(?=`)", "", line).replace("``", "`")
    return line.replace("`None`", "null")


def _type(field: pa.Field) -> str:
    return _name(field.type) + (" or null" if field.nullable else "")


def _name(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_name(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(f.name for f in kind) + "}"
    return {"timestamp[us, tz=UTC]": "timestamp (µs, UTC)", "date32[day]": "date"}.get(str(kind), str(kind))


def _table(head: tuple[str, ...], rows: Iterator[Any]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(
        "|" + "|".join(" --- " if c == "---" else f" {c} " for c in line) + "|\n" for line in lines
    )


BLOCKS: dict[str, Callable[[], str]] = {
    "exit-codes": exit_codes,
    "exit-codes-in-full": exit_codes_in_full,
    "places": places,
    "portal-block": portal_block,
    "tables": tables,
}


if __name__ == "__main__":
    main()
