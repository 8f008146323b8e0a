"""The short form of benchmarks/power_loss.py, where a file system of our own can be mounted; and what it drops."""

from __future__ import annotations

import base64
import importlib.util
import shutil
from pathlib import Path
from random import Random

import pytest

from benchmarks.power_loss import recorded, trial
from tests.chaos.recording import Disk, Operation
from tests.chaos.site import Site

CAN_MOUNT = (
    Path("/dev/fuse").exists() and shutil.which("fusermount3") is not None and importlib.util.find_spec("mfusepy")
)


def write(text: bytes, offset: int = 0) -> Operation:
    return {"kind": "write", "file": 1, "offset": offset, "data": base64.b64encode(text).decode()}


def left(operations: list[Operation], folder: Path, seed: int) -> dict[str, bytes]:
    disk = Disk()
    for operation in operations:
        disk.take(operation)
    disk.lose_power(Random(seed))
    disk.write_to(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_synced_stays_and_what_was_not_may_be_lost(tmp_path: Path) -> None:
    synced = [{"kind": "create", "path": "/a", "file": 1}, write(b"one"), {"kind": "sync", "file": 1}]
    after = [*synced, write(b"two", 3), {"kind": "rename", "path": "/a", "to": "/b"}]
    seen = []
    for seed in range(40):
        folder = tmp_path / str(seed)
        folder.mkdir()
        (file,) = left(after, folder, seed).items()
        seen.append(file)
    assert set(seen) == {(name, text) for name in ("a", "b") for text in (b"one", b"onetwo")}


@pytest.mark.e2e
@pytest.mark.skipif(not CAN_MOUNT, reason="needs /dev/fuse, fuse3 and mfusepy")
def test_a_loss_of_power_loses_doubles_and_tears_nothing(tmp_path: Path) -> None:
    with Site(30) as site:
        operations = recorded(tmp_path, site)
        for seed in range(4):
            assert not any(trial(operations, site, seed).values()), seed
