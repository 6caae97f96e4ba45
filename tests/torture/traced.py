"""A replayed run, or other work, in a process of its own, and what ``strace`` sees of it or does to it.

The process is forked from the one that runs the tests, so that imports do not count; it waits at a
barrier until ``strace`` holds it. ``strace`` counts calls by thread and by name, so that a point of a
sweep is (thread, call, number): the thread is the main one, or that of the sink.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from pipelines.archive import Archive
from pipelines.errors import CitynewsError, storage_error
from tests.torture.replay import ROUNDS, Acknowledged, Replay
from tests.torture.replay import replay as carry_out

CALLS = (
    "openat", "write", "pwrite64", "writev", "pwritev", "ftruncate", "truncate", "fallocate", "fsync",
    "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "fchmodat", "utimensat",
    "copy_file_range", "sendfile",
)  # fmt: skip
"""Every call by which this program could change a file or folder."""
MAKES = ("O_CREAT", "O_TRUNC")
Thread = Literal["main", "sink"]
Work = Callable[[int, Callable[[], object]], object]
"""What is done in the process. It is given a pipe to acknowledge to, and what a sink's thread is to call."""
_LINE = re.compile(r"^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$")
_ANY_PROCESS = ctypes.c_ulong(-1)
_PR_SET_PTRACER = 0x59616D61


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A system call, as strace wrote it."""

    thread: int
    name: str
    text: str
    """Arguments and result."""
    begun: int
    """Line on which it began."""
    ended: int
    """Line on which it ended."""

    @property
    def changes(self) -> bool:
        """Whether it could change a file: opening one to read does not."""
        return self.name != "openat" or any(flag in self.text for flag in MAKES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The n-th call of a name in a thread."""

    thread: Thread
    name: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.thread}-{self.name}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of a process."""

    status: int
    """Exit code, or the signal that ended it as a negative number."""
    acknowledged: tuple[Acknowledged, ...]
    said: str
    """The error it ended with."""
    calls: tuple[Call, ...]
    main: int
    sink: int


def replayed(archive: Archive) -> Work:
    """A replayed run on an archive."""

    def work(tell: int, barrier: Callable[[], object]) -> None:
        carry_out(Replay(archive, ROUNDS, lambda one: os.write(tell, one.line()), barrier))

    return work


def run_traced(
    archive: Archive, inject: str | None = None, thread: Thread | None = None, calls: str = ",".join(CALLS)
) -> Ended:
    """A replayed run on an archive: see :func:`traced`."""
    return traced(replayed(archive), inject, thread, calls)


def traced(
    work: Work, inject: str | None = None, thread: Thread | None = None, calls: str = ",".join(CALLS)
) -> Ended:
    """Work in a process of its own under strace.

    Args:
        work: what is done.
        inject: what is done to which call, as ``strace -e inject=`` takes it.
        thread: the one thread that is traced; all by default.
    """
    told, tell = os.pipe()
    wait, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told)
        os.close(go)
        _work(work, tell, wait, at_sink=thread == "sink")
    os.close(tell)
    os.close(wait)
    with open(told) as lines, tempfile.NamedTemporaryFile("r", suffix=".strace") as log:
        ready = int(lines.readline())
        with _attached(ready, log.name, inject, calls, every=thread is None):
            os.close(go)
            rest = lines.read().splitlines()
            _, status = os.waitpid(pid, 0)
        trace = tuple(_calls(log.read().splitlines()))
    heard = [line for line in rest if not line.startswith(("!", "#"))]
    return Ended(
        status=os.waitstatus_to_exitcode(status),
        acknowledged=tuple(map(Acknowledged.of_line, heard)),
        said="\n".join(line[1:] for line in rest if line.startswith("!")),
        calls=trace, main=pid, sink=next((int(line[1:]) for line in rest if line.startswith("#")), ready),
    )  # fmt: skip


@contextmanager
def _attached(thread: int, log: str, inject: str | None, calls: str, *, every: bool) -> Iterator[None]:
    """strace holds a thread (``every``: its process); at the end it has written all it saw."""
    words = ["strace", "-y", "-s", "64", "-o", log, "-e", f"trace={calls}", "-e", "signal=none"]
    words += ["-f"] if every else []
    words += ["-e", f"inject={inject}"] if inject else []
    with subprocess.Popen([*words, "-p", str(thread)], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()  # the rest is a line per thread, which the pipe holds
        assert "attached" in line, line
        yield


def _work(work: Work, tell: int, wait: int, *, at_sink: bool) -> None:
    """The process: stop at the barrier, do the work, end with its exit code. Never returns."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY_PROCESS, 0, 0, 0)

    def stop() -> None:
        os.write(tell, b"%d\n" % threading.get_native_id())
        os.read(wait, 1)

    def name_thread() -> None:
        os.write(tell, b"#%d\n" % threading.get_native_id())

    status = 0
    try:
        if not at_sink:
            stop()
        work(tell, stop if at_sink else name_thread)
    except BaseException as error:
        told = storage_error(error) or error  # as crawler.cli.main ends it
        status = getattr(told, "exit_code", CitynewsError.exit_code)
        for line in traceback.format_exception(error):
            os.write(tell, "".join(f"!{part}\n" for part in line.splitlines()).encode())
    finally:
        os._exit(status)


def _calls(lines: list[str]) -> Iterator[Call]:
    """The calls of a trace in the order in which they ended; those that a kill cut short at the end."""
    begun: dict[int, Call] = {}
    for number, line in enumerate(lines):
        match = _LINE.match(line) or _LINE.match(f"0 {line}")
        if match is None:
            continue
        thread, name, text, resumed, rest = match.groups()
        if resumed:
            before = begun.pop(int(thread))
            yield replace(before, text=before.text + rest, ended=number)
            continue
        call = Call(thread=int(thread), name=name, text=text, begun=number, ended=number)
        if text.endswith("<unfinished ...>"):
            begun[int(thread)] = replace(call, text=text.removesuffix("<unfinished ...>"))
        else:
            yield call
    yield from begun.values()


def points(archive: Archive, work: Work | None = None) -> list[Point]:
    """Every call of an undisturbed run on an archive that changes a file, the acknowledgements among them;
    or of other work on it."""
    ended = traced(work or replayed(archive))
    assert ended.status == 0, ended.said
    names: dict[int, Thread] = {ended.sink: "sink", ended.main: "main"}  # one, where nothing has a sink
    counted: Counter[tuple[Thread, str]] = Counter()
    found = []
    for call in sorted(ended.calls, key=lambda call: call.begun):
        if '"#' in call.text and "pipe:" in call.text:
            continue  # the sink's thread told its number, which it does before its own barrier
        thread = names[call.thread]  # no other thread changes a file
        counted[thread, call.name] += 1
        if call.changes:
            found.append(
                Point(thread=thread, name=call.name, number=counted[thread, call.name], text=call.text)
            )
    assert all(str(archive.root) in p.text or "pipe:" in p.text for p in found), "a call elsewhere"
    return found
