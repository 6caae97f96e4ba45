"""ReplayWeb.page, the viewer of WACZ files, from its npm package: fetched once into ``.tools/``."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines.archive import file_digest
from tests.running import ROOT

PACKAGE, VERSION = "replaywebpage", "2.5.3"
SHA256 = "b7d35c39c4da9b7121c5a393911d8675d4cc6f19513c380191e16b086bea812c"
PAGE = """<!doctype html><html><head><script src="/ui.js"></script></head><body style="margin:0;height:100vh">
<replay-web-page source="/{wacz}" url="{url}" ts="{ts}" embed="replayonly" replayBase="/replay/">
</replay-web-page>
</body></html>
"""
WORKER_READY = """
const worker = navigator.serviceWorker.register('/replay/sw.js?serveIndex=1', {scope: '/replay/'});
return worker.then(async registration => {
  while (!registration.active || registration.active.state !== 'activated')
    await new Promise(later => setTimeout(later, 20));
  return true;
});
"""
"""Run in ``/worker.html``. The viewer starts this worker itself, but gives up after three short waits,
which a busy machine does not always keep."""


def package() -> Path:
    """The package as npm gives it, its digest checked. Without npm the test is skipped; in CI it fails."""
    npm = shutil.which("npm")
    if npm is None:
        why = "needs npm, for the package of ReplayWeb.page"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    folder = ROOT / ".tools" / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    packed = folder / f"{PACKAGE}-{VERSION}.tgz"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not packed.exists():
            words = [npm, "pack", "--silent", f"{PACKAGE}@{VERSION}", "--pack-destination", str(folder)]
            subprocess.run(words, check=True, capture_output=True, timeout=300)
    assert file_digest(packed) == SHA256
    return packed


@contextmanager
def replayweb(folder: Path, wacz: Path, url: str, ts: str = "") -> Iterator[str]:
    """A site on this machine: in ``index.html`` ReplayWeb.page shows one address out of a WACZ file,
    as of ``ts`` (14 digits), or the newest."""
    with tarfile.open(package()) as packed:
        for name, place in (("ui.js", folder / "ui.js"), ("sw.js", folder / "replay" / "sw.js")):
            file = packed.extractfile(f"package/{name}")
            assert file is not None
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(file.read())
    shutil.copy(wacz, folder / wacz.name)
    (folder / "index.html").write_text(PAGE.format(wacz=wacz.name, url=url, ts=ts))
    (folder / "worker.html").write_text("<title>Worker</title>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass
