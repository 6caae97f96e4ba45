"""Which package may import what: the contracts of .importlinter, and what they cannot say."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT

EXTRACT_MAY_IMPORT = ("pipelines.extract", *(f"pipelines.{m}" for m in ("decode", "text", "urls", "model")))
"""What the reader's digest covers (RULES: reading); anything else would change articles unseen."""

WET_IN_THE_STANDARD_LIBRARY = ("urllib.request", "http.client", "ftplib", "smtplib", "xmlrpc", "socketserver")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            # `from pipelines import text` names pipelines.text.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def belongs(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages, or lies in one."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "pipelines/extract").rglob("*.py")), ids=lambda p: p.stem)
def test_reading_imports_only_what_the_reader_digest_covers(path: Path) -> None:
    ours = [m for m in imports(path) if belongs(m, ("pipelines", "crawler", "tests"))]
    # A layout is not under the reader's digest: a row names it beside the reader.
    lookup = ["pipelines.layouts.of_portal"] if path == ROOT / "pipelines/extract/__init__.py" else []
    assert [m for m in ours if not belongs(m, EXTRACT_MAY_IMPORT)] == lookup


@pytest.mark.parametrize("path", sorted((ROOT / "pipelines/layouts").glob("[!_]*.py")), ids=lambda p: p.stem)
def test_a_layout_is_one_file_that_says_where_things_stand(path: Path) -> None:
    ours = [m for m in imports(path) if belongs(m, ("pipelines", "crawler", "tests"))]
    assert {m.rpartition(".")[0] for m in ours} <= {"pipelines.extract.layout", "pipelines.model"}


@pytest.mark.parametrize("name", ["decode", "text", "urls", "model"])
def test_what_reading_stands_on_imports_nothing_else_of_ours(name: str) -> None:
    ours = [m for m in imports(ROOT / f"pipelines/{name}.py") if belongs(m, ("pipelines", "crawler"))]
    assert [m for m in ours if not belongs(m, EXTRACT_MAY_IMPORT[1:])] == []


def test_no_file_of_pipelines_can_reach_the_network_by_the_standard_library() -> None:
    for path in (ROOT / "pipelines").rglob("*.py"):
        assert [m for m in imports(path) if belongs(m, WET_IN_THE_STANDARD_LIBRARY)] == [], path


def test_the_rule_itself_sees_what_it_forbids(tmp_path: Path) -> None:
    file = tmp_path / "reads.py"
    file.write_text("def f():\n    from pipelines import ledger\n    import urllib.request as r\n")
    assert list(imports(file)) == ["pipelines.ledger", "urllib.request"]
    assert not belongs("pipelines.ledger", EXTRACT_MAY_IMPORT)
    assert not belongs("pipelines.textual", EXTRACT_MAY_IMPORT)
