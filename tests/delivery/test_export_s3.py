"""JSON lines in a bucket, by moto's server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from tests.delivery.bucket_server import bucket
from tests.delivery.export_reading import read_back
from tests.delivery.export_rig import Folder, three_days

pytestmark = pytest.mark.e2e


@pytest.fixture
def uri() -> Iterator[str]:
    with bucket() as made:
        yield made.format("-paper")


def test_objects_hold_each_record_once(tmp_path: Path, uri: str) -> None:
    folder = Folder(tmp_path, three_days(tmp_path / "data", 40))
    folder.export(uri)
    folder.export(uri)
    assert sorted(read_back(uri), key=str) == folder.wanted()
    folder.crawls.day(100)
    fs, root = fsspec.core.url_to_fs(uri.partition(":")[2])
    fs.pipe_file(f"{root}/articles/paper/paper-00000009.jsonl", b'{"what": "a killed export left"}\n')
    folder.export(uri)
    assert sorted(read_back(uri), key=str) == folder.wanted()
    folder.export(uri, "--replay")
    assert sorted(read_back(uri), key=str) == folder.wanted()


def test_a_bucket_that_is_not_there_is_output_not_written(tmp_path: Path, uri: str) -> None:
    folder = Folder(tmp_path, three_days(tmp_path / "data", 10))
    assert folder.command("--to", uri.replace("news", "nowhere")) == 5
