"""``./citynews`` on a bare machine: a copy of this checkout, an empty HOME, no environment.

The installation is real, so these tests need the package registry, as every first start does.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running import ROOT

BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3"
PATIENCE_S = 170


def copy_checkout(folder: Path) -> Path:
    """What git has or would take of this work tree, as a checkout of its own."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def bare(home: Path, **extra: str) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    return {"PATH": f"{BASE_PYTHON.parent}:/usr/bin:/bin", "HOME": str(home), **extra}


def begin(starter: Path, *words: str, cwd: Path, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [starter, *words], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy whose environment two starters made at once, and the HOME they did it in."""
    folder = tmp_path_factory.mktemp("bare")
    checkout, home, elsewhere = copy_checkout(folder / "checkout"), folder / "home", folder / "elsewhere"
    elsewhere.mkdir()
    both = [begin(checkout / "citynews", "portals", "--json", cwd=elsewhere, env=bare(home)) for _ in "ab"]
    ended = [(*p.communicate(timeout=PATIENCE_S), p.returncode) for p in both]
    for stdout, stderr, code in ended:
        assert code == 0, stderr
        assert json.loads(stdout)["output"] == str(checkout / "output")
        assert all(line.startswith("citynews: ") for line in stderr.splitlines()), stderr
    assert sorted(("fetching uv" in stderr) for _, stderr, _ in ended) == [False, True]
    assert list(elsewhere.iterdir()) == []
    return checkout, home


def start(made: tuple[Path, Path], *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    checkout, home = made
    return subprocess.run(
        [checkout / "citynews", *words],
        cwd="/",
        env=bare(home, **extra),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_set_up_leaves_nothing_outside_the_checkout_but_the_cache(made: tuple[Path, Path]) -> None:
    checkout, home = made
    assert {p.name for p in home.iterdir()} <= {".cache"}
    assert {p.name for p in (home / ".cache").iterdir()} <= {"uv"}
    ignored = subprocess.run(
        ["git", "check-ignore", ".venv/x", ".tools/x"], cwd=ROOT, capture_output=True, text=True
    )
    assert ignored.stdout.split() == [".venv/x", ".tools/x"]
    assert {p.name for p in checkout.iterdir()} <= {".venv", ".tools", *(p.name for p in ROOT.iterdir())}


def test_a_python_that_this_user_cannot_run_is_named(made: tuple[Path, Path], tmp_path: Path) -> None:
    python, aside = made[0] / ".venv/bin/python", tmp_path / "python"
    python.rename(aside)
    locked = tmp_path / "of-another-user"
    locked.touch(mode=0o644)
    python.symlink_to(locked)
    try:
        done = start(made, "portals")
    finally:
        python.unlink()
        aside.rename(python)
    assert done.returncode == 4 and "Traceback" not in done.stderr
    assert str(locked) in done.stderr and "every user can run" in done.stderr


def test_a_finished_set_up_costs_little_and_says_nothing(made: tuple[Path, Path]) -> None:
    checkout, home = made
    python = [checkout / ".venv/bin/python", "-m", "crawler.cli"]
    with_starter, without = [], []
    for _ in range(3):
        begun = time.perf_counter()
        assert start(made, "portals").stderr == ""
        with_starter.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        subprocess.run([*python, "portals"], cwd=checkout, env=bare(home), capture_output=True, check=True)
        without.append(time.perf_counter() - begun)
    assert min(with_starter) - min(without) < 0.3


def test_the_work_folder_and_other_projects_settings_are_not_in_the_way(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    for name in ("click.py", "crawler.py", "json.py"):
        (tmp_path / name).write_text("raise RuntimeError('not ours')\n")
    env = bare(made[1], PYTHONPATH=str(tmp_path), VIRTUAL_ENV="/nowhere")
    done = subprocess.run(
        [made[0] / "citynews", "portals"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_link_to_the_starter_finds_the_checkout(made: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "news").symlink_to(made[0] / "citynews")
    done = subprocess.run(
        [tmp_path / "news", "portals", "--json"],
        cwd=tmp_path,
        env=bare(made[1]),
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout)["output"] == str(made[0] / "output")


def test_a_new_lock_file_is_installed_and_the_tests_tools_stay(made: tuple[Path, Path]) -> None:
    checkout, home = made
    (uv,) = checkout.glob(".tools/uv-*/bin/uv")
    python = checkout / ".venv/bin/python"
    env = bare(home, UV_SYSTEM_CERTS="1")
    subprocess.run(
        [uv, "pip", "install", "-q", "--python", python, "iniconfig"], env=env, check=True, timeout=60
    )
    subprocess.run(
        [uv, "pip", "uninstall", "-q", "--python", python, "click"], env=env, check=True, timeout=60
    )
    with open(checkout / "uv.lock", "a") as lock:
        lock.write("\n# another lock file\n")
    done = start(made, "portals")
    assert done.returncode == 0, done.stderr
    assert "installing" in done.stderr and "fetching" not in done.stderr
    subprocess.run([python, "-c", "import iniconfig"], check=True)
    assert start(made, "portals").stderr == ""


def start_with_an_old_python(starter: Path, *words: str) -> subprocess.CompletedProcess[str]:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 6, 9); sys.version = '3.6.9 (default)';"
        f"sys.argv = ['citynews', *{words!r}]; runpy.run_path({str(starter)!r}, run_name='__main__')"
    )
    return subprocess.run([BASE_PYTHON, "-c", pretend], capture_output=True, text=True)


def test_an_old_python_gets_one_sentence(tmp_path: Path) -> None:
    ast.parse((ROOT / "citynews").read_bytes(), feature_version=(3, 7))
    done = start_with_an_old_python(Path(shutil.copy(ROOT / "citynews", tmp_path)))
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1 and "3.11 or newer, and this is 3.6.9" in done.stderr


def test_an_old_python_starts_what_a_newer_one_has_set_up(made: tuple[Path, Path]) -> None:
    done = start_with_an_old_python(made[0] / "citynews", "portals", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["output"] == str(made[0] / "output")


def test_closed_streams_are_opened_before_files_can_get_their_numbers() -> None:
    close = (
        f"import os, runpy; starter = runpy.run_path({str(ROOT / 'citynews')!r}); os.closerange(0, 3);"
        "starter['open_streams'](); os._exit(0 if all(map(os.get_inheritable, range(3))) else 1)"
    )
    assert subprocess.run([BASE_PYTHON, "-c", close], capture_output=True).returncode == 0


def test_without_a_network_the_sentence_says_so(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    env = bare(
        tmp_path / "home",
        HTTPS_PROXY="http://127.0.0.1:9",
        PIP_RETRIES="0",
        PIP_INDEX_URL="https://127.0.0.1:9/",
    )
    done = subprocess.run(
        [checkout / "citynews", "portals"], cwd="/", env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert "check the network" in done.stderr.splitlines()[-1]


def python_without_pip(folder: Path, *, venv_works: bool) -> Path:
    """A Python as distributions ship it: no pip, and perhaps no working venv."""
    subprocess.run([BASE_PYTHON, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    if not venv_works:
        (packages,) = folder.glob("lib/python*/site-packages")
        (packages / "sitecustomize.py").write_text("import sys\nsys.modules['venv'] = None\n")
    return folder / "bin" / "python3"


@pytest.mark.parametrize("has_pip", [True, False])
def test_pip_fetches_uv_whatever_its_settings_and_a_private_one_where_there_is_none(
    has_pip: bool, tmp_path: Path
) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    python = BASE_PYTHON if has_pip else python_without_pip(tmp_path / "python", venv_works=True)
    fetch = f"import runpy; print(runpy.run_path('{checkout}/citynews')['fetch_uv']())"
    (checkout / ".tools").mkdir()
    env = bare(tmp_path / "home", PIP_REQUIRE_VIRTUALENV="1", PIP_USER="1")
    done = subprocess.run([python, "-c", fetch], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert subprocess.run([done.stdout.strip(), "--version"], capture_output=True).returncode == 0
    assert (checkout / ".tools/pip").exists() is not has_pip


def test_without_pip_and_venv_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    python = python_without_pip(tmp_path / "python", venv_works=False)
    done = subprocess.run(
        [python, checkout / "citynews", "portals"],
        env=bare(tmp_path / "home"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert "apt install python3-venv" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("indexes", [{"PIP_INDEX_URL": "https://mirror.example/simple"}, {}])
def test_a_mirror_named_for_pip_is_asked_by_uv_too(indexes: dict[str, str]) -> None:
    show = (
        f"import runpy; print(runpy.run_path('{ROOT}/citynews')['uv_environment']().get('UV_DEFAULT_INDEX'))"
    )
    env = {"PATH": os.environ["PATH"], **indexes}
    done = subprocess.run([BASE_PYTHON, "-c", show], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == indexes.get("PIP_INDEX_URL", "None")
