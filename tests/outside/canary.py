"""A port on which nobody should ever call."""

from __future__ import annotations

import socket
import threading

SILENCE = b"(silence)"
"""What a caller says who only connects."""


class Canary:
    """A port on which nobody should ever call."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.settimeout(1)
                try:
                    said = connection.recv(200)
                except OSError:
                    said = SILENCE
                if said == b"end":
                    return
                said = said or SILENCE
                self.calls.append(said)
                connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    def end(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"end")
        self._thread.join()
        self._socket.close()
