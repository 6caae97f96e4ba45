"""A run that asked in vain: nothing says that health is good where there was nothing to judge."""

from __future__ import annotations

from pathlib import Path

from crawler.cli.run_lines import run_lines
from pipelines.archive import open_archive
from pipelines.report.standing import UNJUDGED
from tests.running import citynews
from tests.site import serve
from tests.test_run import SITE, crawl, holds


def test_health_of_a_portal_that_is_down_is_not_called_good(tmp_path: Path) -> None:
    with serve(SITE) as site:
        well = crawl(site.url, tmp_path)
    down = crawl(site.url, tmp_path)
    assert well.exit_code == 0 and "  health: good" in run_lines(well)
    assert down.exit_code == 5 and holds(down) and f"  health: {UNJUDGED}" in run_lines(down)
    told = citynews("status", site.slug, "--output", tmp_path).stdout
    assert f"  health: {UNJUDGED}\n" in told and "health: good" not in told
    row = citynews("status", "--output", tmp_path).stdout.splitlines()[1]
    assert "good" not in row and row.split()[4] == "-"
    page = (open_archive(Path(down.archive)).runs / down.run / "report.html").read_text("utf-8")
    assert UNJUDGED in page and "All checks passed" not in page
