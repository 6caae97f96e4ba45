"""How an attempt can fail, and the exception that Scrapy is given for it.

==============  ==========================================================================
class           exception
==============  ==========================================================================
dns             CannotResolveHostError
refused         DownloadConnectionRefusedError
unreachable     DownloadConnectionRefusedError
timeout         DownloadTimeoutError
disconnect      ResponseDataLossError
protocol        DownloadFailedError
proxy           DownloadFailedError
tls             TlsFailed, which is in no list of exceptions to retry
length          TooLong, likewise
guard           AddressRefused, an IgnoreRequest
cancelled       DownloadCancelledError, or what stopped the download
==============  ==========================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.guard import AddressRefused


class TlsFailed(Exception):
    """No verified TLS connection could be made. Never retried without verification."""


class TooLong(Exception):
    """The answer's body is longer than ``DOWNLOAD_MAXSIZE``; it was cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong in an attempt."""

    error: str
    """Class of failure, as :class:`pipelines.warc.record.Exchange` names them."""
    detail: str
    """One sentence."""
    ip: str | None = None
    """The last address tried, where no connection was made."""


_EXCEPTIONS: dict[str, type[Exception]] = {
    "dns": CannotResolveHostError,
    "refused": DownloadConnectionRefusedError,
    "unreachable": DownloadConnectionRefusedError,
    "timeout": DownloadTimeoutError,
    "disconnect": ResponseDataLossError,
    "protocol": DownloadFailedError,
    "proxy": DownloadFailedError,
    "tls": TlsFailed,
    "length": TooLong,
    "guard": AddressRefused,
    "cancelled": DownloadCancelledError,
}


def exception_for(error: str, detail: str | None, url: str) -> Exception:
    """The exception that stands for a class of failure."""
    return _EXCEPTIONS[error](f"{url}: {detail or error}")
