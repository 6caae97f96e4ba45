"""Two hundred portals under one ``crawl --all --jobs 8``: memory, and how each of them ended.

``nice .venv/bin/python -m benchmarks.portals [--portals N] [--jobs J] [--runs R]`` serves N sample cities of
14 articles, each at a port of its own, from one process; makes an archive for each; breaks three of them in
different ways (a port where nobody listens, a robots.txt that forbids all, an archive.json that is no JSON);
crawls them all, so many times, and prints what each time took. It returns 0 where the whole portals ended
with 0, the broken ones with their own codes and by name, and no process grew beyond its share.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measuring import Measured, measure
from pipelines.archive import Portal, create
from tests.mockcity import MockCity

MOST_PARENT_MB, MOST_CHILD_MB = 150, 300
ARTICLES = 14


def main() -> int:
    """Serve, crawl, print; 0 where all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portals", description=__doc__)
    parser.add_argument("--portals", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=8)
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="citynews-portals-") as folder, served(options.portals) as cities:
        output = Path(folder)
        expected = archives(output, cities)
        good = [_crawl(output, expected, options.jobs, run + 1) for run in range(options.runs)]
    return 0 if all(good) else 1


@contextmanager
def served(count: int) -> Iterator[list[MockCity]]:
    """So many running cities."""
    with ExitStack() as stack:
        yield [stack.enter_context(MockCity(articles=ARTICLES)) for _ in range(count)]


def archives(output: Path, cities: list[MockCity]) -> dict[str, int]:
    """An archive for each city, three of them broken. Returns the exit code that each must end with."""
    expected = {}
    for number, city in enumerate(cities):
        name = f"city-{number:03}.example"
        portal = Portal(slug=name, seed=city.url, scope=(f"127.0.0.1:{city.port}",), delay_ms=0)
        archive = create(output, portal, now=datetime.now(UTC))
        expected[name] = 0
        if number == len(cities) // 4:
            city.robots, expected[name] = b"User-agent: *\nDisallow: /\n", 5
        elif number == len(cities) // 2:
            city.__exit__(None)
            expected[name] = 5
        elif number == len(cities) * 3 // 4:
            (archive.root / "archive.json").write_text("{")
            expected[name] = 4
    return expected


def _crawl(output: Path, expected: dict[str, int], jobs: int, run: int) -> bool:
    words = [sys.executable, "-m", "crawler.cli", "crawl", "--all", "--jobs", str(jobs), "--allow-loopback"]
    measured = measure([*words, "--json", "--output", str(output)])
    told: dict[str, Any] = json.loads(measured.output)
    codes = {portal["portal"]: portal["exit_code"] for portal in told["portals"]}
    _print(run, measured, told, codes)
    broken = [name for name, code in expected.items() if code]
    last = measured.error.strip().splitlines()[-1]
    articles = {p["articles"] for p in told["portals"] if not p["exit_code"]}
    return (
        codes == expected
        and all(name in last for name in broken)
        and articles == {ARTICLES}
        and measured.peak_mb < MOST_PARENT_MB
        and measured.peak_child_mb < MOST_CHILD_MB
    )


def _print(run: int, measured: Measured, told: dict[str, Any], codes: dict[str, int]) -> None:
    print(
        f"run {run}: {measured.wall_s:.0f} s, CPU {measured.cpu_s:.0f} s, parent {measured.peak_mb:.0f} MB, "
        f"largest child {measured.peak_child_mb:.0f} MB, all at once {measured.peak_all_mb:.0f} MB, "
        f"exit {measured.exit_code}; codes {dict(sorted(Counter(codes.values()).items()))}"
    )
    for portal in told["portals"]:
        if portal["exit_code"]:
            print(f"  {portal['portal']} ({portal['exit_code']}): {portal['reason']}")
    print(f"  {measured.error.strip().splitlines()[-1]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
