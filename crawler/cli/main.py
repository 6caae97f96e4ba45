"""The command line: finds the verb, prints what it hands back, and ends every error.

Errors are caught here and nowhere else::

    what happened              stderr                         with --json, on stdout     exit
    CitynewsError              citynews: <its sentence>       {"error", "exit_code"}     its exit_code
    a word click cannot take   citynews: <what and where>     {"error", "exit_code"}     2
    no word at all             the help                                                2
    a disk that cannot be used citynews: what and where       {"error", "exit_code"}     3, 17
    a file that is not ours    citynews: which one            {"error", "exit_code"}     4
    Ctrl-C                     citynews: interrupted …        {"error", "exit_code"}     11
    anything else              citynews: <where the log is>   {"error", "exit_code"}     1
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout, suppress
from errno import ENOSPC
from io import StringIO, TextIOWrapper
from keyword import iskeyword
from typing import TYPE_CHECKING, TextIO

import click

from crawler.cli.outcome import COMMANDING, Outcome, shown
from pipelines.errors import (
    CitynewsError,
    ConfigurationError,
    DiskFull,
    Interrupted,
    UsageError,
    storage_error,
)

if TYPE_CHECKING:
    from crawler.cli.outcome import Line
    from pipelines.report.word_diff import Piece

VERBS = (
    "crawl", "doctor", "schedule", "demo", "import", "status", "changes", "inspect", "verify", "sign",
    "accept", "retract", "rebuild", "export", "replay", "portals", "test",
)  # fmt: skip
"""In the order in which ``--help`` lists them; each is the file of that name."""


class Verbs(click.Group):
    """Imports the file of a verb only when that verb is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        file = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = importlib.import_module(f"crawler.cli.{file}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def cli() -> None:
    """Archive the news of a city government: evidence as WARC, articles as Parquet.

    A portal is named by its address (https://city.example/) or, once it has an
    archive, by the name of its folder under the output folder.
    """


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    as_json = "--json" in arguments
    _open_streams()
    try:
        with redirect_stdout(StringIO()) as helped:  # printed below, like everything else
            outcome = cli.main(list(arguments), prog_name="citynews", standalone_mode=False)
    except CitynewsError as error:
        return _fail(str(error), error.exit_code, as_json)
    except click.exceptions.NoArgsIsHelpError as error:
        return _print(error.format_message(), sys.stderr) or UsageError.exit_code
    except click.UsageError as error:
        return _fail(_usage(error), UsageError.exit_code, as_json)
    except (KeyboardInterrupt, click.Abort):
        return _fail(
            "interrupted; what was captured stays, start it again to go on", Interrupted.exit_code, as_json
        )
    except Exception as error:
        if told := storage_error(error) or _not_allowed(error):
            return _fail(str(told), told.exit_code, as_json)
        return _fail(_unexpected(error), CitynewsError.exit_code, as_json)
    if isinstance(outcome, Outcome):
        return _finish(outcome, as_json)
    return _print(helped.getvalue().rstrip("\n"), sys.stdout)


def _open_streams() -> None:
    """Make both streams fit to be written to, whoever started us, and in whatever letters."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - open for as long as we run
        elif isinstance(stream, TextIOWrapper):  # Vietnamese on a terminal that has no letters for it
            stream.reconfigure(errors="backslashreplace")


def _finish(outcome: Outcome, as_json: bool) -> int:
    failed = _print_object(outcome.summary) if as_json else _put(_text(outcome.lines), sys.stdout)
    if outcome.exit_code and outcome.reason:
        _say(outcome.reason)
    return outcome.exit_code or failed


def _text(lines: Sequence[Line]) -> str:
    """All lines, without what commands a terminal but for our own colours."""
    return "\n".join(shown(line) if isinstance(line, str) else _marked(line) for line in lines)


def _marked(line: tuple[Piece, ...]) -> str:
    from crawler.cli.colours import marked

    return marked(line, sys.stdout)


def _fail(sentence: str, exit_code: int, as_json: bool) -> int:
    _say(sentence)
    if as_json:
        _print_object({"error": sentence, "exit_code": exit_code})
    return exit_code


def _not_allowed(error: Exception) -> ConfigurationError | None:
    """The error that a user is told about where the system refused a file to this user."""
    if not isinstance(error, PermissionError):
        return None
    return ConfigurationError(
        f"this user may not do what is needed here ({error.strerror}); mend the owner or the permissions, or "
        "run it as the user who made the archive",
        place=os.fsdecode(error.filename) if error.filename else None,
    )


def _usage(error: click.UsageError) -> str:
    """A usage error of click's as one sentence, with the line that shows how it is meant."""
    message = " ".join(error.format_message().split()).rstrip(".")
    path = error.ctx.command_path if error.ctx else "citynews"
    return f"{message[:1].lower()}{message[1:]}; see {path} --help"


def _unexpected(error: Exception) -> str:
    """Write the traceback to a file of its own and say where it lies."""
    handle, path = tempfile.mkstemp(prefix="citynews-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(f"{sys.argv}\n")
        traceback.print_exception(error, file=log)
    kind = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": ")
    return f"unexpected error ({kind}); please report it with the traceback in {path}"


def _say(sentence: str) -> None:
    with suppress(OSError):  # nobody listens any more; the exit code still speaks
        print("citynews: " + shown(" ".join(sentence.split())), file=sys.stderr, flush=True)


def _print_object(value: Mapping[str, object]) -> int:
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    told = json.dumps(value, ensure_ascii=not utf8, default=str)
    # As JSON escapes them; what shown() makes of them is for people.
    return _print(COMMANDING.sub(lambda c: f"\\u{ord(c[0]):04x}", told), sys.stdout)


def _print(text: str, stream: TextIO) -> int:
    """Print what may hold what a server sent."""
    return _put(shown(text), stream)


def _put(text: str, stream: TextIO) -> int:
    """Print and give the exit code of doing so. A reader that has gone away (``| head``)
    has what it wanted; a full disk is worth a sentence."""
    if not text:
        return 0
    try:
        print(text, file=stream, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        _say(f"cannot write to standard output: {error.strerror}; let it print elsewhere")
        return DiskFull.exit_code if error.errno == ENOSPC else CitynewsError.exit_code
    return 0
