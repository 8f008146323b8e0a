"""What a user may choose, each by a crawl: how files are cut and compressed, revisits, unchecked certificates."""

from __future__ import annotations

import datetime
import gzip
import json
import sqlite3
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.chaos.site import HOST, Site

from .crawling import Crawl

pytestmark = pytest.mark.e2e

SPIDER = """
from newscrawl.spider import SiteSpider

class Choices(SiteSpider):
    name = "choices"
    feeds = {feeds!r}

class Lenient(Choices):
    name = "lenient"
    custom_settings = {{"DOWNLOAD_VERIFY_CERTIFICATES": False}}
"""
SETTINGS = ("-s", "SPIDER_MODULES=probe", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16")


def crawl_of(site: Site, folder: Path) -> Crawl:
    (folder / "probe.py").write_text(SPIDER.format(feeds=tuple(site.feeds)))
    return Crawl(folder, hosts=f"{HOST}={site.address}")


def test_files_are_cut_at_their_size_and_compressed(tmp_path: Path) -> None:
    """60 records are more than one batch, and each batch is larger than 10 KB."""
    with Site(60) as site:
        crawl = crawl_of(site, tmp_path)
        chosen = ("-s", "NEWSCRAWL_ROTATE_MB=0.01", "-s", "NEWSCRAWL_COMPRESSION=gzip")
        done = crawl.run("choices", *SETTINGS, *chosen)
    assert done.returncode == 0, done.stderr
    files = list((crawl.data / "articles" / "choices").iterdir())
    assert len(files) > 1
    assert all(file.name.endswith(".jsonl.gz") for file in files)
    lines = [line for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert sorted(json.loads(line)["url"] for line in lines) == site.urls


def test_revisits_can_be_left_out_and_copies_of_records_not_kept(tmp_path: Path) -> None:
    with Site(20) as site:
        crawl = crawl_of(site, tmp_path)
        assert crawl.run("choices", *SETTINGS).returncode == 0
        assert _ask(crawl, "SELECT count(*) FROM outbox") == 20
        _ask(crawl, "UPDATE url SET due = 1")
        asked = []
        for arguments in (("-a", "revisit=0", "-s", "NEWSCRAWL_KEEP_DAYS=0"), ()):
            site.count_anew()
            assert crawl.run("choices", *arguments, *SETTINGS).returncode == 0
            asked.append(site.asked)
    assert asked == [0, 20]
    assert _ask(crawl, "SELECT count(*) FROM outbox") == 0


def test_a_bad_certificate_is_refused_but_by_a_spider_that_says_otherwise(tmp_path: Path) -> None:
    with Site(1, _signed_by_itself(tmp_path)) as site:
        crawl = crawl_of(site, tmp_path)
        refused = crawl.run("choices", *SETTINGS, "-s", "RETRY_TIMES=0")
        assert (refused.returncode, site.asked) == (4, 0), refused.stderr
        done = crawl.run("lenient", *SETTINGS)
    assert done.returncode == 0, done.stderr
    assert [record["url"] for record in crawl.records()] == site.urls


def _ask(crawl: Crawl, query: str) -> int | None:
    """The first column of what the ledger's database answers."""
    database = sqlite3.connect(crawl.data / "ledger.db")
    try:
        row = database.execute(query).fetchone()
        database.commit()
    finally:
        database.close()
    return row[0] if row else None


def _signed_by_itself(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "tls.pem").write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    return context
