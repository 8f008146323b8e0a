"""Exit code 5 wherever a feed did not get what the run made: S3 refuses, boto3 is missing, an exporter raises."""

from __future__ import annotations

import json
import os
from pathlib import Path

import boto3
import pytest

from tests.delivery.bucket_server import bucket

from .crawling import Crawl

pytestmark = pytest.mark.e2e

TAKEN = 3
ARGUMENTS = ("harbourledger", "-a", f"limit={TAKEN}")
RAISING = """
from scrapy.exporters import JsonLinesItemExporter

class Starts(JsonLinesItemExporter):
    def start_exporting(self):
        raise ValueError("cannot start")

class Takes(JsonLinesItemExporter):
    def export_item(self, item):
        raise ValueError("cannot take it")

class Ends(JsonLinesItemExporter):
    def finish_exporting(self):
        raise ValueError("cannot end")
"""


def s3(crawl: Crawl, target: str, **environment: str) -> int:
    """The exit code of a crawl that writes to a bucket."""
    crawl.environment |= environment
    settings = ("-s", f"AWS_ENDPOINT_URL={environment.get('AWS_ENDPOINT_URL', '')}")
    return crawl.run(*ARGUMENTS, "-O", target, *settings).returncode


def test_a_bucket_gets_the_records(crawl: Crawl) -> None:
    with bucket():
        endpoint = os.environ["AWS_ENDPOINT_URL"]
        keys = {name: os.environ[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        settings = [part for name, value in keys.items() for part in ("-s", f"{name}={value}")]
        done = crawl.run(*ARGUMENTS, "-O", "s3://news/out.jsonl", "-s", f"AWS_ENDPOINT_URL={endpoint}", *settings)
        assert done.returncode == 0, done.stderr
        body = boto3.client("s3").get_object(Bucket="news", Key="out.jsonl")["Body"].read()
        assert len([json.loads(line) for line in body.splitlines()]) == TAKEN


def test_5_a_bucket_that_is_not_there(crawl: Crawl) -> None:
    with bucket():
        told = {name: os.environ[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL")}
        assert s3(crawl, "s3://nowhere/out.jsonl", **told) == 5
    assert len(crawl.records()) == TAKEN, "the data folder has them"


def test_5_a_server_that_refuses(crawl: Crawl) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "ann", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_MAX_ATTEMPTS": "1"}
    assert s3(crawl, "s3://news/out.jsonl", AWS_ENDPOINT_URL="http://127.0.0.1:9", **keys) == 5


def test_5_without_boto3(crawl: Crawl) -> None:
    (crawl.folder / "boto3").mkdir()
    (crawl.folder / "boto3" / "__init__.py").write_text("raise ImportError('no boto3')")
    assert s3(crawl, "s3://news/out.jsonl") == 5


@pytest.mark.parametrize("when", ["Starts", "Takes", "Ends"])
def test_5_an_exporter_that_raises(when: str, crawl: Crawl) -> None:
    (crawl.folder / "raising.py").write_text(RAISING)
    exporters = json.dumps({"jsonl": f"raising.{when}"})
    done = crawl.run(*ARGUMENTS, "-O", "out.jsonl", "-s", f"FEED_EXPORTERS={exporters}")
    assert done.returncode == 5, done.stderr
    assert len(crawl.records()) == TAKEN


def test_5_one_of_two_feeds(crawl: Crawl, tmp_path: Path) -> None:
    (crawl.folder / "raising.py").write_text(RAISING)
    exporters = json.dumps({"jsonl": "raising.Takes"})
    done = crawl.run(*ARGUMENTS, "-O", "out.jsonl", "-O", "out.csv", "-s", f"FEED_EXPORTERS={exporters}")
    assert done.returncode == 5, done.stderr
    assert (tmp_path / "out.csv").read_text().count("harbourledger.example") >= TAKEN
