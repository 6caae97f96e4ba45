"""A server that sends exactly the bytes it is told to, and remembers what it was sent.

Each path has a script: a list of steps, one script per request to it, in turn. A step
is bytes to send, a number of seconds to wait, or one of ``CLOSE`` (orderly), ``RESET``
and ``HANG``. Without a closing step the connection stays open for the next request.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

CLOSE, RESET, HANG = "close", "reset", "hang"
Step = bytes | float | str
Script = Sequence[Step] | Callable[[bytes], Sequence[Step]]


@dataclass
class Sent:
    """One request and what was sent back for it."""

    connection: int
    request: bytes
    answer: bytes = b""
    at: float = field(default_factory=time.monotonic)
    """When it was read, in monotonic seconds."""

    @property
    def target(self) -> str:
        return self.request.split(b" ", 2)[1].decode("latin-1")


@dataclass
class RawServer:
    """Listens on a loopback port; use :func:`serving`."""

    context: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    """Where it listens; ``0.0.0.0`` is reached at any address in 127.0.0.0/8."""
    scripts: dict[str, list[Script]] = field(default_factory=dict)
    log: list[Sent] = field(default_factory=list)
    connections: int = 0
    most_open: int = 0
    """Most connections that were open at a time, as seen when a further one came."""

    def __post_init__(self) -> None:
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.live: list[socket.socket] = []
        self.listener = socket.create_server((self.host, 0), backlog=64)
        self.listener.settimeout(0.1)
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    def on(self, path: str, *scripts: Script) -> str:
        """Set what a path answers; the last script repeats. Returns the address."""
        self.scripts[path] = list(scripts)
        return self.url + path

    def answers(self, path: str) -> list[bytes]:
        """What was sent for a path, in order."""
        return [sent.answer for sent in self.log if sent.target == path]

    def stop(self) -> None:
        self.stopped.set()
        self.thread.join(5)
        self.listener.close()

    def _accept(self) -> None:
        threads = []
        while not self.stopped.is_set():
            try:
                connection, _ = self.listener.accept()
            except TimeoutError:
                continue
            except OSError:
                break
            self.connections += 1
            self._count(connection)
            worker = threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True)
            worker.start()
            threads.append(worker)
        for worker in threads:
            worker.join(5)

    def _count(self, connection: socket.socket) -> None:
        """Count the clients that have not closed, whether or not that was noticed here."""
        with self.lock:
            self.live = [c for c in self.live if c.fileno() >= 0 and not _has_ended(c)]
            self.live.append(connection)
            self.most_open = max(self.most_open, len(self.live))

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            with contextlib.suppress(OSError):
                if self.context:
                    connection = self.context.wrap_socket(connection, server_side=True)
                while self._answer_one(connection, number):
                    pass
        finally:
            connection.close()

    def _answer_one(self, connection: socket.socket, number: int) -> bool:
        request = self._read_request(connection)
        if request is None:
            return False
        sent = Sent(number, request)
        with self.lock:
            self.log.append(sent)
            queue = self.scripts.get(sent.target) or [[plain(b"", status=b"404 Not Found")]]
            script = queue.pop(0) if len(queue) > 1 else queue[0]
        return self._play(connection, script(request) if callable(script) else script, sent)

    def _play(self, connection: socket.socket, steps: Sequence[Step], sent: Sent) -> bool:
        for step in steps:
            if isinstance(step, bytes):
                sent.answer += step
                connection.sendall(step)
            elif isinstance(step, (int, float)):
                time.sleep(step)
            elif step == RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            elif step == HANG:
                while not self.stopped.is_set() and not _is_closed(connection):
                    time.sleep(0.01)
                return False
            else:
                return False
        return True

    def _read_request(self, connection: socket.socket) -> bytes | None:
        data = b""
        connection.settimeout(0.05)
        while not data.endswith(b"\r\n\r\n"):
            try:
                piece = connection.recv(65536)
            except TimeoutError:
                if self.stopped.is_set():
                    return None
                continue
            if not piece:
                return None
            data += piece
            if data[0] == 0x16:
                # A TLS greeting at a plain port, answered as such servers do.
                connection.sendall(plain(b"", status=b"400 Bad Request"))
                return None
        connection.settimeout(None)
        return data


def _has_ended(connection: socket.socket) -> bool:
    """Whether the client's end of the stream lies in the queue, with nothing before it."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _is_closed(connection: socket.socket) -> bool:
    connection.settimeout(0.01)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
    finally:
        with contextlib.suppress(OSError):
            connection.settimeout(None)


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None, *, host: str = "127.0.0.1") -> Iterator[RawServer]:
    """A running server, stopped at the end."""
    server = RawServer(context, host)
    try:
        yield server
    finally:
        server.stop()


def chunked(*pieces: bytes, trailers: bytes = b"") -> bytes:
    """A chunked body."""
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return chunks + b"0\r\n" + trailers + b"\r\n"


def plain(body: bytes, *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """An ordinary answer with a Content-Length."""
    head = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *lines]
    return b"\r\n".join([*head, b"", body])
