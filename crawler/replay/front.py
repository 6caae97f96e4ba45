"""What runs in pywb's environment: pywb, behind a door that decides what a browser gets.

Started by ``server``; reads one line of JSON from standard input, says on standard
output where it listens, and ends when standard input does, so that it never outlives
whoever started it. Needs nothing of ours, as nothing of ours is installed there.

The door
  - listens on 127.0.0.1 and answers to that name only, GET and HEAD only;
  - shows every archived page in a frame of a page of ours, whose Content-Security-Policy
    and sandbox keep it there (no policy keeps a page that is alone in its window from
    leading the window elsewhere);
  - lets through no header that an archived answer brought but the few named below;
  - puts a policy on each answer. Archived scripts are not run at all by default. With
    ``scripts`` they run, without origin, and may connect to, send to and lead to nothing.

Policies: https://www.w3.org/TR/CSP3/, sandboxing flags: HTML Living Standard, 7.1.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Headers = list[tuple[str, str]]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

HOST = "127.0.0.1"
OWN = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""For our own pages: a style sheet and a frame of the same origin, nothing else."""
_SHOWN = (
    "default-src 'none'; img-src 'self' data:; media-src 'self' data:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; frame-src 'self'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'self'; "
)
WITHOUT_SCRIPTS = _SHOWN + "script-src 'none'; connect-src 'none'; sandbox allow-same-origin"
WITH_SCRIPTS = (
    _SHOWN + "script-src 'self' 'unsafe-inline' 'unsafe-eval'; connect-src 'none'; worker-src 'none'; "
    "sandbox allow-scripts"
)
ALWAYS: Headers = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "same-origin"),
    ("X-DNS-Prefetch-Control", "off"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Vary", "Sec-Fetch-Dest"),
]
KEPT = {"content-type", "content-length", "content-encoding", "content-range", "memento-datetime"}
"""Headers of archived answers that are passed on; Location as well, where it stays here."""
UNSEEN = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ORIGIN", "HTTP_X_FORWARDED_PROTO", "HTTP_PREFER")
"""What a browser may send and pywb need not see."""

CSS = b"""body{margin:0;font:16px/1.5 sans-serif;color:#222;background:#fff}
body.list{max-width:50em;margin:auto;padding:1em}ol{padding-left:0;list-style:none}
time{color:#666;font-variant-numeric:tabular-nums}nav a,nav b{margin-right:.6em}
body.framed{display:flex;flex-direction:column;height:100vh}
header{padding:.4em .8em;background:#eee;border-bottom:1px solid #bbb;overflow-wrap:anywhere}
iframe{flex:1;width:100%;border:0}
"""
_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{url}</title>
<link rel="stylesheet" href="/replay.css"></head>
<body class="framed"><header><a href="/">Articles</a> &middot; captured {when} &middot; {url}</header>
<iframe sandbox="{sandbox}" src="{source}"></iframe></body></html>
"""
_SHOWING = re.compile(r"/archive/(\d{14})(mp_)?/(.+)", re.S)


class Front:
    """The door, as a WSGI application around pywb's."""

    def __init__(self, pywb: App, pages: dict[str, str], *, scripts: bool, port: int) -> None:
        self.pywb = pywb
        self.pages = pages
        self.scripts = scripts
        self.names = {f"{name}:{port}" for name in (HOST, "localhost")}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("REQUEST_URI") or environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _own(start_response, "405 Method Not Allowed", b"only GET and HEAD\n", allow="GET, HEAD")
        if environ.get("HTTP_HOST") not in self.names:  # another site's name that leads here
            return _own(start_response, "421 Misdirected Request", b"not my name\n")
        if path == "/replay.css":
            return _own(start_response, "200 OK", CSS, "text/css; charset=utf-8")
        if path in self.pages:
            page = self.pages[path].encode()
            return _own(start_response, "200 OK", page, "text/html; charset=utf-8")
        showing = _SHOWING.fullmatch(path)
        alone = (
            environ.get("HTTP_SEC_FETCH_DEST", "document" if showing and not showing[2] else "") == "document"
        )
        if showing and alone:
            frame = self._frame(showing[1], showing[3]).encode()
            return _own(start_response, "200 OK", frame, "text/html; charset=utf-8")
        return self._archived(environ, start_response)

    def _frame(self, when: str, url: str) -> str:
        """Our page around an archived one."""
        digits = [when[:4], when[4:6], when[6:8], when[8:10], when[10:12], when[12:]]
        return _FRAME.format(
            url=escape(url),
            when="{}-{}-{} {}:{}:{} UTC".format(*digits),
            sandbox="allow-scripts" if self.scripts else "allow-same-origin",
            source=escape(f"/archive/{when}mp_/{url}"),
        )

    def _archived(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Whatever pywb answers, under the policy. Scripts run in a frame only: a browser that
        does not say where it puts a page, and any other program, gets the strict policy."""
        framed = environ.get("HTTP_SEC_FETCH_DEST") in ("iframe", "frame")
        policy = WITH_SCRIPTS if self.scripts and framed else WITHOUT_SCRIPTS
        for name in UNSEEN:
            environ.pop(name, None)

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            kept = [(k, v) for k, v in headers if k.lower() in KEPT or self._stays(k, v)]
            return start_response(status, [*kept, ("Content-Security-Policy", policy), *ALWAYS], exc_info)

        return self.pywb(environ, start)

    def _stays(self, name: str, value: str) -> bool:
        return name.lower() == "location" and (
            re.match(r"/(?![/\\])", value) is not None
            or any(value.startswith(f"http://{own}/") for own in self.names)
        )


def _own(
    start_response: StartResponse,
    status: str,
    body: bytes,
    kind: str = "text/plain; charset=utf-8",
    allow: str | None = None,
) -> Iterable[bytes]:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", OWN),
        *ALWAYS,
    ]
    start_response(status, [*headers, *([("Allow", allow)] if allow else [])])
    return [body]


def pywb_over(root: str, index: str) -> App:
    """pywb over one archive, with no way out: no live web, no proxy, no recording, and no
    look-up of the list of public suffixes."""
    import tldextract
    from pywb.apps.frontendapp import FrontEndApp  # type: ignore[import-not-found]

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # type: ignore[assignment]
    collection = {"index_paths": index, "archive_paths": root.rstrip("/") + "/"}
    app: App = FrontEndApp(
        config_file=os.devnull,
        custom_config={
            "collections": {"archive": collection},
            "framed_replay": True,
            "enable_memento": True,
            "csp-header": "",
        },
    )
    return app


def main() -> int:
    """Serve until standard input ends. Exit code 4 where the port is taken."""
    from gevent import get_hub, monkey  # type: ignore[import-untyped]

    monkey.patch_all()
    from gevent.pywsgi import WSGIServer  # type: ignore[import-untyped]
    from pywb.utils.geventserver import RequestURIWSGIHandler  # type: ignore[import-not-found]

    told = json.loads(sys.stdin.buffer.readline())
    server = WSGIServer((HOST, told["port"]), None, handler_class=RequestURIWSGIHandler, log=None)
    try:
        server.init_socket()
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        return 4
    port = server.address[1]
    server.application = Front(
        pywb_over(told["root"], told["index"]), told["pages"], scripts=told["scripts"], port=port
    )
    server.start()
    print(port, flush=True)
    get_hub().threadpool.apply(sys.stdin.buffer.read)
    server.stop(timeout=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
