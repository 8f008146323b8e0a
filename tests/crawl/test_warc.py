"""`scrapy crawl warc`: encodings, charsets, and archives that are damaged."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.warc import ArchivedResponse, Damage, read_warc
from tests.faults import articles

from .crawling import Crawl

HTML = [("Content-Type", "text/html; charset=utf-8")]


def page(slug: str, charset: str = "utf-8") -> bytes:
    return articles.article(slug, headline="Fünf Fähren für Łódź" if charset != "cp1252" else "Fünf Fähren").encode(
        charset
    )


def warc(*pages: tuple[str, list[tuple[str, str]], bytes], packed: bool = True) -> bytes:
    """An archive of these responses: URL, headers, payload."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, headers, payload in pages:
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(payload), http_headers=http)
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


def chunked(payload: bytes) -> bytes:
    parts = [payload[start : start + 1000] for start in range(0, len(payload), 1000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def zstd(payload: bytes) -> bytes:
    try:
        from compression.zstd import compress
    except ImportError:
        from backports.zstd import compress
    return compress(payload)


ENCODED: dict[str, tuple[list[tuple[str, str]], bytes]] = {
    "plain": (HTML, page("plain")),
    "gzip": ([*HTML, ("Content-Encoding", "gzip")], gzip.compress(page("gzip"))),
    "deflate": ([*HTML, ("Content-Encoding", "deflate")], zlib.compress(page("deflate"))),
    "br": ([*HTML, ("Content-Encoding", "br")], brotli.compress(page("br"))),
    "zstd": ([*HTML, ("Content-Encoding", "zstd")], zstd(page("zstd"))),
    "chunked": ([*HTML, ("Transfer-Encoding", "chunked")], chunked(page("chunked"))),
    "chunked-gzip": (
        [*HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
        chunked(gzip.compress(page("chunked-gzip"))),
    ),
    "labelled-gzip-but-plain": ([*HTML, ("Content-Encoding", "gzip")], page("labelled-gzip-but-plain")),
    "latin-1": ([("Content-Type", "text/html; charset=iso-8859-1")], page("latin-1", "cp1252")),
    "no-charset": ([("Content-Type", "text/html")], page("no-charset", "cp1252")),
    "false-charset": ([("Content-Type", "text/html; charset=us-ascii")], page("false-charset")),
    "utf-16": ([("Content-Type", "text/html")], "\ufeff".encode("utf-16-le") + page("utf-16", "utf-16-le")),
}


def url(name: str) -> str:
    return f"https://courier.example/news/{name}"


@pytest.fixture(scope="module")
def every_encoding() -> bytes:
    return warc(*((url(name), headers, payload) for name, (headers, payload) in ENCODED.items()))


def run(crawl: Crawl, content: bytes, name: str = "pages.warc.gz") -> tuple[int, str, list[dict[str, Any]]]:
    (crawl.folder / name).write_bytes(content)
    done = crawl.run("warc", "-a", f"path={name}", "-O", "out.jsonl", workers=2)
    lines = (crawl.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return done.returncode, done.stderr, [json.loads(line) for line in lines]


@pytest.mark.e2e
def test_encodings_and_charsets(crawl: Crawl, every_encoding: bytes) -> None:
    code, log, records = run(crawl, every_encoding)
    assert code == 0, log
    assert " ERROR: " not in log
    found = {record["requested_url"]: record for record in records}
    assert sorted(found) == sorted(map(url, ENCODED))
    for name in ENCODED:
        assert "Fünf Fähren" in found[url(name)]["title"], name
        assert articles.paragraphs(name)[3] in found[url(name)]["body"], name
    assert not crawl.data.joinpath("ledger.db").exists()


@pytest.mark.e2e
def test_a_truncated_archive_gives_what_can_be_read_and_fails(crawl: Crawl, every_encoding: bytes) -> None:
    code, log, records = run(crawl, every_encoding[: len(every_encoding) * 5 // 8])  # within a record, not between two
    assert code == 4
    assert 3 <= len(records) < len(ENCODED)
    assert "pages.warc.gz: offset " in log
    assert any("pages.warc.gz: offset " in problem for problem in crawl.summaries()[-1]["problems"])


@pytest.mark.e2e
def test_garbage_between_records_is_named_and_the_rest_read(crawl: Crawl) -> None:
    both = [warc((url(name), *ENCODED[name]), packed=False) for name in ("plain", "gzip")]
    code, log, records = run(crawl, b"\r\n\r\ngarbage ".join(both) + b"more garbage", name="pages.warc")
    assert code == 4
    assert sorted(record["requested_url"] for record in records) == [url("gzip"), url("plain")], log
    assert "pages.warc: offset " in log


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(b"this is no archive\n" * 100)
    found = list(read_warc(tmp_path / "x.warc", max_bytes=1000))
    assert found
    assert all(isinstance(one, Damage) and one.file.endswith("x.warc") for one in found)


def test_payloads_are_bounded(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * 10_000_000)
    (tmp_path / "x.warc.gz").write_bytes(warc((url("bomb"), [*HTML, ("Content-Encoding", "gzip")], bomb)))
    (found,) = read_warc(tmp_path / "x.warc.gz", max_bytes=1000)
    assert isinstance(found, ArchivedResponse)
    assert len(found.body) == 1001


@pytest.mark.e2e
def test_an_exporter_that_raises_is_exit_code_5(crawl: Crawl) -> None:
    (crawl.folder / "broken.py").write_text(
        "from scrapy.exporters import JsonLinesItemExporter\n"
        "class Exporter(JsonLinesItemExporter):\n"
        "    def export_item(self, item):\n        raise ValueError('not today')\n"
    )
    (crawl.folder / "pages.warc").write_bytes(warc((url("a"), HTML, page("a"))))
    exporters = json.dumps({"jsonl": "broken.Exporter"})
    done = crawl.run("warc", "-a", "path=pages.warc", "-O", "out.jsonl", "-s", f"FEED_EXPORTERS={exporters}")
    assert done.returncode == 5, done.stderr
    assert "not today" in done.stderr
