"""Signals: the first asks a run to end in order, the second ends it at once.

Evidence is safe at every moment (a killed run is recovered by the next), so nothing
needs to be saved on the second one.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from pipelines.errors import Forced

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Interruption:
    """Handles SIGTERM, SIGINT and SIGHUP while it is entered.

    In a thread other than the main one, where Python allows no handlers, it does nothing.
    A SIGHUP that is ignored already (``nohup``) stays so.
    """

    def __init__(self) -> None:
        self.name: str | None = None
        """Name of the first signal that came."""
        self._notify: Callable[[str], None] | None = None
        self._before: dict[signal.Signals, object] = {}

    def notify(self, callback: Callable[[str], None] | None) -> None:
        """Whom to tell of the first signal; at once, if it has come already."""
        self._notify = callback
        if callback is not None and self.name is not None:
            callback(self.name)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self.name is not None:
            stderr = sys.__stderr__.fileno() if sys.__stderr__ else 2
            os.write(stderr, b"citynews: forced to end at once; start it again to go on\n")
            os._exit(Forced.exit_code)
        self.name = signal.Signals(number).name
        if self._notify is not None:
            self._notify(self.name)
