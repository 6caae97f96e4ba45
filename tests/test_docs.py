"""The pages about the project tell the truth: their commands run, their paths exist, their tables agree."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler.cli.main import VERBS, Verbs
from crawler.naming import slug_of
from docs.generate import PAGES as GENERATED
from docs.generate import renewed
from pipelines import errors
from pipelines.errors import EXIT_CODES
from pipelines.places import PLACES
from tests.mockcity.truth import WHOLE
from tests.running import ROOT, argv, environment

PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "output/README.md"]
README = (ROOT / "README.md").read_text("utf-8")
ON_REQUEST = ("manifests/<number>-<run>.json.sig",)
"""Places that are empty where nobody asked for what fills them."""
NOT_HERE = (
    "./citynews test",
    "./citynews doctor https://thanhphohaiphong.gov.vn/",
    "./citynews crawl https://thanhphohaiphong.gov.vn/",
)
"""Commands that a test cannot run: one would run itself, two need the internet."""


def blocks(text: str, language: str) -> list[str]:
    """The lines of all fenced blocks in a language."""
    found = re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)
    return [line for block in found for line in block.splitlines() if line.strip()]


def starter_lines(path: Path) -> list[str]:
    return [line for line in blocks(path.read_text("utf-8"), "sh") if line.startswith("./citynews")]


def command(verb: str) -> click.Command:
    found = Verbs("citynews").get_command(click.Context(click.Command("citynews")), verb)
    assert found is not None, verb
    return found


LINES = [(page.name, line) for page in PAGES for line in starter_lines(page)]


@pytest.mark.parametrize(("page", "line"), LINES, ids=[line for _, line in LINES])
def test_every_command_in_a_page_is_one_that_the_command_line_takes(page: str, line: str) -> None:
    verb, *arguments = shlex.split(line)[1:]
    command(verb).make_context(verb, arguments)


def test_the_cron_line_is_one_that_the_command_line_takes() -> None:
    (line,) = re.findall(r"^\d+ \d+ \* \* \*\s+(\S+/citynews .+)$", README, re.M)
    verb, *arguments = shlex.split(line)[1:]
    command(verb).make_context(verb, arguments)


@pytest.fixture(scope="module")
def after_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the README's first command was run."""
    folder = tmp_path_factory.mktemp("a reader's folder")
    assert "./citynews demo" in blocks(README, "sh")
    (folder / "said.txt").write_text(run(folder, "./citynews demo"), "utf-8")
    (folder / "page.html").write_text("<title>Bản tin</title><h1>Khánh thành cầu</h1>", "utf-8")
    return folder


def run(folder: Path, line: str) -> str:
    done = subprocess.run(
        argv(*shlex.split(line)[1:]),
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT), CITYNEWS_OUTPUT=str(folder / "output")),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"{line}: {done.stderr}"
    return done.stdout


@pytest.mark.parametrize(
    "line",
    [ln for ln in starter_lines(ROOT / "README.md") if not ln.startswith((*NOT_HERE, "./citynews demo"))],
)
def test_the_commands_of_the_readme_run(line: str, after_demo: Path) -> None:
    assert run(after_demo, line).strip()


@pytest.mark.parametrize("line", blocks(README, "python"))
def test_the_readmes_lines_read_every_article(line: str, after_demo: Path) -> None:
    library = line.partition(".")[0]
    done = subprocess.run(
        [sys.executable, "-c", f"import {library}; print(len({line}))"],
        cwd=after_demo,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == str(WHOLE), done.stderr


def test_what_the_demo_tells_people_to_type_works(after_demo: Path) -> None:
    printed = (after_demo / "said.txt").read_text("utf-8")
    told = printed.partition("look at it:\n")[2].splitlines()
    assert len(told) == 3
    for line in told:
        words = shlex.split(line)
        assert words[0] in (str(ROOT / "citynews"), str(ROOT / ".venv/bin/python"))
        whole = [sys.executable, *words[1:]] if words[1] == "-c" else argv(*words[1:])
        done = subprocess.run(whole, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    page = (ROOT / name).read_text("utf-8")
    assert "made by python -m docs.generate" in page
    assert page == renewed(page), f"{name} is behind the code: run python -m docs.generate"


def test_a_page_behind_the_code_is_noticed() -> None:
    page = README.replace("complete and healthy", "complete")
    assert page != README == renewed(page)


def test_every_exit_code_is_explained_and_the_errors_are_drawn_as_they_are() -> None:
    everything = vars(errors).values()
    classes = [e for e in everything if isinstance(e, type) and issubclass(e, errors.CitynewsError)]
    raised = {e.exit_code for e in classes}
    assert list(EXIT_CODES) == sorted(raised | {0, errors.PAGE_LIMIT, errors.DEADLINE, errors.UNCHECKED})
    drawn = re.findall(r"(\w+) +(\d+)$", errors.__doc__ or "", re.M)
    assert {(e.__name__, e.exit_code) for e in classes} == {(name, int(code)) for name, code in drawn}


def test_no_exit_code_is_written_as_a_number_elsewhere() -> None:
    written = {
        int(code)
        for package in ("crawler", "pipelines")
        for path in (ROOT / package).rglob("*.py")
        if path.name != "errors.py"
        for code in re.findall(r"\bexit_code\W{1,3}(\d+)", path.read_text("utf-8"))
    }
    assert written <= {0, 1}


def test_whatever_lies_in_an_archive_stands_in_the_list_of_places(after_demo: Path) -> None:
    root = after_demo / "output/mockcity"
    files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    assert [file for file in files if not any(place.matches(file) for place in PLACES)] == []
    lasting = [p for p in PLACES if p.standing != "in work" and p.path not in ON_REQUEST]
    assert [place.path for place in lasting if not any(place.matches(file) for file in files)] == []


def test_the_live_line_makes_the_archive_that_the_readme_names() -> None:
    (address,) = re.findall(r"^\./citynews crawl (https://\S+)", README, re.M)
    assert f"`output/{slug_of(address)}/`" in README


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_stands_in_the_page_of_commands(verb: str) -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    section = re.search(rf"^## {verb}\b.*?(?=^## |\Z)", page, re.S | re.M)
    assert section is not None
    general = page.partition("\n## ")[0]
    for parameter in command(verb).params:
        for option in (*parameter.opts, *parameter.secondary_opts):
            if option.startswith("--"):
                assert f"`{option}" in section[0] or f"`{option}" in general, option


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_every_test_that_a_page_names_exists() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"(test_\w+\.py)::(test_\w+)", page.read_text("utf-8"))
    }
    assert len(named) > 20
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in _source(file)]
    assert not missing


def _source(file: str) -> str:
    return "".join(path.read_text("utf-8") for path in ROOT.glob(f"tests/**/{file}"))


def test_every_path_in_architecture_exists() -> None:
    named = re.findall(
        r"`((?:crawler|pipelines|tests|docs)/[\w./]*)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    )
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_room_and_every_file_of_the_two_halves_stands_in_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for package in ("crawler", "pipelines"):
        for path in (ROOT / package).iterdir():
            if path.is_dir() and any(path.glob("*.py")):
                assert f"`{package}/{path.name}/`" in page
            elif path.suffix == ".py" and path.name != "__init__.py":
                assert f"`{package}/{path.name}`" in page
