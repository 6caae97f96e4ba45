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
CONCURRENT_ITEMS = 2  # the default makes 100 tasks per response: a fifth of the CPU

DOWNLOADER_MIDDLEWARES = {
    # Nearer to the network than the retries (550), so that it sees every answer and every attempt.
    "crawler.politeness.PolitenessMiddleware": 600,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the frontier's work
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # it fetches when robots.txt is 5xx
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # requests carry no secrets
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # a target is an address of its own
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # the handler decodes
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {  # the spider takes every status itself and yields nothing
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
COOKIES_ENABLED = False  # cookies make pages differ, and turning them on resolves public hosts
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
COMPRESSION_ENABLED = False
REFERER_ENABLED = False

# No ports are opened, no console listens, nothing is counted that run.json does not say.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_ENABLED = False
STATS_DUMP = False
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.closespider.CloseSpider": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
}
