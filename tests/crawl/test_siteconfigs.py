"""NEWSCRAWL_SITE_CONFIG_DIRS in a crawl: the pages of an archive are read by the files of their hosts."""

from __future__ import annotations

import json

import pytest

from tests.site_rules.pages import CASES, HOUSE
from tests.site_rules.test_reading import FOLDER

from .crawling import Crawl
from .test_warc import warc

pytestmark = pytest.mark.e2e


def test_hosts_of_an_archive_get_their_files(crawl: Crawl) -> None:
    by_host = {case.url: case for case in CASES if case.title}
    responses = [(url, [("Content-Type", "text/html")], case.html.encode()) for url, case in by_host.items()]
    (crawl.folder / "pages.warc.gz").write_bytes(warc(*responses))
    bad = crawl.folder / "bad"
    bad.mkdir()
    (bad / "title-class.example.txt").write_text("strip: //p[\n")
    dirs = f"NEWSCRAWL_SITE_CONFIG_DIRS={bad},{FOLDER}"
    done = crawl.run("warc", "-a", "path=pages.warc.gz", "-O", "out.jsonl", "-s", dirs)
    assert done.returncode == 0, done.stderr
    assert f"{bad}/title-class.example.txt:1: '//p[': " in done.stderr
    records = [json.loads(line) for line in (crawl.folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert {record["url"]: record["title"] for record in records} == {url: case.title for url, case in by_host.items()}
    assert all(record["extraction"]["rules"] and HOUSE not in record["body"] for record in records)


def test_a_folder_without_files_stops_the_start(crawl: Crawl) -> None:
    done = crawl.run("harbourledger", "-s", "NEWSCRAWL_SITE_CONFIG_DIRS=nowhere")
    assert done.returncode == 2
    assert "NEWSCRAWL_SITE_CONFIG_DIRS: nowhere: no such folder" in done.stderr
