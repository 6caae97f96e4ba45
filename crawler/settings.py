"""Scrapy's settings: only what differs from its defaults, each with its reason.

What belongs to one run (the sink, the User-Agent with its contact, leave for
loopback) is set by :mod:`crawler.crawling`.
"""

from __future__ import annotations

VERSION = "0.1.0"
"""Of this software, as in ``pyproject.toml``; it stands in the User-Agent and in each WARC file."""

BOT_NAME = "citynews"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"  # our own `scrapy crawl`, which is a whole run
USER_AGENT = f"citynews/{VERSION}"
DEFAULT_REQUEST_HEADERS: dict[str, str] = {}  # the handler sends its own, and no language is wished

# The crawl is plain asyncio: the handler needs no Twisted reactor.
TWISTED_REACTOR_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "crawler.capture.handler.CaptureHandler",
    "https": "crawler.capture.handler.CaptureHandler",
    "data": None,  # a portal is on the web: nothing else is ever opened
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_TIMEOUT = 60  # seconds for a whole attempt; three minutes of a slow answer is no politeness
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024  # bytes; a news page is 1,000 times smaller
DOWNLOAD_WARNSIZE = 0

# Politeness: one request at a time per host. The pauses are kept by crawler.politeness, which also
# knows Crawl-delay and Retry-After, and lets a waiting request go when the run is stopped. Who waits
# for his host's turn counts as a request, so there is room for several hosts (crawler.spiders.schedule).
CONCURRENT_REQUESTS = 24
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
RETRY_EXCEPTIONS = [  # a TLS failure, a refused address and a failed write are not among them
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.DownloadTimeoutError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the ledger has the failure; it is no fault of ours

# What is asked next is decided by the ledger-backed frontier alone.
SCHEDULER = "crawler.spiders.schedule.FrontierScheduler"
CONCURRENT_ITEMS = 1  # there are no items; the default makes 100 tasks per response: a fifth of the CPU

# Scrapy imports every middleware and extension that stands in one of these tables, also one that is turned
# off, with all that it needs (aiohttp, requests): 0.2 s of CPU. So its own tables are empty, and what is used
# of it stands here by name.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    # Nearer to the network than the retries, so that it sees every answer and every attempt.
    "crawler.politeness.PolitenessMiddleware": 600,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}
# Not among them: offsite (the frontier's work), robots.txt (it fetches when robots.txt is 5xx), credentials
# (requests carry no secrets), redirects (a target is an address of its own), decoding (the handler's work),
# cookies, statistics, cache, and the timeout, which the handler knows.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # the spider takes every status itself and yields nothing
# No extension: no ports are opened, no console listens, nothing is counted that run.json does not say.
EXTENSIONS_BASE: dict[str, int] = {}
STATS_DUMP = False
