"""A run that was made while the machine's clock was far ahead: what still works, and how to go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.cli.main import main
from pipelines.tables import read_table
from tests.site import Answer, Site, serve
from tests.test_run import SITE, crawl, news

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
AHEAD = "2028-04-04T03:00:00."


class Cli:
    """The command line on some day."""

    def __init__(self, output: Path, heard: pytest.CaptureFixture[str]) -> None:
        self.output, self.heard = output, heard

    def on(self, day: int, *words: str | Path) -> tuple[int, str]:
        """Exit code and all that was printed, one line per sentence."""
        self.heard.readouterr()
        with time_machine.travel(START + timedelta(days=day), tick=True):
            code = main([*map(str, words), "--output", str(self.output)])
        return code, "".join(self.heard.readouterr())


def articles(archive: Path) -> dict[str, tuple[str, int]]:
    """By address: its id and how many versions it has."""
    return {row["url"]: (row["article_id"], row["version"]) for _, row in read_table(archive, "articles")}


def visit(site: Site, output: Path, day: int) -> None:
    with time_machine.travel(START + timedelta(days=day), tick=True):
        assert crawl(site.url, output, full=True).exit_code == 0


def test_an_archive_of_a_wrong_clock_says_until_when_and_goes_on_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = Cli(tmp_path / "output", capsys)
    with serve(SITE) as site:
        here = cli.output / site.slug
        visit(site, cli.output, 0)
        site.answers["/mot.html"] = news("Đo lại cao độ đường Bến Gỗ", 7)
        visit(site, cli.output, 1)
        before = articles(here)
        visit(site, cli.output, 400)
        words = ("crawl", site.url, "--allow-loopback")
        code, told = cli.on(2, *words)
        assert code == 4 and f"behind the archive's last run, which began at {AHEAD}" in told, told
        assert "wait until that moment, or go on in a new archive as docs/cron.md says" in told
        code, told = cli.on(2, "status", site.slug)
        assert code == 0 and "3 commits" in told
        code, told = cli.on(2, "verify", site.slug, "--deep")
        assert code == 0 and "VERIFIED (3 manifests" in told
        code, told = cli.on(2, "doctor", site.url, "--allow-loopback", "--offline")
        assert code == 4 and f"which began at {AHEAD}" in told

        aside = tmp_path / "aside"
        here.rename(aside)
        code, told = cli.on(2, "import", site.url, *sorted((aside / "warc" / "2027").glob("*.warc.gz")))
        assert code == 0 and articles(here) == before, told
        site.answers["/ba.html"] = news("Mở lớp học vá lưới ở bến Cá", 9)
        site.answers["/"] = Answer(body=SITE["/"].body.replace(b"<ul>", b'<ul><a href="/ba.html">x</a>'))
        code, told = cli.on(3, *words)
        assert code == 0 and before.items() < articles(here).items() and len(articles(here)) == 3, told
        assert cli.on(4, "verify", site.slug, "--deep")[0] == 0
