"""What ``citynews schedule`` prints works as it is in cron's bare world, and systemd takes it."""

from __future__ import annotations

import re
import shlex
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.cli.schedule import EVERY_H, times
from pipelines.archive import Archive, Portal, create
from pipelines.errors import UsageError
from tests.mockcity import MockCity
from tests.running import ROOT, assert_one_sentence, citynews, summary
from tests.test_docs import starter_lines

ODD = "báo 100% của 'thành phố' $HOME"
"""A folder whose name says much to a shell, to cron and to systemd."""
LINE = re.compile(r"(\d+) (\*|[\d,]+) \* \* \*  (.+)")


def as_cron_reads(command: str) -> str:
    """The command of a crontab line as cron hands it to the shell (crontab(5)): a percent sign without
    a backslash would begin the command's standard input."""
    given, *more = re.split(r"(?<!\\)%", command)
    assert not more, "a bare percent sign"
    return given.replace(r"\%", "%")


def by_cron(line: str, *, umask: str = "077", zone: str = "America/Lima") -> subprocess.Popen[str]:
    """Start the command of a crontab line as cron does: no terminal, no HOME, its PATH, another zone."""
    matched = LINE.fullmatch(line)
    assert matched is not None, line
    environment = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LANG": "C", "TZ": zone}
    return subprocess.Popen(
        ["/bin/sh", "-c", f"umask {umask}; {as_cron_reads(matched[3])}"],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(started: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and all that cron would mail."""
    printed = "".join(started.communicate(timeout=100))
    return started.returncode, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A sample city, an archive of it that was begun, and the line for cron."""

    city: MockCity
    archive: Path
    line: str
    hold: threading.Event
    """The city answers nothing while this is cleared."""

    def modes(self) -> set[str]:
        """Modes of all tables, files and folders."""
        return {stat.filemode(path.stat().st_mode) for path in (self.archive / "articles").rglob("*")}


@pytest.fixture(scope="module")
def scheduled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduled]:
    output = tmp_path_factory.mktemp("cron") / ODD
    hold = threading.Event()
    hold.set()
    with MockCity(on_answer=lambda n, path: assert_freed(hold)) as city:
        begun = citynews("crawl", city.url, "--limit", "3", "--allow-loopback", "--output", output, "--json")
        archive = Path(str(summary(begun)["archive"]))
        told = citynews("schedule", archive.name, "--output", output)
        assert told.returncode == 0, told.stderr
        yield Scheduled(city=city, archive=archive, line=told.stdout.strip("\n"), hold=hold)


def assert_freed(hold: threading.Event) -> None:
    assert hold.wait(60)


def test_the_line_works_twice_in_the_bare_world_of_cron_and_says_nothing(scheduled: Scheduled) -> None:
    assert ended(by_cron(scheduled.line)) == (0, "")
    assert scheduled.modes() == {"drwxr-xr-x", "-r--r--r--"}, "whatever the umask is"
    again = citynews("rebuild", scheduled.archive.name, "--output", scheduled.archive.parent, "--json")
    assert summary(again)["rows"]["articles"] == len(scheduled.city.truth)
    assert summary(again)["manifest"] is None, "tables are the same where language and zone are others"
    assert ended(by_cron(scheduled.line, umask="022", zone="UTC")) == (0, "")


def test_while_the_first_runs_a_second_ends_with_75(scheduled: Scheduled) -> None:
    scheduled.hold.clear()
    before = len(scheduled.city.log)
    first = by_cron(scheduled.line)
    try:
        until_asked(scheduled.city, before)
        code, printed = ended(by_cron(scheduled.line))
    finally:
        scheduled.hold.set()
    assert code == 75 and "another run is at work" in printed
    assert ended(first) == (0, "")


def until_asked(city: MockCity, before: int) -> None:
    waited = threading.Event()
    for _ in range(1200):
        if len(city.log) > before:
            return
        waited.wait(0.05)
    raise AssertionError("the first run asked nothing")


def test_a_run_that_fails_is_mailed_with_its_sentence(scheduled: Scheduled) -> None:
    name = scheduled.archive.name
    code, printed = ended(by_cron(scheduled.line.replace(name, "127.0.0.1-1")))
    assert code == 4 and printed.startswith("citynews: there is no archive named 127.0.0.1-1 here")


def as_the_shell_reads(word: str) -> list[str]:
    """The files that a word with a star means, else the word itself."""
    if "*" not in word:
        return [word]
    return sorted(map(str, Path("/").glob(word.removeprefix("/"))))


def test_the_commands_of_the_page_run_in_their_order(tmp_path: Path) -> None:
    """docs/cron.md, with the sample city in the place of city.example."""
    lines = starter_lines(ROOT / "docs/cron.md")
    assert len(lines) >= 5
    with MockCity() as city:
        name = city.url[7:-1].replace(":", "-")
        aside = tmp_path / f"{name}-wrong-clock"
        for line in lines:
            line = line.replace("https://city.example/", city.url).replace("/data/", f"{tmp_path}/")
            line = line.replace("city.example", name)
            if str(aside) in line:
                (tmp_path / "news" / name).rename(aside)  # as the line above it says
            words = [w for given in shlex.split(line)[1:] for w in as_the_shell_reads(given)]
            done = citynews(*words, CITYNEWS_ALLOW_LOOPBACK="1")
            assert done.returncode == 0 and done.stdout.strip(), f"{line}: {done.stderr}"


def archive_in(output: Path, name: str = "tin.example.vn", contact: str | None = "a@example.org") -> Archive:
    portal = Portal(slug=name, seed=f"https://{name}/", scope=(name,), contact=contact)
    return create(output, portal, now=datetime.now(UTC))


def test_minutes_are_spread_and_stay(tmp_path: Path) -> None:
    moments = {f"portal {n}": times(f"portal {n}", at=None, every="24h") for n in range(60)}
    assert len({moment.minute for moment in moments.values()}) > 25
    assert {hour for moment in moments.values() for hour in moment.hours} == {0, 1, 2, 3, 4}
    assert all(times(name, at=None, every="24h") == moment for name, moment in moments.items())
    for span in EVERY_H:
        assert len(times("x", at=None, every=f"{span}h").hours) == 24 // span
    assert times("x", at="20:07", every="6h").hours == (2, 8, 14, 20)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "name a portal"),
        (("tin.example.vn", "--every", "5h"), 2, "no part of a day"),
        (("tin.example.vn", "--at", "24:00"), 2, "no time of day"),
        (("tin.example.vn", "--", "--limt", "3"), 2, "--limt"),
        (("tin.example.vn", "--", "--full", "--since", "2026-03-01"), 2, "give one of them"),
        (("tin.example.vn", "--", "--all"), 2, "or --all"),
        (("--all", "tin.example.vn"), 2, "not both"),
        (("--all", "--", "--urls", __file__), 2, "without --new and --urls"),
        (("silent.example.vn",), 2, "no contact"),
        (("other.example.vn",), 4, "no archive named"),
    ],
)
def test_what_cannot_be_scheduled(words: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    archive_in(tmp_path)
    archive_in(tmp_path, "silent.example.vn", contact=None)
    done = citynews("schedule", "--output", tmp_path, *words)
    assert done.returncode == code and says in assert_one_sentence(done)


def test_all_archives_in_one_line_with_options_of_the_crawl(tmp_path: Path) -> None:
    assert citynews("schedule", "--all", "--output", tmp_path).returncode == 4
    archive_in(tmp_path)
    told = citynews("schedule", "--all", "--every", "1h", "--output", tmp_path, "--", "--limit", "9")
    (line,) = told.stdout.splitlines()
    assert LINE.fullmatch(line) and " * * * *  " in line
    assert line.endswith(f" crawl --all --output {tmp_path} --limit 9 --quiet")


def test_a_backslash_is_refused_for_cron(tmp_path: Path) -> None:
    archive_in(tmp_path / "a\\b")
    done = citynews("schedule", "tin.example.vn", "--output", tmp_path / "a\\b")
    assert done.returncode == 2 and "cannot be written in a crontab" in assert_one_sentence(done)


@pytest.mark.parametrize("folder", [ODD, 'a\\b "c"', "plain"])
def test_systemd_takes_the_units(folder: str, tmp_path: Path) -> None:
    archive_in(tmp_path / folder)
    done = citynews(
        "schedule", "tin.example.vn", "--at", "3:07", "--output", tmp_path / folder, "--into", tmp_path
    )
    assert done.returncode == 0 and "systemctl enable --now citynews-tin.example.vn.timer" in done.stdout
    names = [f"citynews-tin.example.vn.{kind}" for kind in ("service", "timer")]
    service, timer = ((tmp_path / name).read_text("utf-8") for name in names)
    assert "OnCalendar=*-*-* 03:07:00" in timer
    assert "ProtectSystem=strict" in service and "--quiet" not in service
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    found = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    about = [line for line in found.stderr.splitlines() if "citynews" in line]
    assert found.returncode == 0 and about == [], found.stderr


def test_the_starter_is_named_by_its_whole_path() -> None:
    from crawler.cli.schedule import program

    assert program()[-1] == str(ROOT / "citynews") and Path(program()[0]).is_file()


def test_a_moment_that_is_none() -> None:
    with pytest.raises(UsageError):
        times("x", at="7", every="24h")
