"""Chromium without a window, driven through ChromeDriver by plain HTTP (W3C WebDriver)."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=900,700",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
PATIENCE_S = 20
FRAME = "element-6066-11e4-a52e-4f735466cecf"
"""The key of an element in WebDriver's JSON."""

_direct = build_opener(ProxyHandler({}))


class Browser:
    """One window."""

    def __init__(self, session: str) -> None:
        self._session = session

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """One command; raises HTTPError where the browser refuses it."""
        return _ask(method, f"{self._session}{path}", body if method == "POST" else None)

    def open(self, url: str) -> None:
        self.ask("POST", "/url", url=url)

    @property
    def url(self) -> str:
        return str(self.ask("GET", "/url"))

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the current frame and return what it returns."""
        return self.ask("POST", "/execute/sync", script=script, args=list(arguments))

    def enter_frame(self) -> None:
        """Go into the first frame of the current one."""
        found = self.until(lambda: self.ask("POST", "/elements", using="css selector", value="iframe"))
        self.ask("POST", "/frame", id=found[0])

    def until(self, condition: Callable[[], Any]) -> Any:
        """What the condition gives as soon as it gives something."""
        end = time.monotonic() + PATIENCE_S
        while not (value := condition()):
            assert time.monotonic() < end, "the browser does not get there"
            time.sleep(0.1)
        return value

    def picture(self, path: Path) -> None:
        """Save what the window shows."""
        path.write_bytes(base64.b64decode(self.ask("GET", "/screenshot")))


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a new profile. Where none is installed, the test is skipped; in CI it fails."""
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if driver is None or chromium is None:
        why = "needs Chromium: apt-get install chromium chromium-driver"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    process = subprocess.Popen(
        [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        options = {"binary": chromium, "args": [*ARGUMENTS, f"--user-data-dir={profile}"]}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        base = f"http://127.0.0.1:{_port(process)}/session"
        session = f"{base}/{_ask('POST', base, wanted)['sessionId']}"
        try:
            yield Browser(session)
        finally:
            _ask("DELETE", session, None)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if "started successfully on port" in line:
            return int(line.split()[-1].rstrip("."))
    raise AssertionError("ChromeDriver does not start")


def _ask(method: str, url: str, body: Any) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    with _direct.open(
        Request(url, data, {"Content-Type": "application/json"}, method=method), timeout=60
    ) as got:
        return json.load(got)["value"]
