"""Scrapy's settings, tuned and honest; the reason stands beside every value that is not Scrapy's own."""

import os

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]

GONGKAI_ARCHIVE = os.environ.get("GONGKAI_ARCHIVE", "gongkai-archive")
GONGKAI_MAX_LIST_PAGES = 300  # per column; the longest real column of reports known to us has 63
GONGKAI_MAX_REQUESTS = 20_000  # per portal and crawl; a county publishes a few hundred reports a year
GONGKAI_QUIET_HOURS = ""  # of inputs/gongkai.toml
GONGKAI_BACKOFF_SECONDS = 1.0  # after a failed try, doubled by every further one
GONGKAI_PATIENCE = 9  # tries in a row without an answer, three requests of three, and the host is left alone
GONGKAI_MAX_BYTES = 64 << 20  # of one answer; the largest scans are about 30 MB

ROBOTSTXT_OBEY = True  # by crawler.robots
COOKIES_ENABLED = True  # some portals set a cookie and redirect to the same address once
TELNETCONSOLE_ENABLED = False
METAREFRESH_ENABLED = False  # such a page is an answer of its own; the walk decides whether to follow it
HTTPPROXY_ENABLED = False  # through a proxy the address guard would guard nothing

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 8  # for portals without a pace; a paced host gets one at a time
DOWNLOAD_DELAY = 1  # for hosts of no portal; portals bring their pace
DOWNLOAD_DELAY_JITTER = 0  # the pace is the least time between two requests, so nothing may shorten it
DOWNLOAD_TIMEOUT = 120  # seconds for a whole answer: a 20 MB scan over a slow line
DNS_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 4 * GONGKAI_MAX_BYTES  # decoded; what is longer on the wire is cut by GONGKAI_MAX_BYTES
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # what came of a cut answer is kept
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # every failure is on record
REDIRECT_MAX_TIMES = 5

DOWNLOAD_HANDLERS = {
    "http": "crawler.handler.Handler",
    "https": "crawler.handler.Handler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "crawler.guard.GuardedResolver"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,  # a tenth of a millisecond per page, read by nobody
    "crawler.guard.Guard": 50,
    "crawler.robots.Robots": 100,
    "crawler.manners.Retry": 550,
    "crawler.manners.Redirect": 600,
    "crawler.pacing.Pacing": 900,
    "crawler.middlewares.Archiving": 950,  # next to the downloader: it sees every answer as it came
}
EXTENSIONS = {
    "crawler.recording.Recording": 0,
    "scrapy.extensions.logstats.LogStats": None,  # crawler.progress says more
    "scrapy.extensions.feedexport.FeedExporter": None,
}

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "WARNING"
