"""The recipes of CONTRIBUTING hold: each is followed in a copy of the checkout."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, environment

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COPIED = ("crawler", "pipelines", "docs", "output", "README.md", "uv.lock", "pyproject.toml")
READ = """
from datetime import UTC, datetime
from pipelines.extract import extract_html
page = '''<!doctype html><meta name="description" content="A bridge."><title>New bridge opened</title>
<body><main><article><h1>New bridge opened</h1>
<p>The bridge across the old harbour was opened on Monday morning, a year later than planned.</p>
<p>Some two thousand people walked over it before the first bus was let through with the council.</p>
<p>The ferry will run until the end of the month, and its crew has been offered work in the port.</p>
</article></main></body>'''
print(extract_html(page.encode(), "https://city.example/b", captured_at=datetime.now(UTC)).description)
from pipelines.tables import schema
print(schema("articles").field("description").type)
"""


def recipe(title: str) -> list[str]:
    """The snippets of a recipe."""
    section = re.search(rf"^## {title}$.*?(?=^## )", PAGE, re.S | re.M)
    assert section is not None
    return re.findall(r"^```python\n(.*?)^```", section[0], re.S | re.M)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code, without archives."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            code = shutil.ignore_patterns("__pycache__", "archived_month=*", *_archives())
            shutil.copytree(ROOT / name, tmp_path / name, ignore=code)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def _archives() -> list[str]:
    return [path.name for path in (ROOT / "output").iterdir() if path.is_dir()]


def insert(file: Path, after: str, text: str) -> None:
    before = file.read_text("utf-8")
    assert before.count(after) == 1, after
    file.write_text(before.replace(after, after + text), "utf-8")


def python(checkout: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env=environment(PYTHONPATH=str(checkout), PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_field_is_added(checkout: Path) -> None:
    field, rule, lines = recipe("Add a field")
    call, column = lines.splitlines(keepends=True)
    insert(checkout / "pipelines/model.py", '    """Keywords the page prints."""\n', field)
    terms = checkout / "pipelines/extract/terms.py"
    terms.write_text(terms.read_text("utf-8") + "\n\n" + rule, "utf-8")
    reading = checkout / "pipelines/extract/__init__.py"
    insert(reading, "        tags=keywords,\n", call)
    insert(reading, "from pipelines.extract.terms import ", "description, ")
    insert(checkout / "pipelines/rows.py", "    tags: tuple[str, ...]\n", column)
    assert python(checkout, "-c", READ) == "A bridge.\nstring\n"
    python(checkout, "-m", "docs.generate")
    column = "| `description` | string or null | The summary for search engines"
    assert column in (checkout / "docs/output.md").read_text("utf-8")


def test_a_city_is_added(checkout: Path) -> None:
    (whole,) = recipe("Add what is known of a city")
    assert "`crawler/portals/wrenmouth.py`, whole" in PAGE
    (checkout / "crawler/portals/wrenmouth.py").write_text(whole, "utf-8")
    listed = python(checkout, "-m", "crawler.cli", "portals")
    assert "wrenmouth  https://wrenmouth.example/news/  to begin: citynews crawl wrenmouth --new" in listed
    slug = "from crawler.naming import slug_of; print(slug_of('https://www.news.wrenmouth.example/x'))"
    assert python(checkout, "-c", slug) == "wrenmouth\n"


def test_a_verb_is_added(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (whole,) = recipe("Add a verb")
    assert "`crawler/cli/sections.py`, whole" in PAGE
    (checkout / "crawler/cli/sections.py").write_text(whole, "utf-8")
    insert(checkout / "crawler/cli/main.py", '    "crawl",', ' "sections",')
    assert "Count PORTAL's articles by section." in python(checkout, "-m", "crawler.cli", "--help")
    shutil.copytree(ROOT / "tests", checkout / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    output = str(tmp_path_factory.mktemp("output"))
    python(checkout, "-m", "crawler.cli", "demo", "--output", output)
    told = python(checkout, "-m", "crawler.cli", "sections", "mockcity", "--output", output)
    assert re.search(r"^ +\d+ Đô thị$", told, re.M)


@pytest.mark.parametrize("title", ["Add a field", "Add what is known of a city", "Add a verb"])
def test_a_recipe_fits_on_one_screen(title: str) -> None:
    section = re.search(rf"^## {title}$.*?(?=^## )", PAGE, re.S | re.M)
    assert section is not None
    shown = sum(max(1, -(-len(line) // 100)) for line in section[0].strip().splitlines())
    assert 25 <= shown <= 42
