"""Pages per second of our reader, with a layout and without, beside parsing alone and trafilatura.

``.venv/bin/python -m benchmarks.reading [--articles N | --pages FOLDER] [--rounds N]
[--trafilatura PYTHON]``: every round runs each contestant once, in a process of its own, over the same
pages of the sample city, or over the saved pages (``*.html``) of a WordPress in a folder; the medians of
the rounds are printed. A process reads each page once, so nothing is remembered of a page when its turn
comes; only the first pages, which warm the program up, are not counted. trafilatura is no dependency of
ours: ``PYTHON`` is the interpreter of an environment that has it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.measuring import measure
from benchmarks.timed import WARM, timed
from pipelines.extract import Page, extract
from pipelines.layouts import layout
from pipelines.model import Capture, ReadingContext
from pipelines.text import sha256_hex
from tests.mockcity import MockCity

_CONTEXT = ReadingContext(zone="Asia/Ho_Chi_Minh")
_WHEN = datetime(2026, 11, 26, tzinfo=UTC)


def main() -> None:
    """Run all rounds and print a table, or one contestant where it is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--articles", type=int, default=324)
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="read these saved pages of a WordPress")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--trafilatura", metavar="PYTHON", help="an interpreter that can import trafilatura")
    parser.add_argument("--only", nargs=2, metavar=("NAME", "PAGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        name, pages = options.only
        print(json.dumps(timed(_WAYS[name], json.loads(Path(pages).read_text("utf-8")))))
        return
    with tempfile.TemporaryDirectory(prefix="citynews-reading-") as folder:
        sources = _saved(options.pages) if options.pages else _pages(options.articles)
        pages = Path(folder) / "pages.json"
        pages.write_text(json.dumps(sources), "utf-8")
        commands = {name: [sys.executable, "-m", __spec__.name, "--only", name, str(pages)] for name in _WAYS}
        if options.trafilatura:
            commands["trafilatura"] = [options.trafilatura, "benchmarks/timed.py", str(pages)]
        rounds = [{name: _seconds(words) for name, words in commands.items()} for _ in range(options.rounds)]
    _print(rounds, sources[WARM:])
    if not options.trafilatura:
        print("trafilatura was not measured: --trafilatura takes an interpreter that can import it")


def _pages(articles: int) -> list[tuple[str, str]]:
    """Addresses and sources of all articles of a city."""
    with MockCity(0, theme="block", articles=articles) as city:
        urls = [city.url.rstrip("/") + told["path"] for told in city.truth]
        return [(url, urllib.request.urlopen(url).read().decode()) for url in urls]


def _saved(folder: Path) -> list[tuple[str, str]]:
    """Addresses and sources of the pages in a folder, in an order that mixes what lies together."""
    files = sorted(folder.rglob("*.html"), key=lambda file: sha256_hex(str(file.relative_to(folder))))
    if len(files) <= WARM:
        raise SystemExit(f"{folder} holds {len(files)} pages; more than {WARM} are needed, which come first")
    return [(f"https://news.example/{file.name}", file.read_text("utf-8", "replace")) for file in files]


def _read(name: str | None) -> Callable[[str, str], object]:
    known = layout(name)
    return lambda url, html: extract(
        Capture(url=url, captured_at=_WHEN, payload=html.encode()), _CONTEXT, known
    )


_WAYS: dict[str, Callable[[str, str], object]] = {
    "parsed, not read": lambda url, html: Page.parse(html.encode(), url),
    "ours, with a layout": _read("wordpress"),
    "ours, without": _read(None),
}


def _seconds(words: list[str]) -> float:
    took = measure(words)
    if took.exit_code:
        raise SystemExit(f"{' '.join(words)}: {took.error}")
    return float(json.loads(took.output))


def _print(rounds: list[dict[str, float]], pages: list[tuple[str, str]]) -> None:
    size = sum(len(html.encode()) for _, html in pages) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.1f} kB, {len(rounds)} rounds; CPU time")
    for name in rounds[0]:
        costs = [1000 * r[name] / len(pages) for r in rounds]
        line = f"{name:22} median {median(costs):6.3f} ms a page  least {min(costs):6.3f}"
        line += f"  {1000 / median(costs):6.0f} pages/s"
        if "trafilatura" in rounds[0]:
            line += f"  {median(r['trafilatura'] / r[name] for r in rounds):6.2f} x trafilatura"
        print(line)


if __name__ == "__main__":
    main()
