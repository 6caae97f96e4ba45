"""``citynews test``: ruff, mypy, the import floors and pytest, as the project's own checks run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click

from crawler.cli.options import CHECKOUT, every_verb
from crawler.cli.outcome import Outcome
from pipelines.errors import ConfigurationError

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"
CHECKS = (
    ("ruff", ["-m", "ruff", "check", ".", "citynews"]),
    ("mypy --strict", ["-m", "mypy"]),
    ("import floors", ["-c", LINT_IMPORTS, "--no-logo"]),
)
"""Run in this order before the tests; each is a command line of Python's."""
TORTURE = "tests/torture"
WHOLE = "CITYNEWS_TORTURE"
"""The variable by which tests/torture is told to try everything."""
YEAR = "tests/year"
LIVED = "CITYNEWS_YEAR"
"""The variable by which tests/year is told to live the whole year."""


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.option(
    "--torture",
    is_flag=True,
    help="Run all of tests/torture instead of a sample: half an hour or more, with strace.",
)
@click.option(
    "--year",
    is_flag=True,
    help="Run all of tests/year instead of some days: an hour of a simulated year of daily runs.",
)
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST ARGUMENTS]...")
@every_verb
def command(
    torture: bool, year: bool, pytest_arguments: tuple[str, ...], output: Path, as_json: bool
) -> Outcome:
    """Check the code: ruff, mypy --strict, import floors, pytest.

    Arguments go to pytest (citynews test tests/test_cli.py -k sentence). The tests
    run on all cores; -n0 runs them one after the other. --output is accepted as
    everywhere; tests write to temporary folders only.
    """
    if torture and shutil.which("strace") is None:
        raise ConfigurationError("--torture needs strace; on Debian: apt-get install strace")
    wanted = [
        (folder, told) for asked, folder, told in ((torture, TORTURE, WHOLE), (year, YEAR, LIVED)) if asked
    ]
    os.environ.update({told: "1" for _, told in wanted})
    tests = ["-m", "pytest", "-q", "-n", "auto", *(pytest_arguments or [folder for folder, _ in wanted])]
    results = [_check(name, arguments, as_json) for name, arguments in (*CHECKS, ("pytest", tests))]
    failed = [str(r["check"]) for r in results if r["exit_code"]]
    return Outcome(
        summary={"checks": results, "exit_code": 1 if failed else 0},
        exit_code=1 if failed else 0,
        reason=f"{' and '.join(failed)} failed; what is wrong stands above",
    )


def _check(name: str, arguments: list[str], as_json: bool) -> dict[str, object]:
    """Run one check, say how it ended, and report it; what it prints is passed on."""
    print(f"== {name}", file=sys.stderr, flush=True)
    started = time.monotonic()
    # With --json standard output holds the summary alone.
    done = subprocess.run(
        [sys.executable, *arguments], cwd=CHECKOUT, stdout=sys.stderr if as_json else None, check=False
    )
    took = round(time.monotonic() - started, 1)
    verdict = "FAILED" if done.returncode else "ok"
    print(f"== {name}: {verdict} ({took} s)", file=sys.stderr, flush=True)
    return {"check": name, "exit_code": done.returncode, "seconds": took}
