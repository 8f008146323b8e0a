"""Begins and ends the WARC files of a crawl, where the setting NEWSCRAWL_WARC is on."""

from __future__ import annotations

import time
from importlib.util import find_spec

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.session import Session


class WarcArchive:
    """Writes DATA/warc/DAY/RUN_ID-00001.warc.gz."""

    def __init__(self, crawler: Crawler) -> None:
        session = Session.find(crawler)
        if session is None or not session.config.warc or session.declared.spider == "warc":
            raise NotConfigured  # without a text: Scrapy would log a warning
        if find_spec("warcio") is None:
            raise ArgumentError("NEWSCRAWL_WARC=1 needs warcio: pip install 'newscrawl[warc]'")
        from newscrawl.archive.warc_writer import WarcWriter  # the extra warc may not be installed
        from newscrawl.fetch.archiving import Archiver

        self.session = session
        self.begun = time.process_time()
        config = session.config
        self.writer = WarcWriter(
            config.data_dir / "warc",
            session.run_id,
            rotate_bytes=config.rotate_bytes,
            rotate_after=config.rotate_after,
        )
        Archiver(crawler, self.writer, spider=session.declared.spider, run_id=session.run_id, failed=self.failed)
        session.at_end(self.end)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WarcArchive:
        """Called by Scrapy."""
        return cls(crawler)

    def failed(self, error: OSError) -> None:
        """Ends the run: what is not archived is left to the next one."""
        self.session.fail(ExitCode.OUTPUT_NOT_WRITTEN, f"archive: {error}")

    def end(self) -> None:
        """Adds the profiles by which the pages were read, closes the files, says what they took."""
        session = self.session
        try:
            for site, profile in session.profiles.encoded():
                self.writer.put_profile(site, profile)
            self.writer.put_profile("", b"")  # the run came to its end: it has no other profiles
            self.writer.end()
        except OSError as error:
            self.failed(error)
        for name in ("files", "records", "revisits", "bytes"):
            session.count(f"warc/{name}", getattr(self.writer.written, name))
        seconds = self.writer.written.cpu_seconds
        stats = session.crawler.stats
        stats.set_value("newscrawl/warc/cpu_seconds", round(seconds, 3))
        stats.set_value("newscrawl/warc/share", round(seconds / max(time.process_time() - self.begun, 0.001), 4))
        size = sum(path.stat().st_size for path in (session.config.data_dir / "warc").glob("**/*") if path.is_file())
        stats.set_value("newscrawl/warc/folder_bytes", size)
