"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.settings import USER_AGENT
from pipelines.warc.writer import SOFTWARE
from tests.running import ROOT

LONGEST_FUNCTION = 40
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager"}


def sources() -> list[Path]:
    """Every Python file that git knows or would take, the starter included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "citynews"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def too_long(tree: ast.AST) -> list[str]:
    """Names of functions over the limit; a decorator is no part of the body's length."""
    return [
        f"{f.name} ({f.end_lineno - f.lineno + 1})"
        for f in functions(tree)
        if f.end_lineno is not None and f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION
    ]


def test_sources_are_found() -> None:
    assert {ROOT / "citynews", ROOT / "pipelines/model.py", ROOT / "crawler/cli/main.py"} <= set(sources())


def test_no_function_is_over_forty_lines() -> None:
    found = {str(p.relative_to(ROOT)): too_long(ast.parse(p.read_bytes())) for p in sources()}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_long_function_is_noticed() -> None:
    body = "\n".join("    x = 1" for _ in range(LONGEST_FUNCTION))
    assert too_long(ast.parse(f"def f():\n{body}\n")) == ["f (41)"]


def test_no_file_is_named_after_nothing() -> None:
    assert [p for p in sources() if p.stem in BANNED_NAMES or p.parent.name in BANNED_NAMES] == []


@pytest.mark.parametrize("package", ["crawler", "pipelines"])
def test_every_module_says_what_it_is(package: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.is_relative_to(ROOT / package)
        and path.read_bytes().strip()
        and ast.get_docstring(ast.parse(path.read_bytes())) is None
    ]
    assert silent == []


@pytest.mark.parametrize("package", ["crawler", "pipelines"])
def test_no_metaclass_and_no_descriptor(package: str) -> None:
    for path in sources():
        if not path.is_relative_to(ROOT / package):
            continue
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                assert not [k for k in node.keywords if k.arg == "metaclass"], f"{path}: {node.name}"
        assert not [f.name for f in functions(tree) if f.name in ("__get__", "__set__", "__set_name__")], path


def test_everything_names_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert USER_AGENT == SOFTWARE == f"citynews/{project}"
