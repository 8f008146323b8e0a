"""Every setting with its default: Scrapy's that newscrawl changes, then newscrawl's own.

ITEM_PIPELINES is the table of contents: what happens to a page, in order. In another project `newscrawl.addon.Addon`
loads this module at add-on priority, so that the project's own settings win.
"""

from __future__ import annotations

from newscrawl.version import __version__

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

ITEM_PROCESSOR = "newscrawl.pipelines.page_processor.PageProcessor"  # settles each page once, whatever pipelines do
ITEM_PIPELINES = {
    "newscrawl.pipelines.read_pages.ReadingPipeline": 100,  # page -> article, or a rejection
    "newscrawl.pipelines.link_stories.StoriesPipeline": 500,  # which story it is a copy of, told when it is stored
    "newscrawl.pipelines.store_records.OutboxPipeline": 900,  # article and its URL's state -> ledger
}
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.address_guard.GuardMiddleware": 50,  # no private address, no odd scheme
    "newscrawl.middlewares.contact_notice.ContactNoticeMiddleware": 60,  # one warning where USER_AGENT names nobody
    "newscrawl.middlewares.robots_rules.RobotsMiddleware": 100,  # robots.txt by RFC 9309, Crawl-delay
    "newscrawl.middlewares.tdm_reservations.TdmReservationsMiddleware": 110,  # tdmrep.json, for `rights`
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # lets pass what it could not ask
    "newscrawl.middlewares.redirect_targets.RedirectTargetsMiddleware": 610,  # a redirect's target has its own delay
    "newscrawl.middlewares.redirect_cookies.RedirectCookiesMiddleware": 620,  # what a redirect sets, its target gets
    "newscrawl.middlewares.paid_hosts.SubscriptionsMiddleware": 640,  # cookies and headers of outlets one pays for
    "newscrawl.middlewares.decompression.DecompressionMiddleware": 590,  # a body that is cut or corrupt is told
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # takes it as it is
}
SPIDER_MIDDLEWARES = {
    "newscrawl.middlewares.dropped_pages.DroppedPagesMiddleware": 0,  # settles the pages that the others drop
}
EXTENSIONS = {
    "newscrawl.extensions.run_summary.RunExtension": 0,  # summary, runs/RUN_ID.json, exit code
    "newscrawl.extensions.run_alerts.AlertExtension": 10,  # tells of sites in trouble, where that is wanted
    "newscrawl.extensions.graceful_stop.StopExtension": 0,  # SIGTERM ends within seconds
    "newscrawl.extensions.warc_archive.WarcArchive": 0,  # WARC files of every exchange, where NEWSCRAWL_WARC is on
    "newscrawl.extensions.progress_line.ProgressExtension": 0,  # a live line on a terminal
    "newscrawl.extensions.record_stream.RecordStream": 0,  # records for `newscrawl.crawl(...)` in Python
    "newscrawl.extensions.feed_files.FeedFiles": 0,  # -o, -O and FEEDS; what could not be written is counted
    "scrapy.extensions.feedexport.FeedExporter": None,  # swallows what an exporter raises
    "scrapy.extensions.telnet.TelnetConsole": None,
}

# Politeness. The contact belongs to who runs the crawl: set USER_AGENT in your project. A crawl of a real host with the
# default logs a warning.
USER_AGENT = f"newscrawl/{__version__}"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # the delay is the least, in `newscrawl.fetch.host_turns`: to vary it is to be slower
COOKIES_ENABLED = False

# What a page may cost; a server that hangs holds a slot for DOWNLOAD_TIMEOUT.
DOWNLOAD_MAXSIZE = 10 * 2**20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.fetch.download_handler.DownloadHandler",  # pauses hosts that ask for it, can be broken off
    "https": "newscrawl.fetch.download_handler.DownloadHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "newscrawl.fetch.resolver.GuardedResolver"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# 3xx, 4xx and 5xx reach the spider too: each URL has a state.
HTTPERROR_ALLOW_ALL = True
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the URL's state is in the ledger; an error is what a person must look at
REDIRECT_MAX_TIMES = 10
METAREFRESH_ENABLED = False  # it parses HTML in this process; the workers read refreshes

LOG_LEVEL = "INFO"
LOG_FORMATTER = "newscrawl.extensions.log_formatter.LogFormatter"
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {
    "csv": "newscrawl.extensions.feed_exporters.CsvExporter",  # nested fields are JSON
    "xml": "newscrawl.extensions.feed_exporters.XmlExporter",  # and all of it is XML
}
FEED_STORE_EMPTY = True

NEWSCRAWL_DATA_DIR = "data"
"""Folder of all state: ledger.db, articles/, runs/."""
NEWSCRAWL_LEDGER = ""
"""postgresql://USER@HOST/DATABASE, the ledger of several machines; ledger.db in the data folder where it is empty."""
NEWSCRAWL_DELIVERS = True
"""Whether runs write records to files; off, they wait in the ledger for a run, or a fleet, that does."""
NEWSCRAWL_RUN_ID = ""
"""Id of the run, which names its files; made from the time and the spider where it is empty."""
NEWSCRAWL_ALLOW_PRIVATE_HOSTS = ""
"""Comma list of host or host:port that may be requested although private."""
NEWSCRAWL_HOSTS = ""
"""Comma list of name=127.0.0.1:port: names that are resolved so, without DNS."""
NEWSCRAWL_WORKERS = 0
"""Worker processes that read pages; 0 means one for each core."""
NEWSCRAWL_WORKER_CPU_SECONDS = 10
"""CPU seconds that one page may take; then it is rejected as too_slow."""
NEWSCRAWL_WORKER_MEMORY_MB = 1024
"""Address space of a worker in MiB."""
NEWSCRAWL_DISCOVERY_PAGES = 20_000
"""Feeds, sitemaps and listing pages of a site (registrable domain) that one run may ask for; an index can name more."""
NEWSCRAWL_STOP_SECONDS = 4
"""Seconds that requests under way have to end after SIGTERM or Ctrl-C; then they are broken off, for the next run."""
NEWSCRAWL_ROTATE_MB = 256
"""MiB from which a file of records is closed and the next one begun."""
NEWSCRAWL_ROTATE_HOURS = 24
"""Hours after which it is closed; at the end of a run it always is."""
NEWSCRAWL_COMPRESSION = "none"
"""How files of records are compressed: none, gzip or zstd."""
NEWSCRAWL_KEEP_DAYS = 1
"""Days for which the ledger keeps a copy of records that are in their files."""
NEWSCRAWL_WARC = False
"""Whether every exchange is kept in WARC files too: DATA/warc."""
NEWSCRAWL_STORY_DAYS = 30
"""Days for which a story without new copies is remembered; 0 looks for no copies."""
NEWSCRAWL_PHRASE_DIRS = ""
"""Comma list of folders with further sentences about republication, LANG.toml as in newscrawl/provenance/phrases."""
NEWSCRAWL_SITE_CONFIG_DIRS = ""
"""Comma list of folders with site config files in the format of ftr-site-config; what the first says goes first."""
NEWSCRAWL_EXTRACTOR = "auto"
"""Who chooses the text: auto, newscrawl's own model, which asks trafilatura where it is unsure; trafilatura, always."""
NEWSCRAWL_EXPORT_NEAR_BORDER = False
"""Whether a page that is just no article gives a record all the same, with the warning near_border."""
NEWSCRAWL_RIGHTS = ""
"""Comma list of what is done about statements on a page's use: "tdm:skip, content_signal.ai-train:drop"."""
NEWSCRAWL_SUBSCRIPTIONS = ""
"""TOML file with the cookies and headers that outlets one pays for get: a table for each host."""
NEWSCRAWL_CHROMIUM = ""
"""Program that renders pages; looked for where it is empty."""
NEWSCRAWL_BROWSER_SECONDS = 30
"""Seconds that one page may take in the browser, its steps included; then it has failed."""
NEWSCRAWL_CHANGES_AFTER_RUNS = 1
"""Runs of a site that must have been before one tells, with exit code 10, that the site is not as it was; 0: never."""
NEWSCRAWL_ALERT_FILE = ""
"""File with addresses of services that get alerts, one Apprise URL a line; it holds secrets."""
NEWSCRAWL_ALERT_COMMAND = ""
"""Command that gets each alert as JSON on its standard input."""
NEWSCRAWL_METRICS_FILE = ""
"""File that gets the figures of all sites after each run, in Prometheus' text format."""
NEWSCRAWL_OPENTELEMETRY = False
"""Whether the figures go to OpenTelemetry after each run, by the exporter that OTEL_METRICS_EXPORTER names."""
NEWSCRAWL_SILENCE_DAYS = 4
"""Days without anything new that count as silence at the least; it must be three times the longest gap, too."""
