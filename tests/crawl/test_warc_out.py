"""NEWSCRAWL_WARC=1: what is written, read back by warcio, FastWARC and the indexer of pywb's makers."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.warc import ArchivedResponse, read_warc
from newscrawl.archive.warc_writer import WarcWriter
from newscrawl.demo.server import DemoServer

from .crawling import Crawl

ANSWERS = ("response", "resource", "revisit")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, demo: DemoServer) -> Iterator[Crawl]:
    crawl = Crawl.of_demo(tmp_path_factory.mktemp("warc"), demo)
    crawl.environment["NEWSCRAWL_WARC"] = "1"
    done = crawl.run("harbourledger")
    assert done.returncode == 0, done.stderr
    yield crawl
    crawl.end()


def files(crawl: Crawl) -> list[Path]:
    return sorted((crawl.data / "warc").glob("**/*.warc.gz"))


def by_warcio(path: Path) -> list[tuple[str, str, int]]:
    """Type, URL and length of each record's block; raises where one is torn."""
    with path.open("rb") as file:
        return [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI") or "", len(one.raw_stream.read()))
            for one in ArchiveIterator(file, no_record_parse=True)
        ]


def by_fastwarc(path: Path) -> list[tuple[str, str, int]]:
    with path.open("rb") as file:
        return [
            (one.headers["WARC-Type"], one.headers.get("WARC-Target-URI") or "", len(one.reader.read()))
            for one in FastIterator(file, parse_http=False)
        ]


def by_indexer(path: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-W", "ignore", "-m", "cdxj_indexer.main", "--sort", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line.split(" ", 2)[2]) for line in done.stdout.splitlines()]


@pytest.mark.e2e
def test_every_exchange_is_there_for_three_readers(crawled: Crawl) -> None:
    (path,) = files(crawled)
    records = by_warcio(path)
    assert records == by_fastwarc(path)
    urls = {url for kind, url, _ in records if kind in ANSWERS}
    assert {record["url"] for record in crawled.records()} < urls
    assert any(url.endswith("/robots.txt") for url in urls)
    assert any("feed" in url for url in urls)
    kinds = [kind for kind, _, _ in records]
    assert kinds.count("request") == sum(kinds.count(kind) for kind in ANSWERS)
    index = path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")
    ours = [json.loads(line.split(" ", 2)[2]) for line in index.read_text().splitlines()]
    assert index.read_text().splitlines() == sorted(index.read_text().splitlines())
    key = ("url", "mime", "status", "digest", "length", "offset", "filename")
    theirs = [tuple(one.get(name) for name in key) for one in by_indexer(path)]
    assert sorted(tuple(one.get(name) for name in key) for one in ours) == sorted(theirs)


@pytest.mark.e2e
def test_a_record_says_where_its_page_is(crawled: Crawl) -> None:
    for record in crawled.records():
        place = record["archive"]
        found = {one.offset: one for one in read_warc(crawled.data / place["file"], max_bytes=10**7)}  # type: ignore[union-attr]
        page = found[place["offset"]]
        assert isinstance(page, ArchivedResponse)
        assert (page.url, page.digest) == (record["url"], place["digest"])


@pytest.mark.e2e
def test_the_summary_tells_what_it_takes(crawled: Crawl) -> None:
    told = crawled.summaries()[0]["warc"]
    assert told["files"] == 1
    assert told["bytes"] == files(crawled)[0].stat().st_size
    assert told["folder_bytes"] >= told["bytes"]
    assert 0 < told["share"] < 1


@pytest.mark.e2e
@pytest.mark.parametrize("bytes_before", [1, 15_000, 40_000])
def test_kill_9_leaves_whole_records_and_the_next_run_a_new_file(crawl: Crawl, bytes_before: int) -> None:
    crawl.environment["NEWSCRAWL_WARC"] = "1"
    process = crawl.start("harbourledger", delay=0.05)
    while sum(path.stat().st_size for path in files(crawl)) < bytes_before and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    (killed,) = files(crawl)
    before = killed.read_bytes()
    with killed.open("ab") as file:
        file.write(before[:700])  # a record begun, as a kill within a write leaves it
    assert crawl.run("harbourledger").returncode == 0
    assert len(files(crawl)) == 2
    assert killed.read_bytes()[: len(before)] == before
    killed.write_bytes(before)
    for path in files(crawl):
        assert by_warcio(path) == by_fastwarc(path)
        assert path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj").exists()
    archived = {url for path in files(crawl) for kind, url, _ in by_warcio(path) if kind in ANSWERS}
    assert {record["url"] for record in crawl.records()} < archived


def exchange(body: bytes, **more: Any) -> Exchange:
    return Exchange(
        url="https://reader:secret@paper.example/a?b=1",
        method="GET",
        sent=[("Authorization", "Basic c2VjcmV0"), ("Cookie", "session=secret"), ("Accept", "*/*")],
        status=200,
        headers=[("Content-Type", "text/html"), ("Set-Cookie", "session=secret"), ("X-Robots-Tag", "noarchive")],
        body=body,
        **more,
    )


def writer(folder: Path, run: str = "run", **how: Any) -> WarcWriter:
    limits = {"rotate_bytes": 10**6, "rotate_after": timedelta(hours=1)} | how
    return WarcWriter(folder / "warc", run, **limits)


def test_no_secret_is_written(tmp_path: Path) -> None:
    out = writer(tmp_path)
    out.write(exchange(b"<p>page"))
    out.end()
    (path,) = tmp_path.glob("warc/*/*.warc.gz")
    text = gzip.decompress(path.read_bytes())
    assert b"secret" not in text
    assert b"c2VjcmV0" not in text
    assert b"GET /a?b=1 HTTP/1.1\r\nHost: paper.example\r\n" in text
    assert b"X-Robots-Tag: noarchive" in text


def test_a_repeat_refers_to_the_first_in_later_runs_too(tmp_path: Path) -> None:
    body = b"<p>The ferry was late.</p>" * 100
    first = writer(tmp_path, "one")
    place = first.write(exchange(body))
    first.end()
    second = writer(tmp_path, "two")
    second.write(exchange(body))
    second.end()
    path = tmp_path / "warc" / second._path.relative_to(tmp_path / "warc")
    with path.open("rb") as file:
        (record,) = [one for one in ArchiveIterator(file) if one.rec_type == "revisit"]
    assert record.rec_headers.get_header("WARC-Payload-Digest") == place.digest
    assert f"warc/{record.rec_headers.get_header('WARC-Refers-To-Filename')}" == place.file
    assert record.rec_headers.get_header("WARC-Refers-To-File-Offset") == str(place.offset)
    assert second.written.revisits == 1
    Path(tmp_path / place.file).unlink()
    third = writer(tmp_path, "three")
    third.write(exchange(body))
    third.end()
    assert third.written.revisits == 0


def test_files_rotate_by_size_and_by_time(tmp_path: Path) -> None:
    for number, how in enumerate(({"rotate_bytes": 2000}, {"rotate_after": timedelta(0)})):
        out = writer(tmp_path, f"run{number}", **how)
        for page in range(6):
            out.write(exchange(os.urandom(900) + bytes([page])))
        out.end()
        paths = sorted(tmp_path.glob(f"warc/*/run{number}-*.warc.gz"))
        assert len(paths) >= 3
        assert all(by_warcio(path)[0][0] == "warcinfo" for path in paths)


def test_a_rendered_page_is_a_resource(tmp_path: Path) -> None:
    out = writer(tmp_path)
    out.write(exchange(b"<p>rendered", is_rendered=True, about={"page": {"status": 200, "headers": {}}}))
    out.end()
    (path,) = tmp_path.glob("warc/*/*.warc.gz")
    assert [kind for kind, _, _ in by_warcio(path)] == ["warcinfo", "request", "metadata", "resource"]
