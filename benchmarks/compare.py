"""CPU per page of our way against stock Scrapy that only follows the same links, side by side.

``.venv/bin/python -m benchmarks.compare [--articles N] [--rounds N] [--theme T]``: every round runs
each contestant once, in a process of its own, over the same addresses of the same city; the medians of
the rounds are printed. The city's own process is not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.measuring import Measured, city, measure
from pipelines.archive import open_archive
from pipelines.tables import read_table

PYTHON = sys.executable


def main() -> None:
    """Run all rounds and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--theme", default="block")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citynews-compare-") as name:
        folder = Path(name)
        with city(options.articles, theme=options.theme) as url:
            wanted = _addresses(url, folder / "first")
            (folder / "urls").write_text("\n".join(wanted))
            ways = _contestants(url, folder)
            rounds = [{name: way(number) for name, way in ways.items()} for number in range(options.rounds)]
    _print(rounds, len(wanted))


def _addresses(url: str, output: Path) -> list[str]:
    """What our crawl asks, the home page first."""
    took = measure(_crawl(url, output))
    archive = open_archive(Path(json.loads(took.output)["archive"]))
    asked = dict.fromkeys(row["url"] for _, row in read_table(archive.root, "captures"))
    return [url, *(address for address in asked if address != url)]


def _crawl(url: str, output: Path, *more: str) -> list[str]:
    words = ["-m", "crawler.cli", "crawl", url, "--allow-loopback", "--json", "--output", str(output)]
    return [PYTHON, *words, *(more or ("--no-requisites",))]


def _contestants(url: str, folder: Path) -> dict[str, Callable[[int], Measured]]:
    urls = str(folder / "urls")
    ours = [PYTHON, "-m", "benchmarks.ours", url]
    return {
        "stock Scrapy, LinkExtractor": lambda n: measure([PYTHON, "-m", "benchmarks.stock", urls, "links"]),
        "stock Scrapy, one lxml pass": lambda n: measure([PYTHON, "-m", "benchmarks.stock", urls, "lxml"]),
        "ours, sealed, not committed": lambda n: measure([*ours, str(folder / f"sealed{n}")]),
        "ours, the whole way": lambda n: measure(_crawl(url, folder / f"whole{n}")),
    }


def _print(rounds: list[dict[str, Measured]], pages: int) -> None:
    print(f"{pages} answers, {len(rounds)} rounds; CPU in ms an answer")
    first = next(iter(rounds[0]))
    for name in rounds[0]:
        failed = [r[name].error for r in rounds if r[name].exit_code]
        if failed:
            raise SystemExit(f"{name}: {failed[0]}")
        costs = [1000 * r[name].cpu_s / pages for r in rounds]
        ratio = median(r[name].cpu_s / r[first].cpu_s for r in rounds)
        print(f"{name:30} median {median(costs):6.2f}  least {min(costs):6.2f}  ratio {ratio:5.2f}")


if __name__ == "__main__":
    main()
