"""``citynews export``: an archive in a form that other programs open."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb
from crawler.cli.outcome import Outcome
from pipelines.counted import counted
from pipelines.errors import UsageError


@click.command("export")
@click.argument("form", metavar="wacz", type=click.Choice(["wacz"]))
@click.argument("word", metavar="PORTAL")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, resolve_path=True))
@every_verb
def command(form: str, word: str, file: Path | None, output: Path, as_json: bool) -> Outcome:
    """Write PORTAL's archive as one file.

    wacz: evidence, index and list of articles in one WACZ file, which ReplayWeb.page
    opens. Without FILE it is NAME.wacz in the current folder. A file of that name
    is replaced; the same archive always gives the same bytes.
    """
    from crawler.cli.terminal import at_work
    from pipelines.warc.wacz import write_wacz

    archive = open_word(word, output)
    target = file or Path.cwd() / f"{archive.portal.slug}.wacz"
    if target.suffix != ".wacz":
        raise UsageError(f"{target.name!r} does not end in .wacz, by which programs know such a file")
    with at_work("exporting", archive.root):
        written = write_wacz(archive, target)
    return Outcome(
        summary={
            "portal": archive.portal.slug,
            "archive": str(archive.root),
            "exit_code": 0,
            "file": str(written.path),
            "bytes": written.bytes,
            "sha256": written.sha256,
            "warc_files": written.warc_files,
            "captures": written.captures,
            "pages": written.pages,
        },
        lines=(
            f"{written.path}: {written.bytes:,} bytes, sha256 {written.sha256}",
            f"  {counted(written.warc_files, 'WARC file')}, {counted(written.captures, 'capture')}, "
            f"{counted(written.pages, 'article')}",
            "  open it with https://replayweb.page (it is read by your browser and sent nowhere)",
        ),
    )
