"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from crawler.settings import USER_AGENT
from pipelines.warc.writer import SOFTWARE
from tests.running import ROOT
from tests.test_floors import imports

LONGEST_FUNCTION = 40
MOST_FILES = 40
"""At the root of either half; what belongs together has a room of its own."""
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
def test_a_file_is_found_in_a_minute(package: str) -> None:
    assert len([path for path in sources() if path.parent == ROOT / package]) <= MOST_FILES


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Modules that import each other in a ring, from one back to it; none where there is no ring."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_imports_go_in_a_circle() -> None:
    """Not even those that only the type checker follows: nobody can read one of the files by itself."""
    halves = [path for path in sources() if path.relative_to(ROOT).parts[0] in ("crawler", "pipelines")]
    modules = {module_of(path): path for path in halves}
    graph = {
        module: {name if name in modules else name.rpartition(".")[0] for name in imports(path)}
        for module, path in modules.items()
    }
    assert circle(graph) == []


def test_a_circle_is_noticed() -> None:
    assert circle({"a": ["b"], "b": ["c"], "c": ["a"]}) == ["a", "c", "b", "a"]


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
