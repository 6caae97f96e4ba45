"""What ends the body of an answer, as its head says (RFC 9112, 6.3)."""

from __future__ import annotations

import re

from pipelines.warc.message import HttpView

_DIGITS = re.compile(r"[0-9]{1,18}")


def body_framing(method: str, head: HttpView) -> tuple[str, int | None, str | None]:
    """What ends a body: framing, length where it is told, and what is wrong with the headers.

    The order of RFC 9112, 6.3. A length that is no number, or two that differ, leave
    the end unknown: the body is then read until the server closes, and refused.
    """
    status = head.status or 0
    if method == "HEAD" or status < 200 or status in (204, 304):
        return "none", None, None
    if method == "CONNECT" and status < 300:
        return "none", None, None
    codings = [coding for coding in tokens(head, "transfer-encoding") if coding != "identity"]
    if codings:
        return ("chunked" if codings[-1] == "chunked" else "close"), None, None
    lengths = set(tokens(head, "content-length"))
    if not lengths:
        return "close", None, None
    if len(lengths) > 1:
        return "close", None, "two different Content-Length headers"
    text = lengths.pop()
    if not _DIGITS.fullmatch(text):
        return "close", None, f"a Content-Length that is no length: {text[:40]!r}"
    return "length", int(text), None


def tokens(head: HttpView, name: str) -> list[str]:
    """The comma-separated tokens of all headers of a name, in lower case."""
    joined = ",".join(value for key, value in head.headers if key.lower() == name).lower()
    return [token for token in (t.strip() for t in joined.split(",")) if token]
