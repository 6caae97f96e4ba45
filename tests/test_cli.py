"""The command line: one sentence and the right exit code for every wrong word, one object with --json."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.live import Live

from crawler.cli import main as front_door
from crawler.cli.run_lines import answer_key_line, size, sum_line
from crawler.cli.terminal import JsonLines, Moving, duration, moving_line, seconds_left, told
from crawler.progress import Counts
from pipelines.archive import Portal, create, locked
from tests.running import ROOT, argv, assert_one_sentence, citynews, environment, summary
from tests.small_archive import answer, page, small_archive

LIVE = "https://thanhphohaiphong.gov.vn/"
CONTACT = ("--contact", "you@example.org")

WRONG_WORDS: list[tuple[int, str, tuple[str, ...]]] = [
    (2, "no such command", ("crow",)),
    (2, "no such option", ("crawl", LIVE, "--nwe")),
    (2, "the name or address of one PORTAL", ("crawl",)),
    (2, "missing argument", ("verify",)),
    (2, "--limit", ("crawl", LIVE, *CONTACT, "--limit", "0")),
    (2, "no day; write it like 2026-03-01", ("crawl", LIVE, *CONTACT, "--since", "2026-13-01")),
    (2, "give one of them", ("crawl", LIVE, *CONTACT, "--full", "--since", "2026-03-01")),
    (2, "still to come", ("crawl", LIVE, *CONTACT, "--since", "2999-01-01")),
    (2, "--jobs says how many portals", ("crawl", LIVE, *CONTACT, "--jobs", "2")),
    (2, "--contact", ("crawl", LIVE)),
    (2, "contact", ("crawl", LIVE, "--contact", "not an address")),
    (2, "neither", ("crawl", "Hải Phòng", *CONTACT)),
    (2, "neither", ("crawl", "../elsewhere", *CONTACT)),
    (2, "http", ("crawl", "ftp://city.example/", *CONTACT)),
    (2, "http", ("crawl", "https://", *CONTACT)),
    (2, "--allow-loopback", ("crawl", "http://127.0.0.1:9/")),
    (2, "--allow-loopback", ("crawl", "http://localhost:9/", *CONTACT)),
    (4, "https://city.example/", ("crawl", "city.example", *CONTACT)),
    (4, "--new", ("crawl", "haiphong", *CONTACT)),
    (2, "neither", ("verify", "Hải Phòng")),
    (2, "give one of them", ("verify", LIVE, "--quick", "--deep")),
    (2, "neither", ("rebuild", "..")),
    (4, "no archive named haiphong", ("verify", LIVE)),
    (4, "no archive named nothing", ("rebuild", "nothing")),
    (2, "no-such-page.html", ("inspect", "no-such-page.html")),
    (2, "https://city.example/a", ("inspect", "https://city.example/a")),
    (4, "no archive named nothing", ("inspect", LIVE, "--portal", "nothing")),
]


@pytest.mark.parametrize(
    ("exit_code", "says", "words"), WRONG_WORDS, ids=[" ".join(words) for _, _, words in WRONG_WORDS]
)
def test_a_wrong_word_is_one_sentence_and_one_object(
    exit_code: int, says: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    done = citynews(*words, "--json", CITYNEWS_OUTPUT=str(tmp_path))
    sentence = assert_one_sentence(done)
    assert done.returncode == exit_code, sentence
    assert says.lower() in sentence.lower()
    assert summary(done) == {"error": sentence.removeprefix("citynews: "), "exit_code": exit_code}
    assert list(tmp_path.iterdir()) == [], "a refused command leaves nothing behind"


def test_a_portal_that_does_not_answer_is_called_the_same_by_crawl_and_status(tmp_path: Path) -> None:
    words = ("--output", tmp_path)
    crawled = citynews("crawl", "http://127.0.0.1:9/", "--allow-loopback", *words)
    assert crawled.returncode == 5 and " unhealthy\n" in crawled.stdout
    reason = assert_one_sentence(crawled).removeprefix("citynews: ")
    shown = citynews("status", "127.0.0.1-9", *words).stdout
    assert " UTC, unhealthy\n" in shown and f"it ended because: {reason}" in shown
    assert "rows: none" in shown


@pytest.mark.parametrize("verb", ["verify", "rebuild", "export"])
def test_long_work_says_on_a_terminal_that_it_is_under_way(verb: str, tmp_path: Path) -> None:
    made = small_archive(tmp_path)
    made.crawl(("/tin.html", answer(page("Một tin"))))
    words = (verb, *(["wacz"] if verb == "export" else []), made.root.name)
    told = watched(*words, *([tmp_path / "x.wacz"] if verb == "export" else []), "--output", tmp_path)
    assert re.search(rf"{verb.removesuffix('y')}\w*ing .*0:00:0\d", told), told
    assert '{"' not in told
    aside = citynews("verify", made.root.name, "--output", tmp_path)
    assert json.loads(aside.stderr)["event"] == "verifying"
    assert "VERIFIED (1 manifest, 1 warc file, " in aside.stdout


def watched(*words: str | Path) -> str:
    """What a command that ends well shows on a terminal."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        argv(*words),
        cwd=ROOT,
        env=environment(TERM="xterm", COLUMNS="240"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # EIO: the other end is closed
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)
    assert process.wait(timeout=60) == 0, shown
    return shown.decode()


def test_without_json_standard_output_stays_empty_on_an_error(tmp_path: Path) -> None:
    done = citynews("verify", "nothing", "--output", tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert_one_sentence(done)


def archive_in(output: Path, slug: str = "city.example") -> Path:
    seed = f"https://{slug}/"
    return create(output, Portal(slug=slug, seed=seed, scope=(slug,)), now=datetime.now(UTC)).root


def crawl_example(output: Path) -> subprocess.CompletedProcess[str]:
    return citynews("crawl", "https://city.example/", *CONTACT, "--output", output, "--json")


NO_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
"""What root starts a command with that may not read and write everything (util-linux)."""


@pytest.mark.skipif(bool(NO_RIGHTS) and shutil.which("setpriv") is None, reason="root without setpriv")
@pytest.mark.parametrize("verb", ["verify", "rebuild", "sign"])
def test_a_file_that_this_user_may_not_open_is_named(verb: str, tmp_path: Path) -> None:
    made = small_archive(tmp_path)
    made.crawl(("/tin.html", answer(page("Một tin"))))
    (warc,) = made.archive.warc.rglob("*.gz")
    closed = made.archive.manifests if verb == "sign" else warc
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    words = ("--sign-key", str(tmp_path / "key")) if verb == "sign" else ()
    closed.chmod(0o555 if verb == "sign" else 0)
    try:
        done = subprocess.run(
            [*NO_RIGHTS, *argv(verb, made.root.name, *words, "--output", tmp_path)],
            capture_output=True, text=True, cwd=ROOT, env=environment(), check=False,
        )  # fmt: skip
    finally:
        closed.chmod(0o755)
    assert done.returncode == 4, done.stderr
    assert closed.name in done.stderr and "Traceback" not in done.stderr
    assert_one_sentence(done)


def test_an_output_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = crawl_example(tmp_path / "file" / "output")
    assert done.returncode == 4
    assert "--output" in assert_one_sentence(done)


def test_an_output_that_is_read_only_cannot_be_written(tmp_path: Path) -> None:
    # /proc takes no new folders, not even from root, whom permissions do not stop.
    done = crawl_example(Path("/proc/self") if Path("/proc/self").is_dir() else tmp_path / "none")
    assert done.returncode == 4
    assert_one_sentence(done)


def test_a_folder_with_foreign_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "city.example").mkdir()
    (tmp_path / "city.example" / "thesis.odt").write_text("mine")
    done = crawl_example(tmp_path)
    assert done.returncode == 4
    assert_one_sentence(done)
    assert [p.name for p in tmp_path.rglob("*")] == ["city.example", "thesis.odt"]


def test_an_archive_of_another_portal_is_left_alone(tmp_path: Path) -> None:
    archive_in(tmp_path, "other.example").rename(tmp_path / "city.example")
    done = crawl_example(tmp_path)
    assert done.returncode == 4
    assert "other.example" in assert_one_sentence(done)


@pytest.mark.parametrize(
    ("content", "says"), [("{", "no JSON"), ('{"format": 1}', "archive_id"), ("[]", "archive.json")]
)
def test_a_broken_archive_json_names_what_is_wrong(content: str, says: str, tmp_path: Path) -> None:
    (archive_in(tmp_path) / "archive.json").write_text(content)
    for words in (
        ("crawl", "city.example", *CONTACT),
        ("verify", "city.example"),
        ("rebuild", "city.example"),
    ):
        done = citynews(*words, "--output", tmp_path)
        assert done.returncode == 4, words
        assert says in assert_one_sentence(done)


def test_a_locked_archive_is_another_runs(tmp_path: Path) -> None:
    portal = Portal(slug="city.example", seed="https://city.example/", scope=("city.example",))
    with locked(create(tmp_path, portal, now=datetime.now(UTC))):
        for words in (("crawl", "city.example", *CONTACT), ("rebuild", "city.example")):
            done = citynews(*words, "--output", tmp_path)
            assert done.returncode == 75, words
            assert_one_sentence(done)


def test_portals_lists_what_is_here_and_what_is_broken(tmp_path: Path) -> None:
    archive_in(tmp_path)
    (archive_in(tmp_path, "broken.example") / "archive.json").write_text("{")
    found = summary(citynews("portals", "--output", tmp_path, "--json"))
    first, second = found["archives"]
    assert (first["portal"], "no JSON" in first["error"]) == ("broken.example", True)
    assert (second["portal"], second["seed"], second["articles"]) == (
        "city.example",
        "https://city.example/",
        0,
    )
    assert [p["portal"] for p in found["built_in"]] == ["haiphong"]
    printed = citynews("portals", CITYNEWS_OUTPUT=str(tmp_path))
    assert "city.example  https://city.example/" in printed.stdout


def test_help_names_every_verb_and_is_quick() -> None:
    done = citynews("--help", timeout=5)
    assert done.returncode == 0
    for verb in front_door.VERBS:
        assert f"\n  {verb} " in done.stdout
        assert citynews(verb, "--help", timeout=5).stdout.count("--output DIR") == 1
    heavy = (
        "import sys, crawler.cli.main as m; m.main(['--help']);"
        "print([n for n in ('scrapy', 'pyarrow', 'lxml', 'rich') if n in sys.modules])"
    )
    shown = subprocess.run(
        [argv()[0], "-c", heavy], cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    assert shown.stdout.endswith("\n[]\n"), shown.stdout[-200:]


def test_pyarrow_loads_no_numpy_and_no_pandas_for_us() -> None:
    code = (
        "import sys, crawler.cli.__main__ as door; door.leave = lambda code: None;"
        "sys.argv[1:] = ['--help']; door.begin();"
        "import pyarrow.parquet; pyarrow.array(['a']).to_pylist();"
        "print('pandas._libs' in sys.modules, 'numpy._core' in sys.modules)"
    )
    shown = subprocess.run(
        [argv()[0], "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    assert shown.stdout.endswith("\nFalse False\n"), shown.stderr[-200:]


def test_a_crawl_loads_nothing_of_scrapy_that_it_does_not_use() -> None:
    code = (
        "import sys, scrapy.crawler; from scrapy.settings import Settings\n"
        "own = Settings(); own.setmodule('crawler.settings', priority='project')\n"
        "for name in ('DOWNLOADER_MIDDLEWARES', 'SPIDER_MIDDLEWARES', 'EXTENSIONS'):\n"
        "    print(*(key.rpartition('.')[2] for key in own.get_component_priority_dict_with_base(name)))\n"
        "print([n for n in ('aiohttp', 'requests', 'tldextract', 'scrapy.extensions') if n in sys.modules])"
    )
    shown = subprocess.run(
        [argv()[0], "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    used = "UserAgentMiddleware RetryMiddleware PolitenessMiddleware HttpProxyMiddleware"
    assert shown.stdout == f"{used}\n\n\n[]\n", shown.stderr[-200:]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        argv("portals", "--output", tmp_path),
        cwd=ROOT,
        env=environment(),
        stdout=write_end,
        stderr=subprocess.PIPE,
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


HAS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


@HAS_FULL
@pytest.mark.parametrize("words", [("portals",), ("portals", "--json"), ("portals", "--help"), ("--help",)])
def test_a_full_disk_under_standard_output_is_one_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            argv(*words),
            cwd=ROOT,
            env=environment(CITYNEWS_OUTPUT=str(tmp_path)),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 3
    assert done.stderr.decode().count("\n") == 1 and b"No space left" in done.stderr


@HAS_FULL
@pytest.mark.parametrize(("exit_code", "words"), [(0, ("portals",)), (4, ("verify", "nothing"))])
def test_a_full_disk_under_standard_error_leaves_the_exit_code(
    exit_code: int, words: tuple[str, ...], tmp_path: Path
) -> None:
    with open("/dev/full", "w") as full:
        env = environment(CITYNEWS_OUTPUT=str(tmp_path))
        done = subprocess.run(argv(*words), cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=full)
    assert done.returncode == exit_code


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_closed_streams_are_no_error(closed: str, tmp_path: Path) -> None:
    line = f"{' '.join(argv('portals', '--json', '--output', tmp_path))} {closed}"
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert not done.stdout or json.loads(done.stdout)["archives"] == []


def test_no_word_at_all_is_answered_with_the_help() -> None:
    done = citynews()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == citynews("--help").stdout
    assert "  crawl " in done.stderr


def test_the_help_tells_each_verb_in_a_whole_sentence() -> None:
    listed = citynews("--help", COLUMNS="80").stdout.partition("Commands:\n")[2].splitlines()
    assert len(listed) == len(front_door.VERBS)
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


@pytest.mark.parametrize(
    ("library", "says"), [("click", "nothing was begun"), ("structlog", "start it again")]
)
def test_ctrl_c_ends_with_11_even_while_libraries_are_loaded(library: str, says: str, tmp_path: Path) -> None:
    # In an exec, where Python would otherwise end by the signal itself.
    waits = "import sys, time; sys.stderr.write('loading\\n'); sys.stderr.flush(); time.sleep(30)"
    (tmp_path / f"{library}.py").write_text(f"exec({waits!r})\n")
    process = subprocess.Popen(
        argv("crawl", "https://city.example/", *CONTACT, "--output", tmp_path / "output"),
        cwd=ROOT,
        env=environment(PYTHONPATH=str(tmp_path)),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None and process.stderr.readline() == "loading\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 11, said
    assert "Traceback" not in said and says in said


def test_letters_that_the_terminal_lacks_are_escaped(tmp_path: Path) -> None:
    output = tmp_path / "Hải Phòng"
    found = citynews("portals", "--output", output, "--json", PYTHONIOENCODING="ascii")
    assert summary(found)["output"] == str(output)
    plain = citynews("portals", "--output", output, PYTHONIOENCODING="ascii")
    assert (plain.returncode, plain.stderr) == (0, "")
    assert "H\\u1ea3i Ph\\xf2ng" in plain.stdout


def test_an_unexpected_error_leaves_its_traceback_in_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(front_door.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(front_door, "VERBS", ("outcome",))  # a file of the folder that is no verb
    assert front_door.main(["outcome", "--json"]) == 1
    printed = capsys.readouterr()
    (log,) = tmp_path.iterdir()
    assert printed.err.count("\n") == 1 and str(log) in printed.err and "AttributeError" in printed.err
    assert json.loads(printed.out)["exit_code"] == 1
    assert "Traceback (most recent call last)" in log.read_text("utf-8")


def test_sums_are_told_as_an_equation() -> None:
    told = sum_line(
        {
            "known": 9,
            "captured": 4,
            "confirmed": 1,
            "excluded.robots": 2,
            "failed.http_500": 1,
            "failed.dns": 1,
        }
    )
    assert told == (
        "9 known = 4 captured + 1 confirmed + 0 not due + 2 excluded (robots 2) + "
        "2 failed (http_500 1, dns 1) + 0 pending"
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (14_230_000, "14.2 MB"), (10**12, "1000.0 GB")],
)
def test_sizes_are_told_as_people_do(count: int, told: str) -> None:
    assert size(count) == told


COUNTS = Counts(asked=120, new=90, confirmed=20, failed=10, pending=360, articles=80, elapsed_s=60.0)


def test_an_estimate_is_told_in_words() -> None:
    assert told("estimate", {"requests": 555, "seconds": 44, "megabytes": 3}) == (
        "estimate  about 555 requests, 44 s at this delay, 3 MB; pages may lead to more"
    )
    long = told("estimate", {"requests": 7500, "seconds": 7500, "megabytes": 450})
    assert "2 h 5 min at this delay" in long
    assert told("sealed", {"files": 1, "why": None}) == "sealed  files 1"


def test_an_answer_key_tells_what_it_could_not_compare() -> None:
    all_three = {name: {"agree": 9, "compared": 10} for name in ("title", "day", "text")}
    assert answer_key_line(all_three) == "agrees on title 9 of 10, day 9 of 10, text 9 of 10"
    title_only = all_three | {name: {"agree": 0, "compared": 0} for name in ("day", "text")}
    assert answer_key_line(title_only) == "agrees on title 9 of 10; day and text not compared"


def test_time_left_is_told_at_the_pace_so_far() -> None:
    assert seconds_left(COUNTS) == 180
    assert seconds_left(Counts(pending=3)) is None
    assert moving_line(COUNTS) == (
        "120 pages · 360 to go (about 3 min 0 s) · 10 failed · 90 new · 20 confirmed · 80 articles · 2.0/s"
    )
    some = Counts(asked=3, new=3, elapsed_s=1.5)
    assert moving_line(some) == "3 pages · 0 to go · 3 new · 0 articles · 2.0/s"
    later = Counts(asked=3, files=7, pending=20, new=3, elapsed_s=5)
    assert moving_line(later) == "3 pages · 7 files · 20 to go (about 10 s) · 3 new · 0 articles · 2.0/s"
    assert [duration(s) for s in (59.4, 61, 3725)] == ["59 s", "1 min 1 s", "1 h 2 min"]


def test_without_a_terminal_progress_is_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    shown = JsonLines()
    shown.event("detected", sources=2, zone="Asia/Ho_Chi_Minh")
    for elapsed in (1.0, 12.0, 13.0, 25.0):
        shown.tick(Counts(asked=10, pending=5, elapsed_s=elapsed))
    printed = capsys.readouterr()
    lines = [json.loads(line) for line in printed.err.splitlines()]
    assert printed.out == ""
    assert [line["event"] for line in lines] == ["detected", "progress", "progress"]
    assert (lines[0]["sources"], lines[0]["zone"]) == (2, "Asia/Ho_Chi_Minh")
    assert (lines[1]["asked"], lines[1]["per_second"], lines[1]["seconds_left"]) == (10, 0.8, 6)


def test_on_a_terminal_events_scroll_and_counts_stand_below() -> None:
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=120, highlight=False)
    with Live(console=console, auto_refresh=False) as live:
        shown = Moving(console, live)
        shown.tick(COUNTS)
        live.refresh()
        shown.event("sealed", file="a.warc.gz", records=3, reason=None)
    assert "120 pages · 360 to go" in screen.getvalue()
    assert "sealed  file a.warc.gz  records 3" in screen.getvalue()


def test_the_moving_line_stays_one_line_on_a_narrow_terminal() -> None:
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=60, highlight=False)
    with Live(console=console, auto_refresh=False) as live:
        shown = Moving(console, live)
        shown.tick(COUNTS)
        live.refresh()
        assert screen.getvalue().count("\n") == 0
    assert "120 pages · 360 to go (about 3 min 0 s)" in screen.getvalue()


def test_an_archive_that_lost_its_archive_json_is_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "city.example" / "warc").mkdir(parents=True)
    for verb, *options in (("verify",), ("crawl",), ("doctor", "--offline")):
        done = citynews(verb, "city.example", *options, "--output", tmp_path)
        assert done.returncode == 4
        assert "archive.json is missing; restore it" in assert_one_sentence(done)
    for verb in ("status", "portals"):
        assert "archive.json is missing; restore it" in citynews(verb, "--output", tmp_path).stdout


def test_a_demo_on_a_terminal_shows_moving_counts_and_no_json(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        argv("demo", "--output", tmp_path),
        cwd=ROOT,
        env=environment(TERM="xterm", COLUMNS="140"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # EIO: the other end is closed
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, shown
    assert shown.index(b"\x1b[?25h") < shown.index(b" pages "), "a killed run leaves the cursor visible"
    counts = re.findall(rb"(\d+) pages? \S+ (?:\d+ files? \S+ )?\d+ to go", shown)
    assert len(set(counts)) > 1, "the line moves"
    assert re.search(rb"\d+ pages \S+ \d+ files \S+ \d+ to go", shown), "the pictures move it on too"
    assert b'{"' not in shown
    assert "mockcity: VERIFIED" in printed and "known = " in printed


@pytest.mark.parametrize(("theme", "slug"), [("block", "mockcity"), ("table", "mockcity-table")])
def test_a_demo_whose_port_is_taken_says_so(theme: str, slug: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        seed = f"http://127.0.0.1:{port}/"
        portal = Portal(slug=slug, seed=seed, scope=(f"127.0.0.1:{port}",), delay_ms=0)
        create(tmp_path, portal, now=datetime.now(UTC))
        done = citynews("demo", "--theme", theme, "--output", tmp_path)
    assert done.returncode == 4
    assert f"port {port}" in assert_one_sentence(done)


def test_a_demo_leaves_a_foreign_mockcity_alone(tmp_path: Path) -> None:
    archive_in(tmp_path, "city.example").rename(tmp_path / "mockcity")
    done = citynews("demo", "--output", tmp_path)
    assert done.returncode == 4
    assert "not the demo's" in assert_one_sentence(done)


def test_a_killed_demo_takes_the_sample_city_with_it(tmp_path: Path) -> None:
    hold = (
        "from crawler.cli.demo import sample_city as c\n"
        "with c(0, 'table') as port: print(port, flush=True); input()"
    )
    with subprocess.Popen(
        [argv()[0], "-c", hold], cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as demo:
        assert demo.stdout is not None
        port = int(demo.stdout.readline())
        socket.create_connection(("127.0.0.1", port)).close()
        demo.kill()
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    raise AssertionError("the city outlived the demo by five seconds")


def test_the_test_command_runs_four_checks_and_fails_with_any(tmp_path: Path) -> None:
    done = citynews("test", "--json", "tests/no_such_test.py", "-q", timeout=240)
    told = summary(done)
    assert [c["check"] for c in told["checks"]] == ["ruff", "mypy --strict", "import floors", "pytest"]
    assert told["checks"][-1]["exit_code"] != 0
    assert (done.returncode, told["exit_code"]) == (1, 1)
    assert "pytest failed" in assert_one_sentence(done)


def test_what_is_shown_cannot_command_the_terminal(tmp_path: Path) -> None:
    done = citynews("inspect", "https://city.example/\x1b[2J\u202etin", "--output", tmp_path)
    assert done.returncode == 2
    assert "https://city.example/\\x1b[2J\\u202etin" in assert_one_sentence(done)


@pytest.mark.parametrize(("end", "readable"), [(None, True), (-40, True), (300, False)])
def test_inspect_names_the_damage_of_a_warc_file(tmp_path: Path, end: int | None, readable: bool) -> None:
    """What can be read is shown; a cut is never passed over."""
    made = small_archive(tmp_path)
    made.crawl(("/tin.html", answer(page("Một tin"))))
    (whole,) = made.archive.warc.rglob("*.gz")
    path = tmp_path / "mot.warc.gz"
    path.write_bytes(whole.read_bytes()[:end])
    done = citynews("inspect", path, "--output", tmp_path)
    assert ("Một tin" in done.stdout) == readable
    if end is None:
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode == 2
        sentence = assert_one_sentence(done)
        assert path.name in sentence and "at byte" in sentence
