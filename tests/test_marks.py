"""The table of marks, and that the reader knows no class, id or name but those in it.

The reader's source is looked through with ``ast``: what a rule could compare with a page's own
classes must stand in the table, or below with its reason. Words of languages are no marks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from lxml import etree

from pipelines.extract.evidence import EVIDENCE
from pipelines.extract.marks import asking, marked, names, properties, table, time_of, wholly_marked
from pipelines.extract.marks.table import ATTRIBUTE, ELEMENT, META, SCHEMA_ORG, TABLE
from pipelines.extract.words import TABLES
from pipelines.extract.words.table import Words
from pipelines.model import Article
from tests.running import ROOT

READER = ROOT / "pipelines/extract"
SOURCES = [
    path
    for path in sorted(READER.rglob("*.py"))
    if path != READER / "marks/table.py" and path.parent.name != "words"
]
ALLOWED = {
    "attributes and headers of HTML and HTTP": {"http-equiv", "Content-Encoding", "Content-Type"},
    "what WAI-ARIA calls a thing": {"aria-label"},
    "CSS, in style attributes": {"text-align", "display:none", "font-weight", "font-style", "font-"},
    "media types and charsets": {"octet-stream", "utf-8"},
    "verdicts of our own, as the model documents them": {
        "encoding_uncertain", "unknown_coding", "not_html", "soft_error", "other_page", "no_title", "no_body",
        "video_only", "document_only",
    },
    "a function of XPath": {"string-length"},
    "errors of libxml2": {"ERR_NO_MEMORY", "ERR_RESOURCE_LIMIT"},
    "words in addresses, which are no marks": {"tac-gia", "chu-de", "chuyen-muc", "danh-muc", "trang-chu"},
    "places in names of time zones": {"New_York", "Los_Angeles"},
    "names of things in sentences for people": {"WordPress", "JSON-LD", "hAtom"},
    "a function of ours": {"extract_html"},
    "the beginning of languages": {"en-"},
    "what WordPress adds to the name of a picture's file": {"-scaled"},
    "a service of films, whose embedded players its documentation describes": {"youtube-nocookie"},
    "addresses, files and words with a point": {"index.html", "gravatar.com", "zone.tab"},
}  # fmt: skip
"""What has the shape of a mark and is none, with the reason."""
ASKED = {
    ("layout.py", "class"): "a layout names the classes of its own portal",
    ("page.py", "property"): "the names of metadata are gathered there",
}
"""Where an attribute that bears marks is read but in ``marks``, with the reason."""
SHAPE = re.compile(
    r"[A-Za-z][A-Za-z0-9]*(?:[-_:]{1,2}[A-Za-z0-9]+)+|\b[a-z]+[A-Z][A-Za-z0-9]*|\b[A-Z][a-z]+[A-Z][A-Za-z0-9]*"
)
"""Words joined by hyphens, underscores or colons, and words with a capital inside."""
PIECE = re.compile(r"[A-Za-z]{2,}[-_]{1,2}(?![\w\s-])|(?<![\w\s\\-])[-_]{1,2}[A-Za-z]{2,}")
"""Beginnings and ends of such words, as patterns and composed strings have them."""
LANGUAGE = re.compile(rf"(?:{'|'.join(TABLES)})-[A-Za-z]{{2}}")
"""A language with a table of words, and a country (BCP 47)."""
TAG = re.compile(r"[a-z]{2,3}-[a-z]{2}")
"""The same of any language, in the file that is a table of them."""
RANGES = re.compile(r"(?:[A-Za-z0-9]-[A-Za-z0-9])+")
"""Ranges of letters in patterns."""
SELECTOR = re.compile(
    r"(?:[a-z][a-z0-9]*)?[.#][A-Za-z_][\w-]{2,}(?:[ >+~,.#].*)?|.*(?:\[@|@class|\[class|\[id).*"
)
"""CSS selectors and paths that ask for classes or ids."""
BEARING = {"class", "id"} | {row[0] for row in TABLE} - {ELEMENT, ATTRIBUTE, META}
KNOWN = (
    {row[1] for row in TABLE}
    | SCHEMA_ORG
    | {f.name for kind in (Article, Words) for f in fields(kind)}
    | set(EVIDENCE)
)
KNOWN |= {rule for rules in EVIDENCE.values() for rule, _ in rules}


def literals(tree: ast.AST) -> Iterator[str]:
    """All strings of a module that are no docstrings."""
    said = {
        id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def shapes(text: str) -> list[str]:
    """The parts of a string that have the shape of a mark."""
    found = [
        part
        for part in SHAPE.findall(text) + PIECE.findall(text)
        if not RANGES.fullmatch(part) and not LANGUAGE.fullmatch(part)
    ]
    return [*found, text] if SELECTOR.fullmatch(text) else found


def ways_round(tree: ast.AST) -> Iterator[str]:
    """Ways to a page's classes and metadata that do not lead through the table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("attrib", "xpath", "cssselect"):
            yield f".{node.attr}"
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called.endswith((".meta", ".metas.get")) and any(isinstance(a, ast.Constant) for a in node.args):
            yield ast.unparse(node)
        if called.endswith("XPath") and any(isinstance(a, ast.Constant) for a in node.args):
            yield ast.unparse(node)


def strangers(source: str, name: str) -> list[str]:
    """What a module of the reader may not say: marks that are not in the table, attributes that bear
    marks, and ways round."""
    tree = ast.parse(source)
    allowed = KNOWN.union(*ALLOWED.values())
    if name == "language.py":
        allowed |= {text for text in literals(tree) if TAG.fullmatch(text)}
    found = []
    for text in literals(tree):
        found += [part for part in shapes(text) if part not in allowed and text not in allowed]
        if text in BEARING and name != "marks/__init__.py" and (name, text) not in ASKED:
            found.append(f"attribute {text}")
    return [*found, *ways_round(tree)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(READER)))
def test_the_reader_knows_no_mark_but_those_of_the_table(path: Path) -> None:
    assert strangers(path.read_text("utf-8"), str(path.relative_to(READER))) == []


@pytest.mark.parametrize(
    "planted",
    [
        'BOXES = frozenset(("box-tinlienquan",))',
        'found = "detail__author" in names_of(element)',
        'found = "articleContent" in said',
        'found = re.compile(r"^(?:detail|news)-content$")',
        'found = "detail" in (element.get("class") or "").split()',
        'found = element.get("id") == "main"',
        'found = element.get(key="rel")',
        "found = element.attrib[key]",
        "found = root.xpath(\"//div[@class='detail']\")",
        'found = etree.XPath("//div/p")',
        'found = select(root, ".detail")',
        'found = select(root, "div.detail p")',
        'found = select(root, "#content")',
        'found = page.meta("byline")',
        'found = f"post-{kind}-title"',
        'found = image.get("data-big")',
    ],
)
def test_a_planted_mark_is_noticed(planted: str) -> None:
    assert strangers(planted, "planted.py") != []


@pytest.mark.parametrize(
    "harmless", ['found = element.get("href")', 'text = "Ảnh: X"', '"""Of ``box-news``."""']
)
def test_other_strings_are_let_be(harmless: str) -> None:
    assert strangers(harmless, "harmless.py") == []


def test_what_is_allowed_is_used() -> None:
    said = {
        part
        for path in SOURCES
        for text in literals(ast.parse(path.read_text("utf-8")))
        for part in shapes(text)
    }
    assert {part for parts in ALLOWED.values() for part in parts} - said == set()
    words = {text for path in SOURCES for text in literals(ast.parse(path.read_text("utf-8")))}
    assert SCHEMA_ORG - {part for word in words for part in re.findall(r"\w+", word)} == set()
    asked = {(path.name, text) for path in SOURCES for text in literals(ast.parse(path.read_text("utf-8")))}
    assert set(ASKED) - asked == set()


def test_every_row_has_a_source() -> None:
    assert [row for row in TABLE if len(row) != 4 or not all(row) or not re.search(r"\w{3}", row[3])] == []
    assert len({row[:3] for row in TABLE}) == len(TABLE)


def test_every_row_is_used() -> None:
    used: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == table.__name__:
                used |= {getattr(table, alias.name) for alias in node.names}
    assert {row[2] for row in TABLE} - used == set()


@pytest.mark.parametrize(
    "row", [r for r in TABLE if r[0] not in (ELEMENT, ATTRIBUTE, META)], ids=lambda r: r[1]
)
def test_every_mark_of_an_element_is_seen(row: tuple[str, str, str, str]) -> None:
    where, mark, says, _ = row
    said = mark.replace("#", "27").replace("*", "Music")
    assert mark in marked(etree.Element("div", {where: f"other {said} another"}), says)
    assert marked(etree.Element("div", {where: f"other{said}s x-{said}"}), says) == []


def test_marks_are_told_in_the_order_of_the_table() -> None:
    element = etree.Element("div", {"class": "e-content entry-content", "itemprop": "text ARTICLEBODY"})
    assert marked(element, table.TEXT) == ["articleBody", "entry-content", "e-content", "text"]
    assert names(table.AT_RIGHT, table.WRITERS_PAGE) == ("author", "has-text-align-right")


def test_an_open_part_of_a_mark_is_a_number_or_letters() -> None:
    assert not marked(etree.Element("body", {"class": "page-id-about page-id-"}), table.NUMBERED)
    assert marked(etree.Element("div", {"itemtype": "https://schema.org/Event"}), table.EVENT)
    assert not marked(etree.Element("div", {"itemtype": "https://schema.org/EventSeries"}), table.EVENT)


def test_a_writer_bears_both_marks() -> None:
    assert wholly_marked(etree.Element("span", {"class": "vcard author"}), table.WRITER)
    assert not wholly_marked(etree.Element("span", {"class": "author"}), table.WRITER)


def test_a_quick_question_gives_the_same_answer() -> None:
    aside = asking(table.BESIDE, table.AROUND)
    for role in ("Navigation", "alert x", "main", ""):
        element = etree.Element("div", {"role": role})
        assert aside(element) == bool(marked(element, table.BESIDE, table.AROUND))
    assert not aside(etree.Element("div"))


def test_properties_are_those_of_the_table() -> None:
    assert properties(etree.Element("meta", {"itemprop": "datepublished url"})) == {"datePublished"}
    assert properties(etree.Element("meta")) == set()


def test_the_innermost_mark_says_what_a_time_is() -> None:
    line = etree.fromstring('<p class="updated"><span class="published"><time/></span><time class="x"/></p>')
    first, second = line.iter("time")
    assert (time_of(first, line), time_of(second, line)) == (table.PUBLICATION, table.EITHER)


def test_the_layout_of_a_platform_says_whose_its_marks_are() -> None:
    tree = ast.parse((ROOT / "pipelines/layouts/wordpress.py").read_text("utf-8"))
    selectors = [text for text in literals(tree) if SELECTOR.fullmatch(text)]
    classes = {name for text in selectors for name in re.findall(r"\.([\w-]+)", text)}
    assert len(classes) == 4
    assert [name for name in classes if f"``{name}``" not in (ast.get_docstring(tree) or "")] == []
