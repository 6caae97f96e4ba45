"""One demo of the sample city by the real command, for the tests of its theme."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.golden import assert_found, assert_same, printed, read
from tests.mockcity import load_articles
from tests.mockcity.truth import WHOLE
from tests.once import once
from tests.running import citynews, summary

TRUTH = load_articles(WHOLE)
SAID = "said.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What a demo made and said."""

    archive: Path
    told: dict[str, Any] = field(repr=False)
    """Its summary."""
    rows: list[dict[str, Any]] = field(repr=False)
    """The rows of ``articles``."""

    @property
    def base(self) -> str:
        """The city's address."""
        address: str = self.rows[0]["url"]
        return address[: address.index("/", len("http://")) + 1]

    def check(self, name: str) -> None:
        """Fails with the articles whose field was read otherwise than printed."""
        assert_same(read(name, self.rows), printed(name, TRUTH, self.base))

    def check_rows(self) -> None:
        """Every article is one row, nothing else is, and both sums of RULES hold."""
        assert_found(self.rows, TRUTH)
        sums = self.told["sums"]
        for side in sums.values():
            assert side["known"] == sum(count for name, count in side.items() if name != "known")
        coverage = pq.read_table(self.archive / "coverage").num_rows
        assert sum(side["known"] for side in sums.values()) == coverage


def demo(factory: pytest.TempPathFactory, theme: str) -> Demo:
    """The archive and the summary of ``citynews demo`` in one theme; run once, so change nothing in it."""
    output = once(factory, f"demo-{theme}", lambda folder: _run(folder, theme))
    told = json.loads((output / SAID).read_bytes())
    archive = Path(told["archive"])
    return Demo(archive=archive, told=told, rows=pq.read_table(archive / "articles").to_pylist())


def _run(output: Path, theme: str) -> None:
    done = citynews("demo", "--theme", theme, "--output", output, "--json", timeout=300)
    assert done.returncode == 0, done.stderr
    assert '"event": "verifying"' in done.stderr, "nobody waits before a silent terminal"
    (output / SAID).write_text(json.dumps(summary(done)), "utf-8")
